"""A workbook or CSV file → raw cells with Excel's coordinates; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from zoneeval.errors import InputError

MAX_ROWS = 300_000
MAX_COLUMNS = 500
MAX_UNCOMPRESSED = 1_000_000_000
MAX_RATIO = 250
_RATIO_MATTERS_FROM = 50_000_000
_BLANK_ROWS_END = 1000
_UNCACHED = "#未计算"
ERROR_TEXTS = frozenset(
    {
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
        "#GETTING_DATA", "#SPILL!", "#CALC!", _UNCACHED,
    }
)  # fmt: skip
_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_DAMAGED = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError,
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ParseError, SyntaxError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows that are not blank as (Excel row, cells), and cells shown as per cent.

    ``percent`` holds (row, column index) of cells whose number format is a percentage.
    """

    name: str
    rows: list[tuple[int, tuple[Any, ...]]]
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    cut_at: int | None = None


@cache
def letter(index: int) -> str:
    """Return Excel's letter of a column counted from 0."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_sheets(path: Path) -> list[RawSheet]:
    """Return all sheets of a workbook (or the one of a CSV file).

    Raises :class:`InputError` with a sentence when the file is missing, encrypted,
    in an old format, damaged, or swells far beyond what a table may be.
    """
    name = path.name
    if path.is_dir():
        raise InputError(f"“{name}”是文件夹，不是工作簿；请指定其中的 .xlsx 文件。")
    if not path.is_file():
        raise InputError(f"找不到文件“{path}”；请检查文件名和所在文件夹。")
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise InputError(
            f"无法打开文件“{name}”：没有读取权限，或文件正被其他程序独占；请关闭后重试。"
        ) from error
    if not head:
        raise InputError(f"文件“{name}”是空的（0 字节）；请向报送单位重新索取。")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(_ole_sentence(path))
    if head.startswith(b"PK"):
        return _read_xlsx(path)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return [_read_csv(path)]
    raise InputError(
        f"文件“{name}”不是 Excel 工作簿（内容与扩展名“{path.suffix}”不符或已损坏）；"
        "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
    )


def _ole_sentence(path: Path) -> str:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return f"工作簿“{path.name}”设有打开密码，无法读取；请先取消密码保护后另存再导入。"
    return (
        f"文件“{path.name}”是旧版 Excel 格式（.xls），只改扩展名不能变成新格式；"
        "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
    )


def _guard_zip(path: Path) -> None:
    damaged = InputError(f"工作簿“{path.name}”已损坏，无法打开；请向报送单位重新索取。")
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise damaged from error
    total = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    if total > MAX_UNCOMPRESSED or (total > _RATIO_MATTERS_FROM and total / packed > MAX_RATIO):
        raise InputError(
            f"工作簿“{path.name}”解压后约 {total // 1_000_000} MB，远超正常报表，未打开；"
            "请删去多余的空行空列和图片后另存再导入。"
        )
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names and not any(n.startswith("xl/") for n in names):
        raise InputError(
            f"文件“{path.name}”不是 Excel 工作簿（是其他类型的压缩文件）；请提供 .xlsx 文件。"
        )


def _read_xlsx(path: Path) -> list[RawSheet]:
    _guard_zip(path)
    from openpyxl import load_workbook

    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=True)
            try:
                percent = _percent_styles(book)
                with zipfile.ZipFile(path) as archive:
                    return [_read_sheet(sheet, archive, percent) for sheet in book.worksheets]
            finally:
                book.close()
    except InputError:
        raise
    except _DAMAGED as error:
        raise InputError(
            f"工作簿“{path.name}”已损坏或不是标准的 .xlsx，无法读取；"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error


def _percent_styles(book: Any) -> frozenset[int]:
    """Return the indexes of cell styles whose number format is a percentage."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    custom = book._number_formats
    found = set()
    for index, style in enumerate(book._cell_styles):
        number = style.numFmtId
        place = number - BUILTIN_FORMATS_MAX_SIZE
        shape = custom[place] if 0 <= place < len(custom) else BUILTIN_FORMATS.get(number, "")
        if "%" in shape:
            found.add(index)
    return frozenset(found)


def _read_sheet(sheet: Any, archive: zipfile.ZipFile, styles: frozenset[int]) -> RawSheet:
    reset = getattr(sheet, "reset_dimensions", None)
    if reset is None:
        return RawSheet(sheet.title, [])
    reset()
    uncached = _uncached_formulas(archive, getattr(sheet, "_worksheet_path", ""))
    percent: set[tuple[int, int]] = set()
    rows: list[tuple[int, tuple[Any, ...]]] = []
    blank = 0
    cut_at: int | None = None
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number in uncached:
            values = _with_uncached(cells, uncached[number])
        else:
            values = tuple([cell.value for cell in cells[:MAX_COLUMNS]])
        if not any(value is not None and value != "" for value in values):
            blank += 1
            if blank >= _BLANK_ROWS_END:
                break
            continue
        if len(rows) >= MAX_ROWS:
            cut_at = number
            break
        blank = 0
        rows.append((number, values))
        if styles:
            for index, cell in enumerate(cells[:MAX_COLUMNS]):
                if cell.value is not None and cell._style_id in styles:
                    percent.add((number, index))
    hidden = getattr(sheet, "sheet_state", "visible") != "visible"
    return RawSheet(sheet.title, rows, frozenset(percent), hidden, cut_at)


def _uncached_formulas(archive: zipfile.ZipFile, member: str) -> dict[int, set[int]]:
    """Return the cells whose formula was saved without its result, by row and column index."""
    found: dict[int, set[int]] = {}
    try:
        text = archive.read(member.lstrip("/"))
    except KeyError:
        return found
    if b"<f" not in text:
        return found
    for match in _FORMULA.finditer(text):
        index = 0
        for char in match[1].decode():
            index = index * 26 + ord(char) - 64
        found.setdefault(int(match[2]), set()).add(index - 1)
    return found


def _with_uncached(cells: Any, columns: Iterable[int]) -> tuple[Any, ...]:
    values = [cell.value for cell in cells[:MAX_COLUMNS]]
    for index in columns:
        if index < len(values) and values[index] is None:
            values[index] = _UNCACHED
    return tuple(values)


def _read_csv(path: Path) -> RawSheet:
    data = path.read_bytes()
    if len(data) > MAX_UNCOMPRESSED:
        raise InputError(f"文件“{path.name}”过大，未打开；请拆分后再导入。")
    text = ""
    for encoding in (
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
    ):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if not text or "\0" in text:
        raise InputError(
            f"文件“{path.name}”不是文本表格（编码无法识别）；请用 Excel 或 WPS 另存为 .xlsx。"
        )
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        rows = list(_csv_rows(io.StringIO(text, newline=""), delimiter))
    except csv.Error as error:
        raise InputError(
            f"文件“{path.name}”的逗号分隔格式有误，无法读取；请用 Excel 或 WPS 另存为 .xlsx。"
        ) from error
    return RawSheet("", rows)


def _csv_rows(stream: io.StringIO, delimiter: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for number, row in enumerate(csv.reader(stream, delimiter=delimiter), 1):
        if number > MAX_ROWS:
            raise InputError(f"表格超过 {MAX_ROWS} 行，未读取；请拆分后再导入。")
        cells = tuple(text if text != "" else None for text in row[:MAX_COLUMNS])
        if any(cell is not None and cell.strip() for cell in cells):
            yield number, cells
