"""Enterprises that became others, and enterprises that are evaluated as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

SuccessionKind = Literal["rename", "merger", "new_code"]
GroupKind = Literal["tenants", "group"]

SUCCESSION_WORDS: dict[SuccessionKind, str] = {
    "rename": "更名",
    "merger": "合并",
    "new_code": "更换信用代码",
}
GROUP_WORDS: dict[GroupKind, str] = {"tenants": "同一宗地", "group": "同一集团"}


@dataclass(frozen=True, slots=True)
class Succession:
    """``old`` is read as ``new`` from the year of ``effective_on`` (ISO; None: always)."""

    old: str
    new: str
    kind: SuccessionKind
    effective_on: str | None = None
    document: str | None = None
    note: str | None = None

    @property
    def first_year(self) -> int | None:
        """Return the first year in which the new code stands for the old one."""
        return int(self.effective_on[:4]) if self.effective_on else None

    def holds_in(self, year: int | None) -> bool:
        """Tell whether rows of a year under the old code mean the new one."""
        first = self.first_year
        return first is None or (year is not None and year >= first)


def successor(code: str, year: int | None, successions: Mapping[str, Succession]) -> str:
    """Return the code that stands for ``code`` in a year, along the whole chain."""
    seen = {code}
    while (step := successions.get(code)) is not None and step.holds_in(year):
        if step.new in seen:
            break
        code = step.new
        seen.add(code)
    return code


def by_old(successions: Iterable[Succession]) -> dict[str, Succession]:
    """Return successions by the code that was given up."""
    return {step.old: step for step in successions}


@dataclass(frozen=True, slots=True)
class Successor:
    """One code that stands for another in the data of one year."""

    old: str
    new: str
    kind: SuccessionKind


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """``members`` are evaluated in the row of ``lead``.

    ``shared_land`` (亩) is land leased between them that only the lessee declared; it
    is taken off once, as it is in the lessor's registered land already.
    """

    lead: str
    members: tuple[str, ...]
    kind: GroupKind
    shared_land: float = 0.0


@dataclass(frozen=True, slots=True)
class Merging:
    """What of one year's data is joined before it is evaluated."""

    successors: tuple[Successor, ...] = ()
    groups: tuple[MergedGroup, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is joined."""
        return not (self.successors or self.groups)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored with a run."""
        return {
            "successors": [asdict(s) for s in self.successors],
            "groups": [asdict(g) for g in self.groups],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Merging:
        """Return what was stored with a run."""
        return cls(
            tuple(Successor(**s) for s in stored.get("successors", ())),
            tuple(
                MergedGroup(**{**g, "members": tuple(g["members"])})
                for g in stored.get("groups", ())
            ),
        )


NOTHING_MERGED = Merging()
