"""The segment 星级: ranking, reasons apart, points, history and rewards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from zoneeval.model.standing import (
    CriterionStanding,
    ItemStanding,
    Reason,
    ReasonKind,
    ZoneStanding,
)
from zoneeval.model.star_history import StarEntry, zone_history
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.points import item_bars, score_words
from zoneeval_ui.pages.stars.ranking import Records, running_words
from zoneeval_ui.pages.stars.rating import RatingSegment
from zoneeval_ui.pages.stars.standing import distance_words, ladder_rows, lower_is_better
from zoneeval_ui.theme import Tone

MakeWindow = Callable[..., Assembly]
EAST, WEST = "示例市东园产业集聚区", "示例市西园产业集聚区"


def rating_of(made: Assembly) -> RatingSegment:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    segment = page.open_segment("rating")
    assert isinstance(segment, RatingSegment)
    return segment


def row(segment: RatingSegment, zone: str) -> dict[str, object]:
    model = segment.table.table_model
    place = list(model.values("zone")).index(zone)
    return {column.key: model.values(column.key)[place] for column in model.columns}


def words_in(segment: RatingSegment, section: str) -> str:
    found = segment.pane.findChild(QWidget, section)
    assert found is not None, section
    return "\n".join(label.text() for label in found.findChildren(QLabel))


def test_a_score_is_ranked_and_drawn_as_points(make_window: MakeWindow, workspace: Path) -> None:
    segment = rating_of(make_window("stars", workspace))
    assert "score" not in row(segment, EAST)
    segment.page.choose_ladder("illustrative-composite")
    first, second = row(segment, EAST), row(segment, WEST)
    assert (first["rank"], second["rank"]) == (1, 2)
    assert first["score"] > second["score"]  # type: ignore[operator]
    segment.table.select_id(EAST)
    assert [bar.key for bar in segment.bars.bars] == [
        "value_added",
        "tax",
        "productivity",
        "energy",
    ]
    assert "第 1 名（共 3 个）" in segment.score.text()
    assert segment.chart.isHidden()
    segment.bars.indicator_clicked.emit("tax")
    assert segment.clause.text().startswith("税收收入和亩均税收，满分 30 分：")


def test_reasons_stand_apart(make_window: MakeWindow, workspace: Path) -> None:
    segment = rating_of(make_window("stars", workspace))
    segment.table.select_id(EAST)
    assert "规上工业增加值" in words_in(segment, "starsReasons-short")
    assert "税收收入" in words_in(segment, "starsReasons-done")
    segment.page.choose_ladder("henan-service-zones-2016")
    segment.table.select_id(EAST)
    assert "门槛未知" in words_in(segment, "starsReasons-unknown")
    assert segment.pane.findChild(QWidget, "starsReasons-short") is None


def test_history_and_rewards_are_shown(make_window: MakeWindow, workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        for year in (2022, 2023, 2024):
            operations.enter_star(ws, EAST, year, "official", 2, f"{year} 年认定通知")
    segment = rating_of(make_window("stars", workspace))
    shown = row(segment, EAST)
    assert (shown["official"], shown["former"]) == ("二星", "二星")
    assert shown["running"] == "至少连续三年二星"
    segment.table.select_id(EAST)
    held = words_in(segment, "starsHistory")
    assert "2023 年认定通知" in held
    assert "至少连续三年二星" in held
    assert "郑政文〔2015〕187号" in words_in(segment, "starsRewards")
    segment.table.select_id("示例市南园产业集聚区")
    assert "没有录入官方星级" in words_in(segment, "starsHistory")


def test_a_target_of_a_document_stands_in(make_window: MakeWindow, empty_workspace: Path) -> None:
    zone = "郑州经济技术产业集聚区"
    with operations.open_workspace(empty_workspace) as ws:
        operations.enter_zone_value(ws, zone, 2017, "tax_revenue", 1.0, "亿元")
    segment = rating_of(make_window("stars", empty_workspace))
    shown = row(segment, zone)
    assert shown["target"] == "六星（文件）"
    assert shown["running"] == "至少连续四年六星"
    assert "报刊报道" in words_in(segment, "starsHistory")


def test_the_year_before_counts_while_this_one_is_not_known() -> None:
    entries = [StarEntry("某园", year, 2, "通知") for year in (2017, 2018)]
    records = Records({"某园": zone_history("某园", entries, 2010)})
    assert running_words("某园", 2018, records) == "至少连续两年二星"
    assert running_words("某园", 2019, records) == "至 2018 年至少连续两年二星"
    assert running_words("某园", 2021, records) == ""
    assert running_words("别园", 2018, records) == ""


def criterion(
    key: str, value: float | None, *asked: float | str | None, gap: float | None = None
) -> CriterionStanding:
    wanted = asked[1] if isinstance(asked[1], float) else None
    return CriterionStanding(key, "指标", "亿元", value, asked, 0, 0, wanted, gap, None)


def test_the_direction_is_read_from_what_is_asked() -> None:
    assert lower_is_better(criterion("k", 1.0, 5.0, 3.0))
    assert not lower_is_better(criterion("k", 1.0, 3.0, 5.0))
    assert lower_is_better(criterion("k", 4.0, None, 3.0, gap=1.0))
    assert lower_is_better(criterion("energy_per_value_added", 4.0, None, "unknown"))
    assert not lower_is_better(criterion("tax_revenue", 4.0, None, "unknown"))


def test_the_drawn_row_says_what_is_missing() -> None:
    one = criterion("tax_revenue", 2.0, 1.0, 5.0, gap=3.0)
    standing = ZoneStanding("某园", 2024, 0, 0, None, None, (one,))
    drawn = ladder_rows(standing, 1)[0]
    assert (drawn.aim, drawn.lacking, drawn.lower) == (1, "差 3 亿元", False)
    blank = ZoneStanding("某园", 2024, 0, 1, None, None, (criterion("k", None, 1.0, 5.0),))
    assert (ladder_rows(blank, 1)[0].lacking, ladder_rows(blank, 1)[0].value) == ("", None)


@pytest.mark.parametrize(
    ("kinds", "words", "tone"),
    [
        (("unmet",), "unmet 的话", Tone.C),
        (("no_data", "veto"), "veto 的话", Tone.C),
        (("peers",), "peers 的话", Tone.UNCERTAIN),
        (("unmet", "gate"), "unmet 的话，共 2 条", Tone.C),
        (("note",), "各项已达", Tone.A),
    ],
)
def test_without_criteria_the_reason_is_said(
    kinds: tuple[ReasonKind, ...], words: str, tone: Tone
) -> None:
    reasons = tuple(Reason(kind, kind, f"{kind} 的话") for kind in kinds)
    standing = ZoneStanding("某园", 2024, 0, 0, None, None, (), reasons)
    assert distance_words(standing, 3) == (words, tone)


def test_points_that_are_not_certain_show_both_ends() -> None:
    items = (
        ItemStanding("a", "甲", "亿元", "总量", 30, 2.0, 20.0, 20.0, missing=False),
        ItemStanding("b", "乙", "", "", 20, 0.5, 5.0, 15.0, missing=False),
        ItemStanding("c", "丙", "亿元", "", 10, None, 0.0, 0.0, missing=True),
    )
    standing = ZoneStanding(
        "某园", 2024, 0, 1, None, None, (), items=items, score_at_least=25.0, score_at_most=35.0
    )
    sure, open_, missing = item_bars(standing)
    assert (sure.shown_points, sure.comparison, sure.tone) == ("20 / 30", "2 亿元 · 总量", None)
    assert (open_.shown_points, open_.comparison) == ("5—15 / 20", "50%")
    assert open_.colour_tone is Tone.UNCERTAIN
    assert missing.comparison == "没有数据"
    assert score_words(standing) == "综合得分在 25 到 35 之间，名次不能确定"
