"""What a zone lacks for a level, and what would close the gap."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from zoneeval.model.standing import ZoneStanding, level_name

GapState = Literal["met", "short", "unknown", "no_data", "impossible"]
"""Reached; not reached; the threshold is not known; no data; cannot be changed this year."""

STATE_WORDS: dict[GapState, str] = {
    "met": "已达到",
    "short": "未达到",
    "unknown": "标准未知",
    "no_data": "没有数据",
    "impossible": "今年不能改变",
}


@dataclass(frozen=True, slots=True)
class GapWay:
    """One way to close a gap: bring ``key`` from ``now`` to ``wanted``, in ``unit``."""

    key: str
    label: str
    unit: str
    now: float
    wanted: float
    words: str

    @property
    def change(self) -> float:
        """Return by how much it must rise (or fall, below zero)."""
        return self.wanted - self.now

    @property
    def change_share(self) -> float | None:
        """Return the change as a share of what it is now."""
        return self.change / self.now if self.now > 0 else None


@dataclass(frozen=True, slots=True)
class CriterionGap:
    """One criterion's distance to a level; ``value`` and ``threshold`` are in ``unit``.

    ``gap`` is what is missing, never below zero; ``growth`` is T ÷ x − 1 (below zero
    where less is better).  ``mandatory`` criteria must be met in any case.  ``at_zone``
    is the zone at the cut where a place counts.
    """

    key: str
    label: str
    unit: str
    state: GapState
    value: float | None
    threshold: float | None
    gap: float | None
    growth: float | None
    words: str
    ways: tuple[GapWay, ...] = ()
    mandatory: bool = True
    at_zone: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ItemGap:
    """What one figure ``key`` of the composite's item ``id`` could add to the score.

    ``per_unit`` is the change of the whole score for ``step`` ``unit`` more (for costs:
    less), ``per_percent`` for one per cent; ``alone`` is the figure that closes the gap
    by itself, None where none does.
    """

    id: str
    key: str
    label: str
    unit: str
    state: GapState
    value: float | None
    points_at_least: float
    points_at_most: float
    weight: float
    step: float
    per_unit: float | None
    per_percent: float | None
    alone: float | None
    words: str


@dataclass(frozen=True, slots=True)
class ScoreGap:
    """How many points are short; ``at_zone`` is who holds the place at the cut."""

    state: GapState
    score_at_least: float | None
    score_at_most: float | None
    wanted: float | None
    short: float | None
    at_zone: str
    words: str
    items: tuple[ItemGap, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Something that keeps a zone from a level whatever its figures on the table say."""

    kind: Literal["gate", "veto", "movement", "peers", "former"]
    label: str
    sure: bool
    words: str


@dataclass(frozen=True, slots=True)
class LevelGap:
    """The distance to one level.

    ``need_more`` is how many criteria (or how much weight) are still wanted where not
    all of them must be met, None where all must.
    """

    level: int
    words: str
    criteria: tuple[CriterionGap, ...]
    need_more: float | None = None
    score: ScoreGap | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def name(self) -> str:
        """Return the level's word."""
        return level_name(self.level)

    @property
    def short(self) -> tuple[CriterionGap, ...]:
        """Return the criteria that are surely not met."""
        return tuple(c for c in self.criteria if c.state in ("short", "impossible"))


@dataclass(frozen=True, slots=True)
class ZoneGap:
    """What a zone lacks for its next level and for its target."""

    standing: ZoneStanding
    next: LevelGap | None
    target: LevelGap | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One indicator before and after, in the registry's unit; None is not known."""

    key: str
    label: str
    unit: str
    before: float | None
    after: float | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class LeverEnterprise:
    """An enterprise that a lever moves, with its figures; None is no data."""

    uscc: str
    name: str
    grade: str
    figures: dict[str, float | None]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that would change a zone's figures, and where the zone would stand then.

    ``land`` is the area in 亩 that it rests on; ``lacking`` says why it gives nothing.
    """

    kind: str
    label: str
    words: str
    enterprises: tuple[LeverEnterprise, ...] = ()
    effects: tuple[Effect, ...] = ()
    land: float | None = None
    at_least: int | None = None
    at_most: int | None = None
    score: float | None = None
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class SingleEffect:
    """What one enterprise alone would change in one indicator of its zone."""

    kind: Literal["leaves", "raised", "enters"]
    uscc: str
    name: str
    grade: str
    key: str
    before: float
    after: float
    words: str

    @property
    def change(self) -> float:
        """Return by how much the indicator changes."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class LeverSettings:
    """From where on an enterprise counts as above scale, and how near is near.

    ``scale_line`` is a year's revenue in 万元, ``near_share`` the share of it from which
    an enterprise is near; ``grades`` are the classes that are to leave.
    """

    scale_line: float = 2000.0
    near_share: float = 0.8
    grades: tuple[str, ...] = ("C", "D")
    source: str = "国家统计制度：年主营业务收入 2000 万元及以上为规上工业（2011 年起）"


def scale_settings(year: int) -> LeverSettings:
    """Return the line that statistics drew in a year."""
    if year >= 2011:
        return LeverSettings()
    return LeverSettings(
        500.0, source="国家统计制度：年主营业务收入 500 万元及以上为规上工业（2010 年及以前）"
    )


@dataclass(frozen=True, slots=True)
class GapReport:
    """The whole answer on one zone: the gap, the levers, single enterprises, a what-if.

    ``keys`` are the indicators that the ladder looks at.
    """

    gap: ZoneGap
    levers: tuple[Lever, ...] = ()
    singles: dict[str, tuple[SingleEffect, ...]] = field(default_factory=dict)
    settings: LeverSettings = field(default_factory=LeverSettings)
    classes_from: str = ""
    warnings: tuple[str, ...] = ()
    changes: tuple[Effect, ...] = ()
    changed: ZoneGap | None = None
    keys: tuple[str, ...] = ()


def plain(found: Any) -> dict[str, Any]:
    """Return one of these records as nested plain values; the name of a level beside it."""
    out = asdict(found)
    if isinstance(found, LevelGap):
        out["name"] = found.name
    return out
