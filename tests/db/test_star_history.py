"""Stars in the workspace beside the published ones, and the rewards they bring."""

from __future__ import annotations

import pytest

from zoneeval.errors import InputError
from zoneeval.model.standing import BELOW_GATE, level_name
from zoneeval.policy.loader import parse_ladder
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace
from zoneeval_db.zones.ratings import official_stars, rate_workspace

ZONE = "郑州经开产业集聚区"


def test_published_and_entered_stars_are_one_history(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, ZONE, 2018, "official", 6, "豫集聚办〔示意〕1号")
    found = operations.star_history(ws, ZONE)
    assert found.levels() == dict.fromkeys(range(2014, 2019), 6)
    held = found.running(2018)
    assert held is not None
    assert held.words == "至少连续五年六星"
    operations.enter_star(ws, ZONE, 2013, "official", 5, "豫集聚办〔示意〕2号")
    held = operations.star_history(ws, ZONE).running(2018)
    assert held is not None
    assert held.words == "连续五年六星"
    assert operations.star_history(ws, ZONE).first_time(6, 2014) is True
    assert [h.zone for h in operations.star_histories(ws)] == [ZONE]
    others = [h.zone for h in operations.star_histories(ws, published=True)]
    assert "郑州马寨产业集聚区" in others
    assert "郑州经济技术产业集聚区" not in others


def test_what_differs_from_the_published_star_is_named(empty: Workspace) -> None:
    operations.enter_star(empty, ZONE, 2017, "official", 5)
    found = operations.star_history(empty, ZONE)
    assert found.conflicts() == (2017,)
    assert found.levels()[2017] == 5


def test_a_star_is_removed_and_comes_back(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, "演示园区", 2024, "official", 2)
    operations.enter_star(ws, "演示园区", 2024, "target", 3)
    operations.remove_star(ws, "演示园区", 2024, "official")
    assert [(r.kind, r.level) for r in operations.star_records(ws, 2024)] == [("target", 3)]
    operations.undo(ws)
    assert len(operations.star_records(ws, 2024)) == 2
    with pytest.raises(InputError, match="不能删改"):
        operations.remove_star(ws, ZONE, 2017, "official")
    with pytest.raises(InputError, match="类别只能是"):
        operations.remove_star(ws, "演示园区", 2024, "wish")


def test_rewards_of_a_year(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, ZONE, 2018, "official", 6)
    found = {r.scheme: r for r in operations.zone_rewards(ws, 2017)}
    assert found["zhengzhou-2015"].amount == 2000
    assert found["henan-2017"].amount == 500
    assert operations.zone_titles(ws, ZONE, 2017) == ["2017年度优秀产业集聚区"]
    assert operations.zone_titles(ws, ZONE, 2016) == []
    later = {r.scheme: r for r in operations.zone_rewards(ws, 2018, ZONE)}
    assert later["henan-2017"].amount == 0
    assert "不适用于 2018 年度" in later["henan-2017"].reasons[0]


def test_a_recorded_event_is_a_title(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, "演示园区", 2018, "official", 1)
    operations.add_zone_event(ws, "演示园区", "2018-12-31", "两强两快产业集聚区", document="文件")
    operations.add_zone_event(ws, "演示园区", "2018-12-31", "较大安全事故")
    (city,) = [r for r in operations.zone_rewards(ws, 2018) if r.scheme == "zhengzhou-2015"]
    assert (city.at_least, city.at_most) == (0, 400)
    assert "2017 年以后是否仍按" in city.reasons[-1]
    assert [item.label for item in city.items] == ["2018 年度一星", "称号：两强两快产业集聚区"]


