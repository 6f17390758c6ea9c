"""Columns are named by headings, near names and values; what is not certain is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.departments import MakeBook, Rows, code
from zoneeval.intake import Draft, read_workbooks
from zoneeval.intake.draft import ColumnReport
from zoneeval.intake.headers import find_header
from zoneeval.intake.looks import look_at
from zoneeval.intake.mapping import Choice, Layout
from zoneeval.intake.plan import own_unit
from zoneeval.intake.recognise import SURE, recognise
from zoneeval.intake.signature import signature_of, slots_of
from zoneeval.model.issue import Severity

HEAD = ["统一社会信用代码", "企业名称"]


def read(book: MakeBook, rows: Rows, **options: Any) -> Draft:
    return read_workbooks([book("表.xlsx", {"表": rows})], year=2024, zone="东园", **options)


def columns(draft: Draft) -> dict[str, ColumnReport]:
    (file,) = draft.files
    (sheet,) = (*file.sheets, *file.unknown)
    return {column.heading: column for column in sheet.columns}


def codes(draft: Draft) -> dict[str, Severity]:
    return {issue.code: issue.severity for issue in draft.issues}


def stored(draft: Draft, number: int, key: str) -> object:
    found = draft.years[2024].values[code(number)].get(key)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([code(1), code(2), None, "无"], "credit_code"),
        (["规上", "规下企业", "规模以上"], "scale"),
        (["是", "否", "是"], "flag"),
        (["2019.5", "2019年5月", "2020-01-02"], "date"),
        ([3484, "1511", "C3311"], "industry"),
        (["0123456789", "12345678"], "digits"),
        ([0.035, "3.5%", ".2"], "share"),
        ([1, 20000, 3.5], "number"),
        (["样例1有限公司", "样例2有限公司"], "text"),
        ([None, "—", "/"], "empty"),
    ],
)
def test_what_values_look_like(cells: list[Any], kind: str) -> None:
    assert look_at(cells).kind == kind


def test_values_make_a_near_name_certain(book: MakeBook) -> None:
    rows = [["统一社会信用代码号", "企业名称", "利润总额"], [code(1), "样例1", 3]]
    draft = read(book, rows)
    column = columns(draft)["统一社会信用代码号"]
    assert (column.field, column.suggestion) == ("uscc", None)
    assert SURE <= column.confidence < 1
    assert stored(draft, 1, "profit") == 3


def test_a_near_name_of_a_figure_is_asked_about_and_not_imported(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "税收实际贡献额（元）"], [code(1), "样例1", 30000]])
    column = columns(draft)["税收实际贡献额（元）"]
    assert (column.field, column.suggestion, column.unit) == (None, "tax_paid", "元")
    assert 0.8 < column.confidence < SURE
    assert codes(draft)["heading-similar"] is Severity.WARNING
    assert stored(draft, 1, "tax_paid") is None
    sure = read(
        book,
        [[*HEAD, "税收实际贡献额（元）"], [code(1), "样例1", 30000]],
        mapping={"税收实际贡献额（元）": "tax_paid"},
    )
    assert stored(sure, 1, "tax_paid") == 3
    assert columns(sure)["税收实际贡献额（元）"].decided


@pytest.mark.parametrize(
    "heading", ["主营业务利润率", "非主营业务收入", "利润率（%）", "人均工业总产值", "增值额"]
)
def test_another_measure_is_not_even_suggested(heading: str) -> None:
    match = recognise(heading)
    assert match.key is None
    assert match.suggestion is None


def test_a_unit_of_another_kind_rules_a_near_name_out() -> None:
    assert recognise("用电总量（万千瓦时）").suggestion == "electricity_use"
    assert recognise("用电总量（万元）").suggestion is None


def test_codes_under_the_heading_of_names_are_not_taken_for_names(book: MakeBook) -> None:
    rows = [["统一社会信用代码", "企业名称", "利润总额"], [code(1), code(1), 3]]
    draft = read(book, rows)
    assert columns(draft)["企业名称"].field is None
    assert "统一社会信用代码" in next(
        i.message for i in draft.issues if i.code == "heading-similar"
    )
    assert stored(draft, 1, "name") is None


def test_a_share_above_one_without_unit_is_asked_about(book: MakeBook) -> None:
    heading = "R&D投入强度"
    draft = read(book, [[*HEAD, heading], [code(1), "样例1", 3.5], [code(2), "样例2", 2]])
    assert columns(draft)[heading].suggestion == "rd_intensity"
    decided = read(
        book,
        [[*HEAD, heading], [code(1), "样例1", 3.5], [code(2), "样例2", 2]],
        mapping={heading: Choice("rd_intensity", "%")},
    )
    assert stored(decided, 1, "rd_intensity") == pytest.approx(0.035)


def test_the_registrys_own_name_goes_before_another_name(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "营业收入", "主营业务收入"], [code(1), "样例1", 9, 8]])
    assert stored(draft, 1, "revenue") == 8
    assert codes(draft)["duplicate-column"] is Severity.WARNING


def test_two_equal_claims_with_different_values_are_both_left_out(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "营业收入", "销售收入"], [code(1), "样例1", 9, 8]])
    assert stored(draft, 1, "revenue") is None
    assert "duplicate-column" in codes(draft)
    same = read(book, [[*HEAD, "营业收入", "销售收入"], [code(1), "样例1", 9, 9]])
    assert stored(same, 1, "revenue") == 9


def test_three_header_rows_and_a_row_of_numbers() -> None:
    header = find_header(
        [
            (1, ("统一社会信用代码", "企业名称", "排放", None, None, "产出")),
            (2, (None, None, "主要污染物", None, None, "工业增加值")),
            (3, (None, None, "COD（千克）", "氨氮（千克）", "二氧化硫（吨）", "（万元）")),
            (4, ("甲", "乙", 1, 2, 3, 4)),
            (5, (code(1), "样例1", 5, 6, 7, 8)),
        ]
    )
    assert header is not None
    assert (header.rows, header.body) == ((1, 2, 3), 4)
    assert [(c.key, c.unit) for c in header.columns] == [
        ("uscc", None), ("name", None), ("emission_cod", "千克"), ("emission_nh3n", "千克"),
        ("emission_so2", "吨"), ("value_added", "万元"),
    ]  # fmt: skip


def test_last_years_group_is_not_this_years_figure(book: MakeBook) -> None:
    rows = [
        [*HEAD, "上年同期", None, "本年", None],
        [None, None, "利润总额", "主营业务收入", "利润总额", "主营业务收入"],
        [code(1), "样例1", 1, 2, 3, 4],
    ]
    draft = read(book, rows)
    assert (stored(draft, 1, "profit"), stored(draft, 1, "revenue")) == (3, 4)


def test_years_over_groups_choose_the_year(book: MakeBook) -> None:
    rows = [
        [*HEAD, "2023年", "2024年"],
        [None, None, "利润总额", "利润总额"],
        [code(1), "样例1", 1, 3],
    ]
    draft = read(book, rows)
    assert stored(draft, 1, "profit") == 3
    assert "other-year-column" in codes(draft)


def test_repeated_two_row_header_in_the_middle_is_no_data(book: MakeBook) -> None:
    head = [[*HEAD, "主要污染物（千克）", None], [None, None, "COD", "氨氮"]]
    rows = [*head, [code(1), "样例1", 1, 2], *head, [code(2), "样例2", 3, 4]]
    draft = read(book, rows)
    assert stored(draft, 2, "emission_cod") == 0.003
    assert not draft.has_blocking


@pytest.mark.parametrize(
    ("above", "below", "unit"),
    [
        ([["示例市税收情况表（单位：元）"]], [], "元"),
        ([["示例市税收情况表（万元）"]], [], "万元"),
        ([["填报单位：示例市税务局", None, "单位：亿元"]], [], "亿元"),
        ([["单位", "千元"]], [], "千元"),
        ([], [["注：金额单位均为元"]], "元"),
    ],
)
def test_the_unit_outside_the_headings(above: Rows, below: Rows, unit: str) -> None:
    table = [*above, [*HEAD, "税收合计"], [code(1), "样例1", 5], *below]
    header = find_header([(i, tuple(row)) for i, row in enumerate(table, 1)])
    assert header is not None
    column = header.first("tax_paid")
    assert column is not None
    assert own_unit(column, header) == unit


def test_a_strange_unit_line_blocks_figures_without_their_own(book: MakeBook) -> None:
    rows = [["单位：万美元"], [*HEAD, "税收合计"], [code(1), "样例1", 5]]
    assert codes(read(book, rows))["unknown-unit"] is Severity.BLOCKING


def test_tonnes_of_water_are_cubic_metres_and_said_so(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "用水量（吨）"], [code(1), "样例1", 12345]])
    assert stored(draft, 1, "water_use") == 1.2345
    assert codes(draft)["water-tonnes"] is Severity.NOTE


def test_tonnes_of_energy_are_standard_coal_only_when_confirmed(book: MakeBook) -> None:
    rows = [[*HEAD, "综合能耗（吨）"], [code(1), "样例1", 120]]
    assert codes(read(book, rows))["wrong-unit"] is Severity.BLOCKING
    decided = read(book, rows, mapping={"综合能耗（吨）": Choice("energy_use", "吨标准煤")})
    assert stored(decided, 1, "energy_use") == 120
    assert not decided.has_blocking


def test_a_remembered_layout_is_known_in_another_order_and_year(book: MakeBook) -> None:
    slots = slots_of(["代号", "厂家", "2023年缴了多少"])
    layout = Layout(
        signature_of(slots),
        "税务",
        {
            slots[0]: Choice("uscc"),
            slots[1]: Choice("name"),
            slots[2]: Choice("tax_paid", "元"),
        },
    )
    rows = [["2024年缴了多少", "厂家", "代号"], [50000, "样例1", code(1)]]
    draft = read(book, rows, layouts={layout.signature: layout})
    assert stored(draft, 1, "tax_paid") == 5
    assert draft.files[0].sheets[0].remembered
    unknown = read(book, rows)
    assert "nothing-recognised" in codes(unknown)
    assert [c.column for c in unknown.files[0].unknown[0].columns] == ["A", "B", "C"]


def test_figures_written_as_text_are_no_headings(tmp_path: Path) -> None:
    table = tmp_path / "税.csv"
    table.write_text(f"信用代码,单位名称,上年同期\n,,利润总额\n{code(1)},样例1,5\n", "utf-8")
    draft = read_workbooks([table], year=2024, zone="东园")
    assert stored(draft, 1, "profit") is None


@pytest.mark.parametrize("title", ["2023年目标考核情况", "2023年度工业企业综合评价目标数据汇总表"])
def test_a_title_in_the_middle_is_no_group(title: str) -> None:
    header = find_header([(1, (None, title)), (2, (*HEAD, "利润总额")), (3, (code(1), "样例1", 5))])
    assert header is not None
    assert (header.rows, header.known) == ((2,), 3)
    assert {column.year for column in header.columns} == {None}
