"""Leads through the steps of an import: the columns first where something is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from zoneeval.errors import UserError
from zoneeval_ui.pages.importing.mapping import MappingCard
from zoneeval_ui.pages.importing.mapping_content import export_mappings, import_mappings
from zoneeval_ui.pages.importing.steps import CHECK, CHOOSE, COLUMNS, STORE, ImportSteps
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import Card

if TYPE_CHECKING:
    from zoneeval.intake.mapping import Layout
    from zoneeval_ui.pages.base import WorkspacePage
    from zoneeval_ui.pages.importing.content import CheckedImport, StoredImport

START, RESULTS, DONE, RECOGNISED, MAPPING = range(5)
"""The pages of the stack."""
FILES = "*.json *.toml"


class Stepping(QObject):
    """The strip of steps and the step 对应列; ``recheck`` asks for a check with decisions."""

    recheck = Signal()
    moved = Signal()

    def __init__(self, page: WorkspacePage, phases: QStackedWidget) -> None:
        super().__init__(page)
        self._page, self._phases = page, phases
        self.strip = ImportSteps(page)
        self.card = MappingCard(page)
        phases.addWidget(self.card)
        self._step = CHOOSE
        self._fresh = True
        self.strip.picked.connect(self._pick)
        self.card.decided.connect(self.moved.emit)
        self.card.export_asked.connect(self.export)
        self.card.import_asked.connect(self.take_in)

    @property
    def step(self) -> int:
        """Return the step that is shown."""
        return self._step

    def layouts(self) -> tuple[Layout, ...]:
        """Return the decisions about columns made in this import."""
        return self.card.layouts()

    def begin(self, layouts: Sequence[Layout] = ()) -> None:
        """Forget the decisions: other workbooks come, with these decisions already made."""
        self.card.forget(layouts)
        self._fresh = True

    def show_found(self, found: CheckedImport) -> None:
        """Show what was recognised, and go to the step that needs the user."""
        self.card.set_sheets(found.mapping)
        if self._fresh or self._step == CHOOSE:
            unclear = any(sheet.needs_decision for sheet in found.mapping)
            self._step = COLUMNS if unclear else CHECK
        elif self._step == COLUMNS:
            self._step = CHECK
        self._fresh = False

    def go_on(self) -> bool:
        """Go on from 对应列; tell whether that was the step."""
        if self._step == CHOOSE:
            self._pick(COLUMNS)
            return True
        if self._step != COLUMNS:
            return False
        if self.card.changed:
            self.recheck.emit()
        else:
            self._pick(CHECK)
        return True

    def next_text(self) -> str:
        """Return the text of the primary button at this step, or ""."""
        if self._step == COLUMNS:
            if self.card.changed:
                return self.tr("按此对应重新检查")
            return self.tr("下一步：检查")
        return self.tr("下一步：对应列") if self._step == CHOOSE else ""

    def sentence(self) -> str:
        """Return what is to be done at this step, or ""."""
        if self._step != COLUMNS:
            return ""
        waiting = self.card.waiting
        if waiting:
            text = self.tr("{n} 列拿不准，请逐列确认或不导入；记住后下次不再询问。")
            return text.format(n=waiting)
        if self.card.changed:
            return self.tr("已改对应，重新检查后生效，提交时记住。")
        return self.tr("列的对应都已确定；可以逐列核对。")

    def arrange(self, found: CheckedImport | None, stored: StoredImport | None) -> None:
        """Show the page of the step."""
        self.strip.setVisible(found is not None or stored is not None)
        if stored is not None:
            self._phases.setCurrentIndex(DONE)
            self.strip.show_step(STORE, checked=False, waiting=0)
            return
        if found is None:
            self._step = CHOOSE
            self._phases.setCurrentIndex(START)
            return
        pages = {CHOOSE: RECOGNISED, COLUMNS: MAPPING, CHECK: RESULTS}
        self._phases.setCurrentIndex(pages[self._step])
        self.strip.show_step(self._step, checked=True, waiting=self.card.waiting)

    def _pick(self, step: int) -> None:
        self._step = step
        self.moved.emit()
        if step == COLUMNS:
            self.card.columns.setFocus()

    # -- files of decisions --------------------------------------------------------------

    def ask_target(self) -> str:
        """Show the file dialog and return where to write."""
        path, _filter = QFileDialog.getSaveFileName(
            self._page, self.tr("导出列对应关系"), "列对应关系.json",
            self.tr("列对应关系") + f" ({FILES})",
        )  # fmt: skip
        return path

    def ask_source(self) -> str:
        """Show the file dialog and return which file to read."""
        path, _filter = QFileDialog.getOpenFileName(
            self._page, self.tr("导入列对应关系"), "", self.tr("列对应关系") + f" ({FILES})"
        )
        return path

    def export(self) -> None:
        """Write the remembered layouts to a file."""
        if not (path := self.ask_target()):
            return
        self._page.session.read(
            lambda ws, _progress: export_mappings(ws, Path(path)),
            lambda n: self._say(
                self.tr("已导出 {n} 个版式的列对应关系。").format(n=n), Tone.ACCENT
            ),
            on_failure=self._failed,
        )

    def take_in(self) -> None:
        """Remember the layouts of a file and check again."""
        if not (path := self.ask_source()):
            return
        self._page.session.change(
            lambda ws, _progress: import_mappings(ws, Path(path)),
            self._taken_in,
            title=self.tr("正在导入列对应关系"),
            on_failure=self._failed,
        )

    def _taken_in(self, count: int) -> None:
        self._say(self.tr("已记住 {n} 个版式的列对应关系。").format(n=count), Tone.ACCENT)
        self.recheck.emit()

    def _failed(self, error: BaseException) -> None:
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错，没有保存。")
        self._say(text, Tone.C)

    def _say(self, text: str, tone: Tone) -> None:
        self._page.banner.show_message(text, tone=tone)


def on_card(widget: QWidget, parent: QWidget) -> QWidget:
    """Return a page of the stack: a card with one widget."""
    card = Card("", None)
    card.add(widget, 1)
    holder = QWidget(parent)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card, 1)
    return holder
