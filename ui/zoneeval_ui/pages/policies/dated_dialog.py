"""Figures that a document gives anew each year, as a small table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from zoneeval.policy.dated import figures_fault
from zoneeval_ui.pages.evaluation.knobs import plain_box
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label


class DatedDialog(QDialog):
    """A line per year; without any, one figure holds for all years."""

    def __init__(
        self, title: str, value: Any, parent: QWidget | None = None, *, percent: bool = False
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("datedDialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(420))
        self._unit, self._times = ("%", 100) if percent else ("", 1)
        self._first = value * self._times if isinstance(value, int | float) else None
        self.value: dict[str, float] = {}
        self._lines: list[tuple[QWidget, QSpinBox, QLineEdit]] = []
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        words = self.tr(
            "一个年度一行；没有列出的年度，用在它以前最近一年的数值。全部删去就是各年度相同。"
        )
        layout.addWidget(make_label(words, "secondary", self, wrap=True))
        self._rows = QVBoxLayout()
        layout.addLayout(self._rows)
        self.add_button = QPushButton(self.tr("增加年度"), self)
        self.add_button.setObjectName("datedAdd")
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda _on=False: self.add_next())
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        layout.addLayout(row)
        self.problem = make_label("", "", self, tone=Tone.C, wrap=True)
        self.problem.setObjectName("datedProblem")
        self.problem.setAccessibleName(self.tr("问题"))
        layout.addWidget(self.problem)
        buttons = QDialogButtonBox(self)
        self.agree = buttons.addButton(self.tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setObjectName("datedAgree")
        self.agree.setAccessibleName(self.agree.text())
        self.agree.setProperty("kind", "primary")
        self.agree.setDefault(True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        if isinstance(value, Mapping):
            for year in sorted(value):
                self.add(int(year), f"{value[year] * self._times:.10g}")
        self._read()

    def add_next(self) -> None:
        """Add the year after the last, with the same figure to start from."""
        if self._lines:
            _, box, edit = self._lines[-1]
            self.add(box.value() + 1, edit.text())
        else:
            self.add(date.today().year, "" if self._first is None else f"{self._first:.10g}")

    def add(self, year: int, figure: str) -> None:
        """Add a line."""
        made, number = QWidget(self), len(self._lines)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        box = QSpinBox(made)
        box.setRange(1990, 2100)
        box.setValue(year)
        plain_box(box)
        box.setObjectName(f"datedYear-{number}")
        box.setAccessibleName(self.tr("年度"))
        box.valueChanged.connect(lambda _year: self._read())
        edit = QLineEdit(figure, made)
        edit.setObjectName(f"datedFigure-{number}")
        edit.setAccessibleName(self.tr("数值"))
        edit.textChanged.connect(lambda _words: self._read())
        gone = QPushButton(self.tr("删去"), made)
        gone.setObjectName(f"datedRemove-{number}")
        gone.setAccessibleName(self.tr("删去这一年度"))
        gone.setProperty("kind", "link")
        gone.setAutoDefault(False)
        gone.clicked.connect(lambda _on=False: self._remove(made))
        unit = make_label(self._unit, "secondary", made)
        for widget in (box, make_label(self.tr("年"), "", made), edit, unit, gone):
            row.addWidget(widget)
        row.addStretch(1)
        self._rows.addWidget(made)
        self._lines.append((made, box, edit))
        self._read()

    def _remove(self, made: QWidget) -> None:
        self._lines = [line for line in self._lines if line[0] is not made]
        self._rows.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._read()

    def _read(self) -> None:
        """Take the lines over where they are sound, else say what is wrong."""
        found: dict[str, float] = {}
        problem = ""
        for _, box, edit in self._lines:
            year, words = str(box.value()), edit.text().strip()
            if year in found:
                problem = self.tr("{year} 年写了两次，请删去一行。").format(year=year)
            try:
                found[year] = round(float(words) / self._times, 12)
            except ValueError:
                problem = self.tr("{year} 年的“{words}”不是数字，请改正。").format(
                    year=year, words=words
                )
        fault = figures_fault(found) if found and not problem else ""
        problem = problem or (f"{fault}。" if fault else "")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.agree.setEnabled(not problem)
        if not problem:
            self.value = found
