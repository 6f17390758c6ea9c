"""对应企业: rows without a credit code and whom they may mean; one click or key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zoneeval.model.matching import ALIAS_WORDS, NOT_OURS, MatchQuestion
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, Section, make_label

MOST_SHOWN = 50


class QuestionsCard(Card):
    """Doubtful rows with their proposals, the first open one first.

    ``answered`` carries the question and the credit code chosen ("" : none of them);
    ``finished`` says that every question has its answer.  Keys: 1 to 5 choose a proposal
    of the first open question, 0 says 都不是.
    """

    answered = Signal(object, str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("questionsCard")
        self.setAccessibleName(self.tr("对应企业"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._questions: tuple[MatchQuestion, ...] = ()
        self._answers: dict[tuple[str, str], str] = {}
        head = Section("", self, line=False)
        self._title = make_label("", "strong", self)
        self._title.setObjectName("questionsTitle")
        head.add(self._title)
        self._hint = make_label(
            self.tr(
                "这些行没有信用代码。按数字键或点选对应的企业，答案会记住；全部答完后自动重新检查。"
            ),
            "secondary",
            self,
            wrap=True,
        )
        head.add(self._hint)
        self._area = QScrollArea(self)
        self._area.setObjectName("questionsArea")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(head)
        self.add(self._area, 1)
        self.hide()

    @property
    def open_questions(self) -> tuple[MatchQuestion, ...]:
        """Return the questions without an answer yet."""
        return tuple(q for q in self._questions if (q.kind, q.alias) not in self._answers)

    def set_questions(self, questions: Sequence[MatchQuestion]) -> None:
        """Show these questions; without any the card is hidden."""
        self._questions = tuple(questions)
        self._answers = {}
        self.setVisible(bool(questions))
        self._fill()
        if questions:
            self.setFocus()

    def answer(self, question: MatchQuestion, uscc: str) -> None:
        """Take an answer; the last one finishes."""
        if (question.kind, question.alias) in self._answers:
            return
        self._answers[question.kind, question.alias] = uscc
        self.answered.emit(question, uscc)
        self._fill()
        if not self.open_questions:
            self.finished.emit()

    def take_back(self, question: MatchQuestion) -> None:
        """Open a question again whose answer could not be stored."""
        self._answers.pop((question.kind, question.alias), None)
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the first open question with a digit."""
        waiting = self.open_questions
        text = event.text()
        if waiting and text == "0":
            self.answer(waiting[0], NOT_OURS)
        elif waiting and text.isdigit() and int(text) <= len(waiting[0].proposals):
            self.answer(waiting[0], waiting[0].proposals[int(text) - 1].uscc)
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        waiting = self.open_questions
        self._title.setText(
            self.tr("对应企业：还有 {n} 个待确认").format(n=len(waiting))
            if waiting
            else self.tr("对应企业：已全部确认")
        )
        body = QWidget()
        body.setObjectName("scrollBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for at, question in enumerate(waiting[:MOST_SHOWN]):
            layout.addWidget(self._section(question, body, first=at == 0))
        layout.addStretch(1)
        before = self._area.takeWidget()
        if before is not None:
            before.deleteLater()  # one of its buttons may be what was clicked
        self._area.setWidget(body)

    def _section(self, question: MatchQuestion, parent: QWidget, *, first: bool) -> Section:
        section = Section("", parent, raised=first)
        section.setObjectName("question")
        section.body.setSpacing(current_theme().px(4))
        rows = "、".join(str(row) for row in question.rows[:5])
        more = self.tr(" 等 {n} 行").format(n=len(question.rows)) if len(question.rows) > 5 else ""
        place = f"{question.file} {question.sheet or ''} " + self.tr("第 {rows} 行").format(
            rows=rows
        )
        section.add(make_label(question.shown, "strong", section, wrap=True))
        section.add(
            make_label(
                f"{ALIAS_WORDS[question.kind]}　{place}{more}", "secondary", section, wrap=True
            )
        )
        for number, proposal in enumerate(question.proposals, 1):
            row = QHBoxLayout()
            row.setSpacing(current_theme().px(8))
            score = f"{proposal.score * 100:.0f}%"
            tone = Tone.A if proposal.score >= 0.9 else Tone.UNCERTAIN
            button = self._button(
                f"{number if first else ''} {proposal.name}".strip(),
                self.tr("是{name}，相似度 {score}").format(name=proposal.name, score=score),
                partial(self.answer, question, proposal.uscc),
                section,
            )
            button.setObjectName("questionProposal")
            button.setToolTip(proposal.uscc)
            row.addWidget(button, 1)
            row.addWidget(Badge(score, tone, section), 0, Qt.AlignmentFlag.AlignVCenter)
            section.body.addLayout(row)
        section.body.addLayout(self._others(question, section, first=first))
        return section

    def _others(self, question: MatchQuestion, section: Section, *, first: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        other = QLineEdit(section)
        other.setObjectName("questionOther")
        other.setAccessibleName(self.tr("其他企业的信用代码"))
        other.setPlaceholderText(self.tr("其他企业：输入信用代码后回车"))
        other.returnPressed.connect(
            lambda: self.answer(question, other.text().strip()) if other.text().strip() else None
        )
        row.addWidget(other, 1)
        none = self._button(
            self.tr("0 都不是") if first else self.tr("都不是"),
            self.tr("都不是：这些行不导入，以后也不再询问"),
            lambda: self.answer(question, NOT_OURS),
            section,
        )
        none.setObjectName("questionNone")
        row.addWidget(none)
        return row

    def _button(
        self, text: str, name: str, chosen: Callable[[], None], parent: QWidget
    ) -> QPushButton:
        button = QPushButton(text, parent)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda: chosen())
        return button
