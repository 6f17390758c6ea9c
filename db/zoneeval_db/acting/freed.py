"""What closed cases freed, by zone and year, and what that means to a zone's stars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.exits import CaseState, Freed, freed_by_zone, freed_of
from zoneeval_db.acting.exit_rows import exit_cases

if TYPE_CHECKING:
    from pathlib import Path

    from zoneeval.engine.zones.whatif import Change
    from zoneeval.model.gap import GapReport
    from zoneeval_db.storage.workspace import Workspace

_ENERGY = "above_scale_energy"


def freed(ws: Workspace, year: int | None = None, zone: str | None = None) -> list[Freed]:
    """Return what the cases closed in each year freed, by zone; unknown parts are counted."""
    found = freed_by_zone(exit_cases(ws, zone=zone))
    return [one for one in found if year is None or one.year == year]


def freed_changes(ws: Workspace, zone: str, after: int) -> tuple[Change, ...]:
    """Return what the cases closed after a year take off a zone's figures, for a what-if.

    Land comes off the areas that the levers take it off, energy off that of 规上
    enterprises.  What is not known takes nothing off: :func:`freed` says how much that is.
    """
    from zoneeval.engine.zones.levers import AREAS
    from zoneeval.engine.zones.whatif import Change
    from zoneeval.model.zone_indicators import ZONE_INDICATORS
    from zoneeval.units import convert

    since = _since(ws, zone, after)
    found: list[Change] = []
    for keys, known, unit in (
        (AREAS, since.land, "亩"),
        ((_ENERGY,), since.energy, "吨标准煤"),
    ):
        if known.value:
            found += [
                Change(key, -convert(known.value, unit, ZONE_INDICATORS[key].unit), "add")
                for key in keys
            ]
    return tuple(found)


def _since(ws: Workspace, zone: str, after: int) -> Freed:
    closed = [
        case
        for case in exit_cases(ws, zone=zone, state=CaseState.CLOSED)
        if case.closed_on is not None and int(case.closed_on[:4]) > after
    ]
    return freed_of(closed, after, zone)


@dataclass(frozen=True)
class FreedWhatIf:
    """A zone's stars as of a year, and as they would be without what was freed since.

    ``report`` has the change of every figure and the verdict after it; ``left_out`` names
    the figures that the zone has no data of.
    """

    freed: Freed
    report: GapReport
    left_out: tuple[str, ...]


def freed_what_if(ws: Workspace, zone: str, year: int, ladder_ref: str | Path) -> FreedWhatIf:
    """Try a zone's figures of a year without what the cases closed after it freed.

    Raises InputError where nothing of it is known, or the zone has no such figures.
    """
    from zoneeval.model.zone_indicators import ZONE_INDICATORS
    from zoneeval_db.zones.gap import gap_report, zone_what_if

    given = freed_changes(ws, zone, year)
    if not given:
        raise InputError(
            f"{zone}在 {year} 年以后没有销号并填报了腾出土地或用能的事项，没有可以试算的。"
        )
    figures = zone_what_if(ws, zone, year, ladder_ref).figures
    usable = [change for change in given if change.key in figures]
    left_out = tuple(ZONE_INDICATORS[one.key].label for one in given if one.key not in figures)
    if not usable:
        raise InputError(
            f"{zone} {year} 年没有“{'”“'.join(left_out)}”的数据，不能试算。请先导入或录入。"
        )
    report = gap_report(ws, zone, year, ladder_ref, changes=usable)
    return FreedWhatIf(_since(ws, zone, year), report, left_out)
