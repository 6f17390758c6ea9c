"""Gaps in words: what is, what is asked, and what is missing."""

from __future__ import annotations

from zoneeval.model.gap import GapState
from zoneeval.model.standing import level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion
from zoneeval.policy.ladder_rules import PLAIN

_OWN_UNITS = {"rank": "位", "rank_change": "位"}


def number_words(value: float, decimals: int = 4) -> str:
    """Return a figure without trailing zeros; large ones with two decimals at most."""
    if abs(value) >= 1000:
        decimals = min(decimals, 2)
    text = f"{value:,.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def figure_words(key: str, value: float, unit: str | None = None, measure: str = "value") -> str:
    """Return a figure with its unit; a share as per cent, a change of shares as points."""
    known = ZONE_INDICATORS[key]
    unit = known.unit if unit is None else unit
    if measure in _OWN_UNITS:
        return f"{number_words(value)} {_OWN_UNITS[measure]}"
    share = known.is_share or measure in ("growth", "over_mean")
    if unit == "" and share:
        points = known.kind == "points" or (measure == "change" and known.is_share)
        return f"{number_words(value * 100, 2)}{' 个百分点' if points else '%'}"
    return f"{number_words(value)} {unit}".rstrip() if unit != "%" else f"{number_words(value)}%"


def gap_words(
    criterion: Criterion,
    level: int,
    state: GapState,
    value: float | None,
    threshold: float | None,
    gap: float | None,
    growth: float | None,
) -> str:
    """Return one sentence on a criterion and a level, without the full stop."""

    def shown(figure: float) -> str:
        return figure_words(criterion.indicator, figure, criterion.unit, criterion.measure)

    benefit = criterion.direction == "benefit"
    unknown = criterion.thresholds[level] == "unknown"
    asked = (
        f"{'不低于' if benefit else '不高于'} {shown(threshold)}" if threshold is not None else ""
    )
    now = f"现为 {shown(value)}" if value is not None else "没有数据"
    if state == "met":
        return f"{now}，已达到"
    if unknown and state == "unknown":
        return f"{now}，{level_name(level)}标准未知，不能判定"
    if unknown and asked:
        asked = f"{level_name(level)}标准未知，已知较低一级要求{asked}"
    elif unknown:
        asked = f"{level_name(level)}标准未知"
    else:
        asked = f"要求{asked}"
    if gap is None or not gap:
        return f"{now}，{asked}"
    words = f"{now}，{asked}，{'还差' if benefit else '须降低'} {_difference(criterion, gap)}"
    if growth is not None and criterion.measure in PLAIN:
        words += f"（{'须增长' if growth > 0 else '须下降'} {number_words(abs(growth) * 100, 2)}%）"
    return words


def _difference(criterion: Criterion, gap: float) -> str:
    """Return a difference: of shares in points."""
    known = ZONE_INDICATORS[criterion.indicator]
    shares = known.is_share or criterion.measure in ("growth", "over_mean")
    if criterion.unit == "" and shares and criterion.measure not in _OWN_UNITS:
        return f"{number_words(gap * 100, 2)} 个百分点"
    if criterion.unit == "%":
        return f"{number_words(gap, 2)} 个百分点"
    return figure_words(criterion.indicator, gap, criterion.unit, criterion.measure)
