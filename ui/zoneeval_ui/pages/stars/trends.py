"""The segment 走势与目标: an indicator of one zone over time, and how far its targets are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from zoneeval.model.period import Period
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.stars.content import StarsContent
from zoneeval_ui.pages.stars.grouped import indicator_box
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.pages.stars.target_entry import TargetDialog, store_target
from zoneeval_ui.pages.stars.target_table import targets_table
from zoneeval_ui.pages.stars.trend_content import TrendContent, read_trend, trend_of
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label
from zoneeval_ui.widgets.trend import TrendChart

if TYPE_CHECKING:
    from zoneeval.model.targets import TargetProgress
    from zoneeval_ui.pages.stars.page import StarsPage

FIRST = "above_scale_value_added"
WHOLE = "year"


class TrendSegment(Segment):
    """Figures over years or periods with their targets."""

    of_zone = True
    of_ladder = False

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page, "starsTrend", page.tr("走势与目标"))
        theme = current_theme()
        self.data: TrendContent | None = None
        self._part = ""
        self._filling = False
        self.indicator = indicator_box("trendIndicator", self.tr("指标"), self)
        self.indicator.setMinimumWidth(theme.px(220))
        self.indicator.setCurrentIndex(self.indicator.findData(FIRST))
        self.indicator.activated.connect(lambda _index: self.reload())
        self.parts = ChipBar("trendParts", remember=True)
        self.parts.set_chips(
            [
                Chip("year", self.tr("按年")),
                Chip("quarter", self.tr("按季"), tooltip=self.tr("1 月起累计")),
                Chip("month", self.tr("按月"), tooltip=self.tr("1 月起累计")),
            ]
        )
        self.parts.changed.connect(lambda _key: self.reload())
        self.scope = ChipBar("trendScope", remember=True)
        self.scope.set_chips(
            [
                Chip("own", self.tr("本园区")),
                Chip(
                    "related",
                    self.tr("连同参照"),
                    tooltip=self.tr("连同所在县（市、区）和多个园区合计的目标，范围不同，只供参照"),
                ),
            ]
        )
        self.scope.changed.connect(lambda _key: self.reload())
        self.chart = TrendChart()
        self.said = make_label("", "secondary", wrap=True)
        self.said.setObjectName("trendSaid")
        self.period_picker = ContextPicker("trendPeriod", self.tr("截至"))
        self.period_picker.picked.connect(self._period_picked)
        self.add_button = self._button("targetAdd", self.tr("录入目标…"))
        self.add_button.clicked.connect(lambda _on=False: self.add_target())
        self.remove_button = self._button("targetRemove", self.tr("删除目标"))
        self.remove_button.clicked.connect(lambda _on=False: self.remove_target())
        self.table = DataTable("targetsTable")
        self.table.setAccessibleName(self.tr("目标及完成情况"))
        self.table.set_empty_text(self.tr("这一年没有目标。点“录入目标…”填写，或换一个年度。"))
        self.table.row_selected.connect(self._target_selected)
        self.quote = make_label("", "secondary", wrap=True)
        self.quote.setObjectName("targetQuote")
        self.quote.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.quote.setMinimumHeight(2 * self.quote.fontMetrics().lineSpacing())
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("trendSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(12))
        splitter.addWidget(self._above())
        splitter.addWidget(self._below())
        splitter.setSizes([theme.px(300), theme.px(280)])
        self.rows.addWidget(splitter, 1)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _above(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(self.indicator)
        row.addWidget(self.parts)
        row.addStretch(1)
        row.addWidget(self.chart.legend)
        card.body.addLayout(row)
        card.add(self.chart, 1)
        card.add(self.said)
        return card

    def _below(self) -> QWidget:
        theme = current_theme()
        card = Card(flush=True)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(make_label(self.tr("目标及完成情况"), "strong"))
        row.addWidget(self.scope)
        row.addStretch(1)
        for widget in (self.period_picker, self.add_button, self.remove_button):
            row.addWidget(widget)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(8))
        below.addWidget(self.quote)
        card.add(top)
        card.add(self.table, 1)
        card.add(foot)
        return card

    # -- reading -----------------------------------------------------------------

    @property
    def key(self) -> str:
        """Return the indicator that is shown."""
        return str(self.indicator.currentData() or FIRST)

    @property
    def at(self) -> Period:
        """Return the period at whose end the targets are looked at."""
        return Period(self.page.context.year or date.today().year - 1, self._part)

    def sentence(self, content: StarsContent) -> str:
        """Say how the figures are to be read."""
        return self.tr(
            "实心点是公布数，空心点是汇总数，连线是采用的数；季度、月度数为 1 月起累计。"
        )

    def show_content(self, content: StarsContent) -> None:
        """Read the zone's figures and targets."""
        self.reload()

    def reload(self) -> None:
        """Read again what is chosen."""
        zone, key, parts, at = self.page.zone, self.key, self.parts.current, self.at
        related = self.scope.current == "related"
        if zone is not None:
            self.ask(
                lambda ws, _progress: read_trend(ws, zone, key, parts, at, related=related),
                self._show,
            )

    def show_indicator(self, key: str) -> None:
        """Show another indicator's figures."""
        place = self.indicator.findData(key)
        if place >= 0 and key != self.key:
            self.indicator.setCurrentIndex(place)
            self.reload()

    def _show(self, data: TrendContent) -> None:
        self.data = data
        label = ZONE_INDICATORS[data.indicator].label
        trend = trend_of(data, self.parts.current)
        self.chart.set_trend(label, trend.unit, trend.points, trend.targets)
        title = f"{data.zone} · {label}" + (f"（{trend.unit}）" if trend.unit else "")
        if not any(point.used is not None for point in trend.points):
            title += self.tr("：没有数据，请导入，或在“数据”中录入。")
        elif any(None not in (point.computed, point.official) for point in trend.points):
            title += self.tr("。两种数都有时，把鼠标停在点上可看来源。")
        self.said.setText(title)
        self._show_periods(data)
        self._show_targets(data.progress)

    def _show_periods(self, data: TrendContent) -> None:
        held = {period.part: period for period in (*data.periods, data.at, Period(data.at.year))}
        choices = [Choice(p.part or WHOLE, p.label) for p in sorted(held.values())]
        self.period_picker.set_choices(choices, self._part or WHOLE)

    def _period_picked(self, value: object) -> None:
        self._part = "" if value == WHOLE else str(value)
        self.reload()

    # -- targets -----------------------------------------------------------------

    def _show_targets(self, progress: Sequence[TargetProgress]) -> None:
        chosen = self.table.selected_id()
        self._filling = True
        self.table.set_table(targets_table(progress, partial=self.at.months < 12))
        if not self.table.select_id(chosen):
            self._target_selected(None)
        self._filling = False
        self.add_button.setEnabled(not self.page.session.read_only)

    def _progress(self, row: Any) -> TargetProgress | None:
        if self.data is None or not isinstance(row, int) or row >= len(self.data.progress):
            return None
        return self.data.progress[row]

    def _target_selected(self, row: Any) -> None:
        found = self._progress(row)
        own = found is not None and found.target.own and found.target.id is not None
        self.remove_button.setEnabled(own and not self.page.session.read_only)
        if found is None:
            self.quote.setText(self.tr("选一行可看目标的原文和出处，并在图上看它的指标。"))
            return
        target = found.target
        quote = f"“{target.quote}”" if target.quote else ""
        said = (target.document, target.place, quote, target.note, found.reason)
        self.quote.setText("　".join(filter(None, said)) or self.tr("没有写依据文件。"))
        if target.indicator in ZONE_INDICATORS and not self._filling:
            self.show_indicator(target.indicator)

    def ask_target(self) -> Mapping[str, str] | None:
        """Let the user type in a target; a test answers instead."""
        dialog = TargetDialog(self.key, self.at.year, self.window())
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        given = dialog.values() if agreed else None
        dialog.deleteLater()
        return given

    def add_target(self) -> None:
        """Enter a target of the office's own for the zone."""
        zone = self.page.zone
        given = self.ask_target() if zone is not None else None
        if zone is None or given is None:
            return
        self.change(
            lambda ws, _progress: store_target(ws, zone, given),
            self.tr("正在保存目标"),
            self.tr("已保存{zone}的目标，可在操作记录中撤销。").format(zone=zone),
        )

    def remove_target(self) -> None:
        """Remove the chosen target; it can be undone like every change."""
        found = self._progress(self.table.selected_id())
        number = found.target.id if found is not None else None
        if found is None or number is None:
            return

        def work(ws: Any, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.remove_target(ws, number)

        self.change(
            work,
            self.tr("正在删除目标"),
            self.tr("已删除目标“{label}”，可在操作记录中撤销。").format(label=found.target.label),
        )
