"""Rating 200 zones over ten years by 60 indicators against a hand-written numpy pass."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from tests.helpers.ladders import composite, criterion, item, ladder
from zoneeval.engine.stars.rating import rate_table
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_table import ZoneTable

ZONES, YEARS, COLUMNS, LEVELS = 200, 10, 60, 7
GOAL = "不慢于其 3 倍（比值不小于 0.33）"


def figures() -> ZoneTable:
    """Return a table of 60 columns; one figure in a hundred is missing."""
    rng = np.random.default_rng(5)
    values = rng.lognormal(3.0, 1.0, (ZONES, YEARS, COLUMNS))
    values[rng.random(values.shape) < 0.01] = np.nan
    zones = tuple(f"{n}区" for n in range(ZONES))
    keys = [key for key, known in ZONE_INDICATORS.items() if not known.lower_is_better][:COLUMNS]
    every = (keys * (COLUMNS // len(keys) + 1))[:COLUMNS]
    return ZoneTable(zones, tuple(range(2010, 2010 + YEARS)), tuple(every), values)


def steps() -> FloatArray:
    """Return the thresholds as [criterion, level]."""
    return np.linspace(0.5, 60.0, LEVELS) + np.arange(COLUMNS)[:, None] % 7


def by_hand(values: FloatArray, asked: FloatArray) -> tuple[IntArray, IntArray]:
    """Return the lowest and highest level where all criteria must be met."""
    known = ~np.isnan(values)[..., None]
    met = values[..., None] >= asked
    sure = (met & known).all(axis=2)
    possible = (met | ~known).all(axis=2)
    return (
        np.logical_and.accumulate(sure, axis=2).sum(axis=2) - 1,
        np.logical_and.accumulate(possible, axis=2).sum(axis=2) - 1,
    )


def test_rating_by_a_table(benchmark: BenchmarkFixture) -> None:
    given, asked = figures(), steps()
    made = ladder(
        LEVELS,
        criteria=[
            criterion(list(row), key, unit=ZONE_INDICATORS[key].unit)
            for key, row in zip(given.keys, asked.tolist(), strict=True)
        ],
    )
    places = [given.keys.index(key) for key in given.keys]
    values = given.values[:, :, places]
    low, high = by_hand(values, asked)
    found = rate_table(made, given)
    np.testing.assert_array_equal(found.at_least, low)
    np.testing.assert_array_equal(found.at_most, high)
    compare(
        benchmark,
        "200 个园区 × 10 年 × 60 项指标，七级阶梯",
        "手写 numpy",
        lambda: rate_table(made, given),
        lambda: by_hand(given.values[:, :, places], asked),
        goal=GOAL,
        rounds=15,
    )


def score_by_hand(values: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return min–max scores with a floor, missing ones without points, and the places."""
    low, high = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    points = (20 + 80 * (values - low) / (high - low)) / COLUMNS
    total = np.round(np.where(np.isnan(points), 0.0, points).sum(axis=2), 9)
    ranks = np.empty(total.shape, dtype=np.int64)
    for year in range(total.shape[1]):
        column = total[:, year]
        ranks[:, year] = 1 + len(column) - np.searchsorted(np.sort(column), column, "right")
    return total, ranks


@pytest.mark.parametrize("way", ["floored_minmax"])
def test_rating_by_a_score(benchmark: BenchmarkFixture, way: str) -> None:
    given = figures()
    items = [
        item(key, 100 / COLUMNS, unit=ZONE_INDICATORS[key].unit, method=way, missing="zero")
        | {"id": f"item{number}"}
        for number, key in enumerate(given.keys)
    ]
    made = ladder(LEVELS, composite=composite(*items))
    places = [given.keys.index(key) for key in given.keys]
    total, ranks = score_by_hand(given.values[:, :, places])
    found = rate_table(made, given)
    assert found.score is not None
    assert found.rank is not None
    np.testing.assert_allclose(found.score[0], total, atol=1e-6)
    np.testing.assert_array_equal(found.rank[0], ranks)
    compare(
        benchmark,
        "200 个园区 × 10 年 × 60 项指标，综合得分和名次",
        "手写 numpy",
        lambda: rate_table(made, given),
        lambda: score_by_hand(given.values[:, :, places]),
        goal=GOAL,
        rounds=15,
    )
