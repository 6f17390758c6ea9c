"""A safe way to mend a finding: what would be changed, and the choice to do so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.model.issue import Issue

REPAIR_KINDS = {
    "fill-code": "补填信用代码",
    "read-number": "取出数字",
    "convert-unit": "换算计量单位",
    "mark-missing": "错误值按缺失处理",
    "merge-rows": "合并重复行",
    "pad-code": "补上开头的 0",
    "nearest-zone": "改为相近的园区名称",
}
"""What a repair does, as a list of applied repairs names it."""

EDIT_KIND = "edit-cell"
CHANGE_KINDS = {**REPAIR_KINDS, EDIT_KIND: "手工修改"}
"""Everything that changes cells: repairs, and what the user types in."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell and what it would hold; ``column`` is Excel's ("C"), None empties it."""

    row: int
    column: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What the user has typed into one cell; the file is named without its folder.

    It counts as if the workbook held ``value`` in that cell; None empties it.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str | None

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Return the cell that is edited."""
        return self.file, self.sheet, self.row, self.column


@dataclass(frozen=True, slots=True)
class Repair:
    """What mends one finding: ``cells`` are replaced, or ``column`` is multiplied.

    The file and the sheet are those of the finding.  ``message`` says what will be done.
    """

    kind: str
    message: str
    cells: tuple[CellChange, ...] = ()
    column: str | None = None
    factor: Fraction = Fraction(1)

    @property
    def label(self) -> str:
        """Return what this kind of repair is called."""
        return REPAIR_KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class RepairChoice:
    """The user's choice to mend a finding, or all of a code where no place is given."""

    code: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @classmethod
    def of(cls, issue: Issue) -> RepairChoice:
        """Return the choice of this one finding."""
        return cls(issue.code, issue.file, issue.sheet, issue.row, issue.column)

    def takes(self, issue: Issue) -> bool:
        """Tell whether the choice is about this finding."""
        if issue.code != self.code:
            return False
        return self.file is None or self == RepairChoice.of(issue)


@dataclass(frozen=True, slots=True)
class AppliedRepair:
    """A repair that was carried out while reading, and what the cell held before.

    What the user has typed in is one of them, with ``after``.
    """

    kind: str
    code: str
    message: str
    file: str
    sheet: str
    row: int | None
    column: str | None
    before: str | None
    after: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the repair as the command line shows it."""
        return {name: getattr(self, name) for name in self.__slots__}
