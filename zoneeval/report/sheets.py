"""Write pages to an openpyxl workbook: title, notes, header, rows, print set-up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from zoneeval.report.columns import (
    MISSING,
    NUMBER_KINDS,
    Cell,
    Column,
    FactPage,
    Formula,
    Kind,
    Page,
    Styled,
    display_width,
    line_count,
    shown,
)
from zoneeval.report.styles import LINE_HEIGHT, StyleSheet

_LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_Filling = tuple[float | int | str, str, Any]
"""Value, openpyxl's data type, and shared style of one cell."""

_BUTTON = 3
"""Characters that the filter button takes from a heading on one line."""

_WRAPPING = ("text", "wrap")

READABLE = 210
"""Characters that an A4 landscape page holds before the print gets too small to read."""
MOST_PAGES_WIDE = 3


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]


class SheetWriter:
    """Append rows to one write-only sheet; every cell of a column is one reused object."""

    def __init__(self, workbook: Any, name: str) -> None:
        self._ws: Any = workbook.create_sheet(name)
        self._styles = StyleSheet(self._ws)
        self._pens: list[Any] = []
        self._row = 0

    def write_page(self, page: Page) -> None:
        """Write a table page; everything that stands before the rows is set first."""
        widths = [_width(column, _sample(page, i)) for i, column in enumerate(page.columns)]
        _stretch(widths, page)
        first = 1 + len(page.alerts) + len(page.notes) + 1
        self._set_up(widths, first, page.frozen_columns, page.title)
        total = sum(widths)
        wide = total > 170
        self._line(page.title, self._styles.title_left if wide else self._styles.title, total, 30)
        for text in page.alerts:
            self._line(text, self._styles.alert, total)
        for text in page.notes:
            self._line(text, self._styles.note, total)
        headings = [
            _broken(column.heading, width)
            for column, width in zip(page.columns, widths, strict=True)
        ]
        lines = max(
            line_count(h, w - (3 if page.rows else 1))
            for h, w in zip(headings, widths, strict=True)
        )
        self._append(
            [(text, "s", self._styles.header) for text in headings], lines * LINE_HEIGHT + 6
        )
        start = self._row + 1
        for row in page.rows:
            self._table_row(page.columns, row, widths)
        if page.rows:
            self._ws.auto_filter.ref = (
                f"A{self._row - len(page.rows)}:{get_column_letter(len(widths))}{self._row}"
            )
            self._last_row(page, start, widths)
        else:
            self._line(page.empty, self._styles.closing, total)
        for text in page.closing:
            self._line(text, self._styles.closing, total, 24)

    def write_facts(self, page: FactPage) -> None:
        """Write a page of labels and texts."""
        widths = [22.0, 108.0]
        self._set_up(widths, 1, 0, page.title)
        self._line(page.title, self._styles.title, sum(widths), 30)
        for text in page.alerts:
            self._line(text, self._styles.alert, sum(widths))
        for section in page.sections:
            self._line(section.heading, self._styles.section, sum(widths), 20)
            for label, text in section.facts:
                lines = max(line_count(label, widths[0] - 2), line_count(text, widths[1] - 4))
                style = self._styles.body("wrap", quoted=text.startswith(_FORMULA_STARTS))
                self._append(
                    [(label, "s", self._styles.label), (_clean(text), "s", style)],
                    lines * LINE_HEIGHT + 3,
                )

    def _table_row(
        self, columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[float]
    ) -> None:
        lines = 1
        cells: list[_Filling] = []
        for column, value, width in zip(columns, row, widths, strict=True):
            kind: Kind = column.kind
            if isinstance(value, Styled):
                kind, value = value.kind, value.value
            if isinstance(value, str):
                cells.append(self._text(value, kind))
                if kind in _WRAPPING and len(value) * 2 > width - 2:
                    lines = max(lines, line_count(value, width - 2))
            elif value is None:
                cells.append(self._text(MISSING, kind))
            elif isinstance(value, Formula):
                cells.append((value.text, "f", self._styles.body(kind)))
            elif math.isfinite(value):
                cells.append((value, "n", self._styles.body(kind)))
            else:
                cells.append(self._text(MISSING, kind))
        self._append(cells, lines * LINE_HEIGHT + 2 if lines > 1 else None)

    def _text(self, value: str, kind: Kind) -> tuple[str, str, Any]:
        clean = _clean(value)
        return clean, "s", self._styles.body(kind, quoted=clean.startswith(_FORMULA_STARTS))

    def _last_row(self, page: Page, start: int, widths: Sequence[float]) -> None:
        if page.last_row is None and not page.sums:
            return
        row = list(page.last_row or ["合计", *[""] * (len(page.columns) - 1)])
        for i in page.sums:
            known = any(_is_number(r[i]) for r in page.rows)
            letter = get_column_letter(i + 1)
            row[i] = Formula(f"=SUM({letter}{start}:{letter}{self._row})") if known else MISSING
        cells: list[_Filling] = []
        for column, value in zip(page.columns, row, strict=True):
            style = self._styles.body(column.kind, total=True)
            if isinstance(value, Formula):
                cells.append((value.text, "f", style))
            elif isinstance(value, str) or value is None:
                cells.append((MISSING if value is None else _clean(value), "s", style))
            elif isinstance(value, Styled):
                raise TypeError("a last row has the looks of its columns")
            else:
                cells.append((value, "n", style))
        self._append(cells, 20)

    def _line(self, text: str, style: Any, width: float, height: float = 0) -> None:
        columns = len(self._pens)
        needed = line_count(text, width - 4) * LINE_HEIGHT + 4
        clean = _clean(text)
        self._append(
            [(clean, "s", style), *[("", "s", style)] * (columns - 1)], max(height, needed)
        )
        if columns > 1:
            ref = f"A{self._row}:{get_column_letter(columns)}{self._row}"
            self._ws.merged_cells.add(CellRange(ref))

    def _append(self, cells: Sequence[_Filling], height: float | None) -> None:
        self._row += 1
        if height:
            self._ws.row_dimensions[self._row] = RowDimension(
                self._ws, index=self._row, ht=min(height, 400.0)
            )
        self._ws.append(self._filled(cells))
        self._ws.row_dimensions.pop(self._row, None)

    def _filled(self, cells: Sequence[_Filling]) -> Iterator[Any]:
        for pen, (value, data_type, style) in zip(self._pens, cells, strict=True):
            empty = value == ""
            pen._value = None if empty else value
            pen.data_type = "n" if empty else data_type
            pen._style = style
            yield pen

    def _set_up(
        self, widths: Sequence[float], header: int, frozen_columns: int, title: str
    ) -> None:
        ws = self._ws
        self._pens = [WriteOnlyCell(ws) for _ in widths]
        for i, width in enumerate(widths, 1):
            ws.column_dimensions[get_column_letter(i)].width = width
        ws.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{header + 1}"
        ws.print_title_rows = f"{header}:{header}"
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
        ws.page_setup.orientation = "landscape"
        pages = max(1, min(MOST_PAGES_WIDE, math.ceil(sum(widths) / READABLE)))
        ws.page_setup.fitToWidth = pages
        if pages > 1 and frozen_columns:
            ws.print_title_cols = f"A:{get_column_letter(frozen_columns)}"
        ws.page_setup.fitToHeight = 0
        ws.print_options.horizontalCentered = True
        margins = ws.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
        ws.oddFooter.left.text = title.replace("&", "&&")
        ws.oddFooter.left.size = 8
        ws.oddFooter.right.text = "第 &P 页，共 &N 页"
        ws.oddFooter.right.size = 9


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _sample(page: Page, column: int) -> list[str]:
    """Return the widest texts of a column: the longest strings and the largest numbers."""
    kind = page.columns[column].kind
    texts: list[str] = [""]
    low = high = 0.0
    for row in page.rows:
        value = row[column]
        look: Kind = kind
        if isinstance(value, Styled):
            look, value = value.kind, value.value
            if not isinstance(value, str):
                texts.append(shown(value, look))
        elif isinstance(value, float | int) and math.isfinite(value):
            low, high = min(low, value), max(high, value)
        if isinstance(value, str) and len(value) * 2 >= len(texts[0]):
            texts.append(value)
            if len(value) > len(texts[0]):
                texts[0] = value
    if column in page.sums:
        high *= max(1, len(page.rows)) ** 0.5
    return [*texts, shown(low, kind), shown(high, kind)]


