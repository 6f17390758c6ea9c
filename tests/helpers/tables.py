"""Random tables of enterprises, made to have ties, gaps and zeros."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from tests.helpers.oracle import Cell
from zoneeval.model.dataset import Dataset

Rows = list[dict[str, Cell]]
FIGURES = (
    "tax_paid",
    "revenue",
    "profit",
    "output_value",
    "energy_use",
    "rd_expense",
    "value_added",
    "average_headcount",
    "land_area",
    "electricity_use",
)
COLUMNS = ("uscc", "zone", "industry_code", "scale", "production_started_on", "above_scale_since")
FLAGS = ("listed", "high_tech", "provincial_rd_platform")


def few(*values: Cell) -> st.SearchStrategy[Cell]:
    """Return one of the given cells; the first ones are the ordinary ones."""
    return st.sampled_from(values)


@st.composite
def enterprises(draw: st.DrawFn, plain: bool = False, most: int = 40) -> Rows:
    """Return rows with distinct codes; ``plain`` ones all take part and have every figure."""
    count = draw(st.integers(0 if not plain else 4, most))
    codes = draw(st.permutations(range(count)))
    exact = st.integers(1, 500_000).map(lambda hundredths: hundredths / 100)
    rough = st.one_of(st.integers(0, 6).map(float), st.none(), exact)
    whole = st.integers(1, 8).map(float)
    rows: Rows = []
    for code in codes:
        row: dict[str, Cell] = {"uscc": f"U{code:04d}"}
        row["zone"] = draw(few("东", "西", None) if not plain else few("东", "西"))
        row["industry_code"] = "3011" if plain else draw(few("3011", "1310", "4400", "0610", None))
        row["scale"] = "规上" if plain else draw(few("规上", "规上", "规上", "规下", None))
        old = "2015-06-01"
        row["production_started_on"] = old if plain else draw(few(old, old, "2023-02-01", None))
        row["above_scale_since"] = old if plain else draw(few(old, old, "2024-01-31", None))
        for key in FIGURES:
            row[key] = draw(whole if plain else rough)
        if not plain and row["profit"] is not None:
            row["profit"] = float(row["profit"]) * draw(st.sampled_from((1, 1, -1)))
        for key in FLAGS:
            row[key] = draw(few(0.0, 1.0, None))
        rows.append(row)
    return rows


def dataset(rows: Rows, year: int = 2024) -> Dataset:
    """Return the rows as a dataset; every column is there even without rows."""
    if rows:
        return Dataset.from_rows(rows, year)
    blank = dict.fromkeys((*COLUMNS, *FIGURES, *FLAGS))
    return Dataset.from_rows([blank], year).take(np.zeros(0, dtype=np.int64))


def fixed_rows(size: int = 101, factor: float = 1.0, coarse: int = 100) -> Rows:
    """Return the same rows every time, all taking part; money is multiplied by ``factor``.

    A small ``coarse`` makes many equals.
    """
    random = np.random.default_rng(20180514 + size)
    rows: Rows = []
    for i in range(size):
        row: dict[str, Cell] = {"uscc": f"U{i:04d}", "zone": "西" if i % 3 else "东"}
        row |= {"industry_code": "3011", "scale": "规上"}
        row |= {"production_started_on": "2010-01-01", "above_scale_since": "2012-01-01"}
        row |= {key: float(random.integers(1, coarse)) for key in FIGURES}
        for key in FIGURES:
            if key not in ("energy_use", "average_headcount", "land_area", "electricity_use"):
                row[key] = float(row[key] or 0) * factor
        rows.append(row)
    return rows


def paired_rows(pairs: int = 45) -> Rows:
    """Return one zone of pairs that score the same: what one earns, the other sells.

    The later one of each pair has the higher revenue, which decides between them.
    """
    rows: Rows = []
    for row in fixed_rows(pairs):
        low, high = sorted((float(row["revenue"] or 0), float(row["profit"] or 0) + 100))
        same = {**row, "zone": "东", "rd_expense": 0.0, "land_area": 10.0}
        rows.append({**same, "uscc": f"{row['uscc']}a", "revenue": low, "profit": high})
        rows.append({**same, "uscc": f"{row['uscc']}b", "revenue": high, "profit": low})
    return rows
