"""A self-assessment: met, unmet, no data and unknown apart; the official star explained."""

from __future__ import annotations

from dataclasses import replace

from zoneeval.engine import rate_table, rate_zone
from zoneeval.giving.self_assessment import (
    KeptStanding,
    SelfAssessment,
    conclusion,
    criterion_rows,
    item_rows,
    shortfall,
)
from zoneeval.giving.self_comparison import comparison
from zoneeval.model.zone_indicators import ZoneFigure
from zoneeval.model.zone_table import table_of
from zoneeval.policy.loader import load_ladder


def figure(key: str, used: float, other: float | None = None) -> ZoneFigure:
    """Return an official figure with what the enterprises give beside it."""
    return ZoneFigure(key, other, used, used, source="〔示意〕", slot="official")


GOOD = {
    "above_scale_value_added": figure("above_scale_value_added", 130_000),
    "tax_revenue": figure("tax_revenue", 19_000, 10_000),
    "employees": figure("employees", 6_500),
    "value_added_per_built_mu": figure("value_added_per_built_mu", 25),
    "labor_productivity": figure("labor_productivity", 20),
    "rd_to_value_added": figure("rd_to_value_added", 0.02),
}


def made(
    target: int | None = 3, official: int | None = None, **changes: ZoneFigure
) -> SelfAssessment:
    ladder = load_ladder("illustrative-six-stars")
    figures = {**GOOD, **changes}
    standing = rate_zone(ladder, "甲园", 2024, figures, target=target, official=official)
    return SelfAssessment("甲园", 2024, ladder, (), standing, figures)


def test_each_criterion_is_held_against_the_target() -> None:
    rows = criterion_rows(made())
    assert [row[1] for row in rows][:2] == ["规上工业增加值", "税收收入"]
    assert rows[0][2:3] == ("13亿元",)
    assert rows[0][5:] == ("30亿元", "未达到，差 17亿元")
    assert rows[5][5:] == ("2%", "达到")
    assert "汇总与公布相差 9,000万元" in rows[1][3]


def test_no_data_is_told_apart_from_unmet_and_unknown() -> None:
    missing = ZoneFigure("employees", None, None, None, lacking="该指标须录入，尚未录入")
    rows = {row[1]: row for row in criterion_rows(made(employees=missing))}
    assert rows["从业人员"][2:4] == ("—", "该指标须录入，尚未录入")
    assert rows["从业人员"][6] == "没有数据"
    sister = load_ladder("henan-service-zones-2016")
    figures = {"above_scale_value_added": figure("above_scale_value_added", 90_000)}
    standing = rate_zone(sister, "甲园", 2016, figures, target=3)
    open_ = SelfAssessment("甲园", 2016, sister, (), standing, figures)
    assert criterion_rows(open_)[0][5:] == ("未知", "标准未知")


def test_the_expected_star_beside_target_and_former_record() -> None:
    two = made()
    assert (two.standing.at_least, two.standing.at_most) == (2, 2)
    lines = conclusion(replace(two, former=KeptStanding("甲园", 2024, two.ladder.id, 1, 1)))
    assert "预期为二星" in lines[0]
    assert any("目标为三星，预期达不到" in line for line in lines)
    assert any("此前记录的自评为一星，本次为二星" in line for line in lines)
    assert any("没有录入星级目标" in line for line in conclusion(made(target=None)))


def test_the_official_star_is_explained_by_indicator() -> None:
    assert "没有录入本年度的认定结果" in comparison(made())[0]
    assert comparison(made(official=2)) == ["认定为二星，自评为二星，两者一致。"]
    lower = "\n".join(comparison(made(official=1)))
    assert "认定低于自评 1 级" in lower
    assert "税收收入：超出二星的要求 1.8亿元仅 5.6%" in lower
    assert "另有汇总数 1亿元，改用后达不到二星的要求 1.8亿元" in lower
    assert "须向认定机关核实" in lower
    higher = "\n".join(comparison(made(official=3)))
    assert "认定高于自评 1 级" in higher
    assert "规上工业增加值：本单位数为 13亿元，没有达到三星的要求 30亿元" in higher
    assert "R&D占规上增加值比重：" not in higher


def scored(**more: ZoneFigure) -> SelfAssessment:
    ladder = load_ladder("illustrative-composite")
    figures = {**GOOD, **more}
    used = {key: one.used for key, one in figures.items()}
    ratings = rate_table(ladder, table_of({2024: {"甲园": used, "乙园": used}}))
    standing = ratings.standing("甲园", 2024, official=0)
    return SelfAssessment("甲园", 2024, ladder, (), standing, figures)


def test_points_that_rest_on_two_figures_are_named() -> None:
    known = scored(
        tax_per_built_mu=figure("tax_per_built_mu", 12),
        energy_per_value_added=figure("energy_per_value_added", 0.3),
    )
    assert all(row[5] == "有数据" for row in item_rows(known))
    lines = comparison(known)
    assert "认定低于自评" in lines[0]
    assert "所用的税收收入汇总数与公布数相差 9,000万元" in lines[1]
    assert "须向认定机关核实" in lines[-1]


def test_points_that_are_open_are_said_to_be() -> None:
    rows = {row[1]: row for row in item_rows(scored())}
    assert rows["税收收入和亩均税收"][4:] == ("至多 30.00", "没有数据")
    assert rows["全员劳动生产率"][4:] == ("11.43", "有数据")


def test_what_is_short_is_positive_and_what_is_to_spare_negative() -> None:
    one = made()
    first = one.standing.criteria[0]
    assert shortfall(one, first, 3) == 17
    assert shortfall(one, first, 2) == -1
    assert shortfall(one, first, 99) is None
