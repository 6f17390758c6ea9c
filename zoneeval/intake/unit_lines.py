"""The unit of a whole sheet: a 单位：line above, the title, a note below, the sheet's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from zoneeval.intake.brackets import (
    bracketed,
    is_unit_like,
    names_unit,
    same_unit,
    stated_unit,
    words_of,
)
from zoneeval.units import is_unit, same_dimension

_UNIT_SAID = re.compile(r"([一-鿿]{0,8}?)单位\s*(?:[均都]|一律|统一)?\s*[:为是]")
_NO_MEASURE = re.compile(
    r"(?:填报|报送|主管|编制|制表|审核|责任|牵头|填表|报表|用电|用水|用气|所属|建设|使用|实施|调查|联系"
    r"|汇总|上报|提供|负责|承办|监制|批准|基层|参评|企业|法人|事业|产权|权利|统计)$"
)
_ALONE = re.compile(r"^(?:(?:计量|金额|数据|货币)?单位)\s*:?$")
_NAMED = re.compile(r"^(?:[一-鿿]{1,6}):(.+)$")
_COUNTED_IN = re.compile(
    r"[以按用]([^\s,;。、:()]{1,8}?)(?:计(?!划|算机)|为(?:计量)?单位|填[报列写])"
)
_NOT_A_UNIT = re.compile(r"局|委|公司|厂|会|中心|办|院|政府|站|队|所|处|银行")
_BEHIND = re.compile(r"\(([^()]{1,24})\)$")
_FOOT_ROWS = 12
_LONGEST_LINE = 60
_LONGEST_TEXT = 400

Row = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class SheetUnits:
    """Units that hold for columns without their own; ``strange`` is a line not understood.

    ``conflict`` are two different units stated for one kind of amount.
    """

    units: tuple[str, ...] = ()
    strange: str | None = None
    is_measure: bool = False
    conflict: tuple[str, str] | None = None


def sheet_units(above: Sequence[Row], below: Sequence[Row], name: str = "") -> SheetUnits:
    """Return the units stated outside the headings; those that contradict are told."""
    units: list[str] = []
    conflict: tuple[str, str] | None = None
    strange: str | None = None
    measure = False
    for stated in (*_above(above), *_below(below), _in_brackets(bracketed(name).strip())):
        if stated.is_measure or strange is None:
            strange = stated.strange or strange
        measure = measure or stated.is_measure
        conflict = conflict or stated.conflict
        for unit in stated.units:
            same = next((other for other in units if same_dimension(unit, other)), None)
            if same is None:
                units.append(unit)
            elif not same_unit(unit, same):
                conflict = conflict or (same, unit)
    if units and not measure:
        strange = None
    return SheetUnits(tuple(units), strange, measure, conflict)


def _above(rows: Sequence[Row]) -> Iterator[SheetUnits]:
    """Yield what each text above the headings says about units, the nearest first."""
    for _, cells in reversed(rows):
        texts = [c for c in cells if isinstance(c, str) and c.strip()]
        for place, text in enumerate(texts):
            for line in _lines(text):
                if _ALONE.match(line) and place + 1 < len(texts):
                    yield _said(bracketed(texts[place + 1]).strip())
                else:
                    yield _stated(line)


def _below(rows: Sequence[Row]) -> Iterator[SheetUnits]:
    """Yield what the rows of one text at the end of the table say about units."""
    for _, cells in reversed(rows[-_FOOT_ROWS:]):
        if any(isinstance(c, int | float) for c in cells):
            return
        filled = [c for c in cells if c is not None and c != ""]
        if len(set(map(str, filled))) != 1 or not isinstance(filled[0], str):
            continue
        for line in _lines(filled[0]):
            yield _stated(line)


def _lines(text: str) -> list[str]:
    lines = bracketed(text[:_LONGEST_TEXT]).splitlines()
    return [line.strip()[:_LONGEST_TEXT] for line in lines if line.strip()]


def _stated(line: str) -> SheetUnits:
    """Return what one line of text says about units."""
    marks = list(_UNIT_SAID.finditer(line))
    found: list[SheetUnits] = []
    for mark, following in zip_longest(marks, marks[1:]):
        if _NO_MEASURE.search(mark[1].replace(" ", "")):
            continue
        content = line[mark.end() : following.start() if following else len(line)]
        found.append(_said(re.split(r"[。;]", content)[0].strip()))
    if not marks:
        counted = _COUNTED_IN.search(line)
        named = _NAMED.match(line)
        if counted is not None and (unit := stated_unit(counted[1])):
            found.append(SheetUnits((unit,)))
        elif counted is not None and names_unit(counted[1]) and len(counted[1]) <= 4:
            found.append(SheetUnits((), counted[1], True))
        elif named is not None and (units := _only_units(named[1])):
            found.append(SheetUnits(units))
        else:
            found.append(_in_brackets(line))
    return _together(found)


def _said(content: str) -> SheetUnits:
    """Return the units behind 单位：; what is not understood may have been meant as one."""
    if content.startswith("(") and content.endswith(")"):
        content = content[1:-1]
    outside = re.sub(r"\([^()]*\)", " ", content)
    inside = " ".join(re.findall(r"\(([^()]*)\)", content))
    units, left = _read(words_of(outside))
    if not units:
        units, left = _read([*words_of(outside), *words_of(inside)])
    doubtful = [w for w in left if is_unit_like(w)]
    if units and not doubtful:
        return SheetUnits(tuple(units))
    if doubtful:
        return SheetUnits(tuple(units), content, True)
    if not content or _NOT_A_UNIT.search(content):
        return SheetUnits()
    if names_unit(content) and len(content) <= _LONGEST_LINE:
        return SheetUnits((), content, True)
    if len(content) <= 8:
        return SheetUnits((), content.strip(" ()"), False)
    return SheetUnits()


def _read(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the units among words, and the words left over."""
    units: list[str] = []
    left: list[str] = []
    for raw in words:
        word = re.sub(r"^(?:rmb|cny|人民币)", "", raw, flags=re.IGNORECASE)
        if not word:
            continue
        unit = stated_unit(word) or _at_start(word)
        if unit is not None and same_dimension(unit, "美元"):
            left.append(word)  # amounts in 元 that the sheet says are none
            continue
        if unit is not None and not _of_nothing(unit):
            units.append(unit)
        if "/" in word and (unit is None or "/" in unit):
            pieces = [p for p in word.split("/") if p]
            known = [p for p in pieces if is_unit(p)]
            units.extend(known)
            if unit is None and not known:
                left.append(word)
        elif unit is None:
            left.append(word)
    return units, left


