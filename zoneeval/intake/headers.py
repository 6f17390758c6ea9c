"""Find where a sheet's headings are: below titles and unit lines, in one to three rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zoneeval.intake.cells import MISSING, clean
from zoneeval.intake.heading_columns import Column, HeadingCell, column_of, is_named, options_of
from zoneeval.intake.mapping import Choice, Decisions, Layout, choice_of
from zoneeval.intake.recognise import (
    exact,
    folded,
    plain,
    takes_unit,
)
from zoneeval.intake.signature import signature_of, slots_of
from zoneeval.intake.unit_lines import Row, SheetUnits, sheet_units
from zoneeval.units import is_unit

_SEARCH_ROWS = 30
_HEIGHTS = (1, 2, 3)
_BLANKS = frozenset({"-", "—", "/"})
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIGURE = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_CODE = re.compile(r"[0-9A-Z]{15,20}|\d{8,}")
_GROUP_LENGTH = 10
_SENTENCE = re.compile(
    r"^[（(【]?(?:注|说明|备注)|[。；;]|^.?[一二三四五六七八九十]、|园区|合计$|小计$|总计$"
)
_TITLE = re.compile(r"(?:表|情况|统计|汇总|数据|清单|名单|台账|明细|报表)(?:\(.*\))?$")
_INDEX = re.compile(r"^(?:[甲乙丙丁戊己庚辛壬癸]|[A-Z]|栏次|序号|\(?\d{1,2}\)?|[①-⑳])$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: Excel's row numbers, columns, and where the body begins.

    ``units`` are those stated outside the headings; ``strange_line`` is a unit line
    unread, which ``strange_measure`` says was meant as a unit; ``unit_conflict`` are two
    statements outside the headings that differ.
    """

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    body: int
    units: tuple[str, ...] = ()
    strange_line: str | None = None
    strange_measure: bool = False
    signature: str = ""
    remembered: bool = False
    unit_conflict: tuple[str, str] | None = None

    @property
    def known(self) -> int:
        """Return how many columns were recognised."""
        return sum(column.key is not None for column in self.columns)

    def first(self, key: str) -> Column | None:
        """Return the first column of this meaning."""
        return next((c for c in self.columns if c.key == key), None)


def find_header(
    rows: Sequence[Row],
    mapping: Mapping[str, str | Choice] | None = None,
    least: int = 2,
    layouts: Mapping[str, Layout] | None = None,
    name: str = "",
) -> Header | None:
    """Return the best header within the first rows, or None where fewer are recognised."""
    chosen = {folded(heading): choice_of(c) for heading, c in (mapping or {}).items()}
    if layouts:
        for position, height in _places(rows):
            cells = heading_cells(rows, position, height)
            layout = layouts.get(signature_of(_slots(cells)))
            if layout is not None:
                return _header(rows, position, height, Decisions(chosen, layouts), name)
    best: tuple[int, int] | None = None
    top = least - 1
    for position, height in _places(rows):
        score = sum(is_named(cell, chosen) for cell in heading_cells(rows, position, height))
        if score > top:
            best, top = (position, height), score
    return _header(rows, *best, Decisions(chosen), name) if best else None


def guess_header(rows: Sequence[Row], name: str = "") -> Header | None:
    """Return the first row that is filled with different texts, as a table's headings are."""
    width = max((sum(_filled(c) for c in cells) for _, cells in rows[:_SEARCH_ROWS]), default=0)
    for position, (_, cells) in enumerate(rows[:_SEARCH_ROWS]):
        texts = [_text(c) for c in cells if _filled(c)]
        if len(texts) < max(2, 0.6 * width) or not all(0 < len(t) <= 40 for t in texts):
            continue
        if len(set(texts)) < len(texts) * 0.8 or position + 1 >= len(rows):
            continue
        lower = rows[position + 1]
        two = lower[0] == rows[position][0] + 1 and _is_group_row(lower[1])
        below = [i for i, c in enumerate(lower[1]) if _filled(c)]
        two = two and len(below) < len(texts) and bool(below) and below[0] > 0
        return _header(rows, position, 2 if two else 1, Decisions(), name)
    return None


def header_of(rows: Sequence[Row], found: Header, decisions: Decisions, name: str = "") -> Header:
    """Return a header read again under decisions."""
    position = found.body - len(found.rows)
    return _header(rows, position, len(found.rows), decisions, name)


