"""Derive indicators from the base fields by the registry's formulas.

A value that the table gives already beats the derived one; where the two disagree
by more than the table's own rounding can explain, a warning says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from zoneeval.expressions import evaluate_number, parse
from zoneeval.model.arrays import FloatArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS

TOLERANCE = 0.005
"""Relative difference up to which a given and a derived value are the same."""


class Derived(NamedTuple):
    """The dataset with derived columns added, and what was noticed."""

    dataset: Dataset
    warnings: tuple[str, ...]


def derive(dataset: Dataset, keys: Iterable[str]) -> Derived:
    """Return ``dataset`` with the derived fields among ``keys`` as columns."""
    columns = dict(dataset.columns)
    warnings: list[str] = []
    done: set[str] = set()

    def need(key: str) -> None:
        if key in done:
            return
        done.add(key)
        field = FIELDS.get(key)
        if field is None or not field.is_derived:
            return
        formula = parse(field.formula)
        for name in formula.fields:
            need(name)
        table = Dataset(columns, dataset.year)
        computed = evaluate_number(formula, table)
        if dataset.has(key):
            given = dataset.number(key)
            _compare(key, given, computed, table, warnings)
            columns[key] = np.where(np.isnan(given), computed, given)
        elif any(table.has(name) for name in formula.fields):
            columns[key] = computed

    for key in keys:
        need(key)
    return Derived(Dataset(columns, dataset.year), tuple(warnings))


def _compare(
    key: str, given: FloatArray, computed: FloatArray, table: Dataset, warnings: list[str]
) -> None:
    both = ~np.isnan(given) & ~np.isnan(computed)
    apart = both & (np.abs(given - computed) > TOLERANCE * np.maximum(np.abs(given), 1e-9))
    rows = np.flatnonzero(apart)
    if not len(rows):
        return
    first = int(rows[0])
    who = table.text("name")[first] or table.text("uscc")[first] or f"第 {first + 1} 家"
    label = FIELDS[key].label
    warnings.append(
        f"{len(rows)} 家的“{label}”与由原始数据算出的不一致，以表中给出的为准"
        f"（如 {who}：表中 {given[first]:g}，算得 {computed[first]:.6g}）。"
    )
