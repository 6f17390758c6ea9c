"""The table of holidays, which the office fills in and imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.adjudication import DAY_WORDS, Holiday
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page


def write_holidays(path: Path, days: Sequence[Holiday], headings: Sequence[str]) -> None:
    """Write the table of holidays, which can be filled in and imported.

    Raises:
        UserError: the file cannot be written.
    """
    title = "节假日安排"
    rows: list[list[Cell]] = [
        [one.day, DAY_WORDS[one.kind], one.name or "", one.document or ""] for one in days
    ]
    page = Page(
        title,
        title,
        tuple(
            Column(text, width=width)
            for text, width in zip(headings, (16, 12, 24, 48), strict=True)
        ),
        rows or [[""] * len(headings)],
        notes=(
            "一行一天：安排填“放假”或“上班”（调休）。没有列出的日子，周一至周五上班，周末休息。",
            "请按国务院办公厅当年公布的通知填写，并写明文号。",
        ),
    )
    write_book(path, title, [page])
