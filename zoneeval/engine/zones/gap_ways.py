"""What an indicator must become for a threshold, and the ways to bring it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isclose

import numpy as np

from zoneeval.engine.stars.measures import Peers
from zoneeval.engine.zones.whatif import quotient
from zoneeval.model.gap import GapWay
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_registry import ZoneIndicator, quotient_factor, registry
from zoneeval.model.zone_table import ZoneTable

LAND = ("built_area", "industrial_land", "supplied_land")
"""Areas from which freed land is taken off."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What an indicator must become, in the registry's unit; None: why not is in ``words``."""

    value: float | None
    words: str = ""
    at_zone: str = ""


def needed_value(
    table: ZoneTable, z: int, y: int, key: str, measure: str, limit: float, peers: Peers
) -> Needed:
    """Return the figure at which what a rule looks at reaches ``limit``."""
    if measure == "value":
        return Needed(limit)
    if measure == "previous":
        return Needed(None, "看的是上年数，今年不能改变")
    if measure in ("growth", "change"):
        before = table.value(table.zones[z], table.years[y] - 1, key)
        if before is None or (measure == "growth" and before <= 0):
            return Needed(None, "没有上年数，不能推算")
        return Needed(before * (1 + limit) if measure == "growth" else before + limit)
    others = _others(table, z, y, key, peers)
    if others is None:
        return Needed(None, "同类园区的数据不全，不能推算")
    if measure == "over_mean":
        return _over_mean(others, limit)
    if measure == "rank_change":
        before = _place_before(table, z, y, key, peers)
        if before is None:
            return Needed(None, "没有上年位次，不能推算")
        limit = before - limit
    return _at_place(others, limit, lower=ZONE_INDICATORS[key].lower_is_better)


def _others(
    table: ZoneTable, z: int, y: int, key: str, peers: Peers
) -> list[tuple[str, float]] | None:
    """Return the figures of the other zones of the group; None where one is not known."""
    group = peers.group
    if not peers.complete or group[z] < 0 or (group < 0).any():
        return None
    inside = (group == group[z]) & peers.taking_part[:, y]
    column = table.column(key)[:, y]
    found = [(table.zones[n], float(column[n])) for n in np.flatnonzero(inside).tolist() if n != z]
    return None if any(np.isnan(value) for _, value in found) else found


def _over_mean(others: list[tuple[str, float]], limit: float) -> Needed:
    """Return x with x ≥ (1 + limit) × mean, the zone itself counted in the mean."""
    count = len(others) + 1
    own = 1 - (1 + limit) / count
    if own <= 0:
        return Needed(None, "计入本园区后的平均数使这一要求不可能达到")
    return Needed((1 + limit) * sum(value for _, value in others) / count / own)


def _at_place(others: list[tuple[str, float]], place: float, *, lower: bool) -> Needed:
    """Return the figure of who holds the last good place; equals share it."""
    wanted = int(place)
    if wanted < 1:
        return Needed(None, "没有这样的位次")
    ordered = sorted(others, key=lambda one: one[1] if lower else -one[1])
    if wanted > len(ordered):
        return Needed(None, "参加排名的园区不足这一位次，都算达到")
    name, value = ordered[wanted - 1]
    return Needed(value, f"第 {wanted} 位现为{name}", name)


def _place_before(table: ZoneTable, z: int, y: int, key: str, peers: Peers) -> int | None:
    former = table.years[y] - 1
    if former not in table.years:
        return None
    at = table.years.index(former)
    own, others = table.column(key)[z, at], _others(table, z, at, key, peers)
    if others is None or np.isnan(own):
        return None
    lower = ZONE_INDICATORS[key].lower_is_better
    better = [value for _, value in others if (value < own if lower else value > own)]
    return 1 + len(better)


def ways_to(key: str, figures: Mapping[str, float], wanted: float) -> tuple[GapWay, ...]:
    """Return the ways to bring an indicator to ``wanted`` by what it is made of."""
    one = ZONE_INDICATORS[key]
    now = figures.get(key)
    if now is None:
        return ()
    if one.is_ratio:
        return _ratio_ways(one, figures, now, wanted)
    if one.is_change and one.base in figures:
        return _change_ways(one, figures[one.base], now, wanted)
    return ()


def _ratio_ways(
    one: ZoneIndicator, figures: Mapping[str, float], now: float, wanted: float
) -> tuple[GapWay, ...]:
    """Return numerator and denominator that give the ratio, each with the other as it is.

    An official ratio that its parts do not give is changed by the same factor.
    """
    given = quotient(one, figures)
    if given is None:
        return ()
    top, bottom = figures[one.numerator], figures[one.denominator]
    factor = quotient_factor(one, registry())
    exact = isclose(given, now, rel_tol=1e-9)
    more = wanted * bottom / factor if exact else top * wanted / now if now > 0 else None
    less = None
    if wanted > 0 and top > 0:
        less = top * factor / wanted if exact else bottom * now / wanted
    note = "" if exact else "（公布的比值与分子、分母不完全相符，按同一比例推算）"
    ways = []
    if more is not None and more >= 0:
        ways.append(_way(one.numerator, top, more, f"“{_label(one.denominator)}”不变{note}"))
    if one.kind == "share_of" and exact and 0 < wanted < 1:
        both = top + (wanted * bottom / factor - top) / (1 - wanted)
        if both > top:
            same = f"新增部分同时计入“{_label(one.denominator)}”"
            ways.append(_way(one.numerator, top, both, same))
    if less is not None and one.kind != "share_of":
        words = f"“{_label(one.numerator)}”不变{note}"
        if one.denominator in LAND and less < bottom:
            words += _freed(bottom - less, figures)
        ways.append(_way(one.denominator, bottom, less, words))
    return tuple(ways)


def _freed(area: float, figures: Mapping[str, float]) -> str:
    idle = figures.get("idle_land")
    words = f"，即腾出土地 {ceil(area * 10 - 1e-9) / 10:,.1f} 亩"
    if idle is None:
        return f"{words}（闲置低效用地面积没有数据）"
    enough = "够" if idle >= area - 1e-9 else f"不够，还差 {area - idle:,.1f} 亩"
    return f"{words}（现有闲置低效用地 {idle:,.1f} 亩，{enough}）"


def _change_ways(one: ZoneIndicator, base: float, now: float, wanted: float) -> tuple[GapWay, ...]:
    if one.kind == "points":
        return (_way(one.base, base, base + wanted - now, "上年数不变"),)
    over = 1 + one.sign * now
    if over <= 0:
        return ()
    return (_way(one.base, base, base * (1 + one.sign * wanted) / over, "上年数不变"),)


def _way(key: str, now: float, wanted: float, words: str) -> GapWay:
    known = ZONE_INDICATORS[key]
    return GapWay(key, known.label, known.unit, now, wanted, words)


def _label(key: str) -> str:
    return ZONE_INDICATORS[key].label
