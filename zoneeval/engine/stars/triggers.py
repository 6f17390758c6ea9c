"""Conditions and points of a ladder's gates, vetoes, bonuses and deductions, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoneeval.engine.stars.cells import in_registry_unit
from zoneeval.engine.stars.measures import Peers, event_counts, measured
from zoneeval.model.arrays import BoolArray, FloatArray
from zoneeval.model.rating_inputs import ZoneEvents
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder_rules import PointsRule, Trigger, Veto


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a condition surely and where it possibly holds, as [zone, year]."""

    sure: BoolArray
    possible: BoolArray
    figures: FloatArray


def truth_of(trigger: Trigger, table: ZoneTable, events: ZoneEvents, peers: Peers) -> Truth:
    """Return where a condition holds; no data and an unknown figure leave it open."""
    limit: float | None = None
    if trigger.event:
        figures = event_counts(table, events, trigger.event)
        if isinstance(trigger.value, float):
            limit = trigger.value
    else:
        figures = measured(table, trigger.indicator, trigger.measure, peers)
        if isinstance(trigger.value, float):
            limit = in_registry_unit(
                trigger.value, trigger.unit, trigger.indicator, trigger.measure
            )
    if limit is None:
        nowhere = np.zeros(figures.shape, dtype=bool)
        return Truth(nowhere, ~nowhere, figures)
    compare = {
        ">=": np.greater_equal,
        ">": np.greater,
        "<=": np.less_equal,
        "<": np.less,
    }[trigger.op]
    sure: BoolArray = compare(figures, limit)
    return Truth(sure, sure | np.isnan(figures), figures)


def points_of(rule: PointsRule | Veto, truth: Truth) -> tuple[FloatArray, FloatArray]:
    """Return the fewest and the most points a rule gives or takes."""
    worth = rule.points or 0.0
    most = np.inf if rule.limit is None else rule.limit
    if not rule.each:
        once = min(worth, most)
        return np.where(truth.sure, once, 0.0), np.where(truth.possible, once, 0.0)
    counts = np.where(np.isnan(truth.figures), 0.0, np.maximum(truth.figures, 0.0))
    given = np.minimum(worth * counts, most)
    open_count = truth.possible & np.isnan(truth.figures)
    low = np.where(truth.sure, given, 0.0)
    return low, np.where(open_count, most, np.where(truth.possible, given, 0.0))
