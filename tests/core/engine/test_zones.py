"""Zone indicators: sums, ratios, growth, the slot that is used, and what is lacking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zoneeval.engine import zone_figures
from zoneeval.model.dataset import Dataset
from zoneeval.model.period import Period
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval.model.zone_records import ZoneChoice, ZoneProfile, industry_codes
from zoneeval.model.zone_registry import RegistryError, definitions, registry
from zoneeval.model.zone_table import ZoneTable, table_of
from zoneeval.model.zone_wording import definition_words

Z = "东园"


def firm(**values: Any) -> dict[str, Any]:
    """Return an enterprise above scale in the zone."""
    return {"zone": Z, "scale": "规上", **values}


def figures(*firms: dict[str, Any], year: int = 2024, **more: Any) -> ZoneFigures:
    """Return the zone's figures from enterprises."""
    return zone_figures(Dataset.from_rows(firms, year), (), **more)[Z]


def entered(year: int = 2024, **values: float) -> ZoneFigures:
    """Return the zone's figures from official values only."""
    return zone_figures(None, [ZoneValue(Z, year, k, v) for k, v in values.items()])[Z]


def test_published_figures_come_out_of_their_parts() -> None:
    mazhai = entered(above_scale_value_added=337_000, tax_revenue=36_000, built_area=9_000)
    assert round(mazhai["value_added_per_built_mu"].used or 0, 1) == 37.4
    assert mazhai["tax_per_built_mu"].used == 4.0
    luoyang = entered(above_scale_value_added=810_000, employees=54_000)
    assert luoyang["value_added_per_employee"].used == 15.0
    assert luoyang["labor_productivity"].lacking == "缺“规上平均用工人数”"


def test_a_total_says_who_is_missing_and_whose_scale_is_unknown() -> None:
    found = figures(
        firm(value_added=10.0), firm(value_added=None), {"zone": Z, "value_added": 5.0},
        {"zone": Z, "scale": "规下", "value_added": 7.0},
    )["above_scale_value_added"]  # fmt: skip
    assert (found.computed, found.missing, found.undecided) == (10.0, 1, 1)
    assert "1 家缺数据" in found.source
    assert "1 家是否属于统计范围不明" in found.source


def test_nobody_known_is_no_data_and_nobody_there_is_zero() -> None:
    nobody = figures({"zone": Z, "scale": "规下", "value_added": 7.0})
    assert nobody["above_scale_value_added"].used == 0
    assert nobody["above_scale_count"].used == 0
    unknown = figures({"zone": Z, "value_added": 7.0})
    assert unknown["above_scale_value_added"].used is None
    assert unknown["above_scale_count"].used is None
    assert "范围不明" in unknown["above_scale_count"].lacking
    assert figures(firm(value_added=None))["above_scale_value_added"].used is None


def test_flags_and_leading_industries_choose_the_members() -> None:
    firms = (
        firm(value_added=10.0, high_tech=1.0, industry_code="C3611"),
        firm(value_added=30.0, high_tech=0.0, industry_code="3511"),
        firm(value_added=60.0, high_tech=None, industry_code=None),
    )
    profile = {Z: ZoneProfile(Z, leading_industries=("36",))}
    found = figures(*firms, profiles=profile)
    assert found["high_tech_value_added"].computed == 10
    assert found["high_tech_value_added"].undecided == 1
    assert found["high_tech_share"].used == 0.1
    assert (found["leading_value_added"].used, found["leading_value_added"].undecided) == (10, 1)
    assert found["leading_share"].used == 0.1
    assert "主导产业" in figures(*firms)["leading_value_added"].lacking


