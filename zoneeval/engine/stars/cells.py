"""The cells of a ladder as arrays: between which levels a figure puts a zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion, Ladder
from zoneeval.policy.ladder_rules import PLAIN, Threshold
from zoneeval.units import convert

BELOW = -1
"""Below the gate, as a number that compares; outside the engine it is None."""


def in_registry_unit(value: float, unit: str, indicator: str, measure: str = "value") -> float:
    """Return a figure of a rule in the unit in which the indicator is kept."""
    if measure in PLAIN:
        return convert(value, unit, ZONE_INDICATORS[indicator].unit)
    return convert(value, unit, "") if unit == "%" else value


def cell_truths(thresholds: Sequence[Threshold], passed: int | None) -> tuple[BoolArray, BoolArray]:
    """Return which cells are surely and which are possibly met.

    ``passed`` is how many of the known figures, from the lowest level up, are met; None
    without data.  A known figure that is met says the lower unknown ones are met too,
    and one that is missed says the higher ones are missed too.  A blank cell is met.
    """
    known = [level for level, cell in enumerate(thresholds) if isinstance(cell, float)]
    sure = np.array([cell == "" for cell in thresholds])
    if passed is None:
        return sure, np.ones(len(thresholds), dtype=bool)
    highest = known[passed - 1] if passed else BELOW
    lowest = known[passed] if passed < len(known) else len(thresholds)
    levels = np.arange(len(thresholds))
    return sure | (levels <= highest), sure | (levels < lowest)


def leading(truths: BoolArray) -> int:
    """Return the level up to which all cells are met, from the gate up."""
    return int(np.argmin(truths)) - 1 if not truths.all() else len(truths) - 1


@dataclass(frozen=True, slots=True)
class Cells:
    """A ladder's criteria compiled; figures are compared in the registry's unit.

    ``figures[level, criterion]`` are the known thresholds from the lowest up, then
    infinity, turned round for costs (``sign``).  The other arrays are by criterion and
    by how many thresholds are met; the last two entries are "no data" and "not asked".
    """

    sign: FloatArray
    figures: FloatArray
    lows: IntArray
    highs: IntArray
    sure: BoolArray
    possible: BoolArray

    def passed(self, values: FloatArray) -> IntArray:
        """Return how many thresholds each value meets; the place of "no data" for NaN."""
        turned = values * self.sign if (self.sign < 0).any() else values
        count = np.zeros(values.shape, dtype=np.int8)
        for row in self.figures:
            count += turned >= row
        count[np.isnan(values)] = self.figures.shape[0] + 1
        return count.astype(np.int64)


def compile_cells(ladder: Ladder) -> Cells:
    """Return the ladder's criteria as arrays."""
    size, levels = len(ladder.criteria), ladder.levels
    sign, figures = np.ones(size), np.full((levels, size), np.inf)
    found = []
    for number, criterion in enumerate(ladder.criteria):
        known = [t for t in criterion.thresholds if isinstance(t, float)]
        if criterion.direction == "cost":
            sign[number] = -1
        figures[: len(known), number] = [
            sign[number]
            * in_registry_unit(t, criterion.unit, criterion.indicator, criterion.measure)
            for t in known
        ]
        kinds = tuple(0.0 if isinstance(t, float) else t for t in criterion.thresholds)
        found.append(_pattern(kinds))
    if not found:
        none = np.zeros((0, levels + 3), dtype=np.int64)
        flags = np.zeros((0, levels + 3, levels), dtype=bool)
        return Cells(sign, figures, none, none, flags, flags)
    return Cells(
        sign,
        figures,
        lows=np.stack([one[2] for one in found]),
        highs=np.stack([one[3] for one in found]),
        sure=np.stack([one[0] for one in found]),
        possible=np.stack([one[1] for one in found]),
    )


@lru_cache(maxsize=256)
def _pattern(thresholds: tuple[Threshold, ...]) -> tuple[BoolArray, BoolArray, IntArray, IntArray]:
    """Return the truths and levels of a column by how many of its figures are met.

    They depend only on which cells are known, blank and unknown.
    """
    levels = len(thresholds)
    known = sum(isinstance(t, float) for t in thresholds)
    rows = [cell_truths(thresholds, min(passed, known)) for passed in range(levels + 1)]
    everything = np.ones(levels, dtype=bool)
    rows += [cell_truths(thresholds, None), (everything, everything)]
    sure, possible = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    lows = np.array([leading(row) for row in sure])
    highs = np.array([leading(row) for row in possible])
    for one in (sure, possible, lows, highs):
        one.flags.writeable = False
    return sure, possible, lows, highs


def table_levels(
    ladder: Ladder, cells: Cells, values: FloatArray, asked: BoolArray | None
) -> tuple[IntArray, IntArray]:
    """Return the lowest and highest level by the criteria for ``values[…, criterion]``.

    ``asked[zone, criterion]`` tells which criteria a zone's group is asked; None is all.
    """
    passed = cells.passed(values)
    if asked is not None:
        passed[~np.broadcast_to(asked[:, None, :], passed.shape)] = ladder.levels + 2
    if ladder.combine == "all" and ladder.cumulative:
        width = cells.lows.shape[1]
        passed += np.arange(len(ladder.criteria)) * width
        return (
            np.take(cells.lows, passed).min(axis=-1),
            np.take(cells.highs, passed).min(axis=-1),
        )
    return (
        _combined(ladder, cells.sure, passed),
        _combined(ladder, cells.possible, passed),
    )


def _combined(ladder: Ladder, truths: BoolArray, passed: IntArray) -> IntArray:
    """Return the highest level whose row is satisfied when ``truths`` hold."""
    rows = np.ones((*passed.shape[:-1], ladder.levels), dtype=bool)
    weight = np.zeros(rows.shape)
    for number, criterion in enumerate(ladder.criteria):
        met = truths[number][passed[..., number]]
        if ladder.combine == "all" or criterion.mandatory:
            rows &= met
        if counted(ladder, criterion):
            there = passed[..., number] != ladder.levels + 2
            weight += met * (there * _weight(ladder, criterion))[..., None]
    if ladder.combine != "all":
        rows &= weight >= (ladder.need or 0) - 1e-9
    return highest(rows, cumulative=ladder.cumulative)


def counted(ladder: Ladder, criterion: Criterion) -> bool:
    """Tell whether a criterion counts toward ``need``."""
    if ladder.combine == "mandatory":
        return not criterion.mandatory
    return ladder.combine in ("n_of", "weighted")


def _weight(ladder: Ladder, criterion: Criterion) -> float:
    return criterion.weight if ladder.combine == "weighted" else 1.0


def highest(rows: BoolArray, *, cumulative: bool) -> IntArray:
    """Return the highest level whose row is true (with all lower ones where cumulative)."""
    levels = rows.shape[-1]
    if cumulative:
        lines: IntArray = np.logical_and.accumulate(rows, axis=-1).sum(axis=-1)
        return lines - 1
    last = levels - 1 - np.argmax(rows[..., ::-1], axis=-1)
    return np.where(rows.any(axis=-1), last, BELOW)
