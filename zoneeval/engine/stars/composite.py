"""Composite scores of zones: items, missing data, bonus and deductions, as intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from zoneeval.engine.stars.composite_methods import Setting, bounds, points
from zoneeval.engine.stars.measures import UNGROUPED, Peers, earlier, measured
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.composite_schema import Composite, GrowthSteps, Item, Measured
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.ladder_rules import PLAIN
from zoneeval.policy.methods import RankPoints
from zoneeval.rounding import round_half_up
from zoneeval.units import ratio


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """Points of items that are scored alike, as [zone, year, item], between two bounds.

    ``value`` is NaN where an item has several parts.
    """

    items: tuple[Item, ...]
    weight: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray
    missing: BoolArray


@dataclass(frozen=True, slots=True)
class PartPoints:
    """Points of figures that are scored alike, as [zone, year, figure].

    ``own`` marks where the zone's own data are missing, ``open_peers`` where a peer's
    are, ``others`` where what it is measured against is not known at all.
    """

    value: FloatArray
    exact: FloatArray
    own: BoolArray
    open_peers: BoolArray
    others: BoolArray


def alike(made: Composite) -> list[tuple[Item, ...]]:
    """Return the items in sets that are scored in the same way, to be scored together."""
    sets: dict[object, list[Item]] = {}
    for item in made.items:
        same: object = item.id
        if not item.parts:
            way = (item.method, item.direction, item.base, item.population, item.of_peers)
            same = (*way, item.cap, item.floor, item.missing, item.missing_points, item.zero)
        sets.setdefault(same, []).append(item)
    return [tuple(items) for items in sets.values()]


def item_points(
    ladder: Ladder,
    items: tuple[Item, ...],
    table: ZoneTable,
    peers: Peers,
    targets: ZoneTable | None,
    group: IntArray,
) -> ItemPoints:
    """Return the points of items that are scored alike, for every zone and year.

    ``group`` tells whose weights each zone has.
    """
    first = items[0]
    own = np.stack([weights_of(ladder, item, group) for item in items], axis=-1)
    weight = np.repeat(own[:, None, :], len(table.years), axis=1)
    low = high = np.zeros(weight.shape)
    missing, value = np.zeros(weight.shape, dtype=bool), None
    for at, (_, share) in enumerate(first.measured):
        parts = [item.measured[at][0] for item in items]
        marks = weight if share == 1 else weight * share
        found = _part_points(parts, marks, table, peers, targets, zero=first.zero)
        if not first.parts:
            value = found.value
        unsure = found.others
        if first.missing == "block":
            unsure = unsure | found.open_peers | found.own
        if unsure.any():
            least, most = bounds(parts[0], marks)
            low = low + np.where(unsure, least, found.exact)
            high = high + np.where(unsure, most, found.exact)
        else:
            same = low is high
            low = low + found.exact
            high = low if same else high + found.exact
        missing = missing | found.own
    if first.cap is not None or first.floor is not None:
        least = weight * (-np.inf if first.floor is None else first.floor)
        most = weight * (np.inf if first.cap is None else first.cap)
        same = low is high
        low = np.clip(low, least, most)
        high = low if same else np.clip(high, least, most)
    if first.missing != "block" and missing.any():
        instead = first.missing_points or 0.0
        same = low is high
        low = np.where(missing, instead, low)
        high = low if same else np.where(missing, instead, high)
    if value is None:
        value = np.full(weight.shape, np.nan)
    return ItemPoints(items, weight, value, low, high, missing)


def weights_of(ladder: Ladder, item: Item, group: IntArray) -> FloatArray:
    """Return the item's weight for each zone: that of its peer group, else its own."""
    held: list[Mapping[str, float]] = [peer.weights for peer in ladder.peers]
    by_group = [weights.get(item.id, item.weight) for weights in held] or [item.weight]
    return np.array([*by_group, item.weight])[group]


def possible_groups(ladder: Ladder, peers: Peers) -> list[IntArray]:
    """Return whose weights the zones may have: one array, or one for each group.

    A zone whose group is not known may have the weights of any.
    """
    lost = peers.group == UNGROUPED
    if not lost.any() or not any(peer.weights for peer in ladder.peers):
        return [peers.group]
    return [np.where(lost, number, peers.group) for number in range(len(ladder.peers))]


