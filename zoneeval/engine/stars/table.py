"""Rate many zones over many years at once.

In order: data, gates, the table of criteria, the composite score with its points,
places and quotas, vetoes, the limits of movement.  Every step carries a lowest and a
highest level, so that what is not known decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.engine.stars.cells import BELOW, Cells, compile_cells, table_levels
from zoneeval.engine.stars.composite import (
    ItemPoints,
    alike,
    between,
    item_points,
    possible_groups,
    total_score,
)
from zoneeval.engine.stars.measures import UNGROUPED, Peers, measured, peers_of
from zoneeval.engine.stars.movement import move
from zoneeval.engine.stars.ranks import Interval, places, score_levels, within_quotas
from zoneeval.engine.stars.triggers import Truth, points_of, truth_of
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.rating_inputs import StarHistory, ZoneEvents
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.composite_schema import Composite
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.ladder_rules import PointsRule, Veto


@dataclass(frozen=True, slots=True)
class Score:
    """Composite scores and places as [zone, year], between two bounds each.

    Place 0 is that of a zone that takes no part or whose peer group is not known.
    """

    low: FloatArray
    high: FloatArray
    best: IntArray
    worst: IntArray
    items: list[ItemPoints]


@dataclass(frozen=True, slots=True)
class Rated:
    """Everything one rating found; levels are numbers, -1 below the gate."""

    ladder: Ladder
    table: ZoneTable
    history: StarHistory
    events: ZoneEvents
    peers: Peers
    cells: Cells
    values: FloatArray
    asked: BoolArray | None
    at_least: IntArray
    at_most: IntArray
    table_at_least: IntArray
    table_at_most: IntArray
    score: Score | None
    gates: list[Truth]
    vetoes: list[Truth]
    formers: Interval | None


def rate(
    ladder: Ladder,
    table: ZoneTable,
    history: StarHistory,
    events: ZoneEvents,
    groups: Mapping[str, str],
    targets: ZoneTable | None,
    *,
    complete: bool,
) -> Rated:
    """Return between which levels every zone stands every year."""
    peers = peers_of(ladder, table, events, groups, complete=complete)
    cells, values = compile_cells(ladder), criteria_values(ladder, table, peers)
    asked = _asked(ladder, peers)
    shape, top = values.shape[:2], ladder.levels - 1
    if ladder.criteria:
        low, high = table_levels(ladder, cells, values, asked)
    else:
        graded = ladder.composite is not None and ladder.composite.levels is not None
        low, high = np.full(shape, top if graded else BELOW), np.full(shape, top)
    vetoes = [truth_of(veto, table, events, peers) for veto in ladder.vetoes]
    score = None
    if ladder.composite is not None:
        made = ladder.composite
        score = _score(ladder, made, table, history, events, peers, targets, vetoes, (low, high))
        if made.levels is not None:
            rank = (score.best, score.worst)
            found = score_levels(made.levels, ladder.levels, score.low, score.high, rank, peers)
            low, high = np.minimum(low, found[0]), np.minimum(high, found[1])
            if made.levels.quotas:
                low, high = within_quotas(made.levels, (low, high), score.low, score.high, peers)
    groupless = peers.group == UNGROUPED
    if groupless.any():
        low[groupless], high[groupless] = BELOW, top
    before = low, high
    gates = [truth_of(gate, table, events, peers) for gate in ladder.gates]
    limit_low, limit_high = _limits(ladder, gates, vetoes, shape)
    low, high = _lowered(ladder, vetoes, low, high)
    low, high = np.minimum(low, limit_low), np.minimum(high, limit_high)
    formers = None
    away = (~peers.taking_part, ~peers.taking_part | peers.perhaps_away)
    if ladder.movement is not None:
        (low, high), formers = move(
            ladder.movement,
            table,
            ladder.levels,
            (low, high),
            (limit_low, limit_high),
            away,
            history,
        )
    elif away[1].any():
        low, high = np.where(away[1], BELOW, low), np.where(away[0], BELOW, high)
    return Rated(
        ladder, table, history, events, peers, cells, values, asked, low, high, *before,
        score, gates, vetoes, formers,
    )  # fmt: skip


def criteria_values(ladder: Ladder, table: ZoneTable, peers: Peers) -> FloatArray:
    """Return what the criteria look at as [zone, year, criterion], in the registry's units."""
    place = {key: k for k, key in enumerate(table.keys)}
    plain = all(c.measure == "value" and c.indicator in place for c in ladder.criteria)
    if plain:
        return table.values[:, :, [place[c.indicator] for c in ladder.criteria]]
    columns = [measured(table, c.indicator, c.measure, peers) for c in ladder.criteria]
    return np.stack(columns, axis=-1)


