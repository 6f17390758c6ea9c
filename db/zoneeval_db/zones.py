"""Figures and stars of zones: entered or imported, editable, every change recorded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.records import SourceCell, StarRecord, ZoneValue
from zoneeval.model.standing import LEVEL_WORDS, level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval_db import codec
from zoneeval_db.datasets import latest_dataset, load_dataset
from zoneeval_db.values import StarReport

if TYPE_CHECKING:
    from zoneeval_db.history import Operation
    from zoneeval_db.workspace import Workspace

STAR_KINDS = {"target": "目标", "official": "认定结果"}


def zones(ws: Workspace) -> list[str]:
    """Return the zones of the workspace, in the order they came in."""
    return [name for (name,) in ws.conn.execute("SELECT name FROM zone ORDER BY rowid")]


def add_zone(ws: Workspace, op: Operation, name: str) -> None:
    """Write a zone into the list unless it is there."""
    op.write("zone", {"name": name}, {})


def store_zone_records(
    ws: Workspace, op: Operation, values: Iterable[ZoneValue], stars: Iterable[StarRecord]
) -> None:
    """Write imported figures and stars; a newer one replaces that of before."""
    for value in values:
        _write_value(ws, op, value)
    for star in stars:
        _write_star(ws, op, star)


def _write_value(ws: Workspace, op: Operation, given: ZoneValue) -> None:
    add_zone(ws, op, given.zone)
    op.write(
        "zone_value",
        {"zone": given.zone, "year": codec.whole(given.year), "indicator": given.indicator},
        {
            "value": codec.number(given.value),
            "document": codec.text(given.document),
            "source": _source_text(given.source),
        },
    )


def _write_star(ws: Workspace, op: Operation, given: StarRecord) -> None:
    add_zone(ws, op, given.zone)
    op.write(
        "star_record",
        {"zone": given.zone, "year": codec.whole(given.year), "kind": given.kind},
        {
            "level": codec.whole(given.level),
            "document": codec.text(given.document),
            "source": _source_text(given.source),
        },
    )


def _source_text(source: SourceCell | None) -> str | None:
    if source is None:
        return None
    return codec.to_json([source.file, source.sheet, source.row, source.column])


def _source_cell(words: str | None) -> SourceCell | None:
    return None if words is None else SourceCell(*codec.from_json(words))


def enter_zone_value(
    ws: Workspace,
    zone: str,
    year: int,
    indicator: str,
    value: float,
    unit: str | None = None,
    document: str = "",
) -> None:
    """Enter an official figure of a zone; ``unit`` is what ``value`` is given in.

    Raises InputError for an unknown indicator, a figure that is not a number, or a
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
    given = ZoneValue(_zone_name(zone), year, indicator, figure, document or None)
    with ws.operation(f"录入{zone} {year} 年{known.label}") as op:
        _write_value(ws, op, given)


def _converted(value: float, unit: str, wanted: str, label: str) -> float:
    from zoneeval.units import UnitError, convert

    try:
        return convert(value, unit, wanted)
    except UnitError:
        raise InputError(
            f"“{label}”的单位应为“{wanted}”，给出的“{unit}”不能换算。请改用“{wanted}”。"
        ) from None


def enter_star(
    ws: Workspace, zone: str, year: int, kind: str, level: int, document: str = ""
) -> None:
    """Enter a zone's star target or official result; level 0 is the gate."""
    if kind not in STAR_KINDS:
        raise InputError(
            f"星级记录的类别只能是 target（目标）或 official（认定结果），不是“{kind}”。"
        )
    if not 0 <= level < len(LEVEL_WORDS):
        raise InputError(f"星级应为 0（门槛）到 {len(LEVEL_WORDS) - 1}，不是 {level}。")
    record = StarRecord(_zone_name(zone), year, kind, level, document or None)
    label = f"录入{zone} {year} 年星级{STAR_KINDS[kind]}：{level_name(level)}"
    with ws.operation(label) as op:
        _write_star(ws, op, record)


def _zone_name(zone: str) -> str:
    name = zone.strip()
    if not name:
        raise InputError("园区名称是空的，没有录入。请填写园区名称。")
    return name


def zone_values(ws: Workspace, year: int) -> list[ZoneValue]:
    """Return the official figures of a year."""
    found = ws.conn.execute(
        "SELECT zone, year, indicator, value, document, source FROM zone_value"
        " WHERE year = ? ORDER BY zone, indicator",
        (year,),
    )
    return [
        ZoneValue(zone, of_year, indicator, value, document, _source_cell(source))
        for zone, of_year, indicator, value, document, source in found
    ]


def star_records(ws: Workspace, year: int) -> list[StarRecord]:
    """Return the star targets and official results of a year."""
    found = ws.conn.execute(
        "SELECT zone, year, kind, level, document, source FROM star_record"
        " WHERE year = ? ORDER BY zone, kind",
        (year,),
    )
    return [
        StarRecord(zone, of_year, kind, level, document, _source_cell(source))
        for zone, of_year, kind, level, document, source in found
    ]


def zone_indicators(ws: Workspace, year: int) -> dict[str, ZoneFigures]:
    """Return every zone's figures of a year: computed, official, and the one used."""
    from zoneeval.engine import zone_figures

    version = latest_dataset(ws, year)
    dataset = load_dataset(ws, version.id) if version else None
    return zone_figures(dataset, zone_values(ws, year))


def rate_zones(ws: Workspace, year: int, ladder_ref: str | Path) -> StarReport:
    """Rate every zone of a year on a ladder."""
    from zoneeval.engine import ladder_warnings, rate_zone
    from zoneeval.policy.loader import load_ladder

    ladder = load_ladder(ladder_ref)
    figures = zone_indicators(ws, year)
    levels = {(star.zone, star.kind): star.level for star in star_records(ws, year)}
    for zone, _ in levels:
        figures.setdefault(zone, {})
    listed = {zone: i for i, zone in enumerate(zones(ws))}
    ordered = sorted(figures, key=lambda zone: (listed.get(zone, len(listed)), zone))
    standings = [
        rate_zone(
            ladder,
            zone,
            year,
            figures[zone],
            target=levels.get((zone, "target")),
            official=levels.get((zone, "official")),
        )
        for zone in ordered
    ]
    return StarReport(year, ladder, list(ladder_warnings(ladder, year)), standings, figures)
