"""The arithmetic over all enterprises: averages, scores, ranks and places, as arrays.

Work goes in phases (sums per group → benchmarks → scores → ranks inside a group), in
blocks that stay in the processor's cache, so that a million rows take a fraction of a
second.  Groups are integer codes 0…n−1.  Nothing here knows a policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray

BLOCK = 16_384


def group_sums(values: FloatArray, codes: IntArray, groups: int) -> tuple[FloatArray, FloatArray]:
    """Return sum and count of the known values per group, both of shape (groups,)."""
    totals, counts = np.zeros(groups), np.zeros(groups)
    for start in range(0, len(values), BLOCK):
        block, where = values[start : start + BLOCK], codes[start : start + BLOCK]
        known = block == block
        if known.all():
            totals += np.bincount(where, block, minlength=groups)
            counts += np.bincount(where, minlength=groups)
        else:
            totals += np.bincount(where[known], block[known], minlength=groups)
            counts += np.bincount(where[known], minlength=groups)
    return totals, counts


def group_means(values: FloatArray, codes: IntArray, groups: int) -> FloatArray:
    """Return the mean of the known values per group, NaN where there are none."""
    totals, counts = group_sums(values, codes, groups)
    out = np.full(groups, np.nan)
    np.divide(totals, counts, out=out, where=counts > 0)
    return out


def ratio_of_totals(
    numerator: FloatArray, denominator: FloatArray, codes: IntArray, groups: int
) -> FloatArray:
    """Return Σ numerator ÷ Σ denominator per group over rows that know both."""
    known = ~np.isnan(numerator) & ~np.isnan(denominator) & (denominator != 0)
    tops = np.bincount(codes[known], numerator[known], minlength=groups)
    bottoms = np.bincount(codes[known], denominator[known], minlength=groups)
    out = np.full(groups, np.nan)
    np.divide(tops, bottoms, out=out, where=bottoms != 0)
    return out


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How one indicator's values become weighted points.

    ``benchmark`` has one value per group; ``cap`` and ``floor`` are multiples of the
    weight; ``cost`` divides the benchmark by the value instead of the reverse.
    """

    weight: float
    benchmark: FloatArray
    cap: float | None = None
    floor: float | None = None
    cost: bool = False


def score(values: FloatArray, codes: IntArray, rule: ScoreRule) -> FloatArray:
    """Return weighted points per row, NaN where value or benchmark is missing.

    A benchmark that is not above zero cannot be divided by and counts as missing.
    """
    benchmark = np.where(rule.benchmark > 0, rule.benchmark, np.nan)
    out = np.empty(len(values))
    for start in range(0, len(values), BLOCK):
        block = slice(start, start + BLOCK)
        part = out[block]
        np.take(benchmark, codes[block], out=part)
        if rule.cost:
            positive = np.where(values[block] > 0, values[block], np.nan)
            np.divide(part, positive, out=part)
        else:
            np.divide(values[block], part, out=part)
        if rule.cap is not None:
            np.minimum(part, rule.cap, out=part)
        if rule.floor is not None:
            np.maximum(part, rule.floor, out=part)
        np.multiply(part, rule.weight, out=part)
    return out


def composite(scores: Sequence[FloatArray]) -> FloatArray:
    """Return the sum of the scores per row, missing ones counting nothing."""
    out = np.zeros(len(scores[0]))
    for start in range(0, len(out), BLOCK):
        block = slice(start, start + BLOCK)
        part = out[block]
        for column in scores:
            np.add(part, np.nan_to_num(column[block]), out=part)
    return out


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows ordered inside their groups.

    ``order`` lists row numbers group by group, best first; ``starts`` has one entry
    per group and a last one, so that group g is ``order[starts[g]:starts[g + 1]]``.
    ``rank`` gives equals the same number; ``position`` counts 1… without ties.
    """

    order: IntArray
    starts: IntArray
    rank: IntArray
    position: IntArray


def rank_in_groups(
    key: FloatArray,
    codes: IntArray,
    groups: int,
    ties: Sequence[FloatArray] = (),
) -> Ranking:
    """Order rows by descending ``key`` inside their groups.

    Equals are ordered by ``ties`` (each descending, missing last), then by row
    number, so rows must come in an order of their own.
    """
    order = _sorted_by_group(key, codes)
    sorted_key, sorted_codes = key[order], codes[order]
    same = np.empty(len(key), dtype=bool)
    if len(same):
        same[0] = False
        np.equal(sorted_key[1:], sorted_key[:-1], out=same[1:])
        same[1:] &= sorted_codes[1:] == sorted_codes[:-1]
    _repair_ties(order, same, ties)
    starts = np.zeros(groups + 1, dtype=np.int64)
    np.cumsum(np.bincount(codes, minlength=groups), out=starts[1:])
    place = np.arange(len(key), dtype=np.int64) - starts[sorted_codes] + 1
    shared = np.where(same, 0, place)
    np.maximum.accumulate(shared + starts[sorted_codes], out=shared)
    shared -= starts[sorted_codes]
    rank, position = np.empty_like(place), np.empty_like(place)
    rank[order], position[order] = shared, place
    return Ranking(order, starts, rank, position)


def _sorted_by_group(key: FloatArray, codes: IntArray) -> IntArray:
    """Return row numbers by group and descending key; equals come in any order."""
    by_key = np.argsort(-key)
    if not len(codes) or codes.max() == 0:
        return by_key
    small = codes.astype(np.uint16) if codes.max() < 65_536 else codes
    return by_key[np.argsort(small[by_key], kind="stable")]


def _repair_ties(order: IntArray, same: BoolArray, ties: Sequence[FloatArray]) -> None:
    """Put equals, in place, into the order of ``ties`` and then of row numbers."""
    later = np.flatnonzero(same)
    if not len(later):
        return
    involved = np.unique(np.concatenate([later, later - 1]))
    run = np.cumsum(~same)[involved]
    rows = order[involved]
    keys: list[FloatArray | IntArray] = [rows]
    for tie in reversed(ties):
        keys.append(np.where(np.isnan(tie[rows]), np.inf, -tie[rows]))
    keys.append(run)
    order[involved] = rows[np.lexsort(keys)]
