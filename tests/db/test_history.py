"""Undo and the record of who did what."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from zoneeval.errors import InputError, WorkspaceError
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace


def _labels(ws: Workspace) -> list[str]:
    return [info.label for info in operations.last_operations(ws, 10)]


def test_entering_a_figure_and_taking_it_back(empty: Workspace) -> None:
    operations.enter_zone_value(empty, "东园", 2024, "tax_revenue", 7.1, "亿元", "〔2024〕1 号")
    operations.enter_zone_value(empty, "东园", 2024, "tax_revenue", 72000)
    (value,) = operations.zone_values(empty, 2024)
    assert (value.value, value.document) == (72000.0, None)
    assert operations.undo(empty).label == "录入东园 2024 年税收收入"
    (value,) = operations.zone_values(empty, 2024)
    assert (value.value, value.document) == (71000.0, "〔2024〕1 号")
    operations.undo(empty)
    assert operations.zone_values(empty, 2024) == []
    assert operations.zones(empty) == []
    with pytest.raises(WorkspaceError, match="没有可以撤销"):
        operations.undo(empty)
    assert _labels(empty) == [
        "撤销：录入东园 2024 年税收收入",
        "撤销：录入东园 2024 年税收收入",
        "录入东园 2024 年税收收入",
        "录入东园 2024 年税收收入",
    ]


def test_undo_survives_reopening(tmp_path: Path) -> None:
    path = tmp_path / "新.zoneeval"
    with Workspace.create(path) as ws:
        operations.enter_star(ws, "东园", 2024, "target", 3)
    with Workspace.open(path) as ws:
        assert [s.level for s in operations.star_records(ws, 2024)] == [3]
        assert operations.undoable(ws) is not None
        operations.undo(ws)
        assert operations.star_records(ws, 2024) == []
        assert operations.undoable(ws) is None


def test_undo_refuses_what_changed_since(empty: Workspace) -> None:
    operations.enter_star(empty, "东园", 2024, "target", 3)
    empty.conn.execute("UPDATE star_record SET level = 5")
    with pytest.raises(WorkspaceError, match="又被改动过"):
        operations.undo(empty)
    assert [s.level for s in operations.star_records(empty, 2024)] == [5]
    assert len(operations.last_operations(empty, 10)) == 1


def test_undoing_an_import_withdraws_the_version(ws: Workspace, city: Any) -> None:
    before = operations.latest_dataset(ws, 2024)
    draft = city.draft_of({2024: city.year_draft(2024, 5)})
    made = store_draft(ws, draft, [Path("税务局.xlsx")])
    after = operations.latest_dataset(ws, 2024)
    assert after is not None
    assert after.version == 2
    assert after.id == made[2024]
    assert operations.undo(ws).label == "导入税务局.xlsx"
    assert operations.latest_dataset(ws, 2024) == before
    assert operations.dataset_version(ws, made[2024]) == after


def test_runs_are_not_undone(ws: Workspace) -> None:
    assert operations.undo(ws).kind == "import"
    assert len(operations.runs(ws)) == 2
    assert operations.latest_dataset(ws, 2024) is None
    assert all(check.ok for check in operations.verify(ws))


@pytest.mark.parametrize(
    "table",
    ["operation", "change", "policy", "dataset", "dataset_value", "parcel", "run", "run_result"],
)
def test_what_was_stored_stays(ws: Workspace, table: str) -> None:
    (column,) = ws.conn.execute(
        "SELECT name FROM pragma_table_info(?) ORDER BY cid LIMIT 1", (table,)
    ).fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ws.conn.execute(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ws.conn.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "words"),
    [
        ("no_such", 1.0, None, "没有“no_such”"),
        ("tax_revenue", float("nan"), None, "不是数字"),
        ("tax_revenue", 1.0, "亩", "不能换算"),
    ],
)
def test_wrong_figures_are_refused(
    empty: Workspace, indicator: str, value: float, unit: str | None, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        operations.enter_zone_value(empty, "东园", 2024, indicator, value, unit)
    assert operations.last_operations(empty, 5) == []


@pytest.mark.parametrize(
    ("kind", "level"), [("wish", 2), ("target", 10), ("official", -2), ("target", -1)]
)
def test_wrong_stars_are_refused(empty: Workspace, kind: str, level: int) -> None:
    with pytest.raises(InputError):
        operations.enter_star(empty, "东园", 2024, kind, level)
    with pytest.raises(InputError, match="空"):
        operations.enter_star(empty, "  ", 2024, "target", 1)
    assert operations.last_operations(empty, 5) == []
