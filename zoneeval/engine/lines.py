"""From a ranking to classes: shares as limits, and absolute lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from zoneeval.engine.grading import NOBODY_HELD, Grades, Held, moved_cut
from zoneeval.engine.kernel import Ranking
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.evaluation import Quota
from zoneeval.policy.findings import COMPOSITE
from zoneeval.policy.grading_schema import LimitBand, Limits, Thresholds
from zoneeval.rounding import quota, slack


def grade_by_limits(
    ranking: Ranking,
    key: FloatArray,
    rule: Limits,
    held: Held = NOBODY_HELD,
    name: str = COMPOSITE,
) -> Grades:
    """Give each group's classes so that no limit is overstepped.

    ``key`` (called ``name``) is what the ranking went by.
    """
    out = Grades.empty(len(key))
    for group, (first, last) in enumerate(pairwise(ranking.starts.tolist())):
        rows, places = ranking.order[first:last], ranking.shared[first:last]
        most, least = _numbers(rule, held, group, len(rows))
        ends = _cuts(rule.bands, key[rows], most, least)
        if rule.ties == "exclude":
            ends = _with_equals(ends, places)
        quotas: list[Quota] = []
        start = 0
        for band, end, high, low in zip(rule.bands, ends, most, least, strict=True):
            out.grade[rows[start:end]] = band.grade
            cut = float(key[rows[end - 1]]) if end > start else None
            share = band.at_most if band.at_most is not None else band.at_least
            planned = end - start
            if band.at_most is not None or band.at_least is not None:
                planned = high if band.at_most is not None else low
            quotas.append(Quota(band.grade, share or 0.0, planned, end - start, name, cut))
            start = end
        out.quotas[group] = tuple(quotas)
    return out


def _numbers(rule: Limits, held: Held, group: int, size: int) -> tuple[list[int], list[int]]:
    """Return how many each class may take at most and must take at least."""
    counted = held.counted(group, size)
    most, least = [], []
    for band in rule.bands:
        holders = held.holders(group, band.grade)
        high = quota(counted, band.at_most, "floor") if band.at_most is not None else counted
        low = quota(counted, band.at_least, "ceil") if band.at_least is not None else 0
        most.append(max(high - holders, 0))
        least.append(max(low - holders, 0))
    return most, least


def _cuts(
    bands: Sequence[LimitBand], values: FloatArray, most: Sequence[int], least: Sequence[int]
) -> list[int]:
    """Return where each class ends among best-first ``values``.

    Downwards each class takes what its line or its upper limit gives; upwards every
    class that has too few takes the last ones of the class above.
    """
    size = len(values)
    ends: list[int] = []
    start = 0
    for number, band in enumerate(bands):
        if number == len(bands) - 1:
            end = size
        elif band.from_score is not None:
            end = max(start, int(np.count_nonzero(values + slack(values) >= band.from_score)))
        elif band.at_most is None and band.at_least is None:
            end = max(start, size - sum(least[number + 1 :]))
        elif band.at_most is not None:
            end = start + most[number]
        else:
            end = start + least[number]
        if number < len(bands) - 1:
            end = min(end, start + most[number], size)
        ends.append(end)
        start = end
    for number in range(len(bands) - 1, 0, -1):
        ends[number - 1] = min(ends[number - 1], max(ends[number] - least[number], 0))
    return ends


def _with_equals(ends: list[int], places: IntArray) -> list[int]:
    """Move every line up before equals, so that all of them go to the lower class."""
    moved = [moved_cut(places, end, "exclude") for end in ends[:-1]]
    return [*moved, ends[-1]]


def grade_by_thresholds(
    ranking: Ranking, conditions: Sequence[FloatArray], rule: Thresholds, size: int
) -> Grades:
    """Give the class of the first condition met, else that of the rest.

    ``conditions`` hold 1, 0 or NaN (cannot be known) per row for each line.
    """
    out = Grades.empty(size)
    rows = ranking.order
    out.grade[rows] = rule.rest
    for line, truth in reversed(list(zip(rule.lines, conditions, strict=True))):
        out.grade[rows[truth[rows] == 1]] = line.grade
    return out
