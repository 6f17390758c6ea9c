"""Import: choose workbooks, see what was recognised and found, then store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from zoneeval.errors import UserError
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.importing import wording
from zoneeval_ui.pages.importing.content import (
    CheckedImport,
    ImportState,
    Order,
    StoredImport,
    check,
    commit,
    read_state,
    remember,
    undo_import,
)
from zoneeval_ui.pages.importing.issues import IssuesCard
from zoneeval_ui.pages.importing.questions import QuestionsCard
from zoneeval_ui.pages.importing.recognised import RecognisedCard
from zoneeval_ui.pages.importing.stepping import Stepping, on_card
from zoneeval_ui.pages.importing.target import TargetBar
from zoneeval_ui.pages.importing.templates import TemplateMenu
from zoneeval_ui.pages.importing.thresholds import (
    ThresholdsDialog,
    read_thresholds,
    store_thresholds,
)
from zoneeval_ui.shell.files import WORKBOOK_SUFFIXES
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import EmptyState

if TYPE_CHECKING:
    from zoneeval.model.matching import MatchQuestion
    from zoneeval.model.repair import RepairChoice
    from zoneeval.model.thresholds import Thresholds
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class ImportPage(WorkspacePage):
    """导入: nothing is stored before it was checked and the user has agreed."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("import", "", window, session)
        self.title = self.tr("导入")
        self.setAccessibleName(self.title)
        self.header.set_title(self.title)
        self._paths: tuple[str, ...] = ()
        self._repairs: tuple[RepairChoice, ...] = ()
        self._waiting: tuple[str, ...] = ()
        self._checked: CheckedImport | None = None
        self._stored: StoredImport | None = None
        self._known = ImportState((), (), "")
        self._file: Path | None = None
        self._context_year: int | None = None
        self._busy = False
        self._undo = self.header.add_button("importUndo", self.tr("撤销上次导入"))
        blank = self.header.add_button("importTemplates", self.tr("下载空白模板"))
        self.templates = TemplateMenu(self, blank)
        self._choose = self.header.add_button("importChoose", self.tr("选择表格…"))
        self._primary = self.header.add_button("importNext", "", primary=True)
        self._undo.clicked.connect(self.undo)
        self._choose.clicked.connect(self.choose_files)
        self._primary.clicked.connect(self._do_next)
        self.state_changed.connect(lambda _state: self._arrange())
        self._build()
        self._arrange()

    def _build(self) -> None:
        theme = current_theme()
        self._target = TargetBar(self)
        self._target.changed.connect(self._target_changed)
        self._issues = IssuesCard(self)
        self._issues.repair_chosen.connect(self.mend)
        self._issues.repairs_dropped.connect(self.drop_repairs)
        self._issues.thresholds_asked.connect(self.ask_thresholds)
        self._recognised = RecognisedCard(self)
        results = QSplitter(Qt.Orientation.Horizontal, self)
        results.setObjectName("importResults")
        results.setHandleWidth(theme.px(12))
        results.setChildrenCollapsible(False)
        results.addWidget(self._recognised)
        self._questions = QuestionsCard(self)
        self._questions.answered.connect(self._answer)
        self._questions.finished.connect(self._answered_all)
        asides = QSplitter(Qt.Orientation.Vertical, results)
        asides.setChildrenCollapsible(False)
        asides.setHandleWidth(theme.px(12))
        asides.addWidget(self._questions)
        asides.addWidget(self._issues)
        asides.setStretchFactor(0, 3)
        asides.setStretchFactor(1, 2)
        asides.setSizes([theme.px(330), theme.px(200)])
        results.addWidget(asides)
        results.setStretchFactor(0, 1)
        results.setSizes([theme.px(680), theme.px(380)])
        self._drop = EmptyState(
            self.tr("把各部门的表格拖到这里"),
            wording.what_can_come(),
            self.tr("选择表格…"),
            self,
            icon="↓",
        )
        self._drop.setObjectName("importDrop")
        self._drop.clicked.connect(self.choose_files)
        self._done = EmptyState("", parent=self, icon="✓")
        self._done.setObjectName("importDone")
        self._phases = QStackedWidget(self)
        self._phases.setObjectName("importPhases")
        self._phases.addWidget(on_card(self._drop, self))
        self._phases.addWidget(results)
        self._phases.addWidget(on_card(self._done, self))
        self.body_layout.addWidget(self._target)
        self._stepping = Stepping(self, self._phases)
        self._stepping.moved.connect(self._arrange)
        self._stepping.recheck.connect(self._target_changed)
        self.body_layout.addWidget(self._stepping.strip)
        self.body_layout.addWidget(self._phases, 1)

    # -- what comes in -----------------------------------------------------------------

    @property
    def checked(self) -> CheckedImport | None:
        """Return the check that is shown, if any."""
        return self._checked

    @property
    def stored(self) -> StoredImport | None:
        """Return what was stored last, while it is shown."""
        return self._stored

    def take_files(self, paths: Sequence[str]) -> None:
        """Check these workbooks, as soon as a workspace is open."""
        if not paths or self._busy:
            return
        self._waiting = tuple(paths)
        if self.session.path is not None and self.state == "ready" and not self.is_stale:
            self._start_waiting()

    def choose_files(self) -> None:
        """Ask for workbooks and check them."""
        self.take_files(self.ask_paths())

    def ask_paths(self) -> list[str]:
        """Show the file dialog and return the workbooks chosen."""
        patterns = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
        paths, _filter = QFileDialog.getOpenFileNames(
            self, self.tr("选择要导入的表格"), "", self.tr("表格文件") + f" ({patterns})"
        )
        return list(paths)

    def load_content(self) -> None:
        """Read which zones and years there are, and whether an import can be undone."""
        self.ask(lambda ws, _progress: read_state(ws), self._show_state)

    def _show_state(self, state: ImportState) -> None:
        self._known = state
        if self._file != self.session.path:
            self._file = self.session.path
            self._paths, self._checked, self._stored = (), None, None
            self._context_year = None
            self._target.set_zone("")
        self._target.set_choices(state.years, state.zones, self.context.year)
        if self.context.year != self._context_year:
            self._context_year = self.context.year
            if self.context.year is not None and self._checked is None:
                self._target.set_year(self.context.year)
        self.show_ready()
        self._arrange()
        if self._waiting:
            self._start_waiting()

    # -- checking and storing ------------------------------------------------------------

    def _start_waiting(self) -> None:
        self._paths, self._waiting = self._waiting, ()
        self._repairs = ()
        self._stepping.begin()
        self._check(set_aside=False)

    def _target_changed(self) -> None:
        if self._paths and self._stored is None:
            self._check(set_aside=self._target.set_aside)

    def _check(self, *, set_aside: bool) -> None:
        order = Order(
            self._paths, self._target.year, self._target.zone, set_aside, self._repairs,
            self._stepping.layouts(),
        )  # fmt: skip
        self._begin()
        self.session.read(
            lambda ws, progress: check(ws, order, progress),
            self._show_checked,
            title=self.tr("正在检查表格"),
            on_failure=self._failed,
            on_cancelled=self._cancelled,
            quiet=False,
        )

    def _show_checked(self, found: CheckedImport) -> None:
        self._busy = False
        self._checked, self._stored = found, None
        self._paths = found.order.paths
        self._recognised.set_sheets(found.sheets)
        self._stepping.show_found(found)
        self._issues.set_repaired(found.repaired)
        self._questions.set_questions(found.questions)
        self._issues.set_issues(found.issues, found.chips)
        self._target.offer_set_aside(
            found.blocked or found.order.set_aside, checked=found.order.set_aside
        )
        self._target.set_files(wording.files(found.order.paths))
        self._arrange()

    def mend(self, choice: RepairChoice) -> None:
        """Mend a finding, or all of its kind, and check again."""
        if self._checked is None or self._busy or choice in self._repairs:
            return
        self._repairs = (*self._repairs, choice)
        self._check(set_aside=self._checked.order.set_aside)

    def drop_repairs(self) -> None:
        """Take the chosen repairs back and check the workbooks as they are."""
        if self._checked is None or self._busy or not self._repairs:
            return
        self._repairs = ()
        self._check(set_aside=self._checked.order.set_aside)

    def ask_thresholds(self) -> None:
        """Show the limits of the checks, store what was typed, and check again."""
        if not self._busy:
            self.session.read(read_thresholds, self._show_thresholds, on_failure=self._failed)

    def _show_thresholds(self, found: Thresholds) -> None:
        dialog = ThresholdsDialog(found, self)
        if dialog.exec() != ThresholdsDialog.DialogCode.Accepted or self._busy:
            return
        values = dialog.values()
        self._begin()
        self.session.change(
            lambda ws, _progress: store_thresholds(ws, values),
            lambda _stored: self._thresholds_stored(),
            title=self.tr("正在保存核对门槛"),
            on_failure=self._failed,
            on_cancelled=self._cancelled,
        )

    def _thresholds_stored(self) -> None:
        self._busy = False
        if self._checked is not None:
            self._check(set_aside=self._checked.order.set_aside)

    def commit(self) -> None:
        """Store what was checked."""
        if self._checked is None or not self._checked.can_commit or self._busy:
            return
        order = self._checked.order
        self._begin()
        self.session.change(
            lambda ws, progress: commit(ws, order, progress),
            self._show_committed,
            title=self.tr("正在导入"),
            on_failure=self._failed,
            on_cancelled=self._cancelled,
        )

    def _show_committed(self, outcome: StoredImport | CheckedImport) -> None:
        if isinstance(outcome, CheckedImport):
            self._show_checked(outcome)
            self.banner.show_message(self.tr("表格在检查之后有改动，没有保存。请看新的检查结果。"))
            return
        self._busy = False
        self._checked, self._stored, self._paths = None, outcome, ()
        title, text = wording.stored(outcome)
        self._done.set(title, text, icon="✓")
        self._arrange()

    def undo(self) -> None:
        """Take back the last import."""
        if self._busy:
            return
        self._begin()
        self.session.change(
            lambda ws, _progress: undo_import(ws),
            self._show_undone,
            title=self.tr("正在撤销导入"),
            on_failure=self._failed,
            on_cancelled=self._cancelled,
        )

    def _show_undone(self, label: str) -> None:
        self._busy = False
        self._checked, self._stored, self._paths = None, None, ()
        self.banner.show_message(
            self.tr("已撤销“{label}”，恢复到导入之前的数据。").format(label=label), tone=Tone.ACCENT
        )
        self._arrange()

    def _begin(self) -> None:
        self._busy = True
        self.banner.hide()
        self._arrange()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if self._checked is None:
            self._paths = ()
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错，没有保存。")
        self.banner.show_message(text, tone=Tone.C)
        self._arrange()

    def _cancelled(self) -> None:
        self._busy = False
        if self._checked is None:
            self._paths = ()
        self.banner.show_message(self.tr("已取消，没有保存任何数据。"), tone=Tone.UNCERTAIN)
        self._arrange()

    def _answer(self, question: MatchQuestion, uscc: str) -> None:
        """Remember whom a doubtful row means."""

        def failed(error: BaseException) -> None:
            self._questions.take_back(question)
            self.window_shell.show_failure(error, self.tr("对应企业"))

        self.session.change(
            lambda ws, _progress: remember(ws, question, uscc),
            lambda _nothing: None,
            title=self.tr("正在记住对应关系"),
            on_failure=failed,
        )

    def _answered_all(self) -> None:
        """Check again, now that every doubtful row has its enterprise."""
        if self._checked is not None and not self._busy and not self._questions.open_questions:
            self._check(set_aside=self._checked.order.set_aside)

    # -- what is shown -------------------------------------------------------------------

    def _do_next(self) -> None:
        if self._stored is not None:
            self._go_on()
        elif self._checked is not None:
            if not self._stepping.go_on():
                self.commit()
        else:
            self.choose_files()

    def _go_on(self) -> None:
        """Go on to the evaluation of the year imported, or to the stars."""
        stored = self._stored
        if stored is None:
            return
        year = max((v.year for v in stored.versions), default=stored.order.year)
        if year in self._known.years:
            self.window_shell.set_context(replace(self.context, year=year))
        self.window_shell.go_to("evaluation" if stored.versions or stored.decisions else "stars")

    def _arrange(self) -> None:
        """Let sentence, buttons and body agree with how far the import is."""
        ready, found, stored = self.state == "ready", self._checked, self._stored
        if found is None:
            self._target.offer_set_aside(False)
            self._target.set_files("")
        self._stepping.arrange(found, stored)
        self._target.setVisible(stored is None)
        self._target.setEnabled(not self._busy)
        self._undo.setVisible(ready and bool(self._known.undo_label) and found is None)
        self._undo.setToolTip(self._known.undo_label)
        self._undo.setEnabled(not self._busy)
        self._choose.setVisible(ready and (found is not None or stored is not None))
        self._choose.setEnabled(not self._busy)
        self._primary.setVisible(ready and (found is not None or stored is not None))
        asking = found is not None and stored is None
        text = (self._stepping.next_text() if asking else "") or wording.next_step(found, stored)
        self._primary.setText(text)
        self._primary.setAccessibleName(text)
        can = stored is not None or found is None or found.can_commit
        can = can or bool(self._stepping.next_text())
        self._primary.setEnabled(can and not self._busy)
        sentence = (self._stepping.sentence() if asking else "") or wording.sentence(found, stored)
        self.header.set_sentence(sentence if ready else "")
