"""导入: mending a finding with one button, all of its kind, and the limits of the checks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from zoneeval.model.repair import RepairChoice
from zoneeval.model.thresholds import Thresholds
from zoneeval_db import operations
from zoneeval_ui.pages.importing import ImportPage
from zoneeval_ui.pages.importing.thresholds import ThresholdsDialog

TAX = Path(__file__).parents[3] / "sample_data" / "demo_city" / "2024" / "税务局.xlsx"


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """Return the tax workbook with three cells that can be mended."""
    path = Path(shutil.copy(TAX, tmp_path / "税务局.xlsx"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["C7"], sheet["C8"], sheet["C9"] = "310（含税）", "295.5。", "#DIV/0!"
    book.save(path)
    return path


@pytest.fixture
def page(make_window, workspace: Path, spoiled: Path) -> ImportPage:
    """Return the import page with the spoiled workbook checked."""
    made = make_window("import", workspace)
    found = made.window.page("import")
    assert isinstance(found, ImportPage)
    found.take_files([str(spoiled)])
    return found


def buttons(page: ImportPage, name: str) -> list[QPushButton]:
    return [b for b in page.findChildren(QPushButton, name) if not b.isHidden()]


def blocking(page: ImportPage) -> list[str]:
    return [i.code for i in page.checked.issues if i.severity.value == "blocking"]


def test_one_button_mends_one_finding(page: ImportPage) -> None:
    assert blocking(page) == ["text-in-number", "text-in-number", "error-cell"]
    assert len(buttons(page, "issueRepair")) == 3
    assert len(buttons(page, "issueRepairAll")) == 2
    buttons(page, "issueRepair")[0].click()
    assert blocking(page) == ["text-in-number", "error-cell"]
    assert len(page.checked.repaired) == 1
    assert buttons(page, "issuesDropRepairs")
    assert not page.header.primary.isEnabled()


def test_all_of_a_kind_and_back_again(page: ImportPage) -> None:
    buttons(page, "issueRepairAll")[0].click()
    assert blocking(page) == ["error-cell"]
    buttons(page, "issuesDropRepairs")[0].click()
    assert len(blocking(page)) == 3
    assert page.checked.repaired == ()
    assert not buttons(page, "issuesDropRepairs")


def test_mended_data_are_stored_and_told_in_the_history(page: ImportPage, workspace: Path) -> None:
    buttons(page, "issueRepairAll")[0].click()
    buttons(page, "issueRepair")[-1].click()
    assert blocking(page) == []
    page.header.primary.click()
    assert page.stored is not None
    with operations.open_workspace(workspace, read_only=True) as ws:
        (newest,) = operations.last_operations(ws, 1)
        assert "修正 3 处" in newest.label
        assert len(operations.repairs_of(ws, newest.id)) == 3


def test_the_history_says_what_was_mended(make_window, workspace: Path, spoiled: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        choices = [RepairChoice("text-in-number"), RepairChoice("error-cell")]
        done = operations.import_workbooks(ws, [spoiled], year=2024, repairs=choices)
        assert done.committed
    page = make_window("history", workspace).window.page("history")
    newest, *rest = page.content.operations
    page.table.select_id(newest.id)
    assert not page.repairs.isHidden()
    words = page.repairs.findChild(QLabel).text()
    assert "税务局.xlsx（税收）第 7 行 C 列：把“310（含税）”读作 310" in words
    page.table.select_id(rest[0].id)
    assert page.repairs.isHidden()


def test_other_files_start_without_repairs(page: ImportPage) -> None:
    buttons(page, "issueRepairAll")[0].click()
    page.take_files([str(TAX)])
    assert page.checked.repaired == ()
    assert page.checked.order.repairs == ()


def test_the_limits_are_asked_for_stored_and_used(page: ImportPage, workspace, monkeypatch) -> None:
    def answer(dialog: ThresholdsDialog) -> int:
        assert dialog.save.isEnabled()
        dialog.line("jump_factor").setText("1")
        assert not dialog.save.isEnabled()
        assert "1.5" in dialog.fault.text()
        dialog.use_defaults()
        dialog.line("zone_total_share").setText("25")
        dialog.line("jump_factor").setText("2")
        return int(QDialog.DialogCode.Accepted)

    before = sum(i.code == "jump" for i in page.checked.issues)
    monkeypatch.setattr(ThresholdsDialog, "exec", answer)
    buttons(page, "issuesThresholds")[0].click()
    assert sum(i.code == "jump" for i in page.checked.issues) > before
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert operations.thresholds(ws) == Thresholds(jump_factor=2, zone_total_share=0.25)


def test_a_dialog_that_was_left_stores_nothing(page: ImportPage, workspace, monkeypatch) -> None:
    monkeypatch.setattr(ThresholdsDialog, "exec", lambda _dialog: 0)
    buttons(page, "issuesThresholds")[0].click()
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert operations.thresholds(ws) == Thresholds()
