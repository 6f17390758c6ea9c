"""The segment 数据: figures by period, which one counts, events, profiles; and the reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from zoneeval.model.period import Period
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.data import DataSegment
from zoneeval_ui.pages.stars.entry import Entry, EntryDialog
from zoneeval_ui.pages.stars.fields_dialog import FieldsDialog
from zoneeval_ui.pages.stars.grouped import grouped_indicators, indicator_box

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"


def data_of(made: Assembly) -> DataSegment:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    segment = page.open_segment("data")
    assert isinstance(segment, DataSegment)
    return segment


def press(segment: DataSegment, name: str) -> None:
    button = segment.figures.pane.findChild(QPushButton, name)
    assert button is not None
    button.click()


def used(segment: DataSegment, key: str) -> float:
    model = segment.figures.table.table_model
    return float(model.values("used")[model.source_row(model.row_of_id(key))])


def test_what_has_no_figure_is_hidden(make_window: MakeWindow, workspace: Path) -> None:
    segment = data_of(make_window("stars", workspace))
    view = segment.figures
    shown = view.table.table_model.rowCount()
    assert 0 < shown < len(ZONE_INDICATORS)
    view.all_box.setChecked(True)
    assert view.table.table_model.rowCount() == len(ZONE_INDICATORS)
    assert "项没有" in view.count.text()


def test_either_figure_may_be_chosen(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = data_of(make_window("stars", workspace))
    key = "above_scale_value_added"
    segment.figures.table.select_id(key)
    proposed: list[Entry] = []

    def answer(entry: Entry) -> Entry:
        proposed.append(entry)
        return Entry(EAST, "2024", indicator=key, value=31.5, unit="亿元", document="公报")

    monkeypatch.setattr(segment.page, "ask_entry", answer)
    press(segment, "figureEnter")
    assert (proposed[0].zone, proposed[0].period, proposed[0].indicator) == (EAST, "2024", key)
    assert used(segment, key) == pytest.approx(315_000)
    press(segment, "figureChoose")
    assert used(segment, key) == pytest.approx(241_728.57)
    press(segment, "figureDefault")
    assert used(segment, key) == pytest.approx(315_000)
    press(segment, "figureRemove")
    assert used(segment, key) == pytest.approx(241_728.57)
    assert "删除" in segment.page.banner.text


def test_quarters_have_figures_of_their_own(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.enter_zone_value(ws, EAST, "2024Q2", "tax_revenue", 1.5, "亿元")
    segment = data_of(make_window("stars", workspace))
    segment.period_picker.picked.emit("Q2")
    assert segment.period == Period(2024, "Q2")
    assert used(segment, "tax_revenue") == pytest.approx(15_000)
    picked = next(c for c in segment.period_picker.choices if c.value == "Q2")
    assert (picked.label, picked.note) == ("2024年上半年（1—6月累计）", "有数据")
    press(segment, "figureRemove")
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert operations.zone_periods(ws) == []


def test_events_are_recorded_and_removed(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = data_of(make_window("stars", workspace))
    view = segment.events

    def answer(dialog: FieldsDialog) -> dict[str, str]:
        assert not dialog.save.isEnabled()
        dialog.set_value("on", "2024-05-31")
        dialog.set_value("kind", "较大安全事故")
        dialog.set_value("count", "-1")
        assert "次数" in dialog.fault.text()
        dialog.set_value("count", "2")
        assert dialog.save.isEnabled()
        return dialog.values()

    monkeypatch.setattr(view, "ask", answer)
    view.buttons["eventAdd"].click()
    model = view.table.table_model
    assert list(model.values("kind")) == ["较大安全事故"]
    assert list(model.values("count")) == [2]
    view.table.select_id(model.id_at(0))
    view.buttons["eventRemove"].click()
    assert model.rowCount() == 0
    assert not view.buttons["eventRemove"].isEnabled()


def test_marks_of_events_are_shown_in_words(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = data_of(make_window("stars", workspace))
    view = segment.events

    def answer(dialog: FieldsDialog) -> dict[str, str]:
        dialog.set_value("on", "2024-12-31")
        dialog.set_value("kind", "未参加当年考核")
        return dialog.values()

    monkeypatch.setattr(view, "ask", answer)
    view.buttons["eventAdd"].click()
    assert list(view.table.table_model.values("kind")) == ["未参加当年考核"]
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert [event.kind for event in operations.zone_events(ws)] == ["not_assessed"]
    assert all(not words.isascii() for words in segment.events.data.kinds.values())  # type: ignore[union-attr]


def test_a_profile_is_changed(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = data_of(make_window("stars", workspace))
    view = segment.profiles

    def answer(dialog: FieldsDialog) -> dict[str, str]:
        dialog.set_value("leading_industries", "汽车")
        assert "不是行业代码" in dialog.fault.text()
        dialog.set_value("leading_industries", "36、3921")
        dialog.set_value("peer_group", "县域")
        return dialog.values()

    monkeypatch.setattr(view, "ask", answer)
    view.table.select_id(EAST)
    view.buttons["profileEdit"].click()
    with operations.open_workspace(workspace, read_only=True) as ws:
        held = operations.zone_profiles(ws)[EAST]
    assert (held.peer_group, held.leading_industries) == ("县域", ("36", "3921"))
    assert "县域" in list(view.table.table_model.values("peers"))


def test_indicators_are_chosen_under_headings(qtbot: QtBot) -> None:
    dialog = EntryDialog((EAST,), Entry(EAST, "2024Q2", indicator="rd_intensity", value=0.035))
    qtbot.addWidget(dialog)
    assert dialog.value.text() == "3.5"
    assert dialog.entry().period == "2024Q2"
    box = indicator_box("box", "指标", dialog)
    headings = len(grouped_indicators())
    assert box.count() == len(ZONE_INDICATORS) + headings
    assert box.findData("tax_revenue") > 0
    assert box.currentData() is not None


def test_reports_are_written(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_window("stars", workspace)
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    names: list[str] = []

    def answer(_title: str, path: Path) -> Path:
        names.append(path.name)
        return tmp_path / path.name

    monkeypatch.setattr(page, "ask_file", answer)
    monkeypatch.setattr(page.exports, "ask_period", lambda periods: periods[0])
    page.exports.actions["bulletin"].trigger()
    page.exports.actions["ledger"].trigger()
    assert names == ["2024年园区通报.docx", "2024年园区月台账.xlsx"]
    assert any(EAST in paragraph.text for paragraph in Document(tmp_path / names[0]).paragraphs)
    assert page.note.text == "已导出：2024年园区月台账.xlsx"
    assert (tmp_path / names[1]).stat().st_size > 0
    page.choose_zone(EAST)
    page.exports.actions["assessment"].trigger()
    assert names[2] == f"{EAST}2024年度自评.docx"
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert [kept.zone for kept in operations.expected_standings(ws)] == [EAST]
