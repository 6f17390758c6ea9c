"""The page 公示调整."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter

from zoneeval.model.adjudication import RunStatus
from zoneeval_ui.pages.adjudication.content import AdjudicationContent, read_adjudication
from zoneeval_ui.pages.adjudication.deciding import (
    DecisionDialog,
    ObjectionDialog,
    OverrideDialog,
)
from zoneeval_ui.pages.adjudication.detail import AdjudicationPane
from zoneeval_ui.pages.adjudication.exports import ListExports
from zoneeval_ui.pages.adjudication.holidays import HolidaysDialog
from zoneeval_ui.pages.adjudication.stepping import PublicityDialog, StepDialog, SupersedeDialog
from zoneeval_ui.pages.adjudication.table import (
    ALL,
    OBJECTION,
    chips_of,
    empty_text,
    row_for,
    table_of,
)
from zoneeval_ui.pages.adjudication.wording import next_text, sentence_of, steps_of
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.exporting import ExportedNote
from zoneeval_ui.pages.saving import Saving
from zoneeval_ui.pages.wording import local_time
from zoneeval_ui.shell.context import Choice, Context
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar, StepStrip

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Objection
    from zoneeval.progress import Progress
    from zoneeval_db.operations import RunState
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

CHIPS = "adjudicationChips"


class AdjudicationPage(WorkspacePage):
    """Bring a run from trial to publication; decide objections; change classes by hand."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("adjudication", self.tr("公示调整"), window, session)
        self.content: AdjudicationContent | None = None
        self._picked: int | None = None
        self._selected_id: str | None = None
        self.holidays_button = self.header.add_button("adjudicationHolidays", self.tr("节假日表…"))
        self.holidays_button.clicked.connect(self.open_holidays)
        self.export_button = self.header.add_button("adjudicationExport", self.tr("导出"))
        self.supersede_button = self.header.add_button(
            "adjudicationSupersede", self.tr("重新认定…")
        )
        self.supersede_button.clicked.connect(self.open_supersede)
        self.next_button = self.header.add_button(
            "adjudicationNext", self.tr("开始公示…"), primary=True
        )
        self.next_button.clicked.connect(self.take_next)
        self.saving = Saving(self, undone=lambda: self.show_run(None))
        self._build()
        self._show_buttons(None)

    def _build(self) -> None:
        theme = current_theme()
        self.steps = StepStrip()
        self.steps.setObjectName("adjudicationSteps")
        self.steps.step_clicked.connect(self._step_clicked)
        self.chips = ChipBar(CHIPS, remember=True)
        self.chips.changed.connect(lambda _key: self._show_table())
        self.picker = ContextPicker("adjudicationRun", self.tr("评价"))
        self.picker.picked.connect(self._run_picked)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.picker)
        self.table = DataTable("adjudicationTable")
        self.table.setAccessibleName(self.tr("异议、调整和类别"))
        self.table.row_selected.connect(self._row_selected)
        self.pane = AdjudicationPane()
        self.pane.objection_wanted.connect(self.open_objection)
        self.pane.decision_wanted.connect(self.open_decision)
        self.pane.override_wanted.connect(self.open_override)
        self.pane.removal_wanted.connect(self.remove_override)
        self.pane.reasons_wanted.connect(self._show_reasons)
        self.pane.enterprise_chosen.connect(self.select_enterprise)
        self.note = ExportedNote()
        self.exports = ListExports(self, self.export_button, self.note)
        card = Card(flush=True)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("adjudicationSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(760), theme.px(370)])
        self.body_layout.addWidget(self.note)
        self.body_layout.addWidget(self.steps)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(splitter, 1)

    # -- loading -----------------------------------------------------------------------

    def set_context(self, context: Context) -> None:
        """Forget which run was picked and what was said of another year."""
        if context != self.context:
            self._picked = None
            self.saving.forget()
            self.banner.hide()
            self.note.hide()
        super().set_context(context)

    def refresh(self) -> None:
        """Take the buttons away until there is something to do, then load."""
        self._show_buttons(None)
        super().refresh()

    def load_content(self) -> None:
        """Ask for the run of the context."""
        context, wanted = self.context, self._picked
        self.ask(
            lambda ws, _progress: read_adjudication(
                ws, context.year, context.zone or None, context.policy, wanted
            ),
            self.show_content,
        )

    def show_content(self, content: AdjudicationContent) -> None:
        """Show the run, or what to do first."""
        self.content = content
        self._show_buttons(content.state)
        waiting = sum(o.is_open for o in content.objections)
        self.count_changed.emit(waiting or None)
        self.header.set_sentence(sentence_of(content))
        if content.state is None:
            self._show_nothing(content)
            return
        self.steps.set_steps(steps_of(content.state))
        self._show_runs(content)
        first = not self.chips.current and not QSettings().contains(f"chips/{CHIPS}")
        self.chips.set_chips(chips_of(content))
        if first and not content.objections:
            self.chips.choose(ALL)
        self.show_ready()
        self._show_table()

    def _show_nothing(self, content: AdjudicationContent) -> None:
        data = content.enterprises > 0
        if not data:
            self.header.set_sentence(self.tr("下一步：导入数据。"))
        self.show_empty(
            self.tr("还没有可以公示的评价"),
            self.tr("公示的是评价结果。请先评价，核对后再开始公示。")
            if data
            else self.tr("请先导入各部门的表格并评价。"),
            self.tr("去评价") if data else self.tr("去导入"),
            lambda: self.window_shell.go_to("evaluation" if data else "import"),
        )

    def _show_runs(self, content: AdjudicationContent) -> None:
        assert content.state is not None
        choices = [
            Choice(
                s.info.id,
                self.tr("第 {n} 次 · {status}").format(
                    n=s.info.id, status=s.adjudication.status.label
                ),
                f"{s.info.policy_title} · {local_time(s.info.created_at)}",
            )
            for s in content.states
        ]
        self.picker.set_choices(choices, content.state.info.id)
        self.picker.setVisible(len(choices) > 1)

    def _show_buttons(self, state: RunState | None) -> None:
        there = state is not None
        self.export_button.setEnabled(there)
        self.holidays_button.setEnabled(self.session.path is not None)
        self.next_button.setVisible(there)
        locked = state is not None and state.adjudication.is_locked
        self.supersede_button.setVisible(
            locked and state is not None and state.superseded_by is None
        )
        self.supersede_button.setEnabled(not self.session.read_only)
        if state is not None:
            leads_on = state.replaced_by is not None or state.superseded_by is not None
            ended = state.adjudication.status.following is None
            self.next_button.setEnabled(leads_on or ended or not self.session.read_only)
            self.next_button.setText(next_text(state))
            self.next_button.setAccessibleName(self.next_button.text())

    def _show_table(self) -> None:
        content = self.content
        if content is None or content.state is None:
            return
        wanted = self._selected_id = row_for(content, self.chips.current, self._selected_id)
        self.table.set_empty_text(empty_text(self.chips.current))
        if wanted is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        self.table.set_table(table_of(content, self.chips.current))
        if wanted is not None and not self.table.select_id(wanted):
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        self._show_pane(self.table.selected_id())

    def _row_selected(self, row_id: object) -> None:
        if row_id is not None:
            self._selected_id = str(row_id)
        self._show_pane(row_id)

    def _show_pane(self, row_id: object) -> None:
        content = self.content
        if content is None or content.state is None:
            return
        if row_id is None:
            self.pane.show_course(content)
            return
        text = str(row_id)
        if text.startswith(OBJECTION):
            number = int(text.removeprefix(OBJECTION))
            made = next((o for o in content.objections if o.id == number), None)
            if made is not None:
                self.pane.show_enterprise(content, made.uscc, number)
            return
        self.pane.show_enterprise(content, text)

    # -- choosing ----------------------------------------------------------------------

    def select_enterprise(self, uscc: str) -> None:
        """Select an enterprise by its credit code."""
        self._selected_id = uscc
        if self.state != "ready" or self.content is None:
            return
        if self.table.table_model.row_of_id(uscc) < 0:
            self.chips.choose(ALL)
        self._show_table()

    def show_run(self, run_id: int | None) -> None:
        """Show a run when next loaded (None: the one that the work is about)."""
        self._picked = run_id

    def _run_picked(self, run_id: object) -> None:
        self._picked = run_id if isinstance(run_id, int) else None
        self.banner.hide()
        self.reload()

    def _step_clicked(self, key: str) -> None:
        state = self.content.state if self.content else None
        if state is None or self.content is None:
            return
        following = state.adjudication.status.following
        if self.content.changeable and following is not None and following.value == key:
            self.take_next()
            return
        self._selected_id = None
        self._show_table()

    def _show_reasons(self, uscc: str) -> None:
        page = self.window_shell.go_to("evaluation")
        select = getattr(page, "select_enterprise", None)
        if select is not None:
            select(uscc)

    # -- forms -------------------------------------------------------------------------

    def take_next(self) -> QDialog | None:
        """Open the form of the next step, or go where the work goes on."""
        content = self.content
        if content is None or content.state is None:
            return None
        state = content.state
        other = state.replaced_by or state.superseded_by
        if other is not None:
            self._run_picked(other)
            return None
        following = state.adjudication.status.following
        if following is None:
            self.window_shell.go_to("lists")
            return None
        if following is RunStatus.PUBLICITY:
            return self._open(PublicityDialog(self, content))
        return self._open(StepDialog(self, content, following))

    def open_supersede(self) -> QDialog | None:
        """Open the form by which a published run is replaced."""
        return self._open(SupersedeDialog(self, self.content)) if self.content else None

    def open_objection(self, uscc: str) -> QDialog | None:
        """Open the form of a new objection."""
        return self._open(ObjectionDialog(self, self.content, uscc)) if self.content else None

    def open_decision(self, made: Objection) -> QDialog | None:
        """Open the form that decides an objection."""
        return self._open(DecisionDialog(self, self.content, made)) if self.content else None

    def open_override(self, uscc: str) -> QDialog | None:
        """Open the form of a class by hand."""
        return self._open(OverrideDialog(self, self.content, uscc)) if self.content else None

    def open_holidays(self) -> QDialog | None:
        """Open the table of days off and worked."""
        return self._open(HolidaysDialog(self))

    def _open(self, dialog: QDialog) -> QDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # -- changing ----------------------------------------------------------------------

    def remove_override(self, uscc: str) -> None:
        """Take a class by hand back; that too can be undone."""
        content = self.content
        if content is None or content.state is None:
            return
        run_id, name = content.state.info.id, content.name_of(uscc)

        def remove(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.remove_override(ws, uscc, run_id)

        self.saving.store(
            remove,
            self.tr("正在取消人工调整"),
            lambda _none: self.tr("已取消{name}的人工调整，恢复按办法评出的类别。").format(
                name=name
            ),
        )
