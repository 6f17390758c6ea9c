"""Rows of a table typed column by column, where their cells are clean.

A row in which any cell is doubtful is left to the careful reading, which knows what to
say about it; both come to the same values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat, zip_longest
from math import isfinite
from typing import Any

from zoneeval.intake.cells import BadCell
from zoneeval.intake.plan import Reading
from zoneeval.intake.reading.sheet import Row

AT_ONCE = 1000
"""Rows typed together, and between two reports of progress."""

Typed = tuple[dict[str, float | str], dict[str, str]]
"""Values by field, and texts by role."""
_NUMBERS = frozenset({float, int, type(None)})


def typed_rows(
    rows: Iterable[Row], readings: Sequence[Reading], percent: frozenset[tuple[int, int]]
) -> Iterator[list[tuple[int, tuple[Any, ...], Typed | None]]]:
    """Yield pieces of row number, cells, and what they mean; None where that is doubtful."""
    marked = frozenset(column for _, column in percent)
    rest = iter(rows)
    while piece := list(islice(rest, AT_ONCE)):
        typed = _typed(piece, readings, percent, marked)
        yield [(number, cells, t) for (number, cells), t in zip(piece, typed, strict=True)]


def _typed(
    piece: Sequence[Row],
    readings: Sequence[Reading],
    percent: frozenset[tuple[int, int]],
    marked: frozenset[int],
) -> list[Typed | None]:
    columns = list(zip_longest(*(cells for _, cells in piece)))
    blank = (None,) * len(piece)
    doubtful: set[int] = set()
    fields: dict[str, Sequence[Any]] = {}
    roles: dict[str, Sequence[Any]] = {}
    for reading in readings:
        column = columns[reading.index] if reading.index < len(columns) else blank
        if reading.index in marked:
            shown = [(number, reading.index) in percent for number, _ in piece]
        else:
            shown = None
        target = roles if reading.field is None else fields
        target[reading.key] = _column(reading, column, shown, doubtful)
    values = _dicts(fields, len(piece))
    extra = _dicts(roles, len(piece))
    return [
        None
        if i in doubtful or len(mine) + len(beside) < 2
        else (mine, {key: str(text) for key, text in beside.items()})
        for i, (mine, beside) in enumerate(zip(values, extra, strict=True))
    ]


def _dicts(columns: dict[str, Sequence[Any]], size: int) -> list[dict[str, Any]]:
    """Return the rows of columns as mappings without what is missing."""
    if not columns:
        return [{} for _ in range(size)]
    if any(None in column for column in columns.values()):
        return [
            {key: value for key, value in zip(columns, row, strict=True) if value is not None}
            for row in zip(*columns.values(), strict=True)
        ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _column(
    reading: Reading, column: Sequence[Any], shown: Sequence[bool] | None, doubtful: set[int]
) -> Sequence[Any]:
    """Return the values of a column; ``doubtful`` takes the positions not understood."""
    kinds = set(map(type, column))
    if reading.exact and kinds <= _NUMBERS:
        given = [cell for cell in column if cell is not None] if type(None) in kinds else column
        if not given:
            return column
        if all(map(isfinite, given)) and min(given) >= 0:
            if kinds == {float}:
                return column
            return [None if cell is None else float(cell) for cell in column]
    parse = reading.parse
    known: dict[str, Any] = {}
    out: list[Any] = []
    for i, (cell, percent) in enumerate(zip(column, shown or repeat(False), strict=False)):
        if cell is None:
            out.append(None)
            continue
        text = type(cell) is str
        if text and cell in known:
            out.append(known[cell])
            continue
        try:
            value = parse(cell, percent)
        except BadCell:
            doubtful.add(i)
            out.append(None)
            continue
        if type(value) is float and value < 0:
            doubtful.add(i)
        elif text:
            known[cell] = value
        out.append(value)
    return out
