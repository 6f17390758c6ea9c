"""Rate the zones of a workspace: with their history, events, peer groups and targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from zoneeval.model.rating_inputs import StarHistory
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval.model.zone_table import ZoneTable, table_of
from zoneeval_db.zones.figures import figure_years, zone_table
from zoneeval_db.zones.profiles import zone_event_counts, zone_profiles

if TYPE_CHECKING:
    from zoneeval.engine import Ratings
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace


def rate_workspace(
    ws: Workspace, ladder: Ladder, year: int, figures: Mapping[str, ZoneFigures]
) -> Ratings:
    """Rate the zones of a year by its figures.

    Earlier years are rated too where the ladder looks at them.
    """
    used = {
        zone: {key: figure.used for key, figure in held.items()} for zone, held in figures.items()
    }
    years: dict[int, dict[str, dict[str, float | None]]] = {year: used}
    if ladder.of_years:
        before = zone_table(ws, [y for y in figure_years(ws) if y < year])
        for y, earlier in enumerate(before.years):
            years[earlier] = {
                zone: dict(zip(before.keys, before.values[z, y].tolist(), strict=True))
                for z, zone in enumerate(before.zones)
            }
    return rate_known(ws, ladder, table_of(years))


def rate_known(ws: Workspace, ladder: Ladder, table: ZoneTable) -> Ratings:
    """Rate a table of figures with everything else that the workspace holds."""
    from zoneeval.engine import rate_table

    groups = {zone: held.peer_group or "" for zone, held in zone_profiles(ws).items()}
    return rate_table(
        ladder,
        table,
        official_stars(ws),
        zone_event_counts(ws),
        peers=groups,
        targets=target_table(ws),
    )


def official_stars(ws: Workspace) -> StarHistory:
    """Return the official results that a rating may rest on.

    Those that the office entered go first.  Of the published ones only those count
    whose year the source states and whose source is a document or the press: an
    inferred year or a hearsay star decides nothing.
    """
    from zoneeval_db.zones.star_history import first_star_year, rated_stars

    return StarHistory(rated_stars(ws), first_star_year())


def target_table(ws: Workspace, keys: Collection[str] = ZONE_INDICATORS.keys()) -> ZoneTable:
    """Return the targets of indicators that the office entered, as a table.

    Where two documents give two figures neither is taken.
    """
    figures: dict[int, dict[str, dict[str, float | None]]] = {}
    for zone, year, indicator, least, most in ws.conn.execute(
        "SELECT zone, year, indicator, min(value), max(value) FROM zone_target"
        " GROUP BY zone, year, indicator ORDER BY min(id)"
    ):
        if indicator in keys:
            one = least if least == most else None
            figures.setdefault(year, {}).setdefault(zone, {})[indicator] = one
    return table_of(figures)
