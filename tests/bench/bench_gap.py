"""A slider on a zone's figure: 200 zones over ten years by 60 indicators, rated again."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.bench_stars import COLUMNS, LEVELS, by_hand, figures, score_by_hand, steps
from tests.bench.versus import compare
from tests.helpers.ladders import composite, criterion, item, ladder
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Ladder

GOAL = "不慢于其 3 倍（比值不小于 0.33），一次不超过一帧（16 毫秒）"


def slider(benchmark: BenchmarkFixture, made: Ladder, what: str, *, score: bool) -> None:
    """Time one verdict with another figure beside a hand-written pass over the table."""
    given, asked = figures(), steps()
    tried = WhatIf(RatingBasis(made, given), given.zones[7], given.years[-1])
    key = given.keys[0]
    values = given.values.copy()

    def by_numpy() -> tuple[FloatArray | IntArray, FloatArray | IntArray]:
        values[7, -1, 0] = 55.0
        return score_by_hand(values) if score else by_hand(values, asked)

    standing = tried.standing([Change(key, 55.0)])
    one, other = by_numpy()
    if score:
        assert standing.score == pytest.approx(one[7, -1], abs=1e-6)
        assert standing.rank == other[7, -1]
    else:
        found = [-1 if level is None else level for level in (standing.at_least, standing.at_most)]
        assert found == [one[7, -1], other[7, -1]]
    compare(
        benchmark,
        what,
        "手写 numpy",
        lambda: tried.standing([Change(key, 55.0)]),
        by_numpy,
        goal=GOAL,
        rounds=15,
    )


def test_a_slider_on_a_table(benchmark: BenchmarkFixture) -> None:
    made = ladder(
        LEVELS,
        criteria=[
            criterion(list(row), key, unit=ZONE_INDICATORS[key].unit)
            for key, row in zip(figures().keys, steps().tolist(), strict=True)
        ],
    )
    slider(benchmark, made, "拖动一项指标，按七级阶梯重新判定", score=False)


def test_a_slider_on_a_score(benchmark: BenchmarkFixture) -> None:
    items = [
        item(
            key,
            100 / COLUMNS,
            unit=ZONE_INDICATORS[key].unit,
            method="floored_minmax",
            missing="zero",
        )
        | {"id": f"item{number}"}
        for number, key in enumerate(figures().keys)
    ]
    made = ladder(LEVELS, composite=composite(*items))
    slider(benchmark, made, "拖动一项指标，按综合得分重新排名", score=True)
