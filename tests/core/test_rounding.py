"""Half-up rounding is that of the written decimal, and quotas are exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.rounding import half_up, levelled, quota, round_half_up, slack

HALVES = st.builds(lambda n, d: (n + 0.5) / 10**d, st.integers(-(10**7), 10**7), st.integers(0, 6))


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (0.5, 0, 1.0),
        (-0.5, 0, -1.0),
        (2.5, 0, 3.0),
        (33.33335, 4, 33.3334),
        (33.333349999, 4, 33.3333),
        (114.410806, 6, 114.410806),
        (0.0, 4, 0.0),
    ],
)
def test_half_up(value: float, decimals: int, expected: float) -> None:
    assert half_up(value, decimals) == expected


@given(
    st.lists(st.one_of(st.floats(-1e9, 1e9), HALVES, st.floats(allow_infinity=False))),
    st.integers(0, 6),
)
def test_arrays_round_like_single_values(values: list[float], decimals: int) -> None:
    rounded = round_half_up(np.array(values, dtype=np.float64), decimals)
    expected = np.array([half_up(value, decimals) for value in values], dtype=np.float64)
    np.testing.assert_array_equal(rounded, expected)


@given(st.floats(-1e8, 1e8), st.integers(0, 6))
def test_half_up_is_that_of_the_shortest_decimal(value: float, decimals: int) -> None:
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(value, decimals) == float(exact)


def test_missing_and_infinite_stay() -> None:
    rounded = round_half_up(np.array([np.nan, np.inf, -np.inf, 1e300]), 4)
    np.testing.assert_array_equal(rounded, [np.nan, np.inf, -np.inf, 1e300])


def test_rounding_goes_on_past_one_block() -> None:
    values = np.arange(100_000) / 8
    expected = [half_up(float(v), 2) for v in values[-5:]]
    assert round_half_up(values, 2)[-5:].tolist() == expected


@pytest.mark.parametrize(
    ("count", "share", "rounding", "expected"),
    [
        (90, 0.35, "nearest", 32),
        (90, 0.35, "floor", 31),
        (90, 0.35, "ceil", 32),
        (10, 0.15, "nearest", 2),
        (3, 0.15, "nearest", 0),
        (100, 0.07, "ceil", 7),
        (1000, 0.29, "floor", 290),
        (0, 0.5, "nearest", 0),
        (7, 1.0, "nearest", 7),
    ],
)
def test_quota(count: int, share: float, rounding: str, expected: int) -> None:
    assert quota(count, share, rounding) == expected
    assert quota(count, np.float64(share), rounding) == expected


def test_what_only_the_arithmetic_parts_is_the_same() -> None:
    values = np.array([np.nan, 1.2 / 6, 5.0, 1 / 5, 0.2 + 1e-9, -(0.1 + 0.2), -0.3, 4e9])
    assert values[1] != values[3]
    level = levelled(values)
    assert level[1] == level[3]
    assert level[5] == level[6]
    assert len(set(level[1:].tolist())) == 5
    np.testing.assert_allclose(level, values, rtol=1e-12)
    assert levelled(values[:0]).tolist() == []


@given(st.lists(st.one_of(st.integers(-50, 50).map(float), st.floats(-1e9, 1e9)), max_size=20))
def test_levelling_keeps_the_order(values: list[float]) -> None:
    given_ones = np.array(values, dtype=np.float64)
    level = levelled(given_ones)
    order = np.argsort(given_ones, kind="stable")
    assert (np.diff(level[order]) >= 0).all()
    assert (np.abs(level - given_ones) <= len(values) * slack(given_ones)).all()
