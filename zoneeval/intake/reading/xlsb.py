"""Marks of an .xlsb workbook, found by walking its binary records."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from zoneeval.intake.reading.marks import Marks
from zoneeval.intake.reading.package import Package, local

_PERCENT = (9, 10)
_ROW, _ERROR, _FORMULA_ERROR, _MERGE, _SHEET, _FORMAT = 0, 3, 11, 176, 156, 44
_STYLES_BEGIN, _STYLES_END, _STYLE = 617, 618, 47
_CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11))


def xlsb_marks(package: Package) -> list[Marks]:
    """Return the marks of each worksheet, in the workbook's order."""
    relations = {
        node.get("Id", ""): (node.get("Type", ""), node.get("Target", ""))
        for node in package.tree("xl/_rels/workbook.bin.rels").iter()
        if local(node.tag) == "Relationship"
    }
    percent = _percent_styles(package)
    found = []
    for kind, body in _records(package.data("xl/workbook.bin")):
        if kind != _SHEET:
            continue
        (length,) = struct.unpack_from("<I", body, 8)
        relation = body[12 : 12 + 2 * length].decode("utf-16-le")
        what, target = relations[relation]
        if what.endswith("/worksheet"):
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append(_sheet(package.data(posixpath.normpath(part)), percent))
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > end:
            raise ValueError("record cut off")
        yield kind, data[at : at + size]
        at += size


def _percent_styles(package: Package) -> frozenset[int]:
    if not package.has("xl/styles.bin"):
        return frozenset()
    formats: dict[int, bool] = dict.fromkeys(_PERCENT, True)
    styles: list[int] = []
    inside = False
    for kind, body in _records(package.data("xl/styles.bin")):
        if kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body, 0)
            (length,) = struct.unpack_from("<I", body, 2)
            formats[number] = "%" in body[6 : 6 + 2 * length].decode("utf-16-le", "replace")
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return frozenset(i for i, number in enumerate(styles) if formats.get(number))


def _sheet(data: bytes, percent: frozenset[int]) -> Marks:
    marks = Marks()
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = int(struct.unpack_from("<I", body, 0)[0]) + 1
            if len(body) > 11 and body[11] & 0x10:
                marks.hidden.append(row)
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", body, 0)
            style = body[4] | body[5] << 8 | body[6] << 16
            marks.use(row, column, style in percent)
            if kind in (_ERROR, _FORMULA_ERROR):
                marks.error(row, column, body[8])
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body, 0)
            marks.merged.append((top + 1, left, bottom + 1, right))
    return marks
