"""One table for scoring: raw or derived columns, in the order of its rows."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.departments import MakeBook, code
from zoneeval.errors import InputError
from zoneeval.intake import read_table
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Severity


def test_derived_columns_in_order(book: MakeBook) -> None:
    path = book("a.xlsx", {"表": [
        ["统一社会信用代码", "企业名称", "亩均税收（万元/亩）", "R&D投入强度（%）",
         "高新技术企业", "备注"],
        [code(2), "乙", 30, 3.5, "是", "x"],
        [code(1), "甲", "—", "4.5%", "否", None],
        [None, "丙", 12.5, None, None, None],
        [None, "合计", 42.5, None, None, None],
    ]})  # fmt: skip
    read = read_table(path)
    data = read.dataset
    assert data.size == 3
    assert list(data.text("uscc")) == [code(2), code(1), None]
    assert data.number("tax_per_mu")[[0, 2]].tolist() == [30.0, 12.5]
    assert math.isnan(data.number("tax_per_mu")[1])
    assert data.number("rd_intensity")[:2].tolist() == [0.035, 0.045]
    assert data.number("high_tech")[:2].tolist() == [1.0, 0.0]
    assert read.issues == ()
    assert read.headings["tax_per_mu"] == "亩均税收（万元/亩）"
    assert set(read.headings) == set(data.columns)


def test_every_heading_of_the_registry_is_read(book: MakeBook) -> None:
    fields = list(FIELDS.values())
    samples: dict[str, Any] = {"code": "12", "date": "2020-01-02", "flag": "是", "text": "文"}
    row = [f.choices[0] if f.choices else samples.get(f.kind, 2) for f in fields]
    read = read_table(book("a.xlsx", {"表": [[f.heading for f in fields], row]}))
    assert list(read.dataset.columns) == [f.key for f in fields]
    assert not [i for i in read.issues if i.severity is Severity.BLOCKING]
    for field in fields:
        column = read.dataset.columns[field.key]
        assert (column.dtype == np.float64) == field.is_number


def test_units_are_converted_and_years_taken(book: MakeBook) -> None:
    rows: list[list[Any]] = [["年度", "用地面积（公顷）", "税收合计（元）"], [2023, 2, 1234567]]
    read = read_table(book("a.xlsx", {"表": rows}))
    assert read.dataset.year == 2023
    assert read.dataset.number("land_area").tolist() == [30.0]
    assert read.dataset.number("tax_paid").tolist() == [123.4567]
    assert read_table(book("b.xlsx", {"表": rows}), year=2024).dataset.year == 2024


def test_bad_cells_are_all_found(book: MakeBook) -> None:
    read = read_table(book("a.xlsx", {"表": [
        ["统一社会信用代码", "亩均税收", "用地面积"],
        [code(1), "三十", 5],
        [code(1), 3, 0],
        [9.1419900123456e17, "#DIV/0!", -2],
        [code(2)[:-1] + "*", 4, 4],
    ]}))  # fmt: skip
    assert [(i.code, i.row, i.column, i.severity.value) for i in read.issues] == [
        ("text-in-number", 2, "B", "blocking"),
        ("land-not-positive", 3, "C", "blocking"),
        ("digits-lost", 4, "A", "blocking"),
        ("error-cell", 4, "B", "blocking"),
        ("negative", 4, "C", "blocking"),
        ("duplicate-code", 3, "A", "blocking"),
        ("bad-credit-code", 5, "A", "warning"),
    ]
    assert read.dataset.size == 4


def test_land_that_adds_up_to_nothing_blocks(book: MakeBook) -> None:
    rows: list[list[Any]] = [
        ["登记面积", "租入面积", "租出面积"],
        [5, None, 5],
        [5, 1, 2],
        [None, None, 1],
    ]
    (issue,) = read_table(book("a.xlsx", {"表": rows})).issues
    assert (issue.code, issue.row, issue.column) == ("land-not-positive", 2, "A")


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(
        f'统一社会信用代码,亩均税收（万元/亩）,园区\r\n{code(1)},"1,030.5",东园\r\n'.encode(
            "gb18030"
        )
    )
    data = read_table(path).dataset
    assert data.number("tax_per_mu").tolist() == [1030.5]
    assert list(data.text("zone")) == ["东园"]


def test_a_code_that_a_spreadsheet_spoilt_in_csv_blocks(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("统一社会信用代码,利润总额\n9.1419E+17,3\n", encoding="utf-8")
    (issue,) = read_table(path).issues
    assert (issue.code, issue.row, issue.column) == ("digits-lost", 2, "A")


def test_what_is_no_table_is_refused(book: MakeBook, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有可识别的列标题"):
        read_table(book("a.xlsx", {"日程": [["日期时", "地点"], ["周一", "三楼"]]}))
    fake = tmp_path / "假.xlsx"
    fake.write_text("文字", encoding="utf-8")
    with pytest.raises(InputError, match="不是 Excel 工作簿"):
        read_table(fake)
    empty = read_table(book("b.xlsx", {"表": [["统一社会信用代码", "利润总额"]]}))
    assert [i.code for i in empty.issues] == ["no-rows"]
    assert empty.dataset.size == 0


def test_the_first_sheet_with_a_header_is_taken(book: MakeBook) -> None:
    path = book("a.xlsx", {
        "说明": [["填表说明"], ["请如实填写"]],
        "数据": [["企业名称", "利润总额"], ["甲", 1]],
        "旧": [["企业名称", "利润总额"], ["甲", 2]],
    })  # fmt: skip
    assert read_table(path).dataset.number("profit").tolist() == [1.0]
