"""Points short of a level, the place at the cut, and what each item adds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.ladders import ENERGY, PROFIT, TAX, composite, item, ladder, scores, table
from zoneeval.engine.zones.gap import zone_gap
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf
from zoneeval.model.gap import ScoreGap
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder import Ladder

Z = "甲区"


def made_of(*items: dict[str, Any], **levels: Any) -> Ladder:
    return ladder(2, composite=composite(*items, levels={"illustrative": True} | levels))


def gap_of(made: Ladder, given: ZoneTable) -> ScoreGap:
    found = zone_gap(RatingBasis(made, given), Z, 2019).next
    assert found is not None
    assert found.score is not None
    return found.score


def test_points_short_and_what_an_item_adds() -> None:
    made = made_of(item(weight=60, base=100.0), item(PROFIT, 40, base=50.0), cutoffs=[10.0, 70.0])
    found = gap_of(made, table([TAX, PROFIT], [[50, 25]]))
    assert (found.score_at_least, found.wanted, found.short) == (50, 70, 20)
    profit, tax = sorted(found.items, key=lambda one: one.id)
    assert (tax.per_unit, profit.per_unit) == (0.6, 0.8)
    assert (tax.per_percent, profit.per_percent) == (0.3, 0.2)
    assert tax.alone == pytest.approx(50 + 20 / 0.6, rel=1e-5)
    assert profit.alone == pytest.approx(25 + 20 / 0.8, rel=1e-5)


def test_an_item_closed_alone_reaches_the_level_and_not_before() -> None:
    made = made_of(
        item(weight=50, method="floored_minmax"),
        item(ENERGY, 50, method="reverse_linear", base="mean", direction="cost"),
        cutoffs=[1.0, 55.0],
    )
    given = table([TAX, ENERGY], [[20, 1.5], [80, 1.0], [50, 2.0]])
    tried = WhatIf(RatingBasis(made, given), Z, 2019)
    for one in gap_of(made, given).items:
        assert one.alone is not None
        assert tried.standing([Change(one.id, one.alone)]).at_least == 1
        assert one.value is not None
        before = one.value + 0.99 * (one.alone - one.value)
        assert tried.standing([Change(one.id, before)]).at_most == 0


def test_a_marginal_point_is_the_difference_of_two_ratings() -> None:
    made = made_of(item(weight=100, method="floored_minmax"), cutoffs=[1.0, 90.0])
    given = table([TAX], [[20], [80], [10]])
    before, after = (scores(made, table([TAX], [[x], [80], [10]]))[0][0] for x in (20, 21))
    (one,) = gap_of(made, given).items
    assert one.per_unit == pytest.approx(after - before)


def test_a_capped_item_adds_nothing_more() -> None:
    made = made_of(item(weight=50, base=10.0, cap=1.0), item(PROFIT, 50, base=10.0),
                   cutoffs=[1.0, 90.0])  # fmt: skip
    found = gap_of(made, table([TAX, PROFIT], [[20, 1]]))
    (tax,) = [one for one in found.items if one.id == TAX]
    assert (tax.per_unit, tax.per_percent, tax.alone, tax.state) == (0, 0, None, "met")
    assert tax.words == "再改善也不加分；只靠这一项达不到"


def test_a_place_is_held_by_the_zone_at_the_cut() -> None:
    made = made_of(item(weight=100, base=100.0), ranks=[4.0, 2.0])
    given = table([TAX], [[10], [40], [30], [5]])
    found = gap_of(made, given)
    assert (found.at_zone, found.wanted, found.short) == ("丙区", 30, 20)
    assert found.items[0].alone == pytest.approx(30, rel=1e-5)
    assert "前 2 名" in found.words


def test_a_share_of_the_peers_is_counted_in_places() -> None:
    made = made_of(item(weight=100, base=100.0), shares=[1.0, 0.5])
    assert gap_of(made, table([TAX], [[10], [40], [30], [5]])).wanted == 30


def test_a_quota_is_held_by_those_who_have_the_level() -> None:
    made = made_of(item(weight=100, base=100.0), cutoffs=[1.0, 35.0], quotas=["", 1.0])
    found = gap_of(made, table([TAX], [[36], [40], [30]]))
    assert (found.at_zone, found.wanted, found.short) == ("乙区", 40, 4)


def test_an_open_score_is_not_called_short() -> None:
    within = {"cap": 1.0, "floor": 0.0}
    made = made_of(
        item(weight=50, base=100.0, **within),
        item(PROFIT, 50, base=50.0, **within),
        cutoffs=[1.0, 70.0],
    )
    found = gap_of(made, table([TAX, PROFIT], [[50, None]]))
    assert (found.state, found.score_at_least, found.score_at_most) == ("no_data", 25, 75)
    (profit,) = [one for one in found.items if one.id == PROFIT]
    assert (profit.state, profit.per_unit, profit.alone) == ("no_data", None, None)


def test_an_unknown_cutoff_asks_nothing_that_can_be_said() -> None:
    made = made_of(item(weight=100, base=100.0), cutoffs=[1.0, "unknown"])
    found = gap_of(made, table([TAX], [[50]]))
    assert (found.state, found.wanted, found.short) == ("unknown", None, None)
    assert "一星的得分标准未知" in found.words


def test_what_follows_from_a_figure_counts_too() -> None:
    per_mu = "tax_per_industrial_mu"
    made = made_of(item(weight=50, base=100.0), item(per_mu, 50, unit="万元/亩", base=10.0),
                   cutoffs=[1.0, 90.0])  # fmt: skip
    found = gap_of(made, table([TAX, "industrial_land", per_mu], [[50, 10, 5]]))
    (tax,) = [one for one in found.items if one.id == TAX]
    assert tax.per_unit == pytest.approx(0.5 + 0.5)


def test_growths_places_and_per_cents_are_moved_the_right_way() -> None:
    growth = f"{TAX}_growth"
    made = made_of(
        item(growth, 50, unit="%", base=10.0),
        item(PROFIT, 50, unit="位", measure="rank", direction="cost",
             method={"kind": "bands", "includes": "to",
                     "bands": [{"to": 1, "score": 50}, {"from": 1, "score": 10}]}),
        cutoffs=[-100.0, 40.0],
    )  # fmt: skip
    found = gap_of(made, table([growth, PROFIT], [[-0.02, 5], [0.1, 8]]))
    grown, place = sorted(found.items, key=lambda one: one.id == PROFIT)
    assert (grown.value, grown.step, grown.per_percent) == (-2, 1, None)
    assert grown.per_unit == pytest.approx(5)
    assert grown.alone == pytest.approx(6, rel=1e-4)
    assert grown.words.startswith("每增加 1 个百分点得 5 分")
    assert place.per_unit == 0
    assert place.alone == pytest.approx(8, rel=1e-4)
    assert place.words == "略有改善不加分，改善较多才加分；只靠这一项须为 8 万元"
