"""The gap to a level: every kind of criterion, and that closing it reaches the level."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.ladders import (
    ENERGY,
    PROFIT,
    TAX,
    criterion,
    events,
    history,
    ladder,
    table,
)
from zoneeval.engine.zones.gap import zone_gap
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf
from zoneeval.model.gap import CriterionGap, ZoneGap
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.loader import load_ladder

PER_MU = "tax_per_industrial_mu"
LAND, IDLE = "industrial_land", "idle_land"
Z = "甲区"


def gap_of(made: Ladder, given_table: ZoneTable, year: int = 2019, **more: Any) -> ZoneGap:
    target = more.pop("target", None)
    return zone_gap(RatingBasis(made, given_table, **more), Z, year, target=target)


def first(made: Ladder, given_table: ZoneTable, year: int = 2019, **more: Any) -> CriterionGap:
    found = gap_of(made, given_table, year, **more).next
    assert found is not None
    return found.criteria[0]


def test_a_total_is_short_by_a_figure_and_a_growth() -> None:
    found = first(ladder(2, criteria=[criterion([1, 50])]), table([TAX], [[40]]))
    assert (found.state, found.value, found.threshold, found.gap) == ("short", 40, 50, 10)
    assert found.growth == pytest.approx(0.25)
    assert found.words == "现为 40 万元，要求不低于 50 万元，还差 10 万元（须增长 25%）"


def test_figures_are_said_in_the_unit_of_the_rule() -> None:
    made = ladder(2, criteria=[criterion([1, 5], unit="亿元")])
    found = first(made, table([TAX], [[40_000]]))
    assert (found.value, found.gap, found.unit) == (4, 1, "亿元")


def test_a_ratio_is_closed_by_its_numerator_or_by_freeing_land() -> None:
    made = ladder(2, criteria=[criterion([1, 4], PER_MU, unit="万元/亩")])
    found = first(made, table([TAX, LAND, PER_MU, IDLE], [[300, 100, 3, 20]]))
    more, less = found.ways
    assert (more.key, more.now, more.wanted, more.change) == (TAX, 300, 400, 100)
    assert (less.key, less.wanted, less.change) == (LAND, 75, -25)
    assert less.change_share == -0.25
    assert "腾出土地 25.0 亩" in less.words
    assert "不够，还差 5.0 亩" in less.words


def test_an_official_ratio_is_closed_by_the_same_factor() -> None:
    made = ladder(2, criteria=[criterion([1, 4], PER_MU, unit="万元/亩")])
    found = first(made, table([TAX, LAND, PER_MU], [[320, 100, 3]]))
    assert found.ways[0].wanted == pytest.approx(320 * 4 / 3)
    assert "不完全相符" in found.ways[0].words


def test_less_is_better_is_a_reduction() -> None:
    made = ladder(2, criteria=[criterion([2, 1], ENERGY, direction="cost")])
    parts = ["above_scale_energy", "above_scale_value_added", ENERGY]
    found = first(made, table(parts, [[150, 100, 1.5]]))
    assert (found.gap, found.growth) == (0.5, pytest.approx(-1 / 3))
    assert "须降低 0.5" in found.words
    assert [(w.key, w.wanted) for w in found.ways] == [(parts[0], 100), (parts[1], 150)]


def test_a_part_may_grow_the_whole_too() -> None:
    keys = ["high_tech_value_added", "above_scale_value_added", "high_tech_share"]
    made = ladder(2, criteria=[criterion([0.1, 0.5], keys[2], unit="")])
    found = first(made, table(keys, [[25, 100, 0.25]]))
    assert [way.wanted for way in found.ways] == [50, 75]
    assert "还差 25 个百分点" in found.words


@given(st.floats(0.1, 0.99), st.floats(50, 500), st.floats(10, 200))
def test_every_way_reaches_the_level(share: float, top: float, bottom: float) -> None:
    ratio = top / bottom
    made = ladder(2, criteria=[criterion([ratio / 1e3, ratio / share], PER_MU, unit="万元/亩")])
    given_table = table([TAX, LAND, PER_MU], [[top, bottom, ratio]])
    tried = WhatIf(RatingBasis(made, given_table), Z, 2019)
    ways = first(made, given_table).ways
    assert len(ways) == 2
    for way in ways:
        beyond = way.wanted * (1 + 1e-9 if way.change > 0 else 1 - 1e-9)
        assert tried.standing([Change(way.key, beyond)]).at_least == 1
        short = way.now + way.change * 0.999
        assert tried.standing([Change(way.key, short)]).at_most == 0


def test_the_sister_ladder_says_that_its_thresholds_are_not_known() -> None:
    keys = ["above_scale_value_added", TAX, "employees"]
    given_table = table(keys, [[337_000, 36_000, 26_000]])
    found = gap_of(load_ladder("henan-service-zones-2016"), given_table, target=6)
    assert found.next is not None
    assert [c.state for c in found.next.criteria] == ["unknown"] * 3
    assert all(c.threshold is None and c.gap is None for c in found.next.criteria)
    assert "不会高于六星的 100 亿元" in found.next.criteria[0].words
    assert found.target is not None
    assert found.target.criteria[0].gap == pytest.approx(100 - 33.7)


def test_no_data_is_said_and_is_no_gap() -> None:
    found = first(ladder(2, criteria=[criterion([1, 5])]), table([TAX], [[None]]))
    assert (found.state, found.value, found.gap, found.ways) == ("no_data", None, None, ())


def test_a_missed_lower_level_counts_where_the_wanted_one_is_unknown() -> None:
    made = ladder(3, criteria=[criterion([1, 5, "unknown"])])
    target = gap_of(made, table([TAX], [[4]]), target=2).target
    assert target is not None
    assert (target.criteria[0].state, target.criteria[0].threshold) == ("short", 5)
    assert "二星标准未知" in target.criteria[0].words


def test_how_many_more_are_needed_of_several() -> None:
    rows = [criterion([1, 5]), criterion([1, 5], PROFIT), criterion([1, 5], "revenue")]
    made = ladder(2, criteria=rows, combine="n_of", need=2)
    found = gap_of(made, table([TAX, PROFIT, "revenue"], [[6, 2, 3]])).next
    assert found is not None
    assert found.need_more == 1
    assert [c.mandatory for c in found.criteria] == [False] * 3
    assert "还须达到 1 项" in found.words


def test_a_growth_is_turned_into_this_years_figure() -> None:
    made = ladder(2, criteria=[criterion([0, 0.2], TAX, unit="", measure="growth")])
    found = first(made, table([TAX], [[100]], [[110]]), 2020)
    assert (found.state, found.growth) == ("short", pytest.approx(120 / 110 - 1))
    assert "本年数须为 120 万元" in found.words


def test_a_growth_indicator_is_closed_by_its_base() -> None:
    key = f"{TAX}_growth"
    made = ladder(2, criteria=[criterion([0, 0.2], key, unit="")])
    found = first(made, table([TAX, key], [[110, 0.1]]))
    assert found.ways[0].wanted == pytest.approx(120)


def test_a_place_is_the_figure_of_who_holds_it() -> None:
    rank = criterion([3, 2], TAX, unit="位", measure="rank", direction="cost")
    made = ladder(2, criteria=[rank])
    given_table = table([TAX], [[10], [40], [30], [5]])
    found = first(made, given_table)
    assert (found.at_zone, found.state) == ("丙区", "short")
    assert "本年数须为 30 万元" in found.words
    tried = WhatIf(RatingBasis(made, given_table), Z, 2019)
    assert tried.standing([Change(TAX, 30)]).at_least == 1
    assert tried.standing([Change(TAX, 29.9)]).at_most == 0
    unsure = first(made, given_table, complete=False)
    assert unsure.state == "no_data"


def test_over_the_mean_counts_the_zone_itself() -> None:
    rows = [criterion([-0.9, 0.2], TAX, unit="", measure="over_mean")]
    made, given_table = ladder(2, criteria=rows), table([TAX], [[10], [40], [30]])
    found = first(made, given_table)
    needed = 1.2 * 70 / 3 / (1 - 1.2 / 3)
    assert found.growth == pytest.approx(needed / 10 - 1)
    tried = WhatIf(RatingBasis(made, given_table), Z, 2019)
    assert tried.standing([Change(TAX, needed * 1.0001)]).at_least == 1
    assert tried.standing([Change(TAX, needed * 0.9999)]).at_most == 0


def test_last_years_figure_cannot_be_changed() -> None:
    made = ladder(2, criteria=[criterion([1, 5], TAX, measure="previous")])
    found = first(made, table([TAX], [[4]], [[9]]), 2020)
    assert (found.state, found.ways) == ("impossible", ())


def test_vetoes_gates_and_movement_stand_in_the_way() -> None:
    made = ladder(
        4,
        criteria=[criterion([1, 2, 3, 4])],
        gates=[{"label": "有利润", "indicator": PROFIT, "unit": "万元", "value": 1.0,
                "illustrative": True}],
        vetoes=[{"label": "事故", "event": "accident", "effect": "cap", "level": 1,
                 "illustrative": True}],
        movement={"max_up": 1, "illustrative": True},
    )  # fmt: skip
    found = gap_of(
        made,
        table([TAX, PROFIT], [[9, None]]),
        target=2,
        events=events(甲2019=1),
        history=history(甲2018=0),
    ).target
    assert found is not None
    assert {block.kind: block.sure for block in found.blocks} == {
        "gate": False,
        "veto": True,
        "movement": True,
    }
    words = {block.kind: block.words for block in found.blocks}
    assert "登记 1 次" in words["veto"]
    assert "最高一星" in words["veto"]
    assert words["movement"] == "上年为门槛，一年最多上升 1 级"
    nothing = gap_of(made, table([TAX, PROFIT], [[9, 5]]), history=history(甲2018=3)).next
    assert nothing is None


def test_the_highest_level_has_no_gap() -> None:
    found = gap_of(ladder(2, criteria=[criterion([1, 5])]), table([TAX], [[9]]), target=1)
    assert (found.next, found.target) == (None, None)


@given(
    st.lists(
        st.lists(st.one_of(st.integers(1, 9), st.sampled_from(["", "unknown"])), min_size=3,
                 max_size=3),
        min_size=2, max_size=2,
    ),
    st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=2, max_size=2),
    st.booleans(),
)  # fmt: skip
def test_closing_every_gap_reaches_the_level_and_unknowns_never_do(
    cells: list[list[Any]], figures: list[float | None], cumulative: bool
) -> None:
    keys = [TAX, PROFIT]
    rows = [criterion(_rising(column), key) for column, key in zip(cells, keys, strict=True)]
    made = ladder(3, criteria=rows, cumulative=cumulative)
    basis = RatingBasis(made, table(keys, [figures]))
    tried = WhatIf(basis, Z, 2019)
    found = zone_gap(basis, Z, 2019, target=2)
    for level in (found.next, found.target):
        if level is None:
            continue
        states = {one.state for one in level.criteria}
        closed = [
            Change(one.key, one.threshold)
            for one in level.criteria
            if one.state == "short" and one.threshold is not None
        ]
        after = tried.standing(closed)
        asked = {c.indicator: c.thresholds[level.level] for c in made.criteria}
        sure = all(isinstance(asked[c.key], float) for c in level.criteria if c.state == "short")
        if states <= {"met", "short"} and sure:
            assert after.at_least is not None
            assert after.at_least >= level.level
        elif "unknown" in states or "no_data" in states:
            assert after.at_least is None or after.at_least < level.level or not cumulative


def _rising(column: list[Any]) -> list[Any]:
    known = iter(sorted(cell for cell in column if isinstance(cell, int)))
    return [next(known) if isinstance(cell, int) else cell for cell in column]


def test_criteria_of_one_indicator_are_told_apart_by_what_they_look_at() -> None:
    grown = criterion([0, 10], unit="%", measure="growth", weight=2.0)
    held = criterion([1, 50])
    made = ladder(2, criteria=[grown, held], combine="weighted", need=3.0)
    found = gap_of(made, table([TAX], [[40]], [[42]]), 2020).next
    assert found is not None
    assert [one.label for one in found.criteria] == ["税收收入增速", "税收收入"]
    assert "还须达到权重合计 3 的" in found.words
