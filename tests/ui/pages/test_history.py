"""The page 操作记录 on the sample city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.helpers.adjudicating import published
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.history import HistoryPage

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"


def page_of(made: Assembly) -> HistoryPage:
    page = made.window.page("history")
    assert isinstance(page, HistoryPage)
    return page


def test_operations_are_listed_newest_first(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("history", workspace))
    kinds = list(page.table.table_model.values("kind"))
    assert sorted(kinds) == ["导入", "导入", "评价", "评价"]
    assert kinds[0] == "评价"
    assert list(page.table.table_model.values("state")).count("可以撤销") == 1


def test_an_entry_is_undone_and_the_record_stays(make_window: MakeWindow, workspace: Path) -> None:
    zone = "示例市东园产业集聚区"
    with operations.open_workspace(workspace) as ws:
        operations.enter_star(ws, zone, 2024, "official", 2, "某通知")
    page = page_of(make_window("history", workspace))
    assert "星级认定结果：二星" in page.header.sentence
    page.undo_button.click()
    labels = list(page.table.table_model.values("label"))
    assert labels[0].startswith("撤销：")
    states = dict(zip(labels, page.table.table_model.values("state"), strict=True))
    assert states[labels[1]] == "已撤销"
    assert page.banner.text.startswith("已撤销：")
    assert "认定结果" not in page.header.sentence


def test_undo_takes_back_the_stored_value(make_window: MakeWindow, workspace: Path) -> None:
    zone = "示例市东园产业集聚区"
    with operations.open_workspace(workspace) as ws:
        before = operations.star_records(ws, 2024)
        operations.enter_star(ws, zone, 2024, "official", 2, "某通知")
    made = make_window("history", workspace)
    page_of(made).undo_button.click()
    made.session.close()
    with operations.open_workspace(workspace) as ws:
        assert operations.star_records(ws, 2024) == before


def test_a_new_file_has_nothing_to_undo(make_window: MakeWindow, empty_workspace: Path) -> None:
    page = page_of(make_window("history", empty_workspace))
    assert not page.undo_button.isEnabled()


def test_what_is_published_is_not_offered(make_window: MakeWindow, workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        assert operations.undo_barrier(ws) is None
        published(ws)
        number, why = operations.undo_barrier(ws) or (0, "")
        assert (number, "已经发布" in why) == (operations.last_operations(ws, 1)[0].id, True)
    made = make_window("history", workspace)
    page = page_of(made)
    assert not page.undo_button.isEnabled()
    assert "不能撤销" in page.header.sentence
    made.session.change(
        lambda ws, _progress: operations.enter_star(ws, EAST, 2024, "official", 2, "某通知"),
        lambda _none: None,
        title="",
    )
    assert page.undo_button.isEnabled()
    states = list(page.table.table_model.values("state"))
    assert states[:2] == ["可以撤销", "已锁定"]
    assert "先撤销后面的操作" not in states
