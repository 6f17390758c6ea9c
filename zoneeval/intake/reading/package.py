"""A zipped workbook, looked at before anything in it is interpreted."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from zoneeval.errors import InputError
from zoneeval.intake.reading.sheet import SheetNote

MAX_UNCOMPRESSED = 400_000_000
MAX_RATIO = 250
_RATIO_MATTERS_FROM = 50_000_000
_MAX_MEMBERS = 5_000
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
DAMAGED = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, LookupError,
    ArithmeticError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError,
    ParseError, SyntaxError, StopIteration, struct.error,
)  # fmt: skip


class PasswordNeeded(Exception):
    """The workbook asks for a password."""


class Package:
    """The parts of a workbook whose sizes, checksums and prologues are in order."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self.names = {info.filename for info in archive.infolist()}

    @property
    def has_macros(self) -> bool:
        """Tell whether the workbook carries macros."""
        return any("vbaproject" in n.lower() or "macrosheets/" in n.lower() for n in self.names)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self.names

    def data(self, name: str) -> bytes:
        """Return a part after its checksum was verified; an XML part has no DTD."""
        data = self._archive.read(name)
        if name.lower().endswith((".xml", ".rels")):
            _refuse_dtd(self.path, data)
        return data

    def tree(self, name: str) -> Element:
        """Return a small XML part, parsed."""
        return fromstring(self.data(name))

    def verify(self, without: Collection[str] = ()) -> None:
        """Read every XML part once, so that damage and entities are found before parsing.

        ``without`` are parts that are read anyway.
        """
        for name in sorted(self.names.difference(without)):
            if name.lower().endswith((".xml", ".rels", ".bin")) and "media/" not in name:
                self.data(name)


def _refuse_dtd(path: Path, data: bytes) -> None:
    declared = _DECLARED.match(data[3:] if data.startswith(b"\xef\xbb\xbf") else data[:200])
    strange = declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") or strange:
        raise InputError(
            f"工作簿“{path.name}”的内部编码不是 UTF-8，不是标准的工作簿，未打开；"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        )
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputError(
            f"工作簿“{path.name}”中含有正常报表不会有的外部定义（DTD 或实体），可能不安全，未打开；"
            "请向报送单位核实来源，用 Excel 或 WPS 另存为 .xlsx 再导入。"
        )


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a zipped file; raises :class:`InputError` where it is no safe container."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise InputError(f"工作簿“{path.name}”已损坏，无法打开；请向报送单位重新索取。") from error
    with archive:
        _guard(path, archive.infolist())
        yield Package(path, archive)


def _guard(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    if total > MAX_UNCOMPRESSED or (total > _RATIO_MATTERS_FROM and total / packed > MAX_RATIO):
        raise InputError(
            f"工作簿“{path.name}”解压后约 {total // 1_000_000} MB，远超正常报表，未打开；"
            "请删去多余的空行空列和图片后另存再导入。"
        )
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(f"文件“{path.name}”设有密码，无法读取；请先取消密码保护后另存再导入。")
    if len(infos) > _MAX_MEMBERS or len({info.filename for info in infos}) != len(infos):
        raise InputError(f"工作簿“{path.name}”已损坏，无法打开；请向报送单位重新索取。")


def macro_notes(present: bool) -> tuple[SheetNote, ...]:
    """Return the note that a workbook's macros were left alone."""
    if not present:
        return ()
    return (
        SheetNote(
            "macros-ignored",
            "该工作簿含有宏，宏没有运行，只读取了单元格中的数据",
            "如不清楚宏的来历，请向报送单位核实，或另存为 .xlsx 后再导入。",
        ),
    )


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
