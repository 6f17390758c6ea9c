"""Write pages to an openpyxl workbook: title, notes, header, rows, print set-up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from zoneeval.report.workbook.columns import (
    MISSING,
    NUMBER_KINDS,
    Cell,
    Column,
    FactPage,
    Formula,
    Page,
    RowFormula,
    Styled,
    display_width,
    line_count,
    shown,
)
from zoneeval.report.workbook.rows import Filling, Rows
from zoneeval.report.workbook.styles import LINE_HEIGHT, StyleSheet
from zoneeval.report.workbook.table import (
    FORMULA_STARTS,
    WRAPPING,
    clean,
    column_lines,
    column_texts,
)

_BUTTON = 3
"""Characters that the filter button takes from a heading on one line."""

_HIGHEST = 400.0
"""Points of the highest row that spreadsheets allow, nearly."""

READABLE = 210
"""Characters that an A4 landscape page holds before the print gets too small to read."""
MOST_PAGES_WIDE = 3


_EFFORT = 3
"""How hard the file is packed: a sixth larger than usual, in a third of the time."""


class QuickBook(Workbook):
    """A workbook whose sheets are written by :class:`SheetWriter`."""

    def __init__(self) -> None:
        super().__init__(write_only=True)
        self._looks: StyleSheet | None = None

    def looks(self, sheet: Any) -> StyleSheet:
        """Return the styles of all sheets, made with the first."""
        if self._looks is None:
            self._looks = StyleSheet(sheet)
        return self._looks

    def save(self, filename: Any) -> None:
        """Write the file."""
        self.properties.modified = datetime.now(UTC).replace(tzinfo=None)
        with ZipFile(filename, "w", ZIP_DEFLATED, compresslevel=_EFFORT) as archive:
            ExcelWriter(self, archive).save()


class SheetWriter:
    """Write one sheet: openpyxl gives it its set-up, :class:`Rows` its rows."""

    def __init__(self, workbook: QuickBook, name: str) -> None:
        self._ws: Any = workbook.create_sheet(name)
        self._styles = workbook.looks(self._ws)
        self._rows = Rows([])

    @property
    def _row(self) -> int:
        return len(self._rows.texts)

    def write_page(self, page: Page) -> None:
        """Write a table page; everything that stands before the rows is set first."""
        widths = [
            float(column.width) or _width(column, _sample(page, i))
            for i, column in enumerate(page.columns)
        ]
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
        if page.rows:
            self._table(page, widths)
            self._ws.auto_filter.ref = (
                f"A{self._row - len(page.rows)}:{get_column_letter(len(widths))}{self._row}"
            )
            self._last_row(page, start, widths)
        else:
            self._line(page.empty, self._styles.closing, total)
        for text in page.closing:
            self._line(text, self._styles.closing, total, 24)
        self._finish()

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
                style = self._styles.body("wrap", quoted=text.startswith(FORMULA_STARTS))
                self._append(
                    [(label, "s", self._styles.label), (clean(text), "s", style)],
                    lines * LINE_HEIGHT + 3,
                )
        self._finish()

    def _table(self, page: Page, widths: Sequence[float]) -> None:
        numbers = [str(self._row + n) for n in range(1, len(page.rows) + 1)]
        texts, lines = [], [1] * len(page.rows)
        for i, (column, letter) in enumerate(zip(page.columns, self._rows.letters, strict=True)):
            values = [row[i] for row in page.rows]
            texts.append(column_texts(letter, column, values, numbers, self._styles))
            for row, count in column_lines(column, values, widths[i]).items():
                lines[row] = max(lines[row], count)
        for number, most, *cells in zip(numbers, lines, *texts, strict=True):
            height = min(most * LINE_HEIGHT + 2, _HIGHEST) if most > 1 else None
            self._rows.add_texts(number, cells, height)

    def _last_row(self, page: Page, start: int, widths: Sequence[float]) -> None:
        if page.last_row is None and not page.sums:
            return
        row = list(page.last_row or ["合计", *[""] * (len(page.columns) - 1)])
        for i in page.sums:
            known = any(_is_number(r[i]) for r in page.rows)
            letter = get_column_letter(i + 1)
            row[i] = Formula(f"=SUM({letter}{start}:{letter}{self._row})") if known else MISSING
        cells: list[Filling] = []
        for column, value in zip(page.columns, row, strict=True):
            style = self._styles.body(column.kind, total=True)
            if isinstance(value, Formula):
                cells.append((value.text, "f", style))
            elif isinstance(value, str) or value is None:
                cells.append((MISSING if value is None else clean(value), "s", style))
            elif isinstance(value, Styled | RowFormula):
                raise TypeError("a last row has the looks of its columns")
            else:
                cells.append((value, "n", style))
        self._append(cells, 20)

    def _line(self, text: str, style: int, width: float, height: float = 0) -> None:
        columns = len(self._rows.letters)
        needed = line_count(text, width - 4) * LINE_HEIGHT + 4
        cells: list[Filling] = [(clean(text), "s", style)]
        cells += [("", "s", style)] * (columns - 1)
        self._append(cells, max(height, needed))
        if columns > 1:
            ref = f"A{self._row}:{get_column_letter(columns)}{self._row}"
            self._ws.merged_cells.add(CellRange(ref))

    def _append(self, cells: Sequence[Filling], height: float | None) -> None:
        self._rows.add(cells, min(height, _HIGHEST) if height else None)

    def _finish(self) -> None:
        self._ws.close()
        self._rows.put_into(Path(self._ws._writer.out))
        self._rows = Rows([])

    def _set_up(
        self, widths: Sequence[float], header: int, frozen_columns: int, title: str
    ) -> None:
        ws = self._ws
        self._rows = Rows([get_column_letter(i) for i in range(1, len(widths) + 1)])
        for letter, width in zip(self._rows.letters, widths, strict=True):
            ws.column_dimensions[letter].width = width
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
    values = [row[column] for row in page.rows]
    styled = [value for value in values if isinstance(value, Styled)]
    own = {value for value in values if isinstance(value, str)}
    own.update(value.value for value in styled if isinstance(value.value, str))
    longest = max(map(len, own), default=0)
    texts = [text for text in own if len(text) * 2 >= longest]
    texts += [shown(v.value, v.kind) for v in styled if not isinstance(v.value, str)]
    numbers = [v for v in values if isinstance(v, int | float) and math.isfinite(v)]
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    if column in page.sums:
        high *= max(1, len(page.rows)) ** 0.5
    return ["", *texts, shown(min(low, 0.0), kind), shown(max(high, 0.0), kind)]


def _width(column: Column, texts: Sequence[str]) -> float:
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
    if have < wanted and any(c.kind in WRAPPING for c in page.columns):
        last = max(i for i, c in enumerate(page.columns) if c.kind in WRAPPING)
        widths[last] += wanted - have
