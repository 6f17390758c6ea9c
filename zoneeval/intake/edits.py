"""Cells mended and typed into, as edits of what was read; the file is never touched.

What the user has typed counts as if the file held it; the repairs that were chosen come
after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from zoneeval.intake.cells import number_from_text
from zoneeval.intake.findings import shown
from zoneeval.intake.reader import RawSheet, letter
from zoneeval.intake.reading.sheet import column_index
from zoneeval.model.issue import Issue
from zoneeval.model.repair import EDIT_KIND, AppliedRepair, CellEdit, RepairChoice
from zoneeval.units import scale

_MOST_ROUNDS = 8


class Edits:
    """The repairs chosen so far, and what was typed in, as edits of cells.

    ``applied`` are the repairs carried out, ``log`` all of it.
    """

    def __init__(
        self,
        choices: Sequence[RepairChoice] = (),
        names: Iterable[str] = (),
        typed: Iterable[CellEdit] = (),
    ) -> None:
        self._choices = tuple(choices)
        counts = Counter(names)
        self._twice = {name for name, count in counts.items() if count > 1}
        self._cells: dict[tuple[str, str], dict[tuple[int, str], str | None]] = defaultdict(dict)
        self._columns: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
        self._taken: set[tuple[object, ...]] = set()
        self._rounds = 0
        self.applied: list[AppliedRepair] = []
        self._typed: dict[tuple[str, str], dict[tuple[int, str], str | None]] = defaultdict(dict)
        for edit in typed:
            if edit.file not in self._twice:
                self._typed[edit.file, edit.sheet][edit.row, edit.column] = edit.value
        self._written: dict[tuple[str, str, int, str], AppliedRepair] = {}

    @property
    def log(self) -> tuple[AppliedRepair, ...]:
        """Return what was typed in and what was mended."""
        return (*self._written.values(), *self.applied)

    def __bool__(self) -> bool:
        """Tell whether anything was chosen at all."""
        return bool(self._choices)

    def take(self, issues: Iterable[Issue]) -> bool:
        """Take up the repairs of these findings that were chosen; tell whether any is new.

        Whole columns come first: what is mended in cells is worked out again after them.
        """
        self._rounds += 1
        if not self._choices or self._rounds > _MOST_ROUNDS:
            return False
        wanted = [(i, i.repair) for i in issues if i.repair is not None and self._wants(i)]
        columns = [(i, r) for i, r in wanted if r.column is not None]
        touched: set[tuple[str, str, int, str]] = set()
        new = False
        for issue, repair in columns or wanted:
            file, sheet = issue.file or "", issue.sheet or ""
            cells = {(file, sheet, c.row, c.column) for c in repair.cells}
            if cells & touched:
                continue  # worked out again in the next round
            touched |= cells
            self._taken.add(self._mark(issue))
            new = True
            for change in repair.cells:
                self._cells[file, sheet][change.row, change.column] = change.value
            if repair.column is not None:
                self._columns[file, sheet][repair.column] = repair.factor
            self.applied.append(
                AppliedRepair(
                    repair.kind, issue.code, repair.message, file, sheet,
                    issue.row, issue.column, issue.value,
                )
            )  # fmt: skip
        return new

    def _wants(self, issue: Issue) -> bool:
        if issue.file in self._twice or self._mark(issue) in self._taken:
            return False
        return any(choice.takes(issue) for choice in self._choices)

    @staticmethod
    def _mark(issue: Issue) -> tuple[object, ...]:
        return issue.code, issue.file, issue.sheet, issue.row, issue.column, issue.value

    def edited(self, file: str, raw: RawSheet, body: int) -> RawSheet:
        """Return the sheet with the edits made below its header (``body`` rows from the top)."""
        cells = self._cells.get((file, raw.name), {})
        columns = self._columns.get((file, raw.name), {})
        if not cells and not columns:
            return raw
        by_row = _by_row(cells)
        rows = list(raw.rows[:body])
        for number, given in raw.rows[body:]:
            changes = by_row.get(number, {})
            if "" in changes:
                continue
            rows.append((number, _edited_row(number, given, columns, changes, raw)))
        return replace(raw, rows=rows)

    def typed(self, file: str, raw: RawSheet, body: int) -> RawSheet:
        """Return the sheet with what was typed into its cells below the header.

        This comes before all repairs: they find the sheet as if its file held the text.
        """
        cells = self._typed.get((file, raw.name), {})
        if not cells:
            return raw
        by_row = _by_row(cells)
        rows = list(raw.rows[:body])
        for number, given in raw.rows[body:]:
            changes = by_row.get(number, {})
            for column, value in changes.items():
                at = column_index(column)
                held = given[at] if at < len(given) else None
                self._log(file, raw.name, number, column, shown(held), value)
            rows.append((number, _edited_row(number, given, {}, changes, raw)))
        places = {(row, column_index(column)) for row, column in cells}
        return replace(raw, rows=rows, percent=raw.percent - places)

    def _log(
        self, file: str, sheet: str, row: int, column: str, before: str | None, after: str | None
    ) -> None:
        message = f"手工把“{before or '空'}”改为“{after or '空'}”"
        self._written[file, sheet, row, column] = AppliedRepair(
            EDIT_KIND, "", message, file, sheet, row, column, before, after
        )

    def typed_in(self, file: str, sheet: str) -> frozenset[tuple[int, str]]:
        """Return the cells of a sheet that the user has typed into."""
        return frozenset(self._typed.get((file, sheet), {}))

    def mended(self, file: str, sheet: str) -> Mapping[tuple[int, str], str | None]:
        """Return the cells of a sheet that repairs have changed ("" : the whole row)."""
        return dict(self._cells.get((file, sheet), {}))

    def can_edit(self, file: str) -> bool:
        """Tell whether the file's name is its own, so that a cell of it can be named."""
        return file not in self._twice


def _by_row(
    cells: Mapping[tuple[int, str], str | None],
) -> dict[int, dict[str, str | None]]:
    by_row: dict[int, dict[str, str | None]] = defaultdict(dict)
    for (row, column), value in cells.items():
        by_row[row][column] = value
    return by_row


def _edited_row(
    number: int,
    given: tuple[Any, ...],
    columns: Mapping[str, Fraction],
    changes: Mapping[str, str | None],
    raw: RawSheet,
) -> tuple[Any, ...]:
    if not columns and not changes:
        return given
    out = list(given)
    for index, cell in enumerate(given):
        name = letter(index)
        if name in columns and (number, index) not in raw.percent:
            out[index] = _scaled(cell, columns[name])
        if name in changes:
            out[index] = changes[name]
    for name, value in changes.items():
        place = column_index(name)
        if place >= len(out) and value is not None:
            out.extend([None] * (place + 1 - len(out)))
            out[place] = value
    return tuple(out)


def _scaled(cell: Any, factor: Fraction) -> Any:
    """Return a plain number times a factor; text with a unit of its own stays as it is."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        try:
            return scale(cell, factor)
        except (ArithmeticError, ValueError):
            return cell
    if isinstance(cell, str):
        try:
            value, behind = number_from_text(cell)
        except (ValueError, ArithmeticError):
            return cell
        return scale(value, factor) if not behind else cell
    return cell
