"""政策与测算: tariffs are copied, filled in and saved; amounts are estimated and compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.helpers.lists_pages import prepared, segment_of, tariff_text
from zoneeval.policy.tariff_editing import add_rate
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies.copying import CopyDialog, NewHead

MakeWindow = Callable[..., Assembly]
HEAD = NewHead("示意价格表（2025 年）", "示意〔2025〕1号", 2025, 2025)


def begun(segment: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    def agree(dialog: CopyDialog) -> QDialog.DialogCode:
        assert dialog.start.isHidden()
        dialog.title.setText(HEAD.title)
        dialog.number.setText(HEAD.number)
        dialog.year.setValue(HEAD.year)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(CopyDialog, "exec", agree)
    segment.actions_bar.copy_button.click()
    return segment.editor


def field(editor: Any, name: str) -> QLineEdit:
    found = editor.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_the_shipped_tariff_says_why_it_is_empty_and_cannot_be_edited(
    make_window: MakeWindow, workspace: Path
) -> None:
    segment = segment_of(make_window("lists", workspace), "measures")
    assert not segment.actions_bar.edit_button.isEnabled()
    assert segment.views["text"].table.table_model.rowCount() == 0
    view = segment.open_view("estimate")
    assert view.words.text() == "没有企业适用这份价格表的标准，没有金额。"
    assert "未见河南省或郑州市" in view.doubts.text()


def test_a_copy_is_filled_in_with_faults_shown_at_once_and_saved_as_a_version(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    made = make_window("lists", workspace)
    segment = segment_of(made, "measures")
    editor = begun(segment, monkeypatch)
    assert segment.is_editing
    editor._replace(add_rate(editor.text, "C"))
    qtbot.waitUntil(lambda: editor.findChild(QLineEdit, "rate-0-amount") is not None)
    editor.try_now()
    assert "第 1 条标准" in editor.faults.text()
    assert not editor.save_button.isEnabled()
    unsaved = segment.page.unsaved()
    assert unsaved is not None
    assert "1 处问题" in unsaved.reason
    amount = field(editor, "rate-0-amount")
    amount.setText("0.05")
    amount.textEdited.emit("0.05")
    editor.try_now()
    assert editor.faults.text() == "没有问题，可以保存。"
    assert editor.effect.text().startswith("全年加价 ")
    starts = field(editor, "rate-0-starts")
    starts.textEdited.emit("2025-13-01")
    editor.try_now()
    assert "2025-13-01" in editor.faults.text()
    starts.textEdited.emit("2025-07-01")
    editor.try_now()
    editor.note.setText("征求意见稿")
    editor.save_button.click()
    assert not segment.is_editing
    assert segment.page.unsaved() is None
    assert segment.page.tariff.value_text == HEAD.title
    assert segment.views["text"].table.table_model.values("starts").tolist() == ["2025-07-01"]
    made.session.close()
    with operations.open_workspace(workspace) as ws:
        held = operations.own_tariffs(ws)
        assert [(one.id, one.newest.note) for one in held] == [("henan-2025", "征求意见稿")]


def test_a_tariff_that_was_not_saved_is_asked_about(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_window("lists", workspace)
    segment = segment_of(made, "measures")
    begun(segment, monkeypatch)
    asked: list[str] = []

    def stay(unsaved: Any, _parent: Any) -> str:
        asked.append(unsaved.text)
        return "stay"

    made.window.leaving.ask = stay
    made.window.go_to("overview")
    assert asked == [f"价格表“{HEAD.title}”的修改还没有保存。"]
    assert made.window.current_page is segment.page
    segment.page.open_segment("handing")
    assert segment.page.tariff.isEnabled()
    segment.page.open_segment("measures")
    assert segment.is_editing
    made.window.leaving.ask = lambda _unsaved, _parent: "save"
    made.window.go_to("overview")
    assert segment.page.content.tariff.ref == "henan-2025@1"
    assert not segment.is_editing


def test_the_estimate_lists_unknown_use_apart_and_every_rate_with_its_document(
    make_window: MakeWindow, workspace: Path
) -> None:
    prepared(workspace, tariff_text(water=True))
    view = segment_of(make_window("lists", workspace), "measures", "shiyi-2025").open_view(
        "estimate"
    )
    assert "9 家用量未知，不计入合计" in view.words.text()
    totals = view.totals.table_model
    water = totals.values("what").tolist().index("用水加价")
    assert totals.values("unknown")[water] == 9
    assert totals.values("amount")[water] != totals.values("amount")[water]
    assert set(view.lines.table_model.values("document")) == {"示意〔2025〕1号（示意）"}
    view.chips.choose("unknown")
    view.chips.changed.emit("unknown")
    assert set(view.lines.table_model.values("what")) == {"用水加价"}
    assert view.lines.table_model.rowCount() == 9


def test_two_tariffs_stand_side_by_side(make_window: MakeWindow, workspace: Path) -> None:
    prepared(workspace, tariff_text("jia-2025", 0.05), tariff_text("yi-2025", 0.15))
    segment = segment_of(make_window("lists", workspace), "measures", "yi-2025")
    view = segment.open_view("compare")
    assert view.picker.value_text == "示意价格表0.05"
    model = view.totals.table_model
    assert model.values("after")[0] == pytest.approx(3 * model.values("before")[0])
    assert view.words.text().startswith("乙表比甲表全年加价多 ")
    lines = view.lines.table_model
    assert set(lines.values("rate_before")) == {"0.05 元/千瓦时（示意〔2025〕1号）"}
    view.choose("henan")
    assert "没有标准，不能比较" in view.words.text()
    assert lines.rowCount() == 0


def test_a_faulty_file_is_told_with_its_faults_and_a_sound_one_is_kept(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = segment_of(make_window("lists", workspace), "measures")
    path = tmp_path / "方案.toml"
    monkeypatch.setattr(segment.page, "ask_open", lambda _title, _kinds: path)
    path.write_text(tariff_text().replace("元/千瓦时", "元/亩"), encoding="utf-8")
    segment.actions_bar.import_button.click()
    assert "rates[1].unit" in segment.page.banner.text
    path.write_text(tariff_text(), encoding="utf-8")
    segment.actions_bar.import_button.click()
    assert segment.page.content.tariff.ref == "shiyi-2025@1"
    out = tmp_path / "导出.toml"
    monkeypatch.setattr(segment.page, "ask_save", lambda *_words: out)
    segment.actions_bar.export_button.click()
    assert out.read_text(encoding="utf-8") == tariff_text()
    segment.actions_bar.delete_button.click()
    assert segment.page.content.tariff.ref == "henan"


def test_another_surcharge_is_entered_and_removed(make_window: MakeWindow, workspace: Path) -> None:
    segment = segment_of(make_window("lists", workspace), "measures")
    view = segment.open_view("others")
    dialog = view.add()
    assert not dialog.save.isEnabled()
    dialog.uscc.setCurrentIndex(0)
    code = dialog.code
    dialog.rate.setText("0.1")
    dialog.document.setText("示意〔2024〕9号")
    dialog.unit.setText("元/亩")
    dialog.store()
    assert "单位不对" in dialog.fault.text()
    dialog.unit.setText("元/千瓦时")
    dialog.store()
    assert view.table.table_model.values("uscc").tolist() == [code]
    assert view.table.table_model.values("rate").tolist() == ["0.1 元/千瓦时"]
    view.table.select_id(view.found[0].id)
    view.remove_button.click()
    assert view.table.table_model.rowCount() == 0
