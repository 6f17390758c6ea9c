"""Repairs of findings: proposed where they are safe, carried out only when chosen.

A repair edits the cells as they were read, so that everything after it (units, joining,
checks) sees the mended cell; the file itself is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError
from zoneeval.intake.cells import clean, number_from_text
from zoneeval.intake.findings import shown
from zoneeval.intake.reader import RawSheet, letter
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.issue import Issue
from zoneeval.model.repair import AppliedRepair, CellChange, CellEdit, Repair, RepairChoice
from zoneeval.units import is_unit, scale

if TYPE_CHECKING:
    from zoneeval.intake.assemble import EntrySheet
    from zoneeval.intake.entries import Entry

REPAIRABLE = {
    "missing-code": "缺少信用代码，按同名企业补填",
    "text-in-number": "数字后带说明文字，取出数字",
    "error-cell": "错误值，按缺失处理",
    "duplicate-code": "同一企业两行，数字相加合并为一行",
    "unit-suspicion": "整列计量单位可疑，按可能的单位换算",
    "unknown-zone": "园区名称不一致，改为相近的已有园区",
}
"""Codes of findings that may carry a repair, and what it does."""

_MOST_ROUNDS = 8
_NUMBER_WITH_NOTE = re.compile(
    r"^(?:共|合计|人民币)?([^（(\[【]+?)\s*(?:[（(\[【][^\d]*[)）\]】])?[。；;、]?$"
)
_REQUIRED = ("uscc", "name", "zone", "industry_code", "scale")
_MAGNITUDES = ("", "千", "百", "万", "十万", "百万", "千万", "亿")


def check_code(code: str) -> RepairChoice:
    """Return the choice of all findings of a code; raise InputError where none can be mended."""
    if code not in REPAIRABLE:
        known = "；".join(f"{key}（{words}）" for key, words in REPAIRABLE.items())
        raise InputError(f"“{code}”不是可以自动修正的问题。可以修正的有：{known}。")
    return RepairChoice(code)


# -- proposals ---------------------------------------------------------------------------


def with_repairs(
    issues: Iterable[Issue], sheets: Sequence[EntrySheet], known: Mapping[str, str]
) -> list[Issue]:
    """Return the findings, each with a repair where a safe one is known."""
    found = list(issues)
    if not any(i.code in REPAIRABLE and i.repair is None for i in found):
        return found
    by_place = {(s.findings.file, s.findings.sheet): s for s in sheets}
    codes: Mapping[str, str] | None = None
    for at, issue in enumerate(found):
        if issue.repair is not None or issue.row is None:
            continue
        sheet = by_place.get((issue.file or "", issue.sheet))
        if sheet is None:
            continue
        repair: Repair | None = None
        if issue.code == "missing-code":
            codes = _codes_by_name(sheets, known) if codes is None else codes
            repair = _fill_code(issue, sheet, codes)
        elif issue.code == "error-cell":
            repair = _mark_missing(issue, sheet)
        elif issue.code == "text-in-number":
            repair = _read_number(issue)
        elif issue.code == "duplicate-code":
            repair = _merge_rows(issue, sheet)
        if repair is not None:
            found[at] = replace(issue, repair=repair)
    return found


def _plain_name(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _codes_by_name(sheets: Sequence[EntrySheet], known: Mapping[str, str]) -> dict[str, str]:
    """Return the code of every name that the directory has exactly once."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in known.items():
        codes[_plain_name(name)].add(code)
    for sheet in sheets:
        if sheet.kind == "directory":
            for entry in sheet.entries:
                if entry.code and entry.name:
                    codes[_plain_name(entry.name)].add(entry.code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


def _entry(sheet: EntrySheet, row: int | None) -> Entry | None:
    return next((entry for entry in sheet.entries if entry.row == row), None)


def _fill_code(issue: Issue, sheet: EntrySheet, codes: Mapping[str, str]) -> Repair | None:
    entry = _entry(sheet, issue.row)
    code = codes.get(_plain_name(entry.name)) if entry is not None and entry.name else None
    if entry is None or code is None or issue.column is None or issue.row is None:
        return None
    return Repair(
        "fill-code", f"按名录中的同名企业“{entry.name}”补填信用代码 {code}",
        (CellChange(issue.row, issue.column, code),),
    )  # fmt: skip


def _mark_missing(issue: Issue, sheet: EntrySheet) -> Repair | None:
    if issue.row is None or issue.column is None:
        return None
    keys = [key for key, column in sheet.letters.items() if column == issue.column]
    if not keys or any(key in _REQUIRED for key in keys):
        return None
    return Repair(
        "mark-missing", f"把 {issue.value} 按没有数据（缺失）处理，不当作 0",
        (CellChange(issue.row, issue.column, None),),
    )  # fmt: skip


def _read_number(issue: Issue) -> Repair | None:
    text = issue.value
    if text is None or text.endswith("…") or issue.row is None or issue.column is None:
        return None
    found = _NUMBER_WITH_NOTE.match(clean(text))
    if found is None:
        return None
    head = found[1].strip()
    try:
        _, behind = number_from_text(head)
    except ValueError:
        return None
    if behind not in _MAGNITUDES and not is_unit(behind):
        return None
    if head == clean(text):
        return None
    return Repair(
        "read-number", f"把“{text}”读作 {head}", (CellChange(issue.row, issue.column, head),)
    )


def _merge_rows(issue: Issue, sheet: EntrySheet) -> Repair | None:
    """Propose to add the numbers of two rows, where nothing else differs."""
    second = _entry(sheet, issue.row)
    if second is None or second.code is None:
        return None
    first = next(
        (e for e in sheet.entries if (e.year, e.code) == (second.year, second.code)), second
    )
    if first.row >= second.row:
        return None
    changes: list[CellChange] = []
    sums: list[str] = []
    for key in {**first.values, **second.values}:
        one, other = first.values.get(key), second.values.get(key)
        column = sheet.letters.get(key)
        if other is None:
            continue
        if column is None:
            return None
        if not isinstance(other, float):
            if one is not None and _plain_name(str(one)) != _plain_name(str(other)):
                return None
            continue
        if FIELDS[key].kind != "number":
            if one is not None and one != other:
                return None
            continue
        before = Decimal(repr(one)) if isinstance(one, float) else Decimal(0)
        total = format(before + Decimal(repr(other)), "f")
        total = total.rstrip("0").rstrip(".") if "." in total else total
        changes.append(CellChange(first.row, column, f"{total}{FIELDS[key].unit}"))
        sums.append(f"{label_of(key)} {total} {FIELDS[key].unit}")
    if not changes:
        return None
    return Repair(
        "merge-rows",
        f"把第 {second.row} 行并入第 {first.row} 行，数字相加：{'，'.join(sums[:4])}",
        (*changes, CellChange(second.row, "", None)),
    )


# -- carrying out ------------------------------------------------------------------------


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
                at = _index(column)
                held = given[at] if at < len(given) else None
                self._log(file, raw.name, number, column, shown(held), value)
            rows.append((number, _edited_row(number, given, {}, changes, raw)))
        places = {(row, _index(column)) for row, column in cells}
        return replace(raw, rows=rows, percent=raw.percent - places)

    def _log(
        self, file: str, sheet: str, row: int, column: str, before: str | None, after: str | None
    ) -> None:
        message = f"手工把“{before or '空'}”改为“{after or '空'}”"
        self._written[file, sheet, row, column] = AppliedRepair(
            "edit-cell", "", message, file, sheet, row, column, before, after
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
        place = _index(name)
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


def _index(name: str) -> int:
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1
