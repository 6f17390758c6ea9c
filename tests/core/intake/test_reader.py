"""Files that are not workbooks, broken ones, and cells that hide something."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from zoneeval.errors import InputError
from zoneeval.intake.reader import letter, read_sheets

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "0 字节"),
        ("文本.xlsx", "不是工作簿".encode(), "不是 Excel 工作簿"),
        ("旧.xlsx", OLE, "已损坏或不完整"),
        ("密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 50, "已损坏"),
        ("二进制.csv", b"a,b\0\xff\xff\xff", "文本表格"),
    ],
)
def test_each_kind_of_wrong_file_has_its_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_sheets(path)
    assert name in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到文件"):
        read_sheets(tmp_path / "没有.xlsx")
    with pytest.raises(InputError, match="文件夹"):
        read_sheets(tmp_path)


def test_another_zip_and_a_damaged_workbook(tmp_path: Path) -> None:
    other = tmp_path / "文档.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="压缩文件"):
        read_sheets(other)
    broken = tmp_path / "残.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(InputError, match="已损坏"):
        read_sheets(broken)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = tmp_path / "大.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    with pytest.raises(InputError, match="解压后约 60 MB"):
        read_sheets(bomb)


def test_rows_keep_their_numbers_percent_formats_and_uncached_formulas(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B3"] = 0.035
    sheet["B3"].number_format = "0.0%"
    sheet["C3"] = "=B3*2"
    sheet["A7"] = "x"
    hidden = book.create_sheet("旧稿")
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    first, second = read_sheets(path)
    assert [number for number, _ in first.rows] == [3, 7]
    assert first.rows[0][1] == (None, 0.035, "#未计算")
    assert first.percent == {(3, 1)}
    assert second.hidden
    assert not first.hidden


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes('企业名称,利润总额\r\n\r\n甲,"1,200"\r\n'.encode(encoding))
    (sheet,) = read_sheets(path)
    assert sheet.rows == [(1, ("企业名称", "利润总额")), (3, ("甲", "1,200"))]


def test_letters() -> None:
    assert [letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
