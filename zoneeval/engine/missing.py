"""What a missing figure counts: nothing, the average, points off, or others' weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray
from zoneeval.policy.scoring_schema import Indicator


def fill(item: Indicator, points: FloatArray, lacking: BoolArray) -> str:
    """Put in place what a missing figure counts, and return it in words.

    Points to be spread over the others' weight are 0 until :func:`reweigh`.
    """
    filled, how = 0.0, "计 0 分"
    if item.missing == "average_score" and not lacking.all():
        filled, how = float(points[~lacking].mean()), "取该项得分的平均"
    elif item.missing == "penalty":
        filled = item.missing_points or 0.0
        how = f"计 {filled:g} 分"
    elif item.missing == "reweight":
        how = "权重分给该企业的其他各项"
    points[lacking] = filled
    return how


def reweigh(
    items: Sequence[Indicator],
    points: Sequence[FloatArray],
    weights: Sequence[FloatArray],
    lacking: Sequence[BoolArray],
) -> None:
    """Spread, in place, the weight of missing figures over those the enterprise has.

    Each indicator with a figure gains in proportion to its weight, and its points with
    it; who has no figure at all keeps weights and points as they are.
    """
    if not any(item.missing == "reweight" for item in items):
        return
    size = len(points[0])
    freed, held = np.zeros(size), np.zeros(size)
    for item, lost in zip(items, lacking, strict=True):
        held += np.where(lost, 0.0, item.weight)
        if item.missing == "reweight":
            freed += np.where(lost, item.weight, 0.0)
    concerned = (freed > 0) & (held > 0)
    factor = np.ones(size)
    np.divide(held + freed, held, out=factor, where=concerned)
    for item, score, weight, lost in zip(items, points, weights, lacking, strict=True):
        gains = concerned & ~lost
        score[gains] *= factor[gains]
        weight[gains] *= factor[gains]
        if item.missing == "reweight":
            weight[concerned & lost] = 0.0
