"""From a ranking to classes: cumulative shares, and two-stage selection.

Every function looks at one group at a time and works with exact quotas
(:func:`zoneeval.rounding.quota`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from zoneeval.engine.kernel import Ranking
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray, TextArray
from zoneeval.model.evaluation import Quota
from zoneeval.policy.findings import COMPOSITE
from zoneeval.policy.schema import Selection, Shares, Ties, TwoStage
from zoneeval.rounding import is_whole, levelled, quota


@dataclass
class Grades:
    """Classes of the rows of one track, filled group by group.

    ``gate`` and ``stage_rank`` are only filled by two-stage selection.
    """

    grade: TextArray
    gate: TextArray
    stage_rank: FloatArray
    quotas: dict[int, tuple[Quota, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def empty(cls, size: int) -> Grades:
        """Return grades for ``size`` rows, none given yet."""
        return cls(
            np.full(size, None, dtype=object),
            np.full(size, None, dtype=object),
            np.full(size, np.nan),
        )

    @classmethod
    def in_one_stage(cls, grade: TextArray, quotas: dict[int, tuple[Quota, ...]]) -> Grades:
        """Return finished grades that know neither gate nor second ordering."""
        gate = np.broadcast_to(np.array(None, dtype=object), grade.shape)
        return cls(grade, gate, np.broadcast_to(np.nan, grade.shape), quotas)


@dataclass(frozen=True)
class Held:
    """Who counts in a group without being ranked: by group number, by class.

    ``classes`` are those who hold a class already and use up its quota; ``exempt`` are
    exempt enterprises that the policy counts among all.
    """

    classes: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    exempt: Mapping[int, int] = field(default_factory=dict)

    def holders(self, group: int, grade: str) -> int:
        """Return how many hold a class already."""
        return self.classes.get(group, {}).get(grade, 0)

    def exempt_in(self, group: int) -> int:
        """Return how many exempt enterprises count."""
        return self.exempt.get(group, 0)

    def counted(self, group: int, ranked: int) -> int:
        """Return the number that shares are taken of."""
        return ranked + sum(self.classes.get(group, {}).values()) + self.exempt_in(group)


NOBODY_HELD = Held()


def among(ranking: Ranking, competing: BoolArray) -> Ranking:
    """Return the ranking without the rows that do not compete for classes."""
    if competing.all():
        return ranking
    stays = competing[ranking.order]
    before = np.concatenate([[0], np.cumsum(stays)])
    return replace(
        ranking,
        order=ranking.order[stays],
        starts=before[ranking.starts],
        shared=ranking.shared[stays],
    )


def moved_cut(places: IntArray, cut: int, ties: Ties) -> int:
    """Return where to cut best-first ``places``, of which ``cut`` may be taken.

    ``places`` are ranks in which equals share a number.  With "include" equals of the
    last one taken come in too, with "exclude" they all stay out; with "next_key" the
    order of equals has already decided.
    """
    if ties == "next_key" or not 0 < cut < len(places) or places[cut] != places[cut - 1]:
        return cut
    side: Literal["left", "right"] = "right" if ties == "include" else "left"
    return int(np.searchsorted(places, places[cut], side))


def grade_by_shares(
    ranking: Ranking,
    key: FloatArray,
    rule: Shares,
    held: Held = NOBODY_HELD,
    name: str = COMPOSITE,
) -> Grades:
    """Give each group's classes by cumulative shares of its ranking.

    ``key`` (called ``name``) is what the ranking went by; ``held`` is who counts
    without being ranked here.
    """
    letters = np.array([*(band.grade for band in rule.bands), None], dtype=object)
    chosen = np.full(len(key), len(rule.bands), dtype=np.uint8)
    taken: dict[int, tuple[Quota, ...]] = {}
    for group, (first, last) in enumerate(pairwise(ranking.starts.tolist())):
        places = ranking.shared[first:last]
        ends = _ends(last - first, rule, held, group)
        quotas: list[Quota] = []
        start = before = 0
        below = 0.0
        for number, (band, planned) in enumerate(zip(rule.bands, ends, strict=True)):
            end = max(start, moved_cut(places, planned, rule.ties))
            chosen[first + start : first + end] = number
            cut = float(key[ranking.order[first + end - 1]]) if end > start else None
            share = round(band.up_to - below, 10)
            quotas.append(Quota(band.grade, share, planned - before, end - start, name, cut))
            start, before, below = end, planned, band.up_to
        taken[group] = tuple(quotas)
    by_row = np.full_like(chosen, len(rule.bands))
    by_row[ranking.order] = chosen[: len(ranking.order)]
    return Grades.in_one_stage(letters[by_row], taken)


def _ends(size: int, rule: Shares, held: Held, group: int) -> list[int]:
    """Return how many of ``size`` ranked rows lie before the end of each band.

    Who already holds a class takes up its quota.  Exempt enterprises that count are
    taken to be in the largest class, so that the others keep their whole share.
    """
    counted = held.counted(group, size)
    shares = [b - a for a, b in pairwise([0.0, *(band.up_to for band in rule.bands)])]
    largest = shares.index(max(shares))
    ends: list[int] = []
    holders = 0
    for number, band in enumerate(rule.bands):
        end = quota(counted, band.up_to, rule.rounding)
        if band.end == "exclusive" and is_whole(counted, band.up_to):
            end -= 1
        holders += held.holders(group, band.grade)
        absent = held.exempt_in(group) if number >= largest else 0
        ends.append(min(max(end - holders - absent, ends[-1] if ends else 0), size))
    return ends


def grade_in_two_stages(
    ranking: Ranking,
    order_keys: Mapping[str, FloatArray],
    rule: TwoStage,
    size: int,
    held: Held = NOBODY_HELD,
) -> Grades:
    """Give each group's classes by a gate on composite rank, then by other keys.

    ``order_keys`` holds, for each selection's ``order_by``, a value per row; ``held``
    is who counts without being ranked here.
    """
    out = Grades.empty(size)
    for group in range(len(ranking.starts) - 1):
        rows = ranking.order[ranking.starts[group] : ranking.starts[group + 1]]
        halves = _halves(rows, rule)
        for name, members in halves.items():
            out.gate[members] = name
        out.grade[rows] = rule.rest
        quotas: list[Quota] = []
        for selection in rule.selections:
            members = halves[selection.half]
            members = members[[out.grade[row] == rule.rest for row in members]]
            planned = quota(held.counted(group, len(rows)), selection.share, rule.rounding)
            planned = max(planned - held.holders(group, selection.grade), 0)
            keys = order_keys[selection.order_by]
            quotas.append(_select(out, members, keys, selection, rule, planned))
        out.quotas[group] = tuple(quotas)
    return out


def _halves(rows: IntArray, rule: TwoStage) -> dict[str, IntArray]:
    """Split best-first ``rows``: a place counts when all of it lies within the gate."""
    size = len(rows)
    inside = quota(size, rule.gate, "floor")
    upper, lower = inside, inside
    if 2 * inside < size and rule.gate == 0.5:
        upper += rule.middle == "upper"
        lower += rule.middle == "lower"
    return {
        "upper": rows[:upper],
        "middle": rows[upper : size - lower],
        "lower": rows[size - lower :],
    }


def _select(
    out: Grades,
    members: IntArray,
    keys: FloatArray,
    selection: Selection,
    rule: TwoStage,
    planned: int,
) -> Quota:
    """Take ``planned`` of ``members`` (best composite first) by the second key.

    Equals in the key go by composite place: the better one first for a class at the
    top, the worse one first for a class at the bottom.
    """
    known = members[~np.isnan(keys[members])]
    descending = selection.order == "descending"
    towards_top = selection.half == "upper"
    queue = known if towards_top else known[::-1]
    level = levelled(keys[queue])
    by_key = np.argsort(-level if descending else level, kind="stable")
    ordered = queue[by_key]
    places = np.searchsorted(np.sort(level), level[by_key])
    places = places if not descending else len(ordered) - places
    end = moved_cut(places, min(planned, len(ordered)), rule.ties)
    taken = ordered[:end]
    out.stage_rank[members] = np.nan
    out.stage_rank[ordered] = np.arange(1, len(ordered) + 1)
    out.grade[taken] = selection.grade
    cut = float(keys[taken[-1]]) if len(taken) else None
    if len(ordered) < planned:
        out.warnings.append(
            f"{selection.grade} 类应选 {planned} 家，能排序的只有 {len(ordered)} 家（其余缺数据）。"
        )
    return Quota(selection.grade, selection.share, planned, len(taken), selection.order_by, cut)
