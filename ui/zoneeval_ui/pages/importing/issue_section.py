"""One finding in the list: where, what, what to do, and the buttons that do it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import RepairChoice
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Section, make_label

_TONES = {
    Severity.BLOCKING: Tone.C,
    Severity.WARNING: Tone.UNCERTAIN,
    Severity.NOTE: Tone.PLAIN,
}


class IssueSection(Section):
    """A finding; ``chosen`` asks to see its cell, ``repair_chosen`` to have it mended.

    ``same`` is the number of findings of its kind that can be mended.
    """

    chosen = Signal(object)
    repair_chosen = Signal(object)

    def __init__(self, issue: Issue, same: int, parent: QWidget) -> None:
        super().__init__("", parent)
        self.issue = issue
        self.setObjectName("issue")
        self.body.setSpacing(current_theme().px(4))
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        badge = Badge(issue.severity.label, _TONES[issue.severity], self)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(make_label(issue.place, "secondary", self, wrap=True), 1)
        if issue.sheet is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            look = QPushButton(self.tr("定位"), self)
            look.setObjectName("issueLook")
            look.setAccessibleName(self.tr("定位到 {place}").format(place=issue.place))
            look.setProperty("kind", "link")
            look.clicked.connect(lambda: self.chosen.emit(issue))
            row.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        text = issue.message
        if issue.value and issue.value not in text:
            text += self.tr("（原值：{value}）").format(value=issue.value)
        self.add(make_label(text, "", self, wrap=True))
        if issue.suggestion:
            self.add(make_label(issue.suggestion, "secondary", self, wrap=True))
        if issue.repair is not None:
            self.body.addLayout(self._mend(same))
        self.setAccessibleName(f"{issue.severity.label} {issue.place} {issue.message}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click anywhere as 定位."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.issue.sheet is not None:
            self.chosen.emit(self.issue)

    def _mend(self, same: int) -> QVBoxLayout:
        """Return the row that offers to mend a finding, alone or with all of its kind."""
        issue = self.issue
        assert issue.repair is not None
        column = QVBoxLayout()
        column.setSpacing(current_theme().px(4))
        words = self.tr("可以修正：{what}。").format(what=issue.repair.message)
        column.addWidget(make_label(words, "", self, wrap=True))
        row = QHBoxLayout()
        one = QPushButton(self.tr("修正"), self)
        one.setObjectName("issueRepair")
        one.setAccessibleName(words)
        one.setProperty("kind", "soft")
        choice = RepairChoice.of(issue)
        one.clicked.connect(lambda: self.repair_chosen.emit(choice))
        row.addWidget(one)
        if same > 1:
            every = QPushButton(self.tr("同类全部（{n}）").format(n=same), self)
            every.setObjectName("issueRepairAll")
            every.setAccessibleName(every.text())
            every.setProperty("kind", "link")
            every.setToolTip(self.tr("修正全部同类问题：{kind}").format(kind=issue.repair.label))
            kind = RepairChoice(issue.code)
            every.clicked.connect(lambda: self.repair_chosen.emit(kind))
            row.addWidget(every)
        row.addStretch(1)
        column.addLayout(row)
        return column
