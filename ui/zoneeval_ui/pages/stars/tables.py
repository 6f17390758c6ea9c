"""The zones of a year, and the indicators of one zone, as tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.standing import level_name
from zoneeval_ui.pages.stars.standing import PERCENT, distance_words, is_share
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval.model.zone_indicators import ZoneFigure, ZoneFigures
    from zoneeval_db.values import StarReport

translate = QCoreApplication.translate
_TINTS = {Tone.A: Tint.GOOD, Tone.C: Tint.POOR, Tone.UNCERTAIN: Tint.UNCERTAIN}


def zones_table(report: StarReport) -> TableData:
    """Return one row per zone: verdict, official, target, criteria, what is missing."""
    columns = [
        Column("zone", translate("Stars", "园区"), width=11),
        Column("verdict", translate("Stars", "测算"), strong=True),
        Column("official", translate("Stars", "官方")),
        Column("target", translate("Stars", "目标")),
    ]
    values: dict[str, list[Any]] = {"zone": [], "verdict": [], "official": [], "target": []}
    standings = report.standings
    first = standings[0].criteria if standings else ()
    for place, criterion in enumerate(first):
        share = is_share(criterion)
        key = f"criterion:{criterion.key}"
        unit = criterion.unit
        columns.append(Column(key, criterion.label, unit, "share" if share else "number"))
        found = [standing.criteria[place].value for standing in standings]
        values[key] = [math.nan if value is None else value for value in found]
    distance: list[str] = []
    tints: dict[tuple[int, str], Tint] = {}
    for row, standing in enumerate(standings):
        values["zone"].append(standing.zone)
        values["verdict"].append(standing.verdict)
        values["official"].append(_level(standing.official))
        values["target"].append(_level(standing.target))
        words, tone = distance_words(standing, report.ladder.levels)
        distance.append(words)
        if tone in _TINTS:
            tints[row, "distance"] = _TINTS[tone]
        if not standing.decidable:
            tints[row, "verdict"] = Tint.UNCERTAIN
    columns.insert(4, Column("distance", translate("Stars", "距目标"), width=24))
    values["distance"] = distance
    ids = [standing.zone for standing in standings]
    return TableData(tuple(columns), values, ids=ids, tints=tints)


def _level(level: int | None) -> str | None:
    return None if level is None else level_name(level)


def figures_table(figures: ZoneFigures) -> TableData:
    """Return every indicator of a zone: computed, official, and the one used."""
    columns = (
        Column("label", translate("Stars", "指标"), width=12),
        Column("unit", translate("Stars", "单位")),
        Column("computed", translate("Stars", "由企业数据算得"), kind="number"),
        Column("official", translate("Stars", "官方数值"), kind="number"),
        Column("used", translate("Stars", "采用"), kind="number"),
        Column("source", translate("Stars", "来源")),
    )
    rows = list(figures.values())
    values: dict[str, list[Any]] = {
        "label": [row.definition.label for row in rows],
        "unit": [PERCENT if row.definition.is_share else row.definition.unit for row in rows],
        "computed": [_shown(row, row.computed) for row in rows],
        "official": [_shown(row, row.official) for row in rows],
        "used": [_shown(row, row.used) for row in rows],
        "source": [row.source if row.used is not None else None for row in rows],
    }
    tints = {
        (place, "source"): Tint.UNCERTAIN
        for place, row in enumerate(rows)
        if row.missing and row.used is not None
    }
    return TableData(columns, values, ids=[row.key for row in rows], tints=tints)


def _shown(row: ZoneFigure, value: float | None) -> float | None:
    """Return a figure in the unit of its row: shares as per cent."""
    return value * 100 if value is not None and row.definition.is_share else value
