"""The sheets of formulas of the results workbook: where they are, and where they are not."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.helpers.evaluations import small_dataset
from zoneeval.engine import evaluate
from zoneeval.expressions.excel import NotRenderableError
from zoneeval.model.dataset import Dataset
from zoneeval.policy.loader import parse_policy
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_results
from zoneeval.report.live import sheet as live_sheet
from zoneeval.report.live import sheets as live

SHEETS = ["原始数据", "办法参数", "得分过程"]
SHARED = {"IF", "AND", "OR", "NOT", "ISNUMBER", "SUM", "COUNT", "COUNTIF", "SUMPRODUCT",
          "ROUND", "ROUNDDOWN", "ROUNDUP", "MIN", "MAX", "EXACT", "ABS", "INT", "VALUE",
          "LEFT", "MID", "LEN", "MEDIAN", "PERCENTILE", "SMALL"}  # fmt: skip
TEXT = """
schema = 1
id = "example"
title = "示例"
issuer = "示例市"
year = 2024
status = "illustrative"
[[citations]]
id = "doc"
title = "示例文件"
[[grades]]
letter = "A"
name = "优先"
treatment = "priority"
[[grades]]
letter = "B"
name = "其他"
treatment = "encourage"
[[tracks]]
id = "all"
label = "全部"
cite = "doc"
decimals = 2
[[tracks.indicators]]
key = "tax_per_mu"
weight = 100
cap = 1.5
benchmark = { kind = "average" }
cite = "doc"
[tracks.grading]
kind = "KIND"
cite = "doc"
"""
SHARES = TEXT.replace("KIND", "shares") + (
    'bands = [{ grade = "A", up_to = 0.2 }, { grade = "B", up_to = 1 }]\n'
)
LIMITS = TEXT.replace("KIND", "limits") + (
    'bands = [{ grade = "A", at_most = 0.2 }, { grade = "B" }]\n'
)


def _written(path: Path, header: RunHeader, policy: Policy, data: Dataset) -> openpyxl.Workbook:
    write_results(path, header, policy, evaluate(policy, data), data)
    return openpyxl.load_workbook(path)


def _column(book: openpyxl.Workbook, heading: str) -> list[object]:
    rows = [list(row) for row in book["得分过程"].values]
    head = next(n for n, row in enumerate(rows) if row[0] == "企业名称")
    at = [str(cell).replace("\n", "") for cell in rows[head]].index(heading)
    return [row[at] for row in rows[head + 1 :]]


def test_every_step_is_a_formula(tmp_path: Path, header: RunHeader) -> None:
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), small_dataset(6))
    assert [name for name in book.sheetnames if name in SHEETS] == SHEETS
    steps = ("亩均税收数值", "亩均税收基准值", "亩均税收得分", "综合得分", "排名", "名次", "类别")
    for step in steps:
        cells = _column(book, step)
        assert len(cells) == 6
        assert all(str(cell).startswith("=") for cell in cells), step


def test_only_functions_that_every_spreadsheet_has(tmp_path: Path, header: RunHeader) -> None:
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), small_dataset(6))
    for row in book["得分过程"].values:
        for cell in row:
            if isinstance(cell, str) and cell.startswith("="):
                assert set(re.findall(r"([A-Z]+)\(", cell)) <= SHARED
                assert len(cell) < 8192


def test_composite_is_rounded_before_it_is_ranked(tmp_path: Path, header: RunHeader) -> None:
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), small_dataset(6))
    assert all(str(cell).startswith("=ROUND(") for cell in _column(book, "综合得分"))
    assert all(re.match(r"=ROUND\(.*\*10\^", str(cell)) for cell in _column(book, "排名依据"))


def test_who_reports_a_zero_that_counts_as_missing_is_not_averaged(
    tmp_path: Path, header: RunHeader
) -> None:
    text = SHARES.replace("cap = 1.5", 'zero = "missing"')
    conditions = []
    for name, policy in (("照计", SHARES), ("缺数据", text)):
        book = _written(tmp_path / f"{name}.xlsx", header, parse_policy(policy), small_dataset(6))
        conditions.append(str(_column(book, "亩均税收基准分子")[0]).count("ISNUMBER("))
    assert conditions[1] == conditions[0] + 1


def test_what_is_no_formula_says_so_and_gives_the_value(tmp_path: Path, header: RunHeader) -> None:
    data = small_dataset(6)
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(LIMITS), data)
    assert sorted(map(str, _column(book, "类别"))) == ["A", "B", "B", "B", "B", "B"]
    said = [str(row[0]) for row in book["得分过程"].values]
    assert any("不写成公式的" in text and "类别" in text for text in said)


def test_too_many_enterprises_have_no_formulas_and_the_front_page_says_so(
    tmp_path: Path, header: RunHeader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST", 5)
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), small_dataset(6))
    assert not set(SHEETS) & set(book.sheetnames)
    words = "\n".join(str(cell) for row in book["说明"].values for cell in row)
    assert "超过 5 家" in words


def test_too_many_enterprises_ranked_together_have_none_either(
    tmp_path: Path, header: RunHeader, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = small_dataset(6)
    monkeypatch.setattr(live, "MOST_TOGETHER", 6)
    book = _written(tmp_path / "六家.xlsx", header, parse_policy(SHARES), data)
    assert set(SHEETS) <= set(book.sheetnames)
    monkeypatch.setattr(live, "MOST_TOGETHER", 5)
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), data)
    assert not set(SHEETS) & set(book.sheetnames)
    words = "\n".join(str(cell) for row in book["说明"].values for cell in row)
    assert "一起排名的企业有 6 家，超过 5 家" in words


def test_every_row_refers_to_itself(tmp_path: Path, header: RunHeader) -> None:
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), small_dataset(6))
    first = next(
        n for n, row in enumerate(book["得分过程"].values, start=2) if row[0] == "企业名称"
    )
    for row, cell in enumerate(_column(book, "综合得分"), start=first):
        own = re.findall(r"\$[A-Z]+(\d+)", str(cell))
        assert own
        assert set(own) == {str(row)}


def test_a_formula_too_long_for_a_cell_is_refused() -> None:
    grid = live_sheet.Grid("得分过程", 5, 3)
    grid.fill("short", "短", range(3), "1+1")
    text = "+".join([grid.here("short", live_sheet.HERE)] * 900)
    with pytest.raises(NotRenderableError):
        grid.fill("long", "长", range(3), text)
    assert "long" not in grid.at


def test_missing_figures_are_dashes_in_the_raw_data(tmp_path: Path, header: RunHeader) -> None:
    data = small_dataset(6)
    tax = data.number("tax_paid").copy()
    land = data.number("land_area").copy()
    tax[2] = np.nan
    given = {"tax_paid": tax, "land_area": land, "tax_per_mu": np.array([1.0] * 3 + [np.nan] * 3)}
    book = _written(tmp_path / "结果.xlsx", header, parse_policy(SHARES), data.with_columns(given))
    cells = [cell for row in book["原始数据"].values for cell in row]
    assert cells.count("—") >= 4
    assert 0 not in [c for c in cells if isinstance(c, float)]
