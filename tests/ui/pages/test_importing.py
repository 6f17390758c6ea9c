"""导入: check first, store only what the user has agreed to, take it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.importing import ImportPage

SAMPLES = Path(__file__).parents[3] / "sample_data" / "demo_city" / "2024"
TAX = SAMPLES / "税务局.xlsx"


def page_of(made: Assembly) -> ImportPage:
    page = made.window.page("import")
    assert isinstance(page, ImportPage)
    return page


def versions(path: Path) -> int | None:
    with operations.open_workspace(path, read_only=True) as ws:
        found = operations.latest_dataset(ws, 2024)
        return found.version if found else None


def button(page: ImportPage, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """Return the tax workbook with text in a number cell of its seventh row."""
    path = Path(shutil.copy(TAX, tmp_path / "税务局.xlsx"))
    book = load_workbook(path)
    book.worksheets[0]["C7"] = "约三百"
    book.save(path)
    return path


def test_files_asked_for_are_checked_and_not_stored(make_window, workspace, monkeypatch):
    page = page_of(make_window("import", workspace))
    monkeypatch.setattr(page, "ask_paths", lambda: [str(TAX)])
    assert page.checked is None
    page.choose_files()
    assert page.checked.enterprises == 125
    (sheet,) = page.checked.sheets
    assert (sheet.department, sheet.header_rows, sheet.rows) == ("税务", "3", 125)
    found = {column.heading: (column.field, column.unit) for column in sheet.columns}
    assert found["实缴税金（万元）"] == ("税收实际贡献", "万元")
    assert page.header.primary.text() == "提交 125 户"
    assert page.header.primary.isEnabled()
    assert versions(workspace) == 1


def test_a_dialog_that_was_left_changes_nothing(make_window, workspace, monkeypatch):
    page = page_of(make_window("import", workspace))
    monkeypatch.setattr(page, "ask_paths", list)
    page.choose_files()
    assert page.checked is None
    assert not page.header.primary.isVisible()


def test_committing_stores_a_version_and_leads_to_the_evaluation(make_window, workspace):
    made = make_window("import", workspace)
    page = page_of(made)
    made.window.import_requested.emit([str(TAX)])
    page.header.primary.click()
    assert page.checked is None
    assert page.stored.enterprises == 125
    assert [(v.year, v.version) for v in page.stored.versions] == [(2024, 2)]
    assert versions(workspace) == 2
    assert page.header.primary.text() == "去评价"


def test_the_last_import_can_be_undone(make_window, workspace):
    made = make_window("import", workspace)
    page = page_of(made)
    page.take_files([str(TAX)])
    page.commit()
    assert versions(workspace) == 2
    undo = button(page, "importUndo")
    assert undo.isVisible()
    undo.click()
    assert versions(workspace) == 1
    assert page.stored is None
    assert "已撤销" in page.banner.text


def test_a_blocked_workbook_is_not_stored(make_window, workspace, spoiled):
    page = page_of(make_window("import", workspace))
    page.take_files([str(spoiled)])
    assert page.checked.blocked
    assert not page.header.primary.isEnabled()
    page.commit()
    assert versions(workspace) == 1
    texts = [label.text() for label in page.findChildren(QLabel)]
    issue = next(i for i in page.checked.issues if i.code == "text-in-number")
    assert issue.place.endswith("第 7 行 C 列")
    assert {issue.place, issue.message, issue.suggestion} <= set(texts)


def test_blocked_enterprises_can_be_set_aside(make_window, workspace, spoiled):
    page = page_of(make_window("import", workspace))
    page.take_files([str(spoiled)])
    choice = button(page, "importSetAside")
    assert choice.isVisible()
    choice.click()
    assert not page.checked.blocked
    assert len(page.checked.set_aside) == 1
    assert page.header.primary.text() == "提交 124 户"
    page.header.primary.click()
    assert versions(workspace) == 2
    assert len(page.stored.set_aside) == 1


def test_chips_filter_by_severity_and_all_can_be_copied(make_window, workspace, spoiled):
    page = page_of(make_window("import", workspace))
    page.take_files([str(spoiled)])
    card = page._issues
    assert len(card.shown()) == len(page.checked.issues) > 1
    button(page, "issueFilter-blocking").click()
    assert [i.code for i in card.shown()] == ["text-in-number"]
    button(page, "issuesCopy").click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == len(page.checked.issues) + 1
    assert any("约三百" in line and "\tC\t" in line for line in copied)


def test_what_is_no_workbook_gets_its_sentence(make_window, workspace, tmp_path):
    broken = tmp_path / "说明.xlsx"
    broken.write_text("not a workbook")
    page = page_of(make_window("import", workspace))
    page.take_files([str(broken)])
    assert page.checked.unreadable == ("说明.xlsx",)
    assert not page.header.primary.isEnabled()
    assert "没有识别到" in page.header.sentence


def test_files_dropped_on_the_window_are_checked(make_window, workspace):
    made = make_window("overview", workspace)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(TAX))])
    event = QDropEvent(
        QPoint(40, 40).toPointF(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    made.window.dropEvent(event)
    page = page_of(made)
    assert made.window.current_page is page
    assert page.checked.order.paths == (str(TAX),)


def test_files_wait_until_a_workspace_is_open(make_window, empty_workspace):
    made = make_window("import")
    page = page_of(made)
    made.window.import_requested.emit([str(TAX)])
    assert page.state == "empty"
    assert page.checked is None
    made.session.open(empty_workspace)
    assert page.checked is not None
    assert page.checked.order.paths == (str(TAX),)


def test_a_first_import_makes_the_year_known(make_window, empty_workspace):
    made = make_window("import", empty_workspace)
    page = page_of(made)
    page._target.set_year(2024)
    page.take_files([str(path) for path in sorted(SAMPLES.glob("*.xlsx"))])
    assert page.checked.order.year == 2024
    page.header.primary.click()
    assert made.window.context.year == 2024
    assert page.stored is not None
    assert page.header.primary.text() == "去评价"


def test_changing_year_or_zone_checks_again(make_window, workspace):
    page = page_of(make_window("import", workspace))
    page.take_files([str(TAX)])
    page._target.set_year(2023)
    page._target.changed.emit()
    assert page.checked.order.year == 2023
    page._target.set_zone("新园区")
    page._target.changed.emit()
    assert page.checked.order.zone == "新园区"


def test_a_check_can_be_cancelled(make_window, workspace, runner: JobRunner, qtbot):
    made = make_window("import", workspace, runner=runner)
    page = page_of(made)
    qtbot.waitUntil(lambda: page.state == "ready" and not runner.is_busy)
    page.take_files([str(TAX)])
    (job,) = runner.jobs
    assert not job.quiet
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert page.checked is None
    assert "已取消" in page.banner.text
    page.take_files([str(TAX)])
    qtbot.waitUntil(lambda: page.checked is not None)
    assert page.checked.enterprises == 125


def test_an_import_undone_elsewhere_is_not_shown_as_stored(make_window, workspace):
    made = make_window("import", workspace)
    page = page_of(made)
    page.take_files([str(TAX)])
    page.commit()
    assert page.stored is not None
    made.window.go_to("history")
    made.window.page("history").undo_button.click()
    made.window.go_to("import")
    assert page.stored is None
    assert page.state == "ready"
    assert "已导入" not in page.header.sentence
