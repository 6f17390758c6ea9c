"""What a zone lacks for its next star and for its target, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zoneeval.engine.stars.cells import counted, in_registry_unit, leading
from zoneeval.engine.stars.standing import criterion_label
from zoneeval.engine.stars.table import Rated
from zoneeval.engine.zones.blocks import blocks_of
from zoneeval.engine.zones.gap_score import score_gap_of
from zoneeval.engine.zones.gap_ways import needed_value, ways_to
from zoneeval.engine.zones.gap_words import figure_words, gap_words
from zoneeval.engine.zones.whatif import RatingBasis, WhatIf
from zoneeval.model.gap import CriterionGap, GapState, GapWay, LevelGap, ZoneGap
from zoneeval.model.standing import level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion
from zoneeval.policy.ladder_rules import PLAIN
from zoneeval.units import convert


def zone_gap(
    basis: RatingBasis,
    zone: str,
    year: int,
    *,
    target: int | None = None,
    official: int | None = None,
) -> ZoneGap:
    """Return what a zone lacks for the level above its surest one, and for its target.

    The basis must hold all figures, so that quotients can be closed by their parts.
    """
    tried = WhatIf(basis, zone, year)
    ratings = basis.ratings()
    standing = ratings.standing(zone, year, target=target, official=official)
    rated = ratings.rated
    z, y = ratings.zones.index(zone), ratings.years.index(year)
    low, top = int(rated.at_least[z, y]), basis.ladder.levels - 1
    following = low + 1 if low < top else None
    wanted = target if target is not None and low < target <= top else None

    def of(level: int | None) -> LevelGap | None:
        return None if level is None else level_gap(basis, rated, tried, z, y, level)

    first = of(following)
    return ZoneGap(standing, first, first if wanted == following else of(wanted))


def level_gap(
    basis: RatingBasis, rated: Rated, tried: WhatIf, z: int, y: int, level: int
) -> LevelGap:
    """Return the distance to one level."""
    asked = [
        number
        for number in range(len(rated.ladder.criteria))
        if rated.asked is None or rated.asked[z, number]
    ]
    every = [(n, _criterion(rated, tried.figures, z, y, n, level)) for n in asked]
    criteria = tuple(found for _, found in every if found is not None)
    more = _need_more(rated, z, y, asked, level)
    score = score_gap_of(basis, rated, tried, z, y, level)
    blocks = blocks_of(rated, z, y, level)
    weighted = rated.ladder.combine == "weighted"
    words = _words(level, criteria, more, weighted=weighted)
    return LevelGap(level, words, criteria, more, score, blocks)


def _words(
    level: int, criteria: tuple[CriterionGap, ...], more: float | None, *, weighted: bool
) -> str:
    name = level_name(level)
    by_state: dict[GapState, list[str]] = {}
    for one in criteria:
        by_state.setdefault(one.state, []).append(one.label)
    said = []
    for state, words in (
        ("short", "未达到"), ("impossible", "未达到且今年不能改变"), ("unknown", "标准未知"),
        ("no_data", "没有数据"),
    ):  # fmt: skip
        if labels := by_state.get(state):  # type: ignore[call-overload]
            said.append(f"{'、'.join(labels)}{words}")
    if not said:
        return f"到{name}：各项指标都已达到" if criteria else f"到{name}"
    if more is not None:
        wanted = f"还须达到权重合计 {more:g} 的" if weighted else f"还须达到 {more:g} 项"
        tail = "已够" if more <= 0 else wanted
        said.append(f"不要求全部达到的指标{tail}")
    return f"到{name}：" + "；".join(said)


def _truths(rated: Rated, z: int, y: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    passed = int(rated.cells.passed(rated.values[z : z + 1, y])[0, number])
    return rated.cells.sure[number, passed], rated.cells.possible[number, passed]


def _criterion(
    rated: Rated, figures: Mapping[str, float], z: int, y: int, number: int, level: int
) -> CriterionGap | None:
    """Return one criterion's distance, None where the level asks nothing of it."""
    criterion = rated.ladder.criteria[number]
    together = rated.ladder.combine == "all" and rated.ladder.cumulative
    asked = criterion.thresholds[: level + 1] if together else criterion.thresholds[level:][:1]
    if all(cell == "" for cell in asked):
        return None
    sure, possible = _truths(rated, z, y, number)
    met = leading(sure) >= level if together else bool(sure[level])
    missed = leading(possible) < level if together else not possible[level]
    if criterion.thresholds[level] == "unknown":
        asked = criterion.thresholds[: level + 1]
    known = [cell for cell in asked if isinstance(cell, float)]
    kept = float(rated.values[z, y, number])
    value = None if np.isnan(kept) else _in_rule_unit(kept, criterion)
    state: GapState = "met" if met else "short" if missed else "unknown"
    if value is None and not met:
        state = "no_data"
    return _distance(rated, figures, z, y, criterion, level, state, value,
                     known[-1] if known else None)  # fmt: skip


