"""A form made from a list of inputs: it checks them, stores in a job, and keeps refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from zoneeval.errors import InputError
from zoneeval.workdays import iso_date
from zoneeval_ui.pages.storing_form import StoringForm
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_ui.pages.storing_form import SavingPage
    from zoneeval_ui.session import Work

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


class EntryDialog(StoringForm):
    """Show a :class:`Form`; it stays open until what it asks for is stored."""

    def __init__(self, page: SavingPage, form: Form) -> None:
        super().__init__(page, form.name, form.title, form.head)
        self._form = form
        self.fields = {one.key: self._field(one) for one in form.inputs}
        self.finish(form.save)

    # -- fields ------------------------------------------------------------------------

    def _field(self, one: Input) -> QWidget:
        name = f"{self._form.name}-{one.key}"
        if one.kind == "choice":
            return self.combo(name, one.label, one.choices, one.value)
        if one.kind == "text":
            return self.text(name, one.label, one.value, one.hint)
        example = self.tr("如 2025-06-30") if one.kind == "date" else ""
        return self.line(name, one.label, one.value, one.hint or example)

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

    def lacking(self) -> str:
        """Say what is missing or wrong."""
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

    # -- saving ------------------------------------------------------------------------

    def work(self) -> Work:
        """Return what stores the values."""
        return self._form.work(self.values())

    def said(self, value: Any) -> str:
        """Say what the form says of it."""
        return self._form.said(value)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return None


def _bare(label: str) -> str:
    return label.split("（")[0]
