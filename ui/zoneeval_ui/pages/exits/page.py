"""The page 退出转型: its segments, and the one thing to do next."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget

from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.exits.case_forms import entry_form, opening_form
from zoneeval_ui.pages.exits.content import ExitsContent, read_exits
from zoneeval_ui.pages.exits.exports import ExitExports
from zoneeval_ui.pages.exits.form import EntryDialog, Form
from zoneeval_ui.pages.exits.ledger_tables import OPEN, OVERDUE
from zoneeval_ui.pages.exits.segment import Segment
from zoneeval_ui.pages.exporting import ExportedNote
from zoneeval_ui.pages.ladder_choice import chosen_ladder
from zoneeval_ui.pages.saving import Saving
from zoneeval_ui.shell.context import Context
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Chip, ChipBar

if TYPE_CHECKING:
    from zoneeval_ui.pages.enterprises.years import YearsDialog
    from zoneeval_ui.pages.exits.trial import TrialDialog
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

LEDGER, ASSETS, CANDIDATES, EFFECTS = "ledger", "assets", "candidates", "effects"


class _Home(NamedTuple):
    module: str
    name: str


_HOMES = {
    LEDGER: _Home("ledger", "LedgerSegment"),
    ASSETS: _Home("assets", "AssetSegment"),
    CANDIDATES: _Home("candidates", "CandidateSegment"),
    EFFECTS: _Home("effects", "EffectSegment"),
}


class ExitsPage(WorkspacePage):
    """Chase the last class until it leaves or transforms; keep count of what that brings."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("exits", self.tr("退出转型"), window, session)
        self.content: ExitsContent | None = None
        self.trial: TrialDialog | None = None
        self._next = ""
        self.exports = ExitExports(self)
        self.next_button = self.header.add_button(
            "exitsNext", self.tr("按评价结果立案…"), primary=True
        )
        self.next_button.clicked.connect(lambda _on=False: self.take_next())
        self.saving = Saving(self)
        self.note = ExportedNote()
        self.chips = ChipBar("exitsSegment", remember=True)
        self.chips.changed.connect(lambda _key: self._show_segment())
        self.stack = QStackedWidget()
        self._made: dict[str, Segment] = {}
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(self.chips)
        row.addStretch(1)
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self.stack, 1)

    def today(self) -> date:
        """Return the day as of which deadlines are looked at."""
        return date.today()

    # -- segments ----------------------------------------------------------------------

    def segment(self, key: str) -> Segment:
        """Return a segment; it is made where it has not been shown yet."""
        if key not in self._made:
            home = _HOMES[key]
            module = import_module(f"zoneeval_ui.pages.exits.{home.module}")
            made: Segment = getattr(module, home.name)(self)
            self._made[key] = made
            self.stack.addWidget(made)
        return self._made[key]

    def open_segment(self, key: str) -> Segment:
        """Choose a segment and return it."""
        self.chips.choose(key)
        self._show_segment()
        return self.segment(key)

    def _show_segment(self) -> None:
        if self.content is None:
            return
        segment = self.segment(self.chips.current)
        self.stack.setCurrentWidget(segment)
        self.header.set_sentence(segment.sentence(self.content))
        segment.show_content(self.content)

    # -- loading -----------------------------------------------------------------------

    def set_context(self, context: Context) -> None:
        """Forget what was said of another year or zone."""
        if context != self.context:
            self.banner.hide()
            self.note.hide()
        super().set_context(context)

    def refresh(self) -> None:
        """Take the buttons away until there is something to do, then load."""
        self.exports.enable(None)
        self.next_button.hide()
        super().refresh()

    def load_content(self) -> None:
        """Ask for the ledger and what belongs to it."""
        year, zone, today = self.context.year, self.context.zone or None, self.today()
        ladder = chosen_ladder(QSettings())
        self.ask(lambda ws, _progress: read_exits(ws, year, zone, today, ladder), self.show_content)

    def show_content(self, content: ExitsContent) -> None:
        """Show the segment that is chosen, or what to do first."""
        self.content = content
        self.exports.enable(content)
        self._show_next(content)
        self.count_changed.emit(len(content.overdue) or None)
        if content.is_bare:
            self._show_nothing(content)
            return
        assets = sum(one.disposed_on is None for one in content.assets)
        tip = self.tr("还没有处置的")
        self.chips.set_chips(
            [
                Chip(LEDGER, self.tr("台账"), len(content.cases)),
                Chip(ASSETS, self.tr("低效资产"), assets, tip),
                Chip(CANDIDATES, self.tr("智能化改造候选"), len(content.candidates)),
                Chip(EFFECTS, self.tr("成效")),
            ]
        )
        self.show_ready()
        self._show_segment()

    def _show_nothing(self, content: ExitsContent) -> None:
        self.exports.enable(None)
        self.next_button.hide()
        data = content.enterprises > 0
        self.header.set_sentence(
            self.tr("下一步：评价。") if data else self.tr("下一步：导入数据。")
        )
        self.show_empty(
            self.tr("还没有可以立案的评价结果"),
            self.tr("退出转型事项按评价的最终类别立案；停建缓建项目等也可以逐项登记。")
            if data
            else self.tr("请先导入各部门的表格并评价；停建缓建项目等也可以逐项登记。"),
            self.tr("去评价") if data else self.tr("去导入"),
            lambda: self.window_shell.go_to("evaluation" if data else "import"),
            [("exitsEmptyAdd", self.tr("登记事项…"), self.open_entry)],
        )

    def _show_next(self, content: ExitsContent) -> None:
        """Give the primary button what is to be done next."""
        opening = content.opening
        unplanned = any(case.state == OPEN for case in content.cases)
        if opening is not None and opening.waiting and not self.session.read_only:
            self._next, text = "open", self.tr("按评价结果立案…")
        elif content.overdue:
            self._next, text = "overdue", self.tr("查看逾期事项")
        elif unplanned:
            self._next, text = "plan", self.tr("选定处置路径")
        else:
            self._next, text = "ledger", self.tr("导出月度台账…")
        self.next_button.setText(text)
        self.next_button.setAccessibleName(text)
        self.next_button.setVisible(bool(content.cases) or self._next == "open")

    # -- what the user does ------------------------------------------------------------

    def take_next(self) -> QDialog | None:
        """Do what the primary button says."""
        if self._next == "open":
            return self.open_cases()
        if self._next == "ledger":
            self.exports.ledger()
            return None
        from zoneeval_ui.pages.exits.ledger import LedgerSegment

        segment = self.open_segment(LEDGER)
        assert isinstance(segment, LedgerSegment)
        segment.choose(OVERDUE if self._next == "overdue" else OPEN)
        return None

    def open_cases(self) -> QDialog | None:
        """Open the form by which the cases of the run are opened."""
        content = self.content
        if content is None or content.opening is None:
            return None
        return self.open_form(opening_form(content, content.opening))

    def open_entry(self) -> QDialog | None:
        """Open the form of a case that no run opens."""
        return None if self.content is None else self.open_form(entry_form(self.content))

    def open_form(self, form: Form) -> EntryDialog:
        """Open a form; what it stores is said in the banner and can be taken back."""
        dialog = EntryDialog(self, form)
        dialog.open()
        return dialog

    def open_years(self, uscc: str) -> YearsDialog:
        """Open one enterprise over all years."""
        from zoneeval_ui.pages.enterprises.years import open_years

        return open_years(self.window_shell, self.session, uscc)

    def select_enterprise(self, uscc: str) -> None:
        """Select the newest case of an enterprise, if it has one."""
        content = self.content
        if content is None or self.state != "ready":
            return
        mine = [case.id for case in content.cases if case.uscc == uscc]
        if mine:
            from zoneeval_ui.pages.exits.ledger import LedgerSegment

            segment = self.open_segment(LEDGER)
            assert isinstance(segment, LedgerSegment)
            segment.select_case(mine[-1])
