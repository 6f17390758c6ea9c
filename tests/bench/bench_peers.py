"""Weighted sums over one matrix: the engine's kernel beside scikit-criteria."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.rule import WEIGHTS
from tests.bench.versus import compare
from zoneeval.engine.kernel import ScoreRule, composite, rank_in_groups, score

with warnings.catch_warnings():  # its dependencies warn of their own future
    warnings.simplefilter("ignore")
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.preprocessing.scalers import MaxAbsScaler

SIZE = 100_000


def test_weighted_sum_against_scikit_criteria(benchmark: BenchmarkFixture) -> None:
    matrix = np.random.default_rng(20180514).lognormal(2.0, 0.8, (SIZE, len(WEIGHTS)))
    columns = [np.ascontiguousarray(column) for column in matrix.T]
    codes = np.zeros(SIZE, dtype=np.int64)
    problem = skcriteria.mkdm(matrix, [max] * len(WEIGHTS), weights=list(WEIGHTS))

    def ours() -> tuple[Any, Any]:
        points = [
            score(column, codes, ScoreRule(weight, np.array([column.max()])), 0.0)
            for column, weight in zip(columns, WEIGHTS, strict=True)
        ]
        total = composite(points)
        return total, rank_in_groups(total, codes, 1).rank

    def theirs() -> tuple[Any, Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = WeightedSumModel().evaluate(MaxAbsScaler("matrix").transform(problem))
        return np.asarray(result.e_["score"]), np.asarray(result.rank_)

    (mine, ranks), (scores, their_ranks) = ours(), theirs()
    np.testing.assert_allclose(mine, scores, rtol=1e-12)
    np.testing.assert_array_equal(ranks, their_ranks)
    compare(
        benchmark,
        f"加权求和并排名，{SIZE // 10_000} 万家 × {len(WEIGHTS)} 项指标，对最大值计分",
        "scikit-criteria",
        ours,
        theirs,
        goal="大于 1",
    )