def test_official_beats_computed_unless_chosen() -> None:
    data = Dataset.from_rows([firm(tax_paid=90.0)], 2024)
    official = [ZoneValue(Z, 2024, "tax_revenue", 100.0, "〔示意〕")]
    found = zone_figures(data, official)[Z]["tax_revenue"]
    assert (found.used, found.slot, found.difference, found.source) == (
        100, "official", -10, "〔示意〕",
    )  # fmt: skip
    assert found.difference_share == -0.1
    choice = ZoneChoice(Z, "2024", "tax_revenue", "computed", "口径一致")
    chosen = zone_figures(data, official, choices=[choice])[Z]["tax_revenue"]
    assert (chosen.used, chosen.official, chosen.chosen) == (90, 100, True)
    assert "选定采用汇总数（口径一致）" in chosen.source
    empty = zone_figures(None, official, choices=[choice])[Z]["tax_revenue"]
    assert empty.used is None
    assert empty.lacking == "已选定采用汇总数，但没有汇总数"


def test_official_growth_and_computed_growth_are_told_apart() -> None:
    last = entered(2023, above_scale_value_added=100, tax_revenue=50)
    given = [
        ZoneValue(Z, 2024, "above_scale_value_added", 110),
        ZoneValue(Z, 2024, "above_scale_value_added_growth", 0.08),
        ZoneValue(Z, 2024, "tax_revenue", 55),
    ]
    found = zone_figures(None, given, previous={Z: last})[Z]
    growth = found["above_scale_value_added_growth"]
    assert (growth.used, growth.basis) == (0.08, "comparable")
    assert growth.computed == pytest.approx(0.1)
    assert (growth.numerator, growth.denominator) == (110, 100)
    tax = found["tax_revenue_growth"]
    assert (tax.used, tax.basis) == (pytest.approx(0.1), "nominal")
    assert "上年同期没有" in zone_figures(None, given)[Z]["tax_revenue_growth"].lacking


def test_only_like_is_compared_with_like() -> None:
    last = figures(firm(tax_paid=50.0), year=2023)
    now = zone_figures(None, [ZoneValue(Z, 2024, "tax_revenue", 60)], previous={Z: last})[Z]
    assert now["tax_revenue_growth"].used is None
    assert "来源不同" in now["tax_revenue_growth"].lacking
    data = Dataset.from_rows([firm(tax_paid=55.0)], 2024)
    both = zone_figures(data, [ZoneValue(Z, 2024, "tax_revenue", 99)], previous={Z: last})[Z]
    assert both["tax_revenue_growth"].used == pytest.approx(0.1)


def test_no_growth_over_a_loss() -> None:
    last = entered(2023, above_scale_profit=-5)
    now = zone_figures(None, [ZoneValue(Z, 2024, "above_scale_profit", 5)], previous={Z: last})[Z]
    assert now["above_scale_profit_growth"].used is None
    assert "不是正数" in now["above_scale_profit_growth"].lacking


def test_shares_change_by_points() -> None:
    parts = {"leading_value_added": 30.0, "above_scale_value_added": 100.0}
    now = [ZoneValue(Z, 2024, "leading_value_added", 35), ZoneValue(
        Z, 2024, "above_scale_value_added", 100)]  # fmt: skip
    found = zone_figures(None, now, previous={Z: entered(2023, **parts)})[Z]
    change = found["leading_share_growth"]
    assert change.definition.kind == "points"
    assert (change.used, change.basis) == (pytest.approx(0.05), "points")


def test_energy_intensity_falls_by_comparable_prices_where_known() -> None:
    last = entered(2023, above_scale_energy=100, above_scale_value_added=100)
    now = {"above_scale_energy": 104.0, "above_scale_value_added": 130.0}
    rows = [ZoneValue(Z, 2024, key, value) for key, value in now.items()]
    key = "energy_per_value_added_decline"
    nominal = zone_figures(None, rows, previous={Z: last})[Z][key]
    assert (nominal.used, nominal.basis) == (pytest.approx(1 - 0.8), "nominal")
    rows.append(ZoneValue(Z, 2024, "above_scale_value_added_growth", 0.08))
    official = zone_figures(None, rows, previous={Z: last})[Z][key]
    assert (official.used, official.basis) == (pytest.approx(1 - 1.04 / 1.08), "comparable")
    assert not official.definition.lower_is_better


