"""What the views of amounts share: sums above, enterprises below, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zoneeval.errors import UserError
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label

if TYPE_CHECKING:
    from zoneeval_ui.pages.lists.measures import MeasuresSegment


class AmountsView(QWidget):
    """Two tables under a sentence; subclasses add to ``tools``, ``rows`` and ``below``."""

    def __init__(self, segment: MeasuresSegment, name: str, sums: str, enterprises: str) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.segment = segment
        self.setObjectName(f"{name}View")
        self.bar: QWidget | None = QWidget(segment)
        self.tools = QHBoxLayout(self.bar)
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.addStretch(1)
        self.words = make_label("", "strong", wrap=True)
        self.words.setObjectName(f"{name}Sum")
        self.doubts = make_label("", "secondary", tone=Tone.UNCERTAIN, wrap=True)
        self.doubts.setObjectName(f"{name}Doubts")
        self.totals = DataTable(f"{name}Totals")
        self.totals.setAccessibleName(sums)
        self.lines = DataTable(f"{name}Lines")
        self.lines.setAccessibleName(enterprises)
        self.lines.row_activated.connect(segment.page.open_enterprise)
        upper, lower = Card(flush=True), Card(flush=True)
        upper.add(self.totals, 1)
        lower.add(self.lines, 1)
        below = QWidget()
        self.below = QVBoxLayout(below)
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.setSpacing(theme.px(8))
        self.below.addWidget(lower, 1)
        self.tables = QSplitter(Qt.Orientation.Vertical)
        self.tables.setChildrenCollapsible(False)
        self.tables.setHandleWidth(theme.px(10))
        self.tables.addWidget(upper)
        self.tables.addWidget(below)
        self.tables.setStretchFactor(1, 1)
        self.tables.setSizes([theme.px(150), theme.px(330)])
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px(8))
        for label in (self.words, self.doubts):
            self.rows.addWidget(label)
        self.rows.addWidget(self.tables, 1)
        self.nothing = QWidget()
        self.rows.addWidget(self.nothing, 1)

    def fail(self, error: BaseException) -> None:
        """Say what the user can mend in the view, anything else in a window."""
        if isinstance(error, UserError):
            self.say_why(str(error))
        else:
            self.segment.page.window_shell.show_failure(error)

    def show_tables(self, *, shown: bool) -> None:
        """Show the tables, or the empty space instead."""
        self.tables.setVisible(shown)
        self.nothing.setVisible(not shown)

    def say_why(self, words: str) -> None:
        """Say why there are no amounts."""
        self.show_tables(shown=False)
        self.words.setText(words)
        self.doubts.hide()
        for table in (self.totals, self.lines):
            table.set_empty_text("")
            table.set_table(TableData((), {}))
