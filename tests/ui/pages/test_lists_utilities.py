"""执行名单: issued with a document, compared with the one before, withdrawn, reported on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.lists_pages import prepared, segment_of, tariff_text
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly

MakeWindow = Callable[..., Assembly]
ISSUED = {"document": "执行〔示意〕1号", "on": "2025-07-01"}


def row_of(segment: Any, utility: str) -> dict[str, Any]:
    model = segment.table.table_model
    at = list(model.values("utility")).index(utility)
    return {column.key: model.values(column.key)[at] for column in model.columns}


def show(segment: Any, key: str) -> Any:
    segment.chips.choose(key)
    segment.chips.changed.emit(key)
    return segment.lines.table_model


def test_before_publication_there_are_drafts_only(make_window: MakeWindow, workspace: Path) -> None:
    prepared(workspace, tariff_text(), published=False)
    segment = segment_of(make_window("lists", workspace), "utilities", "shiyi-2025")
    assert not segment.page.export_button.isEnabled()
    assert "发布以后才能印发" in segment.page.header.sentence
    assert row_of(segment, "供电")["now"] == 11
    assert row_of(segment, "供电")["list"] == "还没有印发"
    segment.page.choose_tariff("henan")
    assert show(segment, "changes").rowCount() == 0
    assert "标准待定" in segment.words.text()


def test_the_published_run_counts_whatever_policy_is_looked_at(
    make_window: MakeWindow, workspace: Path
) -> None:
    prepared(workspace, tariff_text())
    with operations.open_workspace(workspace) as ws:
        number = operations.list_run(ws).id
        operations.evaluate(ws, year=2024, policy_ref="huangyan-2022")
    made = make_window("lists", workspace)
    made.window.set_context(replace(made.window.context, policy="huangyan-2022"))
    segment = segment_of(made, "utilities", "shiyi-2025")
    assert segment.page.run_id == number
    assert "按“郑州市" in segment.page.header.sentence
    assert segment.page.export_button.isEnabled()


def test_a_list_is_issued_and_the_next_one_says_what_changes(
    make_window: MakeWindow, workspace: Path
) -> None:
    prepared(workspace, tariff_text("jia-2025", 0.05), tariff_text("yi-2025", 0.15))
    segment = segment_of(make_window("lists", workspace), "utilities", "jia-2025")
    assert segment.page.export_button.isEnabled()
    dialog = segment.open_issue()
    assert dialog.ticks["供电"].isChecked()
    assert not dialog.ticks["供水"].isEnabled()
    assert not dialog.save.isEnabled()
    dialog.document.setText(ISSUED["document"])
    dialog.on.setText(ISSUED["on"])
    dialog.store()
    held = row_of(segment, "供电")
    assert (held["list"], held["held"], held["added"]) == ("第 1 号 执行〔示意〕1号", 11, 0)
    assert "一致，下一步：收集执行反馈" in segment.page.header.sentence
    assert list(show(segment, "history").values("tariff")) == ["示意价格表0.05（第 1 版）"]
    segment.page.choose_tariff("yi-2025")
    assert row_of(segment, "供电")["changed"] == 11
    changes = show(segment, "changes")
    assert set(changes.values("kind")) == {"变更"}
    assert changes.values("reason")[0] == "标准由 0.05 变为 0.15"
    assert set(changes.values("document")) == {"示意〔2025〕1号"}


def test_enterprises_without_an_account_are_listed_apart(
    make_window: MakeWindow, workspace: Path
) -> None:
    prepared(workspace, tariff_text(water=True))
    segment = segment_of(make_window("lists", workspace), "utilities", "shiyi-2025")
    segment.table.select_id("供水")
    assert row_of(segment, "供水")["missing"] == 9
    assert set(show(segment, "missing").values("account")) == {"缺户号"}
    assert show(segment, "lines").rowCount() == 0


def test_lists_are_exported_as_issued_and_as_drafts(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(workspace, tariff_text())
    with operations.open_workspace(workspace) as ws:
        operations.issue_lists(ws, "shiyi-2025", **ISSUED)
    segment = segment_of(make_window("lists", workspace), "utilities", "shiyi-2025")
    out = tmp_path / "名单.xlsx"
    monkeypatch.setattr(segment.page, "ask_file", lambda _title, _path: out)
    for action in (segment.exports.draft_action, segment.exports.issued_action):
        out.unlink(missing_ok=True)
        action.trigger()
        book = load_workbook(out)
        assert len(book.sheetnames) > 1
        book.close()


def test_a_list_is_withdrawn_after_a_document(make_window: MakeWindow, workspace: Path) -> None:
    prepared(workspace, tariff_text())
    with operations.open_workspace(workspace) as ws:
        operations.issue_lists(ws, "shiyi-2025", **ISSUED)
    segment = segment_of(make_window("lists", workspace), "utilities", "shiyi-2025")
    dialog = segment.open_withdraw()
    dialog.on.setText("2025-06-01")
    dialog.document.setText("执行〔示意〕2号")
    dialog.reason.setText("文件修订")
    dialog.store()
    assert "早于印发日期" in dialog.fault.text()
    dialog.on.setText("2025-08-01")
    dialog.store()
    assert row_of(segment, "供电")["list"] == "还没有印发"
    assert list(show(segment, "history").values("state")) == ["已撤回"]


def test_a_report_is_taken_in_and_held_against_the_list(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(workspace, tariff_text())
    table = tmp_path / "反馈.xlsx"
    with operations.open_workspace(workspace) as ws:
        operations.issue_lists(ws, "shiyi-2025", **ISSUED)
        operations.export_feedback_form(ws, table, 1, "2025-07")
    book = load_workbook(table)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    places = {str(cell.value): cell.column for cell in heads if cell.value}
    for key, value in (("用量", 100000), ("执行标准", 0.04), ("金额", 4000)):
        column = next(place for name, place in places.items() if name.startswith(key))
        sheet.cell(heads[0].row + 1, column, value)
    book.save(table)
    segment = segment_of(make_window("lists", workspace), "utilities", "shiyi-2025")
    assert show(segment, "feedback").rowCount() == 0
    monkeypatch.setattr(segment.page, "ask_open", lambda _title, _kinds: table)
    segment.take_in().store()
    assert "已导入" in segment.page.banner.text
    model = show(segment, "feedback")
    assert model.values("status")[0] != "一致"
    assert next(x.unit for x in model.columns if x.key == "use") == "万千瓦时"
    assert "反馈金额" in segment.words.text()
