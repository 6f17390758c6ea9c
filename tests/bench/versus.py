"""Time our way and a peer's way in turns, so that both meet the same machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture

Work = Callable[[], Any]


@dataclass(frozen=True)
class Comparison:
    """Medians of one comparison; ``ratio`` is the peer's time over ours."""

    what: str
    peer: str
    ours: float
    theirs: float
    goal: str

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours


COMPARISONS: list[Comparison] = []
"""Every comparison of this run, for the table at its end."""


def stopwatch(work: Work) -> float:
    """Return how many seconds the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    benchmark: BenchmarkFixture,
    what: str,
    peer: str,
    ours: Work,
    theirs: Work,
    *,
    goal: str,
    rounds: int = 7,
    clock: Callable[[Work], float] = stopwatch,
    before_ours: Work = lambda: None,
) -> Comparison:
    """Time both in turns, keep the ratio with the benchmark, and return it.

    ``before_ours`` runs before each round and is not timed.
    """
    pairs = []
    for _ in range(rounds):
        before_ours()
        pairs.append((clock(ours), clock(theirs)))
    found = Comparison(what, peer, median(o for o, _ in pairs), median(t for _, t in pairs), goal)
    benchmark.extra_info.update(
        peer=peer, ours_seconds=found.ours, peer_seconds=found.theirs, ratio=found.ratio, goal=goal
    )
    benchmark.pedantic(ours, setup=before_ours, rounds=1)
    COMPARISONS.append(found)
    return found
