"""The faults of a text as a list; those that stand in an entry lead to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import set_tone


@dataclass(frozen=True)
class FaultLine:
    """One fault in words, and what leads to it (None: nothing does)."""

    words: str
    go: Callable[[], object] | None = None


class FaultList(QLabel):
    """A label whose lines can be clicked, and reached and chosen with the keyboard."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWordWrap(True)
        self._lines: tuple[FaultLine, ...] = ()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.linkActivated.connect(self._follow)
        current_theme().changed.connect(self._paint)

    def text(self) -> str:
        """Return what can be read."""
        return self._words

    def setText(self, text: str) -> None:
        """Show words that lead nowhere."""
        self._lines = ()
        self._words = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        super().setText(text)

    def show_faults(self, lines: Sequence[FaultLine], none: str) -> None:
        """Show faults, or that there are none."""
        if not lines:
            self.setText(none)
            set_tone(self, Tone.A)
            return
        self._lines = tuple(lines)
        self._words = "\n".join(f"· {line.words}" for line in lines)
        set_tone(self, Tone.C)
        self._paint()

    def lead(self, words: str) -> None:
        """Go to the first fault that says these words."""
        line = next(line for line in self._lines if words in line.words and line.go is not None)
        self._follow(str(self._lines.index(line)))

    def _paint(self) -> None:
        if not self._lines:
            return
        colour = current_theme().tokens.pair(Tone.C)[0]
        parts = []
        for number, line in enumerate(self._lines):
            words = escape(line.words)
            if line.go is not None:
                words = f'<a href="{number}" style="color: {colour};">{words}</a>'
            parts.append(f"· {words}")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        super().setText("<br>".join(parts))

    def _follow(self, number: str) -> None:
        go = self._lines[int(number)].go if int(number) < len(self._lines) else None
        if go is not None:
            go()
