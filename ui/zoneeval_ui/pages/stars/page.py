"""The page 园区星级."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zoneeval.model.standing import LEVEL_WORDS, ZoneStanding
from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.ladder_choice import chosen_ladder, remember_ladder
from zoneeval_ui.pages.stars.content import StarsContent, read_stars
from zoneeval_ui.pages.stars.detail import StarsPane
from zoneeval_ui.pages.stars.entry import Entry, EntryDialog
from zoneeval_ui.pages.stars.standing import aim_of, ladder_rows, value_words
from zoneeval_ui.pages.stars.tables import figures_table, zones_table
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, Chip, ChipBar, LadderChart, make_label

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.workspace import Workspace
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

ZONE_ROWS = 6


class StarsPage(WorkspacePage):
    """Each zone on the chosen ladder, and the distance of one to its next star."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("stars", self.tr("园区星级"), window, session)
        self.content: StarsContent | None = None
        self._zone: str | None = None
        self.enter_button = self.header.add_button("starsEnter", self.tr("录入官方数据…"))
        self.enter_button.clicked.connect(self.enter)
        self.export_button = self.header.add_button(
            "starsExport", self.tr("导出星级情况…"), primary=True
        )
        self.export_button.clicked.connect(self.export)
        self.note = exporting.ExportedNote()
        self.ladder = ContextPicker("starsLadder", self.tr("阶梯"))
        self.ladder.picked.connect(self._ladder_chosen)
        self.certainty = Badge(pill=True)
        self.certainty.setObjectName("starsCertainty")
        self.pane = StarsPane()
        self._arrange()

    def _arrange(self) -> None:
        theme = current_theme()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.ladder)
        row.addWidget(self.certainty)
        row.addStretch(1)
        self.table = DataTable("starsTable")
        self.table.setAccessibleName(self.tr("各园区星级"))
        self.table.row_selected.connect(self._selected)
        self.chips = ChipBar("starsView", remember=True)
        self.chips.set_chips(
            [Chip("gap", self.tr("离各星级的距离")), Chip("figures", self.tr("指标数值与来源"))]
        )
        self.chips.changed.connect(self._view_changed)
        self.chart = LadderChart()
        self.chart.threshold_clicked.connect(self._ask_clause)
        self.clause = make_label("", "secondary", wrap=True)
        self.clause.setObjectName("starsClause")
        self.figures = DataTable("starsFigures")
        self.figures.setAccessibleName(self.tr("园区指标"))
        self.views = QStackedWidget()
        self.views.setObjectName("starsViews")
        self.views.addWidget(_scrolled(self.chart))
        self.views.addWidget(self.figures)
        self._caption = make_label("", "strong")
        below = QWidget()
        below_layout = QVBoxLayout(below)
        below_layout.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        below_layout.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.addWidget(self._caption)
        top.addStretch(1)
        top.addWidget(self.chips)
        below_layout.addLayout(top)
        below_layout.addWidget(self.views, 1)
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
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(splitter, 1)
        self._view_changed(self.chips.current)

    # -- loading -----------------------------------------------------------------

    def refresh(self) -> None:
        """Take the buttons away until there is something to do, then load."""
        self.export_button.setEnabled(False)
        self.enter_button.setEnabled(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for every zone's standing on the chosen ladder."""
        year, zone = self.context.year, self.context.zone or None
        ladder = chosen_ladder(QSettings())
        self.ask(lambda ws, _progress: read_stars(ws, year, zone, ladder), self.show_content)

    def show_content(self, content: StarsContent) -> None:
        """Show the zones, or what to do first."""
        self.content = content
        self.enter_button.setEnabled(True)
        report = content.report
        self.export_button.setEnabled(report is not None and bool(report.standings))
        self._show_ladders(content)
        if report is None or not report.standings:
            self.header.set_sentence(self.tr("下一步：导入数据，或录入园区的官方数据。"))
            self.show_empty(
                self.tr("还没有园区的数据"),
                self.tr("导入部门表格后，园区指标由企业数据汇总；也可以直接录入官方数值。"),
                self.tr("去导入"),
                lambda: self.window_shell.go_to("import"),
            )
            return
        self.header.set_sentence(self._sentence(content))
        self.table.set_table(zones_table(report))
        self._fit_table(len(report.standings))
        self.show_ready()
        zones = [standing.zone for standing in report.standings]
        wanted = next((z for z in (content.zone, self._zone) if z in zones), zones[0])
        self.table.select_id(wanted)
        self._selected(wanted)

    def _show_ladders(self, content: StarsContent) -> None:
        entry = content.ladder
        choices = [Choice(e.id, e.title, e.status.label) for e in content.ladders]
        self.ladder.set_choices(choices, content.ladder_id)
        self.certainty.setVisible(not entry.is_certain)
        self.certainty.set(entry.status.label, Tone.UNCERTAIN)
        self.certainty.setToolTip(entry.note)

    def _sentence(self, content: StarsContent) -> str:
        entry = content.ladder
        text = self.tr("{year} 年度 {n} 个园区").format(
            year=content.year, n=len(content.report.standings) if content.report else 0
        )
        if entry.status == "illustrative":
            return text + self.tr("；门槛为示意数值，不是官方标准，结果不能用于申报。")
        if content.unknown_cells:
            return text + self.tr("；{n} 项门槛没有见到公布的数值，星级只能给出范围。").format(
                n=content.unknown_cells
            )
        return text + self.tr("。下一步：核对指标后导出。")

    def _fit_table(self, rows: int) -> None:
        header = self.table.horizontalHeader().sizeHint().height()
        row = self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + min(rows, ZONE_ROWS) * row + bar + 2)

    # -- what the user does --------------------------------------------------------

    def _ladder_chosen(self, ladder_id: object) -> None:
        remember_ladder(QSettings(), str(ladder_id))
        self.window_shell.mark_stale(("stars", "lists"))

    def _view_changed(self, key: str) -> None:
        self.views.setCurrentIndex(1 if key == "figures" else 0)
        self.clause.setVisible(key != "figures")

    def _standing(self, zone: str | None) -> ZoneStanding | None:
        report = self.content.report if self.content else None
        return next((s for s in report.standings if s.zone == zone), None) if report else None

    def _selected(self, zone: str | None) -> None:
        standing = self._standing(zone)
        if standing is None or self.content is None or self.content.report is None:
            self.pane.show_hint()
            return
        self._zone = standing.zone
        report = self.content.report
        levels = report.ladder.levels
        self._caption.setText(standing.zone)
        self.clause.setText(self.tr("点门槛的数字可看它的依据。"))
        self.chart.set_ladder(ladder_rows(standing, aim_of(standing, levels)), LEVEL_WORDS[:levels])
        self.figures.set_table(figures_table(report.figures[standing.zone]))
        self.pane.show_standing(
            standing,
            levels,
            report.warnings,
            illustrative=self.content.ladder.status == "illustrative",
        )

    def _ask_clause(self, key: str, level: int) -> None:
        standing = self._standing(self._zone)
        if standing is None:
            return
        criterion = next(c for c in standing.criteria if c.key == key)
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

    def ask_entry(self, zone: str, year: int) -> Entry | None:
        """Let the user type in an official figure or star."""
        zones = self.content.zones if self.content else ()
        dialog = EntryDialog(zones, zone, year, self.window())
        return dialog.entry() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def enter(self) -> None:
        """Store what the user types in, in a job."""
        zones = self.content.zones if self.content else ()
        zone = self._zone or (zones[0] if zones else "")
        entry = self.ask_entry(zone, self.context.year or date.today().year - 1)
        if entry is None:
            return
        self.session.change(
            lambda ws, _progress: entry.store(ws),
            lambda _done: self._entered(entry),
            title=self.tr("正在保存录入的数据"),
        )

    def _entered(self, entry: Entry) -> None:
        self._zone = entry.zone
        text = self.tr("已保存“{zone}”{year} 年的官方数据，可在操作记录中撤销。").format(
            zone=entry.zone, year=entry.year
        )
        self.banner.show_message(text, tone=Tone.A)

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self, title, suggested)

    def export(self) -> None:
        """Ask for a name and write the star workbook in a job."""
        content = self.content
        if content is None or content.report is None:
            return
        year, ladder = content.report.year, content.ladder_id
        folder = exporting.export_folder(self.session.path)
        path = self.ask_file(self.tr("导出星级情况"), folder / f"{year}年度园区星级.xlsx")
        if path is None:
            return

        def work(workspace: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_stars(workspace, path, year, ladder)

        self.session.read(
            work, self.note.show_files, title=self.tr("正在导出“{name}”").format(name=path.name)
        )


def _scrolled(widget: QWidget) -> QScrollArea:
    holder = QWidget()
    holder.setObjectName("scrollBody")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder)
    return area
