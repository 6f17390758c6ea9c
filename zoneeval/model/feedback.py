"""What a utility reports back (执行反馈), and how it stands against its list."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from zoneeval.model.utility_list import ListLine


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One account in one period: ``use`` in the unit of the list's base, ``amount`` in 万元.

    ``account`` carries the kind of measure behind a blank where the list has several.
    """

    account: str
    period: str
    use: float | None
    rate: float | None
    amount: float | None
    note: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One account and period compared; ``line`` is None for what is not on the list.

    ``expected`` is use × listed rate in 万元, None where the use is not known.
    """

    status: str
    line: ListLine | None
    row: FeedbackRow | None
    period: str
    rate: float | None
    expected: float | None
    words: str

    @property
    def is_fault(self) -> bool:
        """Tell whether somebody has to look into it."""
        return self.status != "agrees"


STATUS_WORDS = {
    "agrees": "一致",
    "rate_differs": "标准不符",
    "amount_differs": "金额不符",
    "not_stated": "填报不全",
    "not_billed": "未执行",
    "unlisted": "名单外执行",
    "outside": "不在有效期",
}
"""How a reported account stands against the list."""


@dataclass(frozen=True, slots=True)
class FeedbackComparison:
    """All accounts of the periods reported, compared with the list."""

    list_id: int
    utility: str
    periods: tuple[str, ...]
    lines: tuple[FeedbackLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines stand how."""
        return {key: sum(x.status == key for x in self.lines) for key in STATUS_WORDS}

    @property
    def billed(self) -> float | None:
        """Return the sum of the amounts that are known, None where none is."""
        known = [x.row.amount for x in self.lines if x.row and x.row.amount is not None]
        return fsum(known) if known else None

    @property
    def billed_unknown(self) -> int:
        """Return how many reported lines have no amount; they are in no sum."""
        return sum(x.row is not None and x.row.amount is None for x in self.lines)

    @property
    def expected(self) -> float | None:
        """Return what the list comes to for the use that is known, None where none is."""
        known = [x.expected for x in self.lines if x.expected is not None]
        return fsum(known) if known else None

    @property
    def expected_unknown(self) -> int:
        """Return for how many listed lines the use is not known; they are in no sum."""
        return sum(x.line is not None and x.expected is None for x in self.lines)
