"""Where a table's body ends, and which rows of it are not data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zoneeval.intake.headers import Header
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import folded

_TOTAL = re.compile(
    r"^(?:本页|全市|全区|全县)?(?:合计|小计|总计|共计|累计|平均|汇总)(?:数|值)?[:：]?$"
)
_SOME_TOTAL = re.compile("[计均总]")
_TOTAL_END = re.compile(r"(?:合计|小计|总计|共计)$")
_FOOT = re.compile(
    r"^[（(【]?(?:注|说明|备注|附注|注释|数据来源|资料来源|来源|填表人|填报人|制表人?|审核人?|复核人?"
    r"|负责人|单位负责人|统计负责人|报出日期|填报日期|填表日期)[】]?\s*\d*\s*[:：]"
)


def is_total(cell: object, ending: bool = False) -> bool:
    """Tell whether a cell names a row of totals."""
    if not isinstance(cell, str) or _SOME_TOTAL.search(cell) is None:
        return False
    text = re.sub(r"\s+", "", cell)
    return bool(_TOTAL.match(text) or (ending and _TOTAL_END.search(text)))


def is_footnote(cell: object) -> bool:
    """Tell whether a row that begins with this cell is a note below the table."""
    if not isinstance(cell, str) or not (":" in cell or "：" in cell):
        return False
    return bool(_FOOT.match(cell.strip()))


def data_rows(sheet: RawSheet, header: Header) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Return the rows below the header without totals, footnotes and repeated headings."""
    headings = {
        c.index: frozenset((folded(c.heading), *filter(None, c.stack))) for c in header.columns
    }
    foreign = frozenset(
        index for index, names in headings.items() if not any(name.isascii() for name in names)
    )
    code = header.first("uscc")
    name = header.first("name")
    for number, cells in sheet.rows[header.body :]:
        first = next((c for c in cells if c is not None and c != ""), None)
        if is_total(first) or is_footnote(first):
            continue
        if isinstance(first, str) and _repeats(cells, headings, foreign):
            continue
        if name is not None and name.index < len(cells):
            without = code is None or code.index >= len(cells) or not cells[code.index]
            if is_total(cells[name.index], ending=without):
                continue
        if code is not None and code.index < len(cells) and is_total(cells[code.index], True):
            continue
        yield number, cells


def _repeats(
    cells: tuple[Any, ...], headings: dict[int, frozenset[str]], foreign: frozenset[int]
) -> bool:
    """Tell whether a row repeats the headings; ``foreign`` are those with other than ASCII."""
    same = 0
    for index, heading in headings.items():
        cell = cells[index] if index < len(cells) else None
        if isinstance(cell, str) and index in foreign and cell.isascii() and cell != "":
            return False
        if isinstance(cell, str) and folded(cell) in heading:
            same += 1
            if same >= 2:
                return True
        elif cell is not None and cell != "":
            return False
    return same >= 1
