"""What the step 对应列 shows: each sheet's columns, what they may become, in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.model.fields import FIELDS

if TYPE_CHECKING:
    from zoneeval.intake.draft import FileReport, SheetReport
    from zoneeval_db.storage.workspace import Workspace

EXAMPLES = 3
_UNITS = {
    "万元": ("元", "千元", "万元", "亿元"),
    "亩": ("亩", "平方米", "公顷"),
    "㎡": ("平方米", "亩"),
    "吨标准煤": ("吨标准煤", "千克标准煤", "万吨标准煤"),
    "万千瓦时": ("千瓦时", "万千瓦时"),
    "万立方米": ("立方米", "万立方米", "吨"),
    "吨": ("千克", "吨"),
    "人": ("人",),
    "": ("%", "小数"),
}
_KIND_UNITS = ("吨", "万吨", "万立方米", "百万千焦", "万千瓦时")


@dataclass(frozen=True, slots=True)
class MappingColumn:
    """One column: ``key`` is what it becomes now, ``suggestion`` what it may become."""

    letter: str
    heading: str
    slot: str
    examples: str
    key: str | None
    suggestion: str | None
    confidence: float
    unit: str
    decided: bool

    @property
    def wrong_unit(self) -> bool:
        """Tell whether its unit does not fit what it becomes."""
        return self.key is not None and bool(unit_fault(self.key, self.unit))

    @property
    def doubtful(self) -> bool:
        """Tell whether somebody must decide about it."""
        unnamed = self.key is None and self.suggestion is not None and not self.decided
        return unnamed or self.wrong_unit


@dataclass(frozen=True, slots=True)
class MappingSheet:
    """One sheet with a header; ``department`` is "" where nobody knows what it is.

    ``only`` says that its workbook has no sheet that is known.
    """

    file: str
    sheet: str
    department: str
    signature: str
    remembered: bool
    only: bool
    columns: tuple[MappingColumn, ...]

    @property
    def doubtful(self) -> int:
        """Return how many columns wait for a decision."""
        return sum(column.doubtful for column in self.columns)

    @property
    def needs_decision(self) -> bool:
        """Tell whether the workbook is unknown or the sheet has doubtful columns."""
        return self.only or self.doubtful > 0


def mapping_sheets(files: Sequence[FileReport]) -> tuple[MappingSheet, ...]:
    """Return the sheets of all workbooks, those that need a decision first."""
    found = [
        _sheet(Path(file.path).name, sheet, only=not file.sheets)
        for file in files
        for sheet in (*file.sheets, *file.unknown)
    ]
    return tuple(sorted(found, key=lambda sheet: not sheet.needs_decision))


def _sheet(file: str, sheet: SheetReport, *, only: bool) -> MappingSheet:
    columns = tuple(
        MappingColumn(
            c.column, " ".join(c.heading.split()), c.slot, "　".join(c.examples[:EXAMPLES]),
            c.field, c.suggestion, c.confidence, c.unit or "", c.decided,
        )
        for c in sheet.columns
    )  # fmt: skip
    return MappingSheet(
        file, sheet.name, sheet.department, sheet.signature, sheet.remembered, only, columns
    )


def field_choices() -> list[tuple[str, str]]:
    """Return key and label of everything a column can become, in the order of the forms."""
    from zoneeval.energy import shipped_factors
    from zoneeval.intake.recognise import ROLES, meaning

    choices = [(field.key, field.heading) for field in FIELDS.values()]
    choices += [(key, meaning(key)) for key in ROLES]
    choices += [
        (kind.key, f"能源品种：{kind.label}")
        for kind in shipped_factors().kinds.values()
        if kind.aliases
    ]
    return choices


def unit_choices(key: str | None) -> tuple[str, ...]:
    """Return the units that are usual for a field."""
    if key is None:
        return ()
    field = FIELDS.get(key)
    if field is None:
        from zoneeval.intake.recognise import is_energy

        return _KIND_UNITS if is_energy(key) else ()
    if field.kind not in ("number", "share"):
        return ()
    return _UNITS.get(field.unit, (field.unit,) if field.unit else ())


def label_of_key(key: str | None) -> str:
    """Return the Chinese name of what a column becomes."""
    from zoneeval.intake.recognise import meaning

    return meaning(key) if key else ""


def unit_fault(key: str, unit: str) -> str:
    """Return why a unit does not fit a field, or ""."""
    from zoneeval.units import UnitError, is_unit, ratio

    if not unit:
        return ""
    if not is_unit(unit):
        return f"不认识的计量单位“{unit}”。"
    field = FIELDS.get(key)
    if field is None or (key == "water_use" and unit.endswith("吨")):
        return ""
    try:
        ratio(unit, field.unit)
    except UnitError as error:
        return str(error)
    return ""


def export_mappings(workspace: Workspace, path: Path) -> int:
    """Write the remembered layouts to a file and return how many there are."""
    from zoneeval_db import operations

    return operations.export_mappings(workspace, path)


def import_mappings(workspace: Workspace, path: Path) -> int:
    """Remember the layouts of a file and return how many there are."""
    from zoneeval_db import operations

    return operations.import_mappings(workspace, path)