def _of_nothing(unit: str) -> bool:
    """Tell whether a unit is a quotient by a fraction: 元/% means 元 and %."""
    return "/" in unit and same_dimension(unit.rpartition("/")[2], "%")


def _at_start(word: str) -> str | None:
    """Return the unit that a longer word begins with, where the rest says nothing of units."""
    for end in range(min(len(word) - 1, 10), 0, -1):
        rest = word[end:]
        if (
            is_unit(word[:end])
            and not names_unit(rest)
            and not re.match(r"[当标次日年月焦煤]", rest)
        ):
            return word[:end]
    return None


def _only_units(text: str) -> tuple[str, ...]:
    units, left = _read(words_of(re.sub(r"\([^()]*\)", " ", text)))
    return tuple(units) if not left and not re.search(r"\d", text) else ()


def _in_brackets(text: str) -> SheetUnits:
    """Return the units in brackets at the end of a title or name."""
    found = _BEHIND.search(text.rstrip("*。 "))
    if found is None:
        return SheetUnits()
    units, _ = _read(words_of(re.sub(r"^(?:计量|金额|数据|货币)?单位[:为]?", "", found[1])))
    return _together([SheetUnits((unit,)) for unit in units])


def _together(found: Sequence[SheetUnits]) -> SheetUnits:
    units: list[str] = []
    conflict = next((one.conflict for one in found if one.conflict), None)
    for unit in (u for one in found for u in one.units):
        same = next((other for other in units if same_dimension(unit, other)), None)
        if same is None:
            units.append(unit)
        elif not same_unit(unit, same):
            conflict = conflict or (same, unit)
    strange = next((one.strange for one in found if one.strange), None)
    return SheetUnits(tuple(units), strange, any(one.is_measure for one in found), conflict)
