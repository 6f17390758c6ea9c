"""`gap`: the distance to a star, levers and a what-if, as text and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import ROOT, good, refused

HISTORY = ROOT / "sample_data" / "zhengzhou" / "园区历史数据.xlsx"
LADDER = ("--ladder", "illustrative-six-stars")


@pytest.fixture
def zone(demo_workspace: Path) -> str:
    listed = good("stars", demo_workspace, "--year", "2024", *LADDER, "--json").document["zones"]
    return str(listed[0]["zone"])


def test_the_gap_of_a_zone(demo_workspace: Path, zone: str) -> None:
    words = ("gap", demo_workspace, zone, "--year", "2024", *LADDER)
    found = good(*words, "--json").document
    assert found["ladder"] == {"id": "illustrative-six-stars", "status": "illustrative"}
    assert (found["zone"], found["decidable"], found["what_if"]) == (zone, True, None)
    assert found["next"]["level"] == found["at_least"] + 1
    short = [c for c in found["next"]["criteria"] if c["state"] == "short"]
    assert all(c["gap"] > 0 and c["growth"] > 0 for c in short)
    ways = [way for c in short for way in c["ways"]]
    assert ways[0]["change"] == pytest.approx(ways[0]["wanted"] - ways[0]["now"])
    assert [lever["kind"] for lever in found["levers"]] == [
        "leave_keep_land", "leave_free_land", "leave_relet", "idle_relet", "near_enter",
    ]  # fmt: skip
    assert found["levers"][0]["enterprises"]
    assert found["settings"]["scale_line"] == 2000
    assert set(found["enterprises"]) == {c["key"] for c in short}
    text = good(*words).out
    assert "须增长" in text
    assert "C 类退出，土地腾出" in text
    assert "规模线为年主营业务收入 2,000 万元" in text
    assert "提醒：" in text


def test_a_what_if_reaches_the_next_star(demo_workspace: Path, zone: str) -> None:
    words = ("gap", demo_workspace, zone, "--year", "2024", *LADDER)
    before = good(*words, "--json").document
    given = [
        word
        for c in before["next"]["criteria"]
        if c["state"] == "short"
        for word in ("--what-if", f"{c['key']}={c['threshold'] * 1.001}{c['unit']}")
    ]
    tried = good(*words, *given, "--json").document
    assert tried["at_least"] == before["at_least"]
    assert tried["what_if"]["at_least"] == before["at_least"] + 1
    assert tried["what_if"]["changes"]
    assert "试算（不保存）" in good(*words, *given).out
    assert good(*words, "--json").document == before


def test_the_line_is_given_on_the_command_line(demo_workspace: Path, zone: str) -> None:
    words = ("gap", demo_workspace, zone, "--year", "2024", *LADDER)
    found = good(*words, "--line", "3000", "--near", "50%", "--top", "2", "--json").document
    assert found["settings"]["scale_line"] == 3000
    assert found["settings"]["near_share"] == 0.5
    assert all(len(listed) <= 2 for listed in found["enterprises"].values())
    assert "规模线" in refused(*words, "--line", "0").err


def test_unknown_thresholds_are_said(empty_workspace: Path) -> None:
    good("import", HISTORY, "--into", empty_workspace, "--year", "2013")
    words = ("gap", empty_workspace, "郑州马寨产业集聚区", "--year", "2013", "--ladder",
             "henan-service-zones-2016")  # fmt: skip
    found = good(*words, "--json").document
    assert (found["at_least"], found["at_most"], found["next"]["level"]) == (1, 5, 2)
    assert {c["state"] for c in found["next"]["criteria"]} == {"unknown"}
    text = good(*words).out
    assert "标准未知" in text
    assert "没有企业数据" in text


def test_what_is_not_there_is_refused(demo_workspace: Path, zone: str) -> None:
    year = ("--year", "2024")
    assert "没有园区" in refused("gap", demo_workspace, "无园", *year, *LADDER).err
    assert "2001 年" in refused("gap", demo_workspace, zone, "--year", "2001", *LADDER).err
    wrong = refused("gap", demo_workspace, zone, *year, *LADDER, "--what-if", "税收", "--json")
    assert "要写成" in wrong.document["error"]
