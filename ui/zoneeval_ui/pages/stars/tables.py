"""The indicators of one zone as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.pages.stars.standing import PERCENT
from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval.model.zone_indicators import ZoneFigure, ZoneFigures

translate = QCoreApplication.translate


def figures_table(figures: ZoneFigures) -> TableData:
    """Return every indicator of a zone: computed, official, their difference, the one used."""
    columns = (
        Column("label", translate("Stars", "指标"), width=12),
        Column("unit", translate("Stars", "单位")),
        _number("computed", translate("Stars", "汇总数")),
        _number("official", translate("Stars", "公布数")),
        _number("used", translate("Stars", "采用"), width=7, strong=True),
        _number("difference", translate("Stars", "相差")),
        Column("source", translate("Stars", "来源"), width=20),
    )
    rows = list(figures.values())
    values: dict[str, list[Any]] = {
        "label": [row.definition.label for row in rows],
        "unit": [PERCENT if row.definition.is_share else row.definition.unit for row in rows],
        "computed": [_shown(row, row.computed) for row in rows],
        "official": [_shown(row, row.official) for row in rows],
        "used": [_shown(row, row.used) for row in rows],
        "difference": [_shown(row, row.difference) for row in rows],
        "source": [row.source if row.used is not None else row.lacking or None for row in rows],
    }
    tints: dict[tuple[int, str], Tint] = {}
    for place, row in enumerate(rows):
        if row.used is None or row.missing:
            tints[place, "source"] = Tint.UNCERTAIN
        if row.difference:
            tints[place, "difference"] = Tint.UNCERTAIN
    return TableData(columns, values, ids=[row.key for row in rows], tints=tints)


def _number(key: str, title: str, width: int | None = None, *, strong: bool = False) -> Column:
    return Column(key, title, kind="number", width=width, strong=strong, whole=True)


def _shown(row: ZoneFigure, value: float | None) -> float | None:
    """Return a figure in the unit of its row: shares as per cent."""
    return value * 100 if value is not None and row.definition.is_share else value
