"""The marked copy of a workbook: what it shows, that it keeps the rest, and its return."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.helpers.departments import MakeBook, code
from zoneeval.errors import UserError
from zoneeval.intake import read_workbooks
from zoneeval.intake.problem_list import HEADINGS, PROBLEM_SHEET
from zoneeval.intake.problems import AUTHOR, problem_name, write_problems
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import AppliedRepair

HEAD = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）"]


def found_in(path: Path, *more: Path) -> tuple[Issue, ...]:
    return read_workbooks([*more, path], year=2024).issues


@pytest.fixture
def wrong(book: MakeBook) -> Path:
    rows = [HEAD, [code(1), "样例1有限公司", "约三百"], [code(2), "样例2有限公司", -4]]
    path = book("税务局.xlsx", {"税": rows, "说明": [["本表由税务局填报"]]})
    workbook = load_workbook(path)
    sheet = workbook["税"]
    sheet["B3"].comment = Comment("原有批注", "税务局")
    sheet["D2"] = "=C3*2"
    sheet.column_dimensions["B"].width = 31
    sheet["A1"].fill = PatternFill("solid", start_color="00FF00")
    workbook.save(path)
    return path


def test_cells_are_coloured_commented_and_listed(
    wrong: Path, directory: Path, tmp_path: Path
) -> None:
    out = tmp_path / problem_name(wrong)
    before = wrong.read_bytes()
    change = AppliedRepair("edit-cell", "", "手工改", wrong.name, "税", 3, "B", "旧", "新")
    write_problems(wrong, found_in(wrong, directory), out, [change])
    assert wrong.read_bytes() == before
    workbook = load_workbook(out)
    sheet = workbook["税"]
    assert sheet["C2"].fill.start_color.rgb.endswith("F8CBAD")
    assert sheet["C2"].comment.author == AUTHOR
    assert "应填数字" in sheet["C2"].comment.text
    assert sheet["C3"].fill.start_color.rgb.endswith("FFE699")
    assert sheet["C2"].value == "约三百"
    assert sheet["D2"].value == "=C3*2"
    assert sheet["B3"].comment.text.startswith("原有批注\n")
    assert "手工改" in sheet["B3"].comment.text
    assert sheet.column_dimensions["B"].width == 31
    assert sheet["A1"].fill.start_color.rgb == "0000FF00"
    rows = list(workbook[PROBLEM_SHEET].iter_rows(values_only=True))
    assert rows[0] == HEADINGS
    assert rows[1][:6] == (1, "阻断", "税", 2, "C", "约三百")
    assert rows[-1][1:7] == ("已处理", "税", 3, "B", "旧", "手工改")
    assert workbook[PROBLEM_SHEET]["D2"].hyperlink.location == "'税'!C2"


def test_the_copy_comes_back_without_a_word_about_list_and_comments(
    wrong: Path, directory: Path, tmp_path: Path
) -> None:
    out = tmp_path / "回来" / "税务局.xlsx"
    write_problems(wrong, found_in(wrong, directory), out)
    plain = read_workbooks([directory, wrong], year=2024)
    again = read_workbooks([directory, out], year=2024)
    assert [(i.code, i.sheet, i.row) for i in again.issues] == [
        (i.code, i.sheet, i.row) for i in plain.issues
    ]
    assert [s.signature for s in again.files[1].sheets] == [
        s.signature for s in plain.files[1].sheets
    ]


def test_a_second_copy_forgets_the_marks_of_the_first(
    wrong: Path, directory: Path, tmp_path: Path
) -> None:
    out = tmp_path / "一" / "税务局.xlsx"
    change = AppliedRepair("edit-cell", "", "手工改", wrong.name, "税", 3, "B", "旧", "新")
    write_problems(wrong, found_in(wrong, directory), out, [change])
    workbook = load_workbook(out)
    workbook["税"]["C2"] = 300
    workbook.save(out)
    second = tmp_path / "二" / problem_name(out)
    write_problems(out, found_in(out, directory), second)
    marked = load_workbook(second)
    assert marked["税"]["C2"].comment is None
    assert marked["税"]["C2"].fill.fill_type is None
    assert marked["税"]["C3"].comment is not None
    assert marked["税"]["B3"].comment.text == "原有批注"
    assert marked["税"]["B3"].comment.author == "税务局"
    assert marked.sheetnames.count(PROBLEM_SHEET) == 1
    codes = [row[1] for row in marked[PROBLEM_SHEET].iter_rows(min_row=2, values_only=True)]
    assert "阻断" not in codes


def test_text_tables_come_as_their_cells(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "税务局.csv"
    lines = [",".join(HEAD), f"{code(1)},样例1有限公司,约三百", f"{code(2)},=cmd(),5"]
    path.write_text("\n".join(lines), encoding="gb18030")
    out = tmp_path / problem_name(path)
    write_problems(path, found_in(path, directory), out)
    sheet = load_workbook(out).worksheets[0]
    assert (sheet["C2"].value, sheet["A2"].value) == ("约三百", code(1))
    assert sheet["C2"].comment is not None
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=cmd()", "s")


def test_a_broken_file_gets_its_list_only(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    out = tmp_path / problem_name(path)
    write_problems(path, found_in(path), out)
    workbook = load_workbook(out)
    assert workbook.sheetnames == [PROBLEM_SHEET]
    assert workbook[PROBLEM_SHEET]["B2"].value == "阻断"


def test_merged_cells_are_marked_where_their_value_stands(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "税务局.xlsx"
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "税"
    for row in (HEAD, [code(1), "样例1有限公司", "无法取得"], [code(2), "样例2有限公司", None]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    made.save(path)
    out = tmp_path / problem_name(path)
    write_problems(path, found_in(path, directory), out)
    assert load_workbook(out)["税"]["C2"].comment is not None


def test_the_workbook_itself_is_never_written(wrong: Path) -> None:
    issue = Issue(Severity.BLOCKING, "x", "y", wrong.name)
    with pytest.raises(UserError):
        write_problems(wrong, [issue], wrong)


def test_only_our_list_is_left_out(book: MakeBook, directory: Path) -> None:
    path = book("税.xlsx", {PROBLEM_SHEET: [HEAD, [code(1), "样例1有限公司", 5]]})
    draft = read_workbooks([directory, path], year=2024)
    assert draft.years[2024].values[code(1)]["tax_paid"].value == 5
