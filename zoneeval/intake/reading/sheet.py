"""Raw cells of one sheet with Excel's coordinates, and the bounds within which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from zoneeval.errors import InputError

MAX_ROWS = 300_000
MAX_COLUMNS = 500
MAX_CELLS = 12_000_000
MAX_FILLED = 2_000_000
UNCACHED = "#未计算"
ERROR_TEXTS = frozenset(
    {
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
        "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
        "#UNKNOWN!", UNCACHED,
    }
)  # fmt: skip

Row = tuple[int, tuple[Any, ...]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column: rows as in Excel, columns from 0."""


@dataclass(frozen=True, slots=True)
class SheetNote:
    """Something about a sheet that the user is told; it keeps nothing out."""

    code: str
    message: str
    suggestion: str | None = None
    row: int | None = None
    column: str | None = None
    warning: bool = False


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows that are not blank as (Excel row, cells), and cells shown as per cent.

    ``percent`` holds (row, column index) of cells whose number format is a percentage;
    ``merged`` the merged ranges, whose value stands in their first cell only; ``formats`` the
    number formats of cells that show another number or a unit.
    """

    name: str
    rows: list[Row]
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    cut_at: int | None = None
    merged: tuple[Range, ...] = ()
    notes: tuple[SheetNote, ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def filled(self, first: int) -> RawSheet:
        """Return the sheet with the value of each merged range in all of its cells.

        ``first`` is the position in ``rows`` where the table's body begins: what stands
        above is left as it is, and so is a remark that has its row to itself.
        """
        body = self.rows[first:]
        if not body or not any(bottom >= body[0][0] for _, _, bottom, _ in self.merged):
            return self
        rows, percent = _fill(body, self.merged, self.percent)
        return replace(self, rows=[*self.rows[:first], *rows], percent=percent)


@dataclass(frozen=True, slots=True)
class RawBook:
    """The sheets of one file, and what is told about the file as a whole."""

    sheets: list[RawSheet]
    notes: tuple[SheetNote, ...] = ()


@cache
def letter(index: int) -> str:
    """Return Excel's letter of a column counted from 0."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def column_index(letters: str) -> int:
    """Return the column counted from 0 that Excel's letters name."""
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1


def is_blank(values: Iterable[Any]) -> bool:
    """Tell whether a row holds nothing at all."""
    return not any(value is not None and value != "" for value in values)


def hidden_rows_note(rows: Iterable[int], used: Iterable[int]) -> tuple[SheetNote, ...]:
    """Return a note naming the hidden rows that hold something, or nothing."""
    found = sorted(set(rows) & set(used))
    if not found:
        return ()
    some = "、".join(str(row) for row in found[:5])
    more = f"等 {len(found)} 行" if len(found) > 5 else "行"
    return (
        SheetNote(
            "hidden-rows",
            f"第 {some} {more}在工作簿中是隐藏的，已照常读取",
            "如这些行不应导入，请删去后重新导入。",
        ),
    )


def _fill(
    body: Sequence[Row], merged: Iterable[Range], percent: frozenset[tuple[int, int]]
) -> tuple[list[Row], frozenset[tuple[int, int]]]:
    position = {number: i for i, (number, _) in enumerate(body)}
    width = max(len(cells) for _, cells in body)
    changed: dict[int, list[Any]] = {}
    shown = set(percent)
    spent = 0
    first, last = body[0][0], body[-1][0]
    for top, left, bottom, right in merged:
        at = position.get(top)
        if at is None or left >= len(body[at][1]) or top < first:
            continue
        cells = body[at][1]
        value = cells[left]
        alone = sum(cell is not None and cell != "" for cell in cells) == 1
        if value is None or value == "" or (alone and right > left):
            continue
        end = min(right, width - 1)
        rows = [row for row in range(top, min(bottom, last) + 1) if row in position]
        spent += len(rows) * (end - left + 1)
        if spent > MAX_FILLED:
            raise InputError("合并单元格过多或范围过大，无法逐格展开；请取消合并后再导入。")
        for row in rows:
            target = changed.setdefault(row, list(body[position[row]][1]))
            target.extend([None] * (end + 1 - len(target)))
            for index in range(left, end + 1):
                target[index] = value
                if (top, left) in percent:
                    shown.add((row, index))
    rows_out = [(row, tuple(changed[row]) if row in changed else cells) for row, cells in body]
    return rows_out, frozenset(shown)
