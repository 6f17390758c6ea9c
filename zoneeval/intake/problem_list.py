"""The sheet 问题清单 that goes back to a department with its workbook."""

from __future__ import annotations

from zoneeval.intake.reading.sheet import RawSheet

PROBLEM_SHEET = "问题清单"
ENDING = "（问题）"
"""What the name of a marked copy ends with."""
HEADINGS = ("序号", "级别", "工作表", "行", "列", "单元格值", "问题", "建议")


def is_problem_list(raw: RawSheet) -> bool:
    """Tell whether a sheet is the list that this program added; it holds no data."""
    return raw.name.strip().startswith(PROBLEM_SHEET) and any(
        tuple(cells[: len(HEADINGS)]) == HEADINGS for _, cells in raw.rows[:3]
    )
