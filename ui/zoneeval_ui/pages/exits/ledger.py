"""The segment 台账: the cases by state, what they freed, and the pane that acts on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QSplitter

from zoneeval.model.exits import CaseState
from zoneeval_ui.pages.exits.case_forms import plan_form, step_form
from zoneeval_ui.pages.exits.closing_forms import (
    cancel_form,
    close_form,
    finish_form,
    reopen_form,
)
from zoneeval_ui.pages.exits.ledger_tables import (
    ALL,
    FREED,
    case_table,
    chips_of,
    empty_text,
    freed_table,
)
from zoneeval_ui.pages.exits.pane import CasePane
from zoneeval_ui.pages.exits.segment import Segment
from zoneeval_ui.pages.exits.trial import open_trial, trial_year
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitStep
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage


class LedgerSegment(Segment):
    """退出转型台账."""

    def __init__(self, page: ExitsPage) -> None:
        super().__init__(page, "exitsLedger", page.tr("台账"))
        theme = current_theme()
        self._selected: int | None = None
        self.chips = ChipBar("exitChips", remember=True)
        self.chips.changed.connect(lambda _key: self._show_table())
        self.add_button = self.button("exitAddCase", self.tr("登记事项…"), page.open_entry)
        self.bar(self.chips, self.add_button)
        self.table = DataTable("exitTable")
        self.table.setAccessibleName(self.tr("退出转型台账"))
        self.table.row_selected.connect(self._row_selected)
        self.freed_table = DataTable("exitFreed")
        self.freed_table.setAccessibleName(self.tr("腾出的土地、用能、排放"))
        self.freed_table.set_empty_text(empty_text(FREED))
        self.freed_table.row_selected.connect(self._freed_selected)
        self.pane = CasePane()
        self.pane.wanted.connect(self.act)
        self.pane.step_done.connect(self.finish_step)
        self.pane.step_removed.connect(self.remove_step)
        self.pane.years_wanted.connect(page.open_years)
        self.pane.trial_wanted.connect(lambda one: open_trial(page, one))
        card = Card(flush=True)
        card.add(self.table, 1)
        card.add(self.freed_table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("exitSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(760), theme.px(370)])
        self.rows.addWidget(splitter, 1)

    def sentence(self, content: ExitsContent) -> str:
        """Say what is to be done next."""
        live = [case for case in content.cases if case.state.is_live]
        opening, late = content.opening, len(content.overdue)
        text = self.tr("在办 {n} 项").format(n=len(live))
        if late:
            text += self.tr("（{n} 项逾期）").format(n=late)
        text += self.tr("，已销号 {n} 项").format(
            n=sum(case.state == CaseState.CLOSED for case in content.cases)
        )
        if opening is not None and opening.waiting:
            return text + self.tr(
                "；{letters} 类还有 {n} 户没有立案。下一步：按评价结果立案。"
            ).format(letters="、".join(opening.letters), n=opening.waiting)
        left = sum(case.id in content.left for case in live)
        if left:
            text += self.tr("；{n} 项的企业已不在退出类别，请核对").format(n=left)
        unplanned = sum(case.path is None for case in live)
        if late:
            return text + self.tr("。下一步：催办逾期事项。")
        if unplanned:
            return text + self.tr("。下一步：为 {n} 项选定处置路径。").format(n=unplanned)
        if live:
            return text + self.tr("。下一步：按步骤推进，逐项销号。")
        if opening is not None and opening.why_not:
            return opening.why_not
        return text + self.tr("。")

    def show_content(self, content: ExitsContent) -> None:
        """Show the chips and the table."""
        first = not self.chips.current
        self.chips.set_chips(chips_of(content))
        if first and not content.cases:
            self.chips.choose(ALL)
        self.add_button.setEnabled(not self.page.session.read_only)
        self._show_table()

    def choose(self, key: str) -> None:
        """Show the cases of a chip."""
        self.chips.choose(key)
        self._show_table()

    def select_case(self, number: int) -> None:
        """Select a case wherever it is listed."""
        self._selected = number
        if self.table.table_model.row_of_id(number) < 0 or self.chips.current == FREED:
            self.chips.choose(ALL)
        self._show_table()

    def _show_table(self) -> None:
        content, key = self.page.content, self.chips.current
        if content is None:
            return
        freed = key == FREED
        self.table.setVisible(not freed)
        self.freed_table.setVisible(freed)
        if freed:
            self.freed_table.set_table(freed_table(content))
            self._freed_selected(self.freed_table.selected_id())
            return
        wanted = self._selected
        self.table.set_empty_text(empty_text(key))
        self.table.set_table(case_table(content, key))
        if wanted is None or not self.table.select_id(wanted):
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        self._show_case(self.table.selected_id())

    def _row_selected(self, number: Any) -> None:
        if number is not None:
            self._selected = int(number)
        self._show_case(number)

    def _show_case(self, number: Any) -> None:
        content = self.page.content
        case = content.case(int(number)) if content is not None and number is not None else None
        if content is None or case is None:
            self.pane.show_hint()
            return
        self.pane.show_case(content, case, writable=not self.page.session.read_only)

    def _freed_selected(self, place: Any) -> None:
        content = self.page.content
        if content is None or place is None or int(place) >= len(content.freed):
            self.pane.show_hint()
            return
        one = content.freed[int(place)]
        self.pane.show_freed(one, trial_year(content, one))

    # -- acting ------------------------------------------------------------------------

    def act(self, what: str) -> QDialog | None:
        """Open the form of what is to be done with the case that is shown."""
        content, case = self.page.content, self.pane.case
        if content is None or case is None:
            return None
        form = {
            "plan": lambda: plan_form(case),
            "step": lambda: step_form(case),
            "close": lambda: close_form(content, case),
            "cancel": lambda: cancel_form(content, case),
            "reopen": lambda: reopen_form(case),
        }[what]()
        return self.page.open_form(form)

    def finish_step(self, step: ExitStep) -> QDialog | None:
        """Open the form by which a step is done."""
        content = self.page.content
        return None if content is None else self.page.open_form(finish_form(content, step))

    def remove_step(self, step: ExitStep) -> None:
        """Remove a step; it can be undone."""

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.remove_exit_step(ws, step.id)

        said = self.tr("已删除步骤“{what}”。").format(what=step.what)
        self.page.saving.store(work, self.tr("正在删除步骤"), lambda _none: said)
