"""The text of a sheet's rows holds what was put in, whoever reads it."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet import _writer
from openpyxl.writer.excel import ExcelWriter

from zoneeval.errors import UserError
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import ROW, Cell, Column, Formula, Page, RowFormula, Styled

COLUMNS = (Column("文字", "wrap"), Column("数值", "general"))


def _cells(path: Path, cells: list[Cell]) -> list[Any]:
    write_book(path, "表", [Page("表", "表", COLUMNS, [["甲", cell] for cell in cells])])
    return [row[1] for row in list(openpyxl.load_workbook(path)["表"].values)[2:]]


@pytest.mark.parametrize("text", ["a<b>&\"c'", "  前后 ", "一\n二", "]]>", "𠮷", "-1", "甲\t乙"])
def test_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    assert _cells(tmp_path / "t.xlsx", [text, Styled(text, "center")]) == [text, text]


def test_what_no_file_can_hold_is_left_out(tmp_path: Path) -> None:
    assert _cells(tmp_path / "t.xlsx", ["甲\0\x0b乙", "", "字" * 40_000]) == [
        "甲乙", None, "字" * 32_767,
    ]  # fmt: skip


def test_numbers_come_back_to_the_last_digit(tmp_path: Path) -> None:
    numbers: list[Cell] = [0.1 + 0.2, 1e-300, -1.5e18, 123456789.12345678, 7, 0, -0.5]
    assert _cells(tmp_path / "t.xlsx", numbers) == numbers


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), Styled(None, "number")])
def test_missing_is_a_dash(tmp_path: Path, missing: Cell) -> None:
    assert _cells(tmp_path / "t.xlsx", [missing]) == ["—"]


def test_a_formula_of_every_row_has_the_number_of_each(tmp_path: Path) -> None:
    own = RowFormula(f'=IF($A{ROW}<>"甲&乙",1,$A$3)')
    other = RowFormula(f"=$A{ROW}")
    wanted = ['=IF($A3<>"甲&乙",1,$A$3)', '=IF($A4<>"甲&乙",1,$A$3)', "=$A5", "=1<2"]
    assert _cells(tmp_path / "t.xlsx", [own, own, other, Formula("=1<2")]) == wanted


def test_a_failed_save_leaves_no_files_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: ExcelWriter) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ExcelWriter, "save", full)
    before = set(_writer.ALL_TEMP_FILES)
    with pytest.raises(UserError, match="不能写入"):
        _cells(tmp_path / "t.xlsx", ["甲"])
    assert set(_writer.ALL_TEMP_FILES) == before
    assert not list(tmp_path.iterdir())
