"""Rewards for a star year: by star held, first attainment, or title."""

from __future__ import annotations

from collections.abc import Collection

from zoneeval.model.rewards import RewardItem, ZoneReward
from zoneeval.model.standing import level_name
from zoneeval.model.star_history import ZoneHistory
from zoneeval.policy.reward import RewardScheme

_COMBINE = "是否同时享受没有见到规定，按最高一项至各项合计列出"


def zone_reward(
    scheme: RewardScheme, history: ZoneHistory, year: int, titles: Collection[str] = ()
) -> ZoneReward:
    """Return what a scheme pays a zone for the star of a year in its history.

    ``titles`` are those on record: a title that is not recorded is not claimed.  Where
    the star, its being the first, or the scheme's way of adding up is not known, the
    amount is an interval with the reasons.
    """
    if not scheme.valid_in(year):
        return _reward(scheme, history, year, (), 0.0, 0.0, (_outside(scheme, year),))
    items = [
        item
        for item in (
            _held(scheme, history, year),
            _first(scheme, history, year),
            *_titles(scheme, titles),
        )
        if item is not None
    ]
    low = [item.amount if item.applies else 0.0 for item in items]
    high = [item.amount for item in items]
    reasons = [item.reason for item in items if item.applies is None]
    several = len(items) > 1
    if several and scheme.combine == "unknown":
        reasons.append(_COMBINE)
    if not items:
        reasons.append(f"{year} 年没有达到有奖励的星级，也没有登记称号")
    at_least = sum(low) if scheme.combine == "all" else max(low, default=0.0)
    at_most = max(high, default=0.0) if scheme.combine == "highest" else sum(high)
    if scheme.confirmed_to is not None and year > scheme.confirmed_to and items:
        at_least = 0.0
        reasons.append(f"{scheme.confirmed_to} 年以后是否仍按“{scheme.name}”发放没有见到文件")
    unique = tuple(dict.fromkeys(reasons))
    return _reward(scheme, history, year, tuple(items), at_least, at_most, unique)


def _reward(
    scheme: RewardScheme,
    history: ZoneHistory,
    year: int,
    items: tuple[RewardItem, ...],
    at_least: float,
    at_most: float,
    reasons: tuple[str, ...],
) -> ZoneReward:
    return ZoneReward(
        scheme.id,
        scheme.name,
        scheme.payer,
        scheme.scope,
        history.zone,
        year,
        scheme.unit,
        items,
        float(at_least),
        float(at_most),
        reasons,
    )


def _held(scheme: RewardScheme, history: ZoneHistory, year: int) -> RewardItem | None:
    amounts = {a.level: a for a in scheme.awards if a.trigger == "hold" and a.level is not None}
    if not amounts:
        return None
    levels = history.levels()
    if year not in levels:
        most = max(amounts.values(), key=lambda a: a.amount)
        why = f"不知道 {year} 年的星级，最多按{level_name(most.level)}计"
        return RewardItem("按星级奖励", most.amount, None, why, scheme.clause(most.cite))
    level = levels[year]
    award = None if level is None else amounts.get(level)
    if award is None:
        return None
    clause = scheme.clause(award.cite, illustrative=award.illustrative)
    return RewardItem(f"{year} 年度{level_name(award.level)}", award.amount, True, "", clause)


def _first(scheme: RewardScheme, history: ZoneHistory, year: int) -> RewardItem | None:
    awards = [a for a in scheme.awards if a.trigger == "first"]
    if not awards:
        return None
    levels = history.levels()
    if year not in levels:
        most = max(awards, key=lambda a: a.amount)
        why = f"不知道 {year} 年的星级，不能判定是否首次达到"
        return RewardItem("首次达到现有星级", most.amount, None, why, scheme.clause(most.cite))
    level = levels[year]
    award = next((a for a in awards if level in a.levels), None)
    if award is None or level is None:
        return None
    first = history.first_time(level, year)
    if first is False:
        return None
    label = f"首次达到{level_name(level)}"
    why = "" if first else f"{year} 年以前的星级记录不全，不能判定是否首次达到{level_name(level)}"
    clause = scheme.clause(award.cite, illustrative=award.illustrative)
    return RewardItem(label, award.amount, first, why, clause)


def _titles(scheme: RewardScheme, titles: Collection[str]) -> list[RewardItem]:
    return [
        RewardItem(
            f"称号：{a.title}",
            a.amount,
            True,
            "",
            scheme.clause(a.cite, illustrative=a.illustrative),
        )
        for a in scheme.awards
        if a.trigger == "title" and a.title in titles
    ]


def _outside(scheme: RewardScheme, year: int) -> str:
    if scheme.valid_to == scheme.valid_from:
        span = f"{scheme.valid_from} 年度"
    elif scheme.valid_to is None:
        span = f"{scheme.valid_from} 年度以后"
    else:
        span = f"{scheme.valid_from}—{scheme.valid_to} 年度"
    return f"“{scheme.name}”只适用于 {span}，不适用于 {year} 年度"
