"""Cells and rows that would be taken wrong without a word: each is told or kept out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.departments import MakeBook, code
from zoneeval.errors import InputError
from zoneeval.intake import Draft, read_workbooks
from zoneeval.intake.cells import BadCell, number_parser, parse_date
from zoneeval.intake.names import likeness
from zoneeval.intake.reader import read_book
from zoneeval.model.issue import Issue

H = ["统一社会信用代码", "企业名称"]
TAX = [*H, "税收实际贡献（万元）"]
Read = Callable[..., Draft]


def row(number: int, *values: Any) -> list[Any]:
    return [code(number), f"样例{number}有限公司", *values]


@pytest.fixture
def read(book: MakeBook) -> Read:
    def make(
        rows: Sequence[Any], merges: Sequence[str] = (), formats: Any = None, **options: Any
    ) -> Draft:
        path = book("表.xlsx", {"数据": rows})
        if merges or formats:
            made = load_workbook(path)
            for area in merges:
                made.active.merge_cells(area)  # type: ignore[union-attr]
            for cell, shape in (formats or {}).items():
                made.active[cell].number_format = shape  # type: ignore[index]
            made.save(path)
        return read_workbooks([path], **{"year": 2024, "zone": "东园", **options})

    return make


def found(draft: Draft, name: str) -> list[Issue]:
    return [issue for issue in draft.issues if issue.code == name]


def blocking(draft: Draft) -> list[str]:
    return [i.code for i in draft.issues if i.severity.value == "blocking"]


def value(draft: Draft, number: int, key: str) -> Any:
    values = draft.years[2024].values.get(code(number), {})
    return values[key].value if key in values else None


# Two tables in one sheet


@pytest.mark.parametrize(
    "second",
    [
        [*H, "主营业务收入（万元）"],
        [*H, "税收实际贡献（元）"],
        ["企业名称", "统一社会信用代码", "税收实际贡献（万元）"],
    ],
)
def test_a_second_table_in_a_sheet_is_not_read(read: Read, second: list[str]) -> None:
    draft = read([TAX, row(1, 10), [None], second, row(2, 3000)])
    assert blocking(draft) == ["second-table"]
    assert "第 4 行" in found(draft, "second-table")[0].message
    assert value(draft, 2, "tax_paid") is None


def test_the_same_headings_again_are_skipped(read: Read) -> None:
    top = [["单位：万元"], [*H, "税收实际贡献"]]
    draft = read([*top, row(1, 10), *top, row(2, 20)])
    assert blocking(draft) == []
    assert value(draft, 2, "tax_paid") == 20


def test_another_unit_line_inside_the_table_blocks(read: Read) -> None:
    draft = read([["单位：万元"], [*H, "税收实际贡献"], row(1, 10), ["单位：元"], row(2, 200000)])
    assert blocking(draft) == ["unit-line-inside"]
    assert value(draft, 2, "tax_paid") is None


# Numbers as text


@pytest.mark.parametrize(
    "text",
    ["120①", "120 ①", "120²", "120⑴", "120⒈", "1٢", "35 40", "1 2", "1,2 34", "12,34", "120\n80",
     "120 .5", "12 345 6"],
)  # fmt: skip
def test_a_number_with_marks_or_stray_gaps_is_no_number(text: str) -> None:
    with pytest.raises(BadCell) as fault:
        number_parser("万元", None)(text, False)
    assert fault.value.code == "text-in-number"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1 234 567", 1234567.0), ("- 120", -120.0), ("120 万元", 120.0), ("１，２３４．５", 1234.5),
     ("1,234.50", 1234.5), ("(1,234.5)", -1234.5), ("1.2 亿 元", 12000.0), ("120 %", None)],
)  # fmt: skip
def test_proper_grouping_is_read(text: str, meant: float | None) -> None:
    if meant is None:
        with pytest.raises(BadCell):
            number_parser("万元", None)(text, False)
    else:
        assert number_parser("万元", None)(text, False) == meant


def test_a_square_metre_written_with_a_raised_two_is_a_unit() -> None:
    assert number_parser("平方米", None)("120 m²", False) == 120


def test_marks_in_energy_and_counts_are_told(read: Read) -> None:
    draft = read([[*H, "原煤（吨）", "安全事故次数"], row(1, "10①", "1①"), row(2, "1 2", 0)])
    assert [i.code for i in found(draft, "text-in-number")] == ["text-in-number"] * 3


def test_gaps_in_figures_of_zones_are_told(book: MakeBook) -> None:
    rows = [["园区", "指标", "单位", "数值"], ["东园", "建成区面积", "平方公里", "3.2①"],
            ["东园", "主营业务收入", "万元", "1 2"]]  # fmt: skip
    draft = read_workbooks([book("园区.xlsx", {"指标": rows})], year=2024)
    assert len(found(draft, "text-in-number")) == 2


# Rows


def test_a_line_of_text_with_more_cells_than_headings_blocks(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    lines = [",".join([*TAX, "利润总额（万元）"])]
    lines += [f"{code(1)},样例1有限公司,1,234,5", f"{code(2)},样例2有限公司,7,8"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft = read_workbooks([path], year=2024, zone="东园")
    assert [(i.row, i.severity.value) for i in found(draft, "too-many-cells")] == [(2, "blocking")]


def test_a_code_kept_as_text_by_a_formula_is_unwrapped(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(f'{",".join(TAX)}\n="{code(1)}",样例1有限公司,7\n', encoding="utf-8")
    assert value(read_workbooks([path], year=2024, zone="东园"), 1, "tax_paid") == 7


def test_rows_with_a_code_are_not_taken_for_totals(read: Read) -> None:
    rows = [["区域", *TAX], ["东区", code(1), "小计", 20], ["合计", *row(2, 30)]]
    rows += [["东区", *row(3, 40)], [None, "共2家", None, 50], ["合计", None, None, 90]]
    draft = read(rows)
    assert [value(draft, n, "tax_paid") for n in (1, 2, 3)] == [20, 30, 40]
    assert [i.row for i in found(draft, "total-with-code")] == [2, 3]
    assert [i.row for i in found(draft, "total-rows-skipped")] == [5]
    assert blocking(draft) == []


def test_a_name_that_is_another_enterprises_blocks(read: Read) -> None:
    known = {code(1): "样例1有限公司", code(2): "样例2有限公司"}
    swapped = [[code(1), "样例2有限责任公司", 10], row(2, 20), [code(2), "从前的名称", 5]]
    draft = read([TAX, *swapped[:2]], known=known)
    assert [(i.row, i.column) for i in found(draft, "code-name-conflict")] == [(2, "B")]
    draft = read([TAX, swapped[2]], known=known)
    assert found(draft, "name-differs")
    assert value(draft, 2, "name") == "样例2有限公司"


# Merged numbers


def test_a_number_merged_over_rows_of_one_enterprise_counts_once(read: Read) -> None:
    rows = [[*H, "权证号", "登记用地面积（亩）"], row(1, "X1", 30), [None, None, "X2", None],
            row(2, "X3", 5)]  # fmt: skip
    draft = read(rows, ["A2:A3", "B2:B3", "D2:D3"])
    assert value(draft, 1, "land_registered") == 30
    assert [i.row for i in found(draft, "merged-number")] == [2]
    assert blocking(draft) == []


def test_a_number_merged_over_several_enterprises_blocks(read: Read) -> None:
    head = [*H, "登记用地面积（亩）"]
    draft = read([head, row(1, 10), row(2, None), row(3, 5)], ["C2:C3"])
    assert [(i.row, i.column) for i in found(draft, "merged-number")] == [(2, "C")]
    assert blocking(draft) == ["merged-number"]


def test_a_number_merged_over_two_fields_blocks(read: Read) -> None:
    draft = read([[*TAX, "主营业务收入（万元）"], row(1, 10, None), row(2, 5, 100)], ["C2:D2"])
    assert blocking(draft) == ["merged-number"]


def test_energy_merged_over_rows_blocks(read: Read) -> None:
    draft = read([[*H, "原煤（吨）"], row(1, 10), row(2, None)], ["C2:C3"])
    assert blocking(draft) == ["merged-number"]


# Records


METERS = [*H, "户号", "用电量（万千瓦时）"]


def test_the_same_meter_on_two_sheets_counts_once(book: MakeBook) -> None:
    sheets = {
        "一": [METERS, row(1, "001", 10), row(1, "002", 5)],
        "备份": [METERS, row(1, "001", 10)],
    }
    draft = read_workbooks([book("电.xlsx", sheets)], year=2024, zone="东园")
    assert value(draft, 1, "electricity_use") == 15
    assert [i.sheet for i in found(draft, "repeated-record")] == ["备份"]
    assert len(draft.years[2024].meters) == 2


def test_sheets_of_months_add_up(book: MakeBook) -> None:
    sheets = {"1月": [METERS, row(1, "001", 10)], "2月": [METERS, row(1, "001", 10)]}
    draft = read_workbooks([book("电.xlsx", sheets)], year=2024, zone="东园")
    assert value(draft, 1, "electricity_use") == 20


def test_other_meters_and_parcels_of_another_workbook_add_up(book: MakeBook) -> None:
    land = [*H, "权证号", "登记用地面积（亩）"]
    first = {"电": [METERS, row(1, "001", 10)], "地": [land, row(1, "A", 3)]}
    second = {"电": [METERS, row(1, "002", 20)], "地": [land, row(1, "B", 4)]}
    paths = [book("甲.xlsx", first), book("乙.xlsx", second)]
    draft = read_workbooks(paths, year=2024, zone="东园")
    assert (value(draft, 1, "electricity_use"), value(draft, 1, "land_registered")) == (30, 7)
    assert [m.account for m in draft.years[2024].meters] == ["001", "002"]
    assert found(draft, "conflicting-sources") == []


def test_months_of_a_meter_are_no_repeats(read: Read) -> None:
    rows = [[*H, "户号", "月份", "用电量（万千瓦时）"]]
    rows += [row(1, "001", "1月", 10), row(1, "001", "2月", 10), row(1, "001", "2月", 10)]
    draft = read(rows)
    assert [i.row for i in found(draft, "repeated-record")] == [4]
    assert value(draft, 1, "electricity_use") == 30


@pytest.mark.parametrize(
    "kind", ["安全生产检查", "未发生安全事故", "撤销处罚", "行政处罚（已撤销）", "事故演练"]
)
def test_what_is_no_event_is_not_counted(read: Read, kind: str) -> None:
    draft = read([[*H, "事件类型", "日期"], row(1, kind, "2024-05-01")])
    assert (value(draft, 1, "accidents"), value(draft, 1, "penalties")) == (None, None)
    assert found(draft, "unknown-event")


def test_an_event_of_another_year_is_not_counted(read: Read) -> None:
    rows = [row(1, "环保处罚", "2023-05-01"), row(1, "一般生产安全事故", "2024-05-01")]
    draft = read([[*H, "事件类型", "日期"], *rows])
    assert (value(draft, 1, "penalties"), value(draft, 1, "accidents")) == (None, 1)
    assert found(draft, "event-other-year")


# Kinds of cells


def test_a_numeric_industry_code_of_three_digits_is_doubted(read: Read) -> None:
    rows = [[*H, "行业代码", "规模"], row(1, 610, "规上"), row(2, "610", "规上")]
    draft = read(rows)
    (issue,) = found(draft, "industry-zero-lost")
    assert (issue.row, issue.severity.value) == (2, "warning")
    assert issue.repair is not None
    assert issue.repair.cells[0].value == "0610"
    assert value(draft, 2, "industry_code") == "610"


def test_an_industry_letter_is_no_difference(book: MakeBook) -> None:
    head = [*H, "行业代码", "规模"]
    paths = [book("甲.xlsx", {"一": [head, row(1, "C3311", "规上")]}),
             book("乙.xlsx", {"一": [head, row(1, "3311", "规上")]})]  # fmt: skip
    draft = read_workbooks(paths, year=2024, zone="东园")
    assert found(draft, "conflicting-sources") == []
    assert value(draft, 1, "industry_code") == "C3311"


@pytest.mark.parametrize("shape", ['#,##0"元"', "0.00,", '0!.0,"万元"', 'G/通用格式"元"'])
def test_a_number_shown_in_another_unit_blocks(read: Read, shape: str) -> None:
    draft = read([TAX, row(1, 1234567), row(2, 5)], formats={"C2": shape})
    assert blocking(draft) == ["format-unit"]
    assert found(draft, "format-unit")[0].column == "C"


@pytest.mark.parametrize("shape", ['#,##0.00"万元"', "#,##0.00", '_ "¥"* #,##0.00_ ', "0.00%"])
def test_formats_without_another_unit_do_not_matter(read: Read, shape: str) -> None:
    assert blocking(read([TAX, row(1, 12), row(2, 5)], formats={"C2": shape})) == []


def test_shares_above_one_and_impossible_sizes_are_told(read: Read) -> None:
    draft = read([[*H, "R&D投入强度", "利润总额（万元）"], row(1, 3.5, 1e13), row(2, 0.035, 5)])
    assert [(i.row, i.column) for i in found(draft, "share-above-one")] == [(2, "C")]
    assert [(i.row, i.column) for i in found(draft, "implausible")] == [(2, "D")]
    assert blocking(draft) == ["implausible"]


@pytest.mark.parametrize("number", [20_000_000, 99_999_999_999])
def test_a_row_number_beyond_any_sheet_is_refused(book: MakeBook, number: int) -> None:
    path = book("表.xlsx", {"数据": [TAX, row(1, 1), row(2, 2)]})
    broken = path.with_name("坏.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'r="3"', b'r="%d"' % number)
            new.writestr(name, data)
    with pytest.raises(InputError, match="行号"):
        read_book(broken)


@pytest.mark.parametrize(
    ("given", "day"),
    [("2019 年 5 月 1 日", "2019-05-01"), ("2019. 5. 1", "2019-05-01"), ("43586", "2019-05-01"),
     ("2019-05-01 10:00:00", "2019-05-01"), (43586.0, "2019-05-01")],
)  # fmt: skip
def test_dates_with_gaps_and_serials_are_read(given: Any, day: str) -> None:
    assert parse_date(given) == day


@pytest.mark.parametrize("given", [20195.0, "20195"])
def test_a_year_and_a_digit_is_no_date(given: Any) -> None:
    with pytest.raises(BadCell) as fault:
        parse_date(given)
    assert fault.value.code == "ambiguous-date"


def test_another_legal_form_is_clearly_less_alike() -> None:
    assert likeness("郑州宏达机械厂", "郑州宏达机械有限公司") <= 0.8
    assert likeness("郑州宏达机械", "郑州宏达机械有限公司") > 0.9


def test_zones_are_written_without_gaps_and_missing_ones_are_told(read: Read) -> None:
    head = [*H, "园区", "利润总额（万元）"]
    draft = read([head, row(1, "东 园", 1), row(2, "东园", 2), row(3, None, 3)], zone=None)
    assert value(draft, 1, "zone") == "东园"
    assert [i.row for i in found(draft, "no-zone")] == [4]


def test_one_fault_of_land_is_told_once(read: Read) -> None:
    head = [*H, "登记用地面积（亩）", "租入用地面积（亩）", "租出用地面积（亩）"]
    draft = read([head, row(1, 10, 0, 20), row(2, -5, 1, 0), row(3, 0, 0, 0)])
    codes = {"land-not-positive", "leased-out-above-held", "negative"}
    told = [(i.uscc, i.code) for i in draft.issues if i.code in codes]
    assert sorted(told) == sorted([(code(1), "land-not-positive"), (code(2), "negative"),
                                   (code(3), "land-not-positive")])  # fmt: skip
