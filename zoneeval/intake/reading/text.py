"""Tables as plain text: comma, tab or semicolon, in the encodings office programs write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from zoneeval.errors import InputError
from zoneeval.intake.reading.sheet import MAX_COLUMNS, MAX_ROWS, RawBook, RawSheet, Row, SheetNote

MAX_TEXT = 200_000_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_DELIMITERS = ("\t", ",", ";", "；", "，")
_SUFFIXES = (".csv", ".tsv", ".txt")


def read_text(path: Path) -> RawBook:
    """Return the one sheet of a text file."""
    if path.stat().st_size > MAX_TEXT:
        raise InputError(f"文件“{path.name}”过大，未打开；请拆分后再导入。")
    text = decoded(path.read_bytes())
    if text is None:
        raise InputError(
            f"文件“{path.name}”不是文本表格（编码无法识别）；请用 Excel 或 WPS 另存为 .xlsx。"
        )
    try:
        delimiter = _delimiter(text)
        rows = list(_rows(path, io.StringIO(text, newline=""), delimiter))
    except csv.Error as error:
        raise InputError(
            f"文件“{path.name}”的分隔格式有误（多为引号不成对），无法读取；"
            "请用 Excel 或 WPS 另存为 .xlsx。"
        ) from error
    notes = () if path.suffix.lower() in _SUFFIXES else (_renamed(path),)
    return RawBook([RawSheet("", rows)], notes + _cut_off(text, rows))


def _renamed(path: Path) -> SheetNote:
    return SheetNote(
        "renamed-file",
        f"该文件的扩展名是“{path.suffix}”，内容是文本表格，已按文本表格读取",
    )


def _cut_off(text: str, rows: list[Row]) -> tuple[SheetNote, ...]:
    """Return a note where the last line is shorter than the others and does not end."""
    if len(rows) < 3 or text.endswith(("\n", "\r")):
        return ()
    if len(rows[-1][1]) >= len(rows[-2][1]):
        return ()
    return (
        SheetNote(
            "maybe-cut-off",
            f"文件末行（第 {rows[-1][0]} 行）比其他行短，而且没有换行结尾，文件可能不完整",
            "请向报送单位核对行数和末行数值。",
        ),
    )


def looks_like_table(data: bytes) -> bool:
    """Tell whether bytes under a workbook's name are a table of plain text."""
    text = decoded(data[: data.rfind(b"\n") + 1] or data)
    if text is None or text.lstrip()[:1] == "<":
        return False
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return len(lines) >= 2 and any(
        sum(line.count(mark) >= 2 for line in lines) >= max(2, len(lines) // 2)
        for mark in _DELIMITERS[:3]
    )


def decoded(data: bytes) -> str | None:
    """Return the text of a file, or None where it is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
        even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
        if even + odd:
            encodings = ["utf-16-le" if odd > even else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if not text or _CONTROL.search(text) else text
    return None


def _delimiter(text: str) -> str:
    """Return the mark that cuts most lines into the same number of cells."""
    lines = [line for line in text[:200_000].splitlines()[:40] if line.strip()]
    best, top = ",", 0
    for mark in _DELIMITERS:
        counts = Counter(n for line in lines if (n := _outside_quotes(line, mark)))
        if not counts:
            continue
        number, times = counts.most_common(1)[0]
        score = times * number
        if score > top:
            best, top = mark, score
    return best


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _unwrapped(text: str) -> str:
    """Return the text that a formula such as ="001" keeps from becoming a number."""
    if text.startswith('="') and text.endswith('"') and len(text) > 3 and '"' not in text[2:-1]:
        return text[2:-1]
    return text


def _rows(path: Path, stream: io.StringIO, delimiter: str) -> Iterator[Row]:
    for number, row in enumerate(csv.reader(stream, delimiter=delimiter, strict=True), 1):
        if number > MAX_ROWS:
            raise InputError(f"文件“{path.name}”超过 {MAX_ROWS} 行，未读取；请拆分后再导入。")
        cells = tuple(_unwrapped(text) if text != "" else None for text in row[:MAX_COLUMNS])
        if any(cell is not None and cell.strip() for cell in cells):
            yield number, cells
