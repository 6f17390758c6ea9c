"""Cells typed into: as if the workbook held the text, checked again, and logged."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.departments import MakeBook, code
from zoneeval.intake import Draft, read_workbooks
from zoneeval.intake.shelf import Shelf
from zoneeval.model.repair import CellEdit, RepairChoice

HEAD = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）", "研发经费占比（%）"]


def read(*paths: Path, **words: object) -> Draft:
    return read_workbooks(list(paths), year=2024, **words)  # type: ignore[arg-type]


def codes(draft: Draft) -> list[str]:
    return [issue.code for issue in draft.issues if issue.severity.value == "blocking"]


def tax(draft: Draft, number: int) -> object:
    return draft.years[2024].values[code(number)]["tax_paid"].value


def edit(path: Path, row: int, column: str, value: str | None) -> CellEdit:
    return CellEdit(path.name, "税", row, column, value)


def test_an_edit_settles_a_finding_and_is_logged(book: MakeBook, directory: Path) -> None:
    path = book("税务.xlsx", {"税": [HEAD[:3], [code(1), "样例1有限公司", "约三百"]]})
    before = path.read_bytes()
    assert codes(read(directory, path)) == ["text-in-number"]
    draft = read(directory, path, edits=[edit(path, 2, "C", "1,312.5")])
    assert codes(draft) == []
    assert tax(draft, 1) == 1312.5
    (done,) = draft.repaired
    assert (done.kind, done.before, done.after) == ("edit-cell", "约三百", "1,312.5")
    assert path.read_bytes() == before


def test_an_edit_that_is_wrong_is_a_finding_again(book: MakeBook, directory: Path) -> None:
    path = book("税务.xlsx", {"税": [HEAD[:3], [code(1), "样例1有限公司", 300]]})
    draft = read(directory, path, edits=[edit(path, 2, "C", "三百左右")])
    assert codes(draft) == ["text-in-number"]
    assert draft.repaired[0].before == "300"


def test_an_emptied_cell_is_missing_and_a_short_row_grows(book: MakeBook, directory: Path) -> None:
    rows = [HEAD[:3], [code(1), "样例1有限公司", "#REF"], [code(2), "样例2有限公司"]]
    path = book("税务.xlsx", {"税": rows})
    draft = read(directory, path, edits=[edit(path, 2, "C", None), edit(path, 3, "C", "7")])
    assert "tax_paid" not in draft.years[2024].values[code(1)]
    assert tax(draft, 2) == 7.0


def test_repairs_come_after_what_was_typed(book: MakeBook, directory: Path) -> None:
    rows = [HEAD[:3], [code(1), "样例1有限公司", "x"], [code(2), "样例2有限公司", "295.5。"]]
    path = book("税务.xlsx", {"税": rows})
    draft = read(
        directory, path,
        edits=[edit(path, 2, "C", "310（含税）")], repairs=[RepairChoice("text-in-number")],
    )  # fmt: skip
    assert (tax(draft, 1), tax(draft, 2)) == (310.0, 295.5)
    assert [change.kind for change in draft.repaired] == ["edit-cell", "read-number", "read-number"]


def test_files_of_one_name_are_not_edited(tmp_path: Path, book: MakeBook, directory: Path) -> None:
    path = book("税务.xlsx", {"税": [HEAD[:3], [code(1), "样例1有限公司", "x"]]})
    other = tmp_path / "另一处" / "税务.xlsx"
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    draft = read(directory, path, other, edits=[edit(path, 2, "C", "5")], shelf=Shelf())
    assert draft.repaired == ()
    assert [s.cells.editable for f in draft.files for s in f.sheets if s.cells] == [
        True, False, False,
    ]  # fmt: skip


def test_the_cells_are_given_only_with_a_shelf(book: MakeBook, directory: Path) -> None:
    rows = [HEAD[:3], [code(1), "样例1有限公司", "310（含税）"], [code(2), "样例2有限公司", 5]]
    path = book("税务.xlsx", {"税": rows})
    assert all(s.cells is None for f in read(path).files for s in f.sheets)
    draft = read(
        directory, path, shelf=Shelf(),
        edits=[edit(path, 3, "C", "6")], repairs=[RepairChoice("text-in-number")],
    )  # fmt: skip
    cells = draft.files[1].sheets[0].cells
    assert cells is not None
    body = cells.raw.rows[cells.body :]
    assert [(row, given[2]) for row, given in body] == [(2, "310（含税）"), (3, "6")]
    assert cells.typed == {(3, "C")}
    assert cells.mended == {(2, "C"): "310"}


def test_a_shelf_reads_a_file_again_once_it_has_changed(book: MakeBook) -> None:
    shelf = Shelf()
    path = book("税务.xlsx", {"税": [HEAD[:3], [code(1), "样例1有限公司", 5]]})
    first = shelf.take(path)
    assert shelf.take(path) is first
    book("税务.xlsx", {"税": [HEAD[:3], [code(1), "样例1有限公司", 5], [code(2), "乙", 6]]})
    assert shelf.take(path) is not first
