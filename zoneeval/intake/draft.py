"""What reading workbooks gives: what was recognised, the values, and every finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zoneeval.model.issue import Issue
from zoneeval.model.records import Event, Meter, Parcel, SourcedValue, StarRecord, ZoneValue


@dataclass(frozen=True)
class ColumnReport:
    """One column: its heading as it stands, what it maps to, and the workbook's own unit."""

    heading: str
    field: str | None
    unit: str | None
    confidence: float
    column: str


@dataclass(frozen=True)
class SheetReport:
    """One recognised sheet; ``header_rows`` are Excel's row numbers."""

    name: str
    department: str
    header_rows: tuple[int, ...]
    rows_read: int
    columns: tuple[ColumnReport, ...]


@dataclass(frozen=True)
class FileReport:
    """One workbook and the sheets that were recognised in it."""

    path: str
    sheets: tuple[SheetReport, ...]

    def as_json(self) -> dict[str, object]:
        """Return the report in the shape of the command line's contract."""
        return {
            "path": self.path,
            "sheets": [
                {
                    "name": sheet.name,
                    "department": sheet.department,
                    "header_rows": list(sheet.header_rows),
                    "rows_read": sheet.rows_read,
                    "columns": [
                        {
                            "heading": column.heading,
                            "field": column.field,
                            "unit": column.unit,
                            "confidence": column.confidence,
                            "column": column.column,
                        }
                        for column in sheet.columns
                    ],
                }
                for sheet in self.sheets
            ],
        }


@dataclass(frozen=True)
class YearDraft:
    """The enterprises of one year: values by credit code and field, and their records."""

    values: Mapping[str, Mapping[str, SourcedValue]]
    parcels: tuple[Parcel, ...]
    meters: tuple[Meter, ...]
    events: tuple[Event, ...]


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

    @property
    def has_blocking(self) -> bool:
        """Tell whether a blocking finding is left that was not set aside."""
        return self.unresolved > 0