def between(found: Sequence[ItemPoints]) -> ItemPoints:
    """Return the points of the same items under several weights, as one interval."""
    if len(found) == 1:
        return found[0]
    low = np.minimum.reduce([one.low for one in found])
    high = np.maximum.reduce([one.high for one in found])
    return replace(found[0], low=low, high=high)


def _part_points(
    parts: Sequence[Measured],
    weight: FloatArray,
    table: ZoneTable,
    peers: Peers,
    targets: ZoneTable | None,
    *,
    zero: str,
) -> PartPoints:
    part = parts[0]
    x = np.stack(
        [in_unit(measured(table, p.indicator, p.measure, peers, p.population), p) for p in parts],
        axis=-1,
    )
    if zero == "missing":
        x = np.where(x == 0, np.nan, x)
    own = np.isnan(x)
    base, known = _base(parts, x, table, targets)
    others = np.full((len(x), 1, 1), not known)
    if part.base == "target" and known:
        others = np.isnan(base) & ~own
    open_peers = np.zeros((1, 1, 1), dtype=bool)
    if part.of_peers:
        at, open_peers = _among(part, x, weight, peers, base)
        others = others | _not_all_there(part, peers)[:, None, None]
    else:
        at = Setting(weight, base, base, base, base, base, base)
    with np.errstate(over="ignore", invalid="ignore"):
        exact = points(part, x, at)
    undefined = np.isnan(exact)
    if undefined.any():
        own = own | undefined & ~others & ~open_peers
        exact = np.where(undefined, 0.0, exact)
    return PartPoints(x, exact, own, open_peers, others)


def _not_all_there(part: Measured, peers: Peers) -> BoolArray:
    """Tell of which zones the table does not hold, or may not hold, all peers."""
    unsure = np.full(len(peers.group), not peers.complete)
    if part.population == "group" and (peers.group < 0).any():
        unsure[:] = True
    return unsure


def in_unit(values: FloatArray, part: Measured) -> FloatArray:
    """Return figures of the registry in the part's own unit."""
    if part.measure in PLAIN:
        by = ratio(ZONE_INDICATORS[part.indicator].unit, part.unit)
    else:
        by = ratio("", part.unit) if part.unit == "%" else ratio("", "")
    return values if by == 1 else values * by.numerator / by.denominator


def _base(
    parts: Sequence[Measured], x: FloatArray, table: ZoneTable, targets: ZoneTable | None
) -> tuple[FloatArray, bool]:
    """Return what the figures are measured against, and whether the rule states it."""
    part = parts[0]
    if isinstance(part.method, GrowthSteps):
        return earlier(x, table.years, part.method.base_year), True
    if part.base == "previous":
        return earlier(x, table.years), True
    if isinstance(part.base, float):
        return np.full((1, 1, 1), part.base), True
    if part.base != "target":
        return np.full((1, 1, 1), np.nan), part.base != "unknown"
    if targets is None:
        return np.full(x.shape, np.nan), True
    wanted = [in_unit(_targets(one.indicator, table, targets), one) for one in parts]
    return np.stack(wanted, axis=-1), True


def _targets(key: str, table: ZoneTable, targets: ZoneTable) -> FloatArray:
    wanted = [[targets.value(zone, year, key) for year in table.years] for zone in table.zones]
    return np.array([[np.nan if v is None else v for v in row] for row in wanted], dtype=float)


def _among(
    part: Measured, x: FloatArray, weight: FloatArray, peers: Peers, base: FloatArray
) -> tuple[Setting, BoolArray]:
    """Return the peers' figures, and where one of those who take part has no data."""
    sets = [members for members, _ in peers.sets(part.population)]
    if len(sets) == 1 and sets[0].all():
        at, unsure = _one_set(part, x, weight, peers.taking_part, base)
        return at, unsure[None]
    low, high, mean, place, count = (np.full(x.shape, np.nan) for _ in range(5))
    unsure = np.zeros(x.shape, dtype=bool)
    for members in sets:
        if members.any():
            found, unsure[members] = _one_set(
                part, x[members], weight[members], peers.taking_part[members], base
            )
            low[members], high[members], mean[members] = found.low, found.high, found.mean
            place[members], count[members] = found.place, found.count
    base = _peer_base(part, low, high, mean, base)
    return Setting(weight, low, high, mean, place, count, base), unsure


