"""One rule three ways: the engine's kernel, polars, and a plain Python loop.

The rule: benchmark = mean of the group; points = weight × min(value ÷ benchmark, cap);
a missing value gives 0; the sum is rounded half-up to 4 decimals; rank in the group,
equals share a place; classes by cumulative shares 20 / 60 / 95 / 100, equals of the
last one taken come in too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from zoneeval.engine.grading import grade_by_shares
from zoneeval.engine.kernel import (
    ScoreRule,
    composite,
    group_means,
    group_sizes,
    rank_in_groups,
    score,
)
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.policy.schema import Band, Shares
from zoneeval.rounding import half_up, quota, round_half_up

WEIGHTS = (30.0, 20.0, 15.0, 10.0, 10.0, 5.0, 5.0, 5.0)
CAP = 1.5
SHARES = (("A", 0.20), ("B", 0.60), ("C", 0.95), ("D", 1.0))
DECIMALS = 4


@dataclass(frozen=True)
class Enterprises:
    """Values per indicator (NaN is missing) and the group of each enterprise."""

    values: list[FloatArray]
    codes: IntArray
    groups: int


@dataclass(frozen=True)
class Outcome:
    """Composite, rank and class letter per enterprise."""

    composite: FloatArray
    rank: npt.NDArray[Any]
    grade: list[str]

    def assert_equal(self, other: Outcome) -> None:
        """Fail unless both ways came to the same scores, ranks and classes."""
        np.testing.assert_array_equal(self.composite, other.composite)
        np.testing.assert_array_equal(self.rank, other.rank)
        assert self.grade == other.grade


def enterprises(size: int, groups: int = 40, seed: int = 20180514) -> Enterprises:
    """Return skewed random values with 2 % missing, groups of unequal size."""
    random = np.random.default_rng(seed)
    codes = random.choice(groups, size, p=random.dirichlet(np.full(groups, 8.0)))
    values = [random.lognormal(2.0, 0.8, size) for _ in WEIGHTS]
    for column in values:
        column[random.random(size) < 0.02] = np.nan
    return Enterprises(values, codes.astype(np.int64), groups)


def with_kernel(data: Enterprises) -> Callable[[], Any]:
    """Return the rule as the engine works it out."""
    bands = tuple(Band(grade=letter, up_to=share) for letter, share in SHARES)
    rule = Shares(kind="shares", bands=bands, ties="include")

    def run() -> Any:
        sizes = group_sizes(data.codes, data.groups)
        scores = []
        for weight, values in zip(WEIGHTS, data.values, strict=True):
            marks = group_means(values, data.codes, data.groups, sizes)
            scores.append(score(values, data.codes, ScoreRule(weight, marks, cap=CAP), 0.0))
        total = round_half_up(composite(scores), DECIMALS)
        ranking = rank_in_groups(total, data.codes, data.groups, decimals=DECIMALS)
        return total, ranking.rank, grade_by_shares(ranking, total, rule).grade

    return run


def polars_frame(data: Enterprises) -> pl.DataFrame:
    """Return the data as polars holds it best: missing as null."""
    columns = {f"v{i}": pl.Series(v).fill_nan(None) for i, v in enumerate(data.values)}
    return pl.DataFrame({"group": data.codes.astype(np.uint32), **columns})


def with_polars(frame: pl.DataFrame) -> Callable[[], Any]:
    """Return the rule as one lazy polars query, which may use every processor."""
    points = [
        (pl.col(f"v{i}") / pl.col(f"v{i}").mean().over("group")).clip(upper_bound=CAP).fill_null(0)
        * weight
        for i, weight in enumerate(WEIGHTS)
    ]
    total = points[0]
    for item in points[1:]:
        total = total + item
    rank = pl.col("composite").rank("min", descending=True).over("group")
    size = pl.len().over("group")
    grade = pl.lit(SHARES[-1][0])
    for letter, share in reversed(SHARES[:-1]):
        cut = (size * share + 0.5 + 1e-9).floor()
        grade = pl.when(pl.col("rank") <= cut).then(pl.lit(letter)).otherwise(grade)
    query = (
        frame.lazy()
        .with_columns(total.round(DECIMALS, mode="half_away_from_zero").alias("composite"))
        .with_columns(rank.alias("rank"))
        .with_columns(grade.alias("grade"))
        .select("composite", "rank", "grade")
    )

    def run() -> Any:
        return query.collect()

    return run


def with_loop(data: Enterprises) -> Callable[[], Any]:
    """Return the rule as one would write it first, without any library."""
    rows = list(zip(*(column.tolist() for column in data.values), strict=True))
    codes = data.codes.tolist()

    def run() -> Any:
        sums = [[0.0] * len(WEIGHTS) for _ in range(data.groups)]
        counts = [[0] * len(WEIGHTS) for _ in range(data.groups)]
        for row, code in zip(rows, codes, strict=True):
            for i, value in enumerate(row):
                if value == value:
                    sums[code][i] += value
                    counts[code][i] += 1
        marks = [
            [s / n for s, n in zip(sums[g], counts[g], strict=True)] for g in range(data.groups)
        ]
        total = []
        members: list[list[int]] = [[] for _ in range(data.groups)]
        for at, (row, code) in enumerate(zip(rows, codes, strict=True)):
            points = 0.0
            for i, value in enumerate(row):
                if value == value:
                    points += min(value / marks[code][i], CAP) * WEIGHTS[i]
            total.append(half_up(points, DECIMALS))
            members[code].append(at)
        rank, grade = [0] * len(rows), [""] * len(rows)
        for mine in members:
            mine.sort(key=lambda at: -total[at])
            ends = [quota(len(mine), share) for _, share in SHARES]
            shared = 0
            for place, at in enumerate(mine, start=1):
                if place == 1 or total[at] != total[mine[place - 2]]:
                    shared = place
                rank[at] = shared
                grade[at] = next(
                    letter for (letter, _), end in zip(SHARES, ends, strict=True) if shared <= end
                )
        return total, rank, grade

    return run


def outcome(result: Any) -> Outcome:
    """Return any way's result in one shape."""
    if isinstance(result, pl.DataFrame):
        return Outcome(
            result["composite"].to_numpy(), result["rank"].to_numpy(), result["grade"].to_list()
        )
    total, rank, grade = result
    return Outcome(np.asarray(total), np.asarray(rank), list(grade))
