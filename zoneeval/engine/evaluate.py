"""Evaluate a dataset under a policy: the engine's rule kinds in their order.

The result does not depend on the order of rows: they are put into an order of their
own first (by credit code), and the results are given back in the order they came.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from zoneeval.engine.benchmarks import Everyone
from zoneeval.engine.classes import Terms
from zoneeval.engine.derive import derive
from zoneeval.engine.groups import exempt_by_group, group_label, with_groups
from zoneeval.engine.merging import evaluate_merged
from zoneeval.engine.participation import Taking, take_part
from zoneeval.engine.track import TrackResult, blocked, evaluate_track, has_data
from zoneeval.expressions import parse
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, GroupSummary, IndicatorInfo, Participation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.policy.adjustment_schema import GROUPINGS
from zoneeval.policy.class_wording import formula_words
from zoneeval.policy.grading_schema import formulas_of
from zoneeval.policy.resolve import has_dated, resolved
from zoneeval.policy.schema import Policy, Track
from zoneeval.progress import Progress, silent

NO_INPUTS = EvaluationInputs()

ENGINE_VERSION = "2"
"""Raised whenever a change makes any result differ; stored with every run."""


def evaluate(
    policy: Policy,
    dataset: Dataset,
    previous: Dataset | None = None,
    *,
    inputs: EvaluationInputs = NO_INPUTS,
    progress: Progress = silent,
) -> Evaluation:
    """Return a class for every enterprise of ``dataset``, or the reason why none.

    ``previous`` is the year before, for benchmarks that rest on it; ``inputs`` is what
    the office decided by hand about enterprises of ``dataset``.

    Raises:
        InputError: a benchmark needs a previous year that was not given.
    """
    if inputs.merges:
        return evaluate_merged(
            lambda now, before, rest: evaluate(policy, now, before, inputs=rest, progress=progress),
            dataset,
            previous,
            inputs,
        )
    assumptions: list[str] = []
    if dataset.year is None and has_dated(policy):
        assumptions.append(f"没有指明年度，按年度给出的数值取 {policy.year} 年的。")
    policy = resolved(policy, dataset.year)
    if dataset.year is None and _uses_year(policy):
        dataset = Dataset(dataset.columns, policy.year)
        assumptions.append(f"没有指明年度，企业年限按 {policy.year} 年 12 月 31 日计算。")
    if previous is not None and previous.year is None and dataset.year is not None:
        previous = Dataset(previous.columns, dataset.year - 1)
    progress(0, 3, "正在计算指标")
    keys = _needed(policy)
    derived = derive(dataset, keys)
    order = derived.dataset.order
    table = with_groups(policy, derived.dataset.take(order))
    before = with_groups(policy, derive(previous, keys).dataset) if previous is not None else None
    if before is not None:
        before = before.take(before.order)
    progress(1, 3, "正在判断参评范围")
    taking = take_part(policy, table, inputs.decisions)
    assumptions.extend(taking.assumptions)
    before_taking = take_part(policy, before) if before is not None else None
    progress(2, 3, "正在计分和分类")
    results = _Results(policy, table.size)
    warnings = [*policy_warnings(policy, dataset.year), *derived.warnings]
    tracks: list[tuple[Track, IntArray, Dataset | None]] = []
    for track in policy.tracks:
        mine = _members(taking, track.id)
        absent = [group_label(name) for name in track.group_by if not table.has(name)]
        if absent and len(mine):
            assumptions.append(f"表中没有“{'、'.join(absent)}”，全部企业作为一组排名。")
        mine = _without_group(track.group_by, table, mine, taking)
        past = None
        if before is not None and before_taking is not None:
            past = before.take(_members(before_taking, track.id))
        mine = _with_data(track, table, past, mine, taking)
        if len(mine):
            tracks.append((track, mine, past))
    everyone = _everyone(policy, table, [mine for _, mine, _ in tracks], before, before_taking)
    for track, mine, past in tracks:
        ungraded = np.asarray(taking.participation[mine] == Participation.UNGRADED)
        terms = Terms(policy, ungraded, exempt_by_group(track, table, taking))
        result = evaluate_track(track, table.take(mine), past, everyone, terms)
        results.put(track.id, mine, result)
        for row, remarks in result.remarks.items():
            taking.reasons[mine[row]].extend(remarks)
        assumptions.extend(result.assumptions)
        warnings.extend(result.warnings)
        warnings.extend(f"{text}。" for text in track.missing)
    progress(3, 3, "评价完成")
    made = results.finish(
        table, taking, np.argsort(order), dataset, previous, assumptions, warnings
    )
    return replace(made, inputs=inputs)


def policy_warnings(policy: Policy, year: int | None) -> list[str]:
    """Return what must be said when a policy is used for a year it was not made for."""
    first, last = policy.valid_from, policy.valid_to
    if year is None or not ((first and year < first) or (last and year > last)):
        return []
    span = f"{first or ''}—{last or ''}" if first != last else f"{first}"
    return [f"“{policy.title}”适用年度为 {span}，用于 {year} 年只作参照。"]


def participation_of(policy: Policy, dataset: Dataset) -> tuple[TextArray, list[list[str]]]:
    """Return, by row, who takes part by the policy alone, and the reasons; nothing is scored."""
    if dataset.year is None and _uses_year(policy):
        dataset = Dataset(dataset.columns, policy.year)
    table = with_groups(policy, derive(dataset, _needed(policy)).dataset)
    taking = take_part(policy, table)
    for track in policy.tracks:
        _without_group(track.group_by, table, _members(taking, track.id), taking)
    return taking.participation, taking.reasons


def _members(taking: Taking, track: str) -> IntArray:
    return np.flatnonzero(_ranked(taking.participation) & (taking.track == track))


def _ranked(participation: TextArray) -> BoolArray:
    """Tell who is scored and ranked: those evaluated, with or without a class."""
    evaluated = participation == Participation.EVALUATED
    return np.asarray(evaluated | (participation == Participation.UNGRADED))


def _asked_for(name: str) -> str:
    """Return what is wrong with a row that has no group of that kind."""
    if name in GROUPINGS:
        return f"{GROUPINGS[name]}”不明：“行业代码”为空或不在任何一组"
    return f"{label_of(name)}”为空"


def _without_group(
    group_by: tuple[str, ...],
    table: Dataset,
    rows: IntArray,
    taking: Taking,
) -> IntArray:
    """Drop rows whose group is not given; they become undecided with the reason."""
    keep = np.ones(len(rows), dtype=bool)
    for name in group_by:
        if not table.has(name):
            continue
        column = table.text(name)
        for at, row in enumerate(rows):
            if not column[row] and keep[at]:
                keep[at] = False
                taking.participation[row] = Participation.UNDECIDED
                taking.reasons[row].append(f"“{_asked_for(name)}，不能确定在哪一组排名")
    return rows[keep]


def _with_data(
    track: Track, table: Dataset, before: Dataset | None, rows: IntArray, taking: Taking
) -> IntArray:
    """Drop rows of which nothing is known; they become undecided with the reason."""
    known = has_data(track, table.take(rows), before)
    for row in rows[~known]:
        taking.participation[row] = Participation.UNDECIDED
        lacks = f"缺“{formula_words(track, track.rank_by)}”，不能排名" if track.rank_by else ""
        taking.reasons[row].append(lacks or "各项指标都没有数据")
    for row, labels in blocked(track, table.take(rows), before).items():
        if known[row]:
            known[row] = False
            taking.participation[rows[row]] = Participation.UNDECIDED
            taking.reasons[rows[row]].append(f"“{'、'.join(labels)}”缺数据，按办法不能评价")
    return rows[known]


def _everyone(
    policy: Policy,
    table: Dataset,
    members: list[IntArray],
    before: Dataset | None,
    before_taking: Taking | None,
) -> Everyone | None:
    """Return the enterprises of all tracks where a benchmark rests on them."""
    wanted = any(i.benchmark.population == "all" for t in policy.tracks for i in t.indicators)
    if not wanted or not members:
        return None
    past = None
    if before is not None and before_taking is not None:
        past = before.take(np.flatnonzero(_ranked(before_taking.participation)))
    return Everyone(table.take(np.sort(np.concatenate(members))), past)


def _needed(policy: Policy) -> list[str]:
    names: dict[str, None] = {}
    formulas = [condition.when for condition in policy.eligibility]
    for track in policy.tracks:
        formulas += [track.when] if track.when else []
        formulas += [formula for bonus in track.bonus for formula in bonus.formulas]
        for indicator in track.indicators:
            formulas += [indicator.formula] if indicator.formula else []
            names.update(dict.fromkeys(indicator.first_available))
            names[indicator.key] = None
    formulas += _of_classes(policy)
    for formula in formulas:
        names.update(dict.fromkeys(parse(formula).fields))
    return [name for name in names if name in FIELDS]


def _of_classes(policy: Policy) -> list[str]:
    """Return the formulas that ranking, classes and adjustments rest on."""
    formulas = [rule.when for rule in policy.adjustments]
    for track in policy.tracks:
        formulas += [track.rank_by] if track.rank_by else []
        formulas += formulas_of(track.grading)
    return formulas


def _uses_year(policy: Policy) -> bool:
    formulas = [condition.when for condition in policy.eligibility]
    for track in policy.tracks:
        formulas += [track.when] if track.when else []
        formulas += [formula for bonus in track.bonus for formula in bonus.formulas]
        formulas += [item.formula for item in track.indicators if item.formula]
    formulas += _of_classes(policy)
    return any(parse(formula).uses_year for formula in formulas)


@dataclass
class _Results:
    """Collects the tracks' results into arrays over all rows."""

    policy: Policy
    size: int
    floats: dict[str, FloatArray] = field(default_factory=dict)
    per_indicator: dict[str, dict[str, FloatArray]] = field(default_factory=dict)
    infos: dict[str, IndicatorInfo] = field(default_factory=dict)
    group: TextArray = field(init=False)
    gate: TextArray = field(init=False)
    computed: TextArray = field(init=False)
    grade: TextArray = field(init=False)
    groups: list[GroupSummary] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group = np.full(self.size, None, dtype=object)
        self.gate = np.full(self.size, None, dtype=object)
        self.computed = np.full(self.size, None, dtype=object)
        self.grade = np.full(self.size, None, dtype=object)
        for name in ("bonus", "penalty", "composite", "rank", "position", "stage_rank"):
            self.floats[name] = np.full(self.size, np.nan)
        for track in self.policy.tracks:
            for item in track.indicators:
                self.infos.setdefault(
                    item.key,
                    IndicatorInfo(item.key, item.shown_label, item.shown_unit, item.is_share),
                )
        for kind in ("values", "scores", "benchmarks", "weights"):
            self.per_indicator[kind] = {key: np.full(self.size, np.nan) for key in self.infos}

    def put(
        self,
        track: str,
        rows: IntArray,
        result: TrackResult,
    ) -> None:
        self.group[rows] = np.array([*result.group, None], dtype=object)[:-1]
        self.gate[rows] = result.grades.gate
        self.computed[rows] = result.grades.grade
        self.grade[rows] = result.grade
        self.floats["stage_rank"][rows] = result.grades.stage_rank
        self.floats["bonus"][rows] = result.bonus
        self.floats["penalty"][rows] = result.penalty
        self.floats["composite"][rows] = result.composite
        self.floats["rank"][rows] = result.ranking.rank
        self.floats["position"][rows] = result.ranking.position
        for key, columns in result.indicators.items():
            self.infos[key] = replace(self.infos[key], formula=result.formulas[key])
            for kind, column in columns.items():
                self.per_indicator[kind][key][rows] = column
        self.groups.extend(
            GroupSummary(track, name, size, result.grades.quotas.get(code, ()))
            for code, (name, size) in enumerate(result.group_sizes)
        )

    def finish(
        self,
        table: Dataset,
        taking: Taking,
        back: IntArray,
        dataset: Dataset,
        previous: Dataset | None,
        assumptions: list[str],
        warnings: list[str],
    ) -> Evaluation:
        outside = ~_ranked(taking.participation)
        computed = np.where(outside, taking.grade, self.computed)
        grade = np.where(outside, taking.grade, self.grade)
        reasons = [tuple(reason) for reason in taking.reasons]
        return Evaluation(
            policy_id=self.policy.id,
            policy_fingerprint=self.policy.fingerprint,
            dataset_fingerprint=dataset.fingerprint,
            previous_fingerprint=previous.fingerprint if previous is not None else None,
            year=dataset.year,
            indicators=tuple(self.infos.values()),
            uscc=table.text("uscc")[back],
            name=table.text("name")[back],
            zone=table.text("zone")[back],
            track=np.where(outside, np.array(None, dtype=object), taking.track)[back],
            group=self.group[back],
            participation=taking.participation[back],
            reasons=tuple(reasons[row] for row in back),
            values={k: v[back] for k, v in self.per_indicator["values"].items()},
            scores={k: v[back] for k, v in self.per_indicator["scores"].items()},
            benchmarks={k: v[back] for k, v in self.per_indicator["benchmarks"].items()},
            weights={k: v[back] for k, v in self.per_indicator["weights"].items()},
            bonus=self.floats["bonus"][back],
            penalty=self.floats["penalty"][back],
            composite=self.floats["composite"][back],
            rank=self.floats["rank"][back],
            position=self.floats["position"][back],
            gate=self.gate[back],
            stage_rank=self.floats["stage_rank"][back],
            computed_grade=computed[back],
            grade=grade[back],
            groups=tuple(self.groups),
            assumptions=tuple(dict.fromkeys(assumptions)),
            warnings=tuple(dict.fromkeys(warnings)),
        )
