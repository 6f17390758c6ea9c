"""Figures of zones in a workspace: periods, choices, profiles, events, undo, the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

Z = "东园"
VA = "above_scale_value_added"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Workspace]:
    with operations.create(tmp_path / "新.zoneeval") as ws:
        yield ws


def test_quarters_are_kept_apart_from_the_year(fresh: Workspace) -> None:
    operations.enter_zone_value(fresh, Z, 2024, VA, 40, "亿元")
    operations.enter_zone_value(fresh, Z, "2024Q2", VA, 22, "亿元", "〔示意〕")
    operations.enter_zone_value(fresh, Z, Period(2023, "Q2"), VA, 20, "亿元")
    assert operations.zone_indicators(fresh, 2024)[Z][VA].used == 400_000
    half = operations.zone_indicators(fresh, "2024Q2")[Z]
    assert (half[VA].used, half[VA].source) == (220_000, "〔示意〕")
    assert half[f"{VA}_growth"].used == pytest.approx(0.1)
    assert operations.zone_periods(fresh) == [Period(2023, "Q2"), Period(2024, "Q2")]
    assert operations.zone_indicators(fresh, "2024-06")[Z][VA].used == 220_000
    assert operations.zone_indicators(fresh, "2024Q3") == {}
    operations.undo(fresh)
    assert "上年同期没有" in operations.zone_indicators(fresh, "2024Q2")[Z][f"{VA}_growth"].lacking


def test_an_entered_figure_is_taken_out_again(fresh: Workspace) -> None:
    operations.enter_zone_value(fresh, Z, "2024-02", "road_length", 1500, "米")
    assert operations.zone_indicators(fresh, "2024-02")[Z]["road_length"].used == 1.5
    operations.remove_zone_value(fresh, Z, "2024-02", "road_length")
    assert operations.zone_indicators(fresh, "2024-02") == {}
    with pytest.raises(InputError, match="不必删除"):
        operations.remove_zone_value(fresh, Z, 2024, "road_length")


@pytest.mark.parametrize("wrong", ["2024Q7", "去年"])
def test_a_period_that_is_none_is_refused(fresh: Workspace, wrong: str) -> None:
    with pytest.raises(InputError, match="期间"):
        operations.enter_zone_value(fresh, Z, wrong, VA, 1)
    assert operations.zones(fresh) == []


def test_the_slot_is_chosen_and_the_choice_undone(ws: Workspace) -> None:
    operations.enter_zone_value(ws, Z, 2024, "tax_revenue", 99_999)
    computed = operations.zone_indicators(ws, 2024)[Z]["tax_revenue"].computed
    operations.choose_zone_value(ws, Z, 2024, "tax_revenue", "computed", "口径一致")
    figure = operations.zone_indicators(ws, 2024)[Z]["tax_revenue"]
    assert (figure.used, figure.official, figure.chosen) == (computed, 99_999, True)
    table = operations.zone_table(ws)
    assert table.value(Z, 2024, "tax_revenue") == computed
    operations.undo(ws)
    assert operations.zone_indicators(ws, 2024)[Z]["tax_revenue"].used == 99_999
    operations.choose_zone_value(ws, Z, 2024, "tax_revenue", "computed")
    operations.choose_zone_value(ws, Z, 2024, "tax_revenue", None)
    assert operations.zone_choices(ws, 2024) == []
    with pytest.raises(InputError, match="没有公布数"):
        operations.choose_zone_value(ws, Z, 2024, "gdp", "official")


def test_the_table_and_the_history_are_the_figures_of_each_year(ws: Workspace) -> None:
    table = operations.zone_table(ws)
    years = operations.zone_history(ws, Z, f"{VA}_growth")
    assert [period.year for period, _ in years] == list(table.years)
    for period, figure in years:
        one = operations.zone_indicators(ws, period)[Z]
        assert one[f"{VA}_growth"] == figure
        for key, value in one.items():
            assert table.value(Z, period.year, key) == value.used, key
    assert years[-1][1].used is not None
    with pytest.raises(InputError, match="时间间隔"):
        operations.zone_history(ws, Z, VA, "week")


def test_leading_industries_make_their_shares(ws: Workspace) -> None:
    before = operations.zone_indicators(ws, 2024)[Z]["leading_share"]
    assert before.used is None
    operations.set_zone_profile(ws, Z, kind="省级产业集聚区", leading_industries="C33、36")
    assert operations.zone_indicators(ws, 2024)[Z]["leading_share"].used == 1
    operations.set_zone_profile(ws, Z, peer_group="一组")
    profile = operations.zone_profiles(ws)[Z]
    assert (profile.kind, profile.peer_group) == ("省级产业集聚区", "一组")
    assert profile.leading_industries == ("33", "36")
    with pytest.raises(InputError, match="不是行业代码"):
        operations.set_zone_profile(ws, Z, leading_industries="汽车")
    with pytest.raises(InputError, match="没有写明"):
        operations.set_zone_profile(ws, Z)


def test_events_are_counted_by_year_and_kind(fresh: Workspace) -> None:
    first = operations.add_zone_event(fresh, Z, "2024-05-31", "较大安全事故")
    operations.add_zone_event(fresh, Z, "2024-07-01", "督察问题", 3, "〔示意〕")
    operations.add_zone_event(fresh, Z, "2024-08-01", "督察问题", 2)
    counts = operations.zone_event_counts(fresh).counts
    assert counts == {(Z, 2024, "较大安全事故"): 1, (Z, 2024, "督察问题"): 5}
    operations.remove_zone_event(fresh, first)
    assert [event.kind for event in operations.zone_events(fresh, 2024)] == ["督察问题"] * 2
    operations.undo(fresh)
    assert len(operations.zone_events(fresh)) == 3
    for day, kind, count in (
        ("2024-02-30", "甲", 1),
        ("2024-01-01", " ", 1),
        ("2024-01-01", "甲", -1),
    ):
        with pytest.raises(InputError):
            operations.add_zone_event(fresh, Z, day, kind, count)


def test_imported_quarters_arrive(fresh: Workspace, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2024年一季度园区主要指标"],
        ["园区", "税收收入（万元）", "多层标准厂房面积（万平方米）"],
        [Z, 12, 3],
    ):
        sheet.append(row)
    book.save(tmp_path / "季度.xlsx")
    outcome = operations.import_workbooks(fresh, [tmp_path / "季度.xlsx"], year=2024)
    assert outcome.committed
    figures = operations.zone_indicators(fresh, "2024Q1")[Z]
    assert figures["tax_revenue"].used == 12
    assert "季度.xlsx" in str(operations.official_zone_values(fresh, "2024Q1")[0].source)
    assert operations.zone_indicators(fresh, 2024) == {}


def test_a_share_above_one_needs_its_unit(empty: Workspace) -> None:
    with pytest.raises(InputError, match="不知道是 98% 还是 98 倍"):
        operations.enter_zone_value(empty, "演示园区", 2019, "sewage_treatment_rate", 98)
    operations.enter_zone_value(empty, "演示园区", 2019, "sewage_treatment_rate", 98, "%")
    operations.enter_zone_value(empty, "演示园区", 2019, "solid_waste_treatment_rate", 1)
    held = operations.zone_indicators(empty, 2019)["演示园区"]
    assert held["sewage_treatment_rate"].official == pytest.approx(0.98)
    assert held["solid_waste_treatment_rate"].official == 1
