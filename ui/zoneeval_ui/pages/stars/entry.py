"""A small form: an official figure of a zone and period, its official star, or its target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval.model.standing import BELOW_GATE, LEVEL_WORDS, level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.stars.grouped import indicator_box
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_db.workspace import Workspace

FIGURE, OFFICIAL, TARGET = "figure", "official", "target"
LARGER = {"万元": ("万元", "亿元"), "人": ("人", "万人"), "亩": ("亩", "公顷", "平方公里")}
MOST_STARS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed in: a figure of an indicator, or a star level (0 is the gate).

    An official result may be ``BELOW_GATE``; a target may not.

    ``period`` is 2024, 2024Q2 or 2024-06; of a star it is a year.
    """

    zone: str
    period: str
    kind: str = FIGURE
    indicator: str = ""
    value: float | None = None
    unit: str = ""
    level: int = 0
    document: str = ""

    @property
    def period_words(self) -> str:
        """Return the period in words: 2024年, 2024年1—6月."""
        return Period.parse(self.period).label

    def store(self, workspace: Workspace) -> None:
        """Write the entry into the workspace; for the worker."""
        from zoneeval_db import operations

        if self.kind == FIGURE:
            operations.enter_zone_value(
                workspace,
                self.zone,
                self.period,
                self.indicator,
                self.value if self.value is not None else math.nan,
                self.unit or None,
                self.document,
            )
        else:
            year = Period.parse(self.period).year
            operations.enter_star(workspace, self.zone, year, self.kind, self.level, self.document)


class EntryDialog(QDialog):
    """Ask for an :class:`Entry`; the button works once the form is complete."""

    def __init__(
        self, zones: tuple[str, ...], proposed: Entry, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("entryDialog")
        self.setWindowTitle(self.tr("录入官方数据"))
        self.setMinimumWidth(theme.px(460))
        self.zone = ComboBox("entryZone", self.tr("园区"), self)
        self.zone.setEditable(True)
        self.zone.addItems(list(zones))
        self.zone.setCurrentText(proposed.zone)
        self.period = self._line("entryPeriod", self.tr("期间"))
        self.period.setPlaceholderText(self.tr("2024、2024年二季度、2024年1—6月"))
        self.period.setText(proposed.period)
        self.kind = ComboBox("entryKind", self.tr("录入什么"), self)
        self.kind.addItem(self.tr("园区指标的官方数值"), FIGURE)
        self.kind.addItem(self.tr("官方认定的星级"), OFFICIAL)
        self.kind.addItem(self.tr("目标星级"), TARGET)
        self.indicator = indicator_box("entryIndicator", self.tr("指标"), self)
        if proposed.indicator:
            self.indicator.setCurrentIndex(self.indicator.findData(proposed.indicator))
        self.value = self._line("entryValue", self.tr("数值"))
        self.unit = ComboBox("entryUnit", self.tr("单位"), self)
        self.level = ComboBox("entryLevel", self.tr("星级"), self)
        self._levels(proposed.kind, proposed.level)
        self.document = self._line("entryDocument", self.tr("依据文件"))
        self.document.setPlaceholderText(self.tr("文件名称和文号，便于以后核对"))
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName("entryFault")
        self._form = QFormLayout()
        for text, field in (
            (self.tr("园区"), self.zone),
            (self.tr("期间"), self.period),
            (self.tr("录入什么"), self.kind),
            (self.tr("指标"), self.indicator),
            (self.tr("数值"), self.value),
            (self.tr("单位"), self.unit),
            (self.tr("星级"), self.level),
            (self.tr("依据文件"), self.document),
        ):
            self._form.addRow(QLabel(text, self), field)
        self.buttons = QDialogButtonBox(self)
        save = self.buttons.addButton(self.tr("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("entrySave")
        save.setAccessibleName(save.text())
        save.setDefault(True)
        self.save = save
        cancel = self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("entryCancel")
        cancel.setAccessibleName(cancel.text())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.kind.currentIndexChanged.connect(self._arrange)
        self.indicator.currentIndexChanged.connect(self._units)
        self.zone.editTextChanged.connect(lambda _text: self._check())
        self.period.textChanged.connect(lambda _text: self._check())
        self.value.textChanged.connect(lambda _text: self._check())
        self._units()
        self._propose(proposed)
        self._arrange()

    def _propose(self, proposed: Entry) -> None:
        self.kind.setCurrentIndex(self.kind.findData(proposed.kind))
        self.document.setText(proposed.document)
        if proposed.indicator and proposed.value is not None:
            definition = ZONE_INDICATORS[proposed.indicator]
            self.value.setText(f"{proposed.value * (100 if definition.is_share else 1):.10g}")

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        return line

    def _levels(self, kind: str, chosen: int) -> None:
        """Offer the levels; only an official result can be below the gate."""
        below = [(BELOW_GATE, level_name(BELOW_GATE))] if kind == OFFICIAL else []
        self.level.clear()
        for number, word in (*below, *enumerate(LEVEL_WORDS[: MOST_STARS + 1])):
            self.level.addItem(word, number)
        at = self.level.findData(chosen)
        self.level.setCurrentIndex(at if at >= 0 else len(below))

    def _arrange(self) -> None:
        is_figure = self.kind.currentData() == FIGURE
        held = self.level.currentData()
        self._levels(str(self.kind.currentData()), 0 if held is None else int(held))
        for field, shown in (
            (self.indicator, is_figure),
            (self.value, is_figure),
            (self.unit, is_figure),
            (self.level, not is_figure),
        ):
            self._form.setRowVisible(field, shown)
        self._check()

    def _units(self) -> None:
        definition = ZONE_INDICATORS[str(self.indicator.currentData())]
        self.unit.clear()
        if definition.is_share:
            self.unit.addItem("%", "%")
        else:
            for unit in LARGER.get(definition.unit, (definition.unit,)):
                self.unit.addItem(unit, unit)

    def _number(self) -> float | None:
        try:
            return float(self.value.text().replace(",", "").replace("，", "").strip())
        except ValueError:
            return None

    def _period(self) -> Period | None:
        try:
            return Period.parse(self.period.text())
        except InputError:
            return None

    def _check(self) -> None:
        fault = ""
        if self.kind.currentData() == FIGURE and self._number() is None:
            fault = self.tr("“数值”要填数字，例如 34.2。") if self.value.text().strip() else " "
        period = self._period()
        if period is None:
            fault = self.tr("“期间”要填年份、季度或月份，例如 2024、2024Q2、2024-06。")
        elif self.kind.currentData() != FIGURE and not period.is_year:
            fault = self.tr("星级按年度认定，“期间”请填年份，例如 2024。")
        if not self.zone.currentText().strip():
            fault = self.tr("请选择或填写园区名称。")
        self.fault.setText(fault.strip())
        self.fault.setVisible(bool(fault.strip()))
        self.save.setEnabled(not fault)

    def entry(self) -> Entry:
        """Return what was typed in."""
        kind = str(self.kind.currentData())
        period = self._period()
        return Entry(
            zone=self.zone.currentText().strip(),
            period=period.key if period is not None else "",
            kind=kind,
            indicator=str(self.indicator.currentData()) if kind == FIGURE else "",
            value=self._number() if kind == FIGURE else None,
            unit=str(self.unit.currentData() or ""),
            level=int(self.level.currentData()),
            document=self.document.text().strip(),
        )
