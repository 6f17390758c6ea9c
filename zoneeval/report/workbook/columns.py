"""What a sheet is made of, free of any spreadsheet library: columns, cells, pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import east_asian_width

MISSING = "—"
"""What stands in a cell whose value is missing, so that nobody reads a 0."""

NOT_USED = "/"
"""What stands in a cell that does not concern the enterprise."""

Kind = Literal[
    "text",
    "wrap",
    "center",
    "code",
    "plain",
    "general",
    "integer",
    "number",
    "fine",
    "share",
    "ratio",
    "grade_priority",
    "grade_encourage",
    "grade_regulate",
    "grade_exit",
]
"""How cells look: ``code`` is text that stays text, ``fine`` has four decimals.

``share`` is per cent with one decimal, ``ratio`` with two.
"""

NUMBER_KINDS = frozenset({"plain", "general", "integer", "number", "fine", "share", "ratio"})


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell that looks different from the rest of its column."""

    value: float | str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that we wrote ourselves, such as ``=SUM(B2:B9)``."""

    text: str


ROW = "\0"
"""What stands for the row's number in a :class:`RowFormula`."""


@dataclass(frozen=True, slots=True)
class RowFormula:
    """A formula that reads alike in many rows but for their number."""

    text: str


Cell = float | int | str | None | Styled | Formula | RowFormula


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the look of its cells, and the widest it may become.

    ``width`` fixes the width (in characters of half width); 0 fits it to the content.
    """

    heading: str
    kind: Kind = "text"
    cap: int = 40
    width: int = 0


@dataclass(frozen=True)
class Page:
    """A sheet with one table under a title.

    ``alerts`` are amber lines that must be seen, ``notes`` plain ones; ``closing``
    lines come below the table.  ``sums`` names the columns (from 0) that a last row
    adds up.  ``empty`` is said in place of rows where there are none.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sums: tuple[int, ...] = ()
    last_row: Sequence[Cell] | None = None
    frozen_columns: int = 0
    empty: str = "本表没有内容。"


@dataclass(frozen=True)
class Section:
    """A heading and pairs of label and text on a :class:`FactPage`."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FactPage:
    """A sheet of labels and texts, such as 说明."""

    name: str
    title: str
    sections: tuple[Section, ...]
    alerts: tuple[str, ...] = field(default=())


def display_width(text: str) -> int:
    """Return how many half-width characters ``text`` takes; Chinese ones take two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def line_count(text: str, width: float) -> int:
    """Return how many lines ``text`` needs in a column of ``width`` characters."""
    room = max(width, 2.0)
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))


def number_kind(values: Sequence[float | None], share: bool = False) -> Kind:
    """Return the look that shows the smallest of ``values`` as something other than 0."""
    if share:
        return "ratio"
    sizes = [abs(v) for v in values if v is not None and v == v and v != 0]
    return "fine" if sizes and min(sizes) < 0.01 else "number"


def shown(value: float | None, kind: Kind = "number") -> str:
    """Return a number as it would stand in a cell; missing is a dash."""
    if value is None or not math.isfinite(value):
        return MISSING
    match kind:
        case "share":
            return f"{value * 100:,.1f}%"
        case "ratio":
            return f"{value * 100:,.2f}%"
        case "fine":
            return f"{value:,.4f}"
        case "integer" | "plain":
            return f"{value:,.0f}"
        case _:
            return f"{value:,.2f}"


def compact(value: float | None, *, share: bool = False) -> str:
    """Return a number for running text: per cent, or at most four significant decimals."""
    if value is None or not math.isfinite(value):
        return MISSING
    if share:
        return f"{value * 100:.4g}%"
    if abs(value) >= 100:
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:.4g}" if abs(value) >= 0.0001 or value == 0 else f"{value:.2e}"
