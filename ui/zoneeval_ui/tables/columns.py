"""What a column of a table is: its key, heading, kind, and how values are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

ColumnKind = Literal["text", "number", "share", "integer", "grade", "flag"]
MISSING_TEXT = "—"
_DEFAULT_DECIMALS: dict[str, int] = {"number": 2, "share": 1, "integer": 0}

FloatArray = npt.NDArray[np.float64]
ObjectArray = npt.NDArray[np.object_]


class Tint(StrEnum):
    """How a cell is marked; the first three fill the cell, the others colour its text."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"
    UNCERTAIN = "uncertain"
    GOOD = "good"
    POOR = "poor"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` is a hint in Chinese characters, ``strong`` means bold."""

    key: str
    title: str
    unit: str = ""
    kind: ColumnKind = "text"
    decimals: int | None = None
    width: int | None = None
    strong: bool = False
    tooltip: str = ""
    right: bool = False
    editable: bool = False
    whole: bool = False
    """Whether whole numbers are shown without decimals, where a column has several units."""

    @property
    def is_right(self) -> bool:
        """Tell whether it stands at the right: numbers, and text that is to look like them."""
        return self.right or self.is_numeric

    @property
    def is_numeric(self) -> bool:
        """Tell whether values are float64 with NaN for missing."""
        return self.kind in ("number", "share", "integer")

    @property
    def heading(self) -> str:
        """Return title and unit as one heading, such as 亩均税收（万元/亩）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class TableData:
    """Columns and their values, all of one length; missing is NaN or None.

    ``ids`` names each row for the page (an enterprise code, a run number);
    ``tints`` marks cells by (row, column key); ``locked`` are cells of editable columns
    that cannot be edited.  ``ready`` says that values are arrays as :func:`as_array`
    makes them, so that long tables are not gone through again.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, Sequence[Any] | npt.NDArray[Any]]
    ids: Sequence[Any] = ()
    tints: Mapping[tuple[int, str], Tint] = field(default_factory=dict)
    locked: frozenset[tuple[int, str]] = frozenset()
    ready: bool = False


def as_array(column: Column, values: Sequence[Any] | npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return values as float64 (numbers) or object with None for missing (the rest)."""
    if column.is_numeric:
        if isinstance(values, np.ndarray) and values.dtype != np.object_:
            return np.asarray(values, dtype=np.float64)
        return np.array([math.nan if v is None else float(v) for v in values], dtype=np.float64)
    array = np.empty(len(values), dtype=np.object_)
    array[:] = [None if is_missing(v) else v for v in values]
    return array


def is_missing(value: object) -> bool:
    """Tell whether a value is missing: None, NaN, or a value that is not equal to itself."""
    if value is None or value == "":
        return True
    return isinstance(value, float) and math.isnan(value)


def show(column: Column, value: Any) -> str:
    """Return a value as the table shows it: 1,234.57, 3.5%, 是, —."""
    if is_missing(value):
        return MISSING_TEXT
    if column.kind == "flag":
        return "是" if value else "否"
    if not column.is_numeric:
        return str(value)
    decimals = 0 if column.whole and value == round(value) else _decimals(column)
    text = f"{_scaled(column, value):,.{decimals}f}"
    text = text[1:] if text.startswith("-") and not text.strip("-0.,") else text
    return text.replace("-", "−") + ("%" if column.kind == "share" else "")


def copied(column: Column, value: Any) -> str:
    """Return a value as it goes to the clipboard: plain digits, empty where missing."""
    if is_missing(value):
        return ""
    if not column.is_numeric:
        return " ".join(show(column, value).split())
    text = f"{_scaled(column, value):.{_decimals(column)}f}"
    return text + ("%" if column.kind == "share" else "")


def _scaled(column: Column, value: float) -> float:
    return value * 100 if column.kind == "share" else value


def _decimals(column: Column) -> int:
    return _DEFAULT_DECIMALS[column.kind] if column.decimals is None else column.decimals
