"""Headings, unit lines and titles that would be read wrongly are asked about or refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.departments import MakeBook, Rows, code
from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.issue import Severity

HEAD = ["统一社会信用代码", "企业名称"]


def read(book: MakeBook, rows: Rows, sheet: str = "表", **options: Any) -> Draft:
    return read_workbooks([book("表.xlsx", {sheet: rows})], year=2024, zone="东园", **options)


def value(draft: Draft, key: str) -> object:
    found = draft.years[2024].values[code(1)].get(key) if 2024 in draft.years else None
    return None if found is None else found.value


def blocking(draft: Draft) -> set[str]:
    return {i.code for i in draft.issues if i.severity is Severity.BLOCKING}


@pytest.mark.parametrize(
    ("heading", "key", "meant"),
    [
        ("税收实际贡献（元，含免抵）", "tax_paid", 120.0),
        ("主营业务收入（元、不含税）", "revenue", 120.0),
        ("工业总产值（元 现价）", "output_value", 120.0),
        ("用电量（度、含自发电）", "electricity_use", 120.0),
        ("主营业务收入（单位：元，含税）", "revenue", 120.0),
        ("税收实际贡献：元", "tax_paid", 120.0),
        ("主营业务收入/元", "revenue", 120.0),
        ("利润总额|元", "profit", 120.0),
        ("利润总额 元", "profit", 120.0),
    ],
)
def test_a_unit_is_found_however_it_is_written(
    book: MakeBook, heading: str, key: str, meant: float
) -> None:
    draft = read(book, [[*HEAD, heading], [code(1), "样例1", 1200000]])
    assert value(draft, key) == meant
    assert not draft.has_blocking


def test_two_units_in_one_heading_block(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "税收实际贡献（元）（万元）"], [code(1), "样例1", 1]])
    assert blocking(draft) == {"unit-conflict"}
    rows = [[*HEAD, "税收实际贡献（万元）"], [None, None, "元"], [code(1), "样例1", 1]]
    assert blocking(read(book, rows)) == {"unit-conflict"}


@pytest.mark.parametrize(
    "line",
    [
        "单位：元（保留两位小数）", "金额单位：人民币元（列至角分）", "货币单位：元",
        "单位：元（含税）",
        "统计表单位：元", "单位: 元/%", "单位：元\n面积：平方米", "金额单位为元", "金额：元",
        "注：本表金额以元计", "单位:RMB元", "单位：元整",
    ],
)  # fmt: skip
def test_unit_lines_are_understood(book: MakeBook, line: str) -> None:
    draft = read(book, [[line], [*HEAD, "税收实际贡献"], [code(1), "样例1", 1200000]])
    assert value(draft, "tax_paid") == 120.0


@pytest.mark.parametrize("word", ["上半年", "1-6月", "12月", "应缴", "预算", "加计扣除"])
def test_a_qualifier_that_may_change_the_figure_is_asked_about(book: MakeBook, word: str) -> None:
    draft = read(book, [[*HEAD, f"研发费用（{word}）"], [code(1), "样例1", 5]])
    assert value(draft, "rd_expense") is None
    assert "heading-similar" in {i.code for i in draft.issues}


@pytest.mark.parametrize("group", ["2024年上半年", "全市平均", "行业平均"])
def test_a_group_of_others_figures_is_asked_about(book: MakeBook, group: str) -> None:
    rows = [[*HEAD, group, None], [None, None, "利润总额", "研发费用"], [code(1), "样例1", 5, 6]]
    assert value(read(book, rows), "profit") is None


def test_years_as_numbers_below_a_heading_choose_the_year(book: MakeBook) -> None:
    rows = [[*HEAD, "税收（万元）", None], [None, None, 2023, 2024], [code(1), "样例1", 5, 6]]
    draft = read(book, rows, set_aside=True)
    assert value(draft, "tax_paid") == 6
    assert draft.set_aside == ()


def test_a_title_of_another_year_or_half_a_year_blocks(book: MakeBook) -> None:
    table = [[*HEAD, "利润总额"], [code(1), "样例1", 5]]
    for title in ("2023年度企业税收情况表", "2024年1-6月企业税收情况表"):
        assert blocking(read(book, [[title], *table])) == {"year-differs"}
    assert blocking(read(book, table, "2023")) == {"year-differs"}
    assert not blocking(read(book, [["2024年度企业情况表"], *table]))


def test_figures_without_heading_are_told_and_two_tables_side_by_side_block(
    book: MakeBook,
) -> None:
    draft = read(book, [[*HEAD, "利润总额", None], [code(1), "样例1", 5, 999]])
    assert "column-not-recognised" in {i.code for i in draft.issues}
    one = [*HEAD, "利润总额"]
    rows = [[*one, None, *one], [code(1), "样例1", 5, None, code(2), "样例2", 6]]
    assert "duplicate-column" in blocking(read(book, rows))


def test_a_workbook_with_nothing_to_store_blocks(book: MakeBook) -> None:
    assert blocking(read(book, [[*HEAD, "利润总额"]])) == {"nothing-to-store"}


def test_the_unit_line_holds_for_zone_tables_too(book: MakeBook) -> None:
    rows = [["单位：元（列至角分）"], ["指标", "数值"], ["规模以上工业增加值", 1200000000]]
    (figure,) = read(book, rows).zone_values
    assert figure.value in (12.0, 120000.0)
