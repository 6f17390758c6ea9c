"""What the command line's contract promises of a score, on small tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.helpers.comparing import policy
from zoneeval.engine import evaluate
from zoneeval.errors import InputError
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import parse_policy

HUANGYAN: dict[str, Any] = {
    "tax_per_mu": 24.097,
    "value_added_per_mu": 136.16,
    "value_added_per_tce": 2.694,
    "value_added_per_emission": 4929.81,
    "labor_productivity": 18.14,
    "rd_intensity": 0.0302,
}
ZHENGZHOU: dict[str, Any] = {
    "zone": "东",
    "industry_code": "3011",
    "scale": "规上",
    "production_started_on": "2010-01-01",
    "above_scale_since": "2011-01-01",
    "land_area": 10,
    "tax_paid": 50,
    "revenue": 1000,
    "profit": 60,
    "output_value": 900,
    "energy_use": 30,
    "rd_expense": 20,
    "value_added": 300,
    "average_headcount": 40,
}


def table(base: dict[str, Any], *changes: dict[str, Any]) -> Dataset:
    """Return one row per change of the base row."""
    rows = [{"uscc": f"U{i}", **base, **change} for i, change in enumerate(changes)]
    return Dataset.from_rows(rows, 2024)


def zhengzhou(*changes: dict[str, Any]) -> Evaluation:
    return evaluate(policy("zhengzhou-2018"), table(ZHENGZHOU, *changes))


def huangyan(*changes: dict[str, Any]) -> Evaluation:
    return evaluate(policy("huangyan-2022"), table(HUANGYAN, *changes))


def test_published_formula_of_huangyan() -> None:
    result = huangyan(
        {
            "tax_per_mu": 30,
            "value_added_per_mu": 150,
            "value_added_per_tce": 3,
            "value_added_per_emission": 5000,
            "labor_productivity": 20,
            "rd_intensity": 0.035,
        },
        {},
    )
    assert result.composite[0] == pytest.approx(114.410806, abs=5e-7)
    assert result.composite[1] == 100
    assert list(result.grade) == [None, None]
    assert list(result.rank) == [1, 2]
    assert any("规模" in text and "规上" in text for text in result.assumptions)


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("industry_code", "行业代码"),
        ("scale", "规模"),
        ("production_started_on", "投产时间"),
        ("above_scale_since", "升规时间"),
        ("zone", "园区"),
    ],
)
def test_an_empty_cell_leaves_it_undecided(cell: str, label: str) -> None:
    result = zhengzhou({}, {cell: None}, {cell: ""})
    assert [str(p) for p in result.participation] == ["evaluated", "undecided", "undecided"]
    for row in (1, 2):
        assert f"“{label}”为空" in result.reasons[row][0]
        found = result.enterprise_json(row)
        assert found["grade"] is None
        assert found["rank"] is None
        assert found["composite_score"] is None
        assert found["bonus"] is None
        assert found["track"] is None


@pytest.mark.parametrize(
    ("absent", "label"),
    [
        ("industry_code", "行业代码"),
        ("scale", "规模"),
        ("production_started_on", "投产时间"),
        ("above_scale_since", "升规时间"),
        ("zone", "园区"),
        ("listed", "上市企业"),
    ],
)
def test_an_absent_column_is_an_assumption(absent: str, label: str) -> None:
    base = {key: value for key, value in ZHENGZHOU.items() if key != absent}
    result = evaluate(policy("zhengzhou-2018"), table(base, {}, {"tax_paid": 70}))
    assert [str(p) for p in result.participation] == ["evaluated", "evaluated"]
    assert [text for text in result.assumptions if label in text]
    assert result.groups[0].size == 2


def test_a_whole_row_needs_no_assumption_but_the_bonus_columns() -> None:
    result = zhengzhou(dict.fromkeys(("listed", "high_tech", "provincial_rd_platform"), 0))
    assert result.assumptions == ()
    assert result.warnings == ()


def test_a_given_derived_value_beats_the_raw_ones_with_a_warning() -> None:
    result = zhengzhou({"tax_per_mu": 9.0}, {"tax_per_mu": 5.01}, {})
    assert result.values["tax_per_mu"].tolist() == [9.0, 5.01, 5.0]
    warned = [text for text in result.warnings if "亩均税收" in text]
    assert len(warned) == 1
    assert warned[0].startswith("1 家")
    assert "U0" in warned[0]


def test_results_come_in_the_order_of_the_rows() -> None:
    data = table(ZHENGZHOU, *({"tax_paid": float(tax)} for tax in (30, 90, 10, 70, 50)))
    shuffled = data.take(np.array([3, 0, 4, 2, 1]))
    result = evaluate(policy("zhengzhou-2018"), shuffled)
    assert list(result.uscc) == ["U3", "U0", "U4", "U2", "U1"]
    assert list(result.rank) == [2, 4, 3, 5, 1]


def test_ranks_are_within_the_zone_and_equals_share_one() -> None:
    result = zhengzhou(
        {"tax_paid": 90}, {"tax_paid": 90}, {"tax_paid": 10}, {"zone": "西", "tax_paid": 1}
    )
    assert list(result.rank) == [1, 1, 3, 1]
    assert {(g.group, g.size) for g in result.groups} == {("东", 3), ("西", 1)}


def test_the_share_counts_only_those_evaluated() -> None:
    left_out = [{"scale": "规下"}] * 50 + [{"production_started_on": "2023-05-01"}] * 50
    result = zhengzhou(*({"tax_paid": float(tax)} for tax in range(1, 21)), *left_out)
    assert result.counts() == {"A": 3, "B": 15, "C": 2}
    states = [str(p) for p in result.participation]
    assert states.count("out_of_scope") == 50
    assert states.count("transitional") == 50
    planned = {q.grade: (q.quota, q.taken) for q in result.groups[0].quotas}
    assert planned == {"A": (3, 3), "C": (2, 2)}


def test_bonus_is_added_and_listed_apart() -> None:
    flags = {"listed": 1, "high_tech": 1, "provincial_rd_platform": None}
    result = zhengzhou(flags, {"listed": 0, "high_tech": 0, "provincial_rd_platform": 0})
    assert result.bonus.tolist() == [5, 0]
    assert result.penalty.tolist() == [0, 0]
    assert result.composite.tolist() == [105, 100]


def test_a_loss_scores_nothing_and_not_less() -> None:
    result = zhengzhou({"profit": -20}, {"profit": 140})
    assert result.scores["profit_per_mu"].tolist() == [0, pytest.approx(46.6666667)]


def test_zero_land_and_zero_energy_are_missing_data() -> None:
    result = zhengzhou({"land_area": 0, "energy_use": 0}, {})
    assert np.isnan(result.values["tax_per_mu"][0])
    assert result.scores["tax_per_mu"][0] == 0
    assert result.scores["output_value_per_tce"][0] == 0
    assert result.benchmarks["tax_per_mu"].tolist() == [5, 5]
    assert result.enterprise_json(0)["indicator_values"]["tax_per_mu"] is None  # type: ignore[index]


def test_a_benchmark_that_cannot_be_formed_is_said() -> None:
    result = zhengzhou({"rd_expense": None}, {"rd_expense": None})
    assert any("东" in text and "无法算出" in text for text in result.warnings)
    assert result.scores["rd_intensity"].tolist() == [0, 0]


def test_too_few_with_the_second_key_is_said() -> None:
    result = zhengzhou(*({"tax_paid": float(t), "energy_use": 0} for t in range(1, 11)))
    assert result.counts() == {"A": 2, "B": 8}
    assert any("C 类应选 1 家，能排序的只有 0 家" in text for text in result.warnings)


def test_no_previous_year_is_the_users_fault() -> None:
    with pytest.raises(InputError, match="没有上一年度数据"):
        evaluate(policy("huaian-2024"), table(ZHENGZHOU, {}))


def test_huaian_measures_against_twice_last_years_average() -> None:
    previous = table(ZHENGZHOU, {"tax_paid": 40}, {"tax_paid": 60})
    result = evaluate(policy("huaian-2024"), table(ZHENGZHOU, {}), previous)
    assert result.benchmarks["tax_per_mu"].tolist() == [10]
    assert result.benchmarks["revenue_per_mu"].tolist() == [200]
    assert result.composite.tolist() == [pytest.approx(50)]
    assert result.previous_fingerprint == previous.fingerprint


def test_huaian_takes_electricity_where_there_is_no_energy() -> None:
    base = {**ZHENGZHOU, "energy_use": None, "electricity_use": 25}
    result = evaluate(policy("huaian-2024"), table(base, {}), table(base, {}))
    assert result.values["green_tax"].tolist() == [2]
    assert result.benchmarks["green_tax"].tolist() == [4]
    assert any("单位用电税收" in text for text in result.assumptions)


def test_huaian_classes_of_a_hundred_and_those_set_apart() -> None:
    evaluated = [{"tax_paid": float(tax)} for tax in range(1, 101)]
    apart = [
        {"industry_code": "4610"},
        {"production_started_on": "2023-01-01"},
        {"scale": "规下", "land_area": 2.5},
    ]
    data = table(ZHENGZHOU, *evaluated, *apart)
    result = evaluate(policy("huaian-2024"), data, data)
    assert result.counts() == {"A": 20, "B": 40, "C": 35, "D": 5, "T": 2}
    assert [str(p) for p in result.participation[-3:]] == ["exempt", "transitional", "out_of_scope"]
    assert list(result.grade[-3:]) == ["T", "T", None]
    assert all(result.reasons[row] for row in (100, 101, 102))


GROUPED = """
schema = 1
id = "grouped"
title = "示例"
issuer = "示例市"
year = 2024
status = "illustrative"
grades = [{ letter = "A", name = "优先", treatment = "priority" }]

