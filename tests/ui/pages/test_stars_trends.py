"""The segment 走势与目标: figures over time, targets, and who may change them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zoneeval.model.period import Period
from zoneeval.model.targets import Target, TargetProgress
from zoneeval.model.zone_indicators import ZoneFigure
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.target_entry import TargetDialog, target_fault
from zoneeval_ui.pages.stars.target_table import state_words, targets_table
from zoneeval_ui.pages.stars.trend_content import TrendContent, trend_of
from zoneeval_ui.pages.stars.trends import TrendSegment
from zoneeval_ui.theme import ThemeMode, current_theme
from zoneeval_ui.widgets.trend import TrendChart, TrendPoint, joined

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"
VALUE_ADDED = "above_scale_value_added"


def trends_of(made: Assembly) -> TrendSegment:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    segment = page.open_segment("trend")
    assert isinstance(segment, TrendSegment)
    return segment


@pytest.fixture
def filled(workspace: Path) -> Path:
    """Return the sample with official figures of earlier years and quarters, and targets."""
    with operations.open_workspace(workspace) as ws:
        for year, value in ((2019, 15.0), (2021, 19.0), (2024, 25.0)):
            operations.enter_zone_value(ws, EAST, year, VALUE_ADDED, value, "亿元", "统计公报")
        for period, value in (("2023Q1", 4.0), ("2023Q2", 11.0), ("2024Q1", 5.0)):
            operations.enter_zone_value(ws, EAST, period, VALUE_ADDED, value, "亿元", "快报")
        operations.set_target(ws, EAST, 2024, VALUE_ADDED, 20, unit="亿元", document="某文件")
        operations.set_target(ws, EAST, 2024, "energy_per_value_added", 0.01)
    return workspace


def test_years_are_drawn_with_their_target(make_window: MakeWindow, filled: Path) -> None:
    segment = trends_of(make_window("stars", filled))
    points = {point.label: point for point in segment.chart.points}
    assert list(points) == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert points["2019"].official == pytest.approx(15.0)
    assert points["2019"].computed is None
    assert points["2020"].used is None
    assert points["2024"].used == points["2024"].official == pytest.approx(25.0)
    assert points["2024"].computed is not None
    assert [(t.first, t.last, t.value) for t in segment.chart.targets] == [(5, 5, 20.0)]
    assert "亿元" in segment.said.text()


def test_quarters_start_again_each_january(make_window: MakeWindow, filled: Path) -> None:
    segment = trends_of(make_window("stars", filled))
    segment.parts.choose("quarter")
    segment.reload()
    found = [(point.label, point.series) for point in segment.chart.points]
    assert found == [("23年1—3月", 2023), ("23年1—6月", 2023), ("24年1—3月", 2024)]
    assert joined(segment.chart.points) == [True, False, False]


def test_targets_are_looked_at_by_period(make_window: MakeWindow, filled: Path) -> None:
    segment = trends_of(make_window("stars", filled))
    model = segment.table.table_model
    place = list(model.values("label")).index("规上工业增加值")
    assert model.values("wanted")[place] == "不低于 20 亿元"
    assert model.values("value")[place] == "25 亿元"
    assert model.values("completion")[place] == pytest.approx(1.25)
    assert model.values("state")[place] == "已完成"
    assert model.values("document")[place] == "某文件"
    segment.period_picker.picked.emit("Q1")
    model = segment.table.table_model
    assert model.values("completion")[place] == pytest.approx(0.25)
    assert model.values("ahead")[place] == "与时序进度持平"
    assert model.values("state")[place] == "进行中"


def test_a_target_shows_its_indicator_and_the_box_stays_free(
    make_window: MakeWindow, filled: Path
) -> None:
    segment = trends_of(make_window("stars", filled))
    labels = list(segment.table.table_model.values("label"))
    segment.table.select_id(labels.index("单位工业增加值能耗"))
    assert segment.key == "energy_per_value_added"
    segment.indicator.setCurrentIndex(segment.indicator.findData("tax_revenue"))
    segment.reload()
    assert segment.key == "tax_revenue"
    assert "税收收入" in segment.said.text()


def test_a_target_is_entered_and_removed(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = trends_of(make_window("stars", workspace))
    given = {
        "indicator": "R&D投入强度",
        "year": "2024",
        "bound": "不低于",
        "value": "2.5",
        "unit": "%",
        "document": "某文件",
        "place": "二、发展目标",
    }
    monkeypatch.setattr(segment, "ask_target", lambda: given)
    segment.add_button.click()
    assert segment.data is not None
    found = next(p for p in segment.data.progress if p.target.own and p.target.id is not None)
    assert found.target.value == pytest.approx(0.025)
    row = list(segment.data.progress).index(found)
    segment.table.select_id(row)
    assert "二、发展目标" in segment.quote.text()
    assert segment.remove_button.isEnabled()
    segment.remove_button.click()
    assert not [p for p in segment.data.progress if p.target.id is not None]


def test_targets_of_others_are_shown_when_asked_for(
    make_window: MakeWindow, empty_workspace: Path
) -> None:
    zone = "郑州经济技术产业集聚区"
    with operations.open_workspace(empty_workspace) as ws:
        operations.enter_zone_value(ws, zone, 2017, "tax_revenue", 1.0, "亿元")
    segment = trends_of(make_window("stars", empty_workspace))
    assert segment.data is not None
    assert [p.target.label for p in segment.data.progress] == ["星级"]
    assert segment.table.table_model.values("state")[0] == "已完成"
    segment.scope.choose("related")
    segment.reload()
    model = segment.table.table_model
    labels = list(model.values("label"))
    assert labels.count("从业人员") == 2
    assert {model.values("state")[row] for row in range(1, len(labels))} == {"参照"}
    segment.table.select_id(labels.index("从业人员"))
    assert "郑政" in segment.quote.text()
    assert not segment.remove_button.isEnabled()


def test_the_form_says_what_is_wrong(qtbot: QtBot) -> None:
    dialog = TargetDialog("energy_per_value_added", 2024)
    qtbot.addWidget(dialog)
    assert dialog.values()["bound"] == "不高于"
    assert not dialog.save.isEnabled()
    dialog.set_value("value", "三")
    assert "数字" in dialog.fault.text()
    dialog.set_value("value", "0.3")
    assert dialog.save.isEnabled()
    for key, wrong in (("indicator", "别的"), ("year", "24"), ("bound", "约"), ("value", "")):
        assert target_fault({**dialog.values(), key: wrong})


def test_shares_are_per_cent_and_blank_years_stay_blank() -> None:
    series = [
        (Period(2020), ZoneFigure("rd_intensity", None, 0.03, 0.03)),
        (Period(2022), ZoneFigure("rd_intensity", None, None, None, lacking="没有数据")),
        (Period(2023), ZoneFigure("rd_intensity", 0.025, None, 0.025, missing=2)),
    ]
    target = Target("某园", 2024, "rd_intensity", "强度", 0.04, "", kind="share")
    trend = trend_of(TrendContent("某园", "rd_intensity", Period(2024), series, [target]), "year")
    assert trend.unit == "%"
    assert [p.used for p in trend.points] == [
        pytest.approx(3.0),
        None,
        None,
        pytest.approx(2.5),
        None,
    ]
    assert "2 家没有数据" in trend.points[3].note
    assert [(t.first, t.value) for t in trend.targets] == [(4, pytest.approx(4.0))]


def progress(met: bool | None, *, flow: bool = True, related: bool = False) -> TargetProgress:
    target = Target("某园", 2024, "tax_revenue", "税收", 30_000, "万元", accumulates=flow)
    value = None if met is None and not related else 25_000.0
    return TargetProgress("某园", target, value, met, related=related)


def test_before_the_year_is_over_nothing_is_missed() -> None:
    assert state_words(progress(False)) == "未完成"
    assert state_words(progress(False), partial=True) == "进行中"
    assert state_words(progress(False, flow=False), partial=True) == "目前未达到"
    assert state_words(progress(True), partial=True) == "已完成"
    assert state_words(progress(True, flow=False), partial=True) == "目前符合"
    assert state_words(progress(None)) == "没有数据"
    assert state_words(progress(None, related=True)) == "参照"
    table = targets_table([progress(False)])
    assert table.values["wanted"] == ["不低于 3 亿元"]
    assert table.values["value"] == ["2.5 亿元"]


def test_the_chart_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    theme = current_theme()
    before = theme.mode
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.set_trend("税收", "万元", [TrendPoint("2023", 0, 1.0, 2.0, 2.0)])
    pictures = []
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
        theme.set_mode(mode)
        pictures.append(chart.grab().toImage())
    theme.set_mode(before)
    assert pictures[0] != pictures[1]
    assert "2023 2.00" in chart.accessibleDescription()
