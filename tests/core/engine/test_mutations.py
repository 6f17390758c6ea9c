"""The comparison with the oracle goes red when one spot of the engine is bent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers.comparing import compare_huaian, compare_zhengzhou
from tests.helpers.tables import fixed_rows, paired_rows
from zoneeval.engine import grading, kernel, track
from zoneeval.policy.schema import Selection

Bend = Callable[[pytest.MonkeyPatch], None]


def zhengzhou() -> None:
    """Compare a table with an odd zone, and one full of equals."""
    compare_zhengzhou(fixed_rows(101))
    compare_zhengzhou(paired_rows())


def huaian() -> None:
    """Compare under cumulative shares."""
    compare_huaian(fixed_rows(101), fixed_rows(80))
    compare_huaian(fixed_rows(90, coarse=4), fixed_rows(80))


def reversed_ranking(patch: pytest.MonkeyPatch) -> None:
    right = kernel.rank_in_groups
    patch.setattr(track, "rank_in_groups", lambda key, *rest: right(-key, *rest))


def reversed_selection(letter: str) -> Bend:
    def bend(patch: pytest.MonkeyPatch) -> None:
        right = grading._select

        def wrong(out: Any, members: Any, keys: Any, selection: Selection, *rest: Any) -> Any:
            if selection.grade == letter:
                other = "ascending" if selection.order == "descending" else "descending"
                selection = selection.model_copy(update={"order": other})
            return right(out, members, keys, selection, *rest)

        patch.setattr(grading, "_select", wrong)

    return bend


def skipped_gate(patch: pytest.MonkeyPatch) -> None:
    def all_rows(rows: Any, rule: Any) -> dict[str, Any]:
        return {"upper": rows, "middle": rows[:0], "lower": rows}

    patch.setattr(grading, "_halves", all_rows)


def moved_gate(step: int) -> Bend:
    def bend(patch: pytest.MonkeyPatch) -> None:
        right = grading.quota

        def wrong(count: int, share: float, rounding: str = "nearest") -> int:
            return right(count, share, rounding) + (step if rounding == "floor" else 0)

        patch.setattr(grading, "quota", wrong)

    return bend


def moved_cut(step: int) -> Bend:
    def bend(patch: pytest.MonkeyPatch) -> None:
        right = grading.quota

        def wrong(count: int, share: float, rounding: str = "nearest") -> int:
            moved = step if rounding == "nearest" and share < 1 else 0
            return right(count, share, rounding) + moved

        patch.setattr(grading, "quota", wrong)

    return bend


def forgotten_ties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kernel, "_repair_ties", lambda order, same, ties: None)


def forgotten_rounding(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(track, "round_half_up", lambda values, decimals: values)


def ranks_without_equals(patch: pytest.MonkeyPatch) -> None:
    right = kernel.rank_in_groups

    def wrong(*arguments: Any) -> kernel.Ranking:
        ranking = right(*arguments)
        return replace(ranking, rank=ranking.position)

    patch.setattr(track, "rank_in_groups", wrong)


def mean_of_ratios(patch: pytest.MonkeyPatch) -> None:
    from zoneeval.engine import benchmarks

    def wrong(top: Any, bottom: Any, codes: Any, groups: int) -> Any:
        values = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
        return kernel.group_means(values, codes, groups)

    patch.setattr(benchmarks, "ratio_of_totals", wrong)


BOTH: dict[str, Bend] = {
    "ranking reversed": reversed_ranking,
    "cut one later": moved_cut(1),
    "cut one earlier": moved_cut(-1),
    "equals not sharing a rank": ranks_without_equals,
    "average of ratios": mean_of_ratios,
}
ZHENGZHOU_ONLY: dict[str, Bend] = {
    "ties left as they come": forgotten_ties,
    "A ordered the other way": reversed_selection("A"),
    "C ordered the other way": reversed_selection("C"),
    "gate skipped": skipped_gate,
    "gate one later": moved_gate(1),
    "gate one earlier": moved_gate(-1),
    "not rounded before ranking": forgotten_rounding,
}


@pytest.mark.parametrize("compare", [zhengzhou, huaian])
def test_the_engine_as_it_is_agrees(compare: Callable[[], None]) -> None:
    compare()


@pytest.mark.parametrize(
    "bend", [*BOTH.values(), *ZHENGZHOU_ONLY.values()], ids=[*BOTH, *ZHENGZHOU_ONLY]
)
def test_a_bent_engine_disagrees_under_zhengzhou(
    bend: Bend, monkeypatch: pytest.MonkeyPatch
) -> None:
    bend(monkeypatch)
    with pytest.raises(AssertionError):
        zhengzhou()


@pytest.mark.parametrize("bend", list(BOTH.values()), ids=list(BOTH))
def test_a_bent_engine_disagrees_under_huaian(bend: Bend, monkeypatch: pytest.MonkeyPatch) -> None:
    bend(monkeypatch)
    with pytest.raises(AssertionError):
        huaian()
