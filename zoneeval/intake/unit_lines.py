"""The unit of a whole sheet: a 单位：line above, the title, a note below, the sheet's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zoneeval.intake.recognise import half_width, is_unit_like, plain
from zoneeval.units import is_unit, same_dimension

_UNIT_LINE = re.compile(r"(?<![一-鿿])(?:计量|金额|数据)?单位:(.+)$")
_NOT_A_UNIT = re.compile(r"局|委|公司|厂|会|中心|办|院|政府|站|队|所|处|银行")
_NOTE = re.compile(r"单位(?:均|都|一律|统一)?[为是:]([^,.;。、，；()\s]{1,10})")
_TITLE_END = re.compile(r"\(([^()]{1,24})\)$")
_FOOT_ROWS = 12

Row = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class SheetUnits:
    """Units that hold for columns without their own; ``strange`` is a line not understood."""

    units: tuple[str, ...] = ()
    strange: str | None = None
    is_measure: bool = False


def sheet_units(above: Sequence[Row], below: Sequence[Row], name: str = "") -> SheetUnits:
    """Return the units stated outside the headings; the nearest statement wins."""
    found = _line(above)
    units = list(found.units)
    for text in (*_titles(above), *_notes(below), name):
        for unit in _bracket(text):
            if not any(same_dimension(unit, other) for other in units):
                units.append(unit)
    return SheetUnits(tuple(units), found.strange if not units else None, found.is_measure)


def _line(rows: Sequence[Row]) -> SheetUnits:
    for _, cells in reversed(rows):
        for place, cell in enumerate(cells):
            if not isinstance(cell, str):
                continue
            text = half_width(cell).strip()
            found = _UNIT_LINE.search(text)
            stated = found[1] if found else ""
            if not stated and re.fullmatch(r"(?:计量|金额|数据)?单位:?", re.sub(r"\s", "", text)):
                after = next((c for c in cells[place + 1 :] if isinstance(c, str)), "")
                stated = half_width(after).strip()
            if not stated:
                continue
            words = [w.strip("()") for w in re.split(r"[、,;\s]+", stated) if w.strip("()")]
            units = tuple(w for w in words if is_unit(w))
            if units:
                return SheetUnits(units)
            if words and len(stated) <= 8 and not _NOT_A_UNIT.search(stated):
                return SheetUnits((), stated.strip(" ()"), any(is_unit_like(w) for w in words))
    return SheetUnits()


def _titles(rows: Sequence[Row]) -> list[str]:
    """Return the rows above that are one text: titles."""
    titles = []
    for _, cells in reversed(rows):
        texts = {c for c in cells if c is not None and c != ""}
        if len(texts) == 1 and isinstance(text := texts.pop(), str):
            titles.append(text)
    return titles


def _notes(rows: Sequence[Row]) -> list[str]:
    notes = []
    for _, cells in rows[-_FOOT_ROWS:]:
        texts = [c for c in cells if isinstance(c, str) and c.strip()]
        if not texts or len(texts) < len({c for c in cells if c is not None and c != ""}):
            continue
        found = _NOTE.search(plain(texts[0]))
        if found and len(texts) == 1:
            notes.append(f"({found[1]})")
    return notes


def _bracket(text: str) -> list[str]:
    found = _TITLE_END.search(plain(text))
    if not found:
        return []
    inner = re.sub(r"^(?:计量|金额|数据)?单位:", "", found[1])
    return [w for w in re.split(r"[、,;]+", inner) if w and is_unit(w)]
