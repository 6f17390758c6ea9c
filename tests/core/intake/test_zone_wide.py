"""Wide tables about zones: indicators or periods in the columns, quarters and months."""

from __future__ import annotations

from typing import Any

from tests.helpers.departments import MakeBook, code
from zoneeval.intake import Draft, read_workbooks

Found = set[tuple[str, int, str, str, float]]


def read(book: MakeBook, rows: list[list[Any]], **options: Any) -> Draft:
    sheet = options.pop("sheet", "表")
    return read_workbooks([book("a.xlsx", {sheet: rows})], **{"year": 2019, **options})


def found(draft: Draft) -> Found:
    assert not draft.has_blocking, [i.message for i in draft.issues]
    return {(v.zone, v.year, v.part, v.indicator, v.value) for v in draft.zone_values}


def test_one_column_per_indicator_and_the_period_of_the_title(book: MakeBook) -> None:
    draft = read(book, [
        ["2019年1—6月产业集聚区主要指标"],
        ["序号", "园区", "规上工业增加值（亿元）", "规上工业增加值增速（%）", "道路长度（公里）",
         "备注"],
        [1, "东园", 12.5, 8.1, 35, None],
        [2, "西园", "—", -2, None, "补报"],
        ["合计", None, 12.5, None, 35, None],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "06", "above_scale_value_added", 125000.0),
        ("东园", 2019, "06", "above_scale_value_added_growth", 0.081),
        ("东园", 2019, "06", "road_length", 35.0),
        ("西园", 2019, "06", "above_scale_value_added_growth", -0.02),
    }
    assert draft.zone_values[0].source is not None
    assert (draft.zone_values[0].source.row, draft.zone_values[0].source.column) == (3, "C")
    assert draft.accepted == 2


def test_periods_over_indicators(book: MakeBook) -> None:
    draft = read(book, [
        ["园区", "一季度", None, "1—6月", None],
        [None, "税收收入（万元）", "从业人员（人）", "税收收入（万元）", "从业人员（人）"],
        ["东园", 10, 100, 25, 110],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "Q1", "tax_revenue", 10.0),
        ("东园", 2019, "Q1", "employees", 100.0),
        ("东园", 2019, "06", "tax_revenue", 25.0),
        ("东园", 2019, "06", "employees", 110.0),
    }


def test_growth_below_its_indicator(book: MakeBook) -> None:
    draft = read(book, [
        ["园区", "税收收入", None, "固定资产投资", None],
        [None, "绝对量（亿元）", "增速（%）", "累计（亿元）", "增速（%）"],
        ["东园", 1, 5, 2, -3],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "", "tax_revenue_growth", 0.05),
        ("东园", 2019, "", "fixed_asset_investment_growth", -0.03),
        ("东园", 2019, "", "tax_revenue", 10000.0),
        ("东园", 2019, "", "fixed_asset_investment", 20000.0),
    }


def test_one_column_per_period(book: MakeBook) -> None:
    draft = read(book, [
        ["单位：万元"],
        ["园区", "指标", "单位", "2018年", "2019年1—3月", "2019年二季度"],
        ["东园", "税收收入", None, 100, 30, 55],
        ["东园", "建成区面积", "平方公里", 6, 6, "—"],
        ["东园", "没有的指标", None, 1, 2, 3],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2018, "", "tax_revenue", 100.0),
        ("东园", 2019, "03", "tax_revenue", 30.0),
        ("东园", 2019, "Q2", "tax_revenue", 55.0),
        ("东园", 2018, "", "built_area", 9000.0),
        ("东园", 2019, "03", "built_area", 9000.0),
    }
    codes = [i.code for i in draft.issues]
    assert codes.count("period-cumulative") == 1
    assert "unknown-indicator" in codes


def test_a_sheet_of_one_zone(book: MakeBook) -> None:
    draft = read(book, [["指标", "1—2月", "1—3月"], ["税收收入（万元）", 5, 9]], zone="南园")
    assert found(draft) == {
        ("南园", 2019, "02", "tax_revenue", 5.0), ("南园", 2019, "03", "tax_revenue", 9.0),
    }  # fmt: skip


