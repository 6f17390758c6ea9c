"""Classes of many rankings at once, for groups whose sizes repeat from draw to draw.

The same selections as :mod:`zoneeval.engine.grading`, by place instead of by list: a row
knows from its place, and from that of its equals, whether a quota reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray, TextArray
from zoneeval.policy.schema import Grading, Shares, Ties, TwoStage
from zoneeval.rounding import quota, slack

Codes = npt.NDArray[np.int8]


def letters_of(grading: Grading) -> TextArray:
    """Return the classes in the order of their indices; the last entry is none."""
    found: list[str | None] = []
    if isinstance(grading, Shares):
        found = [band.grade for band in grading.bands]
    elif isinstance(grading, TwoStage):
        found = [*(selection.grade for selection in grading.selections), grading.rest]
    out = np.empty(len(found) + 1, dtype=object)
    out[:] = [*found, None]
    return out


def select(
    grading: Grading,
    rank: IntArray,
    position: IntArray,
    codes: IntArray,
    sizes: IntArray,
    keys: Mapping[str, FloatArray],
) -> Codes:
    """Return per row the index of its class in :func:`letters_of`.

    ``codes`` counts the groups of all draws; ``sizes`` are those of one draw, which
    repeat.  ``keys`` has a value per row for every second ordering.
    """
    if isinstance(grading, Shares):
        return _by_shares(grading, rank, position, codes, sizes)
    if isinstance(grading, TwoStage):
        return _in_two_stages(grading, position, codes, sizes, keys)
    return np.zeros(len(rank), dtype=np.int8)


def _reached(
    cut: IntArray, rank: IntArray, position: IntArray, codes: IntArray, ties: Ties
) -> BoolArray:
    """Tell which rows a cut of the first so many takes in, with its rule for equals."""
    if ties == "next_key":
        return np.asarray(position <= cut)
    if ties == "include":
        return np.asarray(rank <= cut)
    run = codes * (int(rank.max(initial=0)) + 1) + rank
    _, where, count = np.unique(run, return_inverse=True, return_counts=True)
    return np.asarray(rank + count[where] - 1 <= cut)


def _by_shares(
    grading: Shares, rank: IntArray, position: IntArray, codes: IntArray, sizes: IntArray
) -> Codes:
    base = codes % len(sizes)
    out = np.full(len(rank), len(grading.bands), dtype=np.int8)
    for number in range(len(grading.bands) - 1, -1, -1):
        band = grading.bands[number]
        cuts = np.array([quota(int(s), band.up_to, grading.rounding) for s in sizes])
        out[_reached(cuts[base], rank, position, codes, grading.ties)] = number
    return out


def _in_two_stages(
    grading: TwoStage,
    position: IntArray,
    codes: IntArray,
    sizes: IntArray,
    keys: Mapping[str, FloatArray],
) -> Codes:
    base = codes % len(sizes)
    within = np.array([quota(int(s), grading.gate, "floor") for s in sizes])
    spare = (2 * within < sizes) & (grading.gate == 0.5)
    upper = within + (spare & (grading.middle == "upper"))
    lower = within + (spare & (grading.middle == "lower"))
    size = int(sizes.sum())
    halves = {"upper": position <= upper[base], "lower": position > (sizes - lower)[base]}
    columns = [np.flatnonzero(base[:size] == group) for group in range(len(sizes))]
    rest = len(grading.selections)
    out = np.full(len(position), rest, dtype=np.int8)
    for number, selection in enumerate(grading.selections):
        key = keys[selection.order_by]
        wanted = -key if selection.order == "descending" else key
        inside = halves[selection.half] & (out == rest) & ~np.isnan(key)
        wanted = np.where(inside, wanted, np.inf).reshape(-1, size)
        place = (-position if selection.half == "lower" else position).reshape(-1, size)
        chosen = np.zeros(wanted.shape, dtype=bool)
        for group, mine in enumerate(columns):
            planned = quota(int(sizes[group]), selection.share, grading.rounding)
            if planned:
                chosen[:, mine] = _first(wanted[:, mine], place[:, mine], planned, grading.ties)
        out[chosen.ravel() & inside] = number
    return out


def _first(wanted: FloatArray, place: IntArray, planned: int, ties: Ties) -> BoolArray:
    """Tell who is among the ``planned`` smallest of each line; infinite is nobody.

    Equals go by ``place``, smallest first, or come in or stay out together.
    """
    last = min(planned, wanted.shape[1]) - 1
    edge = np.partition(wanted, last, axis=1)[:, last, None]
    within = slack(edge)
    taken = np.asarray((wanted <= edge + within) & np.isfinite(wanted))
    if ties == "include":
        return taken
    for line in np.flatnonzero(taken.sum(axis=1) > planned):
        mine = wanted[line]
        taken[line] = mine < edge[line] - within[line]
        if ties == "next_key":
            equals = np.flatnonzero(np.abs(mine - edge[line]) <= within[line])
            equals = equals[np.argsort(place[line][equals], kind="stable")]
            taken[line, equals[: planned - int(taken[line].sum())]] = True
    return taken
