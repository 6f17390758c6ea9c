"""The table of targets: how far each is reached, and whether faster than the year."""

from __future__ import annotations

from collections.abc import Sequence

from zoneeval.model.targets import TargetProgress
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Page


def progress_page(name: str, title: str, progress: Sequence[TargetProgress]) -> Page:
    """Return the page of targets with value, completion, and points ahead of time."""
    rows: list[list[Cell]] = [
        [
            one.zone,
            one.target.label,
            one.target.words,
            one.target.figure_words(one.value),
            one.completion,
            met_words(one),
            None if one.ahead is None else one.ahead * 100,
            one.target.document or ("本单位录入" if one.target.own else MISSING),
            one.reason or one.source or MISSING,
        ]
        for one in progress
    ]
    return Page(
        name,
        title,
        (
            Column("园区", cap=24),
            Column("指标", cap=28),
            Column("年度目标", "center", cap=24),
            Column("本期数", "center", cap=20),
            Column("完成率", "share"),
            Column("是否达到", "center", cap=12),
            Column("比时序进度（百分点）", "number", cap=14),
            Column("目标依据", "wrap", cap=36),
            Column("说明", "wrap", cap=40),
        ),
        rows,
        notes=(
            "完成率是本期累计数与年度目标之比；比时序进度是完成率减去已过去的时间占全年的比重。",
            "没有数据的目标写“没有数据”，不是 0；同一目标有几个文件数值不同的，分别列出。",
        ),
        frozen_columns=2,
        empty="没有录入目标，所收文件中也没有这些园区的目标。",
    )


def met_words(one: TargetProgress) -> str:
    """Return 达到, 尚未达到, 未达到, 没有数据 or 不能判定."""
    if one.met is not None:
        if one.met:
            return "达到"
        return "尚未达到" if one.elapsed is not None and one.elapsed < 1 else "未达到"
    return "没有数据" if one.value is None else "不能判定"
