"""Filters above a table: chips with counts, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets.tabbing import tab_in_place


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter; ``count`` None shows no number."""

    key: str
    label: str
    count: int | None = None
    tooltip: str = ""


class ChipBar(QWidget):
    """Exclusive chips; ``changed`` carries the key; ``remember`` keeps the choice by that name."""

    changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, remember: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._setting = f"chips/{name}" if remember else ""
        self._keys: list[str] = []
        self._awaited = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(current_theme().px(8))
        self._layout.addStretch(1)

    @property
    def current(self) -> str:
        """Return the key of the chosen chip ("" where there are none)."""
        button = self._group.checkedButton()
        return str(button.property("chip")) if button is not None else ""

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; the choice stays where its key still exists, else the first."""
        wanted = self.current or self._awaited
        if not wanted and self._setting:
            wanted = str(QSettings().value(self._setting, ""))
        if chips and [chip.key for chip in chips] == self._keys:
            for button, chip in zip(self._group.buttons(), chips, strict=True):
                self._show(button, chip)
            return
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._keys = [chip.key for chip in chips]
        for place, chip in enumerate(chips):
            button = self._button(chip)
            self._layout.insertWidget(place, button)
            self._group.addButton(button)
        tab_in_place(self, self._group.buttons())
        if chips:
            self.choose(wanted if wanted in self._keys else self._keys[0])

    def choose(self, key: str) -> None:
        """Choose a chip without sending ``changed``; before there are any, for later."""
        self._awaited = "" if self._keys else key
        for button in self._group.buttons():
            if button.property("chip") == key:
                button.setChecked(True)

    def _button(self, chip: Chip) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{self.objectName()}-{chip.key}")
        self._show(button, chip)
        button.setCheckable(True)
        button.setProperty("kind", "chip")
        button.setProperty("chip", chip.key)
        return button

    @staticmethod
    def _show(button: QAbstractButton, chip: Chip) -> None:
        text = chip.label if chip.count is None else f"{chip.label} {chip.count:,}"
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(chip.tooltip)

    def _clicked(self, button: QAbstractButton) -> None:
        key = str(button.property("chip"))
        if self._setting:
            QSettings().setValue(self._setting, key)
        self.changed.emit(key)
