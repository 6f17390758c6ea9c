"""Conditions over several years: who was among the last in two of three, and the like."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from zoneeval.engine.stars.cells import BELOW
from zoneeval.engine.stars.ranks import places
from zoneeval.engine.stars.table import Rated
from zoneeval.model.arrays import BoolArray
from zoneeval.model.standing import Reason
from zoneeval.policy.ladder_rules import YearsRule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A zone that a rule over several years touches.

    ``sure`` is False where data of some year are missing; ``mean_score`` is the mean of
    the scores of those years, None where one is not certain.
    """

    zone: str
    year: int
    sure: bool
    times: int
    mean_score: float | None
    touched: bool | None


def held_by_year(rated: Rated, rule: YearsRule, year: int) -> tuple[BoolArray, BoolArray]:
    """Return which zones surely and which possibly meet the rule's condition in a year."""
    size = len(rated.table.zones)
    sure, possible = np.zeros(size, dtype=bool), np.ones(size, dtype=bool)
    if rule.event:
        counts = [
            rated.events.counts.get((zone, year, rule.event), 0) for zone in rated.table.zones
        ]
        happened = np.array(counts, dtype=float)
        return happened >= 1, (happened >= 1) | np.isnan(happened)
    if year in rated.table.years:
        y = rated.table.years.index(year)
        if rule.bottom is not None or rule.top is not None:
            return _by_place(rated, rule, y)
        low, high = rated.at_least[:, y], rated.at_most[:, y]
        if rule.below is not None:
            sure, possible = high < rule.below, low < rule.below
        else:
            wanted = rule.at_least or 0
            sure, possible = low >= wanted, high >= wanted
    if rule.below is None and rule.at_least is None:
        return sure, possible
    for z, zone in enumerate(rated.table.zones):
        if (zone, year) in rated.history.levels:
            star = rated.history.levels[zone, year]
            level = BELOW if star is None else star
            met = level < rule.below if rule.below is not None else level >= (rule.at_least or 0)
            sure[z] = possible[z] = met
    return sure, possible


def _by_place(rated: Rated, rule: YearsRule, y: int) -> tuple[BoolArray, BoolArray]:
    size = len(rated.table.zones)
    if rated.score is None:
        return np.zeros(size, dtype=bool), np.ones(size, dtype=bool)
    wanted = rule.bottom or rule.top or 0
    best, worst = rated.score.best[:, y], rated.score.worst[:, y]
    if rule.bottom is not None:
        column = slice(y, y + 1)
        peers = rated.peers
        there = replace(peers, taking_part=peers.taking_part[:, column])
        low, high = rated.score.low[:, column], rated.score.high[:, column]
        ends = places(low, high, there, from_bottom=True)
        best, worst = ends[0][:, 0], ends[1][:, 0]
    groupless = rated.peers.group < 0
    return (best > 0) & (worst <= wanted), groupless | ((best > 0) & (best <= wanted))


def candidates(rated: Rated, rule: YearsRule, year: int) -> list[Candidate]:
    """Return whom the rule touches in a year, in the order of their mean scores.

    Those that only possibly meet it, for want of data, come last.  With a ``limit``
    nobody is surely touched while the order is not certain.
    """
    window = range(year - rule.of + 1, year + 1)
    truths = [held_by_year(rated, rule, at) for at in window]
    sure = np.sum([truth[0] for truth in truths], axis=0)
    possible = np.sum([truth[1] for truth in truths], axis=0)
    found = [
        Candidate(
            zone, year, bool(sure[z] >= rule.times), int(sure[z]), _mean(rated, z, window), None
        )
        for z, zone in enumerate(rated.table.zones)
        if possible[z] >= rule.times
    ]
    turn = -1 if rule.top is not None or rule.at_least is not None else 1
    found.sort(
        key=lambda c: (
            not c.sure,
            c.mean_score is None,
            turn * (c.mean_score or 0.0),
            c.zone,
        )
    )
    certain = all(c.sure and c.mean_score is not None for c in found)
    return [_touched(rule, c, n, certain=certain, found=found) for n, c in enumerate(found)]


def candidate_reason(rule: YearsRule, one: Candidate) -> Reason:
    """Return what the rule over several years means for a zone, in words."""
    head = f"{rule.label}（近 {rule.of} 年中 {rule.times} 年）"
    if not one.sure:
        return Reason("note", rule.id, f"{head}：往年情况不全，不能确定是否符合")
    words = {
        True: f"{head}：符合，{rule.consequence}",
        False: f"{head}：符合，但只涉及 {rule.limit} 个园区，没有列入",
        None: f"{head}：符合，是否{rule.consequence}不能确定",
    }[one.touched]
    return Reason("note", rule.id, words)


def _touched(
    rule: YearsRule, one: Candidate, number: int, *, certain: bool, found: list[Candidate]
) -> Candidate:
    """Say whether the consequence reaches a candidate: None where that is not certain."""
    touched: bool | None = True if one.sure else None
    if rule.limit is not None and len(found) > rule.limit:
        touched = number < rule.limit if certain else None
        last, next_one = found[rule.limit - 1], found[rule.limit]
        if certain and last.mean_score == next_one.mean_score == one.mean_score:
            touched = None
    return Candidate(one.zone, one.year, one.sure, one.times, one.mean_score, touched)


def _mean(rated: Rated, z: int, window: range) -> float | None:
    if rated.score is None or any(year not in rated.table.years for year in window):
        return None
    at = [rated.table.years.index(year) for year in window]
    low, high = rated.score.low[z, at], rated.score.high[z, at]
    return float(low.mean()) if (low == high).all() else None
