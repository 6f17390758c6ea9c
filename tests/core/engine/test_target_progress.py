"""How far a target is reached: amounts, shares, points, limits, and what is not known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.engine.zones.targets import target_progress
from zoneeval.model.targets import Target

AMOUNT = Target("演示园区", 2019, "tax_revenue", "税收收入", 100.0, "万元", accumulates=True)
GROWTH = Target("演示园区", 2019, "tax_revenue_growth", "税收增速", 0.13, "", kind="growth")
LIMIT = Target("演示园区", 2019, "energy_per_value_added", "能耗", 0.5, "", bound="at_most")


def test_an_amount_ahead_of_time() -> None:
    found = target_progress("演示园区", AMOUNT, 54.2, 0.5)
    assert found.completion == pytest.approx(0.542)
    assert found.ahead == pytest.approx(0.042)
    assert found.ahead_words == "超时序进度 4.2 个百分点"
    assert found.met is False
    assert target_progress("演示园区", AMOUNT, 45, 0.5).ahead_words == "落后时序进度 5 个百分点"
    assert target_progress("演示园区", AMOUNT, 50, 0.5).ahead_words == "与时序进度持平"


@pytest.mark.parametrize("value", [None, math.nan])
def test_no_data_is_not_nothing(value: float | None) -> None:
    missing = target_progress("演示园区", AMOUNT, value, 0.5)
    assert (missing.value, missing.met, missing.completion, missing.ahead) == (None,) * 4
    assert missing.reason == "没有数据"
    nothing = target_progress("演示园区", AMOUNT, 0.0, 0.5)
    assert (nothing.met, nothing.completion, nothing.ahead) == (False, 0.0, -0.5)


def test_a_growth_is_compared_in_points_only() -> None:
    found = target_progress("演示园区", GROWTH, -0.02, 0.5)
    assert (found.met, found.completion, found.ahead) == (False, None, None)
    assert found.difference == pytest.approx(-0.15)


def test_a_limit_completes_the_other_way_round() -> None:
    over = target_progress("演示园区", LIMIT, 0.625, 1.0)
    assert (over.met, over.completion, over.ahead) == (False, 0.8, None)
    under = target_progress("演示园区", LIMIT, 0.4, 1.0)
    assert (under.met, under.completion) == (True, 1.25)
    zero = target_progress("演示园区", LIMIT, 0.0, 1.0)
    assert (zero.met, zero.completion) == (True, None)


def test_about_decides_nothing_below_and_strict_wants_more() -> None:
    about = Target("演示园区", 2019, "x", "x", 60, "个", about=True)
    assert target_progress("演示园区", about, 59).met is None
    assert "左右" in target_progress("演示园区", about, 59).reason
    assert target_progress("演示园区", about, 60).met is True
    strict = Target("演示园区", 2019, "x", "x", 48, "个", strict=True)
    assert target_progress("演示园区", strict, 48).met is False
    assert target_progress("演示园区", strict, 48.1).met is True


def test_a_target_above_the_city_needs_the_city() -> None:
    above = Target("演示园区", 2019, "x", "x", 0.02, "", kind="growth", above="全市增速")
    found = target_progress("演示园区", above, 0.3)
    assert (found.met, found.completion, found.difference) == (None, None, None)
    assert "全市增速" in found.reason


def test_a_target_of_others_is_only_a_reference() -> None:
    rate = Target(
        "全市产业集聚区", 2019, "value_added_per_built_mu", "亩均", 48, "万元/亩", scope="zones"
    )
    found = target_progress("演示园区", rate, 36, 1.0, related=True)
    assert (found.met, found.completion, found.ahead) == (None, 0.75, None)
    assert found.reason.startswith("“全市产业集聚区”的目标")
    total = target_progress("演示园区", AMOUNT, 50, 0.5, related=True)
    assert (total.value, total.met, total.completion, total.ahead) == (50, None, None, None)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_of_what_is_wanted_never_completes_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    first = target_progress("演示园区", AMOUNT, low, 0.5)
    second = target_progress("演示园区", AMOUNT, high, 0.5)
    assert (first.completion or 0) <= (second.completion or 0)
    assert not (first.met and not second.met)


def test_words() -> None:
    assert AMOUNT.words == "不低于 100万元"
    assert LIMIT.words == "不高于 0.5"
    assert GROWTH.words == "不低于 13%"
    several = Target("每个", 2019, "x", "x", 1, "家", upper=2, printed="1家")
    assert several.words == "不低于 1—2家"
    star = Target("演示园区", 2019, "star", "星级", 2, "星", kind="star", printed="2星")
    assert (star.words, star.figure_words(None), star.figure_words(3)) == ("二星", "—", "三星")
