"""A period of figures: a year, or the part of a year from January to its end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering

from zoneeval.errors import InputError

_KEY = re.compile(r"((?:19|20)\d{2})(?:q([1-4])|-(0[1-9]|1[0-2]))?")
_YEAR_WORDS = re.compile(r"((?:19|20)\d{2})年度?")
_WHOLE = ("年度", "全年", "年", "1-12月", "年末", "年底", "本年度", "一至十二月")
_QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?末?|前([一二三123])个?季度)")
_MONTHS = re.compile(r"(?:0?1月?-)(0?[1-9]|1[0-2])月(?:累计|份|末)?")
_MONTH = re.compile(r"(?:0?([1-9])|(1[0-2]))月(?:份|末|累计)?")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER_WORDS = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年（四季度累计）"}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A year, or from January to the end of a quarter or month, as statistics count.

    ``part`` is "" for the whole year, Q1 … Q4, or 01 … 12.
    """

    year: int
    part: str = ""

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key.lower()):
            raise InputError(f"期间“{self.key}”不成立。请写成 2019、2019Q2 或 2019-06。")

    @classmethod
    def parse(cls, text: str, year: int | None = None) -> Period:
        """Return the period of 2019, 2019Q2, 2019-06, 2019年二季度, 1—6月 …

        ``year`` serves words without one.  Raises InputError where it cannot be read.
        """
        found = cls.of_words(text, year)
        if found is None:
            raise InputError(
                f"期间“{text}”无法识别。请写成 2019（全年）、2019Q2（二季度，1—6月累计）"
                "或 2019-06（1—6月累计）。"
            )
        return found

    @classmethod
    def of_words(cls, text: str, year: int | None = None) -> Period | None:
        """Return the period like :meth:`parse`, or None where it cannot be read."""
        words = unicodedata.normalize("NFKC", text).strip().lower()
        words = re.sub(r"\s+", "", words)
        words = re.sub(r"[—–―~～至到]+|-{2,}", "-", words)
        if found := _KEY.fullmatch(words):
            quarter, month = found[2], found[3]
            return cls(int(found[1]), f"Q{quarter}" if quarter else month or "")
        if found := _YEAR_WORDS.match(words):
            own, rest = int(found[1]), words[found.end() :]
            if year is not None and own != year:
                return None
            year, words = own, rest
        if year is None:
            return None
        part = _part_of(words)
        return None if part is None else cls(year, part)

    @property
    def key(self) -> str:
        """Return how the period is stored: 2019, 2019Q2, 2019-06."""
        join = "-" if self.part.isdigit() else ""
        return f"{self.year}{join}{self.part}"

    @property
    def is_year(self) -> bool:
        """Tell whether it is a whole year under the year's own name."""
        return not self.part

    @property
    def months(self) -> int:
        """Return how many months have passed at its end."""
        if not self.part:
            return 12
        return int(self.part[1]) * 3 if self.part.startswith("Q") else int(self.part)

    @property
    def elapsed_share(self) -> float:
        """Return the share of the year that has passed at its end."""
        return self.months / 12

    @property
    def label(self) -> str:
        """Return the words: 2019年, 2019年上半年, 2019年1—6月."""
        if not self.part:
            return f"{self.year}年"
        if self.part.startswith("Q"):
            return f"{self.year}年{_QUARTER_WORDS[self.months // 3]}"
        return f"{self.year}年1月" if self.months == 1 else f"{self.year}年1—{self.months}月"

    @property
    def span(self) -> str:
        """Return the months counted: 1—6月."""
        return "1月" if self.months == 1 else f"1—{self.months}月"

    @property
    def same_span(self) -> tuple[Period, ...]:
        """Return the other names of the same months: 2019-06 for 2019Q2."""
        names = [self.part]
        if self.months % 3 == 0:
            names += [f"Q{self.months // 3}", f"{self.months:02d}"]
        if self.months == 12:
            names.append("")
        others = dict.fromkeys(name for name in names if name != self.part)
        return tuple(Period(self.year, name) for name in others)

    @property
    def last_year(self) -> Period:
        """Return the same period of the year before."""
        return Period(self.year - 1, self.part)

    @property
    def previous(self) -> Period:
        """Return the period before of the same kind: 2019Q1 before 2019Q2, 2018-12 before 01."""
        if not self.part:
            return self.last_year
        if self.part.startswith("Q"):
            number = int(self.part[1])
            return Period(self.year - (number == 1), f"Q{(number + 2) % 4 + 1}")
        number = int(self.part)
        return Period(self.year - (number == 1), f"{(number + 10) % 12 + 1:02d}")

    @property
    def _order(self) -> tuple[int, int, int]:
        rank = 2 if not self.part else 1 if self.part.startswith("Q") else 0
        return self.year, self.months, rank

    def __lt__(self, other: Period) -> bool:
        """Tell whether this one ends earlier; of the same months the year comes last."""
        return self._order < other._order

    def __str__(self) -> str:
        """Return the key."""
        return self.key


def _part_of(words: str) -> str | None:
    if words in ("", *_WHOLE):
        return ""
    if words in ("上半年", "半年"):
        return "Q2"
    if found := _QUARTER.fullmatch(words):
        said = found[1] or found[2]
        return f"Q{_DIGITS.get(said) or int(said)}"
    if found := _MONTHS.fullmatch(words):
        return f"{int(found[1]):02d}"
    if found := _MONTH.fullmatch(words):
        return f"{int(found[1] or found[2]):02d}"
    return None


def as_period(value: Period | str | int) -> Period:
    """Return a period given as itself, as its key or words, or as a year."""
    return value if isinstance(value, Period) else Period.parse(str(value))
