"""Templates, lists and letters from the window, and decisions about taking part."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.enterprises import EnterprisesPage
from zoneeval_ui.pages.enterprises.letters import LetterDialog
from zoneeval_ui.pages.enterprises.participation import DecisionEntry, ParticipationDialog
from zoneeval_ui.pages.importing.page import ImportPage


def enterprises(made: Assembly) -> EnterprisesPage:
    page = made.window.page("enterprises")
    assert isinstance(page, EnterprisesPage)
    return page


def choose(menu: QMenu, name: str) -> None:
    """Choose an entry of a menu or of one below it."""
    found = [a for m in (menu, *menu.findChildren(QMenu)) for a in m.actions()]
    (action,) = [a for a in found if a.objectName() == name]
    action.trigger()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("givingSheets", "2024年度企业数据确认单.xlsx"),
        ("givingOne", "2024年度企业数据确认单.xlsx"),
        ("givingParticipants", "2024年度参评名单.xlsx"),
        ("givingLand", "2024年度用地面积公示表.xlsx"),
    ],
)
def test_the_menu_writes_workbooks(
    make_window, workspace: Path, tmp_path: Path, monkeypatch, name: str, file: str
) -> None:
    page = enterprises(make_window("enterprises", workspace))
    monkeypatch.setattr(page.giving, "ask_file", lambda _title, suggested: tmp_path / suggested)
    choose(page.giving.menu, name)
    assert (tmp_path / file).is_file()
    assert page.note.isVisible()
    assert file in page.note.text


def test_one_slip_of_the_selected_enterprise(
    make_window, workspace: Path, tmp_path: Path, monkeypatch
) -> None:
    page = enterprises(make_window("enterprises", workspace))
    out = tmp_path / "一户.xlsx"
    monkeypatch.setattr(page.giving, "ask_file", lambda _title, _suggested: out)
    page.table.select_id(page.table.table_model.id_at(3))
    choose(page.giving.menu, "givingSelected")
    assert out.is_file()


def test_letters_go_into_a_folder(
    make_window, workspace: Path, tmp_path: Path, monkeypatch
) -> None:
    page = enterprises(make_window("enterprises", workspace))
    folder = tmp_path / "函"
    monkeypatch.setattr(page.giving, "ask_folder", lambda _title: folder)

    def typed() -> LetterDialog:
        dialog = LetterDialog(page)
        dialog.lines["issuer"].setText("示例市领导小组办公室")
        return dialog

    monkeypatch.setattr(page.giving, "ask_letter", typed)
    choose(page.giving.menu, "givingLetters")
    assert len(list(folder.glob("*.docx"))) == 8
    assert LetterDialog(page).lines["issuer"].text() == "示例市领导小组办公室"


def test_a_failure_is_said_on_the_page(
    make_window, workspace: Path, tmp_path: Path, monkeypatch
) -> None:
    page = enterprises(make_window("enterprises", workspace))
    monkeypatch.setattr(page.giving, "ask_file", lambda _title, _suggested: tmp_path / "a.txt")
    choose(page.giving.menu, "givingLand")
    assert page.banner.isVisible()
    assert ".xlsx" in page.banner.accessibleName()


def test_a_decision_is_stored_and_shown(make_window, workspace: Path, monkeypatch) -> None:
    page = enterprises(make_window("enterprises", workspace))
    code = str(page.table.table_model.id_at(2))
    page.table.select_id(code)
    entry = DecisionEntry(2024, code, "out", "停产整治", "纪要〔示意〕1号")
    monkeypatch.setattr(page, "ask_decision", lambda _detail: entry)
    page.pane.findChild(QPushButton, "enterpriseDecide").click()
    assert page.pane.uscc == code
    label = page.pane.findChild(QLabel, "enterpriseDecision")
    assert label.text() == "人工决定：停产整治（纪要〔示意〕1号）"
    with operations.open_workspace(workspace, read_only=True) as ws:
        (made,) = operations.participation_decisions(ws, 2024)
    assert (made.uscc, made.decision) == (code, "out")


def test_the_form_asks_for_a_reason(make_window, workspace: Path) -> None:
    page = enterprises(make_window("enterprises", workspace))
    dialog = ParticipationDialog(2024, "X", "示例企业", None, page)
    assert dialog.save.isEnabled()
    assert not dialog.reason.isEnabled()
    assert dialog.entry() == DecisionEntry(2024, "X", None)
    dialog.decision.setCurrentIndex(dialog.decision.findData("out"))
    assert not dialog.save.isEnabled()
    dialog.reason.setText("停产")
    assert dialog.save.isEnabled()
    assert dialog.entry() == DecisionEntry(2024, "X", "out", "停产", "")


def test_blank_templates_need_no_workspace(make_window, tmp_path: Path, monkeypatch) -> None:
    made = make_window("import")
    page = made.window.page("import")
    assert isinstance(page, ImportPage)
    page.templates.fill()
    names = [a.text() for a in page.templates.menu.actions() if a.text()]
    assert names == [*operations.template_departments(), "全部模板…"]
    monkeypatch.setattr(page.templates, "ask_file", lambda name: tmp_path / name)
    choose(page.templates.menu, "template-税务")
    assert (tmp_path / "税务（空白模板）.xlsx").is_file()
    monkeypatch.setattr(page.templates, "ask_folder", lambda: tmp_path / "全部")
    choose(page.templates.menu, "templateAll")
    assert len(list((tmp_path / "全部").glob("*.xlsx"))) == 14
    assert "14 个空白模板" in page.banner.accessibleName()


def test_a_list_of_decisions_is_imported_in_the_window(
    make_window, workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "参评名单.xlsx"
    with operations.open_workspace(workspace) as ws:
        operations.export_participants(ws, out, 2024, "zhengzhou-2018")
        code = operations.enterprise_data(ws, 2024)[0].uscc
    book = openpyxl.load_workbook(out)
    headings = {cell.value: cell.column for cell in book["参评名单"][4]}
    book["参评名单"].cell(5, headings["人工决定"]).value = "不参评"
    book["参评名单"].cell(5, headings["理由"]).value = "停产整治"
    book.save(out)
    made = make_window("import", workspace)
    page = made.window.page("import")
    assert isinstance(page, ImportPage)
    page.take_files([str(out)])
    assert page.checked is not None
    assert page.checked.can_commit
    page.commit()
    assert page.stored is not None
    assert page.stored.decisions == 1
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert [d.uscc for d in operations.participation_decisions(ws, 2024)] == [code]
