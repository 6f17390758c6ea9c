"""The step 对应列: doubtful columns are decided with a keystroke and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.departments import code, save_book
from tests.ui.pages.conftest import SAMPLES, MakeWindow
from zoneeval_db import operations
from zoneeval_ui.pages.importing import ImportPage
from zoneeval_ui.pages.importing.steps import CHECK, CHOOSE, COLUMNS

TAX = SAMPLES / "2024" / "税务局.xlsx"
HEAD = ["统一社会信用代码", "企业名称", "税收实际贡献额（元）", "国民经济行业小类"]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Return a workbook with two doubtful columns."""
    rows = [HEAD, [code(1), "样例1", 30000, "3484"], [code(2), "样例2", 40000, "1511"]]
    return save_book(tmp_path / "税务局.xlsx", {"税": rows})


@pytest.fixture
def page(make_window: MakeWindow, empty_workspace: Path, odd: Path) -> ImportPage:
    """Return the page after the check of that workbook."""
    made = make_window("import", empty_workspace)
    found = made.window.current_page
    assert isinstance(found, ImportPage)
    found._target.set_zone("东园")
    found.take_files([str(odd)])
    return found


def cell(page: ImportPage, row: int, key: str) -> object:
    model = page._stepping.card.columns.table_model
    return model.index(row, model.column_of(key)).data()


def select(page: ImportPage, row: int) -> None:
    assert page._stepping.card.columns.select_id(row)


