"""Figures of zones by period: computed, official, which one is used, and over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.model.period import Period, as_period
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigure, ZoneFigures
from zoneeval.model.zone_records import SLOT_WORDS, Slot, ZoneChoice
from zoneeval.model.zone_table import ZoneTable, table_of
from zoneeval_db.data.datasets import latest_dataset, load_dataset
from zoneeval_db.storage import codec
from zoneeval_db.zones.entry import source_cell
from zoneeval_db.zones.profiles import zone_profiles

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

AnyPeriod = Period | str | int
"""A period as itself, as 2019, 2019Q2, 2019-06, or as a year."""


def official_zone_values(ws: Workspace, period: AnyPeriod) -> list[ZoneValue]:
    """Return the official figures of a period; 2019-06 stands in where 2019Q2 has none."""
    of = as_period(period)
    if of.is_year:
        sql = (
            "SELECT zone, indicator, value, document, source FROM zone_value"
            " WHERE year = ? ORDER BY zone, indicator"
        )
        keys: list[Period] = [of]
    else:
        sql = (
            "SELECT zone, indicator, value, document, source FROM zone_period_value"
            " WHERE period = ? ORDER BY zone, indicator"
        )
        keys = [of, *(other for other in of.same_span if not other.is_year)]
    found: dict[tuple[str, str], ZoneValue] = {}
    for key in keys:
        for zone, indicator, value, document, source in ws.conn.execute(
            sql, (of.year if of.is_year else key.key,)
        ):
            given = ZoneValue(
                zone, of.year, indicator, value, document, source_cell(source), key.part
            )
            found.setdefault((zone, indicator), given)
    return [found[place] for place in sorted(found)]


def zone_values(ws: Workspace, year: int) -> list[ZoneValue]:
    """Return the official figures of a whole year."""
    return official_zone_values(ws, Period(year))


def zone_choices(ws: Workspace, period: AnyPeriod) -> list[ZoneChoice]:
    """Return what was chosen to rate the zones in a period."""
    found = ws.conn.execute(
        "SELECT zone, period, indicator, choice, reason FROM zone_choice"
        " WHERE period = ? ORDER BY zone, indicator",
        (as_period(period).key,),
    )
    return [ZoneChoice(*row) for row in found]


def zone_indicators(ws: Workspace, period: AnyPeriod) -> dict[str, ZoneFigures]:
    """Return every zone's figures of a year or period: computed, official, the one used.

    Enterprises are known by year only: of a quarter or month there are official figures.
    """
    of = as_period(period)
    return _figures(ws, of, _figures(ws, of.last_year, None))


def _figures(
    ws: Workspace, period: Period, previous: Mapping[str, ZoneFigures] | None
) -> dict[str, ZoneFigures]:
    from zoneeval.engine import zone_figures

    version = latest_dataset(ws, period.year) if period.is_year else None
    return zone_figures(
        load_dataset(ws, version.id) if version else None,
        official_zone_values(ws, period),
        period=period,
        choices=zone_choices(ws, period),
        profiles=zone_profiles(ws),
        previous=previous,
    )


def choose_zone_value(
    ws: Workspace,
    zone: str,
    period: AnyPeriod,
    indicator: str,
    choice: Slot | None,
    reason: str = "",
) -> None:
    """Choose which figure rates a zone in a period; None goes back to official where there.

    Raises InputError for an unknown indicator, zone or choice, and where the figure
    that is to be used does not exist.
    """
    of, label = as_period(period), known_indicator(indicator)
    place = {"zone": zone, "period": of.key, "indicator": indicator}
    if choice is None:
        with ws.operation(f"{zone}{of.label}{label}恢复优先采用公布数") as op:
            op.write("zone_choice", place, None)
        return
    if choice not in get_args(Slot):
        raise InputError(f"只能选择 computed（汇总数）或 official（公布数），不是“{choice}”。")
    figure = zone_indicators(ws, of).get(zone, {}).get(indicator)
    value = None if figure is None else getattr(figure, choice)
    words = SLOT_WORDS[choice]
    if value is None:
        raise InputError(
            f"{zone}{of.label}“{label}”没有{words}，不能选定采用。请先导入企业数据或录入公布数。"
        )
    with ws.operation(f"{zone}{of.label}{label}采用{words}") as op:
        op.write("zone_choice", place, {"choice": choice, "reason": codec.text(reason)})


def known_indicator(indicator: str) -> str:
    """Return the label of an indicator; raise InputError where there is none."""
    known = ZONE_INDICATORS.get(indicator)
    if known is None:
        raise InputError(
            f"没有“{indicator}”这个园区指标。请从指标表中选择，如“above_scale_value_added”。"
        )
    return known.label


def zone_periods(ws: Workspace) -> list[Period]:
    """Return the quarters and months with figures, the earliest first."""
    found = ws.conn.execute("SELECT DISTINCT period FROM zone_period_value")
    return sorted(Period.parse(period) for (period,) in found)


def figure_years(ws: Workspace) -> list[int]:
    """Return the years with figures of zones or enterprises, the earliest first."""
    found = ws.conn.execute(
        "SELECT year FROM zone_value UNION SELECT year FROM dataset WHERE NOT withdrawn"
    )
    return sorted(year for (year,) in found)


def zone_history(
    ws: Workspace, zone: str, indicator: str, parts: str = "year"
) -> list[tuple[Period, ZoneFigure]]:
    """Return a zone's figures of an indicator over time, the earliest first.

    ``parts`` are "year", "quarter" or "month"; periods in which the zone has no figures
    at all are left out.
    """
    known_indicator(indicator)
    if parts == "year":
        periods = [Period(year) for year in figure_years(ws)]
    elif parts in ("quarter", "month"):
        quarters = parts == "quarter"
        periods = [p for p in zone_periods(ws) if p.part.startswith("Q") == quarters]
    else:
        raise InputError(f"时间间隔只能是 year、quarter 或 month，不是“{parts}”。")
    return [
        (period, figures[zone][indicator])
        for period, figures in _series(ws, periods)
        if zone in figures
    ]


def _series(
    ws: Workspace, periods: Iterable[Period]
) -> Iterable[tuple[Period, dict[str, ZoneFigures]]]:
    """Yield the figures of each period, reckoning each one only once."""
    done: dict[Period, dict[str, ZoneFigures]] = {}
    for period in periods:
        before = done.get(period.last_year)
        if before is None:
            before = _figures(ws, period.last_year, None)
        done[period] = _figures(ws, period, before)
        yield period, done[period]


def zone_table(ws: Workspace, years: Iterable[int] | None = None) -> ZoneTable:
    """Return the figures used of all zones as one block, over all years or those given."""
    wanted = sorted(set(figure_years(ws) if years is None else years))
    used = {
        period.year: {
            zone: {key: figure.used for key, figure in figures.items()}
            for zone, figures in found.items()
        }
        for period, found in _series(ws, [Period(year) for year in wanted])
    }
    return table_of(used)
