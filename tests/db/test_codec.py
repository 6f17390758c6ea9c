"""What goes into the file comes out of it."""

from __future__ import annotations

import sqlite3

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval_db.storage import codec

CONN = sqlite3.connect(":memory:")
CONN.execute("CREATE TABLE t (n REAL, i INTEGER, s TEXT) STRICT")


def _through(column: str, value: object) -> object:
    CONN.execute("DELETE FROM t")
    CONN.execute(f"INSERT INTO t ({column}) VALUES (?)", (value,))
    (back,) = CONN.execute(f"SELECT {column} FROM t").fetchone()
    return back


@given(st.floats(allow_nan=False))
def test_floats_survive(value: float) -> None:
    back = _through("n", codec.number(np.float64(value)))
    assert isinstance(back, float)
    assert back == value
    assert repr(back) == repr(value + 0.0)  # there is no negative zero in the file


@given(st.text())
def test_text_survives(value: str) -> None:
    assert _through("s", codec.text(value)) == value


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_survive(value: int) -> None:
    assert _through("i", codec.whole(np.int64(value))) == value


@given(st.lists(st.floats() | st.none()))
def test_number_columns_survive(values: list[float | None]) -> None:
    column = codec.number_array(values)
    back = codec.number_array(codec.numbers(column))
    assert np.array_equal(back, column, equal_nan=True)


@given(st.lists(st.text() | st.none()))
def test_text_columns_survive(values: list[str | None]) -> None:
    assert codec.texts(codec.text_array(values)) == values


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_is_null(missing: object) -> None:
    assert codec.number(missing) is None
    assert codec.text(missing) is None


@pytest.mark.parametrize(
    ("value", "plain"), [(np.int64(3), 3.0), (np.bool_(True), 1.0), (True, 1.0), (-0.0, 0.0)]
)
def test_numpy_scalars_become_plain(value: object, plain: float) -> None:
    out = codec.number(value)
    assert type(out) is float
    assert repr(out) == repr(plain)


def test_wrong_types_are_refused() -> None:
    with pytest.raises(TypeError):
        codec.number("12")
    with pytest.raises(TypeError):
        codec.text(12.0)
