"""Every kind of grading against the slow, obvious way, on random scores with many equals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import class_oracle as oracle
from zoneeval.engine import evaluate, explain, why
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import parse_policy
from zoneeval.policy.schema import Policy

FEW = settings(max_examples=25, deadline=None)
HEAD = """
schema = 1
id = "kinds"
title = "示例"
issuer = "示例市"
year = 2024
status = "illustrative"
grades = [
    { letter = "A", name = "优先", treatment = "priority" },
    { letter = "B", name = "支持", treatment = "encourage" },
    { letter = "C", name = "提升", treatment = "regulate" },
    { letter = "D", name = "限制", treatment = "exit" },
]

[[tracks]]
id = "all"
label = "全部"

[[tracks.indicators]]
key = "revenue_per_mu"
weight = 100
illustrative = true
benchmark = { kind = "fixed", value = 100 }

[tracks.grading]
illustrative = true
"""
SCORES = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30)


def run(rules: Policy, scores: list[float], **more: list[Any]) -> Evaluation:
    """Evaluate enterprises whose composite scores are the given ones."""
    rows = [
        {"uscc": f"U{i:02d}", "revenue_per_mu": score, **{k: v[i] for k, v in more.items()}}
        for i, score in enumerate(scores)
    ]
    result = evaluate(rules, Dataset.from_rows(rows, 2024))
    for row in range(result.size):
        assert why(rules, result, row).endswith("。")
        assert explain(rules, result, row).children
    return result


def classes(result: Evaluation) -> dict[str, str]:
    """Return the class of each enterprise by its code."""
    return dict(zip(result.uscc, result.grade, strict=True))


def named(scores: list[float]) -> dict[str, float]:
    return {f"U{i:02d}": score for i, score in enumerate(scores)}


@FEW
@given(
    SCORES,
    st.sampled_from(("nearest", "floor", "ceil")),
    st.sampled_from(("next_key", "include", "exclude")),
    st.booleans(),
    st.data(),
)
def test_shares_with_direct_classes(
    scores: list[float], rounding: str, ties: str, inside: bool, data: st.DataObject
) -> None:
    flags = data.draw(st.lists(st.integers(0, 3), min_size=len(scores), max_size=len(scores)))
    rules = parse_policy(
        f"""{HEAD}
kind = "shares"
rounding = "{rounding}"
ties = "{ties}"
bands = [
    {{ grade = "A", up_to = 0.2 }}, {{ grade = "B", up_to = 0.65 }},
    {{ grade = "C", up_to = 0.95 }}, {{ grade = "D", up_to = 1 }},
]

[[adjustments]]
id = "a"
kind = "direct"
grade = "A"
reason = "上市"
when = "accidents == 1"
uses_quota = {str(inside).lower()}
illustrative = true

[[adjustments]]
id = "d"
kind = "direct"
grade = "D"
reason = "违法"
when = "accidents == 2"
uses_quota = {str(inside).lower()}
illustrative = true
"""
    )
    result = run(rules, scores, accidents=flags)
    direct = {f"U{i:02d}": "AD"[flag - 1] for i, flag in enumerate(flags) if flag in (1, 2)}
    bands = [("A", "0.2"), ("B", "0.65"), ("C", "0.95"), ("D", "1")]
    expected = oracle.by_shares(named(scores), bands, rounding, ties, direct, inside)
    assert classes(result) == expected
    quotas = result.groups[0].quotas
    assert sum(q.taken for q in quotas) == len(scores) - len(direct)


@FEW
@given(SCORES, st.sampled_from(("next_key", "exclude")))
def test_limits_by_rank(scores: list[float], ties: str) -> None:
    rules = parse_policy(
        f"""{HEAD}
kind = "limits"
ties = "{ties}"
bands = [{{ grade = "A", at_most = 0.3 }}, {{ grade = "B" }}, {{ grade = "C", at_least = 0.1 }}]
"""
    )
    found = classes(run(rules, scores))
    assert found == oracle.by_limits(named(scores), "0.3", "0.1", ties)
    letters = list(found.values())
    assert letters.count("A") <= 0.3 * len(scores)
    assert letters.count("C") >= 0.1 * len(scores)


@FEW
@given(SCORES)
def test_limits_on_lines(scores: list[float]) -> None:
    rules = parse_policy(
        f"""{HEAD}
