"""Stars of a workspace: earlier years, former stars, events, peer groups and targets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace
from zoneeval_db.zones.profiles import add_zone_event, set_zone_profile
from zoneeval_db.zones.records import rate_zones

HEAD = """
schema = 1
id = "example"
title = "示例"
status = "illustrative"
levels = 3
"""
TABLE = """
[[criteria]]
indicator = "tax_revenue"
unit = "亿元"
thresholds = [1, 2, 3]
illustrative = true
"""
ONE_STEP = """
[movement]
max_up = 1
illustrative = true
"""
VETO = """
[[vetoes]]
label = "重大事故"
event = "accident"
effect = "cap"
level = 0
illustrative = true
"""
SCORE = """
[[peers]]
id = "provincial"
label = "省级"
[[peers]]
id = "municipal"
label = "市级"
[composite]
[[composite.items]]
id = "tax"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
base = "target"
illustrative = true
"""


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    made = operations.create(tmp_path / "a.zoneeval")
    for year, values in ((2018, (1.5, 3.0)), (2019, (3.5, 2.5))):
        for zone, value in zip(("东区", "西区"), values, strict=True):
            operations.enter_zone_value(made, zone, year, "tax_revenue", value, "亿元")
    yield made
    made.close()


def rated(ws: Workspace, folder: Path, *parts: str) -> dict[str, tuple[int | None, int | None]]:
    path = folder / "ladder.toml"
    path.write_text("".join((HEAD, *parts)), encoding="utf-8")
    report = rate_zones(ws, 2019, path)
    return {s.zone: (s.at_least, s.at_most) for s in report.standings}


def test_a_table_of_one_year(ws: Workspace, tmp_path: Path) -> None:
    assert rated(ws, tmp_path, TABLE) == {"东区": (2, 2), "西区": (1, 1)}


def test_movement_starts_from_the_official_star(ws: Workspace, tmp_path: Path) -> None:
    assert rated(ws, tmp_path, TABLE, ONE_STEP)["东区"] == (1, 1)
    operations.enter_star(ws, "东区", 2018, "official", 1)
    assert rated(ws, tmp_path, TABLE, ONE_STEP)["东区"] == (2, 2)


def test_an_event_of_the_year_caps_the_star(ws: Workspace, tmp_path: Path) -> None:
    add_zone_event(ws, "东区", "2019-05-01", "accident")
    assert rated(ws, tmp_path, TABLE, VETO) == {"东区": (0, 0), "西区": (1, 1)}


def test_scores_against_targets_within_peer_groups(ws: Workspace, tmp_path: Path) -> None:
    from zoneeval_db.zones.targets import set_target

    set_zone_profile(ws, "东区", peer_group="省级")
    set_zone_profile(ws, "西区", peer_group="municipal")
    set_target(ws, "东区", 2019, "tax_revenue", 7.0, unit="亿元")
    path = tmp_path / "score.toml"
    path.write_text(HEAD + SCORE, encoding="utf-8")
    report = rate_zones(ws, 2019, path)
    east, west = report.standings
    assert (east.score, east.rank, east.rank_of, east.peers) == (50, 1, 1, "省级")
    assert (west.score, west.peers) == (None, "市级")
    assert not any("不是全省的名次" in warning for warning in report.warnings)


def test_an_event_that_the_ladder_does_not_know_is_told(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "ladder.toml"
    path.write_text(HEAD + TABLE + VETO, encoding="utf-8")
    add_zone_event(ws, "东区", "2019-05-01", "重大事故")
    (warning,) = [w for w in rate_zones(ws, 2019, path).warnings if "没有参与判定" in w]
    assert "“重大事故”" in warning
    assert "“accident”（重大事故）" in warning
    operations.undo(ws)
    add_zone_event(ws, "东区", "2019-05-01", "accident")
    add_zone_event(ws, "西区", "2019-12-31", "未参加考核")
    report = rate_zones(ws, 2019, path)
    assert not [w for w in report.warnings if "没有参与判定" in w]
    assert [s.at_most for s in report.standings] == [0, None]


def test_a_rule_over_several_years_is_told_for_each_zone(empty: Workspace, tmp_path: Path) -> None:
    ws, ladder = empty, tmp_path / "last.toml"
    ladder.write_text(HEAD + LAST, encoding="utf-8")
    for year in (2017, 2018, 2019):
        for zone, value in (("演示甲园区", 9.0), ("演示乙园区", 5.0), ("演示丙园区", 1.0)):
            operations.enter_zone_value(ws, zone, year, "tax_revenue", value, "亿元")
    report = operations.rate_zones(ws, 2019, ladder)
    told = {s.zone: [r.words for r in s.reasons if r.key == "exit"] for s in report.standings}
    assert told == {
        "演示甲园区": [],
        "演示乙园区": [],
        "演示丙园区": ["末位（近 3 年中 2 年）：符合，列为退出候选"],
    }
    (one,) = report.candidates["exit"]
    assert (one.zone, one.sure, one.times, one.touched) == ("演示丙园区", True, 3, True)
    early = operations.rate_zones(ws, 2017, ladder)
    words = [r.words for s in early.standings for r in s.reasons if r.key == "exit"]
    assert words == ["末位（近 3 年中 2 年）：往年情况不全，不能确定是否符合"] * 3


LAST = """
[composite]
[[composite.items]]
id = "tax"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
base = 10
illustrative = true
[[years_rules]]
id = "exit"
label = "末位"
bottom = 1
times = 2
of = 3
limit = 1
consequence = "列为退出候选"
illustrative = true
"""
