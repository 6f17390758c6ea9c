"""Builds what departments send: credit codes, directory rows and small workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from stdnum.cn import uscc

from zoneeval.identifiers import organisation_check_character

Rows = Sequence[Any]
MakeBook = Callable[[str, Mapping[str, Rows]], Path]

DIRECTORY_HEADINGS = ["统一社会信用代码", "企业名称", "所属园区", "行业代码", "规模"]


def code(number: int) -> str:
    """Return the credit code of the n-th invented enterprise."""
    body = f"MA{number:06d}"
    head = "91419900" + body + organisation_check_character(body)
    return str(head + uscc.calc_check_digit(head))


def listed(number: int) -> list[Any]:
    """Return a complete directory row of the n-th invented enterprise."""
    return [code(number), f"样例{number}有限公司", "东园", "3484", "规上"]


def save_book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook of the given sheets and return its path."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path
