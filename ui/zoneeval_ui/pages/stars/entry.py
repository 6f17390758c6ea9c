"""A small form: an official figure of a zone and period, its official star, or its target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval.model.standing import BELOW_GATE, LEVEL_WORDS, level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.stars.grouped import indicator_box
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

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


class EntryDialog(FormDialog):
    """Ask for an :class:`Entry`; the button works once the form is complete."""

    def __init__(
        self, zones: tuple[str, ...], proposed: Entry, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("EntryDialog", "录入官方数据")
        super().__init__(parent, "entryDialog", title, stem="entry")
        self.zone = ComboBox("entryZone", self.tr("园区"), self)
        self.zone.setEditable(True)
        self.zone.addItems(list(zones))
        self.zone.setCurrentText(proposed.zone)
        self.add(self.tr("园区"), self.zone)
        example = self.tr("2024、2024年二季度、2024年1—6月")
        self.period = self.line("entryPeriod", self.tr("期间"), proposed.period, example)
        kinds = (
            (FIGURE, self.tr("园区指标的官方数值")),
            (OFFICIAL, self.tr("官方认定的星级")),
            (TARGET, self.tr("目标星级")),
        )
        self.kind = self.combo("entryKind", self.tr("录入什么"), kinds, proposed.kind)
        self.indicator = indicator_box("entryIndicator", self.tr("指标"), self)
        if proposed.indicator:
            self.indicator.setCurrentIndex(self.indicator.findData(proposed.indicator))
        self.add(self.tr("指标"), self.indicator)
        self.value = self.line("entryValue", self.tr("数值"), _shown(proposed))
        self.unit = ComboBox("entryUnit", self.tr("单位"), self)
        self.add(self.tr("单位"), self.unit)
        self.level = ComboBox("entryLevel", self.tr("星级"), self)
        self._levels(proposed.kind, proposed.level)
        self.add(self.tr("星级"), self.level)
        self.document = self.line(
            "entryDocument",
            self.tr("依据文件"),
            proposed.document,
            self.tr("文件名称和文号，便于以后核对"),
        )
        self.kind.currentIndexChanged.connect(self._arrange)
        self.indicator.currentIndexChanged.connect(self._units)
        self.zone.editTextChanged.connect(lambda _text: self.check())
        self._units()
        self._arrange()
        self.finish(self.tr("保存"))

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
            self.form.setRowVisible(field, shown)

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

    def lacking(self) -> str:
        """Say what is missing or wrong."""
        if not self.zone.currentText().strip():
            return self.tr("请选择或填写园区名称。")
        is_figure, period = self.kind.currentData() == FIGURE, self._period()
        if period is None:
            return self.tr("“期间”要填年份、季度或月份，例如 2024、2024Q2、2024-06。")
        if not is_figure and not period.is_year:
            return self.tr("星级按年度认定，“期间”请填年份，例如 2024。")
        if is_figure and not self.value.text().strip():
            return self.tr("请填写数值。")
        if is_figure and self._number() is None:
            return self.tr("“数值”要填数字，例如 34.2。")
        return ""

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


def _shown(proposed: Entry) -> str:
    """Return the proposed figure as one types it, a share in percent."""
    if not proposed.indicator or proposed.value is None:
        return ""
    is_share = ZONE_INDICATORS[proposed.indicator].is_share
    return f"{proposed.value * (100 if is_share else 1):.10g}"
