"""Random tables drawn as bytes: small, quick to make, and they shrink.

Every cell is one byte looked up in a table of its column, where 0 is the plainest value.
The tables are full of equals, gaps, zeros, negatives and enterprises that do not take part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from tests.helpers.oracle import Cell
from tests.helpers.tables import Rows
from zoneeval.model.dataset import Column, Dataset

SIZES = (*range(1, 13), 3, 5, 7, 8, 9, 10, 11, 12, 0, 20, 40)
CODES = ("3011",) * 22 + ("1310", "4399", "1200", "4400", "4610", "0610", None)
ZONES = ("东",) * 10 + ("西",) * 8 + ("南", "南", None)
SCALES = {"above": ("规上",) * 16 + ("规下", "规下", None), "both": ("规上", "规下") * 10 + (None,)}
STARTED = ("2015-06-01",) * 14 + ("2022-12-31", "2023-01-01", None)
FLAGS = (0.0, 0.0, 0.0, 1.0, 1.0, None)

_WHOLE = tuple(float(n) for n in range(1, 7)) * 3
_ROUGH = (0.01, 0.1, 0.25, 0.3, 1.2, 2.99, 3.0, 4.99, 5.0, 7.5, 48.31, 130.0, 905.6, 5000.0)
_LACKING = (None, None, 0.0, 0.0)
AMOUNT = (*_WHOLE, *_ROUGH, *_LACKING)
SIGNED = (*AMOUNT, -0.5, -2.0, -3.0, -60.0)
SMALL = (0.0, 0.0, 1.0, 2.0, 3.0, 0.5, 0.04, 12.25, None)

TEXTS = ("zone", "industry_code", "scale", "production_started_on", "above_scale_since")
FIGURES = {
    "tax_paid": SIGNED,
    "revenue": AMOUNT,
    "profit": SIGNED,
    "output_value": AMOUNT,
    "energy_use": AMOUNT,
    "rd_expense": AMOUNT,
    "value_added": SIGNED,
    "average_headcount": AMOUNT,
    "land_area": AMOUNT,
    "electricity_use": AMOUNT,
    "emission_cod": SMALL,
    "emission_nh3n": SMALL,
    "emission_so2": SMALL,
    "emission_nox": SMALL,
    "listed": FLAGS,
    "high_tech": FLAGS,
    "provincial_rd_platform": FLAGS,
}
POLLUTANTS = ("emission_cod", "emission_nh3n", "emission_so2", "emission_nox")
AMOUNTS = tuple(key for key, values in FIGURES.items() if values is not FLAGS)
LARGER, EQUAL = 208, 228
"""From these bytes on an enterprise is 1.2 times the one before, or just the same.

1.2 times gives the same ratios, though often not in binary.
"""
WIDTH = 2 + len(TEXTS) + len(FIGURES)


@dataclass(frozen=True)
class Drawn:
    """The same enterprises as the engine and as an oracle take them."""

    dataset: Dataset = field(repr=False)
    rows: Rows


def _texts(values: Sequence[Cell]) -> Column:
    out = np.empty(256, dtype=object)
    out[:] = [values[at % len(values)] for at in range(256)]
    return out


def _numbers(values: Sequence[float | None]) -> Column:
    cells = [values[at % len(values)] for at in range(256)]
    return np.array([np.nan if cell is None else cell for cell in cells])


def _lookups(scales: str) -> dict[str, Column]:
    texts = (ZONES, CODES, SCALES[scales], STARTED, STARTED)
    out = {key: _texts(values) for key, values in zip(TEXTS, texts, strict=True)}
    return out | {key: _numbers(values) for key, values in FIGURES.items()}


LOOKUPS = {scales: _lookups(scales) for scales in SCALES}


def table_of(size: int, cells: bytes, scales: str, year: int) -> Drawn:
    """Return the table that ``size`` rows of bytes stand for."""
    matrix = np.frombuffer(cells, dtype=np.uint8).reshape(size, WIDTH).copy()
    for row in range(1, size):
        if matrix[row, 1] >= LARGER:
            matrix[row, 2:] = matrix[row - 1, 2:]
    place = np.argsort(matrix[:, 0], kind="stable")
    columns: dict[str, Column] = {"uscc": np.empty(size, dtype=object)}
    columns["uscc"][place] = [f"U{code:04d}" for code in range(size)]
    for at, (key, values) in enumerate(LOOKUPS[scales].items()):
        columns[key] = values[matrix[:, at + 2]]
    for row in range(1, size):
        if LARGER <= matrix[row, 1] < EQUAL:
            for key in AMOUNTS:
                columns[key][row] = round(columns[key][row - 1] * 1.2, 4)
    if size and matrix[0, 1] % 4 == 3:  # some tables give the total and not the four
        columns["emission_total"] = columns["emission_cod"]
        for key in POLLUTANTS:
            del columns[key]
    return Drawn(Dataset(columns, year), rows_of(columns, size))


def rows_of(columns: dict[str, Column], size: int) -> Rows:
    """Return columns as one mapping per enterprise, with None for missing."""
    lists: dict[str, list[Cell]] = {
        key: [None if cell is None or cell != cell else cell for cell in column.tolist()]
        for key, column in columns.items()
    }
    return [{key: cells[row] for key, cells in lists.items()} for row in range(size)]


@st.composite
def drawn(draw: st.DrawFn, scales: str = "both", year: int = 2024) -> Drawn:
    """Draw a table of at most forty enterprises, mostly of a dozen or fewer."""
    size = draw(st.sampled_from(SIZES))
    width = size * WIDTH
    return table_of(size, draw(st.binary(min_size=width, max_size=width)), scales, year)
