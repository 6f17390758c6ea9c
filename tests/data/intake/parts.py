"""Pieces the corpus is made of: rows, workbooks changed from within, a binary workbook."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from stdnum.cn import uscc

from zoneeval.identifiers import organisation_check_character

HEADINGS = ["统一社会信用代码", "企业名称", "主营业务收入（万元）", "税收实际贡献（万元）"]
_FIXED = (2024, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def code(number: int) -> str:
    """Return the credit code of the n-th invented enterprise."""
    body = f"MA{number:06d}"
    head = "91419900" + body + organisation_check_character(body)
    return str(head + uscc.calc_check_digit(head))


def row(number: int, revenue: Any = None, tax: Any = None) -> list[Any]:
    """Return a row under ``HEADINGS``; unless told, 1000·n and 10·n."""
    return [
        code(number), f"样例{number}有限公司",
        1000.0 * number if revenue is None else revenue, 10.0 * number if tax is None else tax,
    ]  # fmt: skip


def table(*numbers: int) -> list[list[Any]]:
    """Return the headings and the rows of the given enterprises."""
    return [list(HEADINGS), *(row(n) for n in numbers)]


def book(sheets: Mapping[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]]) -> Workbook:
    """Return a workbook of the given sheets, or of one sheet 数据."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for title, rows in (sheets if isinstance(sheets, Mapping) else {"数据": sheets}).items():
        sheet = made.create_sheet(title)
        for cells in rows:
            sheet.append(list(cells))
    return made


def settle(path: Path, change: Callable[[str, bytes], bytes | None] | None = None) -> None:
    """Write a zip again with fixed times; ``change`` gives the new bytes of a part, or None."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            new = change(name, data) if change else data
            if new is not None:
                new = _STAMP.sub(rb"\g<1>2024-01-01T00:00:00Z", new)
                archive.writestr(zipfile.ZipInfo(name, _FIXED), new, zipfile.ZIP_DEFLATED)


def add_part(path: Path, name: str, data: bytes) -> None:
    """Add a part to a zip."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _FIXED), data)


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """Return a change that replaces text in the first sheet's XML; it must be there."""

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return data
        data = data.replace(b" />", b"/>").replace(b"<v></v>", b"<v/>")
        assert old in data, old
        return data.replace(old, new)

    return change


def converted(source: Path, target: Path) -> bool:
    """Convert a workbook with LibreOffice; False where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return False
    kind = target.suffix.lstrip(".")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", kind, "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        shutil.copyfile(Path(folder) / f"{source.stem}.{kind}", target)
    return True


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: Any, style: int) -> bytes:
    place = struct.pack("<I", column) + struct.pack("<I", style)
    if value == "#DIV/0!":
        return _record(3, place + b"\x07")
    if isinstance(value, str):
        return _record(6, place + _wide(value))
    return _record(5, place + struct.pack("<d", value))


def write_xlsb(path: Path, rows: Sequence[Sequence[Any]], percent: Sequence[tuple[int, int]] = (),
               merged: Sequence[tuple[int, int, int, int]] = ()) -> None:  # fmt: skip
    """Write a minimal .xlsb of one sheet; places count from 0."""
    edge = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    body = _record(129) + _record(148, edge) + _record(145)
    for number, cells in enumerate(rows):
        body += _record(0, struct.pack("<II", number, 0) + bytes(9))
        for column, value in enumerate(cells):
            if value is not None:
                body += _cell(column, value, int((number, column) in percent))
    body += _record(146)
    if merged:
        body += _record(177, struct.pack("<I", len(merged)))
        for top, left, bottom, right in merged:
            body += _record(176, struct.pack("<IIII", top, bottom, left, right))
        body += _record(178)
    body += _record(130)
    xf = struct.pack("<HHHHH", 0, 0, 0, 0, 0) + bytes(6)
    shown = struct.pack("<HHHHH", 0, 9, 0, 0, 0) + bytes(6)
    styles = (
        _record(278) + _record(617, struct.pack("<I", 2)) + _record(47, xf) + _record(47, shown)
        + _record(618) + _record(279)
    )  # fmt: skip
    sheet = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("数据")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.'
        'sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": _record(131) + _record(143) + _record(156, sheet) + _record(144)
        + _record(132),
        "xl/_rels/workbook.bin.rels": f'{head}<Relationships xmlns="{relations}"><Relationship '
        f'Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/><Relationship '
        f'Id="rId2" Type="{office}/styles" Target="styles.bin"/></Relationships>',
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": body,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), data)