def test_a_ratio_is_in_its_own_unit() -> None:
    found = entered(floor_area=60, built_area=900)  # 60 万平方米 on 900 亩 = 60 万平方米
    assert found["floor_area_ratio"].used == pytest.approx(1.0)
    assert entered(idle_land=0, industrial_land=0)["idle_land_share"].lacking == (
        "“工业用地面积”为零，不能相除"
    )


def test_a_part_of_a_year_has_no_enterprises() -> None:
    value = ZoneValue(Z, 2024, "tax_revenue", 5, part="Q1")
    found = zone_figures(None, [value], period=Period(2024, "Q1"))[Z]
    assert found["tax_revenue"].used == 5
    assert "企业数据只有全年数" in found["above_scale_value_added"].lacking
    assert "须录入" in found["planned_area"].lacking


def test_the_order_of_enterprises_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    firms = [firm(value_added=float(v)) for v in rng.lognormal(3, 3, 200)]
    again = figures(*reversed(firms))["above_scale_value_added"].used
    assert figures(*firms)["above_scale_value_added"].used == again


def test_the_registry_holds_what_the_forms_ask() -> None:
    labels = {one.label for one in ZONE_INDICATORS.values()}
    assert {
        "建成区面积", "公共绿地面积", "标准厂房面积", "多层标准厂房面积", "道路长度",
        "自来水管道长度", "单位个数", "从业人员", "投资强度", "综合容积率", "污水集中处理率",
        "实际利用境外资金", "专精特新企业数", "创新创业载体数", "生产安全事故起数",
    } <= labels  # fmt: skip
    assert len(ZONE_INDICATORS) == len(registry()) >= 60
    assert all(definition_words(one) for one in ZONE_INDICATORS.values())
    assert definition_words(ZONE_INDICATORS["high_tech_share"]) == (
        "高新技术产业增加值 ÷ 规上工业增加值"
    )


TOTAL = {"key": "a", "label": "甲", "unit": "万元"}


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([TOTAL, TOTAL], "重复定义"),
        ([{**TOTAL, "colour": 1}], "不认识“colour”"),
        ([{"key": "a", "unit": ""}], "缺少"),
        ([{**TOTAL, "sums": "nothing"}], "没有企业项目"),
        ([{**TOTAL, "sums": "land_area"}], "计量单位不符"),
        ([{**TOTAL, "unit": "平方丈"}], "计量单位不符"),
        ([{**TOTAL, "kind": "ratio", "numerator": "b", "denominator": "b"}], "没有在它之前定义"),
        ([TOTAL, {**TOTAL, "key": "b"}], "名称“甲”同时指"),
        ([{**TOTAL, "kind": "share"}], "类别或口径"),
    ],
)
def test_faults_of_definitions(tables: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        definitions(tables)


def test_the_table_keeps_missing_missing() -> None:
    table = table_of({2023: {"甲": {"a": 1.0}}, 2024: {"甲": {"a": None, "b": 0.0}, "乙": {}}})
    assert (table.zones, table.years, table.keys) == (("甲", "乙"), (2023, 2024), ("a", "b"))
    assert table.value("甲", 2023, "a") == 1
    assert table.value("甲", 2024, "b") == 0
    assert table.value("甲", 2024, "a") is None
    assert np.isnan(table.column("b")[1]).all()
    assert np.isnan(table.column("c")).all()


def test_a_table_of_the_wrong_shape_is_refused() -> None:
    from zoneeval.errors import InputError

    with pytest.raises(InputError, match="不符"):
        ZoneTable(("甲",), (2024,), ("a",), np.zeros((2, 1, 1)))
    with pytest.raises(InputError, match="由早到晚"):
        ZoneTable(("甲",), (2024, 2023), ("a",), np.zeros((1, 2, 1)))


def test_industry_codes() -> None:
    assert industry_codes("36、C35, 3610 36") == ("36", "35", "3610")
    assert industry_codes(" ") == ()