def _asked(ladder: Ladder, peers: Peers) -> BoolArray | None:
    """Return which criteria each zone's group is asked, None where all are asked all."""
    if not any(criterion.peers for criterion in ladder.criteria):
        return None
    ids = [peer.id for peer in ladder.peers]
    by_group = [[not c.peers or group in c.peers for c in ladder.criteria] for group in (*ids, "")]
    asked: BoolArray = np.array(by_group)[peers.group]
    return asked


def _score(
    ladder: Ladder,
    made: Composite,
    table: ZoneTable,
    history: StarHistory,
    events: ZoneEvents,
    peers: Peers,
    targets: ZoneTable | None,
    vetoes: list[Truth],
    held: Interval,
) -> Score:
    groups = possible_groups(ladder, peers)
    ways = [
        [item_points(ladder, like, table, peers, targets, group) for like in alike(made)]
        for group in groups
    ]

    def added(rules: tuple[PointsRule, ...]) -> tuple[FloatArray, FloatArray]:
        given = [_points(rule, table, history, events, peers, held) for rule in rules]
        return _summed(given, held[0].shape)

    less_low, less_high = added(made.deductions)
    subtracted = [
        points_of(veto, truth)
        for veto, truth in zip(ladder.vetoes, vetoes, strict=True)
        if veto.effect == "subtract"
    ]
    more = added(made.bonuses)
    totals = [total_score(made, items, more, (less_low, less_high)) for items in ways]
    low, high = totals[0]
    for other_low, other_high in totals[1:]:
        low, high = np.minimum(low, other_low), np.maximum(high, other_high)
    items = [between(found) for found in zip(*ways, strict=True)]
    if subtracted:
        least, most = _summed(subtracted, low.shape)
        low, high = np.round(low - most, 9), np.round(high - least, 9)
    best, worst = places(low, high, peers)
    return Score(low, high, best, worst, items)


def _summed(
    given: list[tuple[FloatArray, FloatArray]], shape: tuple[int, ...]
) -> tuple[FloatArray, FloatArray]:
    least, most = np.zeros(shape), np.zeros(shape)
    for low, high in given:
        least, most = least + low, most + high
    return least, most


def _points(
    rule: PointsRule,
    table: ZoneTable,
    history: StarHistory,
    events: ZoneEvents,
    peers: Peers,
    held: Interval,
) -> tuple[FloatArray, FloatArray]:
    if not rule.promotion:
        return points_of(rule, truth_of(rule, table, events, peers))
    sure, possible = promoted(table, history, held)
    return np.where(sure, rule.points, 0.0), np.where(possible, rule.points, 0.0)


def promoted(table: ZoneTable, history: StarHistory, held: Interval) -> tuple[BoolArray, BoolArray]:
    """Return where a level is surely, and where possibly, above all that a zone ever held."""
    sure, possible = np.zeros(held[0].shape, dtype=bool), np.zeros(held[0].shape, dtype=bool)
    by_zone: dict[str, dict[int, int]] = {}
    for (zone, at), star in history.levels.items():
        by_zone.setdefault(zone, {})[at] = BELOW if star is None else star
    for z, zone in enumerate(table.zones):
        known = by_zone.get(zone, {})
        for y, year in enumerate(table.years):
            ever = max([0, *(star for at, star in known.items() if at < year)])
            since = history.complete_since
            whole = since is not None and all(at in known for at in range(since, year))
            possible[z, y] = held[1][z, y] > ever
            sure[z, y] = whole and held[0][z, y] > ever
    return sure, possible


def _limits(
    ladder: Ladder, gates: list[Truth], vetoes: list[Truth], shape: tuple[int, ...]
) -> tuple[IntArray, IntArray]:
    """Return the level that gates and vetoes leave at most, at worst and at best."""
    low, high = np.full(shape, ladder.levels - 1), np.full(shape, ladder.levels - 1)
    for gate in gates:
        low, high = np.where(gate.sure, low, BELOW), np.where(gate.possible, high, BELOW)
    for veto, truth in zip(ladder.vetoes, vetoes, strict=True):
        top = _top(veto)
        if top is not None:
            low = np.where(truth.possible, np.minimum(low, top), low)
            high = np.where(truth.sure, np.minimum(high, top), high)
    return low, high


def _top(veto: Veto) -> int | None:
    return {"cap": veto.level, "disqualify": BELOW}.get(veto.effect)


def _lowered(
    ladder: Ladder, vetoes: list[Truth], low: IntArray, high: IntArray
) -> tuple[IntArray, IntArray]:
    for veto, truth in zip(ladder.vetoes, vetoes, strict=True):
        if veto.effect == "lower":
            low = np.where(truth.possible, np.maximum(low - veto.by, BELOW), low)
            high = np.where(truth.sure, np.maximum(high - veto.by, BELOW), high)
    return low, high
