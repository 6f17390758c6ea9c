"""One zone's verdict of one year, made from what the rating of all of them found."""

from __future__ import annotations

from typing import Literal

import numpy as np

from zoneeval.engine.stars.cells import leading
from zoneeval.engine.stars.reasons import level_or_none, reasons_of
from zoneeval.engine.stars.table import Rated
from zoneeval.model.standing import CriterionStanding, ItemStanding, ZoneStanding
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion
from zoneeval.policy.ladder_rules import PLAIN
from zoneeval.units import convert


def standing_of(
    rated: Rated, z: int, y: int, target: int | None, official: int | None
) -> ZoneStanding:
    """Return the verdict with every criterion, item and reason."""
    low, high = int(rated.at_least[z, y]), int(rated.at_most[z, y])
    aim = min(low + 1, rated.ladder.levels - 1)
    criteria = tuple(
        criterion_standing(rated, number, z, y, aim, target)
        for number, criterion in enumerate(rated.ladder.criteria)
        if rated.asked is None or rated.asked[z, number]
    )
    items = _items(rated, z, y)
    rank, of, change, score = None, None, None, rated.score
    if score is not None:
        rank, of = _rank(rated, z, y), _peer_count(rated, z, y)
        former = rated.table.years[y] - 1
        if rank is not None and former in rated.table.years:
            before = _rank(rated, z, rated.table.years.index(former))
            change = None if before is None else before - rank
    group = int(rated.peers.group[z])
    formers = rated.formers
    return ZoneStanding(
        zone=rated.table.zones[z],
        year=rated.table.years[y],
        at_least=level_or_none(low),
        at_most=level_or_none(high),
        target=target,
        official=official,
        criteria=criteria,
        reasons=reasons_of(rated, z, y, criteria, items),
        items=items,
        score_at_least=_finite(score.low[z, y]) if score else None,
        score_at_most=_finite(score.high[z, y]) if score else None,
        rank=rank,
        rank_of=of,
        rank_change=change,
        peers=rated.peers.names[group] if group >= 0 else "",
        former_at_least=level_or_none(int(formers[0][z, y])) if formers else None,
        former_at_most=level_or_none(int(formers[1][z, y])) if formers else None,
        table_at_least=level_or_none(int(rated.table_at_least[z, y])),
        table_at_most=level_or_none(int(rated.table_at_most[z, y])),
    )


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _rank(rated: Rated, z: int, y: int) -> int | None:
    if rated.score is None:
        return None
    best, worst = int(rated.score.best[z, y]), int(rated.score.worst[z, y])
    return best if best == worst and best > 0 else None


def _peer_count(rated: Rated, z: int, y: int) -> int | None:
    group = rated.peers.group
    if group[z] < 0 or not rated.peers.complete or not rated.peers.taking_part[z, y]:
        return None
    return int(((group == group[z]) & rated.peers.taking_part[:, y]).sum())


def _items(rated: Rated, z: int, y: int) -> tuple[ItemStanding, ...]:
    made, score = rated.ladder.composite, rated.score
    if made is None or score is None:
        return ()
    out = []
    place = {item.id: (found, k) for found in score.items for k, item in enumerate(found.items)}
    for item in made.items:
        found, k = place[item.id]
        first = item.measured[0][0]
        known = ZONE_INDICATORS.get(first.indicator)
        out.append(
            ItemStanding(
                id=item.id,
                label=item.label or (known.label if known else item.id),
                unit=item.unit,
                group=made.groups.get(item.group, item.group),
                weight=float(found.weight[z, y, k]),
                value=_finite(found.value[z, y, k]),
                points_at_least=float(found.low[z, y, k]),
                points_at_most=float(found.high[z, y, k]),
                missing=bool(found.missing[z, y, k]),
                clause=rated.ladder.clause(item.cite, illustrative=item.illustrative),
            )
        )
    return tuple(out)


_MEASURE_WORDS: dict[str, str] = {
    "value": "",
    "previous": "（上年）",
    "growth": "增速",
    "change": "比上年增减",
    "over_mean": "高出平均",
    "rank": "位次",
    "rank_change": "位次提升",
}


def criterion_label(criterion: Criterion) -> str:
    """Return what a criterion is called: its own label, or what it looks at."""
    if criterion.label:
        return criterion.label
    return ZONE_INDICATORS[criterion.indicator].label + _MEASURE_WORDS[criterion.measure]


def criterion_standing(
    rated: Rated, number: int, z: int, y: int, aim: int, target: int | None
) -> CriterionStanding:
    """Return one criterion's part in a verdict; ``aim`` is the level that comes next."""
    criterion = rated.ladder.criteria[number]
    kept = float(rated.values[z, y, number])
    passed = int(rated.cells.passed(rated.values[z : z + 1, y])[0, number])
    low = leading(rated.cells.sure[number, passed])
    high = leading(rated.cells.possible[number, passed])
    value = None if np.isnan(kept) else _in_rule_unit(kept, criterion)
    wanted, gap = _distance(criterion, value, aim)
    aimed, target_gap = _distance(criterion, value, target)
    met = True if aim <= low else False if aim > high else None
    return CriterionStanding(
        key=criterion.indicator,
        label=criterion_label(criterion),
        unit=criterion.unit,
        value=value,
        thresholds=tuple(None if t == "" else t for t in criterion.thresholds),
        level_at_least=level_or_none(low),
        level_at_most=level_or_none(high),
        next_threshold=wanted,
        gap=gap,
        met=met,
        clause=rated.ladder.clause(criterion.cite, illustrative=criterion.illustrative),
        target_threshold=aimed,
        target_gap=target_gap,
    )


def _in_rule_unit(value: float, criterion: Criterion) -> float:
    if criterion.measure in PLAIN:
        return convert(value, ZONE_INDICATORS[criterion.indicator].unit, criterion.unit)
    unit: Literal["", "%"] = "%" if criterion.unit == "%" else ""
    return convert(value, "", unit)


def _distance(
    criterion: Criterion, value: float | None, level: int | None
) -> tuple[float | None, float | None]:
    """Return what a level asks and what is missing to it, None where not known."""
    if level is None or not 0 <= level < len(criterion.thresholds):
        return None, None
    threshold = criterion.thresholds[level]
    if not isinstance(threshold, float):
        return None, None
    if value is None:
        return threshold, None
    distance = threshold - value if criterion.direction == "benefit" else value - threshold
    return threshold, max(0.0, distance)
