"""Targets with what is reached of them, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.pages.stars.trend_content import LARGE
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval.model.targets import Target, TargetProgress

translate = QCoreApplication.translate


def targets_table(progress: Sequence[TargetProgress], *, partial: bool = False) -> TableData:
    """Return one row per target; its id is its place.  ``partial``: the year is not over."""
    columns = [
        Column("label", translate("Stars", "指标"), width=13),
        Column("wanted", translate("Stars", "目标"), right=True),
        Column("value", translate("Stars", "完成"), right=True),
        Column("completion", translate("Stars", "完成率"), kind="share"),
        Column("ahead", translate("Stars", "时序进度"), width=13),
        Column("state", translate("Stars", "结果")),
        Column("document", translate("Stars", "文件"), width=16),
        Column("place", translate("Stars", "出处"), width=12),
    ]
    if any(one.related for one in progress):
        columns.insert(-2, Column("of", translate("Stars", "是谁的目标"), width=10))
    tints: dict[tuple[int, str], Tint] = {}
    for row, one in enumerate(progress):
        if one.met is False and partial and one.target.accumulates:
            tints[row, "state"] = Tint.MUTED
        elif one.met is not None and not one.related:
            tints[row, "state"] = Tint.GOOD if one.met else Tint.POOR
        elif one.value is None and not one.related:
            tints[row, "state"] = Tint.UNCERTAIN
        else:
            tints[row, "state"] = Tint.MUTED
        if one.ahead is not None and round(one.ahead * 100, 1) != 0:
            tints[row, "ahead"] = Tint.GOOD if one.ahead > 0 else Tint.POOR
    values: dict[str, Sequence[Any]] = {
        "label": [one.target.label for one in progress],
        "wanted": [_wanted(one.target) for one in progress],
        "value": [_figure(one.target, one.value) for one in progress],
        "completion": [one.completion for one in progress],
        "ahead": [one.ahead_words or None for one in progress],
        "state": [state_words(one, partial=partial) for one in progress],
        "of": [one.target.zone for one in progress],
        "document": [one.target.document or None for one in progress],
        "place": [one.target.place or None for one in progress],
    }
    return TableData(tuple(columns), values, ids=list(range(len(progress))), tints=tints)


def _figure(target: Target, value: float | None) -> str:
    """Return a value of a target's indicator; large sums of money are in 亿元."""
    if value is None or target.kind != "total":
        return target.figure_words(value)
    unit = target.unit
    if unit == "万元" and abs(value) >= LARGE:
        value, unit = value / 1e4, "亿元"
    return f"{figure(value)} {unit}".rstrip()


def _wanted(target: Target) -> str:
    """Return what is wanted: as its document prints it, else like the figures beside it."""
    if target.printed or target.kind != "total":
        return target.words
    return target.words.replace(target.figure_words(target.value), _figure(target, target.value))


def state_words(one: TargetProgress, *, partial: bool = False) -> str:
    """Return what came of a target: a figure that is missing is not a failure.

    Before the end of the year only a flow that has reached its sum is done for good.
    """
    if one.related:
        return translate("Stars", "参照")
    if one.value is None:
        return translate("Stars", "没有数据")
    if one.met is None:
        return translate("Stars", "不能判定")
    if partial and one.met and not (one.target.accumulates and one.target.bound == "at_least"):
        return translate("Stars", "目前符合")
    if partial and not one.met:
        running = one.target.accumulates
        return translate("Stars", "进行中") if running else translate("Stars", "目前未达到")
    return translate("Stars", "已完成") if one.met else translate("Stars", "未完成")
