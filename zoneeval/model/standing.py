"""Where a zone stands on a star ladder: an interval, and each criterion's part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LEVEL_WORDS = ("门槛", "一星", "二星", "三星", "四星", "五星", "六星", "七星", "八星", "九星")


BELOW_GATE = -1
"""A star record or official result that says the zone is below the gate; there None says
that nothing is known."""


def level_name(level: int | None) -> str:
    """Return the word for a level: None is below the gate, 0 the gate, 1… stars."""
    if level is None or level == BELOW_GATE:
        return "未达门槛"
    return LEVEL_WORDS[level]


ReasonKind = Literal[
    "unmet", "no_data", "unknown", "gate", "veto", "movement", "peers", "former", "note"
]
"""Why a level is what it is, or cannot be told: a criterion is not met, has no data, its
threshold is not known; a gate, a veto, the limits of movement; the peers' or the zone's
own former standing is not known; something worth saying."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict in words; ``key`` names the criterion or rule."""

    kind: ReasonKind
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class CriterionStanding:
    """One criterion of one zone; values and thresholds are in ``unit``.

    ``thresholds`` has one entry per level from the gate up: a number, ``None`` where
    nothing is required, or ``"unknown"`` where the document was not found.
    ``next_threshold`` is what the zone's next level asks, ``gap`` what is missing to
    it, and ``met`` whether it is reached: None where that cannot be decided.
    ``target_threshold`` and ``target_gap`` say the same of the zone's target.
    """

    key: str
    label: str
    unit: str
    value: float | None
    thresholds: tuple[float | str | None, ...]
    level_at_least: int | None
    level_at_most: int | None
    next_threshold: float | None
    gap: float | None
    met: bool | None
    clause: str = ""
    target_threshold: float | None = None
    target_gap: float | None = None


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item of a composite: its points, between two bounds where they are open.

    ``value`` is None where there is no data or the item has several parts; ``weight``
    is that of the zone's peer group, before a missing item's weight goes to others.
    """

    id: str
    label: str
    unit: str
    group: str
    weight: float
    value: float | None
    points_at_least: float
    points_at_most: float
    missing: bool
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ZoneStanding:
    """A zone's verdict: between ``at_least`` and ``at_most`` (None: below the gate).

    ``official`` is None where no result is known, and ``BELOW_GATE`` where it is known
    that the zone was put below the gate.
    ``table_at_least`` and ``table_at_most`` are the levels before vetoes and the limits
    of movement.  ``rank`` is the place among ``rank_of`` peers where it is certain,
    ``rank_change`` how many places the zone rose since the year before.
    """

    zone: str
    year: int
    at_least: int | None
    at_most: int | None
    target: int | None
    official: int | None
    criteria: tuple[CriterionStanding, ...]
    reasons: tuple[Reason, ...] = ()
    items: tuple[ItemStanding, ...] = ()
    score_at_least: float | None = None
    score_at_most: float | None = None
    rank: int | None = None
    rank_of: int | None = None
    rank_change: int | None = None
    peers: str = ""
    former_at_least: int | None = None
    former_at_most: int | None = None
    table_at_least: int | None = None
    table_at_most: int | None = None

    @property
    def decidable(self) -> bool:
        """Tell whether the level is known exactly."""
        return self.at_least == self.at_most

    @property
    def official_level(self) -> int | None:
        """Return the official level as levels are given outside: None below the gate.

        Whether a result is known at all, ``official`` says.
        """
        return None if self.official == BELOW_GATE else self.official

    @property
    def score(self) -> float | None:
        """Return the composite score where it is certain."""
        return self.score_at_least if self.score_at_least == self.score_at_most else None

    @property
    def verdict(self) -> str:
        """Return the verdict in words: 二星, or 至少一星、至多五星."""
        if self.decidable:
            return level_name(self.at_least)
        if self.at_least is None:
            return f"不能判定（至多{level_name(self.at_most)}）"
        return f"至少{level_name(self.at_least)}，至多{level_name(self.at_most)}"

    @property
    def because(self) -> str:
        """Return why the level is not known exactly, "" where it is."""
        if self.decidable:
            return ""
        open_kinds = ("no_data", "unknown", "peers", "former", "veto", "gate", "movement")
        return "；".join(reason.words for reason in self.reasons if reason.kind in open_kinds)
