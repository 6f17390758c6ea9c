"""Who takes part, in which track, and for what reason not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from zoneeval.engine.decided import decided
from zoneeval.expressions import Expression, evaluate_truth, parse
from zoneeval.model.arrays import TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.inputs import ParticipationDecision
from zoneeval.policy.schema import Condition, Policy


@dataclass(frozen=True)
class Taking:
    """Participation, track and reasons per row; ``grade`` is that of those left out."""

    participation: TextArray
    track: TextArray
    grade: TextArray
    reasons: list[list[str]]
    assumptions: tuple[str, ...]


def take_part(
    policy: Policy, dataset: Dataset, decisions: Iterable[ParticipationDecision] = ()
) -> Taking:
    """Apply the conditions in the order of the policy; the first one failed decides.

    ``decisions`` made by hand go before the conditions; but who cannot be placed in a
    track (or group) cannot be evaluated, whatever was decided.

    A condition that a missing column leaves open takes the policy's default, listed in
    ``assumptions``; one that an empty cell leaves open makes the row undecided.
    """
    size = dataset.size
    state = np.full(size, Participation.EVALUATED, dtype=object)
    track = np.full(size, None, dtype=object)
    grade = np.full(size, None, dtype=object)
    reasons: list[list[str]] = [[] for _ in range(size)]
    assumptions: list[str] = []
    open_rows = np.ones(size, dtype=bool)
    by_hand = decided(dataset, decisions)

    for condition in policy.eligibility:
        expression = parse(condition.when)
        truth = evaluate_truth(expression, dataset)
        absent = absent_fields(expression, dataset)
        if absent and np.isnan(truth[open_rows]).any():
            assumed = "按符合办法规定处理" if condition.default else "按不符合办法规定处理"
            assumptions.append(f"表中没有“{'、'.join(absent)}”，{assumed}（{condition.reason}）。")
            truth = np.where(np.isnan(truth), float(condition.default), truth)
        for row in np.flatnonzero(open_rows & (truth == 0)):
            if by_hand.note(int(row), condition.otherwise, condition.reason, reasons):
                continue
            state[row] = condition.otherwise
            reasons[row].append(_reason(condition))
            grade[row] = condition.grade or None
        for row in np.flatnonzero(open_rows & np.isnan(truth)):
            why = f"“{_empty(expression, dataset, int(row))}”为空，不能判断是否“{condition.reason}”"
            if by_hand.note(int(row), Participation.UNDECIDED, why, reasons):
                continue
            state[row] = Participation.UNDECIDED
            reasons[row].append(why)
        open_rows &= (truth == 1) | by_hand.taken_in

    open_rows |= state == Participation.UNGRADED
    for item in policy.tracks:
        if not item.when:
            track[open_rows] = item.id
            open_rows[:] = False
            break
        expression = parse(item.when)
        truth = evaluate_truth(expression, dataset)
        absent = absent_fields(expression, dataset)
        if absent and np.isnan(truth[open_rows]).any():
            if item.default:
                assumptions.append(f"表中没有“{'、'.join(absent)}”，全部按“{item.label}”评价。")
            truth = np.where(np.isnan(truth), float(item.default), truth)
        track[open_rows & (truth == 1)] = item.id
        for row in np.flatnonzero(open_rows & np.isnan(truth)):
            state[row] = Participation.UNDECIDED
            reasons[row].append(
                f"“{_empty(expression, dataset, int(row))}”为空，不能确定按哪一组评价"
            )
        open_rows &= truth == 0
    for row in np.flatnonzero(open_rows):
        state[row] = Participation.OUT_OF_SCOPE
        reasons[row].append("办法中没有适用的评价组别")
    by_hand.finish(state, grade, reasons)
    return Taking(state, track, grade, reasons, tuple(assumptions))


def _reason(condition: Condition) -> str:
    """Return the reason, and whom those without a class are treated like."""
    managed = f"，按 {condition.managed_as} 类管理" if condition.managed_as else ""
    return condition.reason + managed


def absent_fields(expression: Expression, dataset: Dataset) -> list[str]:
    """Return the labels of fields that the table cannot give at all."""
    absent = []
    for name in expression.fields:
        if dataset.has(name):
            continue
        field = FIELDS.get(name)
        if field and field.is_derived:
            inner = absent_fields(parse(field.formula), dataset)
            if not inner:
                continue
        absent.append(label_of(name))
    return absent


def _empty(expression: Expression, dataset: Dataset, row: int) -> str:
    names = []
    for name in expression.fields:
        field = FIELDS.get(name)
        value = dataset.columns[name][row] if dataset.has(name) else None
        if value is None or (field and field.is_number and value != value):
            names.append(label_of(name))
    return "、".join(names)
