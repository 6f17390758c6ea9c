from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.workbooks import Opened
from zoneeval.model.standing import CriterionStanding, ZoneStanding
from zoneeval.model.zone_indicators import ZoneFigure
from zoneeval.policy.loader import load_ladder
from zoneeval.report import write_stars


def criterion(**changes: object) -> CriterionStanding:
    values: dict[str, object] = {
        "key": "tax_revenue",
        "label": "税收收入",
        "unit": "亿元",
        "value": 3.6,
        "thresholds": (0.3, None, "unknown", 4.5, 9.0, 12.0, 15.0),
        "level_at_least": 1,
        "level_at_most": 2,
        "next_threshold": 4.5,
        "gap": 0.9,
        "met": False,
        "clause": "示意数值，未见公布",
    }
    values.update(changes)
    return CriterionStanding(**values)  # type: ignore[arg-type]


SHARE = criterion(
    key="rd_intensity",
    label="R&D投入强度",
    unit="",
    value=None,
    thresholds=("", 0.01, 0.015, 0.02, 0.025, 0.03, 0.035),
    level_at_least=0,
    level_at_most=6,
    next_threshold=0.02,
    gap=None,
    met=None,
)


@pytest.fixture
def stars(tmp_path: Path) -> Opened:
    standings = [
        ZoneStanding(
            "西岭园区",
            2024,
            1,
            5,
            3,
            None,
            (criterion(target_threshold=4.5, target_gap=0.9), SHARE),
        ),
        ZoneStanding("东湾园区", 2024, 2, 2, 2, 1, (criterion(met=True, gap=None), SHARE)),
    ]
    figures = {
        "东湾园区": {
            "tax_revenue": ZoneFigure(
                "tax_revenue", 35000.0, 36000.0, 36000.0, source="统计公报", missing=2
            ),
            "rd_intensity": ZoneFigure("rd_intensity", 0.02, None, 0.02, 200.0, 10000.0),
        }
    }
    ladder = load_ladder("illustrative-six-stars")
    path = tmp_path / "星级.xlsx"
    write_stars(path, 2024, ladder, standings, figures, ["本阶梯只用于演示。"])
    return Opened(path)


def test_sheets(stars: Opened) -> None:
    assert stars.names == ["星级总表", "逐项对照", "判定理由", "园区指标", "说明"]


def test_standing_gives_verdict_target_and_gap(stars: Opened) -> None:
    east, west = stars.table("星级总表")
    assert (east["园区"], east["测算结果"], east["官方认定"]) == ("东湾园区", "二星", "一星")
    assert (east["本年目标"], east["是否达到目标"]) == ("二星", "达到")
    assert east["税收收入距下一级（亿元）"] == "已达到"
    assert (west["测算结果"], west["官方认定"]) == ("至少一星，至多五星", "—")
    assert west["是否达到目标"] == "不能判定"
    assert (west["税收收入（亿元）"], west["税收收入距下一级（亿元）"]) == (3.6, 0.9)
    assert west["R&D投入强度"] == "—"
    assert west["距目标还差"] == "税收收入 差 0.9 亿元\nR&D投入强度 没有数据"
    assert east["距目标还差"] == "—"


def test_thresholds_tell_unknown_from_not_required(stars: Opened) -> None:
    rows = stars.table("逐项对照")
    assert len(rows) == 4
    tax, share = rows[:2]
    assert [tax[name] for name in ("门槛", "一星", "二星", "三星")] == [0.3, "不要求", "未知", 4.5]
    assert share["门槛"] == "不要求"
    west_tax = rows[2]
    assert (west_tax["目标要求"], west_tax["距目标还差"]) == (4.5, 0.9)
    assert share["一星"] == 0.01
    sheet = stars.sheet("逐项对照")
    assert sheet.cell(stars.header_row("逐项对照") + 2, 6).number_format == "0.0%"


def test_indicators_keep_computed_and_official(stars: Opened) -> None:
    rows = {row["指标"]: row for row in stars.table("园区指标")}
    tax, share = rows["税收收入"], rows["R&D投入强度"]
    assert (tax["按企业测算"], tax["官方数值"], tax["采用值"]) == (35000, 36000, 36000)
    assert (tax["缺数企业（家）"], tax["来源"], tax["分子"]) == (2, "统计公报", "—")
    assert (share["分子"], share["分母"], share["官方数值"]) == (200, 10000, "—")


def test_illustrative_ladder_says_so_on_every_result_sheet(stars: Opened) -> None:
    for name in ("星级总表", "逐项对照", "说明"):
        assert "本星级阶梯为示意" in stars.words(name)
        assert "本阶梯只用于演示。" in stars.words(name)
