"""What a page has not saved: the question before it is left, and the three answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from zoneeval_ui.shell.page import Page

Answer = Literal["save", "discard", "stay"]
Does = Callable[[], object]
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What would be lost; ``reason`` says why it cannot be saved now ("": it can).

    ``save`` starts saving and calls what it is given once that has succeeded.
    """

    text: str
    save: Callable[[Does], object]
    discard: Does
    reason: str = ""


def ask_unsaved(unsaved: Unsaved, parent: QWidget) -> Answer:
    """Ask 保存, 放弃 or 取消; saving is offered where it is possible."""
    box = QMessageBox(parent)
    box.setObjectName("unsavedQuestion")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Leaving", "还没有保存"))
    box.setText(unsaved.text)
    box.setInformativeText(unsaved.reason or translate("Leaving", "要先保存吗？"))
    roles = QMessageBox.ButtonRole
    save = box.addButton(translate("Leaving", "保存"), roles.AcceptRole)
    save.setObjectName("unsavedSave")
    save.setEnabled(not unsaved.reason)
    discard = box.addButton(translate("Leaving", "放弃"), roles.DestructiveRole)
    discard.setObjectName("unsavedDiscard")
    stay = box.addButton(translate("Leaving", "取消"), roles.RejectRole)
    stay.setObjectName("unsavedStay")
    box.setDefaultButton(stay if unsaved.reason else save)
    box.setEscapeButton(stay)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    if clicked is save:
        return "save"
    return "discard" if clicked is discard else "stay"


class Leaving(QObject):
    """Asks for the pages of a window; ``ask`` may be replaced by another way to ask."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.ask: Callable[[Unsaved, QWidget], Answer] = ask_unsaved
        self._window = window
        self._asking = False

    def leave(self, pages: Iterable[Page], does: Does) -> bool:
        """Tell whether the pages may be left now.

        Where the user saves first, ``does`` is done after that; where he stays, never.
        """
        unsaved = next((found for page in pages if (found := page.unsaved()) is not None), None)
        if unsaved is None:
            return True
        if self._asking:
            return False
        self._asking = True
        try:
            answer = self.ask(unsaved, self._window)
        finally:
            self._asking = False
        if answer == "discard":
            unsaved.discard()
            return True
        if answer == "save":
            unsaved.save(lambda: QTimer.singleShot(0, self, does))
        return False
