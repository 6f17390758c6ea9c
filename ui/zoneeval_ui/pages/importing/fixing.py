"""What the user mends in an import: chosen repairs and cells typed into."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from zoneeval.model.repair import CellEdit, RepairChoice
from zoneeval_ui.pages.importing.content import CheckedImport, Order

LARGE = 5_000
"""Rows from which several edits in a row are checked together."""
PAUSE = 700


class Fixing(QObject):
    """Collects repairs and edits; ``recheck`` asks for a check with them.

    Edits ask quietly, and again when one came while a check was running.
    """

    recheck = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.repairs: tuple[RepairChoice, ...] = ()
        self.edits: tuple[CellEdit, ...] = ()
        self.rows = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.recheck.emit(True))

    @property
    def waiting(self) -> bool:
        """Tell whether something was edited that is not checked yet."""
        return self._timer.isActive()

    def begin(self, order: Order | None = None) -> None:
        """Forget everything, or begin with what an order has."""
        self._timer.stop()
        self.repairs = order.repairs if order is not None else ()
        self.edits = order.edits if order is not None else ()

    def show_found(self, found: CheckedImport) -> None:
        """Take note of how large the tables are."""
        self.rows = sum(sheet.rows for sheet in found.grid)

    def mend(self, choice: RepairChoice) -> None:
        """Mend a finding, or all of its kind."""
        if choice not in self.repairs:
            self.repairs = (*self.repairs, choice)
            self.recheck.emit(False)

    def drop(self) -> None:
        """Take repairs and edits back."""
        if self.repairs or self.edits:
            self._timer.stop()
            self.repairs, self.edits = (), ()
            self.recheck.emit(False)

    def edit(self, edit: CellEdit) -> None:
        """Take what was typed into a cell, in place of what was typed before."""
        self.edits = (*(e for e in self.edits if e.place != edit.place), edit)
        self.ask()

    def restore(self, place: tuple[str, str, int, str]) -> None:
        """Let a cell hold again what the workbook has in it."""
        self.edits = tuple(edit for edit in self.edits if edit.place != place)
        self.ask()

    def forget_files(self, names: set[str]) -> None:
        """Forget edits and single repairs in workbooks that others take the place of."""
        self.edits = tuple(edit for edit in self.edits if edit.file not in names)
        self.repairs = tuple(choice for choice in self.repairs if choice.file not in names)

    def ask(self) -> None:
        """Ask for a quiet check: soon, or after a pause where tables are large."""
        self._timer.start(PAUSE if self.rows > LARGE else 0)
