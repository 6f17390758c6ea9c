"""A composite's items as bars of points, and its score and place in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zoneeval.model.standing import ItemStanding, ZoneStanding
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import IndicatorBar

translate = QCoreApplication.translate


def item_bars(standing: ZoneStanding) -> list[IndicatorBar]:
    """Return one bar for each item; points that are not certain show both bounds."""
    return [_bar(item) for item in standing.items]


def _bar(item: ItemStanding) -> IndicatorBar:
    sure = item.points_at_least == item.points_at_most
    low, high = figure(item.points_at_least), figure(item.points_at_most)
    points = f"{low if sure else f'{low}—{high}'} / {item.weight:g}"
    said = []
    if item.missing:
        said.append(translate("Stars", "没有数据"))
    elif item.value is not None:
        words = figure(item.value, share=not item.unit)
        said.append(f"{words} {item.unit}".rstrip())
    if item.group:
        said.append(item.group)
    return IndicatorBar(
        item.id,
        item.label,
        " · ".join(said),
        item.points_at_least,
        item.weight,
        points,
        Tone.UNCERTAIN if item.missing or not sure else None,
        item.clause,
    )


def score_words(standing: ZoneStanding) -> str:
    """Return score, place and change of place in words, "" where there is no score."""
    low, high = standing.score_at_least, standing.score_at_most
    if not standing.items and low is None:
        return ""
    if standing.score is not None:
        words = translate("Stars", "综合得分 {score}").format(score=figure(standing.score))
    elif low is not None and high is not None:
        words = translate("Stars", "综合得分在 {low} 到 {high} 之间").format(
            low=figure(low), high=figure(high)
        )
    else:
        words = translate("Stars", "综合得分不能确定")
    if standing.rank is not None:
        words += translate("Stars", "，第 {rank} 名").format(rank=standing.rank)
        if standing.rank_of is not None:
            words += translate("Stars", "（共 {n} 个）").format(n=standing.rank_of)
        if standing.rank_change is not None:
            words += translate("Stars", "，名次比上年{change}").format(
                change=change_words(standing.rank_change)
            )
    elif standing.items:
        words += translate("Stars", "，名次不能确定")
    return words


def change_words(change: int) -> str:
    """Return a change of place in words: 升 2 位, 降 1 位, 不变."""
    if change == 0:
        return translate("Stars", "不变")
    verb = translate("Stars", "升") if change > 0 else translate("Stars", "降")
    return f"{verb} {abs(change)} 位"
