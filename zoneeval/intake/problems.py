"""A department's workbook with its problems marked in it, to be sent back."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from zoneeval.errors import InputError, UserError
from zoneeval.intake.problem_list import ENDING, HEADINGS, PROBLEM_SHEET, is_problem_list
from zoneeval.intake.reader import RawBook, RawSheet, letter, read_book
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import AppliedRepair
from zoneeval.report.workbook.save import save_atomically

AUTHOR = "数据核对"
_FILLS = {Severity.BLOCKING: "F8CBAD", Severity.WARNING: "FFE699", Severity.NOTE: "DDEBF7"}
_CHANGED = "E2F0D9"
_RANK = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_WIDTHS = (6, 8, 16, 8, 8, 24, 56, 56)
_MOST_COMMENTS = 5_000
_MOST_IN_COMMENT = 8
_OURS, _AND = "—— 数据核对 ——", "／"
_LONGEST = 32_000


def problem_name(path: Path) -> str:
    """Return what the marked copy of a workbook is called."""
    return f"{path.stem.removesuffix(ENDING)}{ENDING}.xlsx"


def write_problems(
    path: Path, issues: Iterable[Issue], out: Path, changed: Iterable[AppliedRepair] = ()
) -> None:
    """Write a copy of the workbook at ``path`` to ``out`` (.xlsx) with its problems.

    Cells are coloured and commented, and the sheet 问题清单 lists everything; ``changed``
    is what was changed here and not in the workbook.  A format that cannot be written
    comes as its plain cells.  Raises UserError where ``out`` cannot be written.
    """
    own = [i for i in issues if i.file == path.name]
    own.sort(key=lambda i: (_RANK[i.severity], i.sheet or "", i.row or 0))
    if out.resolve() == path.resolve():
        raise UserError(f"“{out.name}”就是原来的工作簿，没有写入。请换一个文件夹再导出。")
    workbook = _opened(path)
    if PROBLEM_SHEET in workbook.sheetnames:
        del workbook[PROBLEM_SHEET]
    for sheet in workbook.worksheets:
        _forget_marks(sheet)
    done = [change for change in changed if change.file == path.name]
    _mark_changed(workbook, done)
    _mark(workbook, own)
    _list(workbook, own, done)
    save_atomically(workbook, out)


def _opened(path: Path) -> Any:
    """Return the workbook to be marked: as it is, else its cells, else an empty one."""
    try:
        book = read_book(path)
    except InputError:
        return _fresh()
    with path.open("rb") as stream:
        head = stream.read(2)
    if head == b"PK":
        try:
            with warnings.catch_warnings(), path.open("rb") as stream:
                warnings.simplefilter("ignore")  # of parts that it leaves out
                made = load_workbook(stream, rich_text=True)
        except Exception:  # whatever a library finds wrong: the cells were read all the same
            return _copied(book)
        if all(hasattr(sheet, "iter_rows") for sheet in made.worksheets):
            made.calculation.fullCalcOnLoad = True
            return made
    return _copied(book)


def _fresh() -> Any:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _copied(book: RawBook) -> Any:
    workbook = _fresh()
    for raw in book.sheets:
        if not is_problem_list(raw):
            _copy(workbook, raw)
    return workbook


def _copy(workbook: Any, raw: RawSheet) -> None:
    title = re.sub(r"[\\/*?:\[\]]", "_", raw.name)[:31] or "Sheet1"
    sheet = workbook.create_sheet(title)
    if raw.hidden:
        sheet.sheet_state = "hidden"
    for number, cells in raw.rows:
        for index, value in enumerate(cells):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, index + 1)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
                if cell.data_type == "f":
                    cell.data_type = "s"
                if value.isdigit():
                    cell.number_format = "@"
            elif isinstance(value, int | float | date | datetime | time):
                cell.value = value
                if (number, index) in raw.percent:
                    cell.number_format = "0.00%"
            else:
                cell.value = str(value)
    for top, left, bottom, right in raw.merged:
        sheet.merge_cells(
            start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1
        )


def _forget_marks(sheet: Any) -> None:
    """Take away the marks of an earlier copy."""
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is not None and str(comment.author).startswith(AUTHOR):
                before, told, _ = str(comment.text).partition(_OURS)
                author = str(comment.author).removeprefix(AUTHOR + _AND)
                cell.comment = Comment(before.strip(), author) if told else None
                cell.fill = PatternFill()


def _mark(workbook: Any, issues: Sequence[Issue]) -> None:
    places: dict[tuple[str, int, str], list[Issue]] = defaultdict(list)
    only = workbook.sheetnames[0] if len(workbook.sheetnames) == 1 else None
    for issue in issues:
        name = issue.sheet if issue.sheet in workbook.sheetnames else only
        if name is None or issue.row is None:
            continue
        places[name, issue.row, issue.column or ""].append(issue)
    merged = {sheet.title: list(sheet.merged_cells.ranges) for sheet in workbook.worksheets}
    comments = 0
    for (name, row, column), found in places.items():
        sheet = workbook[name]
        cell = sheet[f"{column}{row}"] if column else _first(sheet, row)
        for span in merged[name]:
            if cell.coordinate in span:
                cell = sheet.cell(span.min_row, span.min_col)
                break
        worst = min((i.severity for i in found), key=_RANK.__getitem__)
        cell.fill = PatternFill("solid", start_color=_FILLS[worst])
        if comments < _MOST_COMMENTS:
            comments += 1
            cell.comment = _comment(found, cell.comment)


def _mark_changed(workbook: Any, changed: Sequence[AppliedRepair]) -> None:
    """Mark what was changed here, so that the department can look at it."""
    for change in changed:
        if change.sheet not in workbook.sheetnames or not change.row or not change.column:
            continue
        cell = workbook[change.sheet][f"{change.column}{change.row}"]
        if isinstance(cell, MergedCell):
            continue
        cell.fill = PatternFill("solid", start_color=_CHANGED)
        cell.comment = _noted([f"【已处理】{change.message}。请核对。"], cell.comment)


def _first(sheet: Any, row: int) -> Any:
    return next((c for c in sheet[row] if c.value is not None), sheet.cell(row, 1))


def _comment(found: Sequence[Issue], before: Any) -> Comment:
    lines = []
    for issue in found[:_MOST_IN_COMMENT]:
        lines.append(f"【{issue.severity.label}】{issue.message}")
        if issue.suggestion:
            lines.append(issue.suggestion)
    if len(found) > _MOST_IN_COMMENT:
        lines.append(f"另有 {len(found) - _MOST_IN_COMMENT} 条，见“{PROBLEM_SHEET}”。")
    return _noted(lines, before)


def _noted(lines: Sequence[str], before: Any) -> Comment:
    """Return a comment of ours, below what the cell's own comment says."""
    text, author = "\n".join(lines), AUTHOR
    if before is not None and str(before.author).startswith(AUTHOR):
        text, author = f"{before.text}\n{text}", str(before.author)
    elif before is not None:
        text = f"{str(before.text).strip()}\n{_OURS}\n{text}"
        author = f"{AUTHOR}{_AND}{before.author}"
    made = Comment(ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST], author)
    made.width, made.height = 320, min(60 + 36 * len(lines), 360)
    return made


