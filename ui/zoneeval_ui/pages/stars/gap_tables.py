"""What a zone lacks and what would close it, as tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.gap import STATE_WORDS, GapState
from zoneeval.model.standing import ZoneStanding, level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval.model.gap import (
        CriterionGap,
        Effect,
        GapReport,
        GapWay,
        LevelGap,
        Lever,
        LeverEnterprise,
        ScoreGap,
        SingleEffect,
    )

translate = QCoreApplication.translate
SINGLE = "single:"
"""What the id of a row on single enterprises begins with; the indicator follows."""

_TINTS: dict[GapState, Tint] = {
    "met": Tint.GOOD,
    "short": Tint.POOR,
    "unknown": Tint.UNCERTAIN,
    "no_data": Tint.UNCERTAIN,
    "impossible": Tint.POOR,
}


def _plain(key: str, value: float | None, unit: str | None = None) -> str | None:
    """Return a figure of an indicator with its unit; a share as per cent."""
    if value is None:
        return None
    known = ZONE_INDICATORS.get(key)
    unit = known.unit if unit is None and known is not None else unit or ""
    share = unit == "" and known is not None and known.is_share
    return f"{figure(value, share=share)} {unit}".rstrip()


def criteria_table(level: LevelGap) -> TableData:
    """Return one row per criterion of a level; its id is its place."""
    rows = level.criteria
    columns = [
        Column("label", translate("Stars", "指标"), width=12),
        Column("state", translate("Stars", "状态")),
        Column("value", translate("Stars", "现值"), right=True),
        Column("threshold", translate("Stars", "要求"), right=True),
        Column("gap", translate("Stars", "还差"), right=True),
        Column("growth", translate("Stars", "须增减"), kind="share"),
    ]
    if any(one.ways for one in rows):
        columns.append(Column("ways", translate("Stars", "怎样补上"), width=34))
    values: dict[str, Sequence[Any]] = {
        "label": [one.label for one in rows],
        "state": [STATE_WORDS[one.state] for one in rows],
        "value": [_of(one, one.value) for one in rows],
        "threshold": [_wanted(one) for one in rows],
        "gap": [_of(one, one.gap, difference=True) if one.gap else None for one in rows],
        "growth": [one.growth if one.gap else None for one in rows],
        "ways": ["；或".join(map(way_words, one.ways)) or None for one in rows],
    }
    tints = {(row, "state"): _TINTS[one.state] for row, one in enumerate(rows)}
    for row, one in enumerate(rows):
        if one.state == "unknown":
            tints[row, "threshold"] = _TINTS[one.state]
    return TableData(tuple(columns), values, ids=list(range(len(rows))), tints=tints)


def _wanted(one: CriterionGap) -> str | None:
    if one.threshold is None and one.state == "unknown":
        return translate("Stars", "未知")
    return _of(one, one.threshold)


def way_words(way: GapWay) -> str:
    """Return one way to close a gap: 规上工业增加值增加 1,871 万元（0.8%），…不变."""
    verb = translate("Stars", "增加") if way.change > 0 else translate("Stars", "减少")
    amount = f"{figure(abs(way.change))} {way.unit}".rstrip()
    share = way.change_share
    part = "" if share is None else f"（{figure(abs(share), share=True, decimals=1)}）"
    return f"{way.label}{verb} {amount}{part}，{way.words}"


def _of(one: CriterionGap, value: float | None, *, difference: bool = False) -> str | None:
    if value is None:
        return None
    known = ZONE_INDICATORS.get(one.key)
    share = one.unit == "" and (known is None or known.is_share or known.is_change)
    if share and difference:
        return f"{figure(value * 100)} {translate('Stars', '个百分点')}"
    return f"{figure(value, share=share)} {one.unit}".rstrip()


def items_table(score: ScoreGap) -> TableData:
    """Return what each figure of a score could add, those that add most first."""
    rows = score.items
    columns = (
        Column("label", translate("Stars", "得分项"), width=12),
        Column("value", translate("Stars", "现值"), right=True),
        Column("points", translate("Stars", "得分"), right=True),
        Column("weight", translate("Stars", "分值"), kind="number"),
        Column("per_percent", translate("Stars", "改善 1% 加分"), kind="number", decimals=3),
        Column("per_unit", translate("Stars", "每单位加分"), kind="number", decimals=3),
        Column("alone", translate("Stars", "只靠这一项须到"), right=True),
        Column("words", translate("Stars", "说明"), width=30),
    )
    values: dict[str, Sequence[Any]] = {
        "label": [one.label for one in rows],
        "value": [_in_unit(one.value, one.unit) for one in rows],
        "points": [_points(one.points_at_least, one.points_at_most) for one in rows],
        "weight": [one.weight for one in rows],
        "per_percent": [one.per_percent for one in rows],
        "per_unit": [one.per_unit for one in rows],
        "alone": [_in_unit(one.alone, one.unit) for one in rows],
        "words": [one.words for one in rows],
    }
    tints = {
        (row, "words"): Tint.UNCERTAIN for row, one in enumerate(rows) if one.state == "no_data"
    }
    return TableData(columns, values, ids=list(range(len(rows))), tints=tints)


def _in_unit(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{figure(value, share=not unit)} {unit}".rstrip()


def _points(low: float, high: float) -> str:
    return figure(low) if low == high else f"{figure(low)}—{figure(high)}"


def levers_table(report: GapReport) -> TableData:
    """Return the levers, then the lists of single enterprises by indicator."""
    rows = report.levers
    columns = (
        Column("label", translate("Stars", "措施"), width=20),
        Column("count", translate("Stars", "企业"), kind="integer"),
        Column("land", translate("Stars", "土地"), "亩", "number"),
        Column("after", translate("Stars", "之后的测算"), strong=True),
        Column("words", translate("Stars", "怎样算的"), width=36),
    )
    values: dict[str, list[Any]] = {
        "label": [one.label for one in rows],
        "count": [len([e for e in one.enterprises if e.uscc]) or None for one in rows],
        "land": [one.land for one in rows],
        "after": [_after(one, report.gap.standing) for one in rows],
        "words": [one.lacking or one.words or None for one in rows],
    }
    tints: dict[tuple[int, str], Tint] = {}
    for row, one in enumerate(rows):
        if one.lacking:
            tints[row, "words"] = Tint.MUTED
        elif rise(one, report.gap.standing) != 0:
            better = rise(one, report.gap.standing) > 0
            tints[row, "after"] = Tint.GOOD if better else Tint.POOR
    ids: list[str] = [one.kind for one in rows]
    for key, found in report.singles.items():
        ids.append(SINGLE + key)
        name = ZONE_INDICATORS[key].label
        values["label"].append(translate("Stars", "单个企业对{name}的作用").format(name=name))
        values["count"].append(len({one.uscc for one in found}))
        values["land"].append(None)
        values["after"].append(None)
        values["words"].append(translate("Stars", "按作用大小排列，各户分别计算"))
    return TableData(columns, values, ids=ids, tints=tints)


def _number(level: int | None) -> int:
    return -1 if level is None else level


def rise(lever: Lever, now: ZoneStanding) -> int:
    """Return by how many levels a lever raises the surest level, below zero lowers it."""
    return _number(lever.at_least) - _number(now.at_least)


def _after(lever: Lever, now: ZoneStanding) -> str | None:
    if lever.lacking:
        return None
    words = level_name(lever.at_least)
    if lever.at_least != lever.at_most:
        words = f"{words}—{level_name(lever.at_most)}"
    if lever.score is not None:
        words += f"（{figure(lever.score)} {translate('Stars', '分')}）"
    same = (lever.at_least, lever.at_most, lever.score) == (now.at_least, now.at_most, now.score)
    return f"{words}，{translate('Stars', '不变')}" if same else words


def effects_table(effects: Sequence[Effect], first: Collection[str] = ()) -> TableData:
    """Return the figures that change, before and after; those of the ladder come first."""
    effects = sorted(effects, key=lambda one: one.key not in first)
    columns = (
        Column("label", translate("Stars", "园区指标"), width=12),
        Column("change", translate("Stars", "变化"), kind="share"),
        Column("before", translate("Stars", "现值"), right=True),
        Column("after", translate("Stars", "之后"), right=True),
        Column("missing", translate("Stars", "缺数据的企业"), kind="integer"),
    )
    values: dict[str, Sequence[Any]] = {
        "label": [one.label for one in effects],
        "before": [_plain(one.key, one.before) for one in effects],
        "after": [_plain(one.key, one.after) for one in effects],
        "change": [_share(one.before, one.after) for one in effects],
        "missing": [one.missing or None for one in effects],
    }
    return TableData(columns, values, ids=[one.key for one in effects])


def _share(before: float | None, after: float | None) -> float | None:
    return None if not before or after is None else (after - before) / abs(before)


def enterprises_table(enterprises: Sequence[LeverEnterprise]) -> TableData:
    """Return the enterprises of a lever with their figures."""
    from zoneeval.model.fields import label_of, unit_of

    keys = tuple(dict.fromkeys(key for one in enterprises for key in one.figures))
    columns = [
        Column("name", translate("Stars", "名称"), width=14),
        Column("grade", translate("Stars", "类别"), kind="grade"),
        *(Column(key, label_of(key), unit_of(key), "number") for key in keys),
    ]
    values: dict[str, Sequence[Any]] = {
        "name": [one.name for one in enterprises],
        "grade": [one.grade or None for one in enterprises],
        **{key: [one.figures.get(key) for one in enterprises] for key in keys},
    }
    if any(one.note for one in enterprises):
        columns.append(Column("note", translate("Stars", "说明"), width=18))
        values["note"] = [one.note or None for one in enterprises]
    ids = [one.uscc or one.name for one in enterprises]
    return TableData(tuple(columns), values, ids=ids)


def singles_table(found: Sequence[SingleEffect]) -> TableData:
    """Return what single enterprises would change in one indicator."""
    columns = (
        Column("name", translate("Stars", "名称"), width=14),
        Column("grade", translate("Stars", "类别"), kind="grade"),
        Column("words", translate("Stars", "怎样"), width=20),
        Column("after", translate("Stars", "园区指标变为"), right=True),
        Column("change", translate("Stars", "变化"), kind="share", decimals=2),
    )
    values: dict[str, Sequence[Any]] = {
        "name": [one.name for one in found],
        "grade": [one.grade or None for one in found],
        "words": [one.words for one in found],
        "after": [_plain(one.key, one.after) for one in found],
        "change": [_share(one.before, one.after) for one in found],
    }
    return TableData(columns, values, ids=[f"{one.kind}:{one.uscc}" for one in found])
