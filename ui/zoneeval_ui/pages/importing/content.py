"""What 导入 shows: what was recognised, what was found, what would be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.matching import MatchQuestion
from zoneeval.model.repair import AppliedRepair, RepairChoice
from zoneeval_ui.pages.importing.mapping_content import MappingSheet, mapping_sheets
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval.intake.draft import ColumnReport, Draft, SheetReport
    from zoneeval.intake.mapping import Layout
    from zoneeval.progress import Progress
    from zoneeval_db.operations import DatasetVersion, ImportOutcome
    from zoneeval_db.workspace import Workspace

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: the workbooks, for which year and zone, and what is mended."""

    paths: tuple[str, ...]
    year: int
    zone: str | None = None
    set_aside: bool = False
    repairs: tuple[RepairChoice, ...] = ()
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a sheet; ``field`` is what it becomes, "" where it is left out."""

    letter: str
    heading: str
    field: str
    unit: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One recognised sheet of one workbook."""

    file: str
    sheet: str
    department: str
    header_rows: str
    rows: int
    columns: tuple[ColumnLine, ...]

    @property
    def used(self) -> int:
        """Return how many columns are imported."""
        return sum(bool(column.field) for column in self.columns)


@dataclass(frozen=True, slots=True)
class CheckedImport:
    """The result of a check; nothing is stored yet.

    ``blocked`` says that a blocking finding is left which was not set aside.
    """

    order: Order
    sheets: tuple[SheetLine, ...]
    issues: tuple[Issue, ...]
    chips: tuple[Chip, ...]
    enterprises: int
    zone_figures: int
    years: tuple[int, ...]
    accepted: int
    rejected: int
    set_aside: tuple[str, ...]
    blocked: bool
    unreadable: tuple[str, ...]
    questions: tuple[MatchQuestion, ...] = ()
    repaired: tuple[AppliedRepair, ...] = ()
    mapping: tuple[MappingSheet, ...] = ()
    decisions: int = 0

    @property
    def blocking(self) -> int:
        """Return the number of blocking findings, set aside or not."""
        return sum(issue.severity is Severity.BLOCKING for issue in self.issues)

    @property
    def can_commit(self) -> bool:
        """Tell whether there is something to store and nothing in its way."""
        return not self.blocked and bool(
            self.enterprises or self.zone_figures or self.decisions
        )


@dataclass(frozen=True, slots=True)
class StoredImport:
    """What an import has stored."""

    order: Order
    versions: tuple[DatasetVersion, ...]
    enterprises: int
    zone_figures: int
    set_aside: tuple[str, ...]
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class ImportState:
    """What the workspace holds already: zones, years, and the import to undo."""

    zones: tuple[str, ...]
    years: tuple[int, ...]
    undo_label: str


def read_state(workspace: Workspace) -> ImportState:
    """Return what can be chosen, and which import could be taken back."""
    from zoneeval_db import operations

    last = operations.undoable(workspace)
    return ImportState(
        tuple(operations.zones(workspace)),
        tuple(operations.years(workspace)),
        last.label if last is not None and last.kind == "import" else "",
    )


def check(workspace: Workspace, order: Order, progress: Progress) -> CheckedImport:
    """Read the workbooks and report everything about them; store nothing."""
    from zoneeval_db import operations

    outcome = operations.import_workbooks(
        workspace,
        order.paths,
        year=order.year,
        zone=order.zone,
        set_aside=order.set_aside,
        repairs=order.repairs,
        layouts={layout.signature: layout for layout in order.layouts},
        dry_run=True,
        progress=progress,
    )
    return checked(order, outcome.draft)


def commit(workspace: Workspace, order: Order, progress: Progress) -> StoredImport | CheckedImport:
    """Store the workbooks; return the findings instead where something is in the way."""
    from zoneeval_db import operations

    outcome: ImportOutcome = operations.import_workbooks(
        workspace,
        order.paths,
        year=order.year,
        zone=order.zone,
        set_aside=order.set_aside,
        repairs=order.repairs,
        layouts={layout.signature: layout for layout in order.layouts},
        progress=progress,
    )
    if not outcome.committed:
        return checked(order, outcome.draft)
    draft = outcome.draft
    return StoredImport(
        order,
        tuple(operations.dataset_version(workspace, i) for i in outcome.datasets.values()),
        len(_codes(draft)),
        len(draft.zone_values) + len(draft.stars),
        draft.set_aside,
        len(draft.decisions),
    )


def remember(workspace: Workspace, question: MatchQuestion, uscc: str) -> None:
    """Remember whom a row without a credit code means ("" : nobody)."""
    from zoneeval_db import operations

    operations.remember_alias(workspace, question.kind, question.alias, uscc, question.file)


def undo_import(workspace: Workspace) -> str:
    """Take back the last import and return what it was called."""
    from zoneeval.errors import WorkspaceError
    from zoneeval_db import operations

    last = operations.undoable(workspace)
    if last is None or last.kind != "import":
        raise WorkspaceError("最近一次操作不是导入，没有撤销。请在“操作记录”中查看。")
    return operations.undo(workspace).label


def checked(order: Order, draft: Draft) -> CheckedImport:
    """Return a draft as the page shows it."""
    sheets = [
        _sheet_line(Path(file.path).name, sheet) for file in draft.files for sheet in file.sheets
    ]
    rank = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    issues = sorted(draft.issues, key=lambda issue: rank[issue.severity])
    return CheckedImport(
        order=order,
        sheets=tuple(sheets),
        issues=tuple(issues),
        chips=_chips(issues),
        enterprises=len(_codes(draft)),
        zone_figures=len(draft.zone_values) + len(draft.stars),
        decisions=len(draft.decisions),
        years=tuple(sorted(draft.years)),
        accepted=draft.accepted,
        rejected=draft.rejected,
        set_aside=draft.set_aside,
        blocked=draft.has_blocking,
        unreadable=tuple(Path(f.path).name for f in draft.files if not f.sheets),
        questions=draft.questions,
        repaired=draft.repaired,
        mapping=mapping_sheets(draft.files),
    )


def _codes(draft: Draft) -> set[str]:
    return {code for year in draft.years.values() for code in year.values}


def _chips(issues: Sequence[Issue]) -> tuple[Chip, ...]:
    counts = Counter(issue.severity for issue in issues)
    everything = Chip("all", translate("Import", "全部"), len(issues))
    return (everything, *(Chip(s.value, s.label, counts[s]) for s in Severity if counts[s]))


def _sheet_line(file: str, sheet: SheetReport) -> SheetLine:
    rows = sheet.header_rows
    span = f"{rows[0]}—{rows[-1]}" if len(rows) > 1 else str(rows[0]) if rows else ""
    return SheetLine(
        file=file,
        sheet=sheet.name,
        department=sheet.department,
        header_rows=span,
        rows=sheet.rows_read,
        columns=tuple(_column_line(column) for column in sheet.columns),
    )


def _column_line(column: ColumnReport) -> ColumnLine:
    return ColumnLine(
        letter=column.column,
        heading=" ".join(column.heading.split()),
        field=_field_label(column.field) if column.field else "",
        unit=column.unit or "",
        confidence=column.confidence if column.field else None,
    )


def _field_label(key: str) -> str:
    from zoneeval.intake.recognise import meaning
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    if key in FIELDS:
        return FIELDS[key].label
    if key in ZONE_INDICATORS:
        return ZONE_INDICATORS[key].label
    return meaning(key)
