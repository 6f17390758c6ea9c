"""What the small forms share: fields, the fault below them, and saving in a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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

from zoneeval.errors import UserError
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label

if TYPE_CHECKING:
    from zoneeval_ui.pages.adjudication.page import AdjudicationPage
    from zoneeval_ui.session import Work

TEXT_LINES = 3


class FormDialog(QDialog):
    """A form that stays open until what it asks for is stored.

    Subclasses add fields, say in :meth:`lacking` what is missing, and in :meth:`work` what
    is stored; a refusal is shown below the fields, nothing typed is lost.
    """

    def __init__(self, page: AdjudicationPage, name: str, title: str, head: str) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self.page = page
        self._name = name
        self._storing = False
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(520))
        self.layout_ = QVBoxLayout(self)
        self.layout_.setSpacing(theme.px(12))
        self.layout_.addWidget(make_label(head, "sentence", wrap=True))
        self.form = QFormLayout()
        self.form.setVerticalSpacing(theme.px(8))
        self.form.setHorizontalSpacing(theme.px(12))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.layout_.addLayout(self.form)
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName(f"{name}Fault")

    def finish(self, save: str) -> None:
        """Add what stands below the fields: the fault and the buttons."""
        self.layout_.addWidget(self.fault)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName(f"{self._name}Save")
        self.save.setAccessibleName(save)
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName(f"{self._name}Cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.store)
        buttons.rejected.connect(self.reject)
        self.layout_.addWidget(buttons)
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

    # -- what a form overrides ---------------------------------------------------------

    def lacking(self) -> str:
        """Return what is still missing, "" where the form is complete."""
        return ""

    def work(self) -> Work:
        """Return what stores the entry, for the worker."""
        raise NotImplementedError

    def said(self, _value: Any) -> str:
        """Return what to say when it is stored."""
        return self.tr("已保存。")

    def arrived(self, _value: Any) -> None:
        """Follow what was stored, such as to another run; nothing where not overridden."""

    def undoable(self) -> bool:
        """Tell whether what is stored can be taken back."""
        return True

    # -- saving ------------------------------------------------------------------------

    def check(self) -> None:
        """Say what is missing; the button works once nothing is."""
        lacking = self.lacking()
        self._show_fault(lacking)
        self.save.setEnabled(not lacking)

    def store(self) -> None:
        """Store the entry in a job, then close; a refusal is shown and the form stays."""
        if self.lacking():
            return
        self._storing = True
        self.save.setEnabled(False)
        self.page.store(
            self.work(),
            self.windowTitle(),
            self.said,
            stored=self._stored,
            failed=self._failed,
            undoable=self.undoable(),
        )

    def reject(self) -> None:
        """Close without storing; not while it is being stored."""
        if not self._storing:
            super().reject()

    def _stored(self, value: Any) -> None:
        self._storing = False
        self.arrived(value)
        self.accept()

    def _failed(self, error: BaseException | None) -> None:
        self._storing = False
        self.save.setEnabled(True)
        if isinstance(error, UserError):
            self._show_fault(str(error))

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """Grow where the text below the fields needs more lines; never squeeze a field."""
        self.layout_.activate()
        needed = self.layout_.totalHeightForWidth(self.width())
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)


OpenForm = Callable[[], FormDialog | None]
