"""A form: fields under a sentence, below them what is missing, and the buttons."""

from __future__ import annotations

from collections.abc import Iterable

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

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.labels import make_label, say_fault

WIDTH = 520
TEXT_LINES = 3


class FormDialog(QDialog):
    """A form whose button works once nothing is missing.

    Subclasses add fields, call :meth:`finish`, and say in :meth:`lacking` what is missing.
    The names of what every form has begin with ``stem``, else with the form's own.
    """

    def __init__(
        self, parent: QWidget | None, name: str, title: str, head: str = "", stem: str = ""
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._stem = stem or name
        self._is_whole = False
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(WIDTH))
        self.layout_ = QVBoxLayout(self)
        self.layout_.setSpacing(theme.px(12))
        if head:
            self.layout_.addWidget(make_label(head, "sentence", wrap=True))
        self.form = QFormLayout()
        self.form.setVerticalSpacing(theme.px(8))
        self.form.setHorizontalSpacing(theme.px(12))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.layout_.addLayout(self.form)
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName(f"{self._stem}Fault")

    def finish(self, save: str) -> None:
        """Add what stands below the fields; from now on it says what is missing."""
        self.layout_.addWidget(self.fault)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName(f"{self._stem}Save")
        self.save.setAccessibleName(save)
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName(f"{self._stem}Cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.store)
        buttons.rejected.connect(self.reject)
        self.layout_.addWidget(buttons)
        self._is_whole = True
        self.check()

    # -- fields ------------------------------------------------------------------------

    def add(self, text: str, widget: QWidget) -> None:
        """Add a field with its name."""
        label = QLabel(text, self)
        label.setBuddy(widget)
        self.form.addRow(label, widget)

    def line(self, name: str, text: str, value: str = "", hint: str = "") -> QLineEdit:
        """Add a line to type in."""
        line = QLineEdit(value, self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        line.setPlaceholderText(hint)
        line.textChanged.connect(lambda _text: self.check())
        self.add(text, line)
        return line

    def text(self, name: str, text: str, value: str = "", hint: str = "") -> QPlainTextEdit:
        """Add a few lines to type in."""
        box = QPlainTextEdit(value, self)
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setPlaceholderText(hint)
        box.setTabChangesFocus(True)
        height = box.fontMetrics().lineSpacing() * TEXT_LINES + current_theme().px(22)
        box.setFixedHeight(height)
        box.textChanged.connect(self.check)
        self.add(text, box)
        return box

    def combo(
        self, name: str, text: str, choices: Iterable[tuple[str, str]], current: str = ""
    ) -> ComboBox:
        """Add a box to choose from: what is meant, and its words."""
        box = ComboBox(name, text, self)
        for key, words in choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.currentIndexChanged.connect(lambda _at: self.check())
        self.add(text, box)
        return box

    # -- what a form overrides ---------------------------------------------------------

    def lacking(self) -> str:
        """Return what is still missing, "" where the form is complete."""
        return ""

    def store(self) -> None:
        """Take what was entered; the form closes."""
        self.accept()

    # -- checking ----------------------------------------------------------------------

    def check(self) -> None:
        """Say what is missing, once the form is whole; the button works when nothing is."""
        if not self._is_whole:
            return
        lacking = self.lacking()
        self.show_fault(lacking)
        self.save.setEnabled(not lacking)

    def show_fault(self, text: str) -> None:
        """Say what is wrong, "" for nothing; the form grows where that needs more lines."""
        say_fault(self.fault, text)
        self.layout_.activate()
        needed = self.layout_.totalHeightForWidth(self.width())
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)
