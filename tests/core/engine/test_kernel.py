"""The arithmetic over all enterprises, against the plainest way to say it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.engine.grading import grade_by_shares, moved_cut
from zoneeval.engine.kernel import (
    BLOCK,
    ScoreRule,
    composite,
    group_means,
    rank_in_groups,
    ratio_of_totals,
    score,
)
from zoneeval.policy.schema import Band, Shares

NAN = float("nan")
KEYS = st.lists(st.tuples(st.integers(0, 3), st.integers(-20, 20), st.integers(0, 2)), min_size=1)


@given(KEYS, st.booleans(), st.booleans())
def test_ranks(rows: list[tuple[int, int, int]], rounded: bool, with_ties: bool) -> None:
    codes = np.array([code for code, _, _ in rows])
    key = np.array([k / 100 for _, k, _ in rows])
    tie = np.array([float(t) for _, _, t in rows])
    ranking = rank_in_groups(key, codes, 4, [tie] if with_ties else (), 2 if rounded else None)
    plain = sorted(
        range(len(rows)),
        key=lambda i: (codes[i], -key[i], -tie[i] if with_ties else 0, i),
    )
    assert ranking.order.tolist() == plain
    for i, (code, k, _) in enumerate(rows):
        mine = [other for other in rows if other[0] == code]
        assert ranking.rank[i] == 1 + sum(other[1] > k for other in mine)
    for group in range(4):
        members = ranking.order[ranking.starts[group] : ranking.starts[group + 1]]
        assert ranking.position[members].tolist() == list(range(1, len(members) + 1))
    assert ranking.shared.tolist() == ranking.rank[ranking.order].tolist()


@pytest.mark.parametrize("key", [[1e17, 1e18, 0.0], [-1e17, 5.0, 1e12]])
def test_keys_too_large_to_pack_are_ranked_all_the_same(key: list[float]) -> None:
    ranking = rank_in_groups(np.array(key), np.zeros(3, dtype=np.int64), 1, decimals=4)
    assert ranking.order.tolist() == np.argsort(-np.array(key)).tolist()


def test_nobody_can_be_ranked() -> None:
    ranking = rank_in_groups(np.zeros(0), np.zeros(0, dtype=np.int64), 2, decimals=4)
    assert ranking.starts.tolist() == [0, 0, 0]
    assert len(ranking.order) == 0


def test_means_over_blocks_leave_missing_out() -> None:
    size = 2 * BLOCK + 7
    codes = np.arange(size) % 3
    values = np.where(np.arange(size) % 5 == 0, np.nan, (np.arange(size) % 7).astype(float))
    values[codes == 2] = np.nan
    before = values.copy()
    means = group_means(values, codes, 4)
    np.testing.assert_allclose(means[:2], [np.nanmean(values[codes == c]) for c in (0, 1)])
    assert np.isnan(means[2:]).all()
    np.testing.assert_array_equal(values, before)


def test_ratio_of_totals_counts_only_rows_that_know_both() -> None:
    top = np.array([6.0, 4.0, NAN, 9.0, 5.0])
    bottom = np.array([2.0, 3.0, 4.0, NAN, 0.0])
    codes = np.zeros(5, dtype=np.int64)
    np.testing.assert_array_equal(ratio_of_totals(top, bottom, codes, 2), [2.0, NAN])


def test_gains_and_losses_that_cancel_leave_nothing() -> None:
    values = np.array([2.99, -3.0, 0.01, 0.01, -0.02])
    codes = np.array([0, 0, 0, 1, 1])
    assert values[:3].sum() != 0
    np.testing.assert_allclose(ratio_of_totals(values, np.ones(5), codes, 2), [0, -0.005])
    assert ratio_of_totals(values, np.ones(5), codes, 2)[0] == 0
    assert group_means(values, codes, 2)[0] == 0


def test_keys_that_only_the_arithmetic_parts_share_a_rank() -> None:
    key = np.array([1.2 / 6, 1 / 5, 0.1, 0.2 + 1e-9])
    plain = rank_in_groups(key, np.zeros(4, dtype=np.int64), 1)
    assert plain.rank.tolist() == [2, 2, 4, 1]
    assert plain.position.tolist() == [2, 3, 4, 1]
    tied = rank_in_groups(key, np.zeros(4, dtype=np.int64), 1, [np.array([1.0, 2.0, 3.0, 0.0])])
    assert tied.position.tolist() == [3, 2, 4, 1]


@pytest.mark.parametrize(
    ("values", "rule", "expected"),
    [
        ([5, 10, NAN], ScoreRule(20, np.array([10.0])), [10, 20, NAN]),
        ([5, 30, -4], ScoreRule(20, np.array([10.0]), cap=1.5, floor=0), [10, 30, 0]),
        ([5, 10, 0], ScoreRule(20, np.array([10.0]), cost=True), [40, 20, NAN]),
        ([5, 10, 0], ScoreRule(20, np.array([0.0])), [NAN, NAN, NAN]),
        ([5, 10, 0], ScoreRule(20, np.array([-1.0])), [NAN, NAN, NAN]),
        ([5, 10, 0], ScoreRule(20, np.array([NAN])), [NAN, NAN, NAN]),
    ],
)
def test_score(values: list[float], rule: ScoreRule, expected: list[float]) -> None:
    codes = np.zeros(3, dtype=np.int64)
    column = np.array(values, dtype=np.float64)
    np.testing.assert_array_equal(score(column, codes, rule), expected)
    filled = [7.0 if e != e else e for e in expected]
    np.testing.assert_array_equal(score(column, codes, rule, 7.0), filled)


def test_composite_counts_missing_as_nothing() -> None:
    columns = [np.array([1.0, NAN, NAN]), np.array([2.0, 3.0, NAN])]
    assert composite(columns).tolist() == [3, 3, 0]


@pytest.mark.parametrize(
    ("ties", "letters"), [("next_key", "AABB"), ("include", "AAAB"), ("exclude", "ABBB")]
)
def test_equals_at_a_cut(ties: str, letters: str) -> None:
    bands = (Band(grade="A", up_to=0.5), Band(grade="B", up_to=1))
    rule = Shares.model_validate({"kind": "shares", "bands": bands, "ties": ties})
    total = np.array([9.0, 5.0, 5.0, 1.0])
    ranking = rank_in_groups(total, np.zeros(4, dtype=np.int64), 1, decimals=0)
    grades = grade_by_shares(ranking, total, rule)
    assert "".join(grades.grade) == letters
    taken = [(q.grade, q.quota, q.taken) for q in grades.quotas[0]]
    assert taken == [("A", 2, letters.count("A")), ("B", 2, letters.count("B"))]
    assert grades.quotas[0][0].cut == total[letters.count("A") - 1]


def test_a_cut_between_unequal_places_stays() -> None:
    places = np.array([1, 2, 2, 4])
    for cut in (0, 1, 3, 4):
        assert {moved_cut(places, cut, ties) for ties in ("include", "exclude")} == {cut}
