"""The form of one entry of a list: a condition of taking part, a bonus, an adjustment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import UserError
from zoneeval.policy.faults import key_of
from zoneeval.policy.loader import check_policy
from zoneeval_ui.pages.policies.entries import Unreadable, read, widget_of
from zoneeval_ui.pages.policies.parts import Entry, Item
from zoneeval_ui.pages.policies.trying import fault_words
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label, set_tone

_MOST = 0.62
"""How much of the screen's height a form has at most; a longer one scrolls."""


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
        self._area = QScrollArea(self)
        self._area.setObjectName("itemScroll")
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area, 1)
        self.faults = make_label("", "", self, wrap=True)
        self.faults.setObjectName("itemFaults")
        self.faults.setAccessibleName(self.tr("问题"))
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
        theme, bar = current_theme(), self._area.verticalScrollBar()
        place = bar.value()
        self._form = QWidget(self)
        self._form.setObjectName("scrollBody")
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
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(self._form)
        self._form.show()
        most = round(self.screen().availableGeometry().height() * _MOST)
        self._area.setMinimumHeight(min(self._form.sizeHint().height() + theme.px(4), most))
        bar.setValue(place)
        self._check()

    def go_to(self, name: str) -> None:
        """Give the focus to an entry."""
        widget = self.findChild(QWidget, name) if name else None
        if widget is not None:
            self._area.ensureWidgetVisible(widget)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

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
