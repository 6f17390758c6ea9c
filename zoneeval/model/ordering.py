"""The order of rows that makes every result independent of how they came."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zoneeval.model.arrays import FloatArray, IntArray, TextArray


def canonical_order(
    codes: TextArray, names: TextArray, columns: Mapping[str, FloatArray | TextArray]
) -> IntArray:
    """Return row numbers by credit code; rows without one go by name, then by values.

    Rows that are equal in everything keep their order, which then makes no difference.
    """
    size = len(codes)
    if all(codes) and all(codes[i] < codes[i + 1] for i in range(size - 1)):
        return np.arange(size, dtype=np.int64)
    keys = sorted(columns)

    def place(row: int) -> tuple[str, str, list[str]]:
        unsure = not codes[row] or not unique[row]
        rest = [repr(columns[key][row]) for key in keys] if unsure else []
        return codes[row] or "", names[row] or "", rest

    seen: dict[str | None, int] = {}
    for code in codes:
        seen[code] = seen.get(code, 0) + 1
    unique = [seen[code] == 1 for code in codes]
    return np.array(sorted(range(size), key=place), dtype=np.int64)
