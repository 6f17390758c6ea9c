"""How far a star may move in a year, with everything not known left open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoneeval.engine.stars.cells import BELOW
from zoneeval.model.arrays import BoolArray, IntArray
from zoneeval.model.rating_inputs import StarHistory
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder_rules import Movement

MANY = 99
Interval = tuple[IntArray, IntArray]


@dataclass(slots=True)
class _State:
    """What each zone brings into a year: its star, how long it holds it, how long below."""

    low: IntArray
    high: IntArray
    held: Interval
    below: Interval
    free: BoolArray


def move(
    rule: Movement,
    table: ZoneTable,
    levels: int,
    raw: Interval,
    limits: Interval,
    away: tuple[BoolArray, BoolArray],
    history: StarHistory,
) -> tuple[Interval, Interval]:
    """Return the stars after the limits of movement, and the former stars of each year.

    ``limits`` are the levels that a veto allows at most, whatever the movement says.
    ``away`` marks who surely and who possibly was not assessed.  An official star is what
    a zone really held.
    """
    at_least, at_most = raw[0].copy(), raw[1].copy()
    formers = np.full(at_least.shape, BELOW), np.full(at_least.shape, levels - 1)
    state, last = _first(rule, table, levels, history), None
    for y, year in enumerate(table.years):
        if last is not None and last != year - 1:
            state = _opened(rule, levels, len(table.zones))
        _take_official(state, table, year - 1, levels, history)
        formers[0][:, y], formers[1][:, y] = state.low, state.high
        low, high = _limited(rule, state, raw[0][:, y], raw[1][:, y])
        gone = away[0][:, y], away[1][:, y]
        low, high = _absent(rule, state, (low, high), gone)
        low, high = np.minimum(low, limits[0][:, y]), np.minimum(high, limits[1][:, y])
        at_least[:, y], at_most[:, y] = low, high
        state = _next(state, low, high, raw[0][:, y], raw[1][:, y], gone)
        last = year
    return (at_least, at_most), formers


def _opened(rule: Movement, levels: int, size: int) -> _State:
    """Return the state of zones of which nothing is known."""
    free = rule.without_former == "free"
    zeros, many = np.zeros(size, dtype=np.int64), np.full(size, MANY)
    return _State(
        np.full(size, BELOW),
        np.full(size, levels - 1),
        (many if free else zeros, many.copy()),
        (zeros.copy(), zeros.copy() if free else many.copy()),
        np.full(size, free),
    )


def _first(rule: Movement, table: ZoneTable, levels: int, history: StarHistory) -> _State:
    """Return the state before the first year: how long the last official star was held."""
    state = _opened(rule, levels, len(table.zones))
    if not table.years:
        return state
    for z, zone in enumerate(table.zones):
        year, run = table.years[0] - 1, 0
        star = history.levels.get((zone, year), "?")
        while star != "?" and history.levels.get((zone, year - run), "?") == star:
            run += 1
        if run:
            whole = (zone, year - run) in history.levels
            state.held[0][z] = run
            state.held[1][z] = run if whole else MANY
    return state


def _take_official(
    state: _State, table: ZoneTable, year: int, levels: int, history: StarHistory
) -> None:
    """Put the official stars of a year in the place of the computed ones."""
    for z, zone in enumerate(table.zones):
        if (zone, year) not in history.levels:
            continue
        star = history.levels[zone, year]
        level = BELOW if star is None else min(star, levels - 1)
        if not state.low[z] == state.high[z] == level:
            if not state.free[z] and year >= table.years[0]:
                state.held[0][z], state.held[1][z] = 1, MANY
            state.low[z] = state.high[z] = level
        state.free[z] = False


def _limited(rule: Movement, state: _State, low: IntArray, high: IntArray) -> Interval:
    """Return the levels of a year between the worst and the best that may have been."""
    worst = _one(rule, low, state.low, state.held[0], state.below[1])
    best = _one(rule, high, state.high, state.held[1], state.below[0])
    return np.where(state.free, low, worst), np.where(state.free, high, best)


def _absent(
    rule: Movement, state: _State, found: Interval, gone: tuple[BoolArray, BoolArray]
) -> Interval:
    """Return the levels when those not assessed keep their star, or have none."""
    none = np.full(len(found[0]), BELOW)
    kept = (state.low, state.high) if rule.keep_if_not_assessed else (none, none)
    low = np.where(gone[1], np.minimum(found[0], kept[0]), found[0])
    high = np.where(gone[1], np.maximum(found[1], kept[1]), found[1])
    return np.where(gone[0], kept[0], low), np.where(gone[0], kept[1], high)


def _one(
    rule: Movement, raw: IntArray, former: IntArray, held: IntArray, below: IntArray
) -> IntArray:
    up = raw if rule.max_up is None else np.minimum(raw, former + rule.max_up)
    up = np.where(held >= rule.hold_years, up, np.minimum(up, former))
    down = raw if rule.max_down is None else np.maximum(raw, former - rule.max_down)
    down = np.where(below < rule.grace_years, np.maximum(down, former), down)
    return np.where(raw > former, up, np.where(raw < former, down, raw))


def _next(
    state: _State,
    low: IntArray,
    high: IntArray,
    raw_low: IntArray,
    raw_high: IntArray,
    gone: tuple[BoolArray, BoolArray],
) -> _State:
    """Return what the zones bring into the next year."""
    same = (low == high) & (state.low == state.high) & (low == state.low) & ~state.free
    apart = (low > state.high) | (high < state.low)
    held = (
        np.where(same, state.held[0] + 1, 1),
        np.where(apart & ~state.free, 1, np.minimum(state.held[1] + 1, MANY)),
    )
    surely, never = raw_high < state.low, raw_low >= state.high
    shown = (
        np.where(surely, state.below[0] + 1, 0),
        np.where(never, 0, state.below[1] + 1),
    )
    perhaps = (np.minimum(shown[0], state.below[0]), np.maximum(shown[1], state.below[1]))
    below = [
        np.where(gone[0], state.below[side], np.where(gone[1], perhaps[side], shown[side]))
        for side in (0, 1)
    ]
    free_below = np.where(state.free, 0, below[1])
    return _State(low, high, held, (below[0], free_below), np.zeros(len(low), dtype=bool))