def test_below_the_gate_is_a_result_and_not_the_want_of_one(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, "演示园区", 2023, "official", BELOW_GATE, "文件")
    held = operations.star_history(ws, "演示园区")
    assert held.levels() == {2023: None}
    assert official_stars(ws).levels["演示园区", 2023] is None
    report = operations.rate_zones(ws, 2023, "illustrative-six-stars")
    (standing,) = report.standings
    assert standing.official == BELOW_GATE
    assert level_name(standing.official) == "未达门槛"
    with pytest.raises(InputError, match="不能作为目标"):
        operations.enter_star(ws, "演示园区", 2023, "target", BELOW_GATE)
    operations.undo(ws)
    assert official_stars(ws).levels == {}
    assert operations.rate_zones(ws, 2023, "illustrative-six-stars").standings == []


def test_ratings_take_the_published_star_where_its_year_is_stated(empty: Workspace) -> None:
    ws = empty
    for zone in (ZONE, "新郑新港产业集聚区", "郑州马寨产业集聚区", "金岱产业集聚区"):
        operations.enter_zone_value(ws, zone, 2017, "tax_revenue", 2.0, "亿元")
    known = official_stars(ws)
    assert known.complete_since == 2013
    assert {year: known.levels[ZONE, year] for year in range(2014, 2018)} == dict.fromkeys(
        range(2014, 2018), 6
    )
    assert {zone for zone, _ in known.levels} == {ZONE}
    report = operations.rate_zones(ws, 2017, "illustrative-six-stars")
    (standing,) = [s for s in report.standings if s.zone == ZONE]
    assert standing.official == 6
    assert any("取自公开记载" in reason.words for reason in standing.reasons)
    operations.enter_star(ws, ZONE, 2017, "official", 5, "文件")
    report = operations.rate_zones(ws, 2017, "illustrative-six-stars")
    (standing,) = [s for s in report.standings if s.zone == ZONE]
    assert standing.official == 5
    assert not any("取自公开记载" in reason.words for reason in standing.reasons)


def test_the_first_promotion_is_certain_once_all_years_are_known(empty: Workspace) -> None:
    ws = empty
    operations.enter_zone_value(ws, "演示园区", 2016, "tax_revenue", 2.0, "亿元")
    ladder = parse_ladder(PROMOTION)
    standing = rate_workspace(ws, ladder, 2016, operations.zone_indicators(ws, 2016)).standing(
        "演示园区", 2016
    )
    assert (standing.score_at_least, standing.score_at_most) == (100, 110)
    for year, level in ((2013, BELOW_GATE), (2014, BELOW_GATE), (2015, 0)):
        operations.enter_star(ws, "演示园区", year, "official", level)
    standing = rate_workspace(ws, ladder, 2016, operations.zone_indicators(ws, 2016)).standing(
        "演示园区", 2016
    )
    assert standing.score == 110


def test_two_different_targets_leave_a_score_open(empty: Workspace) -> None:
    ws = empty
    operations.enter_zone_value(ws, "演示园区", 2016, "tax_revenue", 2.0, "亿元")
    ladder = parse_ladder(TARGETED)

    def score() -> float | None:
        figures = operations.zone_indicators(ws, 2016)
        standing = rate_workspace(ws, ladder, 2016, figures).standing("演示园区", 2016)
        return standing.score

    assert score() is None
    operations.set_target(ws, "演示园区", 2016, "tax_revenue", 4, unit="亿元", document="甲")
    assert score() == 50
    operations.set_target(ws, "演示园区", 2016, "tax_revenue", 5, unit="亿元", document="乙")
    assert score() is None
    operations.undo(ws)
    assert score() == 50


PROMOTION = """
schema = 1
id = "promotion"
title = "示例"
status = "illustrative"
levels = 3
[[criteria]]
indicator = "tax_revenue"
unit = "亿元"
thresholds = [0.3, 1, 5]
illustrative = true
[composite]
[[composite.items]]
id = "tax"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
base = 2
illustrative = true
[[composite.bonuses]]
label = "首次晋级"
promotion = true
points = 10
illustrative = true
"""
TARGETED = """
schema = 1
id = "targeted"
title = "示例"
status = "illustrative"
levels = 3
[composite]
[[composite.items]]
id = "tax"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
base = "target"
floor = 0
cap = 1
missing = "zero"
illustrative = true
"""
