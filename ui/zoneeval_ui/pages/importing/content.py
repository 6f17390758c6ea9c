"""What 导入 shows: what was recognised, what was found, what would be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.matching import MatchQuestion
from zoneeval.model.repair import AppliedRepair, CellEdit, RepairChoice
from zoneeval_ui.pages.importing.grid_content import GridSheet, grid_sheets
from zoneeval_ui.pages.importing.mapping_content import MappingSheet, mapping_sheets
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval.intake.draft import ColumnReport, Draft, SheetReport
    from zoneeval.intake.mapping import Layout
    from zoneeval.intake.shelf import Shelf
    from zoneeval.progress import Progress
    from zoneeval_db.operations import DatasetVersion, DraftInfo, ImportOutcome
    from zoneeval_db.storage.workspace import Workspace

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: the workbooks, for which year and zone, and what is mended.

    ``draft`` is the kept draft of it, if there is one already.
    """

    paths: tuple[str, ...]
    year: int
    zone: str | None = None
    set_aside: bool = False
    repairs: tuple[RepairChoice, ...] = ()
    layouts: tuple[Layout, ...] = ()
    edits: tuple[CellEdit, ...] = ()
    draft: int | None = None


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

    ``blocked`` says that a blocking finding is left which was not set aside; ``kept`` is
    the draft of it in the workspace, and ``not_kept`` why there is none.
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
    grid: tuple[GridSheet, ...] = ()
    kept: DraftInfo | None = None
    not_kept: str = ""

    @property
    def blocking(self) -> int:
        """Return the number of blocking findings, set aside or not."""
        return sum(issue.severity is Severity.BLOCKING for issue in self.issues)

    @property
    def waiting(self) -> int:
        """Return the number of places that somebody still has to look after."""
        return 0 if not self.blocked else self.blocking

    @property
    def can_commit(self) -> bool:
        """Tell whether there is something to store and nothing in its way."""
        return not self.blocked and bool(self.enterprises or self.zone_figures or self.decisions)


@dataclass(frozen=True, slots=True)
class StoredImport:
    """What an import has stored; ``operation`` is its number in the record."""

    order: Order
    versions: tuple[DatasetVersion, ...]
    enterprises: int
    zone_figures: int
    set_aside: tuple[str, ...]
    decisions: int = 0
    operation: int | None = None


@dataclass(frozen=True, slots=True)
class ImportState:
    """What the workspace holds already: zones, years, the import to undo, what was undone."""

    zones: tuple[str, ...]
    years: tuple[int, ...]
    undo_label: str
    drafts: tuple[DraftInfo, ...] = ()
    undone: frozenset[int] = frozenset()


def read_state(workspace: Workspace) -> ImportState:
    """Return what can be chosen, and which import could be taken back."""
    from zoneeval_db import operations

    last = operations.undoable(workspace)
    return ImportState(
        tuple(operations.zones(workspace)),
        tuple(operations.years(workspace)),
        last.label if last is not None and last.kind == "import" else "",
        tuple(operations.drafts(workspace)),
        frozenset(info.id for info in operations.last_operations(workspace) if info.undone),
    )


def check(workspace: Workspace, order: Order, progress: Progress, shelf: Shelf) -> CheckedImport:
    """Read the workbooks and report everything about them; keep no more than a draft."""
    from zoneeval_db import operations

    outcome = operations.import_workbooks(
        workspace,
        order.paths,
        year=order.year,
        zone=order.zone,
        set_aside=order.set_aside,
        repairs=order.repairs,
        layouts={layout.signature: layout for layout in order.layouts},
        edits=order.edits,
        shelf=shelf,
        dry_run=True,
        progress=progress,
    )
    return keep(workspace, checked(order, outcome.draft))


def keep(workspace: Workspace, found: CheckedImport) -> CheckedImport:
    """Keep the import as a draft, where anything of it is worth keeping."""
    from zoneeval.errors import UserError
    from zoneeval_db import operations

    order = found.order
    if workspace.read_only or not (found.mapping or order.draft):
        return found
    draft = operations.DraftOrder(
        order.paths, order.year, order.zone, order.set_aside, order.layouts, order.repairs,
        order.edits,
    )  # fmt: skip
    try:
        kept = operations.save_draft(workspace, draft, found.waiting, order.draft)
    except UserError as error:
        return replace(found, not_kept=str(error))
    return replace(found, kept=kept, order=replace(order, draft=kept.id))


def open_draft(workspace: Workspace, draft_id: int, folder: Path) -> Order:
    """Return the import that was kept; moved workbooks are put into ``folder``."""
    from zoneeval_db import operations

    found = operations.load_draft(workspace, draft_id, folder)
    return Order(
        found.paths, found.year, found.zone, found.set_aside, found.repairs, found.layouts,
        found.edits, draft_id,
    )  # fmt: skip


def give_up(workspace: Workspace, draft_id: int) -> None:
    """Remove a kept draft."""
    from zoneeval_db import operations

    operations.delete_draft(workspace, draft_id)


def export_problems(
    workspace: Workspace, found: CheckedImport, out: Path, progress: Progress
) -> list[Path]:
    """Write marked copies of the workbooks, and remember their layouts for their return."""
    from zoneeval_db import operations

    written = operations.export_problems(
        found.order.paths, found.issues, out, changed=found.repaired, progress=progress
    )
    if not workspace.read_only:
        operations.remember_layouts(workspace, found.order.layouts)
    return written


def commit(
    workspace: Workspace, order: Order, progress: Progress, shelf: Shelf
) -> StoredImport | CheckedImport:
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
        edits=order.edits,
        shelf=shelf,
        finished=order.draft,
        progress=progress,
    )
    if not outcome.committed:
        return checked(order, outcome.draft)
    draft, made = outcome.draft, operations.undoable(workspace)
    return StoredImport(
        order,
        tuple(operations.dataset_version(workspace, i) for i in outcome.datasets.values()),
        len(_codes(draft)),
        len(draft.zone_values) + len(draft.stars),
        draft.set_aside,
        len(draft.decisions),
        made.id if made is not None else None,
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
        grid=grid_sheets(draft.files, issues),
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
