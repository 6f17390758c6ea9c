"""Where the zones stand on the ladder, as 总览 says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import IndicatorBar

if TYPE_CHECKING:
    from zoneeval.model.standing import CriterionStanding, ZoneStanding
    from zoneeval_db.operations import Overview

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StarView:
    """One zone on the ladder; ``unmet`` is what is missing to the target, in words."""

    zone: str
    stars: str
    verdict: str
    unmet: str
    decidable: bool
    bars: tuple[IndicatorBar, ...]


def figure(value: float) -> str:
    """Return a figure with as many decimals as its size asks for."""
    text = f"{abs(value):,.1f}" if abs(value) >= 10 else f"{abs(value):,.2f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def _star(standing: ZoneStanding, top: int, *, whole: bool) -> StarView:
    """Return a zone's verdict; ``top`` is the highest level, ``whole`` shows all criteria."""
    level = standing.at_least or 0
    shown = [c for c in standing.criteria if whole or c.met is not True]
    bars = [bar for c in shown if (bar := _criterion(c)) is not None]
    return StarView(
        zone=standing.zone,
        stars="★" * level + "☆" * (top - level),
        verdict=_verdict(standing),
        unmet=_unmet(standing, top),
        decidable=standing.decidable,
        bars=tuple(bars),
    )


def _verdict(standing: ZoneStanding) -> str:
    from zoneeval.model.standing import level_name

    verdict = standing.verdict
    if standing.official is not None:
        verdict = translate("Overview", "{verdict}（认定为{official}）").format(
            verdict=verdict, official=level_name(standing.official)
        )
    if standing.target is None:
        return verdict
    reached = standing.at_least is not None and standing.at_least >= standing.target
    words = (
        translate("Overview", "，已达目标{target}")
        if reached
        else translate("Overview", "，目标{target}")
    )
    return verdict + words.format(target=level_name(standing.target))


def _unmet(standing: ZoneStanding, top: int) -> str:
    """Return what is missing to the level after the one that is sure."""
    from zoneeval.model.standing import level_name

    if standing.at_least is not None and standing.at_least >= top:
        return translate("Overview", "已是最高星级")
    aim = level_name(0 if standing.at_least is None else standing.at_least + 1)
    lacking = [c.label for c in standing.criteria if c.met is False]
    unknown = [c.label for c in standing.criteria if c.met is None and c.value is None]
    open_ends = [c.label for c in standing.criteria if c.met is None and c.value is not None]
    parts = []
    if lacking:
        parts.append(
            translate("Overview", "到{aim}还差 {n} 项：{list}").format(
                aim=aim, n=len(lacking), list="、".join(lacking)
            )
        )
    if unknown:
        parts.append(translate("Overview", "缺数据：{list}").format(list="、".join(unknown)))
    if open_ends:
        parts.append(translate("Overview", "标准未知：{list}").format(list="、".join(open_ends)))
    return "；".join(parts)


def _criterion(criterion: CriterionStanding) -> IndicatorBar | None:
    """Return a criterion against the threshold of the next level; None where it asks nothing."""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    known = ZONE_INDICATORS.get(criterion.key)
    is_share = known is not None and known.is_share
    if criterion.next_threshold is None and criterion.met is not None:
        return None

    def shown(value: float | None) -> str:
        if value is None:
            return translate("Overview", "未知")
        return f"{value * 100:.1f}%" if is_share else figure(value)

    text = f"{shown(criterion.value)} / {shown(criterion.next_threshold)}"
    bar = IndicatorBar(
        key=criterion.key,
        name=criterion.label,
        comparison="",
        points=criterion.value,
        full=criterion.next_threshold or 0.0,
        points_text=text if is_share else f"{text} {criterion.unit}".strip(),
        note=criterion.clause,
    )
    tones = {True: Tone.A, False: Tone.C}
    return replace(bar, tone=tones.get(criterion.met, Tone.UNCERTAIN))  # type: ignore[arg-type]


def star_views(found: Overview) -> tuple[StarView, ...]:
    """Return one view per zone; a single zone shows all its criteria."""
    top = found.ladder.levels - 1 if found.ladder else 0
    whole = len(found.stars) == 1
    return tuple(_star(standing, top, whole=whole) for standing in found.stars)


def stars_note(found: Overview) -> str:
    """Return which ladder was used, or that its figures are illustrative."""
    if found.ladder is None or not found.stars:
        return ""
    if found.ladder.status.value == "illustrative":
        return translate("Overview", "星级标准为示意，不是公布的数值。")
    return translate("Overview", "按“{title}”。").format(title=found.ladder.title)
