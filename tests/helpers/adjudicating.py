"""Steps of a run for tests: dates, a decision by hand, and the rows that can be edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

PERIOD = {"on": "2025-06-02", "days": 5}
HAND: dict[str, Any] = {
    "reason": "实地核查", "document": "纪要〔示意〕3号", "approver": "联席会议", "on": "2025-06-10",
}  # fmt: skip


def image(ws: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of what can be edited here."""
    tables = ("adjudication", "holiday", "objection", "grade_override", "dataset")
    return {t: ws.conn.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables}


def recognised(ws: Workspace, run_id: int | None = None) -> None:
    """Bring a trial run as far as 认定."""
    operations.start_publicity(ws, run_id, **PERIOD)
    operations.review_run(ws, run_id, on="2025-06-09")
    operations.recognise_run(ws, run_id, on="2025-06-12", document="认定〔示意〕1号")


def published(ws: Workspace) -> int:
    """Publish the newest run and return its number."""
    recognised(ws)
    return operations.publish_run(ws, on="2025-06-13", document="公告〔示意〕1号").run_id


def code_in(ws: Workspace, grade: str, run_id: int | None = None) -> str:
    """Return an enterprise of a class by the rules."""
    evaluation = operations.load_run(ws, run_id).evaluation
    return next(
        str(c) for c, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g == grade
    )


def sheet_text(path: Path, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet."""
    return [[c.value for c in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]
