"""OpenDocument tables, read as they are written: values, merges, hidden rows, error cells."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from zoneeval.errors import InputError
from zoneeval.intake.reading.package import DAMAGED, Package, local, macro_notes
from zoneeval.intake.reading.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    UNCACHED,
    Range,
    RawBook,
    RawSheet,
    Row,
    hidden_rows_note,
)

_CELLS = ("table-cell", "covered-table-cell")


def read_ods(path: Path, package: Package) -> RawBook:
    """Return the sheets of an .ods workbook."""
    try:
        if package.has("META-INF/manifest.xml") and b"encryption-data" in package.data(
            "META-INF/manifest.xml"
        ):
            raise InputError(
                f"工作簿“{path.name}”设有打开密码，无法读取；请先取消密码保护后另存再导入。"
            )
        sheets = _sheets(path, package.data("content.xml"))
    except DAMAGED as error:
        raise InputError(
            f"工作簿“{path.name}”已损坏或不是标准的 .ods，无法读取；"
            "请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。"
        ) from error
    macros = any(n.startswith("Basic/") and n.endswith(".xml") for n in package.names)
    return RawBook(sheets, macro_notes(macros))


def _sheets(path: Path, text: bytes) -> list[RawSheet]:
    sheets: list[RawSheet] = []
    invisible: set[str] = set()
    table: _Table | None = None
    for event, node in iterparse(io.BytesIO(text), ("start", "end")):
        name = local(node.tag)
        if event == "start":
            if name == "table" and table is None:
                table = _Table(path, _get(node, "name"), _get(node, "style-name") in invisible)
        elif name == "style":
            if any(_get(part, "display") == "false" for part in node):
                invisible.add(_get(node, "name"))
        elif name == "table-row" and table is not None:
            table.row(node)
            node.clear()
        elif name == "table" and table is not None:
            sheets.append(table.done())
            table = None
            node.clear()
    return sheets


def _get(node: Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if local(key) == name), "")


def _count(node: Element, name: str) -> int:
    return max(1, int(_get(node, name) or 1))


class _Table:
    """One sheet while its rows are read."""

    def __init__(self, path: Path, name: str, hidden: bool) -> None:
        self.path, self.name, self.hidden = path, name, hidden
        self.rows: list[Row] = []
        self.percent: set[tuple[int, int]] = set()
        self.merged: list[Range] = []
        self.hidden_rows: list[int] = []
        self.next = 1
        self.cells = 0
        self.cut_at: int | None = None

    def row(self, node: Element) -> None:
        """Take one row, which may stand for several equal ones."""
        first, times = self.next, _count(node, "number-rows-repeated")
        self.next += times
        values: list[Any] = []
        percent: list[int] = []
        for cell in node:
            if local(cell.tag) not in _CELLS:
                continue
            repeated = _count(cell, "number-columns-repeated")
            value = _value(cell)
            if value is None and len(values) + repeated > MAX_COLUMNS:
                break
            down, across = (
                _count(cell, "number-rows-spanned"),
                _count(cell, "number-columns-spanned"),
            )
            if down > 1 or across > 1:
                left = len(values)
                self.merged.append((first, left, first + down - 1, left + across - 1))
            if _get(cell, "value-type") == "percentage":
                percent.extend(range(len(values), min(len(values) + repeated, MAX_COLUMNS)))
            values.extend([value] * min(repeated, MAX_COLUMNS - len(values)))
        while values and values[-1] is None:
            values.pop()
        if not values or self.cut_at is not None:
            return
        self.cells += times * len(values)
        if self.cells > MAX_CELLS:
            raise InputError(
                f"工作簿“{self.path.name}”超过 {MAX_CELLS // 10_000} 万个单元格，未读取；"
                "请拆分后再导入。"
            )
        hidden = _get(node, "visibility") in ("collapse", "filter")
        for number in range(first, first + times):
            if len(self.rows) >= MAX_ROWS:
                self.cut_at = number
                return
            self.rows.append((number, tuple(values)))
            self.percent.update((number, index) for index in percent)
            if hidden:
                self.hidden_rows.append(number)

    def done(self) -> RawSheet:
        """Return the sheet."""
        notes = hidden_rows_note(self.hidden_rows, (n for n, _ in self.rows))
        return RawSheet(
            self.name, self.rows, frozenset(self.percent), self.hidden, self.cut_at,
            tuple(self.merged), notes,
        )  # fmt: skip


def _value(cell: Element) -> Any:
    if local(cell.tag) == "covered-table-cell":
        return None
    kind = _get(cell, "value-type")
    written = _text(cell)
    if any(key.endswith("extension}value-type") and v == "error" for key, v in cell.attrib.items()):
        return written if written.startswith("#") else "#VALUE!"
    if written.startswith("Err:") and _get(cell, "formula"):
        return "#VALUE!"
    if kind in ("float", "percentage", "currency"):
        number = float(_get(cell, "value"))
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "date":
        return _date(_get(cell, "date-value"))
    if kind == "boolean":
        return _get(cell, "boolean-value") == "true"
    if kind == "time":
        return written or None
    if kind == "" and not written and _get(cell, "formula"):
        return UNCACHED
    return _get(cell, "string-value") or written or None


def _date(text: str) -> Any:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _text(cell: Element) -> str:
    lines = [_inline(part) for part in cell if local(part.tag) == "p"]
    return "\n".join(lines)


def _inline(node: Element) -> str:
    out = [node.text or ""]
    for part in node:
        name = local(part.tag)
        if name == "s":
            out.append(" " * min(_count(part, "c"), 1000))
        elif name in ("tab", "line-break"):
            out.append(" ")
        elif name not in ("annotation", "note"):
            out.append(_inline(part))
        out.append(part.tail or "")
    return "".join(out)
