"""Any file a department sends → raw cells, by what the file is and not by its name."""

from __future__ import annotations

from pathlib import Path

from zoneeval.errors import InputError
from zoneeval.intake.reading.legacy import read_ole, read_xlsb
from zoneeval.intake.reading.ods import read_ods
from zoneeval.intake.reading.package import open_package
from zoneeval.intake.reading.sheet import (
    ERROR_TEXTS,
    MAX_COLUMNS,
    MAX_ROWS,
    RawBook,
    RawSheet,
    SheetNote,
    letter,
)
from zoneeval.intake.reading.text import looks_like_table, read_text
from zoneeval.intake.reading.xlsx import read_xlsx
from zoneeval.progress import Progress, silent

__all__ = [
    "ERROR_TEXTS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "RawBook",
    "RawSheet",
    "SheetNote",
    "letter",
    "read_book",
    "read_sheets",
]

_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"


def read_sheets(path: Path) -> list[RawSheet]:
    """Return all sheets of a workbook (or the one of a text file); see :func:`read_book`."""
    return read_book(path).sheets


def read_book(path: Path, progress: Progress = silent) -> RawBook:
    """Return the sheets of a file and what is told about it.

    Raises :class:`InputError` with a sentence when the file is missing, encrypted,
    damaged, no table, unsafe, or swells far beyond what a table may be.
    """
    name = path.name
    if path.is_dir():
        raise InputError(f"“{name}”是文件夹，不是工作簿；请指定其中的工作簿文件。")
    if not path.is_file():
        raise InputError(f"找不到文件“{name}”；请检查文件名和所在文件夹。")
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
        return _read(path, head, progress)
    except PermissionError as error:
        raise InputError(
            f"无法打开文件“{name}”：没有读取权限，或文件正被其他程序独占；请关闭后重试。"
        ) from error
    except (MemoryError, RecursionError) as error:
        raise InputError(f"文件“{name}”过大或嵌套过深，无法读取；请拆分后再导入。") from error


def _read(path: Path, head: bytes, progress: Progress) -> RawBook:
    name = path.name
    if not head:
        raise InputError(f"文件“{name}”是空的（0 字节）；请向报送单位重新索取。")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return read_ole(path)
    if head.startswith(b"PK"):
        return _read_zip(path, progress)
    if path.suffix.lower() in _TEXT_SUFFIXES:
        return read_text(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"mime-version")) or (
        b"<html" in start
    ):
        raise InputError(f"文件“{name}”其实是网页，不是 Excel 工作簿；{_SAVE_AGAIN}")
    if start.startswith(b"<?xml") or start.startswith(b"<workbook"):
        raise InputError(f"文件“{name}”其实是 XML 文件，不是 Excel 工作簿；{_SAVE_AGAIN}")
    if looks_like_table(path.read_bytes()[:1_000_000]):
        return read_text(path)
    raise InputError(
        f"文件“{name}”不是 Excel 工作簿（内容与扩展名“{path.suffix}”不符或已损坏）；{_SAVE_AGAIN}"
    )


def _read_zip(path: Path, progress: Progress) -> RawBook:
    with open_package(path) as package:
        if package.has("xl/workbook.bin"):
            return read_xlsb(path, package)
        if package.has("content.xml"):
            return read_ods(path, package)
        if any(name.startswith("xl/") for name in package.names):
            return read_xlsx(path, package, progress)
    raise InputError(
        f"文件“{path.name}”不是 Excel 工作簿（是其他类型的压缩文件）；请提供 .xlsx 文件。"
    )
