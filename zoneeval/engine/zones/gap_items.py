"""What each figure of a composite could add to the score."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from zoneeval.engine.stars.cells import in_registry_unit
from zoneeval.engine.stars.table import Rated
from zoneeval.engine.zones.gap_words import figure_words, number_words
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf, scored_years
from zoneeval.model.gap import GapState, ItemGap
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.composite_schema import Item, Measured

Reached = Callable[[Rated, int, int], bool]
"""Tells whether the score of a zone and year is enough."""

_REACH = 64.0
"""Up to how many times a figure is raised to see whether it alone would do."""


def item_gaps(
    basis: RatingBasis,
    rated: Rated,
    tried: WhatIf,
    z: int,
    y: int,
    wanting: bool,
    reached: Reached,
) -> tuple[ItemGap, ...]:
    """Return every figure that scores, those that add most for one per cent first.

    With ``wanting`` each one is also raised until it alone makes up for what is short.
    """
    made = rated.ladder.composite
    if made is None:
        return ()
    near = WhatIf(basis, tried.zone, tried.year, scored_years(basis.ladder, tried.year))
    assert rated.score is not None
    place = {
        item.id: (found, k) for found in rated.score.items for k, item in enumerate(found.items)
    }
    out = []
    for item in made.items:
        points, k = place[item.id]
        ends = float(points.low[z, y, k]), float(points.high[z, y, k])
        for part, share in item.measured:
            weight = float(points.weight[z, y, k]) * share
            out.append(_item(near, item, part, ends, weight, reached if wanting else None))
    return tuple(sorted(out, key=lambda one: -(one.per_percent or 0.0)))


def _item(
    near: WhatIf,
    item: Item,
    part: Measured,
    ends: tuple[float, float],
    weight: float,
    reached: Reached | None,
) -> ItemGap:
    known = ZONE_INDICATORS[part.indicator]
    label = item.label if item.label and not item.parts else known.label
    unit = part.unit if part.measure == "value" else known.unit
    step = 0.01 if known.is_share and unit == "" else 1.0
    now = near.figures.get(part.indicator)

    def made(state: GapState, words: str, *figures: float | None) -> ItemGap:
        unit_gain, percent_gain, alone = figures or (None, None, None)
        return ItemGap(
            item.id,
            part.indicator,
            label,
            unit,
            state,
            value,
            *ends,
            weight,
            step,
            unit_gain,
            percent_gain,
            alone,
            words,
        )

    value = None if now is None else _in(now, part, unit)
    if now is None:
        return made("no_data", "没有数据，不能推算")
    if part.measure == "previous":
        return made("impossible", "看的是上年数，今年不能改变")
    turn = -1 if _falls(part) else 1
    one_unit = in_registry_unit(1.0, unit, part.indicator) * step

    def score(figure: float) -> float | None:
        return _score(near, part.indicator, figure)

    start = score(now)
    if start is None:
        return made("no_data", "得分不能确定，不能推算")
    per_unit = _gain(start, score(now + turn * one_unit))
    per_percent = _gain(start, score(now * (1 + turn / 100))) if now > 0 else None
    end = _end(part, now, turn)
    alone = None
    if reached is not None and end is not None:
        alone = _alone(near, part.indicator, now, end, reached)
    more = per_unit or per_percent
    later = not more and end is not None and bool(_gain(start, score(end)))
    words = _item_words(part, step, unit, per_unit, per_percent, turn)
    if not more:
        words = "略有改善不加分，改善较多才加分" if later else "再改善也不加分"
    closing = None if alone is None else _in(alone, part, unit)
    if reached is not None and end is not None:
        shown = None if closing is None else figure_words(part.indicator, closing, unit)
        words += f"；只靠这一项{f'须为 {shown}' if shown else '达不到'}"
    return made("short" if more or later else "met", words, per_unit, per_percent, closing)


def _falls(part: Measured) -> bool:
    """Tell whether the figure itself must fall to score more."""
    if part.measure in ("rank", "rank_change"):
        return ZONE_INDICATORS[part.indicator].lower_is_better
    return part.direction == "cost"


def _end(part: Measured, now: float, turn: int) -> float | None:
    """Return the furthest figure that is tried; None where there is no telling."""
    known = ZONE_INDICATORS[part.indicator]
    if known.is_share and known.kind != "share_of":
        return now + turn
    if now <= 0:
        return None
    if turn < 0:
        return 0.0
    return min(now * _REACH, 1.0) if known.kind == "share_of" else now * _REACH


def _in(value: float, part: Measured, unit: str) -> float:
    return value / in_registry_unit(1.0, unit, part.indicator)


def _gain(before: float, after: float | None) -> float | None:
    return None if after is None else round(after - before, 9)


def _score(near: WhatIf, key: str, figure: float) -> float | None:
    """Return the zone's lowest score with one figure changed, and what follows from it."""
    found = near.ratings(near.after([Change(key, figure)])).score
    assert found is not None
    table = near.basis.table
    z, y = table.zones.index(near.zone), table.years.index(near.year)
    low = float(found[0][z, y])
    return low if isfinite(low) else None


def _alone(near: WhatIf, key: str, now: float, end: float, reached: Reached) -> float | None:
    """Return the least changed figure with which the score reaches the level."""
    table = near.basis.table
    z, y = table.zones.index(near.zone), table.years.index(near.year)

    def enough(figure: float) -> bool:
        return reached(near.ratings(near.after([Change(key, figure)])).rated, z, y)

    return _least(now, end, enough)


def _least(now: float, end: float, enough: Callable[[float], bool]) -> float | None:
    """Return the figure nearest to ``now`` that is enough, to six digits."""
    if not enough(end):
        return None
    short, good = now, end
    for _ in range(40):
        if abs(good - short) <= 1e-6 * max(abs(good), abs(now)):
            break
        middle = (short + good) / 2
        if enough(middle):
            good = middle
        else:
            short = middle
    return good


def _item_words(
    part: Measured,
    step: float,
    unit: str,
    per_unit: float | None,
    per_percent: float | None,
    turn: int,
) -> str:
    verb = "增加" if turn > 0 else "减少"
    one = "1 个百分点" if step == 0.01 or unit == "%" else figure_words(part.indicator, 1.0, unit)
    said = [f"每{verb} {one}得 {number_words(per_unit, 4)} 分"] if per_unit is not None else []
    if per_percent is not None and step == 1.0:
        said.append(f"每{verb} 1% 得 {number_words(per_percent, 4)} 分")
    return "，".join(said)