def test_the_same_indicator_of_two_periods_does_not_conflict(book: MakeBook) -> None:
    draft = read(book, [
        ["园区", "年度", "期间", "指标", "数值", "单位"],
        ["东园", 2019, "一季度", "税收收入", 10, "万元"],
        ["东园", 2019, "6月", "税收收入", 25, "万元"],
        ["东园", 2019, "7—9月", "税收收入", 8, "万元"],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "Q1", "tax_revenue", 10.0), ("东园", 2019, "06", "tax_revenue", 25.0),
    }  # fmt: skip
    assert sorted(i.code for i in draft.issues) == ["period-cumulative", "period-not-read"]


def test_bad_figures_block_with_their_cells(book: MakeBook) -> None:
    draft = read(book, [
        ["园区", "税收收入（万元）", "从业人员（人）", "建成区面积（万元）"],
        ["东园", "约三亿", 10, None],
        ["西园", 1, 2, 3],
        [None, 1, 2, None],
    ])  # fmt: skip
    assert [(i.code, i.row, i.column) for i in draft.issues] == [
        ("text-in-number", 2, "B"), ("wrong-unit", 3, "D"), ("missing-value", 4, "A"),
    ]  # fmt: skip
    assert draft.has_blocking


def test_a_table_of_enterprises_is_none_of_zones(book: MakeBook) -> None:
    rows = [
        ["统一社会信用代码", "企业名称", "园区", "税收（万元）", "营业收入（万元）"],
        [code(1), "样例1", "东园", 5, 6],
    ]
    draft = read(book, rows)
    assert draft.zone_values == ()
    assert draft.years[2019].values[code(1)]["tax_paid"].value == 5


def test_foreign_money_is_converted_only_into_foreign_money(book: MakeBook) -> None:
    good = [["园区", "实际利用境外资金（亿美元）", "道路长度（米）"], ["东园", 0.5, 1500]]
    assert found(read(book, good)) == {
        ("东园", 2019, "", "foreign_capital", 5000.0), ("东园", 2019, "", "road_length", 1.5),
    }  # fmt: skip
    bad = [["园区", "税收收入（万美元）", "道路长度（米）"], ["东园", 1, 2]]
    assert [i.code for i in read(book, bad).issues] == ["wrong-unit"]


def test_one_column_per_zone(book: MakeBook) -> None:
    draft = read(book, [
        ["2019年前三季度各园区指标"],
        ["指标", "单位", "东园", "西园产业集聚区", "合计"],
        ["税收收入", "亿元", 1, 2, 3],
        ["路灯", "盏", 7, 8, 15],
    ])  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "Q3", "tax_revenue", 10000.0),
        ("西园产业集聚区", 2019, "Q3", "tax_revenue", 20000.0),
    }
    assert "period-from-title" in [i.code for i in draft.issues]


def test_the_month_of_filling_in_is_no_period(book: MakeBook) -> None:
    rows = [
        ["园区指标表（2019年3月填报）"],
        ["园区", "税收收入（万元）", "从业人员（人）"],
        ["东园", 5, 6],
    ]
    assert {(v.year, v.part) for v in read(book, rows, year=2018).zone_values} == {(2018, "")}
    rows[0] = ["园区月台账（2019年3月）"]
    assert {(v.year, v.part) for v in read(book, rows).zone_values} == {(2019, "03")}


def test_the_quarterly_form_of_a_zone_is_read_as_it_is(book: MakeBook) -> None:
    draft = read(book, [
        ["JJQ201 园区基本情况（2019年二季度）"],
        ["指标名称", "计量单位", "代码", "本期"],
        ["建成区面积", "平方公里", "01", 6.2],
        ["标准厂房面积", "万平方米", "03", 50],
        ["其中：多层标准厂房面积", "万平方米", "04", 30],
        ["其中：税收收入", "万元", "05", 7],
    ], zone="东园")  # fmt: skip
    assert found(draft) == {
        ("东园", 2019, "Q2", "built_area", 9300.0),
        ("东园", 2019, "Q2", "standard_plant_area", 50.0),
        ("东园", 2019, "Q2", "multi_storey_plant_area", 30.0),
    }


def test_columns_of_periods_are_not_called_unused(book: MakeBook) -> None:
    draft = read(book, [
        ["园区", "指标", "单位", "2019年一季度", "2019年上半年"],
        ["东园", "税收收入", "万元", 30, 55],
    ])  # fmt: skip
    assert "column-not-recognised" not in [i.code for i in draft.issues]
