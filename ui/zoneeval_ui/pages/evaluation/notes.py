"""What must be said about a run: doubts, warnings, assumptions; folded to one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.pages.evaluation.content import EvaluationContent
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label


def notes_of(content: EvaluationContent) -> list[str]:
    """Return the sentences to say about a run, the weightiest first."""
    if content.run is None:
        return []
    run = content.run
    notes = []
    if content.rank_only_reason:
        notes.append(
            f"没有公布类别：{content.rank_only_reason}。名单和价格清单因此不能由本次评价得出。"
        )
    if content.has_illustrative:
        notes.append("本办法有未公布的数值，用示意数值代替，结果只供试算，不能作为正式结果。")
    notes += run.evaluation.warnings
    notes += [f"按假定处理：{words}" for words in run.evaluation.assumptions]
    if run.policy.missing:
        notes.append(f"办法中未见原文的内容：{'；'.join(run.policy.missing)}。")
    if content.zone is not None and run.info.zone is None:
        notes.append("本次评价包含全部园区，这里只列出所选园区的企业。")
    return notes


class NotesBar(QWidget):
    """One amber line with the first note; a button opens the others below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("evaluationNotes")
        self._first = make_label("", wrap=True, tone=Tone.UNCERTAIN)
        self._first.setObjectName("evaluationNote")
        self._more = QPushButton(self)
        self._more.setObjectName("evaluationNotesMore")
        self._more.setProperty("kind", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._toggle)
        self._rest = QWidget(self)
        self._rest_layout = QVBoxLayout(self._rest)
        self._rest_layout.setContentsMargins(0, 0, 0, 0)
        self._rest_layout.setSpacing(theme.px(4))
        top = QHBoxLayout()
        top.addWidget(self._first, 1)
        top.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        layout.setSpacing(theme.px(4))
        layout.addLayout(top)
        layout.addWidget(self._rest)
        self._count = 0

    def show_notes(self, content: EvaluationContent) -> None:
        """Show the notes of a run; hidden where there is nothing to say."""
        notes = notes_of(content)
        self._count = len(notes)
        self.setVisible(bool(notes))
        if not notes:
            return
        self._first.setText(notes[0])
        while (item := self._rest_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for note in notes[1:]:
            label: QLabel = make_label(f"· {note}", "secondary", wrap=True)
            self._rest_layout.addWidget(label)
        self._more.setVisible(len(notes) > 1)
        self._toggle(self._more.isChecked())

    def _toggle(self, opened: bool) -> None:
        self._rest.setVisible(opened and self._count > 1)
        text = self.tr("收起") if opened else self.tr("另有 {n} 条说明").format(n=self._count - 1)
        self._more.setText(text)
        self._more.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the soft amber box."""
        theme = current_theme()
        _colour, soft = theme.tokens.pair(Tone.UNCERTAIN)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
