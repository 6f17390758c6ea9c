"""Places among peers as intervals, and the levels that scores and places give."""

from __future__ import annotations

import numpy as np

from zoneeval.engine.stars.cells import BELOW, cell_truths, highest
from zoneeval.engine.stars.measures import Peers
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.policy.composite_schema import ScoreLevels
from zoneeval.policy.ladder_rules import Threshold
from zoneeval.rounding import quota

FAR = 1_000_000
"""A place behind any that a real set of zones can have."""

Interval = tuple[IntArray, IntArray]


def places(
    low: FloatArray, high: FloatArray, peers: Peers, *, from_bottom: bool = False
) -> Interval:
    """Return the best and the worst place of each zone in its peer group; equals share one.

    0 stands for a zone that takes no part or whose group is not known.
    """
    best, worst = np.zeros(low.shape, dtype=np.int64), np.zeros(low.shape, dtype=np.int64)
    if from_bottom:
        low, high = -high, -low
    for members, more in peers.sets("group"):
        for y in range(low.shape[1]):
            inside = members & peers.taking_part[:, y]
            there = ~peers.perhaps_away[inside, y]
            best[inside, y], worst[inside, y] = _among(low[inside, y], high[inside, y], there)
            worst[inside, y] += more if peers.complete else FAR
    return best, worst


def _among(low: FloatArray, high: FloatArray, there: BoolArray) -> Interval:
    """Return the places among one set: how many are surely, how many possibly better."""
    ahead = np.sort(low[there])
    surely = len(ahead) - np.searchsorted(ahead, high, "right")
    possibly = len(low) - np.searchsorted(np.sort(high), low, "right") - (high > low)
    return 1 + surely, 1 + possibly


def score_levels(
    rule: ScoreLevels, levels: int, low: FloatArray, high: FloatArray, rank: Interval, peers: Peers
) -> Interval:
    """Return the levels by score, place and share; quotas come afterwards."""
    sure = np.ones((*low.shape, levels), dtype=bool)
    possible = sure.copy()
    for name, cells in rule.columns:
        if name == "cutoffs":
            sure &= _by_cutoff(cells, low)[0]
            possible &= _by_cutoff(cells, high)[1]
        elif name == "ranks":
            numbers = [(cell, cell) for cell in cells]
            _by_place(numbers, rank, np.ones(len(low), dtype=bool), sure, possible)
        elif name == "shares":
            for members, more in peers.sets("group"):
                for y in range(low.shape[1]):
                    inside = members & peers.taking_part[:, y]
                    count = int((inside & ~peers.perhaps_away[:, y]).sum())
                    top = int(inside.sum()) + (more if peers.complete else FAR)
                    allowed = [_share(cell, count, top, rule.rounding) for cell in cells]
                    at = (rank[0][:, y : y + 1], rank[1][:, y : y + 1])
                    _by_place(allowed, at, members, sure[:, y : y + 1], possible[:, y : y + 1])
    ranked = rank[0] > 0
    lows = np.where(ranked, highest(sure, cumulative=True), BELOW)
    highs = highest(possible, cumulative=True)
    groupless = (peers.group < 0)[:, None]
    return lows, np.where(ranked, highs, np.where(groupless, levels - 1, BELOW))


def _by_cutoff(cells: tuple[Threshold, ...], score: FloatArray) -> tuple[BoolArray, BoolArray]:
    known = np.array([cell for cell in cells if isinstance(cell, float)])
    passed = np.searchsorted(known, score, "right")
    truths = [cell_truths(cells, n) for n in range(len(known) + 1)]
    return np.array([t[0] for t in truths])[passed], np.array([t[1] for t in truths])[passed]


Places = list[tuple[Threshold, Threshold]]


def _share(cell: Threshold, count: int, top: int, rounding: str) -> tuple[Threshold, Threshold]:
    if not isinstance(cell, float):
        return cell, cell
    return float(quota(count, cell, rounding)), float(quota(top, cell, rounding))


def _by_place(
    cells: Places, rank: Interval, members: BoolArray, sure: BoolArray, possible: BoolArray
) -> None:
    """Narrow the truths to the zones whose place is within each level's figure."""
    for level, (surely, possibly) in enumerate(cells):
        if surely == "":
            continue
        if isinstance(surely, float) and isinstance(possibly, float):
            sure[members, :, level] &= (rank[1] <= surely)[members]
            possible[members, :, level] &= (rank[0] <= possibly)[members]
            continue
        higher = [s for s, _ in cells[level:] if isinstance(s, float)]
        lower = [p for _, p in cells[:level] if isinstance(p, float)]
        sure[members, :, level] &= (rank[1] <= max(higher, default=0))[members]
        possible[members, :, level] &= (rank[0] <= min(lower, default=np.inf))[members]


def within_quotas(
    rule: ScoreLevels, held: Interval, low: FloatArray, high: FloatArray, peers: Peers
) -> Interval:
    """Return the levels when only so many zones may have each level or a higher one."""
    at_least, at_most = held[0].copy(), held[1].copy()
    for level in reversed(range(len(rule.quotas))):
        allowed = rule.quotas[level]
        if allowed == "":
            continue
        for members, more in peers.sets("group"):
            for y in range(low.shape[1]):
                inside = members & peers.taking_part[:, y]
                best, worst = _among_candidates(
                    low[inside, y],
                    high[inside, y],
                    (at_least[inside, y] >= level) & ~peers.perhaps_away[inside, y],
                    at_most[inside, y] >= level,
                )
                worst = worst + (more if peers.complete else FAR)
                full = allowed if isinstance(allowed, float) else 0
                out = allowed if isinstance(allowed, float) else np.inf
                lows, highs = at_least[inside, y], at_most[inside, y]
                at_least[inside, y] = np.where(worst > full, np.minimum(lows, level - 1), lows)
                at_most[inside, y] = np.where(best > out, np.minimum(highs, level - 1), highs)
    return at_least, at_most


def _among_candidates(
    low: FloatArray, high: FloatArray, sure: BoolArray, possible: BoolArray
) -> Interval:
    """Return the places among those who reach a level, surely or possibly."""
    ahead = np.sort(low[sure])
    surely = len(ahead) - np.searchsorted(ahead, high, "right")
    maybe = np.sort(high[possible])
    possibly = len(maybe) - np.searchsorted(maybe, low, "right") - (possible & (high > low))
    return 1 + surely, 1 + possibly
