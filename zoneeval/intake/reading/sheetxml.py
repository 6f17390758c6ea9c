"""What a sheet's XML says beside the values: formats, merges, hidden rows, errors, formulas.

The text is searched, not parsed: where it is written in another way than spreadsheet
programs write it, ``plain`` is False and the slower reader is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from zoneeval.errors import InputError
from zoneeval.intake.reading.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Range,
    column_index,
)

_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_TEXT_RESULT = re.compile(rb'\st="str"')
_ANY_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"']\s*([0-9]{7,})")
_LAST_ROW = 1_048_576
_ROW = re.compile(rb'<row\b[^>]*?\sr="([0-9]{1,9})"')
_HIDDEN = re.compile(rb'<row\b[^>]*?\shidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,9})"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>))?\s*'
    rb"<v>([^<]*)</v>"
)
_STRANGE = (b"<c>", b"<c/", b"<row>", b"<row/")
_COMMENTS = (b"<!--", b"<![CDATA[")
_PIECE = 1_000_000
_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\sref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)


@dataclass(slots=True)
class SheetScan:
    """Marks of one sheet; by row and column: formulas without a result, and error cells."""

    plain: bool = False
    percent: set[tuple[int, int]] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Range, ...] = ()
    hidden: tuple[int, ...] = ()
    uncached: dict[int, set[int]] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)


def scan_sheet(
    text: bytes,
    percent_styles: Iterable[int],
    unit_styles: Mapping[int, str] | None = None,
    scanning: Callable[[int, int], None] = lambda done, total: None,
) -> SheetScan:
    """Return the marks of a sheet; ``scanning`` is told meanwhile how far it is.

    Raises :class:`InputError` where its rows are out of order or its cells too many.
    """
    scan = SheetScan()
    styles, units = tuple(percent_styles), dict(unit_styles or {})
    rows: list[int] = []
    letters: set[bytes] = set()
    cells = done = 0
    regular = b"<sheetData" in text and 0 not in styles and 0 not in units
    hidden: list[int] = []
    for piece in _pieces(text):
        if any(len(n) > 9 or int(n) > _LAST_ROW for n in _ANY_ROW.findall(piece)):
            raise InputError(
                "有工作表的行号超出表格的上限（1,048,576 行），文件已损坏；"
                "请用 Excel 或 WPS 打开后另存再导入。"
            )
        numbers = [int(number) for number in _ROW.findall(piece)]
        found = piece.count(b'<c r="')
        cells += found
        regular = regular and _is_regular(piece, found, len(numbers))
        rows += numbers
        letters.update(_LETTERS.findall(piece))
        hidden += _hidden(piece)
        _uncached(piece, scan)
        if regular:
            scan.percent |= _percent(piece, styles)
            for style, shape in units.items():
                scan.formats.update(dict.fromkeys(_percent(piece, (style,)), shape))
            regular = _errors(piece, scan)
        done += len(piece)
        scanning(done, len(text))
    if any(after <= before for before, after in pairwise(rows)):
        raise InputError(
            "有工作表的行号次序错乱，无法确定数据所在的行；请用 Excel 或 WPS 打开后另存再导入。"
        )
    if cells > MAX_CELLS:
        raise InputError(f"有工作表超过 {MAX_CELLS // 10_000} 万个单元格，未读取；请拆分后再导入。")
    scan.merged = _merges(text)
    scan.hidden = tuple(hidden)
    width = max((column_index(name.decode()) for name in letters), default=-1) + 1
    scan.plain = regular and _compact(rows[-1] if rows else 0, width, cells)
    return scan


def _pieces(text: bytes) -> Iterator[bytes]:
    """Yield the text cut between rows, so that the program breathes in between."""
    start = 0
    while start < len(text):
        at = text.find(b"</row>", start + _PIECE)
        end = len(text) if at < 0 else at + 6
        yield text[start:end]
        start = end


def _is_regular(text: bytes, cells: int, rows: int) -> bool:
    """Tell whether cells and rows are written as spreadsheet programs write them."""
    return (
        text.count(b"<c ") == cells
        and text.count(b"<row ") == rows
        and not any(mark in text for mark in _STRANGE)
        and (b"!" not in text or not any(mark in text for mark in _COMMENTS))
        and (b"\t" not in text or b"\tt=" not in text)
        and (b"\nt=" not in text)
    )


def _uncached(text: bytes, scan: SheetScan) -> None:
    if b"<f" not in text:
        return
    for match in _FORMULA.finditer(text):
        head = match[0][: match[0].index(b">")]
        if not _TEXT_RESULT.search(head) or b"<v" not in match[0]:
            columns = scan.uncached.setdefault(int(match[2]), set())
            columns.add(column_index(match[1].decode()))


def _errors(text: bytes, scan: SheetScan) -> bool:
    """Note the error cells; False where one is written in another way."""
    mark = b' t="e"'
    at = text.find(mark)
    while at >= 0:
        cell = _ERROR.match(text, text.rfind(b"<", 0, at))
        if cell is None:
            return False
        place = int(cell[2]), column_index(cell[1].decode())
        scan.errors.setdefault(place[0], {})[place[1]] = cell[3].decode()
        at = text.find(mark, at + len(mark))
    return True


def _compact(last: int, width: int, cells: int) -> bool:
    """Tell whether the used area is small enough to be held whole."""
    return last <= MAX_ROWS and width <= MAX_COLUMNS and last * width <= max(1_000_000, 4 * cells)


def _percent(text: bytes, styles: Iterable[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for style in styles:
        mark = b' s="%d"' % style
        at = text.find(mark)
        while at >= 0:
            cell = _CELL.match(text, text.rfind(b"<", 0, at))
            if cell is not None:
                found.add((int(cell[2]), column_index(cell[1].decode())))
            at = text.find(mark, at + len(mark))
    return found


def _hidden(text: bytes) -> list[int]:
    if b' hidden="' not in text:
        return []
    numbers = (_ROW_NUMBER.search(tag) for tag in _HIDDEN.findall(text))
    return [int(number[1]) for number in numbers if number]


def _merges(text: bytes) -> tuple[Range, ...]:
    if b"mergeCell" not in text:
        return ()
    return tuple(
        (int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
        for left, top, right, bottom in _MERGE.findall(text)
    )