def _width(column: Column, texts: Sequence[str]) -> float:
    if column.width:
        return float(column.width)
    content = max(display_width(line) for text in texts for line in text.split("\n"))
    extra = 3 if column.kind in NUMBER_KINDS else 2
    content = min(math.ceil(content * 1.06) + extra, column.cap)
    return float(max(content, _header_width(column.heading, content)))


def _heading_parts(heading: str) -> list[str]:
    """Return a heading's label and its unit, which go on lines of their own."""
    label, bracket, unit = heading.partition("（")
    return [label, bracket + unit] if label and bracket else [heading]


def _header_width(heading: str, content: float) -> int:
    """Return the width at which a heading breaks well: if it must, before its unit."""
    whole = display_width(heading)
    if whole + _BUTTON <= max(content, 11):
        return whole + _BUTTON
    label, *unit = [display_width(part) for part in _heading_parts(heading)]
    if label > 12:
        label = math.ceil(label / 4) * 2
    if unit and unit[0] > label:
        return whole + 2 if whole <= 18 else unit[0] + 2
    return label + 2


def _broken(heading: str, width: float) -> str:
    """Return a heading that does not fit on one line with its unit on a line of its own."""
    return heading if display_width(heading) <= width - 2 else "\n".join(_heading_parts(heading))


def _stretch(widths: list[float], page: Page) -> None:
    """Widen a narrow table so that its title stays on one line."""
    wanted = display_width(page.title) * 1.7 + 4
    have = sum(widths)
    if have < wanted and any(c.kind in _WRAPPING for c in page.columns):
        last = max(i for i, c in enumerate(page.columns) if c.kind in _WRAPPING)
        widths[last] += wanted - have
