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
