"""How a zone's figure becomes points: one function for all ways of scoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zoneeval.model.arrays import FloatArray
from zoneeval.policy.composite_schema import GrowthSteps, Measured
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    RankPoints,
    Ratio,
    RatioToBest,
    ReverseLinear,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What figures are scored against, each fit to be used with [zone, year, figure].

    ``low``, ``high`` and ``mean`` are those of the peers that have data, ``place`` the
    place among them (1 is best), ``count`` how many they are; ``base`` is the benchmark
    or the figure of the base year.
    """

    weight: FloatArray
    low: FloatArray
    high: FloatArray
    mean: FloatArray
    place: FloatArray
    count: FloatArray
    base: FloatArray


def points(part: Measured, x: FloatArray, at: Setting) -> FloatArray:
    """Return the points of figures in the part's unit, before any cap; NaN: undefined."""
    method, w, cost = part.method, at.weight, part.direction == "cost"
    if isinstance(method, Ratio):
        return _ratio(x, at.base, w, cost=cost)
    if isinstance(method, RatioToBest):
        return _ratio(x, at.low if cost else at.high, w, cost=cost)
    if isinstance(method, FlooredMinMax):
        place = _between(x, at.low, at.high, cost=cost)
        return w * (method.base + method.span * place) / 100
    if isinstance(method, ReverseLinear):
        share = _divided(x, at.base)
        return np.clip(w / method.zero_at * (method.zero_at - share), 0.0, w)
    if isinstance(method, Efficacy):
        return _efficacy(method, x, at, cost=cost)
    if isinstance(method, Bands):
        return _bands(method, x)
    if isinstance(method, RankPoints):
        return _rank_points(method, at)
    if isinstance(method, GrowthSteps):
        return _growth_steps(method, x, at, cost=cost)
    each: FloatArray = x * method.points
    return each


def bounds(part: Measured, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the fewest and the most points that any figures could give."""
    method = part.method
    nothing, free = np.zeros_like(w), np.full_like(w, np.inf)
    if isinstance(method, FlooredMinMax):
        return w * method.base / 100, w * (method.base + method.span) / 100
    if isinstance(method, ReverseLinear):
        return nothing, w
    if isinstance(method, RatioToBest):
        return (nothing, free) if part.direction == "cost" else (-free, np.maximum(w, 0))
    if isinstance(method, Bands):
        scores = [band.score for band in method.bands]
        return nothing + min(scores), nothing + max(scores)
    if isinstance(method, Efficacy) and method.worst is None and method.best is None:
        return w * method.base / 100, w
    if isinstance(method, RankPoints):
        if method.points:
            return nothing + min(*method.points, method.rest), nothing + max(method.points)
        return nothing, w
    if isinstance(method, GrowthSteps):
        limit = free if method.limit is None else method.limit * w
        return nothing, method.at_base * w + limit
    return -free, free


def _divided(over: FloatArray, under: FloatArray) -> FloatArray:
    found: FloatArray = over / np.where(under > 0, under, np.nan)
    return found


def _ratio(x: FloatArray, base: FloatArray, w: FloatArray, *, cost: bool) -> FloatArray:
    """Weight × value ÷ base; a cost of nothing at all is better than any other."""
    if not cost:
        return w * _divided(x, base)
    return np.where(x > 0, w * _divided(base, x), np.where(np.isnan(x), np.nan, np.inf))


def _between(x: FloatArray, low: FloatArray, high: FloatArray, *, cost: bool) -> FloatArray:
    """Return where x lies between the worst (0) and the best (1); all alike are best."""
    width = high - low
    place = _divided(high - x if cost else x - low, width)
    alike = width == 0
    return np.where(alike & ~np.isnan(x), 1.0, place) if alike.any() else place


def _efficacy(method: Efficacy, x: FloatArray, at: Setting, *, cost: bool) -> FloatArray:
    worst = at.high if cost else at.low
    best = at.low if cost else at.high
    if method.worst is not None:
        worst = np.full((1, 1, 1), method.worst)
    if method.best is not None:
        best = np.full((1, 1, 1), method.best)
    width = best - worst
    apart = np.broadcast_to(width != 0, x.shape)
    away = np.divide(x - worst, width, out=np.full_like(x, np.nan), where=apart)
    away = np.where((width == 0) & ~np.isnan(x), 1.0, away)
    if method.shape == "linear":
        marks = method.base + (100 - method.base) * away
    else:
        marks = method.base * np.power(100 / method.base, away)
    return at.weight * marks / 100


def _bands(method: Bands, x: FloatArray) -> FloatArray:
    ends = [band.high for band in method.bands[:-1]]
    side: Literal["left", "right"] = "right" if method.includes == "from" else "left"
    scores = np.array([band.score for band in method.bands])
    found = scores[np.searchsorted(np.array(ends, dtype=float), x, side)]
    return np.where(np.isnan(x), np.nan, found)


def _rank_points(method: RankPoints, at: Setting) -> FloatArray:
    if method.points:
        listed = np.array([*method.points, method.rest])
        place = np.where(np.isnan(at.place), 1, at.place).astype(np.int64)
        found = listed[np.minimum(place, len(listed)) - 1]
        return np.where(np.isnan(at.place), np.nan, found)
    if method.step is not None:
        return np.maximum(at.weight - method.step * (at.place - 1), 0.0)
    return at.weight * _divided(at.count - at.place + 1, at.count)


def _growth_steps(method: GrowthSteps, x: FloatArray, at: Setting, *, cost: bool) -> FloatArray:
    growth = _divided(x, at.base) - 1
    if cost:
        growth = -growth
    steps = np.floor(np.round(growth / method.step, 9))
    more = np.maximum(steps, 0) * method.points
    if method.limit is not None:
        more = np.minimum(more, method.limit * at.weight)
    base = method.at_base * at.weight
    less = 0 * steps if method.below == "zero" else np.maximum(base + steps * method.points, 0)
    return np.where(growth < -1e-12, less, base + more)
