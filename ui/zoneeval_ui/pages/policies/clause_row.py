"""One row of a condition: what is compared, how, and with what."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from zoneeval.policy.conditions import Clause, Subject, subject_of
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

translate = QCoreApplication.translate
_FIGURES = ("number", "share")


class Unfinished(ValueError):
    """What stands in a row is no figure, or nothing; the message says so."""


class ClauseRow(QWidget):
    """Subject, sign, value and a button that takes the row away; ``whole`` False: no more."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        number: int,
        known: Sequence[Subject],
        clause: Clause | None,
        *,
        whole: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._known = list(known)
        self._whole = whole
        self._name = f"clause-{number}"
        self._value: ComboBox | QLineEdit | None = None
        self._unit: QLabel | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(6))
        self.what = self._what(clause)
        self.sign = ComboBox(f"{self._name}-sign", translate("Policies", "怎样比较"), self)
        self.sign.setVisible(whole)
        self.sign.setFixedWidth(theme.px(92))
        self.what.setFixedWidth(theme.px(290 if whole else 420))
        gone = QPushButton(translate("Policies", "删去"), self)
        gone.setObjectName(f"{self._name}-remove")
        gone.setAccessibleName(translate("Policies", "删去这一条"))
        gone.setProperty("kind", "link")
        gone.setAutoDefault(False)
        gone.clicked.connect(lambda _on=False: self.removed.emit())
        self._layout.addWidget(self.what)
        self._layout.addWidget(self.sign)
        self._layout.addStretch(1)
        self._layout.addWidget(gone)
        self._shape(clause)
        self.what.currentIndexChanged.connect(lambda _at: self._chosen())
        self.sign.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def _what(self, clause: Clause | None) -> ComboBox:
        box = ComboBox(f"{self._name}-what", translate("Policies", "比较什么"), self)
        if clause is not None:
            subject = subject_of(clause.subject, self._known)
            signs = ("==",) if subject.kind == "flag" else tuple(subject.signs)
            plain = isinstance(clause.value, float)
            fits = clause.sign in signs and (not plain or subject.kind not in ("choice", "text"))
            if not fits and plain:
                subject = replace(subject, kind="number")
            if subject not in self._known:
                known = [one for one in self._known if one.formula != subject.formula]
                self._known = [subject, *known]
        for subject in self._known:
            box.addItem(subject.label, subject.formula)
        if clause is not None:
            box.setCurrentIndex(max(0, box.findData(clause.subject)))
        box.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        box.setMaxVisibleItems(16)
        edit = QLineEdit(box)
        edit.setObjectName(f"{self._name}-find")
        edit.setAccessibleName(box.accessibleName())
        edit.editingFinished.connect(lambda: edit.setText(box.itemText(box.currentIndex())))
        box.setLineEdit(edit)
        completer = QCompleter([subject.label for subject in self._known], box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
        return box

    @property
    def subject(self) -> Subject:
        """Return what is chosen."""
        return self._known[max(0, self.what.currentIndex())]

    def _chosen(self) -> None:
        self._shape(None)
        self.changed.emit()

    def _shape(self, clause: Clause | None) -> None:
        """Offer the signs and the value that go with the subject."""
        if not self._whole:
            return
        subject = self.subject
        self.sign.blockSignals(True)
        self.sign.clear()
        for sign, word in subject.signs.items():
            self.sign.addItem(word, sign)
        if clause is not None:
            sign = clause.sign
            if subject.kind == "flag":
                sign = "==" if clause.value == 1 else "!="
            self.sign.setCurrentIndex(max(0, self.sign.findData(sign)))
        self.sign.blockSignals(False)
        for gone in (self._value, self._unit):
            if gone is not None:
                self._layout.removeWidget(gone)
                gone.hide()
                gone.setObjectName("")
                gone.deleteLater()
        self._value, self._unit = self._value_of(subject, clause), None
        if self._value is not None:
            self._layout.insertWidget(2, self._value)
            unit = "%" if subject.kind == "share" else subject.unit
            if unit:
                self._unit = make_label(unit, "secondary", self)
                self._layout.insertWidget(3, self._unit)

    def _value_of(self, subject: Subject, clause: Clause | None) -> ComboBox | QLineEdit | None:
        name, label = f"{self._name}-value", translate("Policies", "与什么比较")
        value = None if clause is None else clause.value
        if subject.kind == "flag":
            return None
        if subject.kind == "choice" and subject.choices:
            box = ComboBox(name, label, self)
            others = () if value is None or value in subject.choices else (str(value),)
            for choice in (*subject.choices, *others):
                box.addItem(choice, choice)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
            return box
        text = "" if value is None else str(value)
        if isinstance(value, tuple):
            text = "、".join(value)
        elif isinstance(value, float):
            text = f"{value * (100 if subject.kind == 'share' else 1):.12g}"
        edit = QLineEdit(text, self)
        edit.setObjectName(name)
        edit.setAccessibleName(label)
        if subject.kind == "codes":
            edit.setPlaceholderText(translate("Policies", "如 13-43、4412"))
        edit.setFixedWidth(current_theme().px(110 if subject.kind in _FIGURES else 190))
        edit.textChanged.connect(lambda _words: self.changed.emit())
        return edit

    def clause(self) -> Clause:
        """Return the row; raise Unfinished where its value is none."""
        subject, sign = self.subject, str(self.sign.currentData())
        if subject.kind == "flag":
            return Clause(subject.formula, "==", 1.0 if sign == "==" else 0.0)
        if isinstance(self._value, ComboBox):
            return Clause(subject.formula, sign, str(self._value.currentData()))
        words = self._value.text().strip() if self._value is not None else ""
        if not words:
            message = translate("Policies", "“{label}”还没有写与什么比较。")
            raise Unfinished(message.format(label=subject.label))
        if subject.kind == "codes":
            codes = tuple(part for part in re.split(r"[、，,\s]+", words) if part)
            return Clause(subject.formula, sign, codes)
        if subject.kind in ("text", "choice"):
            if '"' in words or "\\" in words:
                message = translate("Policies", "“{words}”中不能有引号或斜线。")
                raise Unfinished(message.format(words=words))
            return Clause(subject.formula, sign, words)
        return Clause(subject.formula, sign, self._figure(subject, words))

    def _figure(self, subject: Subject, words: str) -> float:
        try:
            figure = float(words.rstrip("%％"))
        except ValueError:
            figure = math.nan
        if not math.isfinite(figure):
            message = translate("Policies", "{label}：“{words}”不是数字，请改正。")
            raise Unfinished(message.format(label=subject.label, words=words))
        return round(figure / 100, 12) if subject.kind == "share" else figure
