"""The two cards at the foot of 总览: scores with the line, and stars with the exit."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zoneeval.model.fields import unit_of
from zoneeval_ui.pages.overview.content import ExitView, OverviewContent
from zoneeval_ui.pages.overview.ledger import LedgerView
from zoneeval_ui.pages.overview.standing import StarView
from zoneeval_ui.tables import Column, DataTable, TableData
from zoneeval_ui.theme import TextSize, Tone, current_theme, sized
from zoneeval_ui.widgets import (
    Badge,
    Card,
    IndicatorBars,
    ScoreHistogram,
    Section,
    make_label,
)


class ScoresCard(Card):
    """How the scores are spread, and who is nearest to the line of the lowest class."""

    enterprise_asked = Signal(str)
    chart_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("scoresCard")
        theme = current_theme()
        self._spread = Section(self.tr("综合得分分布"), self, line=False)
        self._histogram = ScoreHistogram(self)
        self._histogram.setFixedHeight(theme.px(140))
        self._histogram.bar_clicked.connect(lambda _low, _high: self.chart_asked.emit())
        self._spread_note = make_label("", "caption", self, wrap=True)
        self._spread_note.setObjectName("spreadNote")
        self._spread.add(self._histogram)
        self._spread.add(self._spread_note)
        self._near = Section("", self)
        self._near_title = make_label("", "strong", self)
        self._near_note = make_label("", "caption", self, wrap=True)
        self._near.add(self._near_title)
        self._near.add(self._near_note)
        self._table = DataTable("nearLine", self)
        self._table.setAccessibleName(self.tr("离分类线最近的企业"))
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.row_activated.connect(lambda uscc: self.enterprise_asked.emit(uscc))
        self._table.cell_clicked.connect(lambda uscc, _key: self.enterprise_asked.emit(uscc))
        self._waiting = make_label("", "sentence", self, wrap=True)
        self._waiting.setObjectName("scoresWaiting")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setMinimumHeight(theme.px(160))
        self.add(self._spread)
        self.add(self._near)
        self.add(self._table)
        self.add(self._waiting, 1)
        self.body.addStretch(0)

    @property
    def table(self) -> DataTable:
        """Return the table of those nearest to the line."""
        return self._table

    def set_content(self, content: OverviewContent) -> None:
        """Show scores and table, or say what has to come first."""
        bars = content.spread.bars
        for widget in (self._spread, self._near, self._table):
            widget.setVisible(bool(bars))
        self._waiting.setVisible(not bars)
        self._waiting.setText(
            self.tr("评价之后，这里显示得分分布和分类线附近的企业。")
            if content.next_step.page == "evaluation"
            else self.tr("导入数据并评价之后，这里显示得分分布和分类线附近的企业。")
        )
        self._histogram.set_data(bars, content.spread.cuts)
        self._spread_note.setText(content.spread.note)
        self._spread_note.setVisible(bool(content.spread.note))
        self._show_near(content)

    def _show_near(self, content: OverviewContent) -> None:
        near = content.near
        letter = content.near_letter
        self._near_title.setText(
            self.tr("距 {grade} 类线最近的企业").format(grade=letter)
            if near
            else self.tr("这次评价没有划分类线")
        )
        key = near[0].key if near else ""
        label = near[0].key_label if near else ""
        self._near_note.setVisible(bool(near))
        self._near_note.setText(
            self.tr("按“{key}”划线：0 是划线的那一户，正数好于它，负数差于它。").format(key=label)
        )
        columns = (
            Column("name", self.tr("企业"), width=18),
            Column("grade", self.tr("类别"), kind="grade"),
            Column("composite", self.tr("综合得分"), kind="number", decimals=2),
            Column("distance", self.tr("距线"), unit_of(key), kind="number", decimals=2),
            Column("drag", self.tr("主要拖累"), width=8),
            Column("zone", self.tr("园区"), width=10),
        )
        self._table.set_table(
            TableData(
                columns,
                {column.key: [getattr(row, column.key) for row in near] for column in columns},
                ids=[row.uscc for row in near],
            )
        )
        if not QSettings().contains("tables/nearLine/hidden"):
            self._table.set_hidden_columns(["zone"], remember=False)
        theme = current_theme()
        rows = self._table.verticalHeader().defaultSectionSize() * len(near)
        self._table.setFixedHeight(rows + theme.px(34 + 12))
        self._table.setVisible(bool(near))


class SideCard(Card):
    """Where the zones stand on the ladder, and what is to leave."""

    page_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("sideCard")
        self.setMinimumWidth(current_theme().px(300))
        self._content = QWidget(self)
        self.add(self._content)
        self.body.addStretch(1)

    def set_content(self, content: OverviewContent) -> None:
        """Show stars and exit."""
        fresh = QWidget(self)
        layout = QVBoxLayout(fresh)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stars(content))
        if content.exit is not None or content.ledger is not None:
            layout.addWidget(self._exit(content.exit, content.ledger))
        self.body.replaceWidget(self._content, fresh)
        self._content.hide()
        self._content.deleteLater()
        self._content = fresh
        fresh.show()

    def _stars(self, content: OverviewContent) -> Section:
        section = Section("", self, line=False)
        head = QHBoxLayout()
        head.addWidget(make_label(self.tr("园区星级"), "strong", self))
        head.addStretch(1)
        head.addWidget(self._link("overviewStars", self.tr("查看园区星级"), "stars"))
        section.body.addLayout(head)
        if not content.stars:
            text = self.tr("还没有园区数据。导入企业或园区指标后显示。")
            section.add(make_label(text, "secondary", self, wrap=True))
            return section
        if content.stars_note:
            note = Badge(content.stars_note, Tone.UNCERTAIN, self, pill=True)
            note.setObjectName("starsNote")
            section.add(note)
        for view in content.stars:
            self._add_zone(section, view)
        return section

    def _add_zone(self, section: Section, view: StarView) -> None:
        theme = current_theme()
        section.body.addSpacing(theme.px(6))
        section.add(make_label(view.zone, "", self, wrap=True))
        stars = QLabel(view.stars, self)
        stars.setFont(sized(self.font(), TextSize.DETAIL))
        stars.setAccessibleName(view.verdict)
        tone = None if view.decidable else Tone.UNCERTAIN
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if view.decidable:
            row.addWidget(stars)
        else:
            stars.hide()
        row.addWidget(make_label(view.verdict, "secondary", self, tone=tone, wrap=True), 1)
        section.body.addLayout(row)
        section.add(make_label(view.unmet, "caption", self, wrap=True))
        if view.bars:
            bars = IndicatorBars(view.bars, self)
            bars.indicator_clicked.connect(lambda _key: self.page_asked.emit("stars"))
            section.add(bars)

    def _exit(self, view: ExitView | None, ledger: LedgerView | None) -> Section:
        section = Section("", self)
        head = QHBoxLayout()
        title = self.tr("退出转型")
        if view is not None:
            title = self.tr("{grade} 类退出转型").format(grade=view.letter)
        head.addWidget(make_label(title, "strong", self))
        head.addStretch(1)
        head.addWidget(self._link("overviewExit", self.tr("查看退出转型"), "exits"))
        section.body.addLayout(head)
        if ledger is not None:
            words = make_label(ledger.words, "", self, wrap=True)
            words.setObjectName("overviewLedger")
            section.add(words)
        if view is not None:
            text = self.tr("本年 {grade} 类 {n} 户").format(grade=view.letter, n=view.count)
            if view.land is not None:
                text += self.tr("，用地 {land:,.0f} 亩").format(land=view.land)
            if view.without_land:
                text += self.tr("（{n} 户缺用地面积）").format(n=view.without_land)
            section.add(make_label(text, "secondary" if ledger else "", self, wrap=True))
        return section

    def _link(self, name: str, text: str, page: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "link")
        button.clicked.connect(lambda: self.page_asked.emit(page))
        return button
