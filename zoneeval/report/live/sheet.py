"""The grid of a sheet of formulas: named columns, and the addresses of their cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from zoneeval.expressions.excel import fitting
from zoneeval.report.workbook.columns import NOT_USED, ROW, Cell, Column, Formula, Kind, RowFormula

RAW, PARAMETERS, PROCESS = "原始数据", "办法参数", "得分过程"
HERE = -1
"""The row of a formula that reads alike in every row: each time its own."""

_LAST_ROW = "1048576"

_WIDTH = 16
"""Characters of a column of formulas, whose results are not known when it is written."""


def letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    out, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


@dataclass
class Grid:
    """Columns under construction; ``first`` is the sheet's row of the first enterprise."""

    name: str
    first: int
    size: int
    columns: list[Column] = field(default_factory=list)
    cells: list[list[Cell]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, heading: str, kind: Kind = "fine") -> list[Cell]:
        """Return the cells of a column, made at the right end if it is not there yet."""
        if key not in self.at:
            self.at[key] = len(self.columns)
            width = _WIDTH if self.name == PROCESS and kind == "fine" else 0
            self.columns.append(Column(heading, kind, cap=30, width=width))
            self.cells.append([NOT_USED] * self.size)
        return self.cells[self.at[key]]

    def here(self, key: str, row: int) -> str:
        """Return the address of a cell for formulas of the same sheet."""
        return f"${letters(self.at[key])}{ROW if row == HERE else self.first + row}"

    def fixed(self, key: str, row: int) -> str:
        """Return the address of a cell that stays when a formula is copied."""
        return f"${letters(self.at[key])}${self.first + row}"

    def there(self, key: str, row: int) -> str:
        """Return the address of a cell for formulas of other sheets."""
        return f"'{self.name}'!{self.here(key, row)}"

    def span(self, key: str, rows: range) -> str:
        """Return the address of consecutive rows of a column, for the same sheet."""
        column = letters(self.at[key])
        return f"${column}${self.first + rows[0]}:${column}${self.first + rows[-1]}"

    def span_there(self, key: str, rows: range) -> str:
        """Return the address of consecutive rows of a column, for other sheets."""
        return f"'{self.name}'!{self.span(key, rows)}"

    def once(self, key: str, heading: str, rows: range, text: str, kind: Kind = "fine") -> None:
        """Put a group's figure into its first row; the other rows point to it."""
        column = self.add(key, heading, kind)
        others = RowFormula(f"={self.fixed(key, rows[0])}")
        column[rows.start : rows.stop] = [Formula(f"={fitting(text)}"), *[others] * (len(rows) - 1)]

    def fill(self, key: str, heading: str, rows: range, text: str, kind: Kind = "fine") -> None:
        """Put one formula, written for the row ``HERE``, into all of the rows.

        Raises:
            NotRenderableError: it is too long for a cell.
        """
        fitting(text.replace(ROW, _LAST_ROW))
        column = self.add(key, heading, kind)
        column[rows.start : rows.stop] = [RowFormula(f"={text}")] * len(rows)

    def lines(self) -> list[list[Cell]]:
        """Return the table row by row."""
        return [[column[row] for column in self.cells] for row in range(self.size)]


@dataclass
class Parameters:
    """The figures of the policy, each in a cell of its own."""

    first: int
    rows: list[list[Cell]] = field(default_factory=list)
    _at: dict[tuple[str, str, str, float], str] = field(default_factory=dict)

    def cell(self, track: str, item: str, what: str, value: float) -> str:
        """Return the address of a figure, entered once under these words."""
        key = (track, item, what, value)
        if key not in self._at:
            self._at[key] = f"'{PARAMETERS}'!$D${self.first + len(self.rows)}"
            self.rows.append([track, item, what, value])
        return self._at[key]


def round_share(count: str, share: str, rounding: str) -> str:
    """Return a share of a count as a whole number, free of the noise of binary figures."""
    name = {"nearest": "ROUND", "floor": "ROUNDDOWN", "ceil": "ROUNDUP"}[rounding]
    return f"{name}(ROUND({count}*{share},9),0)"
