"""The smallest single change that moves one enterprise to another class.

Everything else stays as it is; values, benchmarks, scores, ranks and classes are worked
out anew by the engine for every change that is tried.  A change is searched for in steps
that double, and then halved down to :data:`TOLERANCE` of the amount; what is named has
been evaluated and does move the enterprise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.engine.evaluate import NO_INPUTS, evaluate
from zoneeval.engine.merging import merged, recoded
from zoneeval.engine.prepared import letters_in_order
from zoneeval.engine.wording import amount_words, rounded_away
from zoneeval.errors import UserError
from zoneeval.expressions import Expression, evaluate_number, parse
from zoneeval.model.dataset import Column, Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.policy.schema import Indicator, Policy
from zoneeval.progress import Progress, silent

TOLERANCE = 0.001
"""Relative width of the span in which the smallest change lies below the one named."""
LARGEST = 64.0
"""Changes up to so many times the present amount (or the group's usual one) are tried."""
_FIRST = 2.0**-12
_MAY_BE_NEGATIVE = frozenset({"profit", "value_added"})
_NOT_LESS = frozenset({"revenue", "output_value", "value_added", "profit", "average_headcount"})
"""Amounts whose decrease is no way up that an office would name, though a ratio improves."""

Direction = Literal["up", "down"]


@dataclass(frozen=True)
class Change:
    """One amount that moves the class: from what to what, and what the indicator becomes."""

    indicator: str
    label: str
    unit: str
    is_share: bool
    value: float | None
    value_after: float | None
    field: str
    field_label: str
    field_unit: str
    amount: float
    amount_after: float
    grade_after: str

    @property
    def difference(self) -> float:
        """Return by how much the amount changes; negative is less."""
        return self.amount_after - self.amount

    @property
    def size(self) -> float:
        """Return the change relative to the present amount, for comparing changes."""
        return abs(self.difference) / max(abs(self.amount), 1e-9)

    @property
    def words(self) -> str:
        """Return the change as one says it: 多缴 69 万元, 退出 10 亩."""
        return amount_words(self.field, self.field_label, self.field_unit, self.difference)

    def as_json(self) -> dict[str, Any]:
        """Return the change in the shape of the command line's contract."""
        return {
            "indicator": self.indicator,
            "value": self.value,
            "value_after": self.value_after,
            "field": self.field,
            "unit": self.field_unit,
            "amount": self.amount,
            "amount_after": self.amount_after,
            "difference": self.difference,
            "grade_after": self.grade_after,
            "words": self.words,
        }


@dataclass(frozen=True)
class Distance:
    """How far one enterprise is from the classes above and below its own.

    ``up`` and ``down`` have at most one change per indicator and amount, smallest
    first; the amount is rounded to three digits, and evaluated as it is named.
    ``hopeless`` names the indicators of which no single change moves it up.
    """

    uscc: str
    name: str
    grade: str
    better: str | None
    worse: str | None
    up: tuple[Change, ...]
    down: tuple[Change, ...]
    hopeless: tuple[str, ...]
    tolerance: float = TOLERANCE

    def as_json(self) -> dict[str, Any]:
        """Return the answer in the shape of the command line's contract."""
        return {
            "uscc": self.uscc,
            "name": self.name,
            "grade": self.grade,
            "better": self.better,
            "worse": self.worse,
            "up": [change.as_json() for change in self.up],
            "down": [change.as_json() for change in self.down],
            "no_single_change": list(self.hopeless),
            "tolerance": self.tolerance,
        }


def distance(
    policy: Policy,
    dataset: Dataset,
    previous: Dataset | None,
    evaluation: Evaluation,
    row: int,
    *,
    inputs: EvaluationInputs = NO_INPUTS,
    progress: Progress = silent,
) -> Distance | None:
    """Return what would move a row of ``evaluation``; None where it has no class of its own.

    ``dataset``, ``previous`` and ``inputs`` are those of the evaluation.
    """
    grade = evaluation.grade[row]
    if grade is None or evaluation.participation[row] != Participation.EVALUATED:
        return None
    search = _Search(policy, dataset, previous, evaluation, row, inputs)
    track = policy.track(str(evaluation.track[row]))
    assert track is not None
    mine = evaluation.track == track.id
    order = letters_in_order(policy, evaluation.grade[mine].tolist())
    place = order.index(str(grade))
    up: list[Change] = []
    down: list[Change] = []
    hopeless: list[str] = []
    count = len(track.indicators)
    for done, item in enumerate(track.indicators):
        search.tick = partial(progress, done, count, f"正在试算“{item.shown_label}”")
        ways = search.changes(item, order[:place], better=True)
        up += ways
        if place and not ways:
            hopeless.append(item.shown_label)
        down += search.changes(item, order[place + 1 :], better=False)
    progress(count, count, "试算完成")
    return Distance(
        uscc=str(evaluation.uscc[row] or ""),
        name=str(evaluation.name[row] or ""),
        grade=str(grade),
        better=order[place - 1] if place else None,
        worse=order[place + 1] if place + 1 < len(order) else None,
        up=tuple(sorted(up, key=lambda change: change.size)),
        down=tuple(sorted(down, key=lambda change: change.size)),
        hopeless=tuple(hopeless),
    )


class _Search:
    """Evaluates variations of one enterprise's amounts, in as small a table as will do."""

    def __init__(
        self,
        policy: Policy,
        dataset: Dataset,
        previous: Dataset | None,
        evaluation: Evaluation,
        row: int,
        inputs: EvaluationInputs,
    ) -> None:
        self.policy = policy
        joined = merged(recoded(dataset, inputs.merging), inputs.merging, [])
        before = previous
        if previous is not None:
            held = inputs.previous_merging
            before = merged(recoded(previous, held), held, [])
        codes = {step.old: step.new for step in inputs.merging.successors}
        self.decisions = EvaluationInputs(
            tuple(replace(d, uscc=codes.get(d.uscc, d.uscc)) for d in inputs.decisions)
        )
        same_rows = joined.size == evaluation.size
        whole = row if same_rows else int(np.argmax(joined.text("uscc") == evaluation.uscc[row]))
        self.table = Dataset(joined.columns, evaluation.year or policy.year)
        self.previous = before
        self.row = whole
        if same_rows:
            self._restrict(evaluation, row)
        self.base = self._evaluated(self.table)
        self._seen: dict[tuple[str, float], str | None] = {}
        self.tick: Callable[[], None] = lambda: None

    def _restrict(self, evaluation: Evaluation, row: int) -> None:
        """Keep only whom the row is ranked with, where that makes no difference."""
        mine = evaluation.track == evaluation.track[row]
        for members in (mine & (evaluation.group == evaluation.group[row]), mine):
            rows = np.flatnonzero(members)
            if len(rows) == self.table.size:
                return
            part = self.table.take(rows)
            at = int(np.searchsorted(rows, row))
            try:
                result = evaluate(self.policy, part, self.previous, inputs=self.decisions)
            except UserError:
                continue
            whole = (evaluation.composite[rows], evaluation.grade[rows].tolist())
            if (
                np.array_equal(result.composite, whole[0], equal_nan=True)
                and result.grade.tolist() == whole[1]
            ):
                self.table, self.row = part, at
                return

    def _evaluated(self, table: Dataset) -> Evaluation:
        return evaluate(self.policy, table, self.previous, inputs=self.decisions)

    def changes(self, item: Indicator, wanted: list[str], *, better: bool) -> list[Change]:
        """Return, per amount of an indicator, the smallest change into a wanted class.

        Ways up are those that improve the indicator, ways down those that worsen it.
        """
        if not wanted:
            return []
        found = []
        formula = _formula(self.base, item)
        for name in amounts(formula, self.table, self.row):
            for sign in (1, -1):
                if self._moves(item, name, sign) is not better:
                    continue
                if better and sign < 0 and name in _NOT_LESS:
                    continue
                smallest = self._smallest(name, sign, wanted)
                if smallest is not None:
                    found.append(self._change(item, name, smallest))
        return found

    def _moves(self, item: Indicator, name: str, sign: int) -> bool | None:
        """Tell whether a change of that sign improves the indicator; None: it does nothing."""
        amount = self._amount(name) + sign * self._scale(name) * _FIRST
        after = derive(self._with(name, amount).take(np.array([self.row])), FIELDS).dataset
        value = float(evaluate_number(parse(_formula(self.base, item)), after)[0])
        now = float(self.base.values[item.key][self.row])
        if np.isnan(value) or np.isnan(now) or value == now:
            return None
        return (value > now) is (item.direction == "benefit")

    def _amount(self, name: str) -> float:
        table = derive(self.table, [name]).dataset
        return float(table.number(name)[self.row])

    def _scale(self, name: str) -> float:
        """Return the present amount, or what is usual where that is nothing."""
        column = np.abs(derive(self.table, [name]).dataset.number(name))
        usual = float(np.nanmedian(column)) if not np.isnan(column).all() else 0.0
        own = abs(self._amount(name))
        return own if own > 0 else usual if usual > 0 else 1.0

    def _with(self, name: str, amount: float) -> Dataset:
        column: Column = np.full(self.table.size, np.nan)
        if self.table.has(name):
            column = self.table.number(name).copy()
        column[self.row] = amount
        return self.table.with_columns({name: column})

    def _grade(self, name: str, difference: float) -> str | None:
        key = (name, difference)
        if key not in self._seen:
            self.tick()
            table = self._with(name, self._amount(name) + difference)
            grade = self._evaluated(table).grade[self.row]
            self._seen[key] = None if grade is None else str(grade)
        return self._seen[key]

    def _smallest(self, name: str, sign: int, wanted: list[str]) -> float | None:
        """Return the smallest change of one sign into a wanted class, or None.

        The smallest is taken among doubling steps, then by halving the last one.
        """
        scale, own = self._scale(name), self._amount(name)
        lowest = FIELDS[name].minimum
        if lowest is None and own > 0 and name not in _MAY_BE_NEGATIVE:
            lowest = 0.0
        low, step = 0.0, scale * _FIRST
        limit = LARGEST * scale
        if sign < 0 and lowest is not None:
            limit = max(0.0, (own - lowest) * (1 - 1e-6))
        while low < limit:
            step = min(step, limit)
            if self._grade(name, sign * step) in wanted:
                exact = self._halved(lambda x: self._grade(name, sign * x) in wanted, low, step)
                shown = rounded_away(sign * exact)
                enough = abs(shown) <= limit and self._grade(name, shown) in wanted
                return shown if enough else sign * exact
            low, step = step, step * 2
        return None

    def _halved(self, reaches: Callable[[float], bool], low: float, high: float) -> float:
        while high - low > TOLERANCE * high:
            middle = (low + high) / 2
            if reaches(middle):
                high = middle
            else:
                low = middle
        return high

    def _change(self, item: Indicator, name: str, difference: float) -> Change:
        own = self._amount(name)
        after = self._evaluated(self._with(name, own + difference))
        field = FIELDS[name]
        return Change(
            indicator=item.key,
            label=item.shown_label,
            unit=item.shown_unit,
            is_share=item.is_share,
            value=_plain(self.base.values[item.key][self.row]),
            value_after=_plain(after.values[item.key][self.row]),
            field=name,
            field_label=field.label,
            field_unit=field.unit,
            amount=own,
            amount_after=own + difference,
            grade_after=str(after.grade[self.row]),
        )


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _formula(evaluation: Evaluation, item: Indicator) -> str:
    for info in evaluation.indicators:
        if info.key == item.key and info.formula:
            return info.formula
    return item.formula or item.key


def amounts(formula: str, table: Dataset, row: int) -> list[str]:
    """Return the amounts whose change makes sense for a formula: known, and no quotients."""
    found: dict[str, None] = {}

    def look(expression: Expression) -> None:
        for name in expression.fields:
            field = FIELDS.get(name)
            if field is None or not field.is_number or field.kind == "flag":
                continue
            inner = parse(field.formula) if field.is_derived else None
            if inner is not None and "/" in field.formula and inner.fields:
                parts = [derive(table, [n]).dataset.number(n)[row] for n in inner.fields]
                if not np.isnan(parts).all():
                    look(inner)
                    continue
            value = evaluate_number(parse(name), derive(table, [name]).dataset)[row]
            if not np.isnan(value):
                found[name] = None

    look(parse(formula))
    return list(found)
