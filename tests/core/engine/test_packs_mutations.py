"""The comparison of every shipped policy goes red when one spot of the engine is bent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers.packs import PACKS, fixed_case, tied_case
from zoneeval.engine import benchmarks, grading, kernel, missing, scoring, track

Bend = Callable[[pytest.MonkeyPatch], None]
TABLES = 30
TWO_STAGE = ("zhengzhou-2018", "anyang-2018")
EXACT = ("anyang-2018", "huaian-2024", "huangyan-2022")


def check(pack: str) -> None:
    """Compare some tables of every size, and one with a tie."""
    tied_case(pack).hold()
    for number in range(TABLES):
        fixed_case(pack, 1 + 2 * number, number).hold()


def reversed_ranking(patch: pytest.MonkeyPatch) -> None:
    right = kernel.rank_in_groups
    patch.setattr(track, "rank_in_groups", lambda key, *rest: right(-key, *rest))


def ranks_without_equals(patch: pytest.MonkeyPatch) -> None:
    right = kernel.rank_in_groups

    def wrong(*arguments: Any) -> kernel.Ranking:
        ranking = right(*arguments)
        return replace(ranking, rank=ranking.position)

    patch.setattr(track, "rank_in_groups", wrong)


def forgotten_ties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kernel, "_repair_ties", lambda order, same, ties: None)


def last_bits_decide(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kernel, "slack", lambda values: np.zeros(len(values)))
    patch.setattr(kernel, "levelled", lambda values: values)


def gaps_filled_otherwise(patch: pytest.MonkeyPatch) -> None:
    def wrong(item: Any, points: Any, lacking: Any) -> str:
        points[lacking] = 1.0
        return ""

    patch.setattr(missing, "fill", wrong)
    patch.setattr(track, "fill", wrong)


def mean_of_ratios(patch: pytest.MonkeyPatch) -> None:
    def wrong(top: Any, bottom: Any, codes: Any, groups: int) -> Any:
        values = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
        return kernel.group_means(values, codes, groups)

    patch.setattr(benchmarks, "ratio_of_totals", wrong)


def heavier(patch: pytest.MonkeyPatch) -> None:
    right = kernel.score

    def wrong(values: Any, codes: Any, rule: kernel.ScoreRule, *rest: Any) -> Any:
        return right(values, codes, replace(rule, weight=rule.weight * (1 + 1e-8)), *rest)

    patch.setattr(scoring, "score", wrong)


def cut_one_later(patch: pytest.MonkeyPatch) -> None:
    right = grading.quota

    def wrong(count: int, share: float, rounding: str = "nearest") -> int:
        return right(count, share, rounding) + (rounding == "nearest" and share < 1)

    patch.setattr(grading, "quota", wrong)


def skipped_gate(patch: pytest.MonkeyPatch) -> None:
    def all_rows(rows: Any, rule: Any) -> dict[str, Any]:
        return {"upper": rows, "middle": rows[:0], "lower": rows}

    patch.setattr(grading, "_halves", all_rows)


def taken_by_total(patch: pytest.MonkeyPatch) -> None:
    right = grading._select

    def wrong(out: Any, members: Any, keys: Any, *rest: Any) -> Any:
        places = np.full(len(keys), np.nan)
        places[members] = np.arange(len(members), 0, -1)
        return right(out, members, places, *rest)

    patch.setattr(grading, "_select", wrong)


ALL: dict[str, Bend] = {
    "ranking reversed": reversed_ranking,
    "equals not sharing a rank": ranks_without_equals,
    "ties left as they come": forgotten_ties,
    "a gap counts one point": gaps_filled_otherwise,
    "a weight one in a hundred million more": heavier,
}
BENT = [
    *((pack, name, bend) for pack in PACKS for name, bend in ALL.items()),
    *((pack, "gate skipped", skipped_gate) for pack in TWO_STAGE),
    *((pack, "taken by the total", taken_by_total) for pack in TWO_STAGE),
    *((pack, "last bits decide", last_bits_decide) for pack in EXACT),
    *((pack, "cut one later", cut_one_later) for pack in PACKS if pack != "huangyan-2022"),
    *((pack, "average of ratios", mean_of_ratios) for pack in PACKS if pack != "huangyan-2022"),
]


@pytest.mark.parametrize("pack", PACKS)
def test_the_engine_as_it_is_agrees(pack: str) -> None:
    check(pack)


@pytest.mark.parametrize(
    ("pack", "bend"),
    [(pack, bend) for pack, _, bend in BENT],
    ids=[f"{pack} {name}" for pack, name, _ in BENT],
)
def test_a_bent_engine_disagrees(pack: str, bend: Bend, monkeypatch: pytest.MonkeyPatch) -> None:
    bend(monkeypatch)
    with pytest.raises(AssertionError):
        check(pack)
