"""Working days: Monday to Friday, corrected by the holidays that somebody has entered.

The official arrangement of a year is announced by the State Council each time; none is
built in.  A year without any entry is counted by weekends only, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zoneeval.errors import InputError

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Holiday

LONGEST = 400
"""More working days than any period here has."""
_ONE = timedelta(days=1)


def iso_date(text: str, what: str) -> date:
    """Return a date written 2025-03-31; raise InputError naming ``what`` otherwise."""
    words = text.strip()
    try:
        found = date.fromisoformat(words)
    except ValueError:
        found = None
    if found is None or found.isoformat() != words or not 1990 <= found.year <= 2100:
        raise InputError(f"{what}“{text}”不是日期。请写成 2025-03-31 这样的形式。")
    return found


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: weekdays but ``off``, and weekend days in ``work``."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    @classmethod
    def of(cls, holidays: Iterable[Holiday]) -> WorkCalendar:
        """Return the calendar of the days entered."""
        days = [(date.fromisoformat(one.day), one.kind) for one in holidays]
        return cls(
            frozenset(day for day, kind in days if kind == "off"),
            frozenset(day for day, kind in days if kind == "work"),
        )

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is worked."""
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def last_day(self, first: date, days: int) -> date:
        """Return the last day of a period of working days; the first day counts if worked.

        Raises InputError for fewer than one day or more than :data:`LONGEST`.
        """
        if not 1 <= days <= LONGEST:
            raise InputError(f"工作日天数应为 1 到 {LONGEST} 的整数，现为 {days}。")
        day, left = first, days - int(self.is_workday(first))
        while left > 0:
            day += _ONE
            left -= int(self.is_workday(day))
        return day

    def count(self, first: date, last: date) -> int:
        """Return how many working days a period has, both ends included."""
        return sum(
            self.is_workday(first + timedelta(days=i)) for i in range((last - first).days + 1)
        )

    def weekends_only(self, first: date, last: date) -> list[int]:
        """Return the years of a period for which no holiday was entered."""
        known = {day.year for day in (*self.off, *self.work)}
        return [year for year in range(first.year, last.year + 1) if year not in known]


def weekend_note(years: Iterable[int]) -> str:
    """Return the sentence for years counted by weekends only, or "" for none."""
    words = "、".join(str(year) for year in years)
    if not words:
        return ""
    return f"{words} 年没有录入节假日安排，只按周末计算工作日；请录入当年的放假和调休安排后核对。"
