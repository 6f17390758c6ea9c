"""What must make no difference under any shipped policy, and what must not do harm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.comparing import policy
from tests.helpers.drawn import POLLUTANTS
from tests.helpers.packs import PACKS, Case, cases
from zoneeval.engine import evaluate
from zoneeval.expressions import parse, quotient_parts
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.dataset import Column, Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import FIELDS
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.model.merging import MergedGroup, Merging

SOME = settings(max_examples=150, deadline=None, database=None)
MONEY = ("tax_paid", "revenue", "profit", "output_value", "rd_expense", "value_added")
BURDENS = ("land_area", "energy_use", "average_headcount", "electricity_use")
EMISSIONS = (*POLLUTANTS, "emission_total")
NEW_ZONES = {"东": "丙园", "西": "乙园", "南": "甲园", None: None}


def same(first: Evaluation, second: Evaluation, rows: IntArray | None = None) -> None:
    """Fail unless states, points, places and classes are the same, row by row."""
    at = np.arange(first.size) if rows is None else rows
    assert list(second.participation[at]) == list(first.participation)
    for key, points in first.scores.items():
        np.testing.assert_allclose(second.scores[key][at], points, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(second.composite[at], first.composite, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(second.rank[at], first.rank)
    np.testing.assert_array_equal(second.position[at], first.position)
    assert list(second.gate[at]) == list(first.gate)
    assert list(second.grade[at]) == list(first.grade)


def times(table: Dataset, factor: float, keys: tuple[str, ...]) -> Dataset:
    """Return the table with some figures given in another unit."""
    return table.with_columns({key: table.number(key) * factor for key in keys if table.has(key)})


@pytest.mark.parametrize("pack", PACKS)
def test_the_order_of_rows_changes_nothing(pack: str) -> None:
    @SOME
    @given(cases(pack), st.randoms(use_true_random=False))
    def holds(case: Case, random: object) -> None:
        def shuffled(table: Dataset) -> tuple[Dataset, IntArray]:
            order = list(range(table.size))
            random.shuffle(order)  # type: ignore[attr-defined]
            rows = np.array(order, dtype=np.int64)
            return table.take(rows), np.argsort(rows)

        table, back = shuffled(case.now.dataset)
        before = shuffled(case.before.dataset)[0] if case.before else None
        first, second = case.evaluate(case.now.dataset), case.evaluate(table, before)
        same(first, second, back)
        assert second.groups == first.groups

    holds()


@pytest.mark.parametrize("pack", PACKS)
def test_new_names_change_nothing(pack: str) -> None:
    def renamed(table: Dataset) -> Dataset:
        columns: dict[str, Column] = {key: np.empty(table.size, object) for key in ("zone", "name")}
        columns["zone"][:] = [NEW_ZONES[zone] for zone in table.text("zone")]
        columns["name"][:] = [f"示例{code}公司" for code in table.text("uscc")[::-1]]
        columns["uscc"] = np.empty(table.size, object)
        columns["uscc"][:] = [f"91410000DEMO{code}" for code in table.text("uscc")]
        return table.with_columns(columns)

    @SOME
    @given(cases(pack))
    def holds(case: Case) -> None:
        before = renamed(case.before.dataset) if case.before else None
        same(case.evaluate(case.now.dataset), case.evaluate(renamed(case.now.dataset), before))

    holds()


@pytest.mark.parametrize("pack", PACKS)
def test_an_enterprise_split_in_two_and_evaluated_as_one_is_the_same(pack: str) -> None:
    @SOME
    @given(cases(pack), st.integers(0, 39))
    def holds(case: Case, number: int) -> None:
        table = case.now.dataset
        if not table.size:
            return
        at = number % table.size
        rows = np.append(np.arange(table.size), at)
        columns: dict[str, Column] = {}
        for key, column in table.take(rows).columns.items():
            columns[key] = column
            if key in (*MONEY, *BURDENS, *EMISSIONS):
                columns[key] = column.copy()
                columns[key][[at, -1]] = column[at] / 2
        columns["uscc"] = np.append(table.text("uscc"), np.array(["V"], dtype=object))
        group = MergedGroup(str(table.text("uscc")[at]), ("V",), "group")
        joined = EvaluationInputs(merging=Merging(groups=(group,)))
        before = case.before.dataset if case.before else None
        second = evaluate(policy(pack), Dataset(columns, table.year), before, inputs=joined)
        same(case.evaluate(table), second, np.arange(table.size))
        assert second.grade[-1] == second.grade[at]

    holds()


@pytest.mark.parametrize("pack", [pack for pack in PACKS if pack != "huangyan-2022"])
def test_the_unit_of_money_changes_nothing_where_averages_measure(pack: str) -> None:
    @SOME
    @given(cases(pack), st.sampled_from((4.0, 1024.0, 10.0, 10_000.0)))
    def holds(case: Case, factor: float) -> None:
        before = times(case.before.dataset, factor, MONEY) if case.before else None
        table = times(case.now.dataset, factor, MONEY)
        first, second = case.evaluate(case.now.dataset), case.evaluate(table, before)
        if pack != "zhengzhou-2018":  # rounded to four places, where a last bit may show
            same(first, second)
        else:
            np.testing.assert_allclose(second.composite, first.composite, atol=1.01e-4)

    holds()


def test_an_enterprise_twice_as_large_is_not_better_against_fixed_figures() -> None:
    @SOME
    @given(cases("huangyan-2022"))
    def holds(case: Case) -> None:
        table = times(case.now.dataset, 2.0, (*MONEY, *BURDENS, *EMISSIONS))
        same(case.evaluate(case.now.dataset), case.evaluate(table))

    holds()


@pytest.mark.parametrize("pack", ["zhengzhou-2018", "anyang-2018"])
def test_a_zone_on_its_own_has_the_same_classes(pack: str) -> None:
    @SOME
    @given(cases(pack))
    def holds(case: Case) -> None:
        table = case.now.dataset
        first = case.evaluate(table)
        for zone in ("东", "西", "南"):
            rows = np.flatnonzero(table.text("zone") == zone)
            mine = np.flatnonzero(np.asarray(first.track[rows] == "above_scale"))
            alone = case.evaluate(table.take(rows))
            assert list(alone.grade[mine]) == list(first.grade[rows[mine]])
            np.testing.assert_array_equal(alone.position[mine], first.position[rows[mine]])

    holds()


def _with_gains(case: Case, key: str) -> FloatArray:
    """Return a column; among averages of this year without losses.

    Where others lose more than they gain, an average rises faster than any one figure.
    """
    column = case.now.dataset.number(key)
    return np.abs(column) if case.pack in ("zhengzhou-2018", "anyang-2018") else column


@pytest.mark.parametrize("pack", PACKS)
def test_more_of_a_benefit_never_lowers_its_own_points(pack: str) -> None:
    @SOME
    @given(
        cases(pack),
        st.sampled_from(MONEY),
        st.integers(0, 39),
        st.sampled_from((0.01, 1.0, 7.3, 1000.0)),
    )
    def holds(case: Case, key: str, number: int, more: float) -> None:
        column = _with_gains(case, key)
        known = np.flatnonzero(~np.isnan(column))
        if not len(known):
            return
        at = known[number % len(known)]
        raised = column.copy()
        raised[at] += more
        first = case.evaluate(case.now.dataset.with_columns({key: column}))
        second = case.evaluate(case.now.dataset.with_columns({key: raised}))
        for info in first.indicators:
            if np.isnan(first.scores[info.key][at]):
                continue
            parts = quotient_parts(parse(FIELDS[info.formula].formula))
            assert parts is not None
            if parts[0].text == key:
                assert second.scores[info.key][at] >= first.scores[info.key][at] - 1e-9

    holds()
