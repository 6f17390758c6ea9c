"""The form of this page: that of 公示调整, which asks of its page only to store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt

from zoneeval_ui.pages.adjudication.form import FormDialog
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval_ui.pages.lists.page import ListsPage


class ListsForm(FormDialog):
    """A form that stays open until what it asks for is stored."""

    def __init__(self, page: ListsPage, name: str, title: str, head: str) -> None:
        super().__init__(cast("Any", page), name, title, head)
        self.lists = page
        self._is_whole = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def combo(
        self, name: str, text: str, choices: Sequence[tuple[str, str]], current: str = ""
    ) -> ComboBox:
        """Add a box to choose from: what is meant, and its words."""
        box = ComboBox(name, text, self)
        for key, words in choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.currentIndexChanged.connect(lambda _at: self.check())
        self.add(text, box)
        return box

    def finish(self, save: str) -> None:
        """Add what stands below the fields; from now on it says what is missing."""
        self._is_whole = True
        super().finish(save)

    def check(self) -> None:
        """Say what is missing, once the form is whole."""
        if self._is_whole:
            super().check()
