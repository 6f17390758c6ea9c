"""The page 园区星级 on the sample city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from zoneeval.engine import rate_zone, zone_figures
from zoneeval.model.records import ZoneValue
from zoneeval.model.standing import BELOW_GATE, CriterionStanding, ZoneStanding
from zoneeval.policy.loader import parse_ladder
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.data import DataSegment
from zoneeval_ui.pages.stars.entry import FIGURE, OFFICIAL, TARGET, Entry, EntryDialog
from zoneeval_ui.pages.stars.rating import RatingSegment
from zoneeval_ui.pages.stars.standing import aim_of, distance_words, ladder_rows, step_of
from zoneeval_ui.theme import Tone

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"


def page_of(made: Assembly) -> StarsPage:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    return page


def rating_of(page: StarsPage) -> RatingSegment:
    segment = page.open_segment("rating")
    assert isinstance(segment, RatingSegment)
    return segment


def data_of(page: StarsPage) -> DataSegment:
    segment = page.open_segment("data")
    assert isinstance(segment, DataSegment)
    return segment


def cell(page: StarsPage, zone: str, key: str) -> object:
    model = rating_of(page).table.table_model
    return model.values(key)[list(model.values("zone")).index(zone)]


def label(page: StarsPage, name: str) -> QLabel:
    found = rating_of(page).pane.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def test_zones_are_rated_and_the_doubt_is_said(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("stars", workspace))
    assert rating_of(page).table.table_model.rowCount() == 3
    assert cell(page, EAST, "verdict") == "二星"
    assert cell(page, EAST, "target") == "三星"
    assert cell(page, EAST, "official") is None
    assert cell(page, EAST, "distance") == "规上工业增加值差 5.83 亿元（+24.1%），共 2 项未达"
    assert cell(page, "示例市南园产业集聚区", "distance") == "已达"
    assert "不能用于申报" in page.header.sentence
    assert page.certainty.text == "示意，非官方数值"


def test_the_pane_says_what_is_missing(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("stars", workspace))
    rating_of(page).table.select_id(EAST)
    assert label(page, "starsPaneTitle").text() == "怎样到三星"
    assert label(page, "step-above_scale_value_added").text() == "差 5.83 亿元，需增长 24.1%"
    assert label(page, "step-tax_revenue").text() == "已达"


def test_a_threshold_is_asked_for_its_clause(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("stars", workspace))
    rating_of(page).chart.threshold_clicked.emit("tax_revenue", 3)
    assert rating_of(page).clause.text() == "税收收入，三星 4.5 亿元：示意数值，未见公布"


def test_another_ladder_gives_a_range(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("stars", workspace))
    page.ladder.picked.emit("henan-service-zones-2016")
    assert cell(page, EAST, "verdict") == "至少一星，至多五星"
    assert "没有见到公布的数值" in page.header.sentence
    assert page.certainty.text == "部分内容未见原文"
    assert "未知" in label(page, "step-tax_revenue").text()
    page.reload()
    assert page.ladder.current == "henan-service-zones-2016"


def test_an_official_figure_is_entered_and_used(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("stars", workspace))
    entry = Entry(EAST, "2024", FIGURE, "above_scale_value_added", 31.5, "亿元", 0, "统计公报")
    monkeypatch.setattr(page, "ask_entry", lambda _proposed: entry)
    page.enter_button.click()
    assert cell(page, EAST, "criterion:above_scale_value_added") == pytest.approx(31.5)
    model = data_of(page).figures.table.table_model
    row = list(model.values("label")).index("规上工业增加值")
    assert model.values("official")[row] == pytest.approx(315_000)
    assert model.values("used")[row] == pytest.approx(315_000)
    assert model.values("computed")[row] == pytest.approx(241_728.57)
    assert model.values("source")[row] == "统计公报"
    share = list(model.values("label")).index("R&D投入强度")
    assert model.values("unit")[share] == "%"
    assert model.values("used")[share] == pytest.approx(29827.68 / 1070915.92 * 100)
    assert "已保存" in page.banner.text


def test_an_official_star_is_entered(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("stars", workspace))
    entry = Entry(EAST, "2024", OFFICIAL, level=3, document="认定通知")
    monkeypatch.setattr(page, "ask_entry", lambda _proposed: entry)
    page.enter_button.click()
    assert cell(page, EAST, "official") == "三星"
    assert cell(page, EAST, "verdict") == "二星"


def test_an_official_result_may_be_below_the_gate(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = EntryDialog((EAST,), Entry(EAST, "2024"))
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(OFFICIAL))
    assert dialog.level.currentText() == "门槛"
    dialog.level.setCurrentIndex(dialog.level.findText("未达门槛"))
    entry = dialog.entry()
    assert entry.level == BELOW_GATE
    dialog.kind.setCurrentIndex(dialog.kind.findData(TARGET))
    assert dialog.level.findText("未达门槛") == -1
    assert dialog.entry().level == 0
    again = EntryDialog((EAST,), entry)
    qtbot.addWidget(again)
    assert again.level.currentText() == "未达门槛"
    page = page_of(make_window("stars", workspace))
    monkeypatch.setattr(page, "ask_entry", lambda _proposed: entry)
    page.enter_button.click()
    assert cell(page, EAST, "official") == "未达门槛"
    assert cell(page, EAST, "verdict") == "二星"


def test_the_form_wants_a_number(qtbot: QtBot) -> None:
    dialog = EntryDialog((EAST,), Entry(EAST, "2024"))
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    dialog.value.setText("三十四")
    assert "数字" in dialog.fault.text()
    dialog.indicator.setCurrentIndex(dialog.indicator.findData("rd_intensity"))
    dialog.value.setText("3.5")
    assert dialog.save.isEnabled()
    entry = dialog.entry()
    assert (entry.indicator, entry.value, entry.unit) == ("rd_intensity", 3.5, "%")
    dialog.kind.setCurrentIndex(dialog.kind.findData(OFFICIAL))
    dialog.value.clear()
    assert dialog.save.isEnabled()
    dialog.period.setText("19")
    assert not dialog.save.isEnabled()
    assert "年份" in dialog.fault.text()
    dialog.period.setText("2023年二季度")
    assert not dialog.save.isEnabled()
    assert "按年度" in dialog.fault.text()
    dialog.period.setText("2023")
    assert dialog.entry().period == "2023"
    assert dialog.save.isEnabled()
    dialog.zone.setEditText(" ")
    assert not dialog.save.isEnabled()


def test_a_per_cent_is_stored_as_a_fraction(workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        Entry(EAST, "2024", FIGURE, "rd_intensity", 3.5, "%").store(ws)
        value = next(v for v in operations.zone_values(ws, 2024) if v.indicator == "rd_intensity")
    assert value.value == pytest.approx(0.035)


def test_the_standing_is_exported(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("stars", workspace))
    target = tmp_path / "星级.xlsx"
    monkeypatch.setattr(page, "ask_file", lambda _title, _path: target)
    page.exports.actions["stars"].trigger()
    assert page.note.text == "已导出：星级.xlsx"
    book = load_workbook(target)
    assert any(c.value == EAST for sheet in book for row in sheet for c in row)
    book.close()


def test_without_data_the_page_still_takes_entries(
    make_window: MakeWindow, empty_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("stars", empty_workspace))
    assert page.nothing.isVisible()
    assert page.enter_button.isEnabled()
    assert not page.exports.button.isEnabled()


LADDER = """
schema = 1
id = "a-ladder"
title = "试用阶梯"
issuer = "某市"
year = 2024
status = "illustrative"
levels = 4
[[criteria]]
indicator = "tax_revenue"
unit = "亿元"
thresholds = [1, 5, 10, 20]
illustrative = true
"""
FIGURES = zone_figures(None, [ZoneValue("某园", 2024, "tax_revenue", 40_000.0)])["某园"]


def standing(
    value: float | None, *thresholds: float | str | None, target: int | None = None
) -> ZoneStanding:
    aim = target if target is not None else 1
    wanted = thresholds[aim]
    known = wanted if isinstance(wanted, float) else None
    gap = max(0.0, known - value) if known is not None and value is not None else None
    one = CriterionStanding("k", "税收", "亿元", value, thresholds, 0, 0, known, gap, None)
    return ZoneStanding("某园", 2024, 0, 0, target, None, (one,))


@pytest.mark.parametrize(
    ("value", "threshold", "words", "tone"),
    [
        (4.0, 5.0, "差 1 亿元，需增长 25%", Tone.C),
        (5.0, 5.0, "已达", Tone.A),
        (None, 5.0, "缺数据，请录入或导入", Tone.UNCERTAIN),
        (4.0, "unknown", "门槛未知，没有见到公布的数值", Tone.UNCERTAIN),
        (4.0, None, "这一级不要求", Tone.PLAIN),
        (0.0, 5.0, "差 5 亿元", Tone.C),
        (-1.0, 5.0, "差 6 亿元", Tone.C),
    ],
)
def test_what_is_missing_in_words(
    value: float | None, threshold: float | str | None, words: str, tone: Tone
) -> None:
    step = step_of(standing(value, 1.0, threshold).criteria[0], 1)
    assert (step.verdict, step.tone) == (words, tone)


def test_the_gap_is_that_to_the_target() -> None:
    two_up = rate_zone(parse_ladder(LADDER), "某园", 2024, FIGURES, target=2, official=None)
    assert two_up.at_least == 0
    step = step_of(two_up.criteria[0], 2)
    assert step.change == "4 亿元 → 10 亿元"
    assert step.verdict == "差 6 亿元，需增长 150%"
    assert distance_words(two_up, 4) == ("税收收入差 6 亿元（+150%）", Tone.C)


def test_an_unknown_threshold_below_one_that_is_met_is_met() -> None:
    figures = zone_figures(None, [ZoneValue("某园", 2024, "tax_revenue", 250_000.0)])["某园"]
    text = LADDER.replace("5, 10, 20", '"unknown", "unknown", 20')
    rated = rate_zone(parse_ladder(text), "某园", 2024, figures)
    step = step_of(rated.criteria[0], 1)
    assert (step.verdict, step.tone) == ("已达（更高一级的门槛已达到）", Tone.A)


def test_distances_never_guess() -> None:
    assert distance_words(standing(None, 1.0, 5.0), 2) == ("缺数据：税收", Tone.UNCERTAIN)
    assert distance_words(standing(4.0, 1.0, "unknown"), 2) == ("一星的门槛未知", Tone.UNCERTAIN)
    assert distance_words(standing(4.0, 1.0, 5.0, target=0), 2) == ("已达", Tone.A)
    top = ZoneStanding("某园", 2024, 1, 1, None, None, ())
    assert distance_words(top, 2) == ("已到最高一级", Tone.A)
    assert aim_of(top, 2) is None


def test_the_chart_gets_unknown_and_blank_levels() -> None:
    row = ladder_rows(standing(4.0, None, 5.0, "unknown"), 1)[0]
    assert row.thresholds == (None, 5.0, "unknown")
    assert row.meets is False
    assert row.name == "税收（亿元）"
