"""What a rule looks at: figures, growth, and how a zone stands among its peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.rating_inputs import NOT_ASSESSED, ZoneEvents
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder import Ladder

UNGROUPED = -1


@dataclass(frozen=True, slots=True)
class Peers:
    """Who is compared with whom.

    ``group[zone]`` is the number of its peer group, UNGROUPED where it is not known;
    ``taking_part[zone, year]`` leaves out those recorded as not assessed;
    ``perhaps_away`` marks those of whom that is not known.  ``complete`` tells whether
    every zone of the rule's scope is in the table.
    """

    group: IntArray
    names: tuple[str, ...]
    taking_part: BoolArray
    perhaps_away: BoolArray
    complete: bool

    def sets(self, population: str) -> list[tuple[BoolArray, int]]:
        """Return the sets of zones and how many more may belong to each of them."""
        if population == "all":
            return [(np.ones(len(self.group), dtype=bool), 0)]
        open_ones = int((self.group == UNGROUPED).sum())
        return [(self.group == number, open_ones) for number in range(len(self.names))]


def peers_of(
    ladder: Ladder,
    table: ZoneTable,
    events: ZoneEvents,
    groups: Mapping[str, str],
    *,
    complete: bool,
) -> Peers:
    """Return the peer groups of the table's zones."""
    size = len(table.zones)
    number = {peer.id: n for n, peer in enumerate(ladder.peers)}
    number.update((peer.label, n) for n, peer in enumerate(ladder.peers))
    if ladder.peers:
        held = [number.get(groups.get(zone, ""), UNGROUPED) for zone in table.zones]
        group = np.array(held, dtype=np.int64)
    else:
        group = np.zeros(size, dtype=np.int64)
    away = event_counts(table, events, NOT_ASSESSED)
    names = tuple(peer.label for peer in ladder.peers) or ("",)
    unsure = np.isnan(away)
    return Peers(group, names, ~(away >= 1), unsure, complete and not unsure.any())


def event_counts(table: ZoneTable, events: ZoneEvents, kind: str) -> FloatArray:
    """Return how many events of a kind each zone had each year."""
    counts = np.zeros((len(table.zones), len(table.years)))
    if not events.counts:
        return counts
    zones = {zone: z for z, zone in enumerate(table.zones)}
    years = {year: y for y, year in enumerate(table.years)}
    for (zone, year, of_kind), count in events.counts.items():
        if of_kind == kind and zone in zones and year in years:
            counts[zones[zone], years[year]] += count
    return counts


def earlier(values: FloatArray, years: tuple[int, ...], base_year: int | None = None) -> FloatArray:
    """Return the figures of the year before (or of one base year); NaN where not there."""
    place = {year: y for y, year in enumerate(years)}
    out = np.full(values.shape, np.nan)
    for y, year in enumerate(years):
        wanted = year - 1 if base_year is None else base_year
        if wanted in place:
            out[:, y] = values[:, place[wanted]]
    return out


def measured(
    table: ZoneTable, key: str, measure: str, peers: Peers, population: str = "group"
) -> FloatArray:
    """Return what a rule looks at as [zone, year]; NaN is no data.

    What rests on the peers is there only where all of them have data.
    """
    values = table.column(key)
    if measure == "value":
        return values
    if measure in ("previous", "growth", "change"):
        before = earlier(values, table.years)
        if measure == "previous":
            return before
        if measure == "change":
            return values - before
        grown = np.full(values.shape, np.nan)
        np.divide(values - before, before, out=grown, where=before > 0)
        return grown
    if measure == "over_mean":
        return _over_mean(values, peers, population)
    places = _places(key, values, peers, population)
    return places if measure == "rank" else earlier(places, table.years) - places


def _over_mean(values: FloatArray, peers: Peers, population: str) -> FloatArray:
    out = np.full(values.shape, np.nan)
    for members, more in peers.sets(population):
        if more or not peers.complete:
            continue
        for y in range(values.shape[1]):
            inside = members & peers.taking_part[:, y]
            mean = values[inside, y].mean() if inside.any() else np.nan
            if mean > 0:
                out[inside, y] = (values[inside, y] - mean) / mean
    return out


def _places(key: str, values: FloatArray, peers: Peers, population: str) -> FloatArray:
    out = np.full(values.shape, np.nan)
    turned = -values if ZONE_INDICATORS[key].lower_is_better else values
    for members, more in peers.sets(population):
        if more or not peers.complete:
            continue
        for y in range(values.shape[1]):
            inside = members & peers.taking_part[:, y]
            mine = turned[inside, y]
            if not np.isnan(mine).any():
                out[inside, y] = 1 + len(mine) - np.searchsorted(np.sort(mine), mine, "right")
    return out
