"""Points from values, one function per way of scoring; arrays in, arrays out."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from zoneeval.engine.kernel import ScoreRule, group_sizes, rank_in_groups, score
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    RankPoints,
    RatioToBest,
    ReverseLinear,
)
from zoneeval.policy.scoring_schema import Indicator


class Members(NamedTuple):
    """The group of each row as a code 0…groups−1."""

    codes: IntArray
    groups: int


class Points(NamedTuple):
    """Points per row, NaN where they cannot be formed, and what they were measured against.

    ``marks`` has one figure per group: the benchmark, or the best value.
    """

    points: FloatArray
    marks: FloatArray


def scored_values(item: Indicator, values: FloatArray) -> FloatArray:
    """Return the values that points are given for: negatives and zeros as the policy says."""
    if item.negative == "zero":
        values = np.where(values < 0, 0.0, values)
    if item.zero == "missing":
        values = np.where(values == 0, np.nan, values)
    return values


def score_indicator(
    item: Indicator, values: FloatArray, members: Members, benchmark: FloatArray
) -> Points:
    """Return the points of one indicator; ``benchmark`` has one figure per group."""
    method, cost = item.method, item.direction == "cost"
    if isinstance(method, RankPoints | RatioToBest | FlooredMinMax | Efficacy):
        within = Members(np.zeros_like(members.codes), 1)
        if method.population == "group":
            within = members
        if isinstance(method, RatioToBest):
            best = best_ratio(values, within, cost=cost)
            found = Points(_ratio(item, values, within, best), best)
        elif isinstance(method, RankPoints):
            found = Points(_by_rank(item, method, values, within), np.full(within.groups, np.nan))
        else:
            found = _between(item, method, values, within)
        marks = found.marks if within is members else np.full(members.groups, found.marks[0])
        points = found.points
    elif isinstance(method, Bands):
        points, marks = _by_band(method, values), np.full(members.groups, np.nan)
    elif isinstance(method, ReverseLinear):
        known = np.where(benchmark > 0, benchmark, np.nan)[members.codes]
        share = (method.zero_at - values / known) / method.zero_at
        points, marks = item.weight * np.clip(share, 0.0, 1.0), benchmark
    else:
        return Points(_ratio(item, values, members, benchmark), benchmark)
    if item.cap is not None:
        points = np.minimum(points, item.cap * item.weight)
    if item.floor is not None:
        points = np.maximum(points, item.floor * item.weight)
    return Points(points, marks)


def extremes(values: FloatArray, members: Members) -> tuple[FloatArray, FloatArray]:
    """Return lowest and highest known value per group, NaN where there are none."""
    known = ~np.isnan(values)
    low, high = np.full(members.groups, np.inf), np.full(members.groups, -np.inf)
    np.minimum.at(low, members.codes[known], values[known])
    np.maximum.at(high, members.codes[known], values[known])
    none = np.isinf(low)
    low[none] = high[none] = np.nan
    return low, high


def ends_of(
    method: FlooredMinMax | Efficacy, values: FloatArray, members: Members, *, cost: bool
) -> tuple[FloatArray, FloatArray]:
    """Return worst and best value per group: the document's, else the population's."""
    low, high = extremes(values, members)
    worst, best = (high, low) if cost else (low, high)
    if isinstance(method, Efficacy):
        if method.worst is not None:
            worst = np.full(members.groups, method.worst)
        if method.best is not None:
            best = np.full(members.groups, method.best)
    return worst, best


def best_ratio(values: FloatArray, members: Members, *, cost: bool) -> FloatArray:
    """Return the value that all others are divided by: the highest, or the lowest positive."""
    low, high = extremes(np.where(values > 0, values, np.nan) if cost else values, members)
    return low if cost else high


def places(values: FloatArray, members: Members, *, cost: bool) -> tuple[FloatArray, IntArray]:
    """Return each known row's place among the known of its group, and how many those are."""
    rows = np.flatnonzero(~np.isnan(values))
    key = -values[rows] if cost else values[rows]
    place = np.full(len(values), np.nan)
    place[rows] = rank_in_groups(key, members.codes[rows], members.groups).rank
    return place, group_sizes(members.codes[rows], members.groups)[members.codes]


def _ratio(
    item: Indicator, values: FloatArray, members: Members, benchmark: FloatArray
) -> FloatArray:
    rule = ScoreRule(item.weight, benchmark, item.cap, item.floor, cost=item.direction == "cost")
    return score(values, members.codes, rule)


def _between(
    item: Indicator, method: FlooredMinMax | Efficacy, values: FloatArray, members: Members
) -> Points:
    worst, best = ends_of(method, values, members, cost=item.direction == "cost")
    span = (best - worst)[members.codes]
    part = np.where(np.isnan(values), np.nan, 1.0)
    np.divide(values - worst[members.codes], span, out=part, where=span != 0)
    if isinstance(method, FlooredMinMax):
        hundredths = method.base + method.span * part
    elif method.shape == "linear":
        hundredths = method.base + (100 - method.base) * part
    else:
        with np.errstate(over="ignore"):
            hundredths = method.base * np.power(100 / method.base, part)
        hundredths[np.isinf(hundredths)] = np.nan
    return Points(item.weight * hundredths / 100, best)


def _by_band(method: Bands, values: FloatArray) -> FloatArray:
    ends = np.array([band.high for band in method.bands[:-1]], dtype=np.float64)
    side: Literal["left", "right"] = "right" if method.includes == "from" else "left"
    scores = np.array([band.score for band in method.bands], dtype=np.float64)
    points = scores[np.searchsorted(ends, values, side=side)]
    return np.where(np.isnan(values), np.nan, points)


def _by_rank(
    item: Indicator, method: RankPoints, values: FloatArray, members: Members
) -> FloatArray:
    place, count = places(values, members, cost=item.direction == "cost")
    if method.points:
        listed = np.array([*method.points, method.rest])
        known = np.where(np.isnan(place), 1, place).astype(np.int64)
        points = listed[np.minimum(known - 1, len(method.points))]
        return np.where(np.isnan(place), np.nan, points)
    if method.step is not None:
        return np.maximum(item.weight - method.step * (place - 1), 0.0)
    return item.weight * (count - place + 1) / np.maximum(count, 1)
