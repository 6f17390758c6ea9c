"""Give classes to a ranked track: the kind of grading, who competes, adjustments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from zoneeval.engine.adjusting import Adjusting, counted_classes
from zoneeval.engine.grading import (
    Grades,
    Held,
    among,
    grade_by_shares,
    grade_in_two_stages,
)
from zoneeval.engine.kernel import Ranking
from zoneeval.engine.lines import grade_by_limits, grade_by_thresholds
from zoneeval.expressions import evaluate_number, evaluate_truth, parse
from zoneeval.expressions.parsing import SCORE
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.policy.findings import COMPOSITE
from zoneeval.policy.schema import Limits, Policy, RankOnly, Shares, Thresholds, Track, TwoStage


@dataclass(frozen=True)
class Terms:
    """What a track's classes depend on besides its own data.

    ``ungraded`` marks the rows that are ranked without getting a class; ``exempt``
    counts, by group name, the exempt enterprises that would be in this track.
    """

    policy: Policy
    ungraded: BoolArray
    exempt: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Classes:
    """Classes before and after adjusting, and what is to be said about them."""

    grades: Grades
    grade: TextArray
    remarks: dict[int, list[str]] = field(default_factory=dict)
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def scored_table(table: Dataset, total: FloatArray, scores: Mapping[str, FloatArray]) -> Dataset:
    """Return the table with the composite score and points, for formulas of grading."""
    points = {SCORE + key: column for key, column in scores.items()}
    return table.with_columns({COMPOSITE: total, **points})


def give_classes(
    track: Track,
    table: Dataset,
    ranking: Ranking,
    key: FloatArray,
    codes: IntArray,
    groups: list[str],
    terms: Terms | None,
) -> Classes:
    """Give every row its class; ``table`` is a :func:`scored_table`.

    ``key`` is what the ranking went by.  Without ``terms`` everybody competes and
    nothing is adjusted.
    """
    if terms is None:
        grades = _graded(track, table, ranking, key, Held())
        return Classes(grades, grades.grade, warnings=grades.warnings)
    exempt = {g: terms.exempt[name] for g, name in enumerate(groups) if name in terms.exempt}
    competing = ~terms.ungraded
    grades = _graded(track, table, among(ranking, competing), key, Held(exempt=exempt))
    adjusting = Adjusting.of(terms.policy, track, table, competing)
    if adjusting.rules:
        fixed, inside = adjusting.direct()
        direct = np.array([letter is not None for letter in fixed], dtype=bool)
        if direct.any():
            held = Held(counted_classes(fixed, inside, codes.tolist()), exempt)
            rest = _graded(track, table, among(ranking, competing & ~direct), key, held)
            grades = _joined(grades, rest, direct)
    grade, remarks = adjusting.finish(grades.grade)
    warnings = [*grades.warnings, *adjusting.warnings]
    return Classes(grades, grade, remarks, adjusting.assumptions, warnings)


def _joined(alone: Grades, rest: Grades, direct: BoolArray) -> Grades:
    """Return the classes of the others, and for those put aside what they would have got."""
    return replace(
        rest,
        grade=np.where(direct, alone.grade, rest.grade),
        gate=np.where(direct, alone.gate, rest.gate),
        stage_rank=np.where(direct, alone.stage_rank, rest.stage_rank),
    )


def _graded(track: Track, table: Dataset, ranking: Ranking, key: FloatArray, held: Held) -> Grades:
    grading = track.grading
    name = track.rank_by or COMPOSITE
    if isinstance(grading, Shares):
        return grade_by_shares(ranking, key, grading, held, name)
    if isinstance(grading, Limits):
        return grade_by_limits(ranking, key, grading, held, name)
    if isinstance(grading, TwoStage):
        keys = {s.order_by: evaluate_number(parse(s.order_by), table) for s in grading.selections}
        return grade_in_two_stages(ranking, keys, grading, table.size, held)
    if isinstance(grading, Thresholds):
        conditions = [evaluate_truth(parse(line.when), table) for line in grading.lines]
        grades = grade_by_thresholds(ranking, conditions, grading, table.size)
        for line, truth in zip(grading.lines, conditions, strict=True):
            unknown = int(np.isnan(truth[ranking.order]).sum())
            if unknown:
                grades.warnings.append(
                    f"{unknown} 家缺数据，不能判断是否达到 {line.grade} 类的条件，按未达到处理。"
                )
        return grades
    assert isinstance(grading, RankOnly)
    return Grades.empty(table.size)
