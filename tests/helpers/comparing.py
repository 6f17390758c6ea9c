"""Hold the engine's result against the oracle's, enterprise by enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from tests.helpers import oracle
from tests.helpers.oracle import Verdict
from tests.helpers.tables import Rows, dataset
from zoneeval.engine import evaluate
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import load_policy
from zoneeval.policy.schema import Policy


@cache
def policy(name: str) -> Policy:
    """Return a shipped policy, read once."""
    return load_policy(name)


def compare_zhengzhou(rows: Rows) -> None:
    """Fail where engine and oracle part under zhengzhou-2018."""
    result = evaluate(policy("zhengzhou-2018"), dataset(rows))
    verdicts = oracle.zhengzhou(rows, 2024)
    compare(result, verdicts)
    assert [gate or None for gate in result.gate] == [v.half for v in verdicts]


def compare_huaian(rows: Rows, previous: Rows) -> None:
    """Fail where engine and oracle part under huaian-2024."""
    result = evaluate(policy("huaian-2024"), dataset(rows), dataset(previous, 2023))
    compare(result, oracle.huaian(rows, previous, 2024))


def compare(result: Evaluation, verdicts: Sequence[Verdict]) -> None:
    """Fail at the first enterprise that the two treat differently."""
    assert result.size == len(verdicts)
    for row, verdict in enumerate(verdicts):
        who = result.uscc[row]
        assert (who, str(result.participation[row])) == (who, verdict.participation)
        for key, points in verdict.scores.items():
            assert (who, key, result.scores[key][row]) == (who, key, points)
        composite = None if np.isnan(result.composite[row]) else result.composite[row]
        assert (who, composite) == (who, verdict.composite)
        rank = None if np.isnan(result.rank[row]) else int(result.rank[row])
        assert (who, rank) == (who, verdict.rank)
        assert (who, result.grade[row]) == (who, verdict.grade)
