"""Evaluate one track: indicators, benchmarks, scores, bonus, rank, class."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zoneeval.engine.benchmarks import (
    Everyone,
    Population,
    benchmark_of,
    formula_of,
    group_codes,
)
from zoneeval.engine.bonus import bonus_and_penalty
from zoneeval.engine.classes import Terms, give_classes, scored_table
from zoneeval.engine.grading import Grades
from zoneeval.engine.groups import group_names
from zoneeval.engine.kernel import Ranking, composite, rank_in_groups
from zoneeval.engine.missing import fill, reweigh
from zoneeval.engine.scoring import Members, score_indicator, scored_values
from zoneeval.expressions import evaluate_number, parse
from zoneeval.model.arrays import BoolArray, FloatArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import label_of
from zoneeval.policy.schema import Indicator, Track
from zoneeval.rounding import round_half_up


@dataclass
class TrackResult:
    """Results over the rows of one track; ``indicators`` maps key → kind → column.

    ``grades`` are the classes before adjusting, ``grade`` those after.  ``remarks`` says,
    by row, what data an evaluated enterprise lacks and how its class was adjusted.
    """

    group: list[str]
    group_sizes: list[tuple[str, int]]
    ranking: Ranking
    grades: Grades
    grade: TextArray
    composite: FloatArray
    bonus: FloatArray
    penalty: FloatArray
    indicators: dict[str, dict[str, FloatArray]] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def evaluate_track(
    track: Track,
    table: Dataset,
    previous: Dataset | None,
    everyone: Everyone | None = None,
    terms: Terms | None = None,
) -> TrackResult:
    """Score, rank and grade ``table``, whose rows all belong to ``track``.

    ``everyone`` are the enterprises of all tracks, for benchmarks that rest on them;
    ``terms`` say who gets a class and what changes it.

    Rows must come in their canonical order: it decides between full equals.
    """
    assumptions: list[str] = []
    warnings: list[str] = []
    names = group_names(track, table, table)
    codes, groups = group_codes(names)
    current = Population(table, codes, len(groups), "本年度数据")
    before = _previous_population(track, table, previous, groups)
    columns: dict[str, dict[str, FloatArray]] = {}
    formulas: dict[str, str] = {}
    remarks: dict[int, list[str]] = {}
    lacking: dict[str, BoolArray] = {}
    for indicator in track.indicators:
        formula = formulas[indicator.key] = formula_of(indicator, table, previous)
        if indicator.first_available:
            assumptions.append(f"“{indicator.shown_label}”按“{label_of(formula)}”计算。")
        values = evaluate_number(parse(formula), table)
        scored = scored_values(indicator, values)
        marks = benchmark_of(indicator, formula, current, before, assumptions, everyone)
        if indicator.benchmark.kind != "none":
            warnings.extend(_unusable(indicator, marks, groups))
        points, marks = score_indicator(indicator, scored, Members(codes, len(groups)), marks)
        lost = lacking[indicator.key] = np.isnan(points)
        if lost.any():
            how = fill(indicator, points, lost)
            rows = np.flatnonzero(np.isnan(scored)).tolist()
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
    scores = [column["scores"] for column in columns.values()]
    weights = [column["weights"] for column in columns.values()]
    reweigh(track.indicators, scores, weights, list(lacking.values()))
    score = composite(scores) if scores else np.full(table.size, np.nan)
    bonus, penalty = bonus_and_penalty(track, table, score, assumptions)
    total = score + bonus - penalty
    if track.decimals is not None:
        total = round_half_up(total, track.decimals)
    full = scored_table(table, total, dict(zip(columns, scores, strict=True)))
    key, places = total, track.decimals
    if track.rank_by:
        key, places = evaluate_number(parse(track.rank_by), full), None
    signed = key if track.rank_order == "descending" else -key
    ranking = rank_in_groups(signed, codes, len(groups), scores, places)
    given = give_classes(track, full, ranking, key, codes, groups, terms)
    assumptions.extend(given.assumptions)
    warnings.extend(given.warnings)
    for row, said in given.remarks.items():
        remarks.setdefault(row, []).extend(said)
    sizes = np.bincount(codes, minlength=len(groups))
    return TrackResult(
        group=names,
        group_sizes=[(name, int(size)) for name, size in zip(groups, sizes, strict=True)],
        ranking=ranking,
        grades=given.grades,
        grade=given.grade,
        composite=total,
        bonus=bonus,
        penalty=penalty,
        indicators=columns,
        formulas=formulas,
        remarks=remarks,
        assumptions=assumptions,
        warnings=warnings,
    )


def _unusable(indicator: Indicator, marks: FloatArray, groups: list[str]) -> list[str]:
    """Return a warning for every group whose benchmark cannot be divided by."""
    return [
        f"“{groups[at]}”的“{indicator.shown_label}”基准值"
        f"{'无法算出' if np.isnan(marks[at]) else '不大于 0'}，该项按缺数据处理。"
        for at in np.flatnonzero(~(marks > 0))
    ]


def blocked(track: Track, table: Dataset, previous: Dataset | None) -> dict[int, list[str]]:
    """Return, by row, the indicators without which the policy does not evaluate anybody."""
    found: dict[int, list[str]] = {}
    for indicator in track.indicators:
        if indicator.missing == "block":
            formula = formula_of(indicator, table, previous)
            values = scored_values(indicator, evaluate_number(parse(formula), table))
            for row in np.flatnonzero(np.isnan(values)):
                found.setdefault(int(row), []).append(indicator.shown_label)
    return found


def has_data(track: Track, table: Dataset, previous: Dataset | None) -> BoolArray:
    """Tell, per row, whether any indicator of the track (or what it ranks by) has a value."""
    if track.rank_by:
        return ~np.isnan(evaluate_number(parse(track.rank_by), table))
    known = np.zeros(table.size, dtype=bool)
    for indicator in track.indicators:
        known |= ~np.isnan(evaluate_number(parse(formula_of(indicator, table, previous)), table))
    return known


def _previous_population(
    track: Track, table: Dataset, previous: Dataset | None, groups: list[str]
) -> Population | None:
    """Give last year's enterprises the codes of this year's groups of the same name.

    Those of other groups get one code more: they count only for the whole track.
    """
    if previous is None:
        return None
    code_of = {name: code for code, name in enumerate(groups)}
    names = group_names(track, previous, table)
    codes = np.array([code_of.get(name, len(groups)) for name in names], dtype=np.int64)
    return Population(previous, codes, len(groups) + 1, "上一年度数据")
