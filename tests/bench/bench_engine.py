"""The engine's kernel against the same rule in polars and in a plain loop."""

from __future__ import annotations

import polars as pl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.rule import (
    enterprises,
    outcome,
    polars_frame,
    with_kernel,
    with_loop,
    with_polars,
)
from tests.bench.versus import compare


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_kernel_against_polars(benchmark: BenchmarkFixture, size: int) -> None:
    data = enterprises(size)
    ours, theirs = with_kernel(data), with_polars(polars_frame(data))
    outcome(ours()).assert_equal(outcome(theirs()))
    compare(
        benchmark,
        f"{size // 10_000} 万家 × 8 项指标，40 组",
        f"polars（{pl.thread_pool_size()} 线程）",
        ours,
        theirs,
        goal="大于 1",
        rounds=15,
    )


def test_kernel_against_a_plain_loop(benchmark: BenchmarkFixture) -> None:
    data = enterprises(100_000)
    ours, theirs = with_kernel(data), with_loop(data)
    outcome(ours()).assert_equal(outcome(theirs()))
    compare(
        benchmark,
        "10 万家 × 8 项指标，40 组",
        "Python 循环",
        ours,
        theirs,
        goal="大于 1",
        rounds=5,
    )
