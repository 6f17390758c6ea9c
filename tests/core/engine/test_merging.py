"""Merged evaluation: sums into the lead's row, one class for all, and nothing counted twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoneeval.engine import evaluate
from zoneeval.engine.merging import merged, recoded
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Participation
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.model.merging import MergedGroup, Merging, Successor
from zoneeval.policy.loader import load_policy

POLICY = load_policy("zhengzhou-2018")
GROUP = MergedGroup("C01", ("C02", "C03"), "group")


def dataset(size: int = 20, **changes: dict[int, float | None]) -> Dataset:
    rows = []
    for i in range(size):
        row: dict[str, float | str | None] = {
            "uscc": f"C{i:02d}", "name": f"样例{i}", "zone": "东园", "industry_code": "3311",
            "scale": "规上", "above_scale_since": "2010-01-01", "registered_on": "2010-01-01",
            "production_started_on": "2010-01-01", "operating_status": "正常",
            "land_registered": 10.0 + i, "land_leased_in": 0.0, "land_leased_out": 0.0,
            "tax_paid": 100.0 + 37 * i % 91, "revenue": 1000.0 + 13 * i, "profit": 10.0 + i,
            "value_added": 300.0 + i, "output_value": 2000.0 + 3 * i, "rd_expense": 10.0,
            "average_headcount": 40.0, "energy_use": 100.0 + i, "high_tech": 0.0,
        }  # fmt: skip
        for key, column in changes.items():
            row[key] = column.get(i, row.get(key))
        rows.append(row)
    return Dataset.from_rows(rows, 2024)


def inputs(*groups: MergedGroup, successors: tuple[Successor, ...] = ()) -> EvaluationInputs:
    return EvaluationInputs(merging=Merging(successors, groups))


def test_the_lead_holds_the_sums_and_members_share_its_class() -> None:
    data = dataset(high_tech={2: 1.0})
    result = evaluate(POLICY, data, inputs=inputs(GROUP))
    assert list(result.uscc) == list(data.text("uscc"))
    tax, land = data.number("tax_paid"), data.number("land_registered")
    assert result.values["tax_per_mu"][1] == pytest.approx(tax[1:4].sum() / land[1:4].sum())
    for row in (2, 3):
        assert result.participation[row] == Participation.EXEMPT
        assert "并入 样例1 评价" in result.reasons[row][0]
        assert result.grade[row] == result.grade[1] is not None
        assert np.isnan(result.composite[row])
    assert "样例2、样例3" in result.reasons[1][-1]
    assert sum(p == Participation.EVALUATED for p in result.participation) == 18
    assert result.groups[0].size == 18
    assert result.dataset_fingerprint == data.fingerprint
    joined = merged(data, Merging((), (GROUP,)), [])
    assert joined.number("high_tech")[1] == 1.0
    assert joined.number("land_area")[1] == land[1:4].sum()


def test_the_class_is_that_of_one_enterprise_with_the_sums() -> None:
    data = dataset()
    result = evaluate(POLICY, data, inputs=inputs(GROUP))
    one = evaluate(POLICY, merged(data, Merging((), (GROUP,)), []))
    kept = [i for i in range(20) if i not in (2, 3)]
    assert list(result.grade[kept]) == list(one.grade)
    assert np.array_equal(result.composite[kept], one.composite, equal_nan=True)


def test_land_leased_between_members_counts_once() -> None:
    declared = dataset(land_leased_out={1: 4.0}, land_leased_in={2: 4.0})
    joined = merged(declared, Merging((), (GROUP,)), [])
    assert joined.number("land_area")[1] == 11.0 + 12.0 + 13.0
    only_lessee = dataset(land_leased_in={2: 4.0})
    group = MergedGroup("C01", ("C02", "C03"), "tenants", 4.0)
    joined = merged(only_lessee, Merging((), (group,)), [])
    assert joined.number("land_area")[1] == 11.0 + 12.0 + 13.0
    assert joined.number("land_leased_in")[1] == 0.0


def test_what_some_lack_is_told_and_what_all_lack_stays_missing() -> None:
    lacking = dataset(profit={2: None}, energy_use={1: None, 2: None, 3: None})
    warnings: list[str] = []
    joined = merged(lacking, Merging((), (GROUP,)), warnings)
    assert joined.number("profit")[1] == 11.0 + 13.0
    assert np.isnan(joined.number("energy_use")[1])
    assert len(warnings) == 1
    assert "样例2缺“利润总额”" in warnings[0]


def test_given_ratios_are_not_added() -> None:
    data = dataset(tax_per_mu={1: 5.0, 2: 7.0})
    assert np.isnan(merged(data, Merging((), (GROUP,)), []).number("tax_per_mu")[1])


def test_codes_given_up() -> None:
    data = dataset(profit={9: None})
    steps = (Successor("C07", "N7", "new_code"), Successor("C08", "C09", "merger"),
             Successor("C05", "C06", "new_code"))  # fmt: skip
    table = recoded(data, Merging(steps))
    codes = list(table.text("uscc"))
    assert len(codes) == 18
    assert "N7" in codes
    at = codes.index("C09")
    assert table.number("revenue")[at] == 1000 + 13 * 8 + 1000 + 13 * 9
    assert table.number("profit")[at] == 18.0
    assert table.number("revenue")[codes.index("C06")] == 1000 + 13 * 6
    result = evaluate(POLICY, data, inputs=inputs(successors=steps))
    assert list(result.uscc) == codes


def test_a_group_whose_lead_is_elsewhere_leaves_its_members_without_a_class() -> None:
    result = evaluate(POLICY, dataset(), inputs=inputs(MergedGroup("X", ("C02",), "group")))
    assert result.participation[2] == Participation.EXEMPT
    assert result.grade[2] is None


def test_inputs_survive_being_stored() -> None:
    given = EvaluationInputs((), Merging((Successor("a", "b", "rename"),), (GROUP,)))
    assert EvaluationInputs.from_json(given.as_json()) == given
    assert EvaluationInputs().as_json() == {}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(20)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    data = dataset()
    shuffled = data.take(np.array(order))
    one = evaluate(POLICY, data, inputs=inputs(GROUP))
    other = evaluate(POLICY, shuffled, inputs=inputs(GROUP))
    assert dict(zip(one.uscc, one.grade, strict=True)) == dict(
        zip(other.uscc, other.grade, strict=True)
    )
    assert one.reasons == tuple(other.reasons[order.index(i)] for i in range(20))
