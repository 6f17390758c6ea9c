"""Working days: weekends, holidays, worked weekends, and years nobody has entered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.errors import InputError
from zoneeval.model.adjudication import Holiday
from zoneeval.workdays import LONGEST, WorkCalendar, iso_date, weekend_note

MONDAY = date(2025, 6, 2)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_weekends_are_skipped_and_the_first_day_counts() -> None:
    plain = WorkCalendar()
    assert plain.last_day(MONDAY, 1) == MONDAY
    assert plain.last_day(MONDAY, 5) == date(2025, 6, 6)
    assert plain.last_day(MONDAY, 6) == date(2025, 6, 9)
    assert plain.last_day(date(2025, 6, 7), 1) == date(2025, 6, 9)
    assert plain.count(MONDAY, date(2025, 6, 15)) == 10


def test_holidays_and_worked_weekends_move_the_end() -> None:
    calendar = WorkCalendar.of(
        [Holiday("2025-06-02", "off", "示意"), Holiday("2025-06-07", "work", "示意")]
    )
    assert not calendar.is_workday(MONDAY)
    assert calendar.last_day(MONDAY, 5) == date(2025, 6, 7)
    assert calendar.weekends_only(date(2024, 12, 30), date(2026, 1, 2)) == [2024, 2026]
    assert weekend_note([2024, 2026]).startswith("2024、2026 年没有录入节假日安排")
    assert weekend_note([]) == ""


@pytest.mark.parametrize("days", [0, -1, LONGEST + 1])
def test_a_period_has_a_sensible_length(days: int) -> None:
    with pytest.raises(InputError, match="工作日天数"):
        WorkCalendar().last_day(MONDAY, days)


@pytest.mark.parametrize("text", ["", "2025-6-2", "20250602", "2025-02-30", "明天", "1889-01-01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"收到日期.*不是日期"):
        iso_date(text, "收到日期")


@given(DAYS, st.integers(1, 30), st.frozensets(DAYS, max_size=8), st.frozensets(DAYS, max_size=8))
def test_the_last_day_is_the_first_that_completes_the_count(
    first: date, days: int, off: frozenset[date], work: frozenset[date]
) -> None:
    calendar = WorkCalendar(off, work)
    last = calendar.last_day(first, days)
    assert calendar.count(first, last) == days
    assert calendar.is_workday(last)
    if last > first:
        assert calendar.count(first, last - timedelta(days=1)) == days - 1
