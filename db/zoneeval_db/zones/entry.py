"""Entering official figures of zones for years, quarters and months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.period import Period, as_period
from zoneeval.model.records import SourceCell, ZoneValue
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_db.storage import codec
from zoneeval_db.zones.profiles import zone_name

if TYPE_CHECKING:
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace


def source_text(source: SourceCell | None) -> str | None:
    """Return a source cell as it is stored."""
    if source is None:
        return None
    return codec.to_json([source.file, source.sheet, source.row, source.column])


def source_cell(words: str | None) -> SourceCell | None:
    """Return a stored source cell."""
    return None if words is None else SourceCell(*codec.from_json(words))


def write_zone_value(ws: Workspace, op: Operation, given: ZoneValue) -> None:
    """Write one official figure, of a year or of a part of one; it replaces that of before."""
    op.write("zone", {"name": given.zone}, {})
    table, place = _place(given.zone, Period(given.year, given.part), given.indicator)
    op.write(
        table,
        place,
        {
            "value": codec.number(given.value),
            "document": codec.text(given.document),
            "source": source_text(given.source),
        },
    )


def _place(zone: str, period: Period, indicator: str) -> tuple[str, dict[str, str | int | None]]:
    if period.is_year:
        return "zone_value", {
            "zone": zone,
            "year": codec.whole(period.year),
            "indicator": indicator,
        }
    return "zone_period_value", {"zone": zone, "period": period.key, "indicator": indicator}


def enter_zone_value(
    ws: Workspace,
    zone: str,
    year: int | str | Period,
    indicator: str,
    value: float,
    unit: str | None = None,
    document: str = "",
) -> None:
    """Enter an official figure of a zone; ``unit`` is what ``value`` is given in.

    ``year`` may be a period as well: 2019Q2, 2019-06, cumulative since January.  Raises
    InputError for an unknown indicator or period, a figure that is not a number, or a
    unit that does not fit.
    """
    known = ZONE_INDICATORS.get(indicator)
    if known is None:
        raise InputError(
            f"没有“{indicator}”这个园区指标。请从指标表中选择，如“above_scale_value_added”。"
        )
    figure = codec.number(value)
    if figure is None or figure in (float("inf"), float("-inf")):
        raise InputError(f"“{known.label}”的数值不是数字，没有录入。请填写数字。")
    if unit is not None and unit != known.unit:
        figure = _converted(figure, unit, known.unit, known.label)
    elif unit is None and known.is_share:
        need_unit(figure, known.label)
    period = as_period(year)
    given = ZoneValue(
        zone_name(zone), period.year, indicator, figure, document or None, part=period.part
    )
    with ws.operation(f"录入{zone} {_words(period)}{known.label}") as op:
        write_zone_value(ws, op, given)


def need_unit(value: float, label: str) -> None:
    """Refuse a share above one without its unit: 12 may be 12 % or twelve times."""
    if abs(value) > 1:
        raise InputError(
            f"“{label}”是比例，{value:g} 没有写单位，不知道是 {value:g}% 还是 {value:g} 倍，"
            f"没有保存。请写明单位“%”，或写成小数（{value:g}% 写 {value / 100:g}）。"
        )


def _words(period: Period) -> str:
    return f"{period.year} 年" if period.is_year else period.label


def _converted(value: float, unit: str, wanted: str, label: str) -> float:
    from zoneeval.units import UnitError, convert

    try:
        return convert(value, unit, wanted)
    except UnitError:
        raise InputError(
            f"“{label}”的单位应为“{wanted or '小数或 %'}”，给出的“{unit}”不能换算。"
            f"请改用“{wanted or '%'}”。"
        ) from None


def remove_zone_value(ws: Workspace, zone: str, year: int | str | Period, indicator: str) -> None:
    """Take an official figure out again; it can be undone.

    Raises InputError where there is none.
    """
    period = as_period(year)
    known = ZONE_INDICATORS.get(indicator)
    label = known.label if known else indicator
    table, place = _place(zone, period, indicator)
    where = " AND ".join(f"{name} = ?" for name in place)
    row = ws.conn.execute(f"SELECT 1 FROM {table} WHERE {where}", tuple(place.values())).fetchone()
    if row is None:
        raise InputError(f"{zone} {_words(period)}没有录入“{label}”的公布数，不必删除。")
    with ws.operation(f"删除{zone} {_words(period)}{label}的公布数") as op:
        op.write(table, place, None)
