"""`target` and `star`: the command line's way to targets, stars and rewards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import ROOT, good, refused

HISTORY = ROOT / "sample_data" / "zhengzhou" / "园区历史数据.xlsx"
ZONE = "演示园区"


def test_a_target_is_set_listed_and_removed(empty_workspace: Path) -> None:
    words = ("target", "set", empty_workspace, ZONE)
    made = good(*words, "税收收入", "5", "--year", "2024", "--unit", "亿元", "--json").document
    good(*words, "税收收入增速", "12%", "--year", "2024", "--document", "甲", "--place", "二")
    listed = good("target", "list", empty_workspace, "--zone", ZONE, "--json").document["targets"]
    assert [(t["indicator"], t["value"], t["unit"]) for t in listed] == [
        ("tax_revenue", 50_000, "万元"),
        ("tax_revenue_growth", 0.12, ""),
    ]
    assert listed[0]["document"] is None
    text = good("target", "list", empty_workspace, "--own").out
    assert "不低于 12%" in text
    good("target", "remove", empty_workspace, str(made["id"]))
    left = good("target", "list", empty_workspace, "--own", "--json").document["targets"]
    assert [t["indicator"] for t in left] == ["tax_revenue_growth"]


def test_shipped_targets_carry_their_document(empty_workspace: Path) -> None:
    found = good("target", "list", empty_workspace, "--year", "2017", "--json").document["targets"]
    both = [t for t in found if t["indicator"] == "employees"]
    assert [t["printed"] for t in both] == ["92万人", "90万人"]
    assert all("郑政〔2017〕26号" in t["document"] and t["quote"] for t in both)
    text = good("target", "list", empty_workspace, "--year", "2017").out
    assert "共 52 项，只列前 50 项" in text


def test_progress_against_time(empty_workspace: Path) -> None:
    good("import", HISTORY, "--into", empty_workspace, "--year", "2013")
    zone = "郑州马寨产业集聚区"
    words = ("target", "set", empty_workspace, zone)
    good(*words, "税收收入", "4", "--unit", "亿元", "--year", "2013")
    good(*words, "利润总额", "4", "--unit", "亿元", "--year", "2013")
    asked = ("target", "progress", empty_workspace, "--period", "2013", "--zone", zone)
    found = good(*asked, "--json").document
    rows = {row["indicator"]: row for row in found["progress"]}
    assert (found["period"], found["elapsed"]) == ("2013", 1)
    assert rows["tax_revenue"]["completion"] == pytest.approx(0.9)
    assert rows["profit"]["actual"] is None
    assert rows["profit"]["reason"] == "没有数据"
    text = good(*asked).out
    assert "90%" in text
    assert "落后时序进度 10 个百分点" in text
    assert "  未达到" in text


def test_before_the_year_is_over_a_target_is_not_called_missed(empty_workspace: Path) -> None:
    zone = "演示园区"
    good(
        "target", "set", empty_workspace, zone, "税收收入", "2", "--unit", "亿元", "--year", "2019"
    )
    entered = ("zone", "set", empty_workspace, zone, "税收收入", "0.8", "--unit", "亿元")
    good(*entered, "--period", "2019Q2")
    text = good("target", "progress", empty_workspace, "--period", "2019Q2").out
    assert "落后时序进度 10 个百分点" in text
    assert "尚未达到" in text


def test_stars_with_source_and_rewards(empty_workspace: Path) -> None:
    words = ("star", "set", empty_workspace, "经开产业集聚区")
    good(*words, "六星", "--year", "2018", "--document", "文件")
    (zone,) = good("star", "list", empty_workspace, "--json").document["zones"]
    assert [s["year"] for s in zone["stars"]] == [2014, 2015, 2016, 2017, 2018]
    assert zone["stars"][-1]["running_at_least"] == 5
    assert zone["stars"][-1]["running_exact"] is False
    text = good("star", "list", empty_workspace).out
    assert "至少连续五年六星" in text
    assert "报刊报道" in text
    paid = good("star", "rewards", empty_workspace, "--year", "2017", "--json").document["rewards"]
    assert {r["scheme"]: r["at_least"] for r in paid} == {"henan-2017": 500, "zhengzhou-2015": 2000}
    assert "2000万元" in good("star", "rewards", empty_workspace, "--year", "2017").out
    good("star", "remove", empty_workspace, "经开产业集聚区", "--year", "2018")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["target", "set", "F", ZONE, "税收收入", "多", "--year", "2024"], "不是数字"),
        (["target", "set", "F", ZONE, "幸福感", "1", "--year", "2024"], "没有“幸福感”"),
        (
            ["target", "set", "F", ZONE, "税收收入", "1", "--year", "2024", "--bound", "约"],
            "不低于",
        ),
        (["target", "remove", "F", "9"], "没有第 9 号目标"),
        (["target", "progress", "F", "--period", "明年"], "期间“明年”无法识别"),
        (["target", "progress", "F", "--period", "2019", "--zone", "无"], "没有园区“无”"),
        (["star", "set", "F", ZONE, "很多", "--year", "2024"], "星级“很多”无法识别"),
        (["star", "set", "F", ZONE, "2", "--year", "2024", "--kind", "x"], "类别“x”无法识别"),
        (["star", "remove", "F", ZONE, "--year", "2024"], "没有演示园区 2024 年的星级认定结果"),
    ],
)
def test_mistakes_are_told(empty_workspace: Path, words: list[str], sentence: str) -> None:
    given = [str(empty_workspace) if word == "F" else word for word in words]
    assert sentence in refused(*given).err


def test_reward_and_target_files_are_checked_like_policies(tmp_path: Path) -> None:
    rules = ROOT / "zoneeval" / "policy"
    for name in ("rewards/henan-2017.toml", "targets/zhengzhou-2019-zones.toml"):
        assert good("policy", "check", rules / name, "--json").document == {
            "ok": True,
            "faults": [],
        }
    wrong = tmp_path / "奖励.toml"
    text = (rules / "rewards" / "henan-2017.toml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("amount = 300", "amount = -1"), encoding="utf-8")
    (fault,) = refused("policy", "check", wrong, "--json").document["faults"]
    assert (fault["key"], fault["message"]) == ("awards[2].amount", "必须大于 0.0")
    assert text.splitlines()[fault["line"] - 1] == "amount = 300"
