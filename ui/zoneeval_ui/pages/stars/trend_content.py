"""What the segment 走势与目标 shows, read in the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zoneeval.model.period import Period
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigure
from zoneeval_ui.pages.stars.standing import PERCENT
from zoneeval_ui.widgets.trend import TrendPoint, TrendTarget

if TYPE_CHECKING:
    from zoneeval.model.targets import Target, TargetProgress
    from zoneeval_db.storage.workspace import Workspace

LARGE = 20_000.0
"""From this many 万元 on a chart is in 亿元."""


@dataclass(frozen=True, eq=False)
class TrendContent:
    """A zone's figures of one indicator over time, and how far its targets are reached.

    ``periods`` are the quarters and months with figures; ``at`` is the period at whose end
    the targets are looked at.
    """

    zone: str
    indicator: str
    at: Period
    series: Sequence[tuple[Period, ZoneFigure]] = ()
    targets: Sequence[Target] = ()
    progress: Sequence[TargetProgress] = ()
    periods: Sequence[Period] = field(default_factory=tuple)


def read_trend(
    ws: Workspace, zone: str, indicator: str, parts: str, at: Period, *, related: bool = False
) -> TrendContent:
    """Read the figures of an indicator by year, quarter or month, and the targets.

    ``related`` adds those of the district around and of several zones together.
    """
    from zoneeval_db import operations

    return TrendContent(
        zone,
        indicator,
        at,
        operations.zone_history(ws, zone, indicator, parts),
        [t for t in operations.targets(ws, None, zone) if t.indicator == indicator],
        operations.target_progress(ws, at, zone, related=related),
        [period for period in operations.zone_periods(ws) if period.year == at.year],
    )


@dataclass(frozen=True, eq=False)
class Trend:
    """A series ready to draw, in the unit that is written at it."""

    unit: str
    points: list[TrendPoint]
    targets: list[TrendTarget]


def trend_of(content: TrendContent, parts: str) -> Trend:
    """Return the chart's points, with a place for every year between, and the targets."""
    definition = ZONE_INDICATORS[content.indicator]
    found = {
        period: figure
        for period, figure in content.series
        if (figure.computed, figure.official) != (None, None)
    }
    yearly = parts == "year"
    wanted = [t for t in content.targets if not t.above and t.upper is None]
    periods = sorted(found)
    if yearly and (periods or wanted):
        years = [period.year for period in periods] + [target.year for target in wanted]
        periods = [Period(year) for year in range(min(years), max(years) + 1)]
    times, unit = 1.0, definition.unit
    if definition.is_share:
        times, unit = 100.0, PERCENT
    largest = max((abs(figure.used or 0.0) for figure in found.values()), default=0.0)
    if unit == "万元" and largest >= LARGE:
        times, unit = 1e-4, "亿元"
    points = [_point(period, found.get(period), times, yearly) for period in periods]
    return Trend(unit, points, _targets(wanted, periods, times, unit))


def _point(period: Period, figure: ZoneFigure | None, times: float, yearly: bool) -> TrendPoint:
    label = str(period.year) if yearly else f"{period.year % 100:02d}年{period.span}"
    series = 0 if yearly else period.year
    if figure is None:
        return TrendPoint(label, series, None, None, None)

    def scaled(value: float | None) -> float | None:
        return None if value is None else value * times

    note = figure.source or figure.lacking
    if figure.missing:
        note += f"；{figure.missing} 家没有数据，没有计入"
    return TrendPoint(
        label, series, scaled(figure.computed), scaled(figure.official), scaled(figure.used), note
    )


def _targets(
    wanted: Sequence[Target], periods: Sequence[Period], times: float, unit: str
) -> list[TrendTarget]:
    out = []
    for target in wanted:
        places = [place for place, period in enumerate(periods) if period.year == target.year]
        if places:
            value = target.value * times
            words = f"目标{'≤' if target.bound == 'at_most' else ''} {value:,.4g} {unit}".rstrip()
            out.append(TrendTarget(places[0], places[-1], value, words))
    return out