def _places(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return where a header may be: one row anywhere, then two and three adjacent rows.

    A row of groups (上年同期 …) belongs to the header below it, and a row with figures
    or codes to none.
    """
    last = min(_SEARCH_ROWS, len(rows))
    headings = [_may_be_headings(cells) for _, cells in rows[:last]]
    groups = [_is_group_row(cells) for _, cells in rows[:last]]
    places = []
    for height in _HEIGHTS:
        for position in range(last - height + 1):
            end = position + height
            if rows[end - 1][0] != rows[position][0] + height - 1:
                continue
            if height > 1 and not (all(headings[position:end]) and groups[position]):
                continue
            above = position > 0 and rows[position - 1][0] == rows[position][0] - 1
            if height < len(_HEIGHTS) and above and groups[position - 1] and headings[position]:
                continue
            places.append((position, height))
    return places


def _may_be_headings(cells: tuple[Any, ...]) -> bool:
    """Tell whether a row has neither figures (years apart) nor credit codes."""
    for cell in cells:
        if isinstance(cell, int | float) and not (1990 <= cell <= 2100):
            return False
        if isinstance(cell, str):
            text = cell.strip()
            if _CODE.fullmatch(text) or (_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text)):
                return False
    return True


def _is_group_row(cells: tuple[Any, ...]) -> bool:
    """Tell whether a row may hold the groups over headings; titles and unit lines do not."""
    texts = [(i, plain(str(c))) for i, c in enumerate(cells) if _filled(c)]
    if not texts or not _may_be_headings(cells):
        return False
    if any(len(t) > 20 or ":" in t or t == "单位" or _unit_of(t) for _, t in texts):
        return False
    if len({t for _, t in texts}) > 1:
        return True
    place, text = texts[0]
    return place > 0 and len(text) <= _GROUP_LENGTH and not _TITLE.search(text)


def _header(
    rows: Sequence[Row], position: int, height: int, decisions: Decisions, name: str
) -> Header:
    while height < len(_HEIGHTS) and _is_below_headings(rows, position, height):
        height += 1
    if height < len(_HEIGHTS) and _is_unit_row(rows, position + height):
        height += 1
    cells = heading_cells(rows, position, height)
    slots = _slots(cells)
    signature = signature_of(slots)
    layout = decisions.layouts.get(signature)
    columns = tuple(
        column_of(cell, slot, decisions.headings, layout)
        for cell, slot in zip(cells, slots, strict=True)
    )
    body = position + height
    if body < len(rows) and _is_index_row(rows[body][1]):
        body += 1
    stated: SheetUnits = sheet_units(rows[:position], rows[body:], name)
    numbers = tuple(rows[position + i][0] for i in range(height))
    return Header(
        numbers, columns, body, stated.units, stated.strange, stated.is_measure, signature,
        layout is not None, stated.conflict,
    )  # fmt: skip


def _is_below_headings(rows: Sequence[Row], position: int, height: int) -> bool:
    """Tell whether the row below still belongs to the headings: years, 本月 and 累计, 其中 …

    It has neither code nor name, and only texts and years under headings of figures or
    beside them.
    """
    at = position + height
    if at + 1 >= len(rows) or rows[at][0] != rows[at - 1][0] + 1:
        return False
    cells = rows[at][1]
    if not _may_be_headings(cells) or _is_unit_row(rows, at) or _is_index_row(cells):
        return False
    filled = {i: _text(c) for i, c in enumerate(cells) if _filled(c)}
    if not any(filled.values()) or all(clean(t) in MISSING for t in filled.values()):
        return False
    above = {c.index: c for c in heading_cells(rows, position, height)}
    keys = {m.key for c in above.values() for t in options_of(c) if (m := exact(t))}
    if not keys & {"uscc", "name", "organisation_code"}:
        return False
    for index, text in filled.items():
        if not text or len(text) > 20 or _SENTENCE.search(text):
            return False
        cell = above.get(index)
        if cell is None and not any(i < index for i in above):
            return False
        match = (
            next((m for t in options_of(cell) if (m := exact(t)) and m.key), None) if cell else None
        )
        if match is not None and not takes_unit(match.key or ""):
            return False
    return True


def _text(cell: object) -> str:
    """Return a heading's text; a year may be written as a number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(int(cell)) if 1990 <= cell <= 2100 and cell == int(cell) else ""
    return cell.strip() if isinstance(cell, str) else ""


def _filled(cell: object) -> bool:
    return cell is not None and cell != ""


def _unit_of(text: str) -> str | None:
    inner = plain(text).strip("()")
    return inner if inner and is_unit(inner) else None


def _is_unit_row(rows: Sequence[Row], position: int) -> bool:
    if position >= len(rows):
        return False
    cells = [c for c in rows[position][1] if _filled(c)]
    if not all(isinstance(c, str) and (_unit_of(c) or c.strip() in _BLANKS) for c in cells):
        return False
    return any(_unit_of(c) for c in cells)


def _is_index_row(cells: tuple[Any, ...]) -> bool:
    """Tell whether a row below the headings only numbers them: 甲 乙 1 2 3."""
    texts = [_index_text(c) for c in cells if _filled(c)]
    if len(texts) < 3 or not all(_INDEX.match(t) for t in texts):
        return False
    numbers = [int(t.strip("()")) for t in texts if t.strip("()").isdecimal()]
    if len(numbers) < 2:
        return False
    if any(b != a + 1 for a, b in pairwise(numbers)):
        return False
    return len(texts) > len(numbers) or numbers[0] == 1


def _index_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return plain(str(cell))


def heading_cells(rows: Sequence[Row], position: int, height: int) -> list[HeadingCell]:
    """Return the texts over each column; a group's text stands over all columns below it."""
    grid = [[_text(c) for c in rows[position + i][1]] for i in range(height)]
    width = max(len(line) for line in grid)
    groups = [""] * height
    found: list[HeadingCell] = []
    for index in range(width):
        raw = [line[index] if index < len(line) else "" for line in grid]
        if not any(raw):
            groups = [""] * height
            continue
        texts: list[str] = []
        unit: str | None = None
        for level, text in enumerate(raw):
            if text:
                groups[level:] = [text, *[""] * (height - level - 1)]
            shown = text or (groups[level] if any(raw[level + 1 :]) else "")
            if level and shown and (stated := _unit_of(shown)) and texts:
                unit = stated
            elif shown and (not texts or folded(texts[-1]) != folded(shown)):
                texts.append(shown)
        found.append(HeadingCell(index, tuple(texts), tuple(folded(t) for t in raw), unit))
    return found


def _slots(cells: Sequence[HeadingCell]) -> tuple[str, ...]:
    return slots_of(["".join(cell.texts) for cell in cells])