[[tracks]]
id = "all"
label = "全部"
group_by = ["zone"]

[[tracks.indicators]]
key = "tax_per_mu"
weight = 100
illustrative = true
benchmark = { kind = "average", year = "previous", population = "POPULATION" }

[tracks.grading]
kind = "rank_only"
reason = "只排名"
"""


@pytest.mark.parametrize(
    ("population", "expected"), [("track", [20.0, 20.0]), ("group", [10.0, 20.0])]
)
def test_last_years_average_over_the_track_counts_zones_that_are_gone(
    population: str, expected: list[float]
) -> None:
    rules = parse_policy(GROUPED.replace("POPULATION", population))
    previous = table(
        {"tax_paid": 10, "land_area": 1},
        {"zone": "东"},
        {"zone": "西", "tax_paid": 20},
        {"zone": "撤销", "tax_paid": 30},
    )
    current = table({"tax_paid": 10, "land_area": 1}, {"zone": "东"}, {"zone": "西"})
    assert evaluate(rules, current, previous).benchmarks["tax_per_mu"].tolist() == expected


def test_without_the_zone_column_last_year_is_one_group_too() -> None:
    rules = parse_policy(GROUPED.replace("POPULATION", "group"))
    previous = table({"tax_paid": 10, "land_area": 1}, {"zone": "东"}, {"zone": "西"})
    current = table({"tax_paid": 5, "land_area": 1}, {})
    assert evaluate(rules, current, previous).composite.tolist() == [50]


def test_age_in_a_bonus_is_taken_at_the_year_of_the_policy() -> None:
    text = GROUPED.replace('year = "previous", population = "POPULATION"', "multiple = 1")
    text = text.replace(
        "[tracks.grading]",
        '[[tracks.bonus]]\nid = "old"\nlabel = "老企业"\npoints = 1\nillustrative = true\n'
        'when = "years_since(registered_on) >= 10"\n\n[tracks.grading]',
    )
    data = Dataset.from_rows(
        [{"uscc": "U", "zone": "东", "tax_paid": 1, "land_area": 1, "registered_on": "2014-03-01"}]
    )
    result = evaluate(parse_policy(text), data)
    assert result.bonus.tolist() == [1]
    assert result.year == 2024
    assert any("2024" in text for text in result.assumptions)


def test_an_empty_table_gives_an_empty_result() -> None:
    data = table(ZHENGZHOU, {}).take(np.zeros(0, dtype=np.int64))
    result = evaluate(policy("zhengzhou-2018"), data)
    assert result.size == 0
    assert result.counts() == {}


def test_two_evaluations_give_the_same_bytes() -> None:
    changes = [{"tax_paid": float(tax)} for tax in range(1, 12)]
    assert zhengzhou(*changes).canonical_bytes() == zhengzhou(*changes).canonical_bytes()
