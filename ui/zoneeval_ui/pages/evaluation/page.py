"""The page 综合评价."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QSplitter

from zoneeval.errors import UserError
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.evaluation.content import EvaluationContent, read_evaluation
from zoneeval_ui.pages.evaluation.detail import ReasonsPane
from zoneeval_ui.pages.evaluation.notes import NotesBar
from zoneeval_ui.pages.evaluation.notice import NoticeOffice
from zoneeval_ui.pages.evaluation.reasons import Reasons, read_reasons
from zoneeval_ui.pages.evaluation.table import chips_of, mask_of, table_of
from zoneeval_ui.pages.evaluation.ways import Ways, read_ways
from zoneeval_ui.pages.exporting import ExportedNote
from zoneeval_ui.pages.wording import local_time
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo
    from zoneeval_ui.jobs import Job
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

WAYS_WAIT_MS = 150
"""How long a row must stay selected before changes of it are tried."""


class EvaluationPage(WorkspacePage):
    """Run the evaluation for the context and show every class with its reasons."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("evaluation", self.tr("综合评价"), window, session)
        theme = current_theme()
        self.content: EvaluationContent | None = None
        self._wanted: int | None = None
        self._reasons_stale = True
        self._selected_uscc: str | None = None
        self._ways_job: Job | None = None
        self._ways_timer = QTimer(self)
        self._ways_timer.setSingleShot(True)
        self._ways_timer.setInterval(WAYS_WAIT_MS)
        self._ways_timer.timeout.connect(self._ask_ways)
        self.whatif_button = self.header.add_button("evaluationWhatIf", self.tr("假设分析…"))
        self.whatif_button.clicked.connect(self.open_whatif)
        self.certainty_button = self.header.add_button("evaluationCertainty", self.tr("稳健性…"))
        self.certainty_button.clicked.connect(self.open_certainty)
        self.compare_button = self.header.add_button("evaluationCompare", self.tr("与上次比较…"))
        self.compare_button.clicked.connect(self.open_comparison)
        self.notices_button = self.header.add_button("evaluationNotices", self.tr("告知书…"))
        self.notices_button.setAccessibleName(self.tr("导出告知书"))
        self.notices_button.clicked.connect(self.open_notices)
        self.lists_button = self.header.add_button("evaluationLists", self.tr("导出名单…"))
        self.lists_button.clicked.connect(lambda: window.go_to("lists"))
        self.run_button = self.header.add_button("evaluationRun", self.tr("开始评价"), primary=True)
        self.run_button.clicked.connect(self.run_evaluation)
        self.chips = ChipBar("evaluationChips", remember=True)
        self.chips.changed.connect(lambda _key: self._chip_chosen())
        self.notes = NotesBar()
        self.table = DataTable("evaluationTable")
        self.table.setAccessibleName(self.tr("评价结果"))
        self.table.set_empty_text(self.tr("这一类没有企业"))
        self.table.row_selected.connect(self._selected)
        self.pane = ReasonsPane()
        self.pane.enterprise_requested.connect(self._show_enterprise)
        self.pane.years_requested.connect(self._show_years)
        self.exported = ExportedNote()
        self.office = NoticeOffice(window, session, self.exported)
        self.pane.office = self.office
        card = Card(flush=True)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("evaluationSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(760), theme.px(390)])
        self.body_layout.addWidget(self.chips)
        self.body_layout.addWidget(self.notes)
        self.body_layout.addWidget(self.exported)
        self.body_layout.addWidget(splitter, 1)

    # -- loading -----------------------------------------------------------------

    def refresh(self) -> None:
        """Take the buttons away until there is something to do, then load."""
        self.run_button.setEnabled(False)
        self._enable_answers(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for the newest run of the context."""
        year, zone, policy = self.context.year, self.context.zone or None, self.context.policy
        if not policy:
            return
        self.ask(lambda ws, _progress: read_evaluation(ws, year, zone, policy), self.show_content)

    def show_content(self, content: EvaluationContent) -> None:
        """Show the newest run, or what to do first."""
        self.content = content
        self.office.run_id = content.info.id if content.info is not None else None
        self.run_button.setEnabled(content.enterprises > 0 and not self.session.read_only)
        self._enable_answers(content.run is not None)
        self.run_button.setText(
            self.tr("重新评价") if content.run is not None else self.tr("开始评价")
        )
        self.run_button.setAccessibleName(self.run_button.text())
        self.header.set_sentence(self._sentence(content))
        if content.enterprises == 0:
            self.show_empty(
                self.tr("还没有可以评价的数据"),
                self.tr("请先导入各部门的表格，再进行评价。"),
                self.tr("去导入"),
                lambda: self.window_shell.go_to("import"),
            )
            return
        if content.run is None:
            self.show_empty(
                self.tr("{year} 年度还没有按这个办法评价").format(year=content.year),
                self.tr(
                    "已有 {n} 家企业的数据。评价会算出每家的得分、排名和类别，并保存为一次记录。"
                ).format(n=content.enterprises),
                self.tr("开始评价"),
                self.run_evaluation,
            )
            return
        self.notes.show_notes(content)
        self.chips.set_chips(chips_of(content))
        self.table.set_table(table_of(content))
        self._filter()
        self.show_ready()
        self._reasons_stale = True
        self._select_shown()

    def _sentence(self, content: EvaluationContent) -> str:
        info = content.info
        if info is None:
            return (
                self.tr("下一步：评价。") if content.enterprises else self.tr("下一步：导入数据。")
            )
        text = self.tr("第 {n} 次评价 · {count} 户参评 · 数据第 {version} 版 · {time}").format(
            n=info.id,
            count=sum(1 for i in content.rows if self._evaluated(i)),
            version=info.dataset_version,
            time=local_time(info.created_at),
        )
        if content.is_stale:
            text += self.tr(" · 之后又导入了新数据，请重新评价")
        elif content.policy_changed:
            text += self.tr(" · 办法之后有了新的一版，请重新评价")
        return text

    def _evaluated(self, row: int) -> bool:
        assert self.content is not None
        assert self.content.run is not None
        return str(self.content.run.evaluation.participation[row]) == "evaluated"

    def _filter(self) -> None:
        if self.content is not None:
            self.table.table_model.set_filter(mask_of(self.content, self.chips.current))

    def _enable_answers(self, on: bool) -> None:
        for button in (
            self.whatif_button,
            self.certainty_button,
            self.compare_button,
            self.notices_button,
            self.lists_button,
        ):
            button.setEnabled(on)

    # -- what the user does --------------------------------------------------------

    def _chip_chosen(self) -> None:
        self._filter()
        self._select_shown()

    def run_evaluation(self) -> None:
        """Evaluate the context in a job with progress and cancel."""
        year, zone, policy = self.context.year, self.context.zone or None, self.context.policy
        if year is None or not policy:
            return

        def work(workspace: Workspace, progress: Progress) -> Any:
            from zoneeval_db import operations

            run = operations.evaluate(
                workspace, year=year, policy_ref=policy, zone=zone, progress=progress
            )
            return run.info

        self.run_button.setEnabled(False)
        self._stop_ways()
        self.session.change(
            work,
            lambda _info: None,
            title=self.tr("正在评价 {year} 年度的企业").format(year=year),
            on_failure=self._failed,
            on_cancelled=lambda: self.run_button.setEnabled(True),
        )

    def _failed(self, error: BaseException) -> None:
        self.run_button.setEnabled(True)
        if isinstance(error, UserError):
            self.window_shell.show_failure(error, self.tr("评价"))

    def select_enterprise(self, uscc: str) -> None:
        """Select an enterprise by its credit code, whatever chip is chosen."""
        self._selected_uscc = uscc
        row = self._row_of(uscc)
        if row is not None and self.table.table_model.row_of_id(row) < 0:
            self.chips.choose("all")
            self._filter()
        if self.content is not None and self.content.run is not None:
            self._select_shown()

    def _row_of(self, uscc: str | None) -> int | None:
        if self.content is None or self.content.run is None or uscc is None:
            return None
        row = self.content.run.evaluation.row_of(uscc)
        return row if row in self.content.rows else None

    def _select_shown(self) -> None:
        """Select what was selected before where it is shown, else the first row."""
        row = self._row_of(self._selected_uscc)
        model = self.table.table_model
        if row is None or model.row_of_id(row) < 0:
            row = int(model.id_at(0)) if model.rowCount() else None
        if row is None:
            self.table.clearSelection()
        else:
            self.table.select_id(row)
        if row != self._wanted or self._reasons_stale:
            self._selected(row)

    def _selected(self, row: int | None) -> None:
        content = self.content
        self._stop_ways()
        if row is None or content is None or content.run is None:
            self._wanted = None
            self.pane.show_hint()
            return
        run = content.run
        self._reasons_stale = False
        self._wanted = row
        self._selected_uscc = run.evaluation.uscc[row]
        self.session.read(
            lambda ws, _progress: read_reasons(ws, run, row),
            lambda reasons: self._arrived(content, reasons),
            title=self.tr("正在读取评价理由"),
        )

    def _arrived(self, content: EvaluationContent, reasons: Reasons) -> None:
        if content is self.content and reasons.row == self._wanted:
            self.pane.show_reasons(reasons)
            self._ways_timer.start()

    def _stop_ways(self) -> None:
        self._ways_timer.stop()
        if self._ways_job is not None:
            self._ways_job.cancel()
            self._ways_job = None

    def hideEvent(self, event: QHideEvent) -> None:
        """Try nothing for a page that is not seen."""
        self._stop_ways()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Try what was not tried while the page was hidden."""
        super().showEvent(event)
        self._resume_ways()

    def _resume_ways(self) -> None:
        if self.pane.reasons is not None and self.pane.ways is None:
            self._ways_timer.start()

    def _ask_ways(self) -> None:
        """Try what would move the selected enterprise, once the row is left selected."""
        content, row = self.content, self._wanted
        if content is None or content.run is None or row is None or not self.isVisible():
            return
        run, earlier = content.run, content.earlier[content.rows.index(row)]
        job = self.session.read(
            lambda ws, progress: read_ways(ws, run, row, earlier, progress),
            lambda ways: self._ways_arrived(content, ways),
            title=self.tr("正在试算怎样改变类别"),
            on_failure=lambda _error: None,
        )
        self._ways_job = None if job.is_over else job

    def _ways_arrived(self, content: EvaluationContent, ways: Ways) -> None:
        self._ways_job = None
        if content is self.content and ways.row == self._wanted:
            self.pane.show_ways(ways)

    def open_whatif(self) -> QDialog | None:
        """Open the window where settings are turned and moves are shown."""
        from zoneeval_ui.pages.evaluation.whatif import WhatIfDialog

        return self._open(WhatIfDialog)

    def open_certainty(self) -> QDialog | None:
        """Open the window that tries how certain the classes are."""
        from zoneeval_ui.pages.evaluation.certainty import RobustnessDialog

        return self._open(RobustnessDialog)

    def open_comparison(self) -> QDialog | None:
        """Open the window that compares this run with another."""
        from zoneeval_ui.pages.evaluation.comparing import ComparisonDialog

        return self._open(ComparisonDialog)

    def open_notices(self) -> QDialog | None:
        """Open the window that writes the notices to many enterprises."""
        from zoneeval_ui.pages.evaluation.notices import NoticesDialog

        return self._open(NoticesDialog)

    def _open(self, kind: Callable[[WorkspacePage, RunInfo], QDialog]) -> QDialog | None:
        info = self.content.info if self.content is not None else None
        if info is None:
            return None
        self._stop_ways()
        dialog = kind(self, info)
        dialog.finished.connect(lambda _code: self._resume_ways())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _show_years(self, uscc: str) -> None:
        from zoneeval_ui.pages.enterprises.years import open_years

        open_years(self.window_shell, self.session, uscc)

    def _show_enterprise(self, uscc: str) -> None:
        page = self.window_shell.go_to("enterprises")
        select = getattr(page, "select_enterprise", None)
        if select is not None:
            select(uscc)
