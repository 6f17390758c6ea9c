"""A form made from a list of inputs: it checks them, stores in a job, and keeps refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import InputError, UserError
from zoneeval.workdays import iso_date
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.labels import say_fault

if TYPE_CHECKING:
    from zoneeval_ui.pages.exits.page import ExitsPage
    from zoneeval_ui.session import Work

TEXT_LINES = 3
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form.

    ``choices`` are value and text; a ``date`` is ISO, a ``number`` becomes float or None.
    """

    key: str
    label: str
    kind: Literal["line", "text", "choice", "date", "number"] = "line"
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Form:
    """What a form asks, and what it does: ``work`` gets the values, ``said`` the result."""

    name: str
    title: str
    head: str
    inputs: Sequence[Input]
    save: str
    work: Callable[[Values], Work]
    said: Callable[[Any], str]


class EntryDialog(QDialog):
    """Show a :class:`Form`; it stays open until what it asks for is stored."""

    def __init__(self, page: ExitsPage, form: Form) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self._page, self._form, self._storing = page, form, False
        self.setObjectName(form.name)
        self.setWindowTitle(form.title)
        self.setMinimumWidth(theme.px(520))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        layout.addWidget(make_label(form.head, "sentence", wrap=True))
        rows = QFormLayout()
        rows.setVerticalSpacing(theme.px(8))
        rows.setHorizontalSpacing(theme.px(12))
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.addLayout(rows)
        self.fields: dict[str, QWidget] = {}
        for one in form.inputs:
            field = self._field(one)
            self.fields[one.key] = field
            label = QLabel(one.label, self)
            label.setBuddy(field)
            rows.addRow(label, field)
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName(f"{form.name}Fault")
        layout.addWidget(self.fault)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(form.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName(f"{form.name}Save")
        self.save.setAccessibleName(form.save)
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName(f"{form.name}Cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.store)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.check()

    # -- fields ------------------------------------------------------------------------

    def _field(self, one: Input) -> QWidget:
        name = f"{self._form.name}-{one.key}"
        if one.kind == "choice":
            box = ComboBox(name, one.label, self)
            for value, text in one.choices:
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(one.value)))
            box.currentIndexChanged.connect(lambda _at: self.check())
            return box
        if one.kind == "text":
            area = QPlainTextEdit(one.value, self)
            area.setPlaceholderText(one.hint)
            area.setTabChangesFocus(True)
            lines = area.fontMetrics().lineSpacing() * TEXT_LINES
            area.setFixedHeight(lines + current_theme().px(22))
            area.textChanged.connect(self.check)
            found: QWidget = area
        else:
            line = QLineEdit(one.value, self)
            line.setPlaceholderText(
                one.hint or (self.tr("如 2025-06-30") if one.kind == "date" else "")
            )
            line.textChanged.connect(lambda _text: self.check())
            found = line
        found.setObjectName(name)
        found.setAccessibleName(one.label)
        return found

    def fill(self, **given: str) -> None:
        """Put something into fields, by key; of a choice its value."""
        for key, text in given.items():
            field = self.fields[key]
            if isinstance(field, ComboBox):
                field.setCurrentIndex(field.findData(text))
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(text)
            elif isinstance(field, QLineEdit):
                field.setText(text)

    def _text(self, key: str) -> str:
        field = self.fields[key]
        if isinstance(field, ComboBox):
            return str(field.currentData() or "")
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText().strip()
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def values(self) -> dict[str, Any]:
        """Return what was entered, by key."""
        out: dict[str, Any] = {}
        for one in self._form.inputs:
            text = self._text(one.key)
            out[one.key] = (_number(text) if text else None) if one.kind == "number" else text
        return out

    # -- saving ------------------------------------------------------------------------

    def lacking(self) -> str:
        """Return what is missing or wrong, "" where the form is complete."""
        for one in self._form.inputs:
            text = self._text(one.key)
            if one.required and not text:
                verb = self.tr("请选择") if one.kind == "choice" else self.tr("请填写")
                return f"{verb}{_bare(one.label)}。"
            if one.kind == "date" and text:
                try:
                    iso_date(text, one.label)
                except InputError as fault:
                    return str(fault)
            if one.kind == "number" and text and _number(text) is None:
                return self.tr("{label}应为数字，不是“{text}”。不清楚的请留空。").format(
                    label=_bare(one.label), text=text
                )
        return ""

    def check(self) -> None:
        """Say what is missing; the button works once nothing is."""
        if len(self.fields) < len(self._form.inputs):
            return
        lacking = self.lacking()
        self._show_fault(lacking)
        self.save.setEnabled(not lacking)

    def store(self) -> None:
        """Store the entry in a job, then close; a refusal is shown and the form stays."""
        if self.lacking() or self._storing:
            return
        self._storing = True
        self.save.setEnabled(False)
        self._page.saving.store(
            self._form.work(self.values()),
            self._form.title,
            self._form.said,
            stored=self._stored,
            failed=self._failed,
        )

    def reject(self) -> None:
        """Close without storing; not while it is being stored."""
        if not self._storing:
            super().reject()

    def _stored(self, _value: Any) -> None:
        self._storing = False
        self.accept()

    def _failed(self, error: BaseException | None) -> None:
        self._storing = False
        self.save.setEnabled(True)
        if isinstance(error, UserError):
            self._show_fault(str(error))

    def _show_fault(self, text: str) -> None:
        say_fault(self.fault, text)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return None


def _bare(label: str) -> str:
    return label.split("（")[0]
