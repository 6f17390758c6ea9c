"""Columns that hold something and are not understood: told, never dropped in silence."""

from __future__ import annotations

from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.reading.sheet import RawSheet

_NO_DATA = ("序号", "编号", "备注", "说明", "填报", "联系", "地址", "坐落", "法人", "法定代表人")
_MOST = 12


def tell_leftover(sheet: RawSheet, header: Header, findings: Findings) -> None:
    """Warn once per sheet of the columns with content that no field was found for."""
    last = max(header.rows, default=0)
    lost = []
    for column in header.columns:
        ignored = column.chosen or column.suggestion
        if column.key is not None or ignored or column.heading.strip().startswith(_NO_DATA):
            continue
        if any(
            row > last and column.index < len(cells) and cells[column.index] not in (None, "")
            for row, cells in sheet.rows
        ):
            lost.append(column)
    if not lost:
        return
    named = "、".join(f"{c.letter} 列“{c.heading}”" for c in lost[:_MOST])
    more = f"等 {len(lost)} 列" if len(lost) > _MOST else ""
    findings.warn(
        "column-not-recognised",
        f"这些列有内容但没有认出，未使用：{named}{more}",
        row=last,
        column=lost[0].letter,
        value=lost[0].heading,
        suggestion="如有需要的数据，请改用规定的列标题，或指定它对应哪一项。",
    )
