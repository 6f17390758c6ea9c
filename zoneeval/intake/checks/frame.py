"""The enterprises of one year as arrays: what this import brings, laid over what is stored."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from zoneeval.model.arrays import BoolArray, FloatArray, IntArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.records import SourceCell, SourcedValue
from zoneeval.model.repair import Repair
from zoneeval.model.row_values import RowValues, SheetOrigin, plain_values

Values = Mapping[str, SourcedValue]
Place = tuple[str, str, str]
"""File, sheet and column."""
_Column = Callable[[str], FloatArray]


class Frame:
    """Columns over the enterprises of an import (first, in its order) and those stored.

    ``given`` is what the import brings, ``number`` has the stored values where it brings
    none; both are float64 with NaN for missing.
    """

    def __init__(
        self, year: int, values: Mapping[str, Values], stored: Dataset | None = None
    ) -> None:
        self.year = year
        self._values = values
        self._stored = stored
        self._rows = {} if stored is None else {c: i for i, c in enumerate(stored.text("uscc"))}
        self.codes: list[str] = [*values, *(str(c) for c in self._rows if c not in values)]
        self.fresh = len(values)
        self.size = len(self.codes)
        self._number: dict[str, FloatArray] = {}
        self._texts: dict[str, TextArray] = {}
        self._other: tuple[Dataset, Frame, IntArray] | None = None

    @cached_property
    def _at(self) -> IntArray:
        """Return the stored row of each enterprise, −1 where there is none."""
        return np.array([self._rows.get(code, -1) for code in self.codes], dtype=np.int64)

    @cached_property
    def _given(self) -> dict[str, FloatArray]:
        """Return every number that this import brings, in one pass over its cells."""
        lists: dict[str, list[float]] = {}
        for i, values in enumerate(self._values.values()):
            for key, value in plain_values(values):
                if type(value) is float:
                    column = lists.get(key)
                    if column is None:
                        column = lists[key] = [math.nan] * self.size
                    column[i] = value
        return {key: np.array(column, dtype=np.float64) for key, column in lists.items()}

    @cached_property
    def _fields(self) -> list[Values]:
        return list(self._values.values())

    @cached_property
    def _sheet(self) -> SheetOrigin | None:
        """Return the sheet that every value stands in, or None where there are several."""
        origins = {
            v.origin if isinstance(v, RowValues) and not v.other else None for v in self._fields
        }
        return origins.pop() if len(origins) == 1 else None

    def given(self, key: str) -> FloatArray:
        """Return the numbers that this import brings."""
        found = self._given.get(key)
        return np.full(self.size, np.nan) if found is None else found

    def places(self, key: str) -> dict[Place, list[int]]:
        """Return the rows whose number is positive, by the column that it stands in."""
        found: dict[Place, list[int]] = {}
        last: tuple[str | None, str, str] = (None, "", "")
        rows: list[int] = []
        positive = np.flatnonzero(self.given(key) > 0).tolist()
        if not positive:
            return found
        sheet = self._sheet
        if sheet is not None:
            column = sheet.letters.get(key, "")
            return {(sheet.file, sheet.sheet, column): positive} if column else found
        for i in positive:
            source = self._fields[i][key].source
            if source is None or not source.column:
                continue
            place = (source.file, source.sheet, source.column)
            if place != last:
                last = place
                rows = found.setdefault(place, [])
            rows.append(i)
        return found

    def number(self, key: str) -> FloatArray:
        """Return the numbers of this import, and the stored ones where it has none."""
        found = self._number.get(key)
        if found is None:
            found = self.given(key)
            if self._stored is not None and self._stored.has(key):
                before = np.full(self.size, np.nan)
                known = self._at >= 0
                before[known] = self._stored.number(key)[self._at[known]]
                found = np.where(np.isnan(found), before, found)
            self._number[key] = found
        return found

    def text(self, key: str) -> TextArray:
        """Return the texts of this import, and the stored ones where it has none."""
        found = self._texts.get(key)
        if found is None:
            found = np.full(self.size, None, dtype=object)
            if self._stored is not None and self._stored.has(key):
                known = self._at >= 0
                found[known] = self._stored.text(key)[self._at[known]]
            for i, values in enumerate(self._fields):
                if isinstance(values, RowValues) and not values.other:
                    value = values.plain.get(key)
                    if value is not None:
                        found[i] = str(value)
                elif (cell := values.get(key)) is not None:
                    found[i] = str(cell.value)
            self._texts[key] = found
        return found

    def brought(self, *keys: str) -> BoolArray:
        """Tell of which enterprises this import brings at least one of the numbers."""
        found = np.zeros(self.size, dtype=np.bool_)
        for key in keys:
            found |= ~np.isnan(self.given(key))
        return found

    def brought_land(self, *keys: str) -> BoolArray:
        """Tell of which enterprises this import brings land, or one of the other numbers."""
        parts = ("land_area", "land_registered", "land_leased_in")
        return self.brought(*parts, *(key for key in keys if key != "land_area"))

    def land(self) -> FloatArray:
        """Return the land used for scoring in 亩."""
        return self._land(self.number)

    def used_land_given(self) -> FloatArray:
        """Return the land used for scoring as far as this import tells it, in 亩."""
        return self._land(self.given)

    @staticmethod
    def _land(number: _Column) -> FloatArray:
        registered, leased_in = number("land_registered"), number("land_leased_in")
        total = np.nan_to_num(registered) + np.nan_to_num(leased_in)
        total = total + np.nan_to_num(number("land_other"))
        total = total - np.nan_to_num(number("land_leased_out"))
        total[np.isnan(registered) & np.isnan(leased_in)] = np.nan
        whole = number("land_area")
        return np.where(np.isnan(whole), total, whole)

    def column(self, key: str) -> FloatArray:
        """Return a number column; ``land_area`` is summed from its parts where it must be."""
        return self.land() if key == "land_area" else self.number(key)

    @cached_property
    def division(self) -> Sequence[str]:
        """Return the division of GB/T 4754 of each enterprise (34), "" where it is unknown."""
        codes = self.text("industry_code")
        return [str(c).lstrip("ABCDEFGHIJKLMNOPQRST")[:2] if c is not None else "" for c in codes]

    def beside(self, dataset: Dataset) -> Frame:
        """Return the frame of another year's data."""
        return self._beside(dataset)[0]

    def before(self, dataset: Dataset, key: str) -> FloatArray:
        """Return a number column of another year for these enterprises."""
        frame, at = self._beside(dataset)
        out = np.full(self.size, np.nan)
        known = at >= 0
        out[known] = frame.column(key)[at[known]]
        return out

    def _beside(self, dataset: Dataset) -> tuple[Frame, IntArray]:
        if self._other is None or self._other[0] is not dataset:
            frame = Frame(self.year - 1, {}, dataset)
            rows = {code: i for i, code in enumerate(frame.codes)}
            at = np.array([rows.get(code, -1) for code in self.codes], dtype=np.int64)
            self._other = dataset, frame, at
        return self._other[1:]

    def name(self, i: int) -> str:
        """Return what an enterprise is called."""
        name = self.text("name")[i]
        return str(name) if name else self.codes[i]

    def cell(self, i: int, key: str) -> SourcedValue | None:
        """Return what this import brings of a field of an enterprise."""
        if i >= self.fresh:
            return None
        values = self._values[self.codes[i]]
        found = values.get(key)
        if found is None and key == "land_area":
            found = values.get("land_registered") or values.get("land_leased_in")
        return found

    def keys(self, i: int) -> tuple[str, ...]:
        """Return the fields that this import brings for an enterprise."""
        return tuple(self._values[self.codes[i]])

    def source(self, i: int, key: str) -> SourceCell | None:
        """Return the cell of a value that this import brings."""
        cell = self.cell(i, key)
        return cell.source if cell is not None else None

    def brought_key(self, i: int, *keys: str) -> str | None:
        """Return the first of these fields that this import brings for an enterprise."""
        return next((key for key in keys if self.source(i, key) is not None), None)

    def issue(
        self,
        severity: Severity,
        issue_code: str,
        i: int,
        key: str,
        message: str,
        advice: str,
        repair: Repair | None = None,
    ) -> Issue:
        """Return a finding at the cell of a field of an enterprise."""
        at = self.cell(i, key)
        place = at.source if at is not None else None
        value = None
        if at is not None:
            value = f"{at.value:.10g}" if isinstance(at.value, float) else str(at.value)
        return Issue(
            severity,
            issue_code,
            message,
            place.file if place else None,
            place.sheet if place else None,
            place.row if place else None,
            (place.column or None) if place else None,
            value,
            advice,
            self.codes[i],
            repair,
        )


def where(mask: BoolArray) -> list[int]:
    """Return the rows at which a condition holds."""
    return [int(i) for i in np.flatnonzero(mask)]


def label(key: str) -> str:
    """Return what a field is called."""
    return FIELDS[key].label


def amount(value: float, key: str) -> str:
    """Return a number with its unit as people read it."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    unit = FIELDS[key].unit
    return f"{text} {unit}" if unit else text
