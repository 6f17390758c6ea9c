"""For which year and zone the workbooks are, and what happens to blocked enterprises."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label

OLDEST = 10


class TargetBar(QWidget):
    """Year, zone and the choice to set aside; ``changed`` when the user changes one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importTarget")
        theme = current_theme()
        self._year = ContextPicker("importYear", self.tr("导入到"), self)
        self._year.picked.connect(lambda _year: self.changed.emit())
        self._zones = QStringListModel(self)
        self._zone = QLineEdit(self)
        self._zone.setObjectName("importZone")
        self._zone.setAccessibleName(self.tr("园区"))
        self._zone.setPlaceholderText(self.tr("园区：以表中为准"))
        self._zone.setToolTip(self.tr("表中没有写园区时填在这里；可以输入新园区的名称"))
        self._zone.setClearButtonEnabled(True)
        self._zone.setFixedWidth(theme.px(220))
        self._zone.editingFinished.connect(self._edited)
        completer = QCompleter(self._zones, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._zone.setCompleter(completer)
        self._aside = QPushButton(self.tr("有阻断问题的企业暂不导入"), self)
        self._aside.setObjectName("importSetAside")
        self._aside.setCheckable(True)
        self._aside.setProperty("kind", "chip")
        self._aside.setAccessibleName(self.tr("有阻断问题的企业暂不导入"))
        self._aside.hide()
        self._files = make_label("", "secondary", self)
        self._files.setObjectName("importFiles")
        self._last_zone = ""
        self._aside.clicked.connect(lambda _on: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self._year, self._zone, self._aside):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._files)

    @property
    def year(self) -> int:
        """Return the year chosen."""
        return int(self._year.current or _last_year())

    @property
    def zone(self) -> str | None:
        """Return the zone, or None where the workbooks name it."""
        return self._zone.text().strip() or None

    @property
    def set_aside(self) -> bool:
        """Tell whether blocked enterprises are to be left out."""
        return self._aside.isChecked()

    def set_choices(self, years: Sequence[int], zones: Sequence[str], year: int | None) -> None:
        """Offer years and zones; the choice made before stays."""
        today = QDate.currentDate().year()
        offered = sorted({*years, *range(today - OLDEST, today + 1)}, reverse=True)
        chosen = self._year.current or year or _last_year()
        self._year.set_choices(
            [Choice(y, self.tr("{year} 年度").format(year=y)) for y in offered], chosen
        )
        self._zones.setStringList(list(zones))

    def set_year(self, year: int) -> None:
        """Choose a year without sending ``changed``."""
        self._year.set_current(year)

    def set_zone(self, zone: str) -> None:
        """Choose a zone without sending ``changed``."""
        self._last_zone = zone
        self._zone.setText(zone)

    def offer_set_aside(self, offered: bool, *, checked: bool = False) -> None:
        """Show or hide the choice to leave blocked enterprises out."""
        text = self.tr("有阻断问题的企业暂不导入")
        self._aside.setText(f"✓ {text}" if checked else text)
        self._aside.setChecked(checked)
        self._aside.setVisible(offered)

    def set_files(self, text: str) -> None:
        """Say which files are being looked at."""
        self._files.setText(text)

    def _edited(self) -> None:
        zone = self._zone.text().strip()
        if zone != self._last_zone:
            self._last_zone = zone
            self.changed.emit()


def _last_year() -> int:
    return QDate.currentDate().year() - 1
