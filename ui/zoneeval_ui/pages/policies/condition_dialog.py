"""A condition as rows of what, how and how much; a sum as a list; both as a formula too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zoneeval.expressions.wording import worded
from zoneeval.policy.conditions import Clause, Rows, rows_of, subjects, sum_of, terms_of
from zoneeval.policy.findings import formula as formula_findings
from zoneeval_ui.pages.policies.clause_row import ClauseRow, Unfinished
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_ui.pages.policies.parts import Entry


class ConditionDialog(QDialog):
    """Edit a formula in rows; ``value`` is the formula that was agreed to."""

    def __init__(self, entry: Entry, formula: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._entry = entry
        self._truth = entry.kind == "condition"
        self._labels = dict(entry.scored or ())
        self.known = subjects(self._labels or None)
        self.value = formula
        self.rows: list[ClauseRow] = []
        self._made = 0
        self.setObjectName("conditionDialog")
        self.setWindowTitle(entry.label)
        self.setMinimumWidth(theme.px(700))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        self._table = self._rows_part()
        layout.addWidget(self._table)
        self.as_formula = QCheckBox(self.tr("直接写公式"), self)
        self.as_formula.setObjectName("conditionAsFormula")
        self.as_formula.setAccessibleName(self.as_formula.text())
        layout.addWidget(self.as_formula)
        self._written = self._formula_part()
        layout.addWidget(self._written)
        self.words = make_label("", "secondary", self, wrap=True)
        self.words.setObjectName("conditionWords")
        self.words.setAccessibleName(self.tr("意思"))
        layout.addWidget(self.words)
        self.problem = make_label("", "", self, tone=Tone.C, wrap=True)
        self.problem.setObjectName("conditionProblem")
        self.problem.setAccessibleName(self.tr("问题"))
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self.as_formula.toggled.connect(self._switched)
        self._start(formula)

    def _rows_part(self) -> QWidget:
        made = QWidget(self)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self.joined = ComboBox("conditionJoined", self.tr("几条之间的关系"), made)
        self.joined.addItem(self.tr("下面各条要全部符合"), False)
        self.joined.addItem(self.tr("下面各条符合一条就行"), True)
        self.joined.currentIndexChanged.connect(lambda _at: self._read())
        self.joined.setVisible(self._truth)
        head = QHBoxLayout()
        head.addWidget(self.joined)
        head.addStretch(1)
        layout.addLayout(head)
        self._list = QVBoxLayout()
        layout.addLayout(self._list)
        text = self.tr("增加一条") if self._truth else self.tr("再加上一项")
        self.add_button = QPushButton(text, made)
        self.add_button.setObjectName("conditionAdd")
        self.add_button.setAccessibleName(text)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda _on=False: self.add())
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        layout.addLayout(foot)
        return made

    def _formula_part(self) -> QWidget:
        made = QWidget(self)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self.formula = QLineEdit(made)
        self.formula.setObjectName("conditionFormula")
        self.formula.setAccessibleName(self.tr("公式"))
        self.formula.textChanged.connect(lambda _words: self._read())
        layout.addWidget(self.formula)
        row = QHBoxLayout()
        self.insert = ComboBox("conditionInsert", self.tr("插入字段"), made)
        self.insert.addItem(self.tr("插入字段…"), "")
        for subject in self.known:
            self.insert.addItem(subject.label, subject.formula)
        self.insert.activated.connect(self._insert)
        row.addWidget(self.insert)
        row.addStretch(1)
        layout.addLayout(row)
        return made

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.agree = buttons.addButton(self.tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setObjectName("conditionAgree")
        self.agree.setAccessibleName(self.agree.text())
        self.agree.setProperty("kind", "primary")
        self.agree.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("conditionCancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _start(self, formula: str) -> None:
        self.formula.setText(formula)
        simple = not formula or self._fill(formula)
        self.as_formula.setChecked(not simple)
        self._written.setVisible(not simple)
        self._table.setVisible(simple)
        self._read()

    def _fill(self, formula: str) -> bool:
        """Show a formula as rows; tell whether it can be."""
        if self._truth:
            found = rows_of(formula)
            if found is None:
                return False
            self._clear()
            self.joined.setCurrentIndex(int(found.one_is_enough))
            for clause in found.clauses:
                self.add(clause)
            return True
        terms = terms_of(formula)
        if terms is None:
            return False
        self._clear()
        for term in terms:
            self.add(Clause(term, ">=", 0.0))
        return True

    def add(self, clause: Clause | None = None) -> ClauseRow:
        """Add a row."""
        row = ClauseRow(self._made, self.known, clause, whole=self._truth, parent=self._table)
        self._made += 1
        row.changed.connect(self._read)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        self._read()
        return row

    def _remove(self, row: ClauseRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._read()

    def _clear(self) -> None:
        for row in list(self.rows):
            self._remove(row)

    def _insert(self, _at: int) -> None:
        self.formula.insert(str(self.insert.currentData()))
        self.insert.setCurrentIndex(0)
        self.formula.setFocus()

    def _switched(self, written: bool) -> None:
        if written:
            self.formula.setText(self.value)
        elif self.formula.text().strip() and not self._fill(self.formula.text()):
            self.as_formula.setChecked(True)
            self.problem.setText(self.tr("这个公式不能拆成几条，只能直接写。"))
            self.problem.show()
            return
        elif not self.formula.text().strip():
            self._clear()
        self._written.setVisible(written)
        self._table.setVisible(not written)
        self._read()

    def _read(self) -> None:
        """Take the rows or the formula over where they are sound, else say what is wrong."""
        try:
            formula, problem = self._current(), ""
        except Unfinished as error:
            formula, problem = self.value, str(error)
        if not problem and not formula and not self._entry.optional:
            problem = self.tr("还没有写，请增加一条。")
        if not problem and formula:
            found = formula_findings(
                formula, (), truth=self._truth, scored=list(self._labels) or None
            )
            problem = "".join(message for _, message, _ in list(found)[:1])
        if not problem:
            self.value = formula
        meaning = worded(formula, self._labels) if formula and not problem else ""
        self.words.setText(self.tr("意思：{words}").format(words=meaning) if meaning else "")
        self.words.setVisible(bool(meaning))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.agree.setEnabled(not problem)

    def _current(self) -> str:
        if self.as_formula.isChecked():
            return self.formula.text().strip()
        if not self._truth:
            return sum_of([row.subject.formula for row in self.rows])
        clauses = tuple(row.clause() for row in self.rows)
        return Rows(clauses, bool(self.joined.currentData())).formula
