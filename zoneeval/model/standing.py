"""Where a zone stands on a star ladder: an interval, and each criterion's part in it."""

from __future__ import annotations

from dataclasses import dataclass

LEVEL_WORDS = ("门槛", "一星", "二星", "三星", "四星", "五星", "六星", "七星", "八星", "九星")


def level_name(level: int | None) -> str:
    """Return the word for a level: None is below the gate, 0 the gate, 1… stars."""
    if level is None:
        return "未达门槛"
    return LEVEL_WORDS[level]


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
class ZoneStanding:
    """A zone's verdict: between ``at_least`` and ``at_most`` (None: below the gate)."""

    zone: str
    year: int
    at_least: int | None
    at_most: int | None
    target: int | None
    official: int | None
    criteria: tuple[CriterionStanding, ...]

    @property
    def decidable(self) -> bool:
        """Tell whether the level is known exactly."""
        return self.at_least == self.at_most

    @property
    def verdict(self) -> str:
        """Return the verdict in words: 二星, or 至少一星、至多五星."""
        if self.decidable:
            return level_name(self.at_least)
        if self.at_least is None:
            return f"不能判定（至多{level_name(self.at_most)}）"
        return f"至少{level_name(self.at_least)}，至多{level_name(self.at_most)}"
