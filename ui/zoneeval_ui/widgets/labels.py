"""Text in the sizes and tones of the style sheet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from zoneeval_ui.theme import Tone

LabelRole = Literal["title", "detail", "strong", "secondary", "sentence", "caption", "metric", ""]


def make_label(
    text: str,
    role: LabelRole = "",
    parent: QWidget | None = None,
    *,
    tone: Tone | None = None,
    wrap: bool = False,
) -> QLabel:
    """Return a label of plain text in a size of the style sheet, selectable where it wraps."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    if wrap:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_tone(label, tone)
    return label


def set_tone(label: QLabel, tone: Tone | None) -> None:
    """Give a label the colour of a tone, None for that of plain text."""
    value = tone.value if tone is not None else ""
    if label.property("tone") != value:
        label.setProperty("tone", value)
        label.style().unpolish(label)
        label.style().polish(label)


def say_fault(label: QLabel, text: str) -> None:
    """Show what keeps a form from being stored: grey what is to be filled in, red what is wrong."""
    asked = text.startswith(("请填", "请选", "请写"))
    set_tone(label, Tone.PLAIN if asked else Tone.C)
    label.setText(text)
    label.setVisible(bool(text))
