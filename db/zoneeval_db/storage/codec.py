"""The one place where values of numpy and pandas become values of SQLite, and back.

``np.int64`` would be stored as a BLOB and ``pd.NA`` refused; NaN is NULL; SQLite keeps
no negative zero, so that here it is zero already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from zoneeval.model.arrays import FloatArray, TextArray

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MISSING = ("NAType", "NaTType", "NoneType")


def number(value: object) -> float | None:
    """Return a value as SQLite's REAL; NaN and missing are None.

    Raises TypeError for anything that is not a number.
    """
    if type(value) is float:
        return None if value != value else value + 0.0
    if type(value).__name__ in _MISSING:
        return None
    if not isinstance(value, bool | int | float | np.bool_ | np.integer | np.floating):
        raise TypeError(f"not a number: {value!r}")
    plain = float(value)
    return None if plain != plain else plain + 0.0


def whole(value: object) -> int | None:
    """Return a value as SQLite's INTEGER; missing is None."""
    if type(value) is int:
        return value
    plain = number(value)
    return None if plain is None else int(plain)


def text(value: object) -> str | None:
    """Return a value as SQLite's TEXT; missing is None.

    Raises TypeError for anything that is not text.
    """
    if type(value) is str:
        return value
    if type(value).__name__ in _MISSING or (isinstance(value, float) and value != value):
        return None
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return str(value)


def numbers(array: FloatArray) -> list[float | None]:
    """Return a number column as SQLite's values."""
    return [None if value != value else value + 0.0 for value in array.tolist()]


def texts(array: TextArray) -> list[str | None]:
    """Return a text column as SQLite's values."""
    return [text(value) for value in array]


def number_array(values: Iterable[float | None]) -> FloatArray:
    """Return stored numbers as a column; NULL is NaN."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def text_array(values: Sequence[str | None]) -> TextArray:
    """Return stored texts as a column."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def to_json(value: object) -> str:
    """Return a value as compact JSON text."""
    return _JSON.encode(value)


def from_json(words: str) -> Any:
    """Return what :func:`to_json` wrote."""
    return json.loads(words)
