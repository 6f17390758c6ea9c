"""The checked data of one year: columns over enterprises, with a fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from zoneeval.model.arrays import FloatArray, IntArray, TextArray
from zoneeval.model.fields import FIELDS
from zoneeval.model.ordering import canonical_order

if TYPE_CHECKING:
    import pandas as pd

Column = FloatArray | TextArray


def is_number_key(key: str) -> bool:
    """Tell whether a column of this name holds numbers."""
    known = FIELDS.get(key)
    return known.is_number if known else False


@dataclass(frozen=True, eq=False)
class Dataset:
    """Enterprises of one year, as one array per field; the arrays must not be changed.

    Number columns are float64 with NaN for missing; the others are object arrays of
    ``str | None``.  All columns have the same length.  A column that is absent was
    never asked for; a missing cell was asked for and not given.
    """

    columns: Mapping[str, Column]
    year: int | None = None
    size: int = field(init=False)

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of different length: {sorted(lengths)}")
        object.__setattr__(self, "size", lengths.pop() if lengths else 0)

    @classmethod
    def from_rows(
        cls, rows: Sequence[Mapping[str, float | str | None]], year: int | None = None
    ) -> Dataset:
        """Build a dataset from one mapping per enterprise; absent keys are missing."""
        keys: dict[str, None] = {}
        for row in rows:
            keys.update(dict.fromkeys(row))
        columns: dict[str, Column] = {}
        for key in keys:
            if is_number_key(key):
                columns[key] = np.array(
                    [
                        np.nan if row.get(key) in (None, "") else float(row[key] or 0)
                        for row in rows
                    ],
                    dtype=np.float64,
                )
            else:
                column = np.empty(len(rows), dtype=object)
                column[:] = [None if row.get(key) == "" else row.get(key) for row in rows]
                columns[key] = column
        return cls(columns, year)

    def has(self, key: str) -> bool:
        """Tell whether the column is there at all."""
        return key in self.columns

    def number(self, key: str) -> FloatArray:
        """Return a number column; all missing where the column is absent."""
        column = self.columns.get(key)
        if column is None:
            return np.full(self.size, np.nan)
        return cast(FloatArray, column)

    def text(self, key: str) -> TextArray:
        """Return a text column; all missing where the column is absent."""
        column = self.columns.get(key)
        if column is None:
            return np.full(self.size, None, dtype=object)
        return cast(TextArray, column)

    def take(self, rows: IntArray) -> Dataset:
        """Return the dataset with the given rows in the given order."""
        return Dataset({key: column[rows] for key, column in self.columns.items()}, self.year)

    def with_columns(self, extra: Mapping[str, Column]) -> Dataset:
        """Return the dataset with columns added or replaced."""
        return Dataset({**self.columns, **extra}, self.year)

    def frame(self) -> pd.DataFrame:
        """Return a pandas copy, one row per enterprise."""
        import pandas as pd

        return pd.DataFrame({key: np.array(column) for key, column in self.columns.items()})

    @cached_property
    def order(self) -> IntArray:
        """Return the row numbers in the canonical order, whatever order they came in."""
        return canonical_order(self.text("uscc"), self.text("name"), self.columns)

    @cached_property
    def fingerprint(self) -> str:
        """Return a SHA-256 over year and values that the order of rows does not change."""
        digest = hashlib.sha256(json.dumps([self.year, self.size]).encode())
        for key in sorted(self.columns):
            column = self.columns[key][self.order]
            digest.update(f"\n{key}\n".encode())
            if column.dtype == np.float64:
                numbers = np.where(np.isnan(column), np.nan, column + 0.0)
                digest.update(numbers.astype("<f8").tobytes())
            else:
                texts = [None if v is None or v != v else str(v) for v in column]
                digest.update(json.dumps(texts, ensure_ascii=False).encode())
        return digest.hexdigest()
