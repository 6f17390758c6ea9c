"""Rate a zone on a star ladder: a level, or an interval where thresholds are unknown."""

from __future__ import annotations

from zoneeval.model.standing import CriterionStanding, ZoneStanding
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval.policy.ladder import Criterion, Ladder
from zoneeval.units import convert

BELOW = -1
"""Below the gate, as a number that compares; outside this module it is None."""


def ladder_warnings(ladder: Ladder, year: int | None) -> list[str]:
    """Return what must be said when the ladder is used for a year: scope, doubt."""
    warnings = []
    if ladder.status == "illustrative":
        warnings.append(f"“{ladder.title}”的门槛是示意数值，不是官方标准，结果不能用于申报。")
    elif ladder.scope:
        warnings.append(f"“{ladder.title}”的适用范围是{ladder.scope}，用于其他园区只作参照。")
    if year is not None:
        early = ladder.valid_from is not None and year < ladder.valid_from
        late = ladder.valid_to is not None and year > ladder.valid_to
        if early or late:
            span = f"{ladder.valid_from or ''}—{ladder.valid_to or ''}"
            warnings.append(f"“{ladder.title}”适用年度为 {span}，用于 {year} 年只作参照。")
    if ladder.combine_assumed:
        warnings.append("各项指标须全部达到是按通常理解所作的假定，文件未说明。")
    return warnings


def rate_zone(
    ladder: Ladder,
    zone: str,
    year: int,
    figures: ZoneFigures,
    *,
    target: int | None = None,
    official: int | None = None,
) -> ZoneStanding:
    """Return between which levels the zone stands, and each criterion's part in it.

    Thresholds rise with the level, so a known one that is met says the lower ones are
    met too, and a known one that is missed says the higher ones are missed too.
    """
    intervals = [
        _interval(criterion, _value(criterion, figures), ladder.levels)
        for criterion in ladder.criteria
    ]
    at_least = min(low for low, _ in intervals)
    at_most = min(high for _, high in intervals)
    aim = min(at_least + 1, ladder.levels - 1)
    criteria = tuple(
        _standing(ladder, criterion, _value(criterion, figures), interval, aim, target)
        for criterion, interval in zip(ladder.criteria, intervals, strict=True)
    )
    return ZoneStanding(
        zone, year, _outside(at_least), _outside(at_most), target, official, criteria
    )


def _outside(level: int) -> int | None:
    return None if level == BELOW else level


def _value(criterion: Criterion, figures: ZoneFigures) -> float | None:
    """Return the zone's value in the criterion's unit, or None where there is no data."""
    figure = figures.get(criterion.indicator)
    if figure is None or figure.used is None:
        return None
    return convert(figure.used, ZONE_INDICATORS[criterion.indicator].unit, criterion.unit)


def _interval(criterion: Criterion, value: float | None, levels: int) -> tuple[int, int]:
    """Return the lowest and the highest level this criterion may allow."""
    known = [(level, t) for level, t in enumerate(criterion.thresholds) if isinstance(t, float)]
    asks = [level for level, t in enumerate(criterion.thresholds) if t != ""]
    first_asked = min(asks, default=levels)
    low, high = first_asked - 1, levels - 1
    if value is None:
        return low, high
    missed = [level for level, threshold in known if not _met(criterion, value, threshold)]
    if missed:
        high = min(missed) - 1
    passed = [level for level, threshold in known if _met(criterion, value, threshold)]
    for level in range(levels):
        cell = criterion.thresholds[level]
        if level > high:
            break
        if level <= max(passed, default=BELOW) or cell == "":
            low = max(low, level)
        elif cell == "unknown":
            break
    return low, high


def _met(criterion: Criterion, value: float, threshold: float) -> bool:
    if criterion.direction == "cost":
        return value <= threshold
    return value >= threshold


def _standing(
    ladder: Ladder,
    criterion: Criterion,
    value: float | None,
    interval: tuple[int, int],
    aim: int,
    target: int | None,
) -> CriterionStanding:
    low, high = interval
    wanted, gap = _distance(criterion, value, aim)
    aimed, target_gap = _distance(criterion, value, target)
    met: bool | None = None
    if aim <= low:
        met = True
    elif aim > high:
        met = False
    definition = ZONE_INDICATORS[criterion.indicator]
    return CriterionStanding(
        key=criterion.indicator,
        label=criterion.label or definition.label,
        unit=criterion.unit,
        value=value,
        thresholds=tuple(None if t == "" else t for t in criterion.thresholds),
        level_at_least=_outside(low),
        level_at_most=_outside(high),
        next_threshold=wanted,
        gap=gap,
        met=met,
        clause=ladder.clause(criterion.cite, illustrative=criterion.illustrative),
        target_threshold=aimed,
        target_gap=target_gap,
    )


def _distance(
    criterion: Criterion, value: float | None, level: int | None
) -> tuple[float | None, float | None]:
    """Return what a level asks and what is missing to it, None where not known."""
    if level is None or not 0 <= level < len(criterion.thresholds):
        return None, None
    threshold = criterion.thresholds[level]
    if not isinstance(threshold, float):
        return None, None
    if value is None:
        return threshold, None
    distance = threshold - value if criterion.direction == "benefit" else value - threshold
    return threshold, max(0.0, distance)
