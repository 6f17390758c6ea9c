"""Lists to the utilities (执行名单): who is charged or relieved on which account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from zoneeval.model.pricing import RECEIVER_KIND, Direction

METERED = ("供电", "供水", "燃气", "热力")
"""Who bills by account (户号); the others go by the credit code."""

LineState = Literal["charged", "withheld", "pending"]
"""Carried out; not carried out, with a reason; no published rate was found."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One account of a list, or one enterprise where nobody bills by account.

    ``rate`` is None unless ``state`` is "charged", and never stands without its
    ``document``.  ``account`` is None where it is not known.  ``uscc`` and ``enterprise``
    are of the enterprise whose class counts, whatever name the account runs under; of
    several that share an account at one rate, all are named.
    """

    account: str | None
    account_name: str | None
    uscc: str
    enterprise: str
    zone: str
    grade: str
    years: int
    kind: str
    direction: Direction
    rate: float | None
    unit: str
    starts: str
    ends: str
    document: str
    remark: str = ""
    state: LineState = "charged"

    def __post_init__(self) -> None:
        if (self.rate is not None) != (self.state == "charged"):
            raise ValueError("only a line that is carried out has a rate")
        if self.rate is not None and not self.document:
            raise ValueError("a rate without its document")

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what is the same line on another list."""
        return self.account or self.uscc, self.kind, self.direction

    @property
    def terms(self) -> tuple[float | None, str, str, str, str]:
        """Return rate, unit, start, end and document."""
        return self.rate, self.unit, self.starts, self.ends, self.document


@dataclass(frozen=True, slots=True)
class SharedLine:
    """An account that several enterprises use and that cannot be charged as a whole."""

    line: ListLine
    use: float | None
    users: str


@dataclass(frozen=True, slots=True)
class UtilityList:
    """The content of a list; ``accounts`` tells whether the utility bills by account."""

    utility: str
    lines: tuple[ListLine, ...]
    missing: tuple[ListLine, ...] = ()
    shared: tuple[SharedLine, ...] = ()

    @property
    def accounts(self) -> bool:
        """Tell whether the lines are accounts."""
        return self.utility in METERED

    @property
    def charged(self) -> tuple[ListLine, ...]:
        """Return the lines that are carried out."""
        return tuple(line for line in self.lines if line.state == "charged")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of measures on the list."""
        every = (*self.lines, *self.missing, *(one.line for one in self.shared))
        return tuple(sorted({line.kind for line in every})) or (
            RECEIVER_KIND.get(self.utility, self.utility),
        )


ChangeKind = Literal["added", "removed", "changed"]
CHANGE_WORDS: dict[ChangeKind, str] = {"added": "新增", "removed": "取消", "changed": "变更"}


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of a line: ``before`` is None for one added, ``after`` for one removed."""

    kind: ChangeKind
    before: ListLine | None
    after: ListLine | None
    reason: str

    @property
    def line(self) -> ListLine:
        """Return the line as it is, or as it was where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What a list adds, takes off and changes against the one before it.

    ``against`` is the number of that list (None: there is none) and ``unchanged`` the
    count of lines that stay.  A line that is not carried out is not on a list here.
    """

    against: int | None
    document: str
    changes: tuple[LineChange, ...]
    unchanged: int

    def of(self, kind: ChangeKind) -> list[LineChange]:
        """Return the changes of a kind."""
        return [one for one in self.changes if one.kind == kind]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The end of a list before its time: from ``on`` it is not carried out any more."""

    on: str
    document: str
    reason: str


@dataclass(frozen=True)
class IssuedList:
    """A list as it was sent, with document, dates (ISO) and what it changed.

    ``zone`` is the zone of its run, None for a run over all; ``tariff_text`` the table of
    measures as it was then; ``replaced_from`` the first day of the list after it.
    """

    id: int
    run_id: int
    zone: str | None
    utility: str
    tariff: str
    tariff_text: str = field(repr=False)
    issued_on: str
    document: str
    valid_from: str
    valid_to: str | None
    content: UtilityList = field(repr=False)
    changes: ListChanges = field(repr=False)
    withdrawn: Withdrawal | None = None
    replaced_from: str | None = None

    def state_on(self, day: str) -> str:
        """Return 已撤回, 未开始, 已接替, 已到期 or 执行中 as of a day (ISO)."""
        if self.withdrawn is not None and self.withdrawn.on <= day:
            return "已撤回"
        if day < self.valid_from:
            return "未开始"
        if self.replaced_from is not None and self.replaced_from <= day:
            return "已接替"
        return "已到期" if self.valid_to is not None and self.valid_to < day else "执行中"


def in_one_order(lines: Sequence[ListLine]) -> list[ListLine]:
    """Return lines surcharges first, then by zone, enterprise and account."""
    return sorted(
        lines,
        key=lambda x: (x.direction != "surcharge", x.zone, x.uscc, x.kind, x.account or "~"),
    )
