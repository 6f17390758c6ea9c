"""Periods: how they are written, ordered, and what part of the year has passed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.errors import InputError
from zoneeval.model.period import Period

PARTS = ("", "Q1", "Q2", "Q3", "Q4", *(f"{n:02d}" for n in range(1, 13)))
PERIODS = st.builds(Period, st.integers(1990, 2099), st.sampled_from(PARTS))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("2019", "2019"),
        ("2019Q2", "2019Q2"),
        ("2019-06", "2019-06"),
        ("2019年", "2019"),
        ("2019年二季度", "2019Q2"),
        ("2019年第3季度", "2019Q3"),
        ("2019年1—6月", "2019-06"),
        ("2019年1月至11月", "2019-11"),
        ("1—6月", "2019-06"),
        ("６月", "2019-06"),
        ("上半年", "2019Q2"),
        ("前三季度", "2019Q3"),
        ("全年", "2019"),
        ("1-12月", "2019"),
        ("12月", "2019-12"),
    ],
)
def test_words_of_periods(words: str, key: str) -> None:
    assert Period.parse(words, 2019).key == key


@pytest.mark.parametrize("words", ["", "2019-13", "2019Q5", "约2015年", "0月", "7—9月", "去年"])
def test_words_that_are_no_period(words: str) -> None:
    with pytest.raises(InputError, match="无法识别"):
        Period.parse(words)


def test_a_part_without_a_year_needs_one() -> None:
    assert Period.of_words("1—6月") is None
    assert Period.of_words("2018年1—6月", 2019) is None


def test_labels_say_what_is_counted() -> None:
    assert Period(2019, "06").label == "2019年1—6月"
    assert Period(2019, "01").label == "2019年1月"
    assert Period(2019, "Q2").label == "2019年上半年"
    assert Period(2019).label == "2019年"
    assert Period(2019, "Q3").span == "1—9月"


def test_the_elapsed_share() -> None:
    assert Period(2019, "06").elapsed_share == 6 / 12
    assert Period(2019, "Q3").elapsed_share == 9 / 12
    assert Period(2019).elapsed_share == 1


def test_the_period_before_and_the_same_one_last_year() -> None:
    assert Period(2019, "Q1").previous == Period(2018, "Q4")
    assert Period(2019, "01").previous == Period(2018, "12")
    assert Period(2019, "06").previous == Period(2019, "05")
    assert Period(2019).previous == Period(2018)
    assert Period(2019, "Q2").last_year == Period(2018, "Q2")
    assert Period(2019, "Q2").same_span == (Period(2019, "06"),)


@given(PERIODS)
def test_a_key_is_read_back(period: Period) -> None:
    assert Period.parse(period.key) == period
    assert period.previous < period
    assert period.last_year < period
    assert all(other.months == period.months for other in period.same_span)


@given(PERIODS, PERIODS)
def test_the_order_is_that_of_time(one: Period, other: Period) -> None:
    if one.year == other.year and one.months < other.months:
        assert one < other
    assert (one < other) or (other < one) or one == other
