"""Other formats, files under a wrong name, and files that must not be opened."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

from parts import add_part, book, converted, settle, table, write_xlsb

HERE = Path(__file__).resolve().parent
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def register(case: Any, plain: Any) -> None:
    """Register the cases."""
    three = {1: 2, 2: 3, 3: 4}
    lost = plain(three, tax_paid={2: None})

    def marked(path: Path) -> Path:
        """Write a workbook with an error cell, a merged range and a hidden row."""
        made = book(table(1, 2, 3))
        assert made.active is not None
        made.active["D3"] = "#DIV/0!"
        made.active.merge_cells("C3:C4")
        made.active.row_dimensions[4].hidden = True
        made.save(path)
        return path

    merged = plain(three, tax_paid={2: None}, revenue={3: 2000.0})
    told = ["hidden-rows", "merged-number"]
    for kind in ("xls", "ods"):

        @case(f"旧格式.{kind}", f".{kind}：错误值、合并、隐藏行都在", merged,
              blocking=[("error-cell", 3, "D")], told=told)  # fmt: skip
        def old(path: Path) -> None:
            source = marked(path.with_suffix(".tmp.xlsx"))
            made = converted(source, path)
            source.unlink()
            assert made or path.exists(), "LibreOffice is needed once"

    for file in ("表格.et", "改名.xlsx"):

        @case(file, "内容是旧格式 .xls", merged, blocking=[("error-cell", 3, "D")], told=told)
        def renamed(path: Path) -> None:
            shutil.copyfile(HERE / "旧格式.xls", path)

    @case("改名.csv", "内容是 .xlsx", plain(three))
    def workbook_as_text(path: Path) -> None:
        made = path.with_suffix(".tmp.xlsx")
        book(table(1, 2, 3)).save(made)
        made.replace(path)
        settle(path)

    @case("新格式.xls", "内容是 .xlsx", plain(three))
    def new_as_old(path: Path) -> None:
        made = path.with_suffix(".tmp.xlsx")
        book(table(1, 2, 3)).save(made)
        made.replace(path)
        settle(path)

    @case("二进制.xlsb", ".xlsb：错误值在", lost, blocking=[("error-cell", 3, "D")])
    def binary(path: Path) -> None:
        rows = table(1, 2, 3)
        rows[2][3] = "#DIV/0!"
        write_xlsb(path, rows)

    @case("带宏.xlsm", "含自动运行的宏", plain(three), told=["macros-ignored"])
    def macros(path: Path) -> None:
        made = path.with_suffix(".tmp.xlsx")
        book(table(1, 2, 3)).save(made)
        made.replace(path)
        add_part(path, "xl/vbaProject.bin", OLE + b"Attribut\0e VB_Name: Sub Auto_Open()")
        settle(path)

    @case("外部链接.xlsx", "含外部链接，不打开", plain(three))
    def linked(path: Path) -> None:
        book(table(1, 2, 3)).save(path)
        add_part(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
        settle(path)

    @case("截断.xlsx", "只收到一半", refused="已损坏")
    def half(path: Path) -> None:
        book(table(1, 2, 3)).save(path)
        settle(path)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])

    @case("截断.xls", "旧格式只收到一半", refused="不完整")
    def half_old(path: Path) -> None:
        data = (HERE / "旧格式.xls").read_bytes()
        path.write_bytes(data[: len(data) // 2])

    @case("坏字节.xlsx", "压缩内容坏了一个字节", refused="已损坏")
    def flipped(path: Path) -> None:
        book(table(1, 2, 3)).save(path)
        settle(path)
        with zipfile.ZipFile(path) as archive:
            at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
        data = bytearray(path.read_bytes())
        data[at + 120] ^= 0x10
        path.write_bytes(bytes(data))

    @case("加密.xlsx", "设有打开密码", refused="密码")
    def locked(path: Path) -> None:
        path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))

    @case("实体.xlsx", "XML 中有实体", refused="不会有的外部定义")
    def entities(path: Path) -> None:
        book(table(1, 2, 3)).save(path)
        dtd = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

        def change(name: str, data: bytes) -> bytes:
            return dtd + data if name.endswith("sheet1.xml") else data

        settle(path, change)

    @case("炸弹.xlsx", "压缩炸弹", refused="远超正常报表")
    def bomb(path: Path) -> None:
        book(table(1)).save(path)
        add_part(path, "xl/media/a.bin", bytes(60_000_000))
        settle(path)

    for file, trap, data, words in (
        ("空.xlsx", "0 字节", b"", "0 字节"),
        ("网页.xls", "网页改名", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("标记.xls", "XML 改名", b'<?xml version="1.0"?><Workbook/>', "XML 文件"),
        ("图片.xlsx", "图片改名", b"\x89PNG\r\n\x1a\n" + bytes(50), "不是 Excel 工作簿"),
    ):

        @case(file, trap, refused=words)
        def other(path: Path, data: bytes = data) -> None:
            path.write_bytes(data)

    @case("文档.xlsx", "Word 文档改名", refused="其他类型的压缩文件")
    def document(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo("word/document.xml", (2024, 1, 1, 0, 0, 0)), "<a/>")

    @case("缺表.xlsx", "内部缺少工作表", refused="已损坏")
    def missing(path: Path) -> None:
        book(table(1, 2, 3)).save(path)
        settle(path, lambda name, data: None if name.endswith("sheet1.xml") else data)
