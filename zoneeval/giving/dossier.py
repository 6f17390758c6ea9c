"""Everything that is stored of one enterprise and year, as it is put before people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from zoneeval.model.fields import FIELDS
from zoneeval.model.records import Event, Meter, Parcel, SourceCell
from zoneeval.report.workbook.columns import MISSING


@dataclass(frozen=True, slots=True)
class Given:
    """One value in the registry's unit, and the cell it came from."""

    value: float | str | None
    source: SourceCell | None = None


@dataclass(frozen=True)
class Dossier:
    """One enterprise of one year; ``values`` are by field, computed land included."""

    uscc: str
    name: str
    zone: str
    values: Mapping[str, Given]
    parcels: tuple[Parcel, ...] = ()
    meters: tuple[Meter, ...] = ()
    events: tuple[Event, ...] = ()

    def number(self, key: str) -> float | None:
        """Return a number, or None where it is missing."""
        given = self.values.get(key)
        value = given.value if given else None
        return value if isinstance(value, float | int) and math.isfinite(value) else None

    def shown(self, key: str) -> str:
        """Return a value as text; a missing one is a dash."""
        given = self.values.get(key)
        return shown_value(key, given.value if given else None)


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Who sends a letter, and what is asked for: blanks stay blank to be filled in."""

    year: int
    zone: str = ""
    issuer: str = ""
    reply_by: str = ""
    contact: str = ""
    phone: str = ""

    @property
    def scope(self) -> str:
        """Return what the evaluation covers, in words."""
        return f"{self.year}年度{self.zone}企业分类评价"


def shown_value(key: str, value: float | str | None) -> str:
    """Return a value of a field as people write it; a missing one is a dash."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return MISSING
    field = FIELDS.get(key)
    if field and field.kind == "flag":
        return "是" if value else "否"
    return shown_number(value)


def shown_number(value: float | None) -> str:
    """Return a number with separators and every decimal it has, up to six."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
