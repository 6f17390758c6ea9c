"""The ledger of leaving and transformation: cases, their steps, and what was freed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import fsum


class CaseKind(StrEnum):
    """Why there is a case."""

    CLASS = "class"
    STOPPED = "stopped"
    HALF_STOPPED = "half_stopped"
    PROJECT = "project"
    LAND = "land"

    @property
    def label(self) -> str:
        """Return the word the interface shows."""
        return {
            "class": "退出类别企业",
            "stopped": "停产企业",
            "half_stopped": "半停产企业",
            "project": "停建缓建项目",
            "land": "低效用地",
        }[self.value]


class CaseState(StrEnum):
    """How far a case has come; ``closed`` is struck off with a result."""

    OPEN = "open"
    ACTING = "acting"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """Return the word the interface shows."""
        return {
            "open": "待处置",
            "acting": "处置中",
            "closed": "已销号",
            "cancelled": "不再处置",
        }[self.value]

    @property
    def is_live(self) -> bool:
        """Tell whether something is still to be done."""
        return self in (CaseState.OPEN, CaseState.ACTING)


PATHS = (
    "转型升级",
    "技改",
    "帮扶脱困",
    "兼并重组",
    "债务重组",
    "破产重整",
    "破产清算",
    "租赁",
    "回购",
    "二次招商",
    "引入新投资者",
    "调整建设内容",
    "取消建设",
)
"""The ways that a case may take, in the words of the documents."""

_ENTERPRISE = PATHS[:7]
_ASSET = ("租赁", "兼并重组", "回购", "二次招商")
_USUAL = {
    CaseKind.CLASS: _ENTERPRISE,
    CaseKind.STOPPED: _ENTERPRISE,
    CaseKind.HALF_STOPPED: _ENTERPRISE,
    CaseKind.PROJECT: ("帮扶脱困", "引入新投资者", "调整建设内容", "取消建设"),
    CaseKind.LAND: _ASSET,
}


def paths_for(kind: CaseKind) -> tuple[str, ...]:
    """Return all ways, those that the documents name for such a case first."""
    usual = _USUAL[kind]
    return (*usual, *(path for path in PATHS if path not in usual))


@dataclass(frozen=True, slots=True)
class ExitCase:
    """One case; dates are ISO, land in 亩, energy in 吨标准煤, emission in 吨.

    ``subject`` is the enterprise's or project's name, ``opened_by_run`` the run whose
    class (or state of operation) opened it, ``runs`` that one and the later ones that
    found the same.  What was freed is None where not known.
    """

    id: int
    uscc: str | None
    subject: str
    zone: str | None
    kind: CaseKind
    opened_by_run: int | None
    opened_on: str
    reasons: tuple[str, ...]
    path: str | None = None
    responsible: str | None = None
    due: str | None = None
    state: CaseState = CaseState.OPEN
    closed_on: str | None = None
    outcome: str | None = None
    document: str | None = None
    freed_land: float | None = None
    freed_energy: float | None = None
    freed_emission: float | None = None
    people: float | None = None
    note: str | None = None
    runs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExitStep:
    """One step of a case's plan; done where it has a date."""

    id: int
    case_id: int
    what: str
    responsible: str | None
    due: str | None
    done_on: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Land (亩) and energy (吨标准煤) of a case's enterprise; None where not known."""

    land_area: float | None = None
    energy_use: float | None = None


@dataclass(frozen=True, slots=True)
class DueItem:
    """A case, or one step of it, whose deadline is past or near."""

    case: ExitCase
    step: ExitStep | None
    due: str
    days_left: int

    @property
    def is_overdue(self) -> bool:
        """Tell whether the deadline is past."""
        return self.days_left < 0


def due_items(
    cases: Iterable[ExitCase], steps: Iterable[ExitStep], on: date, within: int
) -> list[DueItem]:
    """Return what is overdue or due within so many days, the most urgent first."""
    live = {case.id: case for case in cases if case.state.is_live}
    found: list[DueItem] = []
    for case in live.values():
        if case.due is not None:
            found.append(DueItem(case, None, case.due, _days(case.due, on)))
    for step in steps:
        if step.case_id in live and step.due is not None and step.done_on is None:
            found.append(DueItem(live[step.case_id], step, step.due, _days(step.due, on)))
    near = [item for item in found if item.days_left <= within]
    return sorted(near, key=lambda item: (item.due, item.case.id, item.step is not None))


def _days(due: str, on: date) -> int:
    return (date.fromisoformat(due) - on).days


@dataclass(frozen=True, slots=True)
class Known:
    """A sum of what is known; ``missing`` of ``of`` parts are not; None where all are not."""

    value: float | None
    missing: int
    of: int


def known_sum(values: Iterable[float | None]) -> Known:
    """Return the sum of what is known, and how many are not; of nothing it is None."""
    given = list(values)
    known = [value for value in given if value is not None]
    return Known(fsum(known) if known else None, len(given) - len(known), len(given))


@dataclass(frozen=True, slots=True)
class Freed:
    """What the cases closed in a year freed in a zone (None: all zones, or none named)."""

    year: int
    zone: str | None
    cases: int
    land: Known
    energy: Known
    emission: Known
    people: Known


def freed_of(cases: Iterable[ExitCase], year: int, zone: str | None) -> Freed:
    """Return the sums over cases that are taken to be of the year and zone."""
    mine = list(cases)
    return Freed(
        year,
        zone,
        len(mine),
        known_sum(case.freed_land for case in mine),
        known_sum(case.freed_energy for case in mine),
        known_sum(case.freed_emission for case in mine),
        known_sum(case.people for case in mine),
    )


def freed_by_zone(cases: Iterable[ExitCase]) -> list[Freed]:
    """Return what was freed by year of closing and zone, in this order."""
    groups: dict[tuple[int, str], list[ExitCase]] = {}
    for case in cases:
        if case.state is CaseState.CLOSED and case.closed_on is not None:
            groups.setdefault((int(case.closed_on[:4]), case.zone or ""), []).append(case)
    return [freed_of(groups[place], place[0], place[1] or None) for place in sorted(groups)]


def as_of(case: ExitCase, day: str) -> ExitCase:
    """Return a case as it stood at the end of a day: struck off later, it was not yet."""
    if case.closed_on is None or case.closed_on <= day:
        return case
    return replace(
        case,
        state=CaseState.OPEN if case.path is None else CaseState.ACTING,
        closed_on=None,
        outcome=None,
        document=None,
        freed_land=None,
        freed_energy=None,
        freed_emission=None,
        people=None,
    )
