"""Points short of a level, and who holds the place at the cut."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite

import numpy as np

from zoneeval.engine.stars.table import Rated
from zoneeval.engine.zones.gap_items import item_gaps
from zoneeval.engine.zones.gap_words import number_words
from zoneeval.engine.zones.whatif import RatingBasis, WhatIf
from zoneeval.model.gap import GapState, ScoreGap
from zoneeval.model.standing import level_name
from zoneeval.policy.composite_schema import ScoreLevels
from zoneeval.policy.ladder_rules import Threshold
from zoneeval.rounding import quota


class Wanted:
    """The score that a level asks of one zone, as far as it is known."""

    def __init__(self) -> None:
        self.score = -inf
        self.at_zone = ""
        self.words: list[str] = []
        self.unknown = False

    def at_least(self, score: float, words: str, at_zone: str = "") -> None:
        """Take a further demand; the highest one counts."""
        self.words.append(words)
        if score > self.score:
            self.score, self.at_zone = score, at_zone


def wanted_score(rated: Rated, z: int, y: int, level: int) -> Wanted:
    """Return the score a zone must have for a level, given the others as they are."""
    found = Wanted()
    made = rated.ladder.composite
    if made is None or made.levels is None:
        found.unknown = True
        return found
    for name, cells in made.levels.columns:
        cell = cells[level]
        if cell == "unknown":
            found.unknown = True
            found.words.append(f"{level_name(level)}的{_NAMES[name]}标准未知")
        elif cell == "":
            continue
        elif name == "cutoffs":
            found.at_least(float(cell), f"得分不低于 {number_words(float(cell))} 分")
        else:
            _of_place(rated, z, y, level, name, cell, made.levels, found)
    return found


_NAMES = {"cutoffs": "得分", "ranks": "名次", "shares": "名次比例", "quotas": "名额"}


def _of_place(
    rated: Rated,
    z: int,
    y: int,
    level: int,
    name: str,
    cell: Threshold,
    rule: ScoreLevels,
    found: Wanted,
) -> None:
    score, peers = rated.score, rated.peers
    assert score is not None
    inside = (peers.group == peers.group[z]) & peers.taking_part[:, y]
    if peers.group[z] < 0 or not peers.complete:
        found.unknown = True
        found.words.append("同类园区不全，名次不能确定")
        return
    places = int(float(cell))
    if name == "shares":
        places = quota(int(inside.sum()), float(cell), rule.rounding)
        words = f"名次在同类 {int(inside.sum())} 个园区的前 {number_words(float(cell) * 100)}%"
        words += f"（前 {places} 名）"
    else:
        words = f"名次在前 {places} 名" if name == "ranks" else f"名额 {places} 个"
    others = [n for n in np.flatnonzero(inside).tolist() if n != z]
    unsure = False
    if name == "quotas":
        unsure = any(rated.at_most[n, y] >= level > rated.at_least[n, y] for n in others)
        others = [n for n in others if rated.at_least[n, y] >= level]
    if places < 1:
        found.at_least(inf, f"{words}，没有园区能够达到")
    elif len(others) < places and not unsure:
        found.words.append(f"{words}，现有空余")
    elif unsure or any(score.low[n, y] < score.high[n, y] for n in others):
        found.unknown = True
        found.words.append(f"{words}，而同类园区的得分不能确定")
    else:
        holder = sorted(others, key=lambda n: -score.low[n, y])[places - 1]
        name_of, points = rated.table.zones[holder], float(score.low[holder, y])
        found.at_least(points, f"{words}，线上是{name_of} {number_words(points)} 分", name_of)


def wanted_reached(level: int) -> Callable[[Rated, int, int], bool]:
    """Return what tells whether a zone's surest score is enough for a level."""

    def enough(rated: Rated, z: int, y: int) -> bool:
        wanted = wanted_score(rated, z, y, level)
        assert rated.score is not None
        return not wanted.unknown and float(rated.score.low[z, y]) >= wanted.score

    return enough


def score_gap_of(
    basis: RatingBasis, rated: Rated, tried: WhatIf, z: int, y: int, level: int
) -> ScoreGap | None:
    """Return the points short of a level; None where the ladder scores nothing."""
    made, score = rated.ladder.composite, rated.score
    if made is None or score is None:
        return None
    low, high = float(score.low[z, y]), float(score.high[z, y])
    wanted = wanted_score(rated, z, y, level)
    short = max(0.0, wanted.score - low) if isfinite(wanted.score) and isfinite(low) else None
    state: GapState = "short"
    if isfinite(wanted.score) and high < wanted.score:
        state = "short"
    elif wanted.unknown:
        state = "unknown"
    elif low < wanted.score <= high:
        state = "no_data"
    elif low >= wanted.score:
        state = "met"
    if wanted.score == inf:
        state = "impossible"
    words = list(wanted.words)
    if made.levels is None:
        words.append("办法只评分排名，没有分级标准")
    if state == "no_data":
        words.append(f"得分在 {number_words(low)}—{number_words(high)} 分之间，不能判定")
    if short:
        most = "最多" if low < high else ""
        words.append(f"{most}还差 {number_words(short)} 分")
    goal = wanted.score if short and not wanted.unknown else None
    enough = wanted_reached(level)
    items = item_gaps(basis, rated, tried, z, y, goal is not None, enough)
    return ScoreGap(
        state,
        low if isfinite(low) else None,
        high if isfinite(high) else None,
        wanted.score if isfinite(wanted.score) else None,
        short,
        wanted.at_zone,
        "；".join(words),
        items,
    )
