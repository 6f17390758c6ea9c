"""Who is a candidate for 智能化改造: the best class, and the next under a stated condition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.errors import InputError
from zoneeval.expressions import evaluate_truth, parse
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.schema import Policy, Treatment


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise; ``suits`` is None where its data does not say (empty cells)."""

    uscc: str
    name: str
    zone: str | None
    grade: str
    suits: bool | None


def checked_condition(condition: str) -> str:
    """Return a condition without blanks around it; raise InputError for unknown fields.

    Raises ExpressionError where it cannot be read.
    """
    words = condition.strip()
    if words:
        unknown = [name for name in parse(words).fields if name not in FIELDS]
        if unknown:
            raise InputError(
                f"条件中的“{unknown[0]}”不是数据项。可用的数据项见 zoneeval score --fields。"
            )
    return words


def upgrade_candidates(
    policy: Policy, evaluation: Evaluation, dataset: Dataset, condition: str = ""
) -> list[Candidate]:
    """Return the candidates by class, zone and place; without a condition the best class only.

    Of the class next to the best those are listed that meet the condition, and those of
    which it is not known; who does not meet it is left out.
    """
    words = checked_condition(condition)
    best = [g.letter for g in policy.grades if g.treatment is Treatment.PRIORITY]
    next_best = [g.letter for g in policy.grades if g.treatment is Treatment.ENCOURAGE]
    met: dict[str, bool | None] = {}
    if words:
        formula = parse(words)
        table = derive(dataset, formula.fields).dataset
        truth = evaluate_truth(formula, table)
        for code, value in zip(table.text("uscc").tolist(), truth.tolist(), strict=True):
            if code:
                met[code] = None if np.isnan(value) else bool(value)
    order = [*best, *next_best]
    rows = [
        i for i in range(evaluation.size) if evaluation.grade[i] in order and evaluation.uscc[i]
    ]
    rows.sort(
        key=lambda i: (
            order.index(str(evaluation.grade[i])),
            evaluation.zone[i] or "",
            _last(float(evaluation.position[i])),
            evaluation.uscc[i],
        )
    )
    found: list[Candidate] = []
    for row in rows:
        code, grade = str(evaluation.uscc[row]), str(evaluation.grade[row])
        suits: bool | None = True
        if grade not in best:
            suits = met.get(code) if words else False
        if suits is not False:
            name = str(evaluation.name[row] or code)
            found.append(Candidate(code, name, evaluation.zone[row], grade, suits))
    return found


def _last(place: float) -> float:
    return place if place == place else float("inf")
