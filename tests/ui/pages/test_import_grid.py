"""导入: the draft grid, mending in place, drafts that stay, and problems sent back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import SAMPLES, MakeWindow
from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.importing import ImportPage
from zoneeval_ui.pages.importing.returning import swapped
from zoneeval_ui.pages.importing.steps import CHECK, COLUMNS
from zoneeval_ui.tables import Tint
from zoneeval_ui.tables.model import TintRole

SIX = ("企业名录", "税务局", "统计局", "自然资源局", "供电公司", "生态环境局")


@pytest.fixture
def books(tmp_path: Path) -> list[Path]:
    """Return the six departments' workbooks; one figure of the tax office is text."""
    folder = tmp_path / "报来的表"
    folder.mkdir()
    found = [Path(shutil.copy(SAMPLES / "2024" / f"{name}.xlsx", folder)) for name in SIX]
    book = load_workbook(found[1])
    book.worksheets[0]["C7"] = "约三百"
    book.save(found[1])
    return found


def page_of(made: Assembly) -> ImportPage:
    page = made.window.page("import")
    assert isinstance(page, ImportPage)
    return page


def button(page: ImportPage, name: str) -> QPushButton:
    found = [b for b in page.findChildren(QPushButton, name) if not b.isHidden()]
    assert found
    return found[0]


def drop(made: Assembly, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    made.window.dropEvent(
        QDropEvent(
            QPoint(40, 40).toPointF(), Qt.DropAction.CopyAction, mime,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def type_into(page: ImportPage, qtbot: QtBot, text: str) -> None:
    """Type a text into the current cell of the grid, as a user does."""
    table = page.grid.table
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.is_editing
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.is_editing)


def kept(path: Path) -> list[str]:
    with operations.open_workspace(path, read_only=True) as ws:
        return [draft.label for draft in operations.drafts(ws)]


def versions(path: Path) -> list[int]:
    with operations.open_workspace(path, read_only=True) as ws:
        return operations.years(ws)


def test_six_workbooks_are_dropped_mended_in_the_grid_and_stored(
    make_window: MakeWindow, empty_workspace: Path, books: list[Path], qtbot: QtBot
) -> None:
    book = load_workbook(books[1])
    book.worksheets[0]["C3"] = "税收实际贡献额（万元）"
    book.save(books[1])
    made = make_window("import", empty_workspace)
    page = page_of(made)
    page._target.set_year(2024)
    drop(made, books)
    assert page._stepping.step == COLUMNS
    qtbot.keyClick(page._stepping.card.columns, Qt.Key.Key_Space)
    page.header.primary.click()
    found = page.checked
    assert found is not None
    assert page._stepping.step == CHECK
    assert found.blocking == 1
    assert not page.header.primary.isEnabled()
    button(page, "issueFilter-blocking").click()
    button(page, "issueLook").click()
    table = page.grid.table
    assert page.grid.sheet.file == "税务局.xlsx"
    assert table.place() == (7, "C")
    assert table.currentIndex().data() == "约三百"
    assert table.currentIndex().data(TintRole) == Tint.BLOCKING
    type_into(page, qtbot, "312.5")
    qtbot.waitUntil(lambda: page.checked is not found)
    assert page.checked.blocking == 0
    assert table.place() == (7, "C")
    assert table.currentIndex().data(TintRole) == Tint.GOOD
    (change,) = page.checked.repaired
    assert (change.row, change.column, change.before, change.after) == (7, "C", "约三百", "312.5")
    assert kept(empty_workspace)
    page.header.primary.click()
    assert page.stored is not None
    assert versions(empty_workspace) == [2024]
    assert kept(empty_workspace) == []
    with operations.open_workspace(empty_workspace, read_only=True) as ws:
        (newest,) = operations.last_operations(ws, 1)
        assert "手工修改 1" in newest.label
        (done,) = operations.repairs_of(ws, newest.id)
        assert done.after == "312.5"
        values = operations.enterprise_data(ws, 2024)
        stored = [
            entry.values["tax_paid"]
            for entry in values
            if (cell := entry.values.get("tax_paid")) is not None
            and cell.source is not None
            and cell.source.row == 7
        ]
        assert [value.value for value in stored] == [312.5]
    assert load_workbook(books[1]).worksheets[0]["C7"].value == "约三百"


def test_an_edit_can_be_taken_back(
    make_window: MakeWindow, workspace: Path, books: list[Path], qtbot: QtBot
) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(books[1])])
    page.grid.go_to(page.checked.issues[0])
    type_into(page, qtbot, "1 200")
    qtbot.waitUntil(lambda: len(page.checked.repaired) == 1)
    button(page, "gridRestore").click()
    qtbot.waitUntil(lambda: not page.checked.repaired)
    assert page.checked.blocking == 1
    assert page.grid.table.currentIndex().data() == "约三百"


def test_the_same_text_and_an_escape_are_no_edits(
    make_window: MakeWindow, workspace: Path, books: list[Path], qtbot: QtBot
) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(books[1])])
    page.grid.go_to(page.checked.issues[0])
    type_into(page, qtbot, "约三百")
    table = page.grid.table
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText("5")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.is_editing)
    assert page._fixing.edits == ()
    assert table.currentIndex().data() == "约三百"


def test_cells_are_copied_and_rows_with_problems_filtered(
    make_window: MakeWindow, workspace: Path, books: list[Path], qtbot: QtBot
) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(books[1])])
    table = page.grid.table
    page.grid.go_to(page.checked.issues[0])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "约三百"
    everything = table.table_model.rowCount()
    page.grid.only.click()
    assert 0 < table.table_model.rowCount() < everything
    page.grid.only.click()
    assert table.table_model.rowCount() == everything