kind = "limits"
bands = [
    {{ grade = "A", at_most = 0.25, from_score = 4 }}, {{ grade = "B" }},
    {{ grade = "C", at_least = 0.05 }},
]
"""
    )
    assert classes(run(rules, scores)) == oracle.by_lines(named(scores), 4, "0.25", "0.05")


@FEW
@given(SCORES, st.data())
def test_thresholds(scores: list[float], data: st.DataObject) -> None:
    cell = st.one_of(st.none(), st.integers(0, 6).map(float))
    taxes = data.draw(st.lists(cell, min_size=len(scores), max_size=len(scores)))
    rules = parse_policy(
        f"""{HEAD}
kind = "thresholds"
rest = "C"
lines = [
    {{ grade = "D", when = "tax_per_mu < 2" }},
    {{ grade = "A", when = "composite_score >= 5 and tax_per_mu >= 4" }},
    {{ grade = "B", when = "score(revenue_per_mu) >= 3" }},
]
"""
    )
    found = classes(run(rules, scores, tax_per_mu=taxes))
    for (who, score), tax in zip(named(scores).items(), taxes, strict=True):
        expected = "B" if score >= 3 else "C"
        if tax is not None and score >= 5 and tax >= 4:
            expected = "A"
        if tax is not None and tax < 2:
            expected = "D"
        assert (who, found[who]) == (who, expected)


@FEW
@given(SCORES, st.data())
def test_several_selections_from_one_half(scores: list[float], data: st.DataObject) -> None:
    cell = st.one_of(st.none(), st.integers(0, 4).map(float))
    keys = data.draw(st.lists(cell, min_size=len(scores), max_size=len(scores)))
    rules = parse_policy(
        f"""{HEAD}
kind = "two_stage"
rest = "C"
selections = [
    {{ grade = "A", half = "upper", order_by = "tax_paid", order = "descending", share = 0.1,
      illustrative = true }},
    {{ grade = "B", half = "upper", order_by = "score(revenue_per_mu)", order = "descending",
      share = 0.3, illustrative = true }},
    {{ grade = "D", half = "lower", order_by = "tax_paid", order = "ascending", share = 0.15,
      illustrative = true }},
]
""".replace(",\n      ", ", ")
    )
    found = classes(run(rules, scores, tax_paid=keys))
    by_name = dict(zip(named(scores), keys, strict=True))
    assert found == oracle.in_two_stages(named(scores), by_name, ("0.1", "0.3", "0.15"))


@FEW
@given(SCORES)
def test_ranking_without_scores_is_that_of_the_value(scores: list[float]) -> None:
    start = HEAD.index("[[tracks.indicators]]")
    head = HEAD[:start] + 'rank_by = "revenue_per_mu"\nrank_order = "ascending"\n'
    bands = 'bands = [{ grade = "A", up_to = 0.5 }, { grade = "B", up_to = 1 }]'
    rules = parse_policy(f'{head}\n[tracks.grading]\nkind = "shares"\nillustrative = true\n{bands}')
    result = run(rules, scores)
    queue = sorted(range(len(scores)), key=lambda i: (scores[i], i))
    half = oracle.part(len(scores), "0.5")
    assert [result.grade[i] for i in queue] == ["A"] * half + ["B"] * (len(scores) - half)
    assert not (result.composite == result.composite).any()


@pytest.mark.parametrize(("row", "words"), [(0, "第 1 至第 1 位为 A 类"), (4, "下调一类：由 C")])
def test_the_sentence_names_line_and_adjustment(row: int, words: str) -> None:
    rules = parse_policy(
        f"""{HEAD}
kind = "shares"
bands = [
    {{ grade = "A", up_to = 0.2 }}, {{ grade = "C", up_to = 0.9 }}, {{ grade = "D", up_to = 1 }},
]

[[adjustments]]
id = "down"
kind = "down"
reason = "处罚"
when = "penalties >= 1"
illustrative = true
"""
    )
    result = run(rules, [5.0, 4.0, 3.0, 2.0, 1.0], penalties=[0, 0, 0, 0, 1])
    assert words in why(rules, result, row)
    assert list(result.computed_grade) == ["A", "C", "C", "C", "C"]
    assert list(result.grade) == ["A", "C", "C", "C", "D"]
