"""Old and binary workbooks (.xls, .et, .xlsb): values by calamine, laid over with the marks.

calamine shows an error cell as an empty one; the marks say where they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zoneeval.errors import InputError
from zoneeval.intake.reading.biff import OldFormat, biff_marks
from zoneeval.intake.reading.calamine import open_calamine
from zoneeval.intake.reading.marks import Marks
from zoneeval.intake.reading.ole import MAX_SIZE, CompoundFile
from zoneeval.intake.reading.package import DAMAGED, Package, PasswordNeeded, macro_notes
from zoneeval.intake.reading.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RawBook,
    RawSheet,
    Row,
    SheetNote,
    hidden_rows_note,
    is_blank,
)
from zoneeval.intake.reading.xlsb import xlsb_marks

_UNKNOWN = SheetNote(
    "errors-unknown",
    "该文件格式很旧，无法分辨空单元格和错误值（如 #DIV/0!），错误值按空白读取",
    "请用 Excel 或 WPS 打开核对，另存为 .xlsx 后再导入。",
)


def read_ole(path: Path) -> RawBook:
    """Return the sheets of an .xls or .et workbook, whatever its name ends with."""
    if path.stat().st_size > MAX_SIZE:
        raise InputError(f"文件“{path.name}”过大，未打开；请拆分后再导入。")
    try:
        data = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _password(path)
        file = CompoundFile(data)
        name = next((n for n in ("Workbook", "Book", "WORKBOOK", "BOOK") if n in file.entries), "")
        if not name:
            raise InputError(
                f"文件“{path.name}”不是 Excel 工作簿（可能是 Word 文档或其他文件）；"
                "请用相应程序打开核对后另存为 .xlsx 再导入。"
            )
        marks: list[Marks] | None
        try:
            marks = biff_marks(file.stream(name))
        except OldFormat:
            marks = None
        sheets = _values(path, marks)
    except InputError:
        raise
    except PasswordNeeded:
        raise _password(path) from None
    except DAMAGED as error:
        raise _damaged(path) from error
    macros = any(n.startswith("_VBA_PROJECT") for n in file.entries)
    return RawBook(sheets, macro_notes(macros))


def read_xlsb(path: Path, package: Package) -> RawBook:
    """Return the sheets of an .xlsb workbook."""
    try:
        package.verify()
        sheets = _values(path, xlsb_marks(package))
    except InputError:
        raise
    except DAMAGED as error:
        raise _damaged(path) from error
    return RawBook(sheets, macro_notes(package.has_macros))


def _password(path: Path) -> InputError:
    return InputError(f"工作簿“{path.name}”设有打开密码，无法读取；请先取消密码保护后另存再导入。")


def _damaged(path: Path) -> InputError:
    return InputError(
        f"工作簿“{path.name}”已损坏或不完整，无法读取；请向报送单位重新索取，"
        "或用 Excel、WPS 打开后另存为 .xlsx 再导入。"
    )


def _values(path: Path, marks: list[Marks] | None) -> list[RawSheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for mark in marks or ():
        _guard(path, mark)
    sheets = []
    with open_calamine(path) as book:
        known = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        if marks is not None and len(known) != len(marks):
            raise ValueError("sheets differ")
        for number, meta in enumerate(known):
            mark = marks[number] if marks is not None else Marks()
            sheet = book.get_sheet_by_name(meta.name)
            if marks is None and sheet.total_height * sheet.total_width > MAX_CELLS:
                raise _too_large(path)
            table = sheet.to_python(skip_empty_area=False)
            hidden = meta.visible != SheetVisibleEnum.Visible
            notes = (_UNKNOWN,) if marks is None else ()
            sheets.append(_sheet(meta.name, table, mark, hidden, notes))
    return sheets


def _guard(path: Path, mark: Marks) -> None:
    area = mark.last_row * (mark.last_column + 1)
    if mark.cells > MAX_CELLS or area > max(5_000_000, 20 * mark.cells):
        raise _too_large(path)


def _too_large(path: Path) -> InputError:
    return InputError(
        f"工作簿“{path.name}”的使用范围过大，未读取；请删去表格外多余的内容后另存为 .xlsx 再导入。"
    )


def _sheet(
    name: str, table: list[Any], mark: Marks, hidden: bool, notes: tuple[SheetNote, ...]
) -> RawSheet:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in mark.errors.items():
        if column < MAX_COLUMNS:
            by_row.setdefault(row, {})[column] = text
    rows: list[Row] = []
    cut_at: int | None = None
    for number in range(1, max(len(table), mark.last_row) + 1):
        cells = table[number - 1] if number <= len(table) else []
        values: list[Any] = [None if v == "" else v for v in cells[:MAX_COLUMNS]]
        for column, text in by_row.get(number, {}).items():
            values.extend([None] * (column + 1 - len(values)))
            values[column] = text
        if is_blank(values):
            continue
        if len(rows) >= MAX_ROWS:
            cut_at = number
            break
        rows.append((number, tuple(values)))
    told = hidden_rows_note(mark.hidden, (n for n, _ in rows)) if mark.hidden else ()
    return RawSheet(
        name, rows, frozenset(mark.percent), hidden, cut_at, tuple(mark.merged), notes + told
    )
