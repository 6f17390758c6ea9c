"""`indicators` and `stars`: published figures, and a ladder with unknown thresholds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import ROOT, good, refused

HISTORY = ROOT / "sample_data" / "zhengzhou" / "园区历史数据.xlsx"
LADDER = "henan-service-zones-2016"


@pytest.fixture
def history(empty_workspace: Path) -> Path:
    good("import", HISTORY, "--into", empty_workspace, "--year", "2013")
    return empty_workspace


def test_mazhai_2013_from_its_published_totals(history: Path) -> None:
    zones = good("indicators", history, "--year", "2013", "--json").document["zones"]
    (mazhai,) = [zone for zone in zones if "马寨" in zone["zone"]]
    assert mazhai["year"] == 2013
    figure = mazhai["indicators"]["value_added_per_built_mu"]
    assert list(figure) == [
        "computed", "official", "used", "unit", "numerator", "denominator", "source",
    ]  # fmt: skip
    assert round(figure["used"], 2) == 37.44
    assert (figure["numerator"], figure["denominator"]) == (337_000, 9_000)
    assert figure["unit"] == "万元/亩"


def test_mazhai_2013_is_at_least_one_star_and_at_most_five(history: Path) -> None:
    words = ("stars", history, "--year", "2013", "--ladder", LADDER)
    found = good(*words, "--json").document
    assert found["ladder"] == {"id": LADDER, "status": "partial"}
    assert found["warnings"]
    (mazhai,) = [zone for zone in found["zones"] if "马寨" in zone["zone"]]
    assert (mazhai["at_least"], mazhai["at_most"], mazhai["decidable"]) == (1, 5, False)
    assert {
        "key", "value", "unit", "level_at_least", "level_at_most", "next_threshold", "gap", "met",
    } <= set(mazhai["criteria"][0])  # fmt: skip
    text = good(*words).out
    assert "至少一星，至多五星" in text
    assert "提醒：" in text


def test_an_illustrative_ladder_says_so(demo_workspace: Path) -> None:
    words = ("stars", demo_workspace, "--year", "2024", "--ladder", "illustrative-six-stars")
    found = good(*words, "--json").document
    assert found["ladder"]["status"] == "illustrative"
    assert any("示意" in warning for warning in found["warnings"])
    assert all(zone["target"] is not None for zone in found["zones"])
    assert "（示意）" in good(*words).out


def test_computed_figures_stand_beside_official_ones(demo_workspace: Path) -> None:
    zones = good("indicators", demo_workspace, "--year", "2024", "--json").document["zones"]
    tax = [zone["indicators"]["tax_revenue"] for zone in zones]
    assert any(f["official"] is not None and f["official"] != f["computed"] for f in tax)
    assert all(f["used"] == f["official"] for f in tax if f["official"] is not None)
    assert "采用" in good("indicators", demo_workspace, "--year", "2024").out


@pytest.mark.parametrize("command", ["indicators", "stars"])
def test_a_year_without_data_is_refused(demo_workspace: Path, command: str) -> None:
    ladder = ["--ladder", LADDER] if command == "stars" else []
    answer = refused(command, demo_workspace, "--year", "2001", *ladder, "--json")
    assert "没有 2001 年的数据" in answer.document["error"]


def test_an_unknown_ladder_is_refused(demo_workspace: Path, tmp_path: Path) -> None:
    words = ("stars", demo_workspace, "--year", "2024", "--ladder")
    assert "没有名为“七星”的星级阶梯" in refused(*words, "七星").err
    broken = tmp_path / "阶梯.toml"
    broken.write_text("schema = 1\n", encoding="utf-8")
    assert "处问题" in refused(*words, broken).err


def test_published_values_come_out_of_their_parts(history: Path) -> None:
    words = ("--details", "--json")
    found = good("indicators", history, "--year", "2013", *words).document["zones"]
    (mazhai,) = [zone["indicators"] for zone in found if "马寨" in zone["zone"]]
    assert round(mazhai["value_added_per_built_mu"]["used"], 1) == 37.4
    assert round(mazhai["tax_per_built_mu"]["used"], 1) == 4.0
    growth = mazhai["above_scale_value_added_growth"]
    assert (growth["official"], growth["computed"], growth["basis"]) == (0.162, None, "comparable")
    assert mazhai["labor_productivity"]["lacking"] == "缺“规上平均用工人数”"
    found = good("indicators", history, "--year", "2015", "--json").document["zones"]
    (luoyang,) = [zone["indicators"] for zone in found if "洛阳先进制造" in zone["zone"]]
    assert luoyang["value_added_per_employee"]["used"] == 15.0
    assert luoyang["value_added_per_employee"]["numerator"] == 810_000


def test_a_quarter_is_entered_shown_and_cleared(empty_workspace: Path) -> None:
    place = (empty_workspace, "东园", "规上工业增加值")
    good("zone", "set", *place, "12.5", "--period", "2024Q2", "--unit", "亿元")
    good("zone", "set", empty_workspace, "东园", "税收收入增速", "-5", "--period", "2024Q2",
         "--unit", "%")  # fmt: skip
    words = ("indicators", empty_workspace, "--period", "2024Q2", "--zone", "东园")
    (zone,) = good(*words, "--json").document["zones"]
    assert (zone["year"], zone["period"], zone["months"]) == (2024, "2024Q2", 6)
    assert zone["indicators"]["above_scale_value_added"]["used"] == 125_000
    assert zone["indicators"]["tax_revenue_growth"]["used"] == -0.05
    text = good(*words, "--details").out
    assert "2024年上半年（年初以来累计）" in text
    assert "企业数据只有全年数" in text
    (point,) = good(
        "zone", "history", *place, "--by", "quarter", "--json"
    ).document["figures"]  # fmt: skip
    assert (point["period"], point["used"]) == ("2024Q2", 125_000)
    good("zone", "clear", *place, "--period", "2024Q2")
    assert "不必删除" in refused("zone", "clear", *place, "--period", "2024Q2").err


def test_the_slot_is_chosen(demo_workspace: Path) -> None:
    zones = good("indicators", demo_workspace, "--year", "2024", "--json").document["zones"]
    zone = zones[0]["zone"]
    tax = zones[0]["indicators"]["tax_revenue"]
    words = ("zone", "choose", demo_workspace, zone, "税收收入")
    good(*words, "computed", "--year", "2024", "--reason", "口径一致")
    again = good("indicators", demo_workspace, "--year", "2024", "--zone", zone, "--json").document
    assert again["zones"][0]["indicators"]["tax_revenue"]["used"] == tax["computed"]
    good(*words, "default", "--year", "2024")
    assert "无法识别" in refused(*words, "both", "--year", "2024").err


def test_profiles_and_events(empty_workspace: Path) -> None:
    good("zone", "profile", empty_workspace, "东园", "--leading", "36、C3516", "--kind", "专业园区")
    (profile,) = good("zone", "profile", empty_workspace, "--json").document["profiles"]
    assert profile["leading_industries"] == ["36", "3516"]
    words = ("zone", "event", "add", empty_workspace, "东园", "较大安全事故")
    assert "编号 1" in good(*words, "--on", "2024-05-31").out
    (event,) = good("zone", "event", "list", empty_workspace, "--json").document["events"]
    assert (event["occurred_on"], event["count"]) == ("2024-05-31", 1)
    good("zone", "event", "remove", empty_workspace, "1")
    assert "日期" in refused(*words, "--on", "2024-02-30").err


def test_the_registry_is_listed() -> None:
    listed = good("zone", "registry", "--json").document["indicators"]
    (share,) = [one for one in listed if one["key"] == "high_tech_share"]
    assert (share["kind"], share["numerator"]) == ("share_of", "high_tech_value_added")
    assert "多层标准厂房面积" in good("zone", "registry").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--period", "2024-13"], "无法识别"),
        ([], "没有写明期间"),
        (["--year", "2023", "--period", "2024Q1"], "无法识别|不在 2023 年度内"),
    ],
)
def test_a_wrong_period_is_refused(demo_workspace: Path, words: list[str], sentence: str) -> None:
    import re

    assert re.search(sentence, refused("indicators", demo_workspace, *words).err)


def test_an_official_result_below_the_gate_is_told_from_none(history: Path) -> None:
    words = ("stars", history, "--year", "2013", "--ladder", LADDER)
    (mazhai,) = [z for z in good(*words, "--json").document["zones"] if "马寨" in z["zone"]]
    assert (mazhai["official"], mazhai["official_known"]) == (None, False)
    good("star", "set", history, mazhai["zone"], "未达门槛", "--year", "2013")
    (mazhai,) = [z for z in good(*words, "--json").document["zones"] if "马寨" in z["zone"]]
    assert (mazhai["official"], mazhai["official_known"]) == (None, True)
    assert "认定为未达门槛" in good(*words).out


def test_a_figure_that_is_no_number_is_refused_in_chinese(history: Path) -> None:
    said = refused("zone", "set", history, "东园", "tax_revenue", "1,234.5", "--year", "2013")
    assert "VALUE 应是数字，不能是“1,234.5”" in said.err


def test_a_rule_over_several_years_is_in_the_document(history: Path) -> None:
    found = good("stars", history, "--year", "2013", "--ladder", "illustrative-composite", "--json")
    (rule,) = found.document["years_rules"]
    assert (rule["id"], rule["consequence"]) == ("exit", "列为退出候选")
    assert {"zone", "sure", "times", "mean_score", "touched"} == set(rule["zones"][0])
