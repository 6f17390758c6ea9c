"""Hold the engine's result against the oracle's, enterprise by enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from tests.helpers import anyang_huangyan_oracle, oracle
from tests.helpers.oracle import Verdict
from tests.helpers.tables import Rows, dataset
from zoneeval.engine import evaluate
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import load_policy
from zoneeval.policy.schema import Policy


@cache
def policy(name: str) -> Policy:
    """Return a shipped policy, read once."""
    return load_policy(name)


def compare_zhengzhou(rows: Rows) -> None:
    """Fail where engine and oracle part under zhengzhou-2018."""
    hold_zhengzhou(dataset(rows), rows)


def hold_zhengzhou(table: Dataset, rows: Rows) -> None:
    """Do so with the rows given as a dataset too."""
    result = evaluate(policy("zhengzhou-2018"), table)
    verdicts = oracle.zhengzhou(rows, 2024)
    compare(result, verdicts)
    assert [gate or None for gate in result.gate] == [v.half for v in verdicts]


def compare_huaian(rows: Rows, previous: Rows) -> None:
    """Fail where engine and oracle part under huaian-2024."""
    hold_huaian(dataset(rows), rows, dataset(previous, 2023), previous)


def hold_huaian(table: Dataset, rows: Rows, before: Dataset, previous: Rows) -> None:
    """Do so with the rows given as datasets too."""
    result = evaluate(policy("huaian-2024"), table, before)
    compare(result, oracle.huaian(rows, previous, 2024))


def hold_anyang(table: Dataset, rows: Rows) -> None:
    """Fail where engine and oracle part under anyang-2018."""
    result = evaluate(policy("anyang-2018"), table)
    verdicts = anyang_huangyan_oracle.anyang(rows)
    compare(result, verdicts)
    assert [gate or None for gate in result.gate] == [v.half for v in verdicts]


def hold_huangyan(table: Dataset, rows: Rows) -> None:
    """Fail where engine and oracle part under huangyan-2022."""
    compare(evaluate(policy("huangyan-2022"), table), anyang_huangyan_oracle.huangyan(rows))


def compare(result: Evaluation, verdicts: Sequence[Verdict]) -> None:
    """Fail at the first enterprise that the two treat differently.

    Points may differ by the arithmetic of floats; states, ranks and classes never.
    """
    assert result.size == len(verdicts)
    for row, verdict in enumerate(verdicts):
        who = result.uscc[row]
        assert (who, str(result.participation[row])) == (who, verdict.participation)
        for key, points in verdict.scores.items():
            assert alike(float(result.scores[key][row]), points), (who, key)
        if verdict.composite is None:
            assert np.isnan(result.composite[row]), who
        else:
            assert alike(float(result.composite[row]), verdict.composite), who
        rank = None if np.isnan(result.rank[row]) else int(result.rank[row])
        assert (who, rank) == (who, verdict.rank)
        position = None if np.isnan(result.position[row]) else int(result.position[row])
        assert (who, position) == (who, verdict.position)
        assert (who, result.grade[row]) == (who, verdict.grade)


def alike(found: float, wanted: float) -> bool:
    """Tell whether two figures differ by no more than the arithmetic of floats."""
    return abs(found - wanted) <= 1e-9 * max(1.0, abs(wanted))
