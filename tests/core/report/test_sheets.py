from __future__ import annotations

import math
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.evaluations import small_dataset, small_evaluation
from tests.helpers.workbooks import Opened
from zoneeval.errors import UserError
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_classes, write_results
from zoneeval.report.workbook.book import sheet_names, write_book
from zoneeval.report.workbook.columns import Cell, Column, Page, compact, display_width, line_count
from zoneeval.report.workbook.sheets import READABLE

RISKY = ["=1+1", "+86企业", "-减号", "@SUM(A1)", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("name", RISKY)
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    page = Page("表", "表", (Column("企业名称"), Column("得分", "number")), [[name, name]])
    write_book(tmp_path / "t.xlsx", "表", [page])
    sheet = Opened(tmp_path / "t.xlsx").sheet("表")
    for cell in sheet[3]:
        assert cell.value == name
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_names_like_formulas_stay_text_in_the_workbooks(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    dataset = small_dataset(6, RISKY)
    evaluation = small_evaluation(dataset)
    write_results(tmp_path / "r.xlsx", header, policy, evaluation, dataset)
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"):
        formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert all(str(text).startswith("=SUM(") for text in formulas)


def test_control_characters_and_bad_numbers_do_no_harm(tmp_path: Path) -> None:
    columns = (Column("名称"), Column("数", "number"))
    rows: list[list[Cell]] = [["甲\x00\x0b乙", math.inf], ["丙" * 40_000, math.nan], [None, None]]
    write_book(tmp_path / "t.xlsx", "表", [Page("表", "表", columns, rows)])
    values = list(Opened(tmp_path / "t.xlsx").sheet("表").iter_rows(min_row=3, values_only=True))
    assert values[0] == ("甲乙", "—")
    assert len(str(values[1][0])) == 32_767
    assert values[2] == ("—", "—")


def test_every_sheet_is_set_up_for_print(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    write_results(tmp_path / "r.xlsx", header, policy, evaluation, dataset)
    opened = Opened(tmp_path / "r.xlsx")
    for name in opened.names:
        sheet = opened.sheet(name)
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        setup, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert setup is not None
        assert setup.fitToPage
        wide = sum(d.width for d in sheet.column_dimensions.values())
        pages = 1 if wide <= READABLE else 2 if wide <= 2 * READABLE else 3
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (pages, 0)
        assert bool(sheet.print_title_cols) == (pages > 1)
        assert footer is not None
        assert footer.right is not None
        assert footer.right.text == "第 &P 页，共 &N 页"
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert "A1:" in str(sheet.merged_cells.ranges)
    assert opened.sheet("全部企业").freeze_panes == f"C{opened.header_row('全部企业') + 1}"
    assert opened.book.properties.creator == "zoneeval"


def test_filter_covers_the_rows_and_not_the_totals(tmp_path: Path) -> None:
    columns = (Column("名称"), Column("数", "number"))
    page = Page("表", "表", columns, [["甲", 1.0], ["乙", 2.0]], sums=(1,))
    write_book(tmp_path / "t.xlsx", "表", [page])
    sheet = Opened(tmp_path / "t.xlsx").sheet("表")
    assert sheet.auto_filter.ref == "A2:B4"
    assert [c.value for c in sheet[5]] == ["合计", "=SUM(B3:B4)"]


def test_widths_fit_chinese_text_up_to_the_cap(tmp_path: Path) -> None:
    columns = (Column("短"), Column("长名称", cap=60), Column("很长", "wrap", cap=30))
    page = Page("表", "表", columns, [["甲", "汉" * 20, "字" * 60]])
    write_book(tmp_path / "t.xlsx", "表", [page])
    sheet = Opened(tmp_path / "t.xlsx").sheet("表")
    widths = [sheet.column_dimensions[c].width for c in "ABC"]
    assert widths[0] < 10
    assert widths[1] >= 40
    assert widths[2] == 30
    assert sheet.row_dimensions[3].height >= 5 * 15


def test_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"old")

    def refuse(source: object, target: object) -> None:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match=r"名单.xlsx.*请关闭后再导出，或换一个文件名"):
        write_book(path, "表", [Page("表", "表", (Column("名称"),), [["甲"]])])
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["名单.xlsx"]


def test_full_disk_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match="请检查磁盘空间"):
        write_book(tmp_path / "a.xlsx", "表", [Page("表", "表", (Column("名称"),), [["甲"]])])
    assert list(tmp_path.iterdir()) == []


def test_an_older_workbook_is_replaced(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    path = tmp_path / "新文件夹" / "名单.xlsx"
    for _ in range(2):
        write_classes(path, header, policy, evaluation, dataset)
    assert len(Opened(path).table("分类名单")) == 6
    assert [p.name for p in path.parent.iterdir()] == ["名单.xlsx"]


@pytest.mark.parametrize(("name", "words"), [("a.xls", "以 .xlsx 结尾"), ("d.xlsx", "文件夹")])
def test_unfit_names_are_refused(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "d.xlsx").mkdir()
    with pytest.raises(UserError, match=words):
        write_book(tmp_path / name, "表", [Page("表", "表", (Column("名称"),), [])])


def test_sheet_names_are_what_excel_accepts() -> None:
    assert sheet_names(["A/B", "a·b", "长" * 40, ""]) == ["A·B", "a·b（2）", "长" * 31, "表"]


def test_measures_of_text() -> None:
    assert display_width("亩均a") == 5
    assert line_count("汉字汉字", 4) == 2
    assert line_count("a\nb", 10) == 2
    assert [compact(v) for v in (0.53, 1234.5, None, 0.0)] == ["0.53", "1,234.5", "—", "0"]


def test_cells_share_their_styles(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    write_results(tmp_path / "r.xlsx", header, policy, evaluation, dataset)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        styles = book.read("xl/styles.xml").decode()
    assert styles.split("<cellXfs")[1].split("</cellXfs>")[0].count("<xf ") < 80


def test_table_without_zones_and_names_is_written(tmp_path: Path, policy: Policy) -> None:
    rows: list[dict[str, float | str | None]] = [
        {"uscc": f"91410000DEMO{i:06d}", "tax_paid": 1.0, "land_area": 1.0} for i in range(3)
    ]
    dataset = Dataset.from_rows(rows)
    scored = RunHeader(None, None, (), None, dataset.fingerprint, "", "1", "")
    write_results(tmp_path / "r.xlsx", scored, policy, small_evaluation(dataset, 0), dataset)
    opened = Opened(tmp_path / "r.xlsx")
    assert [row["企业名称"] for row in opened.table("全部企业")] == ["—"] * 3
    assert [row["园区"] for row in opened.table("汇总")] == ["（未分园区）"]
    assert "未存入工作区" in opened.words("说明")


def test_the_package_does_not_load_the_spreadsheet_library_until_it_writes() -> None:
    code = "import sys, zoneeval.report; sys.exit('openpyxl' in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
