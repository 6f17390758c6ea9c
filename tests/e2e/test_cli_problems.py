"""`import --problems`: marked workbooks for the departments."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.helpers.command import good, refused
from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book

TAX = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）"]


def books(folder: Path) -> list[Path]:
    rows = [TAX, [code(1), "样例1有限公司", "约三百"], [code(2), "样例2有限公司", 5]]
    return [
        save_book(folder / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, listed(1), listed(2)]}),
        save_book(folder / "税务局.xlsx", {"税": rows}),
    ]


def test_problems_are_written_though_nothing_is_stored(
    empty_workspace: Path, tmp_path: Path
) -> None:
    before = empty_workspace.read_bytes()
    out = tmp_path / "发回"
    words = ("import", *books(tmp_path), "--into", empty_workspace, "--year", "2024")
    answer = refused(*words, "--problems", out)
    assert [path.name for path in out.iterdir()] == ["税务局（问题）.xlsx"]
    assert "税务局（问题）.xlsx" in answer.out
    assert empty_workspace.read_bytes() == before
    assert load_workbook(out / "税务局（问题）.xlsx")["税"]["C2"].comment is not None
    again = refused(*words, "--dry-run", "--problems", out, "--json")
    assert again.document["problems"] == [str(out / "税务局（问题）.xlsx")]


def test_the_corrected_workbook_is_taken(empty_workspace: Path, tmp_path: Path) -> None:
    directory, tax = books(tmp_path)
    words = ("--into", empty_workspace, "--year", "2024")
    refused("import", directory, tax, *words, "--problems", tmp_path)
    marked = tmp_path / "税务局（问题）.xlsx"
    book = load_workbook(marked)
    book["税"]["C2"] = 300
    book.save(marked)
    found = good("import", directory, marked, *words, "--problems", tmp_path, "--json").document
    assert found["committed"]
    assert found["problems"] == []
    assert "sheet-not-recognised" not in {issue["code"] for issue in found["issues"]}


def test_a_folder_that_cannot_be_made_gets_a_sentence(
    empty_workspace: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "占用"
    taken.write_text("x")
    words = ("import", *books(tmp_path), "--into", empty_workspace, "--year", "2024", "--dry-run")
    assert "占用" in refused(*words, "--problems", taken).err
