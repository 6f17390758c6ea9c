"""Every way of scoring again, one enterprise at a time and written from the formulas.

Slow on purpose; it knows nothing of the engine.  Values are lists with None for
missing, all of one group, and points come back in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

Values = Sequence[float | None]
Points = list[float | None]


def known(values: Values) -> list[float]:
    """Return the values that are there."""
    return [value for value in values if value is not None]


def floored_minmax(values: Values, weight: float, *, cost: bool = False) -> Points:
    """Return weight × (20 + 80 × how far from the worst to the best) ÷ 100."""
    out: Points = []
    for value in values:
        if value is None:
            out.append(None)
            continue
        low, high = min(known(values)), max(known(values))
        way = high - value if cost else value - low
        part = way / (high - low) if high > low else 1.0
        out.append(weight * (20 + 80 * part) / 100)
    return out


def reverse_linear(values: Values, weight: float, benchmark: float | None) -> Points:
    """Return weight ÷ 2 × (2 − value ÷ benchmark), never below nothing or above full."""
    out: Points = []
    for value in values:
        if value is None or benchmark is None or benchmark <= 0:
            out.append(None)
        else:
            out.append(min(max(weight / 2 * (2 - value / benchmark), 0.0), weight))
    return out


def ratio_to_best(values: Values, weight: float, *, cost: bool = False) -> Points:
    """Return each value over the best; where less is better the best over each value."""
    if cost:
        positive = [value for value in known(values) if value > 0]
        return [
            min(positive) / value * weight if value is not None and value > 0 else None
            for value in values
        ]
    best = max(known(values), default=0.0)
    return [value / best * weight if value is not None and best > 0 else None for value in values]


def bands(values: Values, ends: Sequence[float], scores: Sequence[float]) -> Points:
    """Return the points of the band; a value on an end belongs to the band above."""
    return [
        None if value is None else scores[sum(1 for end in ends if value >= end)]
        for value in values
    ]


def efficacy(values: Values, weight: float, *, exponential: bool) -> Points:
    """Return 60 points at the worst and 100 at the best, of a weight."""
    out: Points = []
    for value in values:
        if value is None:
            out.append(None)
            continue
        worst, best = min(known(values)), max(known(values))
        part = (value - worst) / (best - worst) if best > worst else 1.0
        full = 60 * (100 / 60) ** part if exponential else 60 + 40 * part
        out.append(weight * full / 100)
    return out


def by_place(values: Values, weight: float, *, cost: bool = False) -> Points:
    """Return weight × (n − place + 1) ÷ n among those with a value."""
    count = len(known(values))
    out: Points = []
    for value in values:
        if value is None:
            out.append(None)
            continue
        better = sum(1 for other in known(values) if (other < value if cost else other > value))
        out.append(weight * (count - better) / count)
    return out


def ratio(values: Values, weight: float, benchmark: float | None) -> Points:
    """Return value over benchmark of a weight."""
    if benchmark is None or benchmark <= 0:
        return [None for _ in values]
    return [None if value is None else value / benchmark * weight for value in values]


def middle(values: Values) -> float | None:
    """Return the median of the values that are there."""
    return median(known(values)) if known(values) else None


def mean(values: Values) -> float | None:
    """Return the mean of the values that are there."""
    return sum(known(values)) / len(known(values)) if known(values) else None


def spread(points: Sequence[Points], weights: Sequence[float]) -> list[float]:
    """Return totals with the weight of every missing figure given to those that are there."""
    totals = []
    for row in range(len(points[0])):
        mine = [(column[row], weight) for column, weight in zip(points, weights, strict=True)]
        there = [(score, weight) for score, weight in mine if score is not None]
        held = sum(weight for _, weight in there)
        totals.append(sum(score / held * sum(weights) for score, _ in there) if held else 0.0)
    return totals