def _list(workbook: Any, issues: Sequence[Issue], changed: Sequence[AppliedRepair]) -> None:
    sheet = workbook.create_sheet(PROBLEM_SHEET)
    line = Side(style="thin", color="BFBFBF")
    box = Border(left=line, right=line, top=line, bottom=line)
    rows: list[tuple[object, ...]] = [
        (i.severity.label, i.sheet, i.row, i.column, i.value, i.message, i.suggestion)
        for i in issues
    ]
    rows += [
        ("已处理", r.sheet, r.row, r.column, r.before, r.message, "请核对；不对的请在原处改正。")
        for r in changed
    ]
    for place, text in enumerate(HEADINGS, 1):
        head = sheet.cell(1, place, text)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="F2F2F2")
        head.border = box
        sheet.column_dimensions[letter(place - 1)].width = _WIDTHS[place - 1]
    wrapped = Alignment(wrap_text=True, vertical="top")
    fills = {s.label: PatternFill("solid", start_color=_FILLS[s]) for s in Severity}
    for number, row in enumerate(rows, 1):
        for place, value in enumerate((number, *row), 1):
            cell = sheet.cell(number + 1, place)
            cell.alignment = copy(wrapped)
            cell.border = box
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
                cell.data_type = "s"
            else:
                cell.value = value
        if (fill := fills.get(str(row[0]))) is not None:
            sheet.cell(number + 1, 2).fill = fill
        _link(sheet, number + 1, workbook.sheetnames, row)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(len(HEADINGS) - 1)}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _link(sheet: Any, number: int, names: Sequence[str], row: Sequence[object]) -> None:
    """Let the row number of a problem lead to its cell."""
    name, at, column = row[1], row[2], row[3]
    if at is None or name not in names:
        return
    cell = sheet.cell(number, 4)
    quoted = str(name).replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{column or 'A'}{at}")
    cell.font = Font(color="0563C1", underline="single")
