"""Columns that hold something and are not understood: told, never dropped in silence."""

from __future__ import annotations

from collections.abc import Collection

from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.reading.sheet import RawSheet, letter

_NO_DATA = ("序号", "编号", "备注", "说明", "填报", "联系", "地址", "坐落", "法人", "法定代表人")
_MOST = 12


def tell_leftover(
    sheet: RawSheet, header: Header, findings: Findings, used: Collection[int] = ()
) -> None:
    """Warn once per sheet of the columns with content that no field was found for.

    ``used`` are columns that are read all the same: those of a period, or of a zone.
    """
    last = max(header.rows, default=0)
    lost = []
    for column in header.columns:
        ignored = column.chosen or column.suggestion
        if column.index in used or column.key is not None or ignored:
            continue
        if column.heading.strip().startswith(_NO_DATA):
            continue
        if any(
            row > last and column.index < len(cells) and cells[column.index] not in (None, "")
            for row, cells in sheet.rows
        ):
            lost.append(column)
    _tell_unnamed(sheet, header, findings, last)
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


def _tell_unnamed(sheet: RawSheet, header: Header, findings: Findings, last: int) -> None:
    """Warn of columns of figures that have no heading at all."""
    named = {column.index for column in header.columns}
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    lost = [
        letter(index)
        for index in range(width)
        if index not in named
        and any(
            row > last and index < len(cells) and isinstance(cells[index], int | float)
            for row, cells in sheet.rows
        )
    ]
    if lost:
        findings.warn(
            "column-not-recognised",
            f"{'、'.join(lost[:_MOST])} 列有数据但没有列标题，未使用",
            row=last,
            column=lost[0],
            suggestion="如是需要的数据，请补上列标题后重新导入。",
        )
