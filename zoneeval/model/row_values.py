"""The values of one row of a sheet, without an object per cell until one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass

from zoneeval.model.records import SourceCell, SourcedValue


@dataclass(frozen=True, slots=True, eq=False)
class SheetOrigin:
    """A sheet that rows come from, and the column letter of each field."""

    file: str
    sheet: str
    letters: Mapping[str, str]

    def cell(self, row: int, key: str) -> SourceCell:
        """Return the cell of a field in a row."""
        return SourceCell(self.file, self.sheet, row, self.letters.get(key, ""))


class RowValues(MutableMapping[str, SourcedValue]):
    """What an enterprise has by field: ``plain`` from one row, ``other`` from elsewhere.

    ``plain`` is shared with whoever gave it and never changed here.
    """

    __slots__ = ("origin", "other", "plain", "row")

    def __init__(self, plain: Mapping[str, float | str], origin: SheetOrigin, row: int) -> None:
        self.plain = plain
        self.origin = origin
        self.row = row
        self.other: dict[str, SourcedValue] | None = None

    def __getitem__(self, key: str) -> SourcedValue:
        if self.other is not None and key in self.other:
            return self.other[key]
        return SourcedValue(self.plain[key], self.origin.cell(self.row, key))

    def __setitem__(self, key: str, value: SourcedValue) -> None:
        self._drop(key)
        if self.other is None:
            self.other = {}
        self.other[key] = value

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._drop(key)
        if self.other is not None:
            self.other.pop(key, None)

    def __contains__(self, key: object) -> bool:
        return key in self.plain or (self.other is not None and key in self.other)

    def __iter__(self) -> Iterator[str]:
        yield from self.plain
        if self.other is not None:
            yield from self.other

    def __len__(self) -> int:
        return len(self.plain) + len(self.other or ())

    def _drop(self, key: str) -> None:
        if key in self.plain:
            self.plain = {k: v for k, v in self.plain.items() if k != key}


def plain_values(values: Mapping[str, SourcedValue]) -> Iterator[tuple[str, float | str]]:
    """Yield field and value without their cells."""
    if isinstance(values, RowValues):
        yield from values.plain.items()
        for key, cell in (values.other or {}).items():
            yield key, cell.value
    else:
        for key, cell in values.items():
            yield key, cell.value


def plain_value(values: Mapping[str, SourcedValue], key: str) -> float | str | None:
    """Return the value of a field without its cell, or None where there is none."""
    if isinstance(values, RowValues) and not values.other:
        return values.plain.get(key)
    found = values.get(key)
    return None if found is None else found.value
