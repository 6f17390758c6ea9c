"""Evaluate several enterprises as one: before the rules the figures, after them the class.

Rules.  Amounts (every number with a unit) are added over the lead and its members; what
none has stays missing, what only some have is their sum, and a warning names who lacks it.
是/否 counts as 是 where any of them has it.  Everything else is the lead's.  Ratios are not
added but derived again from the sums.  Land is the sum of each one's net land (registered
+ leased in − leased out + other), so land leased between them cancels; where only the
lessee declared such a lease, it is taken off once (``shared_land``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.model.arrays import FloatArray, IntArray, TextArray, text_array
from zoneeval.model.dataset import Column, Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.model.merging import GROUP_WORDS, MergedGroup, Merging

Run = Callable[[Dataset, Dataset | None, EvaluationInputs], Evaluation]
LAND = "land_area"
_DERIVED_AMOUNTS = frozenset({"emission_total", "pollutant_equivalent"})


def evaluate_merged(
    run: Run, dataset: Dataset, previous: Dataset | None, inputs: EvaluationInputs
) -> Evaluation:
    """Return the results of all enterprises, with those merged sharing their lead's class.

    ``run`` evaluates datasets without anything to merge.  The rows are those of
    :func:`recoded`; the fingerprints are of the datasets as they were given.
    """
    warnings: list[str] = []
    rows = recoded(dataset, inputs.merging)
    joined = merged(rows, inputs.merging, warnings)
    before = merged(recoded(previous, inputs.previous_merging), inputs.previous_merging, []) \
        if previous is not None else None  # fmt: skip
    codes = {s.old: s.new for s in inputs.merging.successors}
    decisions = tuple(replace(d, uscc=codes.get(d.uscc, d.uscc)) for d in inputs.decisions)
    result = run(joined, before, EvaluationInputs(decisions))
    result = _spread(result, rows, inputs.merging)
    return replace(
        result,
        dataset_fingerprint=dataset.fingerprint,
        previous_fingerprint=previous.fingerprint if previous is not None else None,
        warnings=(*result.warnings, *dict.fromkeys(warnings)),
        inputs=inputs,
    )


def recoded(dataset: Dataset, merging: Merging) -> Dataset:
    """Return a dataset with given-up codes replaced, one row per enterprise.

    Where old and new code both have a row: after a merger amounts are added; otherwise
    the new code's values stand and the old one's fill what it lacks.
    """
    steps = {s.old: s for s in merging.successors}
    codes = [str(c) if c is not None else None for c in dataset.text("uscc")]
    if not any(code in steps for code in codes if code):
        return dataset
    wanted = [steps[c].new if c in steps else c for c in codes]
    place: dict[str | None, int] = {}
    for row, (code, new) in enumerate(zip(codes, wanted, strict=True)):
        if new not in place or code == new:
            place[new] = row
    columns = _copied(dataset)
    columns["uscc"] = text_array(wanted)
    gone = np.zeros(dataset.size, dtype=bool)
    for row, code in enumerate(codes):
        target = place[wanted[row]]
        if code is None or code not in steps or target == row:
            continue
        gone[row] = True
        _lay_over(columns, target, row, add=steps[code].kind == "merger")
    table = Dataset(columns, dataset.year)
    return table.take(np.flatnonzero(~gone)) if gone.any() else table


def _lay_over(columns: Mapping[str, Column], target: int, row: int, *, add: bool) -> None:
    for key, column in columns.items():
        own, other = column[target], column[row]
        if _is_missing(own):
            column[target] = other
        elif add and _is_amount(key) and not _is_missing(other):
            column[target] = float(Decimal(repr(float(own))) + Decimal(repr(float(other))))


def merged(dataset: Dataset, merging: Merging, warnings: list[str]) -> Dataset:
    """Return the dataset as it is evaluated: leads with the sums, members left out.

    A group whose lead is not in the dataset leaves its members out all the same.
    """
    if not merging.groups:
        return dataset
    row_of = {code: row for row, code in enumerate(dataset.text("uscc")) if code}
    gone = np.zeros(dataset.size, dtype=bool)
    columns = _copied(dataset)
    net = derive(dataset, [LAND]).dataset.number(LAND)
    if not np.isnan(net).all() and LAND not in columns:
        columns[LAND] = np.full(dataset.size, np.nan)
    for group in merging.groups:
        members = [row_of[code] for code in group.members if code in row_of]
        gone[members] = True
        lead = row_of.get(group.lead)
        if lead is not None and members:
            _add_up(columns, dataset, [lead, *members], warnings)
            _add_land(columns, net, [lead, *members], group)
    return Dataset(columns, dataset.year).take(np.flatnonzero(~gone))


def _add_up(
    columns: Mapping[str, Column], dataset: Dataset, rows: list[int], warnings: list[str]
) -> None:
    lead = rows[0]
    for key, column in columns.items():
        field = FIELDS.get(key)
        if field is None or not field.is_number or key == LAND:
            continue
        held = [row for row in rows if not _is_missing(column[row])]
        if field.kind == "flag":
            column[lead] = max((float(column[row]) for row in held), default=np.nan)
        elif not _is_amount(key):
            column[lead] = np.nan
        else:
            total = sum((Decimal(repr(float(column[row]))) for row in held), Decimal(0))
            column[lead] = float(total) if held else np.nan
            lacking = [row for row in rows if row not in held]
            if held and lacking:
                names = "、".join(_who(dataset, row) for row in lacking)
                warnings.append(
                    f"合并评价 {_who(dataset, lead)}：{names}缺“{label_of(key)}”，按其余企业合计。"
                )


def _add_land(
    columns: Mapping[str, Column], net: FloatArray, rows: list[int], group: MergedGroup
) -> None:
    """Set the lead's land to the sum of net land; the parts are added up already."""
    shared = Decimal(repr(group.shared_land))
    leased_in = columns.get("land_leased_in")
    if shared and leased_in is not None and not _is_missing(leased_in[rows[0]]):
        leased_in[rows[0]] = float(Decimal(repr(float(leased_in[rows[0]]))) - shared)
    held = [row for row in rows if not np.isnan(net[row])]
    if held:
        total = sum((Decimal(repr(float(net[row]))) for row in held), Decimal(0))
        columns[LAND][rows[0]] = float(total - shared)


