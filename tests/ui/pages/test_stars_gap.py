"""The segment 缺口与试算: what is missing, levers with enterprises, and sliders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.ladders import TAX, composite, criterion, item, ladder, table
from zoneeval.engine.zones.whatif import RatingBasis, WhatIf
from zoneeval.model.gap import LevelGap, ScoreGap
from zoneeval.model.zone_table import ZoneTable
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.ladder_choice import remember_ladder
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.gap_tables import SINGLE, criteria_table, items_table
from zoneeval_ui.pages.stars.gaps import GapSegment
from zoneeval_ui.pages.stars.sliders import SliderPanel, slid_indicators
from zoneeval_ui.pages.stars.trying import TryView

MakeWindow = Callable[..., Assembly]
EAST, WEST = "示例市东园产业集聚区", "示例市西园产业集聚区"
VALUE_ADDED = "above_scale_value_added"
PER_BUILT = "value_added_per_built_mu"


def gap_of(made: Assembly, zone: str = EAST, view: str = "lacks") -> GapSegment:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    segment = page.open_segment("gap")
    assert isinstance(segment, GapSegment)
    page.choose_zone(zone)
    segment.open_view(view)
    return segment


def test_what_is_missing_is_told_by_criterion(make_window: MakeWindow, workspace: Path) -> None:
    segment = gap_of(make_window("stars", workspace))
    lacks = segment.lacks
    assert lacks.level is not None
    assert lacks.level.level == 3
    model = lacks.table.table_model
    states = dict(zip(model.values("label"), model.values("state"), strict=True))
    assert states["规上工业增加值"] == "未达到"
    assert states["税收收入"] == "已达到"
    row = list(model.values("label")).index("规上工业增加值")
    assert model.values("gap")[row] == "5.83 亿元"
    assert model.values("growth")[row] == pytest.approx(0.241, abs=1e-3)
    lacks.table.select_id(row)
    assert "还差 5.8271 亿元" in lacks.note.text()
    ways = model.values("ways")[list(model.values("label")).index("全员劳动生产率")]
    assert ways.startswith("规上工业增加值增加 1,871.43 万元（0.8%），“规上平均用工人数”不变；或")


def test_a_threshold_that_nobody_published_is_called_unknown(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("stars", workspace)
    remember_ladder(QSettings(), "henan-service-zones-2016")
    made.window.page("stars").reload()
    model = gap_of(made).lacks.table.table_model
    assert set(model.values("state")) == {"标准未知"}
    assert set(model.values("threshold")) == {"未知"}


def test_a_score_shows_what_each_item_adds(make_window: MakeWindow, workspace: Path) -> None:
    made = make_window("stars", workspace)
    segment = gap_of(made, WEST)
    segment.page.choose_ladder("illustrative-composite")
    assert "还差" in segment.lacks.score.text()
    gains = segment.lacks.items.table_model.values("per_percent")
    assert list(gains) == sorted(gains, reverse=True)
    assert segment.lacks.table.isHidden()
    segment.page.choose_zone(EAST)
    assert segment.lacks.level is None
    assert segment.lacks.nothing.isVisibleTo(segment)


def test_levers_name_the_enterprises(make_window: MakeWindow, workspace: Path) -> None:
    segment = gap_of(make_window("stars", workspace), view="levers")
    levers = segment.levers
    assert levers.table.selected_id() == "leave_keep_land"
    grades = set(levers.firms.table_model.values("grade"))
    assert grades <= {"C", "D"}
    assert grades
    effects = levers.effects.table_model
    assert effects.values("label")[0] == "规上工业增加值"
    assert effects.values("change")[0] < 0
    levers.table.select_id("idle_relet")
    assert "没有登记" in str(levers.table.table_model.values("words")[3])
    assert not levers.try_button.isEnabled()
    levers.table.select_id(SINGLE + VALUE_ADDED)
    assert levers.firms.table_model.rowCount() > 0
    assert levers.left.isHidden()
    assert "郑州" in levers.basis.text()
    assert "2,000 万元" in levers.basis.text()


def test_the_scale_line_is_changed(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = gap_of(make_window("stars", workspace), view="levers")
    monkeypatch.setattr(segment, "ask_settings", lambda: {"line": "3000", "near": "70"})
    segment.levers.settings_button.click()
    assert segment.data is not None
    settings = segment.data.report.settings
    assert (settings.scale_line, settings.near_share) == (3000.0, 0.7)
    assert "本单位设定" in segment.levers.basis.text()


def test_a_slider_rates_at_once_and_nothing_is_kept(
    make_window: MakeWindow, workspace: Path, qtbot: QtBot
) -> None:
    with operations.open_workspace(workspace) as ws:
        before = ws.conn.execute("SELECT count(*) FROM operation").fetchone()
        figures = operations.zone_values(ws, 2024)
    segment = gap_of(make_window("stars", workspace), view="try")
    trying = segment.trying
    assert trying.panel is not None
    assert trying.verdict.text() == "测算：二星"
    mover = trying.panel.movers[VALUE_ADDED]
    mover.slider.setValue(60)
    qtbot.waitUntil(lambda: trying.verdict.text() == "测算：二星 → 三星", timeout=2000)
    drawn = {row.key: row for row in trying.chart.rows}
    assert drawn[VALUE_ADDED].value == pytest.approx(24.172857 * 1.3)
    assert mover.moved.text() == "+30.0%"
    follower = trying.panel.movers[PER_BUILT]
    assert not follower.touched
    assert follower.moved.text() == "+30.0%"
    assert "规上工业增加值" in trying.moved.text()
    trying.reset_button.click()
    qtbot.waitUntil(lambda: trying.verdict.text() == "测算：二星", timeout=2000)
    assert not trying.reset_button.isEnabled()
    assert follower.slider.value() == 0
    segment.page.session.close()
    with operations.open_workspace(workspace) as ws:
        assert operations.zone_values(ws, 2024) == figures
        assert ws.conn.execute("SELECT count(*) FROM operation").fetchone() == before


def test_a_lever_is_put_on_the_sliders(
    make_window: MakeWindow, workspace: Path, qtbot: QtBot
) -> None:
    segment = gap_of(make_window("stars", workspace), view="levers")
    segment.levers.table.select_id("leave_keep_land")
    segment.levers.try_button.click()
    assert segment.views.currentWidget() is segment.trying
    panel = segment.trying.panel
    assert panel is not None
    assert panel.movers[VALUE_ADDED].touched
    assert panel.more
    lever = segment.levers.report.levers[0] if segment.levers.report else None
    assert lever is not None
    qtbot.waitUntil(
        lambda: (
            segment.trying.standing is not None
            and segment.trying.standing.at_least == lever.at_least
            and "→" in segment.trying.moved.text()
        ),
        timeout=2000,
    )


def test_a_zone_without_figures_says_what_to_do(make_window: MakeWindow, workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.enter_zone_value(ws, "新园", 2020, TAX, 1.0, "亿元")
    segment = gap_of(make_window("stars", workspace), "新园")
    assert segment.views.currentWidget() is segment.nothing
    assert not segment.chips.isEnabled()
    segment.page.choose_zone(EAST)
    assert segment.views.currentWidget() is segment.lacks


def small(*, value: float | None = 100.0) -> tuple[RatingBasis, ZoneTable]:
    made = ladder(3, criteria=[criterion([50, 120, 200])])
    given = table([TAX], [[value], [90.0]])
    return RatingBasis(made, given), given


def test_many_movements_are_rated_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    basis, given = small()
    tried = WhatIf(basis, given.zones[0], 2019)
    view = TryView()
    qtbot.addWidget(view)
    view.show_what_if(tried, tried.standing([]))
    asked: list[int] = []
    rate = WhatIf.ratings

    def counted(self: WhatIf, after: dict[str, float]) -> object:
        asked.append(1)
        return rate(self, after)

    monkeypatch.setattr(WhatIf, "ratings", counted)
    assert view.panel is not None
    for place in range(1, 61):
        view.panel.movers[TAX].slider.setValue(place)
    assert asked == []
    qtbot.waitUntil(lambda: view.verdict.text() == "测算：门槛 → 一星", timeout=2000)
    assert asked == [1]


def test_a_figure_that_is_missing_can_be_typed(qtbot: QtBot) -> None:
    basis, given = small(value=None)
    tried = WhatIf(basis, given.zones[0], 2019)
    view = TryView()
    qtbot.addWidget(view)
    view.show_what_if(tried, tried.standing([]))
    assert view.panel is not None
    mover = view.panel.movers[TAX]
    assert not mover.slider.isEnabled()
    assert mover.box.text() == "没有数据"
    mover.box.setValue(130.0)
    view.try_now()
    assert view.standing is not None
    assert view.standing.at_least == 1


def test_growth_rates_and_losses_are_moved_by_adding(qtbot: QtBot) -> None:
    made = ladder(2, criteria=[criterion([0, 1], "profit")])
    figures = {"profit": -50.0, "tax_revenue_growth": 0.02}
    panel = SliderPanel(made, figures, figures)
    qtbot.addWidget(panel)
    panel.movers["profit"].slider.setValue(100)
    assert panel.movers["profit"].value == pytest.approx(-25.0)
    panel.movers["tax_revenue_growth"].slider.setValue(10)
    assert panel.movers["tax_revenue_growth"].value == pytest.approx(0.03)
    assert panel.movers["tax_revenue_growth"].moved.text() == "+1.0 点"


def test_rolling_by_changes_nothing(qtbot: QtBot) -> None:
    made = ladder(2, criteria=[criterion([0, 1])])
    panel = SliderPanel(made, [TAX], {TAX: 5.0})
    qtbot.addWidget(panel)
    panel.show()
    mover = panel.movers[TAX]
    for widget in (mover.slider, mover.box):
        middle = widget.rect().center().toPointF()
        none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
        turned = QWheelEvent(
            middle, middle, QPoint(), QPoint(0, 120), *none, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, turned)
        assert not turned.isAccepted()
    assert not panel.is_changed


def test_parts_of_quotients_have_sliders_too() -> None:
    figures = {VALUE_ADDED: 1.0, "built_area": 2.0}
    assert slid_indicators([PER_BUILT], figures) == (PER_BUILT, VALUE_ADDED, "built_area")
    assert slid_indicators([PER_BUILT], {}) == (PER_BUILT,)


def test_empty_levels_make_empty_tables() -> None:
    assert criteria_table(LevelGap(1, "到一星", ())).ids == []
    score = ScoreGap("unknown", None, None, None, None, "", "不能判定")
    assert items_table(score).ids == []


def test_a_score_moves_with_its_place(qtbot: QtBot) -> None:
    made = ladder(2, composite=composite(item(method="ratio_to_best")))
    given = table([TAX], [[50.0], [100.0]])
    tried = WhatIf(RatingBasis(made, given), given.zones[0], 2019)
    view = TryView()
    qtbot.addWidget(view)
    view.show_what_if(tried, tried.standing([]))
    assert view.panel is not None
    view.panel.movers[TAX].take(150.0)
    view.try_now()
    assert view.score.text().startswith("综合得分 100，第 1 名（共 2 个）")
    assert view.score.text().endswith("原来 50 分，第 2 名")
    assert view.bars.bars[0].points == pytest.approx(100.0)
