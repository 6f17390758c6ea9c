"""Small policies, one per mechanism of the language, with hand-worked results."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from zoneeval.engine import evaluate, explain
from zoneeval.model.dataset import Dataset
from zoneeval.model.explanation import Explanation
from zoneeval.policy.loader import list_policies, parse_policy
from zoneeval.policy.schema import Policy

HEAD = """
schema = 1
id = "mechanism"
title = "一种写法的示例"
issuer = "示例市"
year = 2024
status = "illustrative"

[[citations]]
id = "doc"
title = "示例文件"

[[grades]]
letter = "A"
name = "优先"
treatment = "priority"

[[tracks]]
id = "all"
label = "全部"
cite = "doc"
"""
TAIL = """
[tracks.grading]
kind = "rank_only"
reason = "只看得分"
cite = "doc"
"""


def mechanism(track: str) -> Policy:
    """Return a policy of one track that only scores and ranks."""
    return parse_policy(f"{HEAD}{track}{TAIL}")


def check_mechanism(path: Path) -> None:
    """Fail unless the file's policy gives its enterprises what the file expects."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in ("title", "rule", "inputs"):
        assert case[key], f"a case states its {key}"
    assert "示意" in case["inputs"], "the inputs are made up and say so"
    policy = mechanism(case["policy"]) if "policy" in case else parse_policy(case["whole"])
    data = _dataset(case["columns"], case["rows"], case["year"])
    previous = None
    if "previous_rows" in case:
        previous = _dataset(case["columns"], case["previous_rows"], case["year"] - 1)
    result = evaluate(policy, data, previous)
    assert set(case["expected"]) == set(data.text("uscc")), "every enterprise is expected"
    for uscc, expected in case["expected"].items():
        row = result.row_of(uscc)
        assert row is not None
        found = result.enterprise_json(row)
        for key, value in expected.items():
            if key == "says":
                words = "\n".join(_words(explain(policy, result, row, dataset=data)))
                assert value in words
            elif isinstance(value, dict):
                source = getattr(result, key)
                got = {k: float(source[k][row]) for k in value}
                assert got == pytest.approx(value, abs=1e-9), (uscc, key)
            elif isinstance(value, str | list):
                assert (uscc, found[key]) == (uscc, value)
            else:
                assert found[key] == pytest.approx(value, abs=1e-9), (uscc, key)


def _dataset(columns: Sequence[str], rows: Sequence[Sequence[Any]], year: int) -> Dataset:
    return Dataset.from_rows([dict(zip(columns, row, strict=True)) for row in rows], year)


def _words(tree: Explanation) -> Iterator[str]:
    yield f"{tree.label} {tree.value} {tree.clause}"
    for child in tree.children:
        yield from _words(child)


def texts_of_every_policy() -> dict[str, str]:
    """Return the text of every shipped policy and of every mechanism, by name."""
    found = {policy.id: policy.text for policy in list_policies()}
    folder = Path(__file__).parents[1] / "policies" / "mechanisms"
    for path in sorted(folder.rglob("*.toml")):
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = case.get("whole") or mechanism(case["policy"]).text
    return found
