"""What a zone of the workspace lacks for its next star, and what would close the gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.gap import GapReport, LeverSettings, SingleEffect
from zoneeval.model.zone_indicators import ZoneFigures
from zoneeval.model.zone_table import table_of
from zoneeval.units import UnitError, convert
from zoneeval_db.acting.assets import assets
from zoneeval_db.data.datasets import latest_dataset, load_dataset
from zoneeval_db.deciding.final_grades import final_evaluation, published_run
from zoneeval_db.zones.figures import figure_years, zone_indicators, zone_table
from zoneeval_db.zones.gap_entry import gap_settings
from zoneeval_db.zones.profiles import zone_event_counts, zone_profiles
from zoneeval_db.zones.ratings import official_stars, target_table
from zoneeval_db.zones.records import star_records

if TYPE_CHECKING:
    from zoneeval.engine.zones.levers import Levers
    from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf
    from zoneeval.model.gap import LevelGap, ZoneGap
    from zoneeval.model.lever_inputs import IdleLand, LeverInputs
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class GapInputs:
    """Everything one zone's gap is worked out from, read once."""

    ladder: Ladder
    basis: RatingBasis
    figures: ZoneFigures
    target: int | None
    official: int | None
    warnings: tuple[str, ...]


def gap_inputs(ws: Workspace, zone: str, year: int, ladder_ref: str | Path) -> GapInputs:
    """Return what a zone is rated by; raise InputError where it has no figures."""
    from zoneeval.engine import ladder_warnings
    from zoneeval_db.zones.ladders import draft_warning, find_ladder

    ladder = find_ladder(ws, ladder_ref)
    figures = zone_indicators(ws, year)
    stars = {s.kind: s.level for s in star_records(ws, year) if s.zone == zone}
    if zone not in figures:
        raise InputError(f"{zone} {year} 年没有园区指标，不能计算差距。请先导入或录入。")
    draft = draft_warning(ws, ladder_ref)
    warnings = (*ladder_warnings(ladder, year), *([draft] if draft else []))
    basis = rating_basis(ws, ladder, year, figures)
    return GapInputs(
        ladder, basis, figures[zone], stars.get("target"), stars.get("official"), warnings
    )


def rating_basis(
    ws: Workspace, ladder: Ladder, year: int, figures: Mapping[str, ZoneFigures]
) -> RatingBasis:
    """Return figures, history, events, peers and targets as the rating of a year uses them."""
    from zoneeval.engine.zones.whatif import RatingBasis

    years: dict[int, dict[str, dict[str, float | None]]] = {}
    if ladder.of_years:
        before = zone_table(ws, [y for y in figure_years(ws) if y < year])
        for y, earlier in enumerate(before.years):
            years[earlier] = {
                zone: dict(zip(before.keys, before.values[z, y].tolist(), strict=True))
                for z, zone in enumerate(before.zones)
            }
    named = dict.fromkeys((*figures, *(star.zone for star in star_records(ws, year))))
    years[year] = {
        zone: {key: figure.used for key, figure in figures.get(zone, {}).items()} for zone in named
    }
    return RatingBasis(
        ladder,
        table_of(years),
        official_stars(ws),
        zone_event_counts(ws),
        {zone: held.peer_group or "" for zone, held in zone_profiles(ws).items()},
        target_table(ws),
    )


def zone_gap(ws: Workspace, zone: str, year: int, ladder_ref: str | Path) -> ZoneGap:
    """Return what a zone lacks for its next star and for its target."""
    from zoneeval.engine.zones.gap import zone_gap as gap_of

    given = gap_inputs(ws, zone, year, ladder_ref)
    return gap_of(given.basis, zone, year, target=given.target, official=given.official)


def zone_what_if(ws: Workspace, zone: str, year: int, ladder_ref: str | Path) -> WhatIf:
    """Return a zone made ready for trying other figures; nothing of it is stored."""
    from zoneeval.engine.zones.whatif import WhatIf

    return WhatIf(gap_inputs(ws, zone, year, ladder_ref).basis, zone, year)


def gap_report(
    ws: Workspace,
    zone: str,
    year: int,
    ladder_ref: str | Path,
    *,
    changes: Sequence[Change] = (),
    settings: LeverSettings | None = None,
    count: int = 20,
) -> GapReport:
    """Return the gap, the levers with their enterprises, and the verdict after changes.

    ``count`` is how many single enterprises are named for each indicator.
    """
    from zoneeval.engine.zones.gap import zone_gap as gap_of
    from zoneeval.engine.zones.levers import Levers
    from zoneeval.engine.zones.whatif import WhatIf, looked_at

    given = gap_inputs(ws, zone, year, ladder_ref)
    gap = gap_of(given.basis, zone, year, target=given.target, official=given.official)
    inputs = lever_inputs(ws, zone, year, given.figures, settings or gap_settings(ws, year))
    levers = Levers(given.basis, zone, year, inputs)
    report = GapReport(
        gap,
        levers.every(),
        _singles(levers, (gap.next, gap.target), count),
        inputs.settings,
        inputs.classes_from,
        given.warnings,
        keys=looked_at(given.ladder),
    )
    if not changes:
        return report
    tried = WhatIf(given.basis, zone, year)
    changed = gap_of(
        tried.changed(changes), zone, year, target=given.target, official=given.official
    )
    return replace(report, changes=tried.effects(changes), changed=changed)


def _singles(
    levers: Levers, levels: Sequence[LevelGap | None], count: int
) -> dict[str, tuple[SingleEffect, ...]]:
    from zoneeval.engine.zones.singles import short_keys, singles

    keys = dict.fromkeys(key for level in levels for key in short_keys(level))
    found = {key: singles(levers, key, count) for key in keys}
    return {key: listed for key, listed in found.items() if listed}


def lever_inputs(
    ws: Workspace, zone: str, year: int, figures: ZoneFigures, settings: LeverSettings
) -> LeverInputs:
    """Return the enterprises of a year with the classes that count, and idle land."""
    from zoneeval.model.lever_inputs import LeverInputs

    version = latest_dataset(ws, year)
    run = published_run(ws, year, zone)
    grades: dict[str, str] = {}
    source = ""
    if run is not None:
        found = final_evaluation(ws, run.id)
        grades = {
            code: grade
            for code, grade in zip(found.uscc.tolist(), found.grade.tolist(), strict=True)
            if code and grade
        }
        source = f"第 {run.id} 次评价《{run.policy_title}》"
    return LeverInputs(
        load_dataset(ws, version.id) if version else None,
        grades,
        zone_profiles(ws),
        _idle_land(ws, zone, figures),
        settings,
        source,
    )


def _idle_land(ws: Workspace, zone: str, figures: ZoneFigures) -> IdleLand | None:
    """Return the idle land on the list, without a list the figure entered."""
    from zoneeval.model.lever_inputs import IdleLand

    listed = assets(ws, kind="land", zone=zone, disposed=False)
    areas = [_mu(one.size, one.unit) for one in listed]
    known = [area for area in areas if area is not None]
    if listed:
        names = tuple(one.name for one in listed)
        total = sum(known) if known else None
        return IdleLand(total, "低效资产台账中的闲置低效用地", names, len(areas) - len(known))
    figure = figures.get("idle_land")
    if figure is None or figure.used is None:
        return None
    return IdleLand(figure.used, f"闲置低效用地（{figure.source}）")


def _mu(size: float | None, unit: str | None) -> float | None:
    if size is None:
        return None
    try:
        return convert(size, unit or "亩", "亩")
    except UnitError:
        return None
