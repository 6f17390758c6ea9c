"""A small form of text lines and boxes with proposals; it knows when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.labels import say_fault


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form; with ``choices`` something else may still be typed."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[str] | None = None


class FieldsDialog(QDialog):
    """Ask for a few texts; ``check`` returns what is wrong with them, "" for nothing."""

    def __init__(
        self,
        name: str,
        title: str,
        fields: Sequence[Field],
        check: Callable[[Mapping[str, str]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().px(480))
        self._check_values = check
        self.widgets: dict[str, QLineEdit | ComboBox] = {}
        form = QFormLayout()
        for field in fields:
            widget = self._widget(name, field)
            self.widgets[field.key] = widget
            form.addRow(QLabel(field.label, self), widget)
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName(f"{name}Fault")
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(self.tr("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName(f"{name}Save")
        self.save.setAccessibleName(self.save.text())
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName(f"{name}Cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self._check()

    def _widget(self, name: str, field: Field) -> QLineEdit | ComboBox:
        object_name = f"{name}-{field.key}"
        if field.choices is not None:
            box = ComboBox(object_name, field.label, self)
            box.setEditable(True)
            box.addItems(list(field.choices))
            box.setCurrentText(field.value)
            line = box.lineEdit()
            if line is not None:
                line.setPlaceholderText(field.hint)
            box.editTextChanged.connect(lambda _text: self._check())
            return box
        edit = QLineEdit(field.value, self)
        edit.setObjectName(object_name)
        edit.setAccessibleName(field.label)
        edit.setPlaceholderText(field.hint)
        edit.textChanged.connect(lambda _text: self._check())
        return edit

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

    def _check(self) -> None:
        fault = self._check_values(self.values())
        say_fault(self.fault, fault)
        self.save.setEnabled(not fault)
