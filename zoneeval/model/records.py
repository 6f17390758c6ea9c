"""What departments hand in, one frozen record each, with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple


class SourceCell(NamedTuple):
    """Where a value stands: workbook, sheet, and Excel's row and column (12, "C")."""

    file: str
    sheet: str
    row: int
    column: str

    @property
    def place(self) -> str:
        """Return the place as an official would say it."""
        column = f" {self.column} 列" if self.column else ""
        return f"{self.file}（{self.sheet}）第 {self.row} 行{column}"


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """One value of one enterprise in the registry's unit, with its source.

    A sum of several rows (parcels, meters) carries the first row's cell.
    """

    value: float | str
    source: SourceCell | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel of land of an enterprise, in 亩."""

    uscc: str
    certificate: str | None
    location: str | None
    registered: float | None
    leased_in: float | None
    leased_out: float | None
    source: SourceCell | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """One utility account; ``use`` is in the utility's unit (供电: 万千瓦时)."""

    uscc: str
    utility: str
    account: str
    account_name: str | None
    use: float | None
    source: SourceCell | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One accident or penalty; ``occurred_on`` is ISO (2024-05-31)."""

    uscc: str
    kind: str
    occurred_on: str | None
    description: str | None
    document: str | None
    source: SourceCell | None = None


@dataclass(frozen=True, slots=True)
class ZoneValue:
    """An official or published figure of a zone and period, in the registry's unit.

    ``part`` is "" for the whole year, else Q2 or 06: from January to its end.
    """

    zone: str
    year: int
    indicator: str
    value: float
    document: str | None = None
    source: SourceCell | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class StarRecord:
    """A star level of a zone in one year: a ``target``, or an ``official`` result.

    ``level`` is -1 (``BELOW_GATE``) where the zone was officially put below the gate.
    """

    zone: str
    year: int
    kind: str
    level: int
    document: str | None = None
    source: SourceCell | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of a 参评名单 with a decision; ``decision`` None takes an earlier one back."""

    year: int
    uscc: str
    decision: Literal["in", "out"] | None
    reason: str
    document: str | None = None
    source: SourceCell | None = None


EnterpriseValues = Mapping[str, Mapping[str, SourcedValue]]
"""Values by credit code and field identifier."""