def test_findings_are_searched(make_window: MakeWindow, workspace: Path, books: list[Path]) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(path) for path in books])
    search = page.findChild(QLineEdit, "issueSearch")
    search.setText("约三百")
    assert [issue.code for issue in page._issues.shown()] == ["text-in-number"]
    search.clear()
    assert len(page._issues.shown()) == len(page.checked.issues)


def test_a_draft_survives_closing_and_moved_files(
    make_window: MakeWindow, workspace: Path, books: list[Path], qtbot: QtBot
) -> None:
    made = make_window("import", workspace)
    page = page_of(made)
    page._target.set_zone("东园")
    page.take_files([str(path) for path in books[:3]])
    page.grid.go_to(page.checked.issues[0])
    type_into(page, qtbot, "三百")
    qtbot.waitUntil(lambda: len(page.checked.repaired) == 1)
    made.window.close()
    made.session.close()
    for path in books:
        path.unlink()
    assert kept(workspace) == ["企业名录.xlsx 等 3 个文件，1 处待处理"]
    again = page_of(make_window("import", workspace))
    assert again.checked is None
    resume = button(again, "draftResume")
    assert resume.text() == "继续上次的导入（企业名录.xlsx 等 3 个文件，1 处待处理）"
    resume.click()
    assert again.checked is not None
    assert again.checked.order.zone == "东园"
    assert [(c.before, c.after) for c in again.checked.repaired] == [("约三百", "三百")]
    assert len(again.checked.sheets) == len(page.checked.sheets)
    again.grid.go_to(again.checked.issues[0])
    type_into(again, qtbot, "300")
    qtbot.waitUntil(lambda: not again.checked.blocked)
    again.commit()
    assert again.stored is not None
    assert kept(workspace) == []


def test_decisions_about_columns_are_kept_before_they_are_checked(
    make_window: MakeWindow, workspace: Path, books: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    book = load_workbook(books[1])
    book.worksheets[0]["C3"] = "税收实际贡献额（万元）"
    book.save(books[1])
    page = page_of(make_window("import", workspace))
    page.take_files([str(books[1])])
    qtbot.keyClick(page._stepping.card.columns, Qt.Key.Key_Space)
    with operations.open_workspace(workspace, read_only=True) as ws:
        (draft,) = operations.drafts(ws)
        (layout,) = operations.load_draft(ws, draft.id, tmp_path).layouts
    assert [choice.field for choice in layout.columns.values()] == ["tax_paid"]


def test_a_draft_can_be_given_up(
    make_window: MakeWindow, workspace: Path, books: list[Path]
) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(books[1])])
    assert len(kept(workspace)) == 1
    button(page, "importDiscard").click()
    assert page.checked is None
    assert kept(workspace) == []
    page.take_files([str(books[1])])
    page.take_files([str(books[2])])
    assert len(kept(workspace)) == 2
    button(page, "importDiscard").click()
    assert button(page, "draftResume").text().startswith("继续上次的导入（税务局.xlsx")
    button(page, "draftGiveUp").click()
    assert kept(workspace) == []
    assert page._drafting.card.isHidden()


def test_a_cancelled_import_leaves_nothing(
    make_window: MakeWindow,
    empty_workspace: Path,
    books: list[Path],
    runner: JobRunner,
    qtbot: QtBot,
) -> None:
    page = page_of(make_window("import", empty_workspace, runner=runner))
    qtbot.waitUntil(lambda: page.state == "ready" and not runner.is_busy)
    page.take_files([str(path) for path in books])
    (job,) = runner.jobs
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert page.checked is None
    assert kept(empty_workspace) == []
    assert versions(empty_workspace) == []


def test_problems_are_exported_and_the_corrected_workbook_comes_back(
    make_window: MakeWindow, workspace: Path, books: list[Path], tmp_path: Path, monkeypatch
) -> None:
    page = page_of(make_window("import", workspace))
    page.take_files([str(path) for path in books])
    out = tmp_path / "发回"
    monkeypatch.setattr(page._sending, "ask_folder", lambda: out)
    button(page, "importProblems").click()
    marked = out / "税务局（问题）.xlsx"
    assert marked in page._sending.note.files
    book = load_workbook(marked)
    cell = book.worksheets[0]["C7"]
    assert cell.comment is not None
    cell.value = 312.5
    book.save(marked)
    sheets = len(page.checked.sheets)
    page.take_files([str(marked)])
    assert not page.checked.blocked
    assert "已代替" in page.banner.text
    assert str(marked) in page.checked.order.paths
    assert str(books[1]) not in page.checked.order.paths
    assert len(page.checked.sheets) == sheets
    assert len(kept(workspace)) == 1
    page.commit()
    assert page.stored is not None


def test_only_marked_copies_take_the_place_of_their_originals() -> None:
    now = ("/a/税务局.xlsx", "/a/统计局.xls")
    assert swapped(now, ["/b/统计局（问题）.xlsx"]) == (now[0], "/b/统计局（问题）.xlsx")
    assert swapped(now, ["/b/税务局.xlsx"]) is None
    assert swapped(now, ["/b/供电公司（问题）.xlsx"]) is None
    assert swapped((*now, "/c/税务局.xlsx"), ["/b/税务局（问题）.xlsx"]) is None
