"""What reading workbooks gives: what was recognised, the values, and every finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zoneeval.intake.reading.sheet import RawSheet
from zoneeval.model.issue import Issue
from zoneeval.model.matching import MatchQuestion
from zoneeval.model.records import (
    DecisionRow,
    Event,
    Meter,
    Parcel,
    SourcedValue,
    StarRecord,
    ZoneValue,
)
from zoneeval.model.repair import AppliedRepair


@dataclass(frozen=True)
class ColumnReport:
    """One column: its heading as it stands, what it maps to, and the workbook's own unit.

    ``suggestion`` is what a column that is not imported probably is; ``slot`` is what its
    heading is remembered by, ``examples`` are its first values.
    """

    heading: str
    field: str | None
    unit: str | None
    confidence: float
    column: str
    suggestion: str | None = None
    decided: bool = False
    slot: str = ""
    examples: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the column in the shape of the command line's contract."""
        return {
            "heading": self.heading,
            "field": self.field,
            "unit": self.unit,
            "confidence": self.confidence,
            "column": self.column,
            "suggestion": self.suggestion,
            "decided": self.decided,
        }


@dataclass(frozen=True)
class SheetCells:
    """The raw cells of a sheet below its header, as the user sees and edits them.

    ``typed`` are cells that the user has typed into, and hold it already; ``mended``
    what repairs have made of cells (column "" : the row is dropped).
    """

    raw: RawSheet
    body: int
    typed: frozenset[tuple[int, str]] = frozenset()
    mended: Mapping[tuple[int, str], str | None] = field(default_factory=dict)
    editable: bool = True


@dataclass(frozen=True)
class SheetReport:
    """One recognised sheet; ``header_rows`` are Excel's row numbers."""

    name: str
    department: str
    header_rows: tuple[int, ...]
    rows_read: int
    columns: tuple[ColumnReport, ...]
    signature: str = ""
    remembered: bool = False
    first_rows: tuple[tuple[str, ...], ...] = ()
    cells: SheetCells | None = None

    def as_json(self) -> dict[str, object]:
        """Return the sheet in the shape of the command line's contract."""
        return {
            "name": self.name,
            "department": self.department,
            "header_rows": list(self.header_rows),
            "rows_read": self.rows_read,
            "signature": self.signature,
            "remembered": self.remembered,
            "columns": [column.as_json() for column in self.columns],
        }


@dataclass(frozen=True)
class FileReport:
    """One workbook and the sheets that were recognised in it.

    ``unknown`` are the sheets with a table whose columns nobody has named yet.
    """

    path: str
    sheets: tuple[SheetReport, ...]
    unknown: tuple[SheetReport, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the report in the shape of the command line's contract."""
        return {
            "path": self.path,
            "sheets": [sheet.as_json() for sheet in self.sheets],
        }


@dataclass(frozen=True)
class YearDraft:
    """The enterprises of one year: values by credit code and field, and their records.

    ``superseded`` are codes and fields given up: their values stand under a new code now.
    """

    values: Mapping[str, Mapping[str, SourcedValue]]
    parcels: tuple[Parcel, ...]
    meters: tuple[Meter, ...]
    events: tuple[Event, ...]
    superseded: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Draft:
    """Everything one import would store, with every finding; nothing is stored yet.

    ``unresolved`` counts the blocking findings that were not set aside.
    """

    files: tuple[FileReport, ...]
    years: Mapping[int, YearDraft]
    zone_values: tuple[ZoneValue, ...]
    stars: tuple[StarRecord, ...]
    issues: tuple[Issue, ...]
    accepted: int
    rejected: int
    set_aside: tuple[str, ...]
    unresolved: int = 0
    decisions: tuple[DecisionRow, ...] = ()
    questions: tuple[MatchQuestion, ...] = ()
    repaired: tuple[AppliedRepair, ...] = ()

    @property
    def has_blocking(self) -> bool:
        """Tell whether a blocking finding is left that was not set aside."""
        return self.unresolved > 0
