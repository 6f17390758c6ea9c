"""The indicators of zones in a box to choose from, under the headings of their groups."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneIndicator
from zoneeval_ui.widgets.combo import ComboBox

MOST_SHOWN = 22


def grouped_indicators() -> dict[str, list[ZoneIndicator]]:
    """Return the indicators by group, groups and indicators in the registry's order."""
    found: dict[str, list[ZoneIndicator]] = {}
    for definition in ZONE_INDICATORS.values():
        found.setdefault(definition.group or "其他", []).append(definition)
    return found


def indicator_choices() -> tuple[tuple[str, str], ...]:
    """Return the indicators as choices (key, name) with their group in front."""
    return tuple(
        (definition.key, f"{group}：{definition.label}")
        for group, members in grouped_indicators().items()
        for definition in members
    )


def indicator_box(name: str, text: str, parent: QWidget) -> ComboBox:
    """Return a box of all indicators; the headings of the groups cannot be chosen."""
    box = ComboBox(name, text, parent)
    box.setMaxVisibleItems(MOST_SHOWN)
    model = QStandardItemModel(box)
    for group, members in grouped_indicators().items():
        heading = QStandardItem(group)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        model.appendRow(heading)
        for definition in members:
            item = QStandardItem(definition.label)
            item.setData(definition.key, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
    box.setModel(model)
    box.setCurrentIndex(1)
    return box
