"""The arithmetic over all enterprises: averages, scores, ranks and places, as arrays.

Work goes in phases (sums per group → benchmarks → scores → ranks inside a group), in
blocks that stay in the processor's cache, so that a million rows take a fraction of a
second.  Groups are integer codes 0…n−1.  Nothing here knows a policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.rounding import NOISE, levelled, slack

BLOCK = 32_768
_WHOLE_UP_TO = 2.0**52


def group_sizes(codes: IntArray, groups: int) -> IntArray:
    """Return how many rows each group has, shape (groups,)."""
    return np.bincount(codes, minlength=groups)


def group_sums(
    values: FloatArray, codes: IntArray, groups: int, sizes: IntArray | None = None
) -> tuple[FloatArray, IntArray]:
    """Return sum and count of the known values per group, both of shape (groups,).

    ``sizes`` are the :func:`group_sizes`, given when several columns share the groups.
    """
    totals = np.zeros(groups)
    counts = (group_sizes(codes, groups) if sizes is None else sizes).copy()
    known = np.empty(min(BLOCK, len(values)))
    for start in range(0, len(values), BLOCK):
        block, where = values[start : start + BLOCK], codes[start : start + BLOCK]
        lost = np.flatnonzero(np.isnan(block))
        if len(lost):
            known[: len(block)] = block
            block = known[: len(block)]
            block[lost] = 0.0
            counts -= np.bincount(where[lost], minlength=groups)
        totals += np.bincount(where, block, minlength=groups)
    return totals, counts


def group_means(
    values: FloatArray, codes: IntArray, groups: int, sizes: IntArray | None = None
) -> FloatArray:
    """Return the mean of the known values per group, NaN where there are none."""
    totals, counts = group_sums(values, codes, groups, sizes)
    if (values < 0).any():
        _settle(totals, group_sums(np.abs(values), codes, groups, sizes)[0])
    out = np.full(groups, np.nan)
    np.divide(totals, counts, out=out, where=counts > 0)
    return out


def ratio_of_totals(
    numerator: FloatArray, denominator: FloatArray, codes: IntArray, groups: int
) -> FloatArray:
    """Return Σ numerator ÷ Σ denominator per group over rows that know both."""
    known = ~np.isnan(numerator) & ~np.isnan(denominator) & (denominator != 0)
    tops = _totals(numerator[known], codes[known], groups)
    bottoms = _totals(denominator[known], codes[known], groups)
    out = np.full(groups, np.nan)
    np.divide(tops, bottoms, out=out, where=bottoms != 0)
    return out


def _totals(values: FloatArray, codes: IntArray, groups: int) -> FloatArray:
    """Return the sum per group, shape (groups,); all values are known."""
    sums: FloatArray = np.asarray(np.bincount(codes, values, minlength=groups), np.float64)
    if (values < 0).any():
        sizes: FloatArray = np.asarray(
            np.bincount(codes, np.abs(values), minlength=groups), np.float64
        )
        _settle(sums, sizes)
    return sums


def _settle(sums: FloatArray, sizes: FloatArray) -> None:
    """Make sums 0, in place, where profits and losses cancel but for the last bits.

    ``sizes`` are the sums without regard to sign.
    """
    sums[np.abs(sums) <= NOISE * sizes] = 0.0


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


def score(
    values: FloatArray, codes: IntArray, rule: ScoreRule, missing: float = np.nan
) -> FloatArray:
    """Return weighted points per row, ``missing`` where value or benchmark is missing.

    A benchmark that is not above zero cannot be divided by and counts as missing.
    """
    benchmark = np.where(rule.benchmark > 0, rule.benchmark, np.nan)
    out = np.empty(len(values))
    for start in range(0, len(values), BLOCK):
        block = slice(start, start + BLOCK)
        part = out[block]
        np.take(benchmark, codes[block], out=part, mode="clip")
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
        if missing == missing:
            part[np.flatnonzero(np.isnan(part))] = missing
    return out


def composite(scores: Sequence[FloatArray]) -> FloatArray:
    """Return the sum of the scores per row, missing ones counting nothing."""
    out = np.zeros(len(scores[0]))
    for start in range(0, len(out), BLOCK):
        block = slice(start, start + BLOCK)
        part = out[block]
        for column in scores:
            np.add(part, column[block], out=part)
        lacking = np.flatnonzero(np.isnan(part))
        if len(lacking):
            known = np.zeros(len(lacking))
            for column in scores:
                points = column[block][lacking]
                known += np.where(np.isnan(points), 0.0, points)
            part[lacking] = known
    return out


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows ordered inside their groups.

    ``order`` lists row numbers group by group, best first; ``starts`` has one entry
    per group and a last one, so that group g is ``order[starts[g]:starts[g + 1]]``.
    ``rank`` gives equals the same number; ``position`` counts 1… without ties.
    ``shared`` is the rank in the order of ``order``.
    """

    order: IntArray
    starts: IntArray
    rank: IntArray
    position: IntArray
    shared: IntArray


