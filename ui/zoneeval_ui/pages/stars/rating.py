"""The segment 星级: the zones on the ladder, and the distance of one to its next star."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from zoneeval.model.standing import LEVEL_WORDS, ZoneStanding
from zoneeval_ui.pages.stars.content import StarsContent
from zoneeval_ui.pages.stars.detail import StarsPane
from zoneeval_ui.pages.stars.points import item_bars, score_words
from zoneeval_ui.pages.stars.ranking import Records, ranking_table, read_records
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.pages.stars.standing import aim_of, ladder_rows, value_words
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, IndicatorBars, LadderChart, make_label

if TYPE_CHECKING:
    from zoneeval_ui.pages.stars.page import StarsPage

ZONE_ROWS = 6


class RatingSegment(Segment):
    """Each zone on the chosen ladder, and what one still needs."""

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page, "starsRating", page.tr("星级"))
        self.content: StarsContent | None = None
        self.records = Records()
        theme = current_theme()
        self.pane = StarsPane()
        self.table = DataTable("starsTable")
        self.table.setAccessibleName(self.tr("各园区星级"))
        self.table.row_selected.connect(self._selected)
        self.chart = LadderChart()
        self.chart.threshold_clicked.connect(self._ask_clause)
        self.score = make_label("", "", wrap=True)
        self.score.setObjectName("starsScore")
        self.bars = IndicatorBars()
        self.bars.setObjectName("starsItems")
        self.bars.indicator_clicked.connect(self._ask_item)
        self.clause = make_label("", "secondary", wrap=True)
        self.clause.setObjectName("starsClause")
        self._caption = make_label("", "strong")
        below = QWidget()
        below_layout = QVBoxLayout(below)
        below_layout.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        below_layout.setSpacing(theme.px(8))
        below_layout.addWidget(self._caption)
        below_layout.addWidget(self.score)
        below_layout.addWidget(_scrolled(self.chart, self.bars), 1)
        below_layout.addWidget(self.clause)
        card = Card(flush=True)
        card.add(self.table)
        card.add(below, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("starsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(790), theme.px(360)])
        self.rows.addWidget(splitter, 1)

    def sentence(self, content: StarsContent) -> str:
        """Say how many zones there are and how certain the ladder is."""
        entry = content.ladder
        text = self.tr("{year} 年度 {n} 个园区").format(
            year=content.year, n=len(content.report.standings) if content.report else 0
        )
        if entry.status == "illustrative":
            return text + self.tr("；门槛为示意数值，不是官方标准，结果不能用于申报。")
        if entry.is_draft:
            return text + self.tr("；阶梯是尚未确认的草稿，结果只供参考。")
        if content.unknown_cells:
            return text + self.tr("；{n} 项门槛没有见到公布的数值，星级只能给出范围。").format(
                n=content.unknown_cells
            )
        return text + self.tr("。下一步：核对指标后导出。")

    def show_content(self, content: StarsContent) -> None:
        """Show the zones, and the one that the page is about."""
        self.content = content
        report = content.report
        if report is None or not report.standings:
            return
        year = report.year
        self.ask(lambda ws, _progress: read_records(ws, year), self._show_records)

    def _show_records(self, records: Records) -> None:
        report = self.content.report if self.content is not None else None
        if report is None or not report.standings:
            return
        self.records = records
        wanted = self.page.zone
        self.table.set_table(ranking_table(report, records))
        self._fit_table(len(report.standings))
        zones = [standing.zone for standing in report.standings]
        zone = wanted if wanted in zones else zones[0]
        self.table.select_id(zone)
        self._selected(zone)

    def _fit_table(self, rows: int) -> None:
        header = self.table.horizontalHeader().sizeHint().height()
        row = self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + min(rows, ZONE_ROWS) * row + bar + 2)

    def _standing(self, zone: str | None) -> ZoneStanding | None:
        report = self.content.report if self.content else None
        return next((s for s in report.standings if s.zone == zone), None) if report else None

    def _selected(self, zone: str | None) -> None:
        standing = self._standing(zone)
        if standing is None or self.content is None or self.content.report is None:
            self.pane.show_hint()
            return
        self.page.zone = standing.zone
        report = self.content.report
        levels = report.ladder.levels
        self._caption.setText(standing.zone)
        hint = self.tr("点门槛的数字或得分项可看它的依据。")
        self.clause.setText(hint if standing.criteria or standing.items else "")
        self.chart.set_ladder(ladder_rows(standing, aim_of(standing, levels)), LEVEL_WORDS[:levels])
        self.chart.setVisible(bool(standing.criteria))
        self.bars.set_bars(item_bars(standing))
        self.bars.setVisible(bool(standing.items))
        words = score_words(standing)
        self.score.setText(words)
        self.score.setVisible(bool(words))
        self.pane.show_standing(
            standing,
            levels,
            report.warnings,
            illustrative=self.content.ladder.status == "illustrative",
            history=self.records.histories.get(standing.zone),
            rewards=self.records.rewards.get(standing.zone, ()),
        )

    def _ask_clause(self, key: str, level: int) -> None:
        standing = self._standing(self.page.zone)
        if standing is None:
            return
        criterion = next(
            c for c in standing.criteria if c.key == key and c.thresholds[level] is not None
        )
        cell = criterion.thresholds[level]
        words = self.tr("未知") if isinstance(cell, str) else value_words(criterion, cell)
        self.clause.setText(
            self.tr("{label}，{level} {words}：{clause}").format(
                label=criterion.label,
                level=LEVEL_WORDS[level],
                words=words,
                clause=criterion.clause or self.tr("未注明出处"),
            )
        )

    def _ask_item(self, key: str) -> None:
        standing = self._standing(self.page.zone)
        item = next((i for i in standing.items if i.id == key), None) if standing else None
        if item is not None:
            clause = item.clause or self.tr("未注明出处")
            self.clause.setText(
                self.tr("{label}，满分 {n:g} 分：{clause}").format(
                    label=item.label, n=item.weight, clause=clause
                )
            )


def _scrolled(*widgets: QWidget) -> QScrollArea:
    holder = QWidget()
    holder.setObjectName("scrollBody")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, current_theme().px(10), 0)
    layout.setSpacing(current_theme().px(12))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder)
    return area
