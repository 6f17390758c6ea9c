"""One question with one answer: a choice from a list, or a line of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.labels import make_label

WIDTH = 420
translate = QCoreApplication.translate


T = TypeVar("T")


def told_apart(found: Iterable[tuple[str, str, T]]) -> dict[str, T]:
    """Return things by title; where titles are the same, the second word tells them apart."""
    every = list(found)
    held = Counter(title for title, _, _ in every)
    return {
        title if held[title] == 1 else f"{title}（{detail}）": one for title, detail, one in every
    }


def ask_choice(
    parent: QWidget, name: str, title: str, label: str, items: Sequence[str]
) -> str | None:
    """Let the user choose one of ``items``; None where it was cancelled."""
    box = ComboBox(f"{name}Choice", label.rstrip("："))
    box.addItems(list(items))
    return box.currentText() if _asked(parent, name, title, label, box) else None


def ask_text(parent: QWidget, name: str, title: str, label: str, text: str = "") -> str | None:
    """Let the user write a line; None where it was cancelled."""
    line = QLineEdit(text)
    line.setObjectName(f"{name}Text")
    line.setAccessibleName(label.rstrip("："))
    line.selectAll()
    return line.text() if _asked(parent, name, title, label, line) else None


def _asked(parent: QWidget, name: str, title: str, label: str, field: QWidget) -> bool:
    dialog = QDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(current_theme().px(WIDTH))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(current_theme().px(10))
    words = make_label(label, "", dialog, wrap=True)
    words.setBuddy(field)
    layout.addWidget(words)
    layout.addWidget(field)
    buttons = QDialogButtonBox(dialog)
    agree = buttons.addButton(translate("Asking", "确定"), QDialogButtonBox.ButtonRole.AcceptRole)
    agree.setDefault(True)
    cancel = buttons.addButton(translate("Asking", "取消"), QDialogButtonBox.ButtonRole.RejectRole)
    for button, part in ((agree, "Agree"), (cancel, "Cancel")):
        button.setObjectName(f"{name}{part}")
        button.setAccessibleName(button.text())
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    field.setFocus()
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    field.setParent(None)
    dialog.deleteLater()
    return agreed