def rank_in_groups(
    key: FloatArray,
    codes: IntArray,
    groups: int,
    ties: Sequence[FloatArray] = (),
    decimals: int | None = None,
) -> Ranking:
    """Order rows by descending ``key`` inside their groups.

    Equals are ordered by ``ties`` (each descending, missing last), then by row
    number, so rows must come in an order of their own.  Keys that only the last bits
    of the arithmetic part are equals.  ``decimals`` may be given when the keys are
    rounded to that many places: whole numbers sort faster.
    """
    found = _sorted_whole(key, codes, groups, decimals) if decimals is not None else None
    order, same = _sorted_by_group(key, codes) if found is None else found
    if ties or found is None:
        _repair_ties(order, same, ties)
    sizes = group_sizes(codes, groups)
    starts = np.zeros(groups + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    place = np.arange(1, len(key) + 1, dtype=np.int64)
    for start, end in pairwise(starts.tolist()):
        place[start:end] -= start
    shared = place.copy()
    later = np.flatnonzero(same)
    if len(later):
        first = np.diff(later, prepend=-2) != 1
        shared[later] = place[later[first] - 1][np.cumsum(first) - 1]
    rank, position = np.empty_like(place), np.empty_like(place)
    rank[order], position[order] = shared, place
    return Ranking(order, starts, rank, position, shared)


def _sorted_whole(
    key: FloatArray, codes: IntArray, groups: int, decimals: int
) -> tuple[IntArray, BoolArray] | None:
    """Sort group, key and row number packed into one whole number, if they fit.

    Returns row numbers by group, descending key and row number, and which of them
    have the key of the row before; None where the keys are too large or not known.
    """
    if not len(key):
        return None
    scale = 10.0**decimals
    highest = float(key.max()) * scale
    span = highest - float(key.min()) * scale
    row_bits = int(len(key) - 1).bit_length()
    if not (abs(highest) < _WHOLE_UP_TO and span < _WHOLE_UP_TO):
        return None
    key_bits = (round(span) + 1).bit_length()
    if groups.bit_length() + key_bits + row_bits > 63:
        return None
    packed = np.empty(len(key), dtype=np.int64)
    top = round(highest)
    for start in range(0, len(key), BLOCK):
        block = slice(start, start + BLOCK)
        part = packed[block]
        np.subtract(top, np.rint(key[block] * scale), out=part, casting="unsafe")
        part += codes[block] << key_bits
        part <<= row_bits
        part += np.arange(start, start + len(part))
    packed.sort()
    order = packed & ((1 << row_bits) - 1)
    packed >>= row_bits
    same = np.zeros(len(key), dtype=bool)
    np.equal(packed[1:], packed[:-1], out=same[1:])
    return order, same


def _sorted_by_group(key: FloatArray, codes: IntArray) -> tuple[IntArray, BoolArray]:
    """Return row numbers by group, descending key and row number, and who has equals.

    The second array is true where a row has the group and key of the one before.
    """
    order = np.lexsort((-key, codes))
    same = np.zeros(len(key), dtype=bool)
    ordered = key[order]
    same[1:] = np.abs(ordered[:-1] - ordered[1:]) <= slack(ordered[1:])
    same[1:] &= np.diff(codes[order]) == 0
    return order, same


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
        mine = levelled(tie[rows])
        keys.append(np.where(np.isnan(mine), np.inf, -mine))
    keys.append(run)
    order[involved] = rows[np.lexsort(keys)]