def _spread(result: Evaluation, rows: Dataset, merging: Merging) -> Evaluation:
    """Return the results over all rows: members share their lead's class."""
    place = {code: i for i, code in enumerate(result.uscc) if code}
    lead_of = {m: group for group in merging.groups for m in group.members}
    codes = rows.text("uscc")
    names = dict(zip(codes, rows.text("name"), strict=True))
    take: IntArray = np.zeros(rows.size, dtype=np.int64)
    member = np.zeros(rows.size, dtype=bool)
    at = 0
    for row, code in enumerate(codes):
        if code in lead_of:
            member[row] = True
        else:
            take[row] = at
            at += 1

    def floats(array: FloatArray) -> FloatArray:
        out = np.full(rows.size, np.nan)
        out[~member] = array[take[~member]]
        return out

    def texts(array: TextArray) -> TextArray:
        out = np.full(rows.size, None, dtype=object)
        out[~member] = array[take[~member]]
        return out

    grade, computed = texts(result.grade), texts(result.computed_grade)
    participation = texts(result.participation)
    reasons = [() if m else result.reasons[take[r]] for r, m in enumerate(member)]
    present = set(place) | set(codes)
    for row, code in enumerate(codes):
        group = lead_of.get(code)
        if group is not None:
            source = place.get(group.lead)
            participation[row] = Participation.EXEMPT
            lead = names.get(group.lead) or group.lead
            words = f"并入 {lead} 评价（{GROUP_WORDS[group.kind]}）"
            if source is not None:
                grade[row] = result.grade[source]
                computed[row] = result.computed_grade[source]
                words += "，类别随该企业" if grade[row] else ""
            reasons[row] = (words,)
    for group in merging.groups:
        inside = [names.get(m) or m for m in group.members if m in present]
        for row in np.flatnonzero(codes == group.lead).tolist() if inside else ():
            words = f"合并评价：含 {'、'.join(inside)}（{GROUP_WORDS[group.kind]}）"
            if group.shared_land:
                words += f"，相互租用的 {group.shared_land:g} 亩只计一次"
            reasons[row] = (*reasons[row], words)
    figures: dict[str, Any] = {
        name: {k: floats(v) for k, v in getattr(result, name).items()}
        for name in ("values", "scores", "benchmarks", "weights")
    }
    for name in ("bonus", "penalty", "composite", "rank", "position", "stage_rank"):
        figures[name] = floats(getattr(result, name))
    return replace(
        result,
        uscc=codes, name=rows.text("name"), zone=rows.text("zone"),
        track=texts(result.track), group=texts(result.group), gate=texts(result.gate),
        participation=participation, reasons=tuple(reasons),
        computed_grade=computed, grade=grade, **figures,
    )  # fmt: skip


def _copied(dataset: Dataset) -> dict[str, Column]:
    return {key: column.copy() for key, column in dataset.columns.items()}


def _is_amount(key: str) -> bool:
    field = FIELDS.get(key)
    if field is None or field.kind != "number":
        return False
    return not field.is_derived or key in _DERIVED_AMOUNTS or key == LAND


def _is_missing(value: object) -> bool:
    return value is None or value != value


def _who(dataset: Dataset, row: int) -> str:
    return str(dataset.text("name")[row] or dataset.text("uscc")[row])
