"""A utility's report read: headings, units, months, accounts; faults named by row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zoneeval.errors import InputError
from zoneeval.intake.cells import BadCell
from zoneeval.intake.feedback import FeedbackTable, period_of, read_feedback
from zoneeval.model.feedback import FeedbackRow

TABLE = FeedbackTable(
    "万千瓦时", "元/千瓦时", by_code=False, accounts={"0101": "0101", "101": "0101"}, kinds=()
)
HEAD = ["户号", "户名", "执行月份", "用电量（千瓦时）", "执行标准（元/千瓦时）", "加价金额（元）"]


def book(folder: Path, *rows: list[Any]) -> Path:
    path = folder / "反馈.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def read(path: Path, table: FeedbackTable = TABLE, period: str | None = None) -> list[FeedbackRow]:
    rows, faults = read_feedback(path, table, period)
    assert faults == []
    return rows


def test_bills_in_the_smaller_units_are_kept_in_the_larger(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ["供电公司执行反馈"],
        [*HEAD, "备注"],
        ["0101", "甲", "2025年3月", 123456, 0.1, 12345.6, None],
        ["0102", "乙", "2025-03", None, 0, None, "企业已停产"],
        ["0103", "丙", "2025-03", None, None, None, None],
        ["合计", None, None, 123456, None, 12345.6, None],
    )
    first, second = read(path)
    assert (first.account, first.period) == ("0101", "2025-03")
    assert (first.use, first.rate, first.amount) == (12.3456, 0.1, 1.23456)
    assert first.source == "反馈.xlsx（Sheet）第 3 行 A 列"
    assert (second.use, second.rate, second.amount, second.note) == (None, 0.0, None, "企业已停产")


def test_a_number_that_lost_its_zeros_is_the_listed_account(tmp_path: Path) -> None:
    (row,) = read(book(tmp_path, HEAD, [101, None, "202503", 1, 0.1, 0.1]))
    assert (row.account, row.period) == ("0101", "2025-03")


def test_the_unit_may_stand_above_and_the_month_on_the_command(tmp_path: Path) -> None:
    path = book(tmp_path, ["单位：元"], ["户号", "户名", "金额"], ["0101", "甲", 50])
    (row,) = read(path, period="2025-04")
    assert (row.period, row.amount) == ("2025-04", 0.005)
    with pytest.raises(InputError, match="期间“四月”无法识别"):
        read(path, period="四月")


def test_of_two_columns_the_one_carried_out_counts(tmp_path: Path) -> None:
    head = ["户号", "名单标准（元/千瓦时）", "执行标准（元/千瓦时）", "月份"]
    (row,) = read(book(tmp_path, head, ["0101", 0.1, 0.05, "2025-03"]))
    assert row.rate == 0.05
    twice = ["户号", "实际执行标准", "执行加价", "月份"]
    with pytest.raises(InputError, match="几列意思相同"):
        read(book(tmp_path, twice, ["0101", 0.1, 0.05, "2025-03"]))


def test_by_code_with_kinds_and_per_cent(tmp_path: Path) -> None:
    table = FeedbackTable("万元", "%", by_code=True, accounts={}, kinds=("用地", "城镇土地使用税"))
    head = ["统一社会信用代码", "种类", "期间", "减免比例", "减免金额（万元）"]
    path = book(tmp_path, head, ["91410000MA0000001X", "用地", "2025年", 50, 2.5])
    (row,) = read(path, table)
    assert (row.account, row.period, row.rate) == ("91410000MA0000001X 用地", "2025", 50)
    made = openpyxl.load_workbook(path)
    cell = made["Sheet"]["D2"]
    cell.value, cell.number_format = 0.5, "0%"
    made.save(path)
    assert read(path, table)[0].rate == 50
    _, faults = read_feedback(book(tmp_path, head, ["9", "用水", "2025", 1, 1]), table)
    assert faults == ["第 2 行的种类“用水”不在名单上（用地、城镇土地使用税）"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["0101", None, "三月", 1, 0.1, 1], "第 2 行的月份“三月”无法识别"),
        (["0101", None, None, 1, 0.1, 1], "第 2 行没有写执行月份"),
        ([None, None, "2025-03", 1, 0.1, 1], "第 2 行没有填户号"),
        (["0101", None, "2025-03", "约一千", 0.1, 1], "第 2 行应填数字"),
        (["0101", None, "2025-03", 1, -0.1, 1], "第 2 行“执行标准（元/千瓦时）”是负数"),
        ([1.23456789012345e18, None, "2025-03", 1, 0.1, 1], "末尾数字已丢失"),
    ],
)
def test_faults_are_named_by_row(tmp_path: Path, row: list[Any], fault: str) -> None:
    _, faults = read_feedback(book(tmp_path, HEAD, row), TABLE)
    assert len(faults) == 1
    assert fault in faults[0]


def test_the_same_account_and_month_twice(tmp_path: Path) -> None:
    row = ["0101", None, "2025-03", 1, 0.1, 1]
    assert len(read(book(tmp_path, HEAD, row, row))) == 1
    _, faults = read_feedback(book(tmp_path, HEAD, row, [*row[:5], 2]), TABLE)
    assert faults == ["第 3 行：0101 2025-03 与第 2 行重复且不一致"]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (["户号", "月份", "用量", "金额（元）"], "“用量”没有写单位"),
        (["户号", "月份", "用水量（吨）", "金额（元）"], "单位是“吨”"),
        (["户号", "月份", "用户类型"], "没有找到执行反馈表"),
        (["企业名称", "金额（元）"], "需要“户号”"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, head: list[str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read_feedback(book(tmp_path, head, ["0101", "2025-03", 1, 1][: len(head)]), TABLE)


@pytest.mark.parametrize(
    ("value", "period"),
    [
        (datetime(2025, 3, 31), "2025-03"),
        (202503.0, "2025-03"),
        ("2025.3", "2025-03"),
        ("2025/03", "2025-03"),
        ("2025-03-15", "2025-03"),
        ("2025年一季度", "2025Q1"),
        ("2025年度", "2025"),
    ],
)
def test_months_as_they_are_written(value: Any, period: str) -> None:
    assert period_of(value) == period


def test_a_month_that_is_none() -> None:
    with pytest.raises(BadCell):
        period_of("13月")
