"""更名、合并、新代码 and 合并评价 from the pane of an enterprise."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.departments import code
from tests.ui.pages.conftest import MakeWindow
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.enterprises.changes import ChangeDialog, ChangeEntry
from zoneeval_ui.pages.enterprises.merging import MergeDialog, MergeEntry
from zoneeval_ui.pages.enterprises.page import EnterprisesPage


def opened(make_window: MakeWindow, path: Path) -> tuple[Assembly, EnterprisesPage, list[str]]:
    made = make_window("enterprises", path)
    page = made.window.findChild(EnterprisesPage)
    dataset = page._content.dataset
    zone = dataset.text("zone")[0]
    codes = [str(c) for c, z in zip(dataset.text("uscc"), dataset.text("zone"), strict=True)
             if z == zone]  # fmt: skip
    page.select_enterprise(codes[0])
    return made, page, codes


def click(qtbot: QtBot, page: EnterprisesPage, name: str) -> None:
    button = page.pane.findChild(QPushButton, name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(made: Assembly, path: Path) -> operations.Workspace:
    made.window.close()
    made.session.close()
    return operations.open_workspace(path, read_only=True)


def test_a_new_code_is_recorded_from_the_pane(
    make_window: MakeWindow, workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, page, codes = opened(make_window, workspace)
    entry = ChangeEntry("new_code", codes[0], "", code(5), "2025-01-01", "样例通知书")
    monkeypatch.setattr(page.relations, "ask_change", lambda *_: entry)
    click(qtbot, page, "enterpriseChange")
    assert page.pane.uscc == codes[0]
    with stored(made, workspace) as ws:
        (step,) = operations.successions(ws)
        assert (step.old, step.new, step.document) == (codes[0], code(5), "样例通知书")


def test_merged_evaluation_is_marked_shown_and_dissolved(
    make_window: MakeWindow, workspace: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, page, codes = opened(make_window, workspace)
    year = page._content.year
    answers = [MergeEntry(year, codes[0], (codes[1],), "group"), MergeEntry(year, codes[0], ())]
    given: list[object] = []

    def ask(*what: object) -> MergeEntry:
        given.append(what[3])
        return answers.pop(0)

    monkeypatch.setattr(page.relations, "ask_merge", ask)
    click(qtbot, page, "enterpriseMerge")
    page.select_enterprise(codes[1])
    click(qtbot, page, "enterpriseMerge")
    assert given[0] is None
    assert given[1] is not None
    with stored(made, workspace) as ws:
        assert operations.merged_groups(ws, year) == []
        assert operations.last_operations(ws, 1)[0].label.startswith("取消")


def test_what_was_recorded_can_be_taken_back_in_the_pane(
    make_window: MakeWindow, workspace: Path, qtbot: QtBot
) -> None:
    with operations.open_workspace(workspace) as ws:
        mine = operations.enterprise_data(ws, 2024)[0].uscc
        operations.remember_alias(ws, "name", "老样例厂", mine)
        operations.record_succession(ws, code(5), mine, "merger", "2024-01-01")
    made, page, _ = opened(make_window, workspace)
    page.select_enterprise(mine)
    assert len(page.pane.findChildren(QPushButton, "enterpriseRemove")) == 2
    click(qtbot, page, "enterpriseRemove")
    click(qtbot, page, "enterpriseRemove")
    with stored(made, workspace) as ws:
        assert operations.aliases(ws) == []
        assert operations.successions(ws) == []


def test_the_form_of_changes(qtbot: QtBot) -> None:
    dialog = ChangeDialog(code(1), "样例", [(code(1), "样例"), (code(2), "别的")])
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    dialog.new_name.setText("新样例有限公司")
    assert dialog.save.isEnabled()
    assert dialog.entry().kind == "rename"
    dialog.kind.setCurrentIndex(1)
    dialog.new_code.setText("123")
    assert "有误" in dialog.fault.text()
    dialog.new_code.setText(code(1))
    assert "相同" in dialog.fault.text()
    dialog.new_code.setText(code(3))
    assert dialog.entry().new_code == code(3)
    dialog.kind.setCurrentIndex(2)
    assert not dialog.save.isEnabled()
    assert dialog.into.count() == 1
    dialog.into.setCurrentIndex(0)
    assert dialog.entry() == ChangeEntry("merger", code(1), "", code(2), "", "")


def test_the_form_of_merged_evaluation(qtbot: QtBot) -> None:
    others = [(code(n), f"样例{n}") for n in range(1, 5)]
    dialog = MergeDialog(2024, (code(1), "样例1"), others, None)
    qtbot.addWidget(dialog)
    assert dialog.list.count() == 3
    assert not dialog.save.isEnabled()
    dialog.tick(code(3))
    assert dialog.save.isEnabled()
    dialog.search.setText("样例2")
    assert dialog.chosen() == (code(3),)
    assert dialog.entry() == MergeEntry(2024, code(1), (code(3),), "tenants", "")
