"""Marks of an .xls workbook (BIFF8), found by walking its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from zoneeval.intake.reading.marks import Marks
from zoneeval.intake.reading.package import PasswordNeeded

_PERCENT = (9, 10)
_BOF, _EOF, _FILEPASS, _FORMAT, _XF, _SHEET = 0x809, 0x0A, 0x2F, 0x41E, 0xE0, 0x85
_ROW, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _MERGED = (
    0x208, 0x203, 0x27E, 0xBD, 0x06, 0x205, 0xE5,
)  # fmt: skip
_LABELS = (0xFD, 0x204, 0xD6)


class OldFormat(Exception):
    """The workbook is older than Excel 97, so that its marks are not known."""


def biff_marks(data: bytes) -> list[Marks]:
    """Return the marks of each worksheet, in the workbook's order."""
    formats: dict[int, bool] = dict.fromkeys(_PERCENT, True)
    styles: list[int] = []
    starts: list[int] = []
    if len(data) < 8 or struct.unpack_from("<H", data, 0)[0] != _BOF:
        raise OldFormat
    if struct.unpack_from("<H", data, 4)[0] != 0x0600:
        raise OldFormat
    for kind, at, size in _records(data, 0):
        if kind == _FILEPASS:
            raise PasswordNeeded
        if kind == _FORMAT and size >= 5:
            number, _, wide = struct.unpack_from("<HHB", data, at)
            text = data[at + 5 : at + size]
            formats[number] = "%" in text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _XF and size >= 4:
            styles.append(struct.unpack_from("<H", data, at + 2)[0])
        elif kind == _SHEET and size >= 6 and data[at + 5] == 0:
            starts.append(struct.unpack_from("<I", data, at)[0])
    percent = frozenset(i for i, number in enumerate(styles) if formats.get(number))
    return [_sheet(data, start, percent) for start in starts]


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of the records of one substream."""
    depth = 0
    while True:
        if at + 4 > len(data):
            raise ValueError("substream cut off")
        kind, size = struct.unpack_from("<HH", data, at)
        if at + 4 + size > len(data):
            raise ValueError("record cut off")
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        if depth <= 1:
            yield kind, at + 4, size
        at += 4 + size


def _sheet(data: bytes, start: int, percent: frozenset[int]) -> Marks:
    marks = Marks()
    for kind, at, size in _records(data, start):
        if kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, *_LABELS):
            row, column, style = struct.unpack_from("<HHH", data, at)
            marks.use(row + 1, column, style in percent)
            if kind == _BOOLERR and data[at + 7] == 1:
                marks.error(row + 1, column, data[at + 6])
            elif kind == _FORMULA and data[at + 6] == 2 and data[at + 12 : at + 14] == b"\xff\xff":
                marks.error(row + 1, column, data[at + 8])
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data, at)
            for i in range((size - 6) // 6):
                (style,) = struct.unpack_from("<H", data, at + 4 + 6 * i)
                marks.use(row + 1, first + i, style in percent)
        elif kind == _ROW and size >= 16:
            (row,) = struct.unpack_from("<H", data, at)
            if data[at + 12] & 0x20:
                marks.hidden.append(row + 1)
        elif kind == _MERGED:
            (number,) = struct.unpack_from("<H", data, at)
            for i in range(min(number, (size - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, at + 2 + 8 * i)
                marks.merged.append((top + 1, left, bottom + 1, right))
    return marks
