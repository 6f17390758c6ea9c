"""A table under a line of buttons, as the views of the segment 数据 have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, make_label

if TYPE_CHECKING:
    from zoneeval_ui.pages.stars.data import DataSegment
    from zoneeval_ui.pages.stars.fields_dialog import FieldsDialog

Does = Callable[[], object]


class Listing(QWidget):
    """``buttons`` are object name, text and what is done; ``say`` is the line before them."""

    def __init__(
        self, segment: DataSegment, name: str, title: str, buttons: Sequence[tuple[str, str, Does]]
    ) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.segment = segment
        self.table = DataTable(name)
        self.table.setAccessibleName(title)
        self.say = make_label("", "secondary", wrap=True)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(self.say, 1)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, does in buttons:
            button = QPushButton(text)
            button.setObjectName(key)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _on=False, does=does: does())
            self.buttons[key] = button
            row.addWidget(button)
        card = Card(flush=True)
        card.body.addLayout(row)
        card.add(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def ask(self, dialog: FieldsDialog) -> dict[str, str] | None:
        """Let the user fill in a form; tests answer instead."""
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        values = dialog.values() if agreed else None
        dialog.deleteLater()
        return values
