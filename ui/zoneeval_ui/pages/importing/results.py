"""Step 检查与修改: the cells at the left, questions and findings at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from zoneeval_ui.pages.importing.content import CheckedImport
from zoneeval_ui.pages.importing.grid import GridCard
from zoneeval_ui.pages.importing.issues import IssuesCard
from zoneeval_ui.pages.importing.questions import QuestionsCard
from zoneeval_ui.theme import current_theme


class ResultsPane(QSplitter):
    """Grid, questions and findings of one check; a finding leads to its cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        theme = current_theme()
        self.setObjectName("importResults")
        self.setHandleWidth(theme.px(12))
        self.setChildrenCollapsible(False)
        self.grid = GridCard(self)
        self.questions = QuestionsCard(self)
        self.issues = IssuesCard(self)
        self.issues.issue_chosen.connect(self.grid.go_to)
        self.addWidget(self.grid)
        asides = QSplitter(Qt.Orientation.Vertical, self)
        asides.setChildrenCollapsible(False)
        asides.setHandleWidth(theme.px(12))
        asides.addWidget(self.questions)
        asides.addWidget(self.issues)
        asides.setStretchFactor(0, 3)
        asides.setStretchFactor(1, 2)
        asides.setSizes([theme.px(330), theme.px(200)])
        self.addWidget(asides)
        self.setStretchFactor(0, 1)
        self.setSizes([theme.px(680), theme.px(380)])

    def show_found(self, found: CheckedImport, *, anew: bool) -> None:
        """Show a check; ``anew`` says that it is about other workbooks than before."""
        self.issues.set_repaired(found.repaired)
        self.questions.set_questions(found.questions)
        self.issues.set_issues(found.issues, found.chips)
        self.grid.set_sheets(found.grid, anew=anew)
