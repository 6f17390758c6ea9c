"""Other figures for a zone: what follows from them, and that nothing is kept."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.ladders import (
    PROFIT,
    TAX,
    composite,
    criterion,
    item,
    ladder,
    table,
)
from zoneeval.engine.stars.rating import rate_table
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf, consequences, with_figures
from zoneeval.errors import InputError

PER_MU, GROWTH = "tax_per_industrial_mu", f"{TAX}_growth"
Z = "甲区"


def test_a_ratio_and_a_growth_follow_their_parts() -> None:
    now = {TAX: 100.0, "industrial_land": 50.0, PER_MU: 2.0, GROWTH: 0.1}
    after = consequences(now, {TAX: 150.0})
    assert after == pytest.approx({TAX: 150, PER_MU: 3, GROWTH: 0.65})
    assert consequences(now, {"industrial_land": 25.0})[PER_MU] == 4


def test_an_official_ratio_moves_by_the_same_factor() -> None:
    now = {TAX: 100.0, "industrial_land": 50.0, PER_MU: 3.0}
    assert consequences(now, {TAX: 150.0})[PER_MU] == pytest.approx(4.5)


def test_points_and_a_decline_follow_too() -> None:
    now = {"above_scale_rd_expense": 2.0, "above_scale_value_added": 100.0,
           "above_scale_energy": 200.0, "rd_to_value_added": 0.02,
           "rd_to_value_added_growth": 0.005, "energy_per_value_added": 2.0,
           "energy_per_value_added_decline": 0.04}  # fmt: skip
    after = consequences(now, {"above_scale_rd_expense": 3.0})
    assert after["rd_to_value_added_growth"] == pytest.approx(0.015)
    after = consequences(now, {"above_scale_energy": 190.0})
    assert after["energy_per_value_added_decline"] == pytest.approx(1 - 0.96 * 0.95)


def test_what_is_set_itself_stays_as_set() -> None:
    now = {TAX: 100.0, "industrial_land": 50.0, PER_MU: 2.0}
    assert consequences(now, {TAX: 150.0, PER_MU: 9.0})[PER_MU] == 9


def test_an_unknown_part_makes_the_ratio_unknown() -> None:
    after = consequences({TAX: 100.0, PER_MU: 2.0}, {TAX: 150.0})
    assert isnan(after[PER_MU])
    assert PER_MU not in consequences({TAX: 100.0}, {TAX: 150.0})


def test_changes_set_add_and_grow_one_after_another() -> None:
    tried = WhatIf(
        RatingBasis(ladder(2, criteria=[criterion([1, 5])]), table([TAX], [[4]])), Z, 2019
    )
    changes = [Change(TAX, 10), Change(TAX, -2, "add"), Change(TAX, 0.5, "grow")]
    assert tried.after(changes) == {TAX: 12}
    with pytest.raises(InputError, match="没有数据"):
        tried.after([Change(PROFIT, 1, "add")])
    with pytest.raises(InputError, match="不能试算"):
        WhatIf(tried.basis, "无区", 2019)


def test_a_figure_that_was_not_there_may_be_tried() -> None:
    made = ladder(2, criteria=[criterion([1, 5]), criterion([1, 5], PROFIT)])
    tried = WhatIf(RatingBasis(made, table([TAX], [[9]])), Z, 2019)
    assert not tried.standing([]).decidable
    assert tried.standing([Change(PROFIT, 7)]).at_least == 1


@given(
    st.lists(st.floats(0, 100), min_size=6, max_size=6),
    st.floats(0, 200),
    st.integers(0, 4),
    st.booleans(),
)
def test_it_is_the_rating_of_the_changed_table_and_keeps_nothing(
    figures: list[float], other: float, year: int, moving: bool
) -> None:
    made = ladder(
        3,
        criteria=[criterion([1, 30, 60])],
        composite=composite(
            item(weight=60, method="floored_minmax"),
            item(PROFIT, 20, method="rank"),
            item(
                "revenue", 20, method={"kind": "growth_steps", "below": "steps", "base_year": 2019}
            ),
            levels={"ranks": [3.0, 2.0, 1.0], "illustrative": True},
        ),
        movement={"max_up": 1, "illustrative": True, "without_former": "free"} if moving else None,
    )
    rows = [[a, b, b + 1] for a, b in zip(figures[:3], figures[3:], strict=True)]
    given_table = table([TAX, PROFIT, "revenue"], rows, rows[::-1], rows, rows[::-1], rows)
    before = given_table.values.copy()
    tried = WhatIf(RatingBasis(made, given_table), "乙区", 2019 + year)
    found = tried.standing([Change(TAX, other)])
    changed = with_figures(given_table, "乙区", 2019 + year, {TAX: other})
    assert found == rate_table(made, changed).standing("乙区", 2019 + year)
    np.testing.assert_array_equal(given_table.values, before)
    assert tried.standing([]) == rate_table(made, given_table).standing("乙区", 2019 + year)
