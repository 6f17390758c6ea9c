"""The page 名单与政策 on the sample city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from zoneeval.errors import UserError
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.lists import ListsPage
from zoneeval_ui.pages.lists.handing import HandingSegment
from zoneeval_ui.pages.lists.wording import ALL_UTILITIES

MakeWindow = Callable[..., Assembly]


def page_of(made: Assembly) -> ListsPage:
    page = made.window.page("lists")
    assert isinstance(page, ListsPage)
    return page


def handing_of(page: ListsPage) -> HandingSegment:
    segment = page.segment("handing")
    assert isinstance(segment, HandingSegment)
    return segment


def saving_as(page: ListsPage, target: Path | None, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    suggested: list[Path] = []

    def ask(_title: str, path: Path) -> Path | None:
        suggested.append(path)
        return target

    monkeypatch.setattr(page, "ask_file", ask)
    monkeypatch.setattr(page, "ask_folder", ask)
    return suggested


def test_each_list_says_how_many_rows_it_has(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("lists", workspace))
    counts = {key: card.count_label.text() for key, card in handing_of(page).cards.items()}
    assert counts == {
        "results": "125 家",
        "classes": "93 家",
        "exit": "9 家",
        "price": "11 个户号",
        "stars": "3 个园区",
    }
    assert "据第 2 次评价" in page.header.sentence


def test_the_unknown_rate_is_said_with_its_reason(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("lists", workspace))
    handing = handing_of(page)
    doubt = handing.cards["price"].findChild(QLabel, "list-priceDoubt")
    assert isinstance(doubt, QLabel)
    assert doubt.text().startswith("加价标准待定：未见河南省或郑州市")
    assert doubt.text().endswith("供水、燃气、热力的户号还没有导入。")
    handing.chips.choose("price:供电")
    handing.chips.changed.emit("price:供电")
    model = handing.table.table_model
    assert model.rowCount() == 11
    assert set(model.values("rate")) == {"待定"}
    handing.chips.choose("price:供水")
    handing.chips.changed.emit("price:供水")
    assert set(model.values("account")) == {"缺户号"}


def test_the_preview_has_the_rows_of_the_workbook(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("lists", workspace))
    handing = handing_of(page)
    saving_as(page, tmp_path / "退出.xlsx", monkeypatch)
    handing.export("exit")
    names = set(handing.table.table_model.values("name"))
    book = load_workbook(tmp_path / "退出.xlsx")
    cells = {cell.value for row in book.worksheets[0] for cell in row}
    book.close()
    assert len(names) == 9
    assert names <= cells


@pytest.mark.parametrize("key", ["results", "classes", "exit", "price:供电", "stars"])
def test_a_list_is_exported_and_can_be_opened(
    make_window: MakeWindow,
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    page = page_of(make_window("lists", workspace))
    handing = handing_of(page)
    target = tmp_path / "名单.xlsx"
    suggested = saving_as(page, target, monkeypatch)
    handing.export(key)
    assert suggested[0].name.startswith("2024年度")
    assert target.is_file()
    assert page.note.text == "已导出：名单.xlsx"
    opened: list[Path] = []
    monkeypatch.setattr(exporting, "open_path", opened.append)
    page.note.open_button.click()
    page.note.folder_button.click()
    assert opened == [target, tmp_path]


def test_all_price_lists_go_into_a_folder(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("lists", workspace))
    handing = handing_of(page)
    saving_as(page, tmp_path / "价格", monkeypatch)
    handing.export(ALL_UTILITIES)
    assert len(list((tmp_path / "价格").glob("*.xlsx"))) == 6
    assert page.note.text == "已导出 6 个文件到“价格”"


def test_nothing_is_written_where_the_user_turns_back(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("lists", workspace))
    handing = handing_of(page)
    saving_as(page, None, monkeypatch)
    before = set(workspace.parent.rglob("*.xlsx"))
    handing.export("results")
    assert page.note.isHidden()
    assert set(workspace.parent.rglob("*.xlsx")) == before


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
    make_window: MakeWindow,
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    runner: JobRunner,
    qtbot: QtBot,
) -> None:
    made = make_window("lists", workspace, runner=runner)
    page = page_of(made)
    qtbot.waitUntil(lambda: page.export_button.isEnabled())
    told: list[BaseException] = []
    monkeypatch.setattr(made.window, "show_failure", lambda error, _doing="": told.append(error))
    (tmp_path / "不是文件夹").write_text("x")
    saving_as(page, tmp_path / "不是文件夹" / "a.xlsx", monkeypatch)
    page.export_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], UserError)
    assert page.note.isHidden()


def test_without_classes_only_results_and_stars_can_be_exported(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("evaluation", workspace)
    made.window.set_context(replace(made.window.context, policy="huangyan-2022"))
    made.window.page("evaluation").empty_state.clicked.emit()
    made.window.go_to("lists")
    page = page_of(made)
    handing = handing_of(page)
    usable = {
        button.objectName()
        for card in handing.cards.values()
        for button in card.buttons
        if button.isEnabled()
    }
    assert usable == {"export-results", "export-stars"}
    doubt = handing.cards["classes"].findChild(QLabel, "list-classesDoubt")
    assert isinstance(doubt, QLabel)
    assert "各类别比例未见公布" in doubt.text()
    assert handing.preview_card.isHidden()


def test_before_an_evaluation_the_page_leads_there(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("lists", workspace)
    made.window.set_context(replace(made.window.context, policy="huaian-2024"))
    page = page_of(made)
    assert page.stack.currentWidget() is page.nothing
    assert not page.export_button.isEnabled()
    button = page.nothing.findChild(QPushButton, "emptyStateButton")
    assert isinstance(button, QPushButton)
    assert button.text() == "去评价"
