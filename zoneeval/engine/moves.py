"""Who is in another class than before: the table of moves and the names behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zoneeval.policy.schema import Policy, Treatment

NONE = "—"
"""Stands for having no class in the table of moves."""
_TREATMENTS = list(Treatment)


@dataclass(frozen=True, slots=True)
class Move:
    """One enterprise with its class before and after (None: none), and its scores."""

    uscc: str
    name: str
    zone: str
    before: str | None
    after: str | None
    rise: int
    score_before: float | None = None
    score_after: float | None = None

    @property
    def direction(self) -> str:
        """Return what became of it in one word."""
        if self.before is None:
            return "新进"
        if self.after is None:
            return "退出评价"
        return "上升" if self.rise > 0 else "下降" if self.rise < 0 else "平移"

    def as_json(self) -> dict[str, Any]:
        """Return the move in the shape of the command line's contract."""
        return {
            "uscc": self.uscc,
            "name": self.name,
            "zone": self.zone,
            "before": self.before,
            "after": self.after,
            "direction": self.direction,
            "score_before": self.score_before,
            "score_after": self.score_after,
        }


@dataclass(frozen=True)
class MoveTable:
    """How many went from which class (rows) to which (columns); letters best first."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def count(self, before: str, after: str) -> int:
        """Return how many went from one class to another."""
        return self.counts.get((before, after), 0)

    def as_json(self) -> dict[str, Any]:
        """Return the table as class before → class after → number."""
        return {b: {a: self.count(b, a) for a in self.after} for b in self.before}


def move_table(
    before: Policy,
    after: Policy,
    pairs: Sequence[tuple[str | None, str | None]],
) -> MoveTable:
    """Count pairs of classes; the letters are those of the policies that occur in a run."""
    counts: dict[tuple[str, str], int] = {}
    for one, other in pairs:
        key = (one or NONE, other or NONE)
        counts[key] = counts.get(key, 0) + 1
    counts.pop((NONE, NONE), None)
    return MoveTable(
        _letters(before, [one for one, _ in counts]),
        _letters(after, [other for _, other in counts]),
        counts,
    )


def _letters(policy: Policy, held: list[str]) -> tuple[str, ...]:
    known = [grade.letter for grade in policy.grades]
    strange = sorted({letter for letter in held if letter not in known and letter != NONE})
    return (*known, *strange, *([NONE] if NONE in held else []))


def rise_between(before: Policy, one: str | None, after: Policy, other: str | None) -> int:
    """Return by how many classes ``other`` is better than ``one``; 0 where not comparable.

    Policies with different classes are compared by what a class leads to.
    """
    if one is None or other is None or (one == other and before.grades == after.grades):
        return 0
    places = [g.letter for g in before.grades], [g.letter for g in after.grades]
    if places[0] == places[1]:
        if one not in places[0] or other not in places[0]:
            return 0
        return places[0].index(one) - places[0].index(other)
    mine, theirs = before.grade(one), after.grade(other)
    if mine is None or theirs is None:
        return 0
    return _TREATMENTS.index(mine.treatment) - _TREATMENTS.index(theirs.treatment)