def _peer_base(
    part: Measured, low: FloatArray, high: FloatArray, mean: FloatArray, base: FloatArray
) -> FloatArray:
    return {"mean": mean, "maximum": high, "minimum": low}.get(str(part.base), base)


def _one_set(
    part: Measured, x: FloatArray, weight: FloatArray, present: BoolArray, base: FloatArray
) -> tuple[Setting, BoolArray]:
    """Return the figures of one set of peers as [1, year, figure]."""
    everybody = bool(present.all())
    shown = x if everybody else np.where(present[:, :, None], x, np.nan)
    held = ~np.isnan(x)
    lacking = ~held if everybody else present[:, :, None] & ~held
    low, high = np.fmin.reduce(shown, axis=0)[None], np.fmax.reduce(shown, axis=0)[None]
    mean = count = place = np.full(low.shape, np.nan)
    if part.base == "mean" or isinstance(part.method, RankPoints):
        there = ~np.isnan(shown)
        count = there.sum(axis=0)[None].astype(float)
        total = np.where(there, shown, 0.0).sum(axis=0)[None]
        mean = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    if isinstance(part.method, RankPoints):
        flat = shown.reshape(len(shown), -1)
        place = _places(flat, cost=part.direction == "cost").reshape(shown.shape)
    at = Setting(weight, low, high, mean, place, count, _peer_base(part, low, high, mean, base))
    unsure: BoolArray = np.logical_or.reduce(lacking, axis=0)
    return at, unsure


def _places(values: FloatArray, *, cost: bool) -> FloatArray:
    out = np.full(values.shape, np.nan)
    for y in range(values.shape[1]):
        mine = values[:, y] if cost else -values[:, y]
        held = ~np.isnan(mine)
        out[held, y] = 1 + np.searchsorted(np.sort(mine[held]), mine[held], "left")
    return out


def total_score(
    made: Composite,
    items: list[ItemPoints],
    more: tuple[FloatArray, FloatArray],
    less: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest score: items × factor + bonus − deductions.

    The weight of a missing item that is to be left out goes to the others in
    proportion; where nothing is left the score is open.
    """
    certain = all(i.low is i.high for i in items)
    low = _total([i.low for i in items])
    high = low if certain else _total([i.high for i in items])
    left_out = [i for i in items if i.items[0].missing == "reweight" and i.missing.any()]
    if left_out:
        whole = _total([i.weight for i in items])
        gone = _total([i.weight * i.missing for i in left_out])
        rest = whole - gone
        nothing = rest <= 1e-12
        by = np.divide(whole, rest, out=np.ones(rest.shape), where=~nothing)
        low = np.where(nothing, -np.inf, low * by)
        high = np.where(nothing, np.inf, high * by)
    most_more = np.inf if made.bonus_max is None else made.bonus_max
    most_less = np.inf if made.deduction_max is None else made.deduction_max
    low = low * made.factor + np.minimum(more[0], most_more) - np.minimum(less[1], most_less)
    high = high * made.factor + np.minimum(more[1], most_more) - np.minimum(less[0], most_less)
    found = rounded(made, low)
    return found, found if (low == high).all() else rounded(made, high)


def _total(every: list[FloatArray]) -> FloatArray:
    found: FloatArray = sum((one.sum(axis=2) for one in every), np.zeros(every[0].shape[:2]))
    return found


def rounded(made: Composite, score: FloatArray) -> FloatArray:
    """Return a score within the composite's limits and rounded as it says."""
    if made.cap is not None or made.floor is not None:
        score = np.clip(
            score,
            -np.inf if made.floor is None else made.floor,
            np.inf if made.cap is None else made.cap,
        )
    exact = round_half_up(np.ravel(score), 9)
    if made.decimals is not None:
        exact = round_half_up(exact, made.decimals)
    return exact.reshape(score.shape)
