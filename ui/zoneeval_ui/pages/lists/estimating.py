"""The view 测算: what the chosen tariff comes to in a year, by class and by enterprise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zoneeval.errors import UserError
from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.estimate_tables import lines_table, sum_words, totals_table
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label

if TYPE_CHECKING:
    from zoneeval.model.estimate import Estimate
    from zoneeval.progress import Progress
    from zoneeval_db.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment

ALL, UNKNOWN = "all", "unknown"


class EstimateView(QWidget):
    """The sums above, the enterprises below; those whose use is not known apart."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.segment = segment
        self.found: Estimate | None = None
        self.setObjectName("estimateView")
        self.bar: QWidget | None = QWidget(segment)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.export_button = segment.button(
            row, "estimateExport", self.tr("导出测算表…"), self.export
        )
        self.words = make_label("", "strong", wrap=True)
        self.words.setObjectName("estimateSum")
        self.doubts = make_label("", "secondary", tone=Tone.UNCERTAIN, wrap=True)
        self.doubts.setObjectName("estimateDoubts")
        self.totals = DataTable("estimateTotals")
        self.totals.setAccessibleName(self.tr("各类别的全年金额"))
        self.chips = ChipBar("estimateChips")
        self.chips.changed.connect(lambda _key: self._show_lines())
        self.lines = DataTable("estimateLines")
        self.lines.setAccessibleName(self.tr("各企业的全年金额"))
        self.lines.row_activated.connect(segment.page.open_enterprise)
        upper, lower = Card(flush=True), Card(flush=True)
        upper.add(self.totals, 1)
        lower.add(self.lines, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.chips)
        column.addWidget(lower, 1)
        self.tables = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(10))
        splitter.addWidget(upper)
        splitter.addWidget(below)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(150), theme.px(330)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.words)
        layout.addWidget(self.doubts)
        layout.addWidget(splitter, 1)
        self.nothing = QWidget()
        layout.addWidget(self.nothing, 1)

    def show_content(self, content: ListsContent) -> None:
        """Ask for the estimate of the chosen tariff and of the run in force."""
        self.export_button.setEnabled(False)
        if content.info is None or content.tariff is None:
            self._say_why(self.tr("还没有评价，不能测算金额。请先评价。"))
            return
        ref, run_id = content.tariff.ref, content.info.id

        def work(ws: Workspace, _progress: Progress) -> Estimate:
            from zoneeval_db import operations

            return operations.estimate_measures(ws, ref, run_id)

        self.segment.ask(work, self.show_estimate, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._say_why(str(error))
        else:
            self.segment.page.window_shell.show_failure(error)

    def _show_tables(self, *, shown: bool) -> None:
        self.tables.setVisible(shown)
        self.nothing.setVisible(not shown)

    def _say_why(self, words: str) -> None:
        self.found = None
        self._show_tables(shown=False)
        self.words.setText(words)
        self.doubts.hide()
        for table in (self.totals, self.lines):
            table.set_empty_text("")
            table.set_table(TableData((), {}))
        self.chips.set_chips([])

    def show_estimate(self, found: Estimate) -> None:
        """Show the sums and the enterprises."""
        self.found = found
        self._show_tables(shown=True)
        self.export_button.setEnabled(True)
        self.words.setText(sum_words(found))
        self.doubts.setText("\n".join(found.warnings))
        self.doubts.setVisible(bool(found.warnings))
        self.totals.set_empty_text(self.tr("没有企业适用"))
        self.totals.set_table(totals_table(found))
        self.chips.set_chips(
            [
                Chip(ALL, self.tr("各企业"), len(found.lines)),
                Chip(UNKNOWN, self.tr("用量未知，不计入合计"), len(found.unknown)),
            ]
        )
        self._show_lines()

    def _show_lines(self) -> None:
        if self.found is None:
            return
        apart = self.chips.current == UNKNOWN
        self.lines.set_empty_text(
            self.tr("没有用量未知的企业") if apart else self.tr("没有企业适用")
        )
        self.lines.set_table(lines_table(self.found.unknown if apart else self.found.lines))

    def export(self) -> None:
        """Write the estimate as a workbook."""
        content, page = self.segment.content, self.segment.page
        if content is None or content.info is None or content.tariff is None:
            return
        folder = exporting.export_folder(page.session.path)
        name = self.tr("{year}年度差别化政策测算（{id}）.xlsx").format(
            year=content.year, id=content.tariff.ref.replace("@", "-")
        )
        path = page.ask_file(self.tr("导出测算表"), folder / name)
        if path is None:
            return
        ref, run_id = content.tariff.ref, content.info.id

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_estimate(ws, path, ref, run_id)

        page.session.read(
            work,
            page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=path.name),
        )
