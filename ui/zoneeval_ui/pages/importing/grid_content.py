"""The raw cells of the recognised sheets as the grid shows them; made in the worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from zoneeval.model.issue import Issue, Severity
from zoneeval_ui.pages.importing.mapping_content import label_of_key
from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval.intake.draft import ColumnReport, FileReport, SheetCells, SheetReport

translate = QCoreApplication.translate
ROW = "row"
_TINTS = {
    Severity.BLOCKING: Tint.BLOCKING,
    Severity.WARNING: Tint.WARNING,
    Severity.NOTE: Tint.NOTE,
}
_RANK = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_SAMPLE = 50
_MEASURED = 100
_NARROWEST, _WIDEST = 3, 18


@dataclass(frozen=True)
class GridSheet:
    """One sheet; rows are named by Excel's numbers and columns by Excel's letters.

    ``issues`` are the findings by (row, letter), "" for those of a whole row; ``typed``
    are cells with what the user has typed in, ``mended`` those a repair has changed.
    """

    file: str
    sheet: str
    title: str
    table: TableData
    issues: Mapping[tuple[int, str], tuple[Issue, ...]]
    typed: frozenset[tuple[int, str]]
    mended: Mapping[tuple[int, str], str | None]
    editable: bool
    marked: frozenset[int] = field(default_factory=frozenset)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.table.ids)


def grid_sheets(files: Sequence[FileReport], issues: Sequence[Issue]) -> tuple[GridSheet, ...]:
    """Return the recognised sheets, those with blocking findings first."""
    by_sheet: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        by_sheet[issue.file or "", issue.sheet or ""].append(issue)
    found = []
    for file in files:
        name = Path(file.path).name
        for sheet in file.sheets:
            if sheet.cells is not None:
                own = by_sheet.get((name, sheet.name), [])
                worst = min((_RANK[issue.severity] for issue in own), default=len(_RANK))
                found.append((worst, _sheet(name, sheet, sheet.cells, own)))
    return tuple(made for _, made in sorted(found, key=lambda pair: pair[0]))


def _sheet(file: str, report: SheetReport, cells: SheetCells, own: Sequence[Issue]) -> GridSheet:
    rows = cells.raw.rows[cells.body :]
    named = {column.column: column for column in report.columns}
    width = max((len(given) for _, given in rows), default=0)
    letters = _letters(width)
    for key in named:
        if key not in letters:
            letters.append(key)
    numbers = [number for number, _ in rows]
    place = {number: at for at, number in enumerate(numbers)}
    values: dict[str, Any] = {ROW: np.array(numbers, dtype=np.float64)}
    columns = [Column(ROW, translate("Import", "行"), kind="integer", width=3)]
    for index, key in enumerate(letters):
        array, numeric = _texts(rows, index, cells)
        if key not in named and not any(array):
            continue
        values[key] = array
        made = _column(key, named.get(key), numeric, cells.editable)
        columns.append(replace(made, width=_width(array)))
    shown = {column.key for column in columns}
    at_cell = _by_cell(own, shown)
    tints: dict[tuple[int, str], Tint] = {}
    locked: set[tuple[int, str]] = set()
    for row, key in cells.typed:
        if row in place:
            tints[place[row], key] = Tint.GOOD
    for (row, key), value in cells.mended.items():
        if row not in place:
            continue
        for one in (key,) if key else letters:
            tints[place[row], one] = Tint.GOOD if key else Tint.MUTED
            locked.add((place[row], one))
        if key in values:
            values[key][place[row]] = value
    for (row, key), found in at_cell.items():
        if row in place:
            tints[place[row], key or ROW] = _TINTS[found[0].severity]
    count = sum(issue.severity is not Severity.NOTE for issue in own)
    title = f"{file} · {report.name}" + (
        translate("Import", "（{n} 处问题）").format(n=count) if count else ""
    )
    return GridSheet(
        file, report.name, title,
        TableData(tuple(columns), values, numbers, tints, frozenset(locked), ready=True),
        at_cell, cells.typed, cells.mended, cells.editable,
        frozenset(
            issue.row for issue in own
            if issue.row is not None and issue.severity is not Severity.NOTE
        ),
    )  # fmt: skip


def _width(array: Any) -> int:
    """Return how many Chinese characters the first cells of a column need."""
    texts = [text for text in array[:_MEASURED] if text is not None]
    halves = max((sum(1 + (char > "\u2e7f") for char in text) for text in texts), default=0)
    return max(_NARROWEST, min(_WIDEST, halves * 3 // 5 if halves < _WIDEST else halves // 2 + 1))


def _letters(width: int) -> list[str]:
    from zoneeval.intake.reader import letter

    return [letter(index) for index in range(width)]


def _by_cell(issues: Sequence[Issue], shown: set[str]) -> dict[tuple[int, str], tuple[Issue, ...]]:
    found: dict[tuple[int, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        if issue.row is not None:
            key = issue.column if issue.column in shown else ""
            found[issue.row, key or ""].append(issue)
    return {
        cell: tuple(sorted(here, key=lambda issue: _RANK[issue.severity]))
        for cell, here in found.items()
    }


def _column(key: str, report: ColumnReport | None, numeric: bool, editable: bool) -> Column:
    heading = " ".join(report.heading.split()) if report is not None else ""
    if report is None or report.field is None:
        left_out = translate("Import", "不导入")
        return Column(key, heading or key, left_out, right=numeric, editable=editable)
    label = label_of_key(report.field)
    source = f"← {heading} {report.confidence:.0%}"
    if report.unit and report.unit not in heading:
        source = f"{report.unit} {source}"
    tooltip = translate("Import", "{letter} 列“{heading}”对应为“{label}”").format(
        letter=key, heading=heading, label=label
    )
    return Column(key, label, source, tooltip=tooltip, right=numeric, editable=editable)


def _texts(rows: Sequence[Any], index: int, cells: SheetCells) -> tuple[Any, bool]:
    """Return the cells of a column as text, and whether most of them are numbers."""
    array = np.empty(len(rows), dtype=np.object_)
    percent = cells.raw.percent
    numbers = seen = 0
    for at, (number, given) in enumerate(rows):
        value = given[index] if index < len(given) else None
        if value is None or value == "":
            continue
        if type(value) is str:
            array[at] = value
        else:
            array[at] = cell_text(value, (number, index) in percent)
        if seen < _SAMPLE:
            seen += 1
            numbers += isinstance(value, int | float) and not isinstance(value, bool)
    return array, numbers * 2 > seen


def cell_text(value: object, percent: bool = False) -> str:
    """Return a raw cell as text that means the same when it is typed in again."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        text = repr(value)
        if percent:
            return f"{_plain(Decimal(text) * 100)}%"
        return _plain(Decimal(text)) if "e" in text else text.removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
