"""Tables with odd cells, written as workbooks and texts, and the truth about each cell."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from tests.helpers.departments import code

YEAR = 2024
_FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
FIELDS = {
    "revenue": "主营业务收入（万元）",
    "tax_paid": "税收实际贡献（万元）",
    "land_area": "用地面积（亩）",
    "energy_use": "综合能耗（吨标准煤）",
    "electricity_use": "用电量（万千瓦时）",
    "output_value": "工业总产值（万元）",
}
BAD = object()
"""Truth of a cell that must not become a value."""

Write = Callable[[float], tuple[Any, Any]]
WAYS: tuple[Write, ...] = (
    lambda x: (x, x),
    lambda x: (int(x), float(int(x))),
    lambda x: (repr(x), x),
    lambda x: (f" {x:,.2f}\n", x),
    lambda x: (f"{x:,.2f}".translate(_FULL), x),
    lambda x: (f"{x}万元", BAD),
    lambda x: (None, BAD),
    lambda x: ("—", BAD),
    lambda x: ("未提供", BAD),
    lambda x: ("#DIV/0!", BAD),
    lambda x: ("#N/A", BAD),
    lambda x: (f"约{x}", BAD),
    lambda x: (f"{x}、{x}", BAD),
    lambda x: (f"{x}-{x}", BAD),
    lambda x: ("1,23", BAD),
    lambda x: ("1.2.3", BAD),
    lambda x: (True, BAD),
    lambda x: (date(2024, 5, 1), BAD),
    lambda x: (datetime(2024, 5, 1, 8, 30), BAD),
    lambda x: ("=1+1", BAD),
    lambda x: (float(f"{x}e290"), BAD if x < 0 else float(f"{x}e290")),
    lambda x: ("9" * 400, BAD),
    lambda x: ("nan", BAD),
    lambda x: ("inf", BAD),
    lambda x: ("0x1F", BAD),
    lambda x: ("x" * 3000, BAD),
)
"""Ways to write a number: the cell, and what it means in the unit of its column."""
_MONEY = ("revenue", "tax_paid", "output_value")


@dataclass
class Table:
    """Rows as they are written, and the truth by credit code and field."""

    rows: list[list[Any]] = field(default_factory=list)
    truth: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def make_table(chance: random.Random, first: int = 1, odd: float = 0.15) -> Table:
    """Return a table of a few enterprises with columns in any order, some cells odd."""
    made = Table()
    keys = list(FIELDS)
    chance.shuffle(keys)
    keys = keys[: chance.randint(2, len(keys))]
    above = chance.choice([0, 0, 0, 1, 2])
    made.rows.extend([["企业情况表"], ["填报时间：2025年"]][:above])
    made.rows.append(["统一社会信用代码", "企业名称", *(FIELDS[key] for key in keys)])
    for number in range(first, first + chance.randint(1, 8)):
        if chance.random() < 0.05:
            made.rows.append([])
        uscc = code(number)
        cells: list[Any] = [uscc, f"样例{number}有限公司"]
        truth = {}
        for index, key in enumerate(keys):
            cell, truth[key] = write_number(chance, key, odd)
            cells.append(cell)
            made.places[uscc, key] = (len(made.rows) + 1, index + 2)
        made.rows.append(cells)
        made.truth[uscc] = truth
    return made


def write_number(chance: random.Random, key: str, odd: float) -> tuple[Any, Any]:
    """Return a cell and its truth."""
    number = round(chance.lognormvariate(5, 2) + 0.01, 2)
    way = chance.choice(WAYS) if chance.random() < odd else WAYS[0]
    cell, truth = way(number)
    if isinstance(cell, str) and cell.endswith("万元"):
        truth = number if key in _MONEY else BAD
    return cell, truth


def as_workbook(tables: Sequence[Table], chance: random.Random) -> bytes:
    """Return the tables as sheets of an .xlsx workbook, sometimes hidden rows and formats."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for number, table in enumerate(tables):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in table.rows:
            sheet.append(row)
        if chance.random() < 0.2:
            sheet.row_dimensions[chance.randint(1, 6)].hidden = True
        if chance.random() < 0.2:
            cell = sheet.cell(chance.randint(2, 5), chance.randint(3, 6))
            if not isinstance(cell.value, date):
                cell.number_format = "0.00%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(table: Table, chance: random.Random) -> bytes:
    """Return a table as plain text; dates, formulas and truths in words as they are."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=chance.choice(",\t;"))
    writer.writerows([["" if c is None else c for c in row] for row in table.rows])
    return out.getvalue().encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
