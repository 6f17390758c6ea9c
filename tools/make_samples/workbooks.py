"""Write sheets as departments send them, to bytes that never change."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None

_STAMP = (2025, 1, 1, 0, 0, 0)
_STAMP_XML = b"2025-01-01T00:00:00Z"
_THIN = Side(style="thin", color="FF999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="FFE7ECF3")
_WIDEST = 60
_CENTRED = ("序号", "年度")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its title line, note line, headings, rows, total and footnote."""

    name: str
    title: str
    note: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    footnote: str = ""
    decimals: int | None = 2


def display_width(text: str) -> int:
    """Return how many Latin columns a text takes; a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _shown(value: Value, decimals: int | None) -> str:
    if isinstance(value, float):
        return f"{value:g}" if decimals is None else f"{value:,.{decimals}f}"
    return "" if value is None else str(value)


def _widths(sheet: Sheet) -> list[int]:
    rows = [*sheet.rows, *([sheet.total] if sheet.total else [])]
    result = []
    for column, heading in enumerate(sheet.headings):
        longest = max(display_width(_shown(row[column], sheet.decimals)) for row in rows)
        result.append(min(_WIDEST, max(longest, display_width(heading), 6) + 3))
    return result


def _fill(
    cell: Cell, value: Value, decimals: int | None, bold: bool, long: bool, centred: bool
) -> None:
    cell.value = value
    cell.font = Font(name="宋体", size=10.5, bold=bold)
    cell.border = _BORDER
    align = "right" if isinstance(value, int | float) else "left"
    if isinstance(value, int) and centred:
        align = "center"
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=long)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, float):
        cell.number_format = "General" if decimals is None else "#,##0." + "0" * decimals
    elif isinstance(value, int):
        cell.number_format = "0"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _write(target: Worksheet, sheet: Sheet) -> None:
    last = get_column_letter(len(sheet.headings))
    widths = _widths(sheet)
    row = 1
    for text, size, align in ((sheet.title, 16, "center"), (sheet.note, 10.5, "left")):
        if not text:
            continue
        target.merge_cells(f"A{row}:{last}{row}")
        cell = target[f"A{row}"]
        cell.value = text
        cell.font = Font(name="宋体", size=size, bold=size > 12)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        lines = -(-display_width(text) * (1.6 if size > 12 else 1.05) // sum(widths))
        target.row_dimensions[row].height = (26 if size > 12 else 18) * lines
        row += 1
    for column, (heading, width) in enumerate(zip(sheet.headings, widths, strict=True), 1):
        cell = target[f"{get_column_letter(column)}{row}"]
        cell.value = heading
        cell.font = Font(name="宋体", size=10.5, bold=True)
        cell.fill = _HEAD_FILL
        cell.border = _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        target.column_dimensions[get_column_letter(column)].width = width
    target.row_dimensions[row].height = 22
    head = row
    for values in [*sheet.rows, *([sheet.total] if sheet.total else [])]:
        row += 1
        lines = 1
        for column, value in enumerate(values, 1):
            room = widths[column - 1] - 1
            need = -(-display_width(_shown(value, sheet.decimals)) // room)
            lines = max(lines, need)
            cell = target[f"{get_column_letter(column)}{row}"]
            _fill(
                cell,
                value,
                sheet.decimals,
                values is sheet.total,
                need > 1,
                sheet.headings[column - 1] in _CENTRED,
            )
        target.row_dimensions[row].height = 15 * lines + 1
    if sheet.footnote:
        row += 1
        target.merge_cells(f"A{row}:{last}{row}")
        cell = target[f"A{row}"]
        cell.value = sheet.footnote
        cell.font = Font(name="宋体", size=10)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = -(-display_width(sheet.footnote) * 1.05 // sum(widths))
        target.row_dimensions[row].height = 15 * lines + 2
    target.freeze_panes = f"A{head + 1}"
    target.print_title_rows = f"{head}:{head}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = 9
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    footer = target.oddFooter
    assert footer is not None
    footer.center.text = "第 &P 页，共 &N 页"


def _settle(raw: bytes) -> bytes:
    """Return the same workbook with fixed dates, canonical XML and no compression.

    Stored members keep the bytes free of the differences between zlib builds.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP_XML, data)
            if name.endswith((".xml", ".rels")):
                text = ElementTree.canonicalize(data.decode("utf-8"))
                data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode("utf-8")
            member = zipfile.ZipInfo(name, _STAMP)
            member.create_system = 0
            member.external_attr = 0
            target.writestr(member, data, zipfile.ZIP_STORED)
    return out.getvalue()


def write_book(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write one workbook; the same sheets always give the same bytes."""
    book = Workbook()
    book.properties.creator = "示例数据"
    for position, sheet in enumerate(sheets):
        target = book.active if position == 0 else book.create_sheet()
        assert isinstance(target, Worksheet)
        target.title = sheet.name
        _write(target, sheet)
    raw = io.BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_settle(raw.getvalue()))
    return path
