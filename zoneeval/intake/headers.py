"""Find where a sheet's headings are: below titles and unit lines, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zoneeval.intake.reader import letter
from zoneeval.intake.recognise import folded, half_width, plain, recognise
from zoneeval.units import is_unit

_SEARCH_ROWS = 30
_UNIT_LINE = re.compile(r"(?<![一-鿿])(?:计量|金额)?单位:(.+)$")
_NOT_A_UNIT = re.compile(r"局|委|公司|厂|会|中心|办|院|政府|站|队|所|处|银行")

Row = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column under its heading; ``index`` counts from 0, ``key`` is a field or a role."""

    index: int
    heading: str
    key: str | None
    unit: str | None
    confidence: float
    year: int | None = None
    suggestion: str | None = None
    strange_unit: str | None = None

    @property
    def letter(self) -> str:
        """Return Excel's letter."""
        return letter(self.index)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: Excel's row numbers, columns, and where the body begins.

    ``units`` are those of a 单位：line above; ``strange_line`` is such a line unread.
    """

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    body: int
    units: tuple[str, ...] = ()
    strange_line: str | None = None

    @property
    def known(self) -> int:
        """Return how many columns were recognised."""
        return sum(column.key is not None for column in self.columns)

    def first(self, key: str) -> Column | None:
        """Return the first column of this meaning."""
        return next((c for c in self.columns if c.key == key), None)


def find_header(
    rows: Sequence[Row], mapping: Mapping[str, str] | None = None, least: int = 2
) -> Header | None:
    """Return the best header within the first rows, or None where fewer are recognised."""
    chosen = {folded(heading): key for heading, key in (mapping or {}).items()}
    best: tuple[int, tuple[Column, ...], int] | None = None
    top = least - 1
    for position, (_, cells) in enumerate(rows[:_SEARCH_ROWS]):
        columns = _columns([_text(c) for c in cells], None, chosen)
        score = sum(c.key is not None for c in columns)
        if score > top:
            best, top = (position, columns, 1), score
    for position in range(min(_SEARCH_ROWS, len(rows)) - 1):
        if rows[position + 1][0] != rows[position][0] + 1:
            continue
        upper = [_text(c) for c in rows[position][1]]
        lower = [_text(c) for c in rows[position + 1][1]]
        columns = _columns(upper, lower, chosen)
        score = sum(c.key is not None for c in columns)
        if score > top:
            best, top = (position, columns, 2), score
    if best is None:
        return None
    position, columns, height = best
    if height == 1 and _is_unit_row(rows, position + 1):
        upper = [_text(c) for c in rows[position][1]]
        lower = [_text(c) for c in rows[position + 1][1]]
        columns, height = _columns(upper, lower, chosen), 2
    units, strange = _unit_line(rows[:position])
    numbers = tuple(rows[position + i][0] for i in range(height))
    return Header(numbers, columns, position + height, units, strange)


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _unit_of(text: str) -> str | None:
    inner = plain(text).strip("()")
    return inner if inner and is_unit(inner) else None


def _is_unit_row(rows: Sequence[Row], position: int) -> bool:
    if position >= len(rows):
        return False
    cells = [c for c in rows[position][1] if c is not None and c != ""]
    blanks = ("-", "—", "/")
    if not all(isinstance(c, str) and (_unit_of(c) or c.strip() in blanks) for c in cells):
        return False
    return any(_unit_of(c) for c in cells)


def _columns(
    upper: Sequence[str], lower: Sequence[str] | None, chosen: Mapping[str, str]
) -> tuple[Column, ...]:
    columns: list[Column] = []
    group = ""
    width = max(len(upper), len(lower or ()))
    for index in range(width):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if lower is not None and index < len(lower) else ""
        if above:
            group = above
        elif below:
            above = group
        if not above and not below:
            group = ""
            continue
        columns.append(_column(index, above, below, chosen))
    return tuple(columns)


def _column(index: int, above: str, below: str, chosen: Mapping[str, str]) -> Column:
    stated: str | None = None
    texts = [above]
    if below:
        stated = _unit_of(below)
        texts = [above] if stated else [above + below, below]
    for text in texts:
        match = recognise(text)
        override = chosen.get(folded(text))
        if override is not None or match.key is not None:
            key = match.key if override is None else (override or None)
            unit = match.unit or stated
            if unit is None and below and text == below:
                unit = recognise(above).unit
            sure = match.confidence if override is None else 1.0
            strange = match.strange_unit if unit is None else None
            return Column(index, text, key, unit, sure, match.year, None, strange)
    match = recognise(texts[-1])
    return Column(
        index, texts[-1], None, match.unit or stated, match.confidence, None, match.suggestion
    )


def _unit_line(rows: Sequence[Row]) -> tuple[tuple[str, ...], str | None]:
    """Return the units of a line such as 单位：万元、亩 above the headings."""
    for _, cells in reversed(rows):
        for cell in cells:
            if not isinstance(cell, str):
                continue
            found = _UNIT_LINE.search(half_width(cell).strip())
            if not found:
                continue
            words = [w.strip("()") for w in re.split(r"[、,;\s]+", found[1]) if w.strip("()")]
            units = tuple(w for w in words if is_unit(w))
            if units:
                return units, None
            if words and len(found[1]) <= 6 and not _NOT_A_UNIT.search(found[1]):
                return (), found[1].strip()
    return (), None
