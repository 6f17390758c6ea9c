"""Evaluate one track: indicators, benchmarks, scores, bonus, rank, class."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zoneeval.engine.benchmarks import Population, benchmark_of, formula_of, group_codes
from zoneeval.engine.grading import Grades, grade_by_shares, grade_in_two_stages
from zoneeval.engine.kernel import Ranking, ScoreRule, composite, rank_in_groups, score
from zoneeval.engine.participation import absent_fields
from zoneeval.expressions import evaluate_number, evaluate_truth, parse
from zoneeval.model.arrays import BoolArray, FloatArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import label_of
from zoneeval.policy.schema import Bonus, Shares, Track, TwoStage
from zoneeval.rounding import round_half_up

WHOLE = "全部"
"""Name of the group where a track ranks everybody together."""


@dataclass
class TrackResult:
    """Results over the rows of one track; ``indicators`` maps key → kind → column.

    ``remarks`` says, by row, what data an evaluated enterprise lacks.
    """

    group: list[str]
    group_sizes: list[tuple[str, int]]
    ranking: Ranking
    grades: Grades
    composite: FloatArray
    bonus: FloatArray
    penalty: FloatArray
    indicators: dict[str, dict[str, FloatArray]] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def evaluate_track(track: Track, table: Dataset, previous: Dataset | None) -> TrackResult:
    """Score, rank and grade ``table``, whose rows all belong to ``track``.

    Rows must come in their canonical order: it decides between full equals.
    """
    assumptions: list[str] = []
    warnings: list[str] = []
    names = _group_names(track, table, table)
    codes, groups = group_codes(names)
    current = Population(table, codes, len(groups), "本年度数据")
    before = _previous_population(track, table, previous, groups)
    columns: dict[str, dict[str, FloatArray]] = {}
    formulas: dict[str, str] = {}
    remarks: dict[int, list[str]] = {}
    for indicator in track.indicators:
        formula = formulas[indicator.key] = formula_of(indicator, table, previous)
        if indicator.first_available:
            assumptions.append(f"“{indicator.shown_label}”按“{label_of(formula)}”计算。")
        values = evaluate_number(parse(formula), table)
        marks = benchmark_of(indicator, formula, current, before, assumptions)
        for at in np.flatnonzero(~(marks > 0)):
            warnings.append(
                f"“{groups[at]}”的“{indicator.shown_label}”基准值"
                f"{'无法算出' if np.isnan(marks[at]) else '不大于 0'}，该项按缺数据处理。"
            )
        rule = ScoreRule(
            indicator.weight,
            marks,
            indicator.cap,
            indicator.floor,
            cost=indicator.direction == "cost",
        )
        points = score(values, codes, rule)
        lacking = np.isnan(points)
        if lacking.any():
            filled, how = 0.0, "计 0 分"
            if indicator.missing == "average_score" and not lacking.all():
                filled, how = float(points[~lacking].mean()), "取该项得分的平均"
            points[lacking] = filled
            rows = np.flatnonzero(np.isnan(values)).tolist()
            if rows:
                warnings.append(f"“{indicator.shown_label}”缺数据 {len(rows)} 家，{how}。")
            for row in rows:
                words = f"“{indicator.shown_label}”缺数据，{how}"
                remarks.setdefault(row, []).append(words)
        columns[indicator.key] = {
            "values": values,
            "benchmarks": marks[codes],
            "scores": points,
            "weights": np.full(table.size, indicator.weight),
        }
    bonus, penalty = _bonus(track.bonus, table, assumptions)
    total = composite([column["scores"] for column in columns.values()]) + bonus - penalty
    if track.decimals is not None:
        total = round_half_up(total, track.decimals)
    ties = [column["scores"] for column in columns.values()]
    ranking = rank_in_groups(total, codes, len(groups), ties, track.decimals)
    grades = _grade(track, table, ranking, total)
    warnings.extend(grades.warnings)
    sizes = np.bincount(codes, minlength=len(groups))
    return TrackResult(
        group=names,
        group_sizes=[(name, int(size)) for name, size in zip(groups, sizes, strict=True)],
        ranking=ranking,
        grades=grades,
        composite=total,
        bonus=bonus,
        penalty=penalty,
        indicators=columns,
        formulas=formulas,
        remarks=remarks,
        assumptions=assumptions,
        warnings=warnings,
    )


def has_data(track: Track, table: Dataset, previous: Dataset | None) -> BoolArray:
    """Tell, per row, whether any indicator of the track has a value."""
    known = np.zeros(table.size, dtype=bool)
    for indicator in track.indicators:
        known |= ~np.isnan(evaluate_number(parse(formula_of(indicator, table, previous)), table))
    return known


def _grade(track: Track, table: Dataset, ranking: Ranking, total: FloatArray) -> Grades:
    grading = track.grading
    if isinstance(grading, Shares):
        return grade_by_shares(ranking, total, grading)
    if isinstance(grading, TwoStage):
        keys = {s.order_by: evaluate_number(parse(s.order_by), table) for s in grading.selections}
        return grade_in_two_stages(ranking, keys, grading, table.size)
    return Grades.empty(table.size)


def _group_names(track: Track, table: Dataset, like: Dataset) -> list[str]:
    """Return each row's group by those fields that ``like`` has."""
    present = [table.text(name) for name in track.group_by if like.has(name)]
    if not present:
        return [WHOLE] * table.size
    if len(present) == 1:
        return [str(part) for part in present[0].tolist()]
    return ["｜".join(str(part) for part in parts) for parts in zip(*present, strict=True)]


def _previous_population(
    track: Track, table: Dataset, previous: Dataset | None, groups: list[str]
) -> Population | None:
    """Give last year's enterprises the codes of this year's groups of the same name.

    Those of other groups get one code more: they count only for the whole track.
    """
    if previous is None:
        return None
    code_of = {name: code for code, name in enumerate(groups)}
    names = _group_names(track, previous, table)
    codes = np.array([code_of.get(name, len(groups)) for name in names], dtype=np.int64)
    return Population(previous, codes, len(groups) + 1, "上一年度数据")


def _bonus(
    items: tuple[Bonus, ...], table: Dataset, assumptions: list[str]
) -> tuple[FloatArray, FloatArray]:
    """Return bonus and penalty points per row, both positive; best of a kind only."""
    bonus, penalty = np.zeros(table.size), np.zeros(table.size)
    kinds: dict[str, FloatArray] = {}
    for item in items:
        expression = parse(item.when)
        absent = absent_fields(expression, table)
        if absent:
            what = "加分" if item.points >= 0 else "扣分"
            assumptions.append(f"表中没有“{'、'.join(absent)}”，未计“{item.label}”{what}。")
        points = np.where(evaluate_truth(expression, table) == 1, item.points, 0.0)
        if item.kind:
            held = kinds.setdefault(item.kind, np.zeros(table.size))
            np.copyto(held, points, where=np.abs(points) > np.abs(held))
        else:
            kinds[f"\0{item.id}"] = points
    for points in kinds.values():
        bonus += np.maximum(points, 0)
        penalty += np.maximum(-points, 0)
    return bonus, penalty
