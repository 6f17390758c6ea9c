"""The cells of a table, made column by column."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from zoneeval.report.workbook.columns import (
    MISSING,
    Cell,
    Column,
    Formula,
    Kind,
    RowFormula,
    Styled,
    line_count,
)
from zoneeval.report.workbook.rows import Filling, cell_text, cut_formula, cut_text
from zoneeval.report.workbook.styles import StyleSheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WRAPPING = ("text", "wrap")
_LONGEST_TEXT = 32_767


def clean(text: str) -> str:
    """Return ``text`` without what a sheet cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]


def filling(value: Cell, kind: Kind, styles: StyleSheet) -> Filling:
    """Return what a cell holds; what is missing is a dash, and text stays text."""
    if isinstance(value, Styled):
        kind, value = value.kind, value.value
    if isinstance(value, Formula | RowFormula):
        return value.text, "f", styles.body(kind)
    if isinstance(value, str):
        text = clean(value)
        return text, "s", styles.body(kind, quoted=text.startswith(FORMULA_STARTS))
    if value is None or not math.isfinite(value):
        return MISSING, "s", styles.body(kind)
    return value, "n", styles.body(kind)


def column_texts(
    letter: str, column: Column, values: Sequence[Cell], numbers: Sequence[str], styles: StyleSheet
) -> list[str]:
    """Return the cells of a column; ``numbers`` are those of the rows."""
    before, after = f'<c r="{letter}', f'" s="{styles.body(column.kind)}"><v>'
    texts: dict[str, tuple[str, str]] = {}
    alike, parts = None, [""]
    out = []
    for number, value in zip(numbers, values, strict=True):
        if value.__class__ is float and math.isfinite(value):
            out.append(f"{before}{number}{after}{value!r}</v></c>")
            continue
        if isinstance(value, RowFormula):
            if value is not alike:
                alike = value
                parts = cut_formula(letter, value, styles.body(column.kind))
            out.append(number.join(parts))
            continue
        if value is None or value.__class__ is float:
            value = MISSING
        if isinstance(value, str):
            found = texts.get(value)
            if found is None:
                found = cut_text(letter, filling(value, column.kind, styles))
                texts[value] = found
            out.append(f"{found[0]}{number}{found[1]}")
        else:
            out.append(cell_text(letter, number, filling(value, column.kind, styles)))
    return out


def column_lines(column: Column, values: Sequence[Cell], width: float) -> dict[int, int]:
    """Return how many lines the texts need that do not fit on one, by row."""
    room = width - 2
    wraps = column.kind in WRAPPING
    out = {}
    for row, value in enumerate(values):
        if isinstance(value, str):
            if wraps and len(value) * 2 > room:
                out[row] = line_count(value, room)
        elif isinstance(value, Styled):
            text = value.value
            if isinstance(text, str) and value.kind in WRAPPING and len(text) * 2 > room:
                out[row] = line_count(text, room)
    return out
