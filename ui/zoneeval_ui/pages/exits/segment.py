"""What the parts of the page share: they get what the page has read, and open forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.theme import current_theme

if TYPE_CHECKING:
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage


class Segment(QWidget):
    """One part of the page 退出转型, made when it is first chosen."""

    def __init__(self, page: ExitsPage, name: str, title: str) -> None:
        super().__init__(page)
        self.page = page
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(current_theme().px(10))

    def show_content(self, content: ExitsContent) -> None:
        """Show what the page has read; to be overridden."""

    def sentence(self, content: ExitsContent) -> str:
        """Return what stands below the title of the page; to be overridden."""
        return ""

    def button(self, name: str, text: str, does: Callable[[], object]) -> QPushButton:
        """Return a button that does something."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _on=False: does())
        return button

    def bar(self, first: QWidget, *others: QWidget) -> QHBoxLayout:
        """Add a row: one widget at the left, the others at the right."""
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(first, 1)
        for widget in others:
            row.addWidget(widget)
        self.rows.addLayout(row)
        return row
