"""A small form of text lines and boxes with proposals; it knows when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.form import FormDialog


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form; with ``choices`` something else may still be typed."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[str] | None = None


class FieldsDialog(FormDialog):
    """Ask for a few texts; ``check`` returns what is wrong with them, "" for nothing."""

    def __init__(
        self,
        name: str,
        title: str,
        fields: Sequence[Field],
        check: Callable[[Mapping[str, str]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, name, title)
        self._fault_of = check
        self.widgets = {field.key: self._widget(f"{name}-{field.key}", field) for field in fields}
        self.finish(self.tr("保存"))

    def _widget(self, name: str, field: Field) -> QLineEdit | ComboBox:
        if field.choices is None:
            return self.line(name, field.label, field.value, field.hint)
        box = ComboBox(name, field.label, self)
        box.setEditable(True)
        box.addItems(list(field.choices))
        box.setCurrentText(field.value)
        line = box.lineEdit()
        if line is not None:
            line.setPlaceholderText(field.hint)
        box.editTextChanged.connect(lambda _text: self.check())
        self.add(field.label, box)
        return box

    def values(self) -> dict[str, str]:
        """Return what was typed, without blanks around it."""
        return {
            key: (widget.currentText() if isinstance(widget, ComboBox) else widget.text()).strip()
            for key, widget in self.widgets.items()
        }

    def set_value(self, key: str, text: str) -> None:
        """Put a text into a line."""
        widget = self.widgets[key]
        if isinstance(widget, ComboBox):
            widget.setCurrentText(text)
        else:
            widget.setText(text)

    def lacking(self) -> str:
        """Say what is wrong with the texts."""
        return self._fault_of(self.values())