def _distance(
    rated: Rated,
    figures: Mapping[str, float],
    z: int,
    y: int,
    criterion: Criterion,
    level: int,
    state: GapState,
    value: float | None,
    threshold: float | None,
) -> CriterionGap:
    key, measure = criterion.indicator, criterion.measure
    gap = growth = None
    words, at_zone = "", ""
    ways: tuple[GapWay, ...] = ()
    if state == "unknown":
        threshold = None
    if threshold is not None and value is not None:
        turn = 1 if criterion.direction == "benefit" else -1
        gap = max(0.0, turn * (threshold - value))
        if value > 0 and measure in PLAIN:
            growth = threshold / value - 1 if gap else 0.0
    if state == "short" and threshold is not None:
        limit = in_registry_unit(threshold, criterion.unit, key, measure)
        needed = needed_value(rated.table, z, y, key, measure, limit, rated.peers)
        words, at_zone = needed.words, needed.at_zone
        now = figures.get(key)
        if needed.value is None:
            state = "impossible"
        else:
            ways = ways_to(key, figures, needed.value)
            if measure != "value":
                shown = figure_words(key, needed.value)
                words = f"{words + '，' if words else ''}本年数须为 {shown}"
                growth = needed.value / now - 1 if now is not None and now > 0 else None
    said = gap_words(criterion, level, state, value, threshold, gap, growth)
    beyond = _beyond(criterion, level) if state in ("unknown", "no_data", "short") else ""
    return CriterionGap(
        key=key,
        label=criterion_label(criterion),
        unit=criterion.unit,
        state=state,
        value=value,
        threshold=threshold,
        gap=gap,
        growth=growth,
        words="；".join(one for one in (said, words, beyond) if one),
        ways=ways,
        mandatory=rated.ladder.combine == "all" or criterion.mandatory,
        at_zone=at_zone,
        clause=rated.ladder.clause(criterion.cite, illustrative=criterion.illustrative),
    )


def _beyond(criterion: Criterion, level: int) -> str:
    """Say the next known threshold above an unknown one: no more than that can be asked."""
    if criterion.thresholds[level] != "unknown":
        return ""
    for higher in range(level + 1, len(criterion.thresholds)):
        figure = criterion.thresholds[higher]
        if isinstance(figure, float):
            end = "不会高于" if criterion.direction == "benefit" else "不会低于"
            return (
                f"{level_name(level)}标准{end}{level_name(higher)}的"
                f" {figure_words(criterion.indicator, figure, criterion.unit, criterion.measure)}"
            )
    return ""


def _in_rule_unit(value: float, criterion: Criterion) -> float:
    if criterion.measure in PLAIN:
        return convert(value, ZONE_INDICATORS[criterion.indicator].unit, criterion.unit)
    return convert(value, "", "%") if criterion.unit == "%" else value


def _need_more(rated: Rated, z: int, y: int, asked: list[int], level: int) -> float | None:
    """Return how much of ``need`` is still wanted beside what is surely met."""
    ladder = rated.ladder
    if ladder.combine == "all":
        return None
    held = 0.0
    for number in asked:
        criterion = ladder.criteria[number]
        if counted(ladder, criterion) and bool(_truths(rated, z, y, number)[0][level]):
            held += criterion.weight if ladder.combine == "weighted" else 1.0
    return max(0.0, (ladder.need or 0.0) - held)