def button(page: ImportPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def test_certain_columns_need_no_step(make_window: MakeWindow, workspace: Path) -> None:
    made = make_window("import", workspace)
    page = made.window.current_page
    assert isinstance(page, ImportPage)
    page.take_files([str(TAX)])
    assert page._stepping.step == CHECK
    button(page, f"importStep-{COLUMNS}").click()
    assert page._stepping.step == COLUMNS
    assert page.header.primary.text() == "下一步：检查"
    page.header.primary.click()
    assert page._stepping.step == CHECK
    button(page, f"importStep-{CHOOSE}").click()
    assert page.header.primary.text() == "下一步：对应列"


def test_doubtful_columns_come_first_with_their_values(page: ImportPage) -> None:
    assert page._stepping.step == COLUMNS
    assert page._stepping.card.waiting == 2
    assert "2 列待定" in button(page, f"importStep-{COLUMNS}").text()
    assert "2 列拿不准" in page.header.sentence
    assert cell(page, 2, "field") == "税收实际贡献？"
    assert cell(page, 2, "examples") == "30000　40000"
    assert cell(page, 2, "unit") == "元"
    assert str(cell(page, 2, "state")).endswith("%")


def test_keys_decide_and_the_layout_is_remembered(
    page: ImportPage, empty_workspace: Path, odd: Path, qtbot: QtBot
) -> None:
    table = page._stepping.card.columns
    select(page, 2)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert cell(page, 2, "state") == "已指定"
    select(page, 3)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert cell(page, 3, "field") == "不导入"
    assert page._stepping.card.waiting == 0
    assert page.header.primary.text() == "按此对应重新检查"
    page.header.primary.click()
    assert page._stepping.step == CHECK
    assert page.checked is not None
    assert "heading-similar" not in {issue.code for issue in page.checked.issues}
    page.header.primary.click()
    assert page.stored is not None
    page.session.close()
    with operations.open_workspace(empty_workspace) as ws:
        year = operations.years(ws)[0]
        (first, _) = operations.enterprise_data(ws, year)
        assert first.values["tax_paid"].value == 3
        (layout,) = operations.remembered_mappings(ws).values()
        assert layout.department == "企业数据"
        again = operations.import_workbooks(ws, [odd], year=year, dry_run=True)
        assert "heading-similar" not in {issue.code for issue in again.draft.issues}


def test_a_decision_can_be_taken_back(page: ImportPage, qtbot: QtBot) -> None:
    table = page._stepping.card.columns
    select(page, 3)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.keyClick(table, Qt.Key.Key_Backspace)
    assert cell(page, 3, "field") == "行业代码？"
    assert not page._stepping.card.changed


def test_the_editor_searches_fields_and_checks_units(page: ImportPage, qtbot: QtBot) -> None:
    editor = page._stepping.card.editor
    select(page, 2)
    qtbot.keyClick(page._stepping.card.columns, Qt.Key.Key_Return)
    editor.field.setCurrentText("利润总额")
    editor.unit.setCurrentText("亩")
    editor.apply()
    assert cell(page, 2, "field") == "税收实际贡献？"
    editor.field.setCurrentText("利润总额")
    editor.unit.setCurrentText("千元")
    qtbot.keyClick(editor.unit, Qt.Key.Key_Return)
    assert (cell(page, 2, "field"), cell(page, 2, "unit")) == ("利润总额", "千元")
    editor.field.setCurrentText("没有这一项")
    editor.apply()
    assert cell(page, 2, "field") == "利润总额"
    page.header.primary.click()
    assert page.checked is not None
    (sheet,) = page.checked.sheets
    assert [(c.field, c.unit) for c in sheet.columns][2] == ("利润总额", "千元")


def test_mappings_are_exported_and_imported(
    page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "对应.json"
    select(page, 2)
    page._stepping.card.accept_suggestion()
    page.header.primary.click()
    page.commit()
    monkeypatch.setattr(page._stepping, "ask_target", lambda: str(out))
    button(page, "mappingExport").click()
    assert "1 个版式" in page.banner.text
    assert "tax_paid" in out.read_text("utf-8")
    monkeypatch.setattr(page._stepping, "ask_source", lambda: str(out))
    button(page, "mappingImport").click()
    assert "已记住 1 个版式" in page.banner.text
    out.write_text("{}", "utf-8")
    button(page, "mappingImport").click()
    assert "没有可以记住的版式" in page.banner.text


def test_a_sheet_that_nobody_knows_can_be_mapped(
    make_window: MakeWindow, empty_workspace: Path, tmp_path: Path
) -> None:
    rows = [["代号", "厂家", "缴了多少"], [code(1), "样例1", 30000]]
    book = save_book(tmp_path / "怪.xlsx", {"怪": rows})
    made = make_window("import", empty_workspace)
    page = made.window.current_page
    assert isinstance(page, ImportPage)
    page._target.set_zone("东园")
    page.take_files([str(book)])
    assert page._stepping.step == COLUMNS
    for row, label, unit in ((0, "统一社会信用代码", ""), (2, "税收实际贡献（万元）", "元")):
        select(page, row)
        editor = page._stepping.card.editor
        editor.field.setCurrentText(label)
        editor.unit.setCurrentText(unit)
        editor.apply()
    page.header.primary.click()
    assert page.checked is not None
    assert page.checked.can_commit
    assert page.checked.enterprises == 1


def test_a_unit_that_does_not_fit_waits_for_a_decision(
    make_window: MakeWindow, empty_workspace: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [[*HEAD[:2], "综合能耗（吨）"], [code(1), "样例1", 120]]
    book = save_book(tmp_path / "统计局.xlsx", {"统计": rows})
    made = make_window("import", empty_workspace)
    page = made.window.current_page
    assert isinstance(page, ImportPage)
    page._target.set_zone("东园")
    page.take_files([str(book)])
    card = page._stepping.card
    assert (page._stepping.step, card.waiting) == (COLUMNS, 1)
    assert cell(page, 2, "state") == "单位不符"
    select(page, 2)
    qtbot.keyClick(card.columns, Qt.Key.Key_Space)
    assert card.waiting == 1
    card.editor.unit.setCurrentText("吨标准煤")
    card.editor.apply()
    assert card.waiting == 0
    page.header.primary.click()
    assert page.checked is not None
    assert page.checked.can_commit
    assert not card.changed
