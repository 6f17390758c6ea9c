"""What if as one drags a slider, and robustness, each against doing it the plain way."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from zoneeval.engine import evaluate
from zoneeval.engine.prepared import Prepared, prepare
from zoneeval.engine.sensitivity import _by_loop, robustness
from zoneeval.engine.whatif import Scenario, changed_policy
from zoneeval.model.dataset import Dataset
from zoneeval.policy.loader import load_policy
from zoneeval.progress import silent
from zoneeval.rounding import quota, round_half_up

POLICY = "zhengzhou-2018"
MONEY = ("tax_paid", "revenue", "profit", "output_value", "rd_expense", "value_added")
AMOUNTS = ("energy_use", "average_headcount", "land_area")


@cache
def enterprises(size: int, zones: int) -> Dataset:
    """Return skewed random enterprises of as many zones, 2 % of the money missing."""
    random = np.random.default_rng(20180514)
    columns: dict[str, Any] = {}
    for name in (*MONEY, *AMOUNTS):
        columns[name] = random.lognormal(5.0, 0.9, size)
    for name in MONEY:
        columns[name][random.random(size) < 0.02] = np.nan
    texts = {
        "uscc": [f"U{i:07d}" for i in range(size)],
        "zone": [f"园区{at:02d}" for at in random.integers(0, zones, size)],
        "industry_code": ["3011"] * size,
        "scale": ["规上"] * size,
        "production_started_on": ["2010-01-01"] * size,
        "above_scale_since": ["2012-01-01"] * size,
    }
    for name, values in texts.items():
        columns[name] = np.array(values, dtype=object)
    return Dataset(columns, 2018)


class ByHand:
    """The same policy as one writes it in numpy for this one purpose."""

    def __init__(self, ready: Prepared) -> None:
        base = ready.base
        _, self.codes = np.unique(base.group.astype(str), return_inverse=True)
        self.sizes = np.bincount(self.codes)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self.keys = [item.key for item in ready.policy.tracks[0].indicators]
        self.values = [base.values[key] for key in self.keys]
        self.marks = [base.benchmarks[key] for key in self.keys]
        self.tops = [quota(int(n), 0.15) for n in self.sizes]
        self.tails = [quota(int(n), 0.10) for n in self.sizes]

    def run(self, weights: list[float]) -> tuple[Any, Any]:
        total = np.zeros(len(self.codes))
        for value, mark, weight in zip(self.values, self.marks, weights, strict=True):
            total += np.maximum(np.nan_to_num(value / mark), 0) * weight
        total = round_half_up(total, 4)
        order = np.lexsort((-total, self.codes))
        grade = np.full(len(total), "B", dtype=object)
        tax, energy = self.values[0], self.values[3]
        for at, (first, last) in enumerate(zip(self.starts[:-1], self.starts[1:], strict=True)):
            rows = order[first:last]
            half = (last - first) // 2
            upper, lower = rows[:half], rows[last - first - half :]
            best = upper[np.argsort(-tax[upper], kind="stable")]
            worst = lower[::-1][np.argsort(energy[lower[::-1]], kind="stable")]
            grade[best[~np.isnan(tax[best])][: self.tops[at]]] = "A"
            grade[worst[~np.isnan(energy[worst])][: self.tails[at]]] = "C"
        return total, grade


def test_dragging_a_slider_over_ten_thousand_enterprises(benchmark: BenchmarkFixture) -> None:
    ready = prepare(load_policy(POLICY), enterprises(10_000, 20))
    assert ready.is_quick
    changed = changed_policy(ready.policy, Scenario({"tax_per_mu.weight": 33.0}))
    weights = [item.weight for item in changed.tracks[0].indicators]
    by_hand = ByHand(ready)
    ours, theirs = ready.run(changed), by_hand.run(weights)
    np.testing.assert_array_equal(ours.composite, theirs[0])
    assert list(ours.grade) == list(theirs[1])
    found = compare(
        benchmark,
        "改一个权重，1 万家重新评价并分类",
        "手写的 numpy",
        lambda: ready.run(changed),
        lambda: by_hand.run(weights),
        goal="不小于 0.33",
        rounds=15,
    )
    assert found.ratio > 1 / 3


def test_dragging_a_slider_against_a_whole_evaluation(benchmark: BenchmarkFixture) -> None:
    data = enterprises(10_000, 20)
    ready = prepare(load_policy(POLICY), data)
    changed = changed_policy(ready.policy, Scenario({"tax_per_mu.weight": 33.0}))
    compare(
        benchmark,
        "改一个权重，1 万家重新评价并分类",
        "整次重新评价",
        lambda: ready.run(changed),
        lambda: evaluate(changed, data),
        goal="大于 1",
    )


def test_robustness_against_evaluating_in_a_loop(benchmark: BenchmarkFixture) -> None:
    policy, data, draws = load_policy(POLICY), enterprises(300, 3), 1_000
    ready = prepare(policy, data)

    def loop() -> object:
        return _by_loop(ready, 0.1, 0.05, draws, np.random.default_rng(0), silent)

    found = compare(
        benchmark,
        "稳健性：300 家，权重和数据变动 1000 次",
        "逐次评价",
        lambda: robustness(policy, data, draws=draws),
        loop,
        goal="不小于 20",
        rounds=3,
    )
    assert found.ratio > 1
