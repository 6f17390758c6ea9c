"""What Ctrl+K can find, and where it looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """Something to be found: its name, a note, what kind it is, what to do."""

    title: str
    note: str
    kind: str
    run: Callable[[], object]
    keywords: str = ""

    def matches(self, text: str) -> bool:
        """Tell whether every word of a text occurs in name, note or keywords."""
        everything = f"{self.title} {self.note} {self.keywords}".casefold()
        return all(word in everything for word in text.casefold().split())


Search = Callable[[str], Sequence[PaletteItem]]
"""Gives what a text finds; must be quick, it is asked at every keystroke."""
