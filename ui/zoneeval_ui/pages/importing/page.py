"""Import: choose workbooks, see what was recognised and found, then store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from zoneeval.errors import UserError
from zoneeval_ui.pages.importing import wording
from zoneeval_ui.pages.importing.content import (
    CheckedImport,
    ImportState,
    Order,
    StoredImport,
    check,
    commit,
    keep,
    read_state,
    remember,
    undo_import,
)
from zoneeval_ui.pages.importing.returning import swapped
from zoneeval_ui.pages.importing.view import ImportView
from zoneeval_ui.shell.files import WORKBOOK_SUFFIXES
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval.intake.shelf import Shelf
    from zoneeval.model.matching import MatchQuestion
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class ImportPage(ImportView):
    """导入: nothing is stored before it was checked and the user has agreed."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session)
        self._paths: tuple[str, ...] = ()
        self._waiting: tuple[str, ...] = ()
        self._draft: int | None = None
        self._shelf: Shelf | None = None
        self._again = False
        self._anew = False
        self._file: Path | None = None
        self._context_year: int | None = None
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self._undo.clicked.connect(self.undo)
        self._discard.clicked.connect(self.discard)
        self._problems.clicked.connect(self.export_problems)
        self._choose.clicked.connect(self.choose_files)
        self._drop.clicked.connect(self.choose_files)
        self._primary.clicked.connect(self._do_next)
        self.state_changed.connect(lambda _state: self._arrange())
        self._target.changed.connect(self._target_changed)
        self._stepping.moved.connect(self._arrange)
        self._stepping.recheck.connect(self._target_changed)
        self._stepping.card.decided.connect(self._keep)
        self._fixing.recheck.connect(self._fix)
        self._issues.repair_chosen.connect(self._fixing.mend)
        self._issues.repairs_dropped.connect(self._fixing.drop)
        self._issues.thresholds_asked.connect(self.ask_thresholds)
        self.grid.edited.connect(self._fixing.edit)
        self.grid.restored.connect(self._fixing.restore)
        self._questions.answered.connect(self._answer)
        self._questions.finished.connect(self._answered_all)
        self._limits.stored.connect(self._settled_again)
        self._drafting.resumed.connect(self._resumed)
        self._drafting.told.connect(self._show_state)
        self._sending.done.connect(self._settled)
        self._limits.failed.connect(self._failed)
        self._drafting.failed.connect(self._failed)
        self._sending.failed.connect(self._failed)
        self._limits.cancelled.connect(self._cancelled)
        self._sending.cancelled.connect(self._cancelled)

    # -- what comes in -----------------------------------------------------------------

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
            self._forget()
            self._context_year = None
            self._target.set_zone("")
        elif self._stored is not None and self._stored.operation in state.undone:
            self._forget()
        self._drafting.card.set_drafts(state.drafts)
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
        found = self._checked
        corrected = swapped(self._paths, self._waiting) if found is not None else None
        if found is not None and corrected is not None:
            self._put_back(found, corrected)
            return
        self._forget()
        self._paths, self._waiting = self._waiting, ()
        self._check(set_aside=False)

    def _put_back(self, found: CheckedImport, paths: tuple[str, ...]) -> None:
        """Go on with corrected workbooks in the place of those that were sent back."""
        given, self._waiting = self._waiting, ()
        gone = {Path(old).name for old, new in zip(self._paths, paths, strict=True) if old != new}
        self._paths = paths
        self._fixing.forget_files(gone)
        self._check(set_aside=found.order.set_aside)
        text = self.tr("{files}已代替发回的原表，其余 {n} 个文件不变。")
        self.banner.show_message(
            text.format(files=wording.files(given), n=len(paths) - len(given)), tone=Tone.ACCENT
        )

    def _forget(self) -> None:
        """Begin again with nothing; a draft that was kept stays kept."""
        self._paths, self._checked, self._stored = (), None, None
        self._draft, self._shelf, self._again, self._anew = None, None, False, True
        self._sending.note.hide()
        self._drafting.clear()
        self._fixing.begin()
        self._stepping.begin()

    def _target_changed(self) -> None:
        if self._paths and self._stored is None:
            self._check(set_aside=self._target.set_aside)

    def _fix(self, quietly: bool) -> None:
        """Check again with what was mended; wait for a check that is under way."""
        if self._checked is None:
            return
        if self._busy:
            self._again = True
        else:
            self._check(set_aside=self._checked.order.set_aside, quiet=quietly)

    def _order(self, *, set_aside: bool) -> Order:
        return Order(
            self._paths, self._target.year, self._target.zone, set_aside, self._fixing.repairs,
            self._stepping.layouts(), self._fixing.edits, self._draft,
        )  # fmt: skip

    def _books(self) -> Shelf:
        """Return the workbooks of this import as they were read."""
        if self._shelf is None:
            from zoneeval.intake.shelf import Shelf

            self._shelf = Shelf()
        return self._shelf

    def _check(self, *, set_aside: bool, quiet: bool = False) -> None:
        self._run_check(self._order(set_aside=set_aside), quiet=quiet)

    def _run_check(self, order: Order, *, quiet: bool = False) -> None:
        shelf = self._books()
        self._again = False
        self._begin()
        self.session.read(
            lambda ws, progress: check(ws, order, progress, shelf),
            self._show_checked,
            title=self.tr("正在检查表格"),
            on_failure=self._failed,
            on_cancelled=self._cancelled,
            quiet=quiet,
        )

    def _show_checked(self, found: CheckedImport) -> None:
        self._busy = False
        self._checked, self._stored = found, None
        self._paths, self._draft = found.order.paths, found.order.draft
        if self._again:
            self._fix(True)
            return
        self._recognised.set_sheets(found.sheets)
        self._stepping.show_found(found)
        self._fixing.show_found(found)
        self._results.show_found(found, anew=self._anew)
        self._anew = False
        self._target.offer_set_aside(
            found.blocked or found.order.set_aside, checked=found.order.set_aside
        )
        self._target.set_files(wording.files(found.order.paths))
        if words := wording.not_kept(found):
            self.banner.show_message(words, tone=Tone.UNCERTAIN)
        self._arrange()

    def ask_thresholds(self) -> None:
        """Show the limits of the checks, store what was typed, and check again."""
        if not self._busy:
            self._limits.ask()

    def _settled_again(self) -> None:
        """Check again, now that something else has changed what is found."""
        self._busy = False
        self._fix(False)

    # -- drafts and what goes back to departments ----------------------------------------

    def _resumed(self, order: Order) -> None:
        self._busy = False
        self._paths, self._draft, self._anew = order.paths, order.draft, True
        self._fixing.begin(order)
        self._stepping.begin(order.layouts)
        self._target.set_year(order.year)
        self._target.set_zone(order.zone or "")
        self._run_check(order)

    def _keep(self) -> None:
        """Keep what was decided about columns, though it is not checked yet."""
        found = self._checked
        if found is None or self._draft is None or self._busy:
            return
        now = replace(found, order=self._order(set_aside=found.order.set_aside))
        self.session.read(lambda ws, _progress: keep(ws, now), lambda _kept: None)

    def discard(self) -> None:
        """Give up the import that is shown, with its draft."""
        if self._busy:
            return
        draft = self._draft
        self._forget()
        if draft is not None:
            self._drafting.give_up(draft)
        self._arrange()

    def export_problems(self) -> None:
        """Write the workbooks with their problems marked, for the departments."""
        if self._checked is not None and not self._busy:
            self._sending.export(self._checked)

    def _settled(self) -> None:
        """Go on after something else was done with this check."""
        self._busy = False
        self._arrange()
        if self._again:
            self._fix(True)

    # -- storing ---------------------------------------------------------------------------

    def commit(self) -> None:
        """Store what was checked."""
        if self._checked is None or not self._checked.can_commit or self._busy:
            return
        if self._fixing.waiting:
            return
        order, shelf = self._checked.order, self._books()
        self._begin()
        self.session.change(
            lambda ws, progress: commit(ws, order, progress, shelf),
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
        self._forget()
        self._stored = outcome
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
        self._forget()
        self.banner.show_message(
            self.tr("已撤销“{label}”，恢复到导入之前的数据。").format(label=label), tone=Tone.ACCENT
        )
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
        if not self._questions.open_questions:
            self._fix(False)

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
