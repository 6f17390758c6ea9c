"""A year played on the sample: its books, its price table, and rows compared byte by byte."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests.helpers.command import ROOT
from tests.helpers.workbooks import Opened

STEPS = """
schema = 1
id = "bunian"
title = "示意逐年加价表"
status = "illustrative"
utilities = ["供电", "税务"]
restart = "anew"
citations = [{ id = "wen", title = "示意文件", number = "示意〔2024〕1号" }]

[[rates]]
kind = "用电"
grade = "C"
amount = 0.05
unit = "元/千瓦时"
cite = "wen"
illustrative = true

[[rates]]
kind = "用电"
grade = "C"
from_consecutive_year = 2
amount = 0.10
unit = "元/千瓦时"
cite = "wen"
illustrative = true

[[rates]]
kind = "城镇土地使用税"
grade = "A"
direction = "relief"
amount = 50
unit = "%"
cite = "wen"
illustrative = true
"""
"""Prices that rise in the second consecutive year; no document supports them."""

FIRST, SECOND = 0.05, 0.10

POLICY = "郑州市产业集聚区企业分类综合评价实施办法（试行）"
BOOKS = "企业名录.xlsx、供电公司.xlsx、园区指标.xlsx 等 9 个文件"
"""The policy of the sample, and how the record names its workbooks."""

ACCEPTED = ("91419900MA4WJ42195", "示例市示范壬辰电子有限公司")
REFUSED = ("91419900MA9KLRF56Q", "示例市示范辛丑铝业有限公司")
BY_HAND = ("91419900MAQD87295E", "示例市示范丁卯中药有限公司")
"""Of class C in 2023: who objects rightly, who wrongly, and who is moved by hand."""

TWICE = ("91419900MAC1B6HA6E", "示例市示范辛未铝业有限公司")
TWICE_BUT_FOR_HAND = ("91419900MAC3N6H95L", "示例市样本辛亥铝业股份有限公司")
"""Of class C in both years; the second is moved by hand in the second year."""

Rows = dict[str, list[str]]

_VERSIONED = (
    "operation", "change", "dataset", "dataset_enterprise", "dataset_value", "enterprise",
    "event", "meter", "parcel", "policy", "run", "run_indicator", "run_result", "source_file",
    "source_sheet",
)  # fmt: skip
"""Tables to which undoing adds and from which it never takes: versions, runs and the record."""


def books(year: int) -> list[Path]:
    """Return the sample workbooks of a year."""
    return sorted((ROOT / "sample_data" / "demo_city" / str(year)).glob("*.xlsx"))


def rows_of(workspace: Path) -> Rows:
    """Return the rows of a file that nobody has open, as :func:`rows_in` does."""
    conn = sqlite3.connect(workspace)
    try:
        return rows_in(conn)
    finally:
        conn.close()


def rows_in(conn: sqlite3.Connection) -> Rows:
    """Return every row of every table as text that tells 1 from 1.0 and from "1"."""
    names = conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    found = {name: sorted(map(repr, conn.execute(f"SELECT * FROM {name}"))) for (name,) in names}
    standing = conn.execute("SELECT * FROM dataset WHERE withdrawn = 0")
    return {**found, "dataset in force": sorted(map(repr, standing))}


def changed_tables(before: Rows, after: Rows) -> set[str]:
    """Return the tables of what can be edited that differ."""
    return {name for name in before if name not in _VERSIONED and before[name] != after[name]}


def check_undone(before: Rows, now: Rows) -> None:
    """Check that what was undone left everything as it was, and took nothing away.

    Versions stay, withdrawn; all else that can be edited is what it was to the byte.
    """
    assert before.keys() == now.keys()
    for name, rows in before.items():
        if name in _VERSIONED:
            assert set(rows) <= set(now[name]), name
        else:
            assert rows == now[name], name


def check_told(history: list[dict[str, object]], story: list[str]) -> None:
    """Check that the record tells a story in order, and every undoing right after its deed."""
    stands = [one["label"] for one in history if one["kind"] != "undo" and not one["undone"]]
    assert stands == story, [
        pair for pair in zip(stands, story, strict=False) if pair[0] != pair[1]
    ]
    by_id = {one["id"]: one for one in history}
    for one in history:
        if one["kind"] == "undo":
            target = by_id[one["undoes"]]
            assert target["undone"]
            assert one["label"] == f"撤销：{target['label']}"
    assert [one["id"] for one in history] == sorted(by_id)  # type: ignore[type-var]


def check_rates(path: Path) -> list[dict[str, object]]:
    """Check that no sheet of a list shows a rate without its document; return the first sheet."""
    book = Opened(path)
    seen = 0
    for name in book.names:
        for row in book.table(name):
            for rate in ("加价标准", "减免标准", "原标准", "现标准"):
                if isinstance(row.get(rate), int | float):
                    seen += 1
                    document = row["依据文号"]
                    assert isinstance(document, str), (name, row)
                    assert "〔" in document, (name, row)
    assert seen, f"{path.name} shows no rate at all"
    return book.table(book.names[0])


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, object]]:
    """Return what `data` says of enterprises that it did not say before: code, field, value."""
    old = {
        (one["uscc"], key): cell["value"]
        for one in before["enterprises"]
        for key, cell in one["values"].items()
    }
    new = {
        (one["uscc"], key): cell["value"]
        for one in after["enterprises"]
        for key, cell in one["values"].items()
    }
    assert old.keys() == new.keys()
    return [(*place, value) for place, value in new.items() if value != old[place]]
