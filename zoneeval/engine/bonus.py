"""Bonus and penalty points: what each item of the catalogue gives, and how much in all."""

from __future__ import annotations

import numpy as np

from zoneeval.engine.participation import absent_fields
from zoneeval.expressions import evaluate_number, evaluate_truth, parse
from zoneeval.model.arrays import FloatArray
from zoneeval.model.dataset import Dataset
from zoneeval.policy.schema import Track
from zoneeval.policy.scoring_schema import Bonus


def bonus_and_penalty(
    track: Track, table: Dataset, score: FloatArray, assumptions: list[str]
) -> tuple[FloatArray, FloatArray]:
    """Return bonus and penalty points per row, both positive.

    ``score`` is the sum of the indicators' points, for items that are a share of it.
    Of one kind only the highest counts; the totals stay below the track's limits.
    """
    bonus, penalty = np.zeros(table.size), np.zeros(table.size)
    kinds: dict[str, FloatArray] = {}
    for item in track.bonus:
        absent = list(
            dict.fromkeys(name for f in item.formulas for name in absent_fields(parse(f), table))
        )
        if absent:
            what = "扣分" if item.is_penalty else "加分"
            assumptions.append(f"表中没有“{'、'.join(absent)}”，未计“{item.label}”{what}。")
        points = item_points(item, table, score)
        if item.kind:
            held = kinds.setdefault(item.kind, np.zeros(table.size))
            np.copyto(held, points, where=np.abs(points) > np.abs(held))
        else:
            kinds[f"\0{item.id}"] = points
    for points in kinds.values():
        bonus += np.maximum(points, 0)
        penalty += np.maximum(-points, 0)
    if track.bonus_max is not None:
        bonus = np.minimum(bonus, track.bonus_max)
    if track.penalty_max is not None:
        penalty = np.minimum(penalty, track.penalty_max)
    return bonus, penalty


def item_points(item: Bonus, table: Dataset, score: FloatArray) -> FloatArray:
    """Return the points of one item per row, negative against; 0 where it is not met."""
    if item.share_of_score is not None:
        points: FloatArray = np.maximum(score, 0.0) * item.share_of_score
    elif item.per:
        points = _counted(item, table)
    else:
        points = np.full(table.size, item.points)
    if item.condition:
        points = np.where(evaluate_truth(parse(item.condition), table) == 1, points, 0.0)
    if item.limit is not None:
        points = np.clip(points, -item.limit, item.limit)
    return points


def _counted(item: Bonus, table: Dataset) -> FloatArray:
    """Return points for each whole one of a number; nothing where the number is missing."""
    count = np.floor(evaluate_number(parse(item.per), table))
    count = np.where(np.isnan(count), 0.0, np.maximum(count, 0.0)).astype(np.float64)
    if item.max_count is not None:
        count = np.minimum(count, item.max_count)
    tiers = item.tiers or (item.points,)
    points: FloatArray = np.zeros(table.size)
    for number, tier in enumerate(tiers[:-1]):
        points += np.where(count > number, tier, 0.0)
    points += tiers[-1] * np.maximum(count - (len(tiers) - 1), 0.0)
    return points
