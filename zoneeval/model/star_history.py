"""The stars a zone has held, each with its source; a year without an entry is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zoneeval.model.standing import level_name


@dataclass(frozen=True, slots=True)
class StarEntry:
    """A star (0: the gate; None: below it, removed) of one zone and assessment year.

    ``year`` is None where the source names none; ``inferred`` marks a year concluded
    from the announcement.  ``own`` entries were entered in the workspace, the others
    ship with ``confidence`` as of ``CONFIDENCE``.
    """

    zone: str
    year: int | None
    level: int | None
    source: str
    confidence: str = ""
    inferred: bool = False
    own: bool = False
    note: str = ""

    @property
    def origin(self) -> str:
        """Return in words where it comes from."""
        return "本单位录入" if self.own else "公开记载"


@dataclass(frozen=True, slots=True)
class Running:
    """How many assessment years running a zone has held its star: ``years`` or more.

    ``exact`` is False where the year before is not known.
    """

    level: int | None
    years: int
    exact: bool

    @property
    def words(self) -> str:
        """Return 连续四年六星, or 至少连续四年六星; "" for a single year or no star."""
        if self.years < 2 or not self.level:
            return ""
        count = "一两三四五六七八九十"[self.years - 1] if self.years <= 10 else str(self.years)
        return f"{'' if self.exact else '至少'}连续{count}年{level_name(self.level)}"


@dataclass(frozen=True, slots=True)
class ZoneHistory:
    """What is known of one zone, oldest year first and undated entries last.

    Of a year the workspace's entry counts before a shipped one; two that differ are
    both kept in ``entries`` and named by :meth:`conflicts`.  ``first_year`` is the first
    year in which stars were given, as early as it may have been.
    """

    zone: str
    entries: tuple[StarEntry, ...]
    first_year: int

    def levels(self) -> dict[int, int | None]:
        """Return the level that counts of every known year."""
        out: dict[int, int | None] = {}
        for entry in sorted(self.entries, key=lambda e: e.own):
            if entry.year is not None:
                out[entry.year] = entry.level
        return dict(sorted(out.items()))

    def conflicts(self) -> tuple[int, ...]:
        """Return the years of which two sources give different levels."""
        said: dict[int, set[int | None]] = {}
        for entry in self.entries:
            if entry.year is not None:
                said.setdefault(entry.year, set()).add(entry.level)
        return tuple(sorted(year for year, levels in said.items() if len(levels) > 1))

    def running(self, year: int) -> Running | None:
        """Return how long the star of a year has been held; None where that year is unknown."""
        levels = self.levels()
        if year not in levels:
            return None
        level, count = levels[year], 0
        while levels.get(year - count, _UNKNOWN) == level:
            count += 1
        before = year - count
        return Running(level, count, before in levels or before < self.first_year)

    def first_time(self, level: int, year: int) -> bool | None:
        """Tell whether the zone reaches a star in a year for the first time.

        A higher star in an earlier year includes the lower one.  None where earlier
        years are not known, or an undated source names such a star.
        """
        levels = self.levels()
        earlier = {y: held for y, held in levels.items() if y < year}
        if any(held is not None and held >= level for held in earlier.values()):
            return False
        if any(year_ not in earlier for year_ in range(self.first_year, year)):
            return None
        undated = [e.level for e in self.entries if e.year is None]
        if any(held is not None and held >= level for held in undated):
            return None
        return True


_UNKNOWN = -1


def zone_history(zone: str, entries: Sequence[StarEntry], first_year: int) -> ZoneHistory:
    """Return a zone's history from entries in any order."""
    ordered = sorted(entries, key=lambda e: (e.year is None, e.year or 0, not e.own, e.source))
    return ZoneHistory(zone, tuple(ordered), first_year)
