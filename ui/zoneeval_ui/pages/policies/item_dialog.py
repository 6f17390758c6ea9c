"""The form of one entry of a list: a condition of taking part, a bonus, an adjustment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from zoneeval.errors import UserError
from zoneeval.policy.faults import key_of
from zoneeval.policy.loader import check_policy
from zoneeval_ui.pages.policies.entries import Unreadable, read, widget_of
from zoneeval_ui.pages.policies.parts import Entry, Item
from zoneeval_ui.pages.policies.trying import fault_words
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label, set_tone


class ItemDialog(QDialog):
    """Edits a text of its own; ``text`` is taken over where the user agrees."""

    def __init__(self, item: Item, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.item, self.text = item, text
        self._before = {(fault.key, fault.message) for fault in check_policy(text)}
        self._wrong: dict[str, str] = {}
        self._form: QWidget | None = None
        self.setObjectName("itemDialog")
        self.setWindowTitle(item.title)
        self.setMinimumWidth(theme.px(630))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        self._place = QVBoxLayout()
        layout.addLayout(self._place)
        self.faults = make_label("", "", self, wrap=True)
        self.faults.setObjectName("itemFaults")
        self.faults.setAccessibleName(self.tr("问题"))
        layout.addStretch(1)
        layout.addWidget(self.faults)
        buttons = QDialogButtonBox(self)
        self.agree = buttons.addButton(self.tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setObjectName("itemAgree")
        self.agree.setAccessibleName(self.agree.text())
        self.agree.setProperty("kind", "primary")
        self.agree.setDefault(True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._build()

    def _build(self) -> None:
        if self._form is not None:
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.setParent(None)
            self._form.deleteLater()
        theme = current_theme()
        self._form = QWidget(self)
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for line, entry in enumerate(self.item.entries(self.text)):
            label = make_label(entry.label, "", self._form, wrap=True)
            label.setFixedWidth(theme.px(180))
            grid.addWidget(label, line, 0)
            grid.addWidget(widget_of(entry, self._changed, self._form), line, 1)
        self._place.addWidget(self._form)
        self._check()

    def _changed(self, entry: Entry, given: Any) -> None:
        self._wrong.pop(entry.name, None)
        try:
            self.text = entry.apply(self.text, read(entry, given))
        except (Unreadable, UserError) as error:
            self._wrong[entry.name] = str(error)
        if entry.shapes:
            QTimer.singleShot(0, self, self._build)
        self._check()

    def _check(self) -> None:
        """Show the faults of this entry, and those that its change has made elsewhere."""
        here = key_of(self.item.path)
        found = [
            fault_words(self.text, fault)
            for fault in check_policy(self.text)
            if fault.key.startswith(here) or (fault.key, fault.message) not in self._before
        ]
        faults = [*self._wrong.values(), *found]
        self.faults.setText("\n".join(f"· {words}" for words in faults) or self.tr("没有问题。"))
        set_tone(self.faults, Tone.C if faults else Tone.A)
        self.agree.setEnabled(not self._wrong)
