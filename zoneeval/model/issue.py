"""A finding about data handed in: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.model.repair import Repair


class Severity(StrEnum):
    """How much a finding matters: only ``BLOCKING`` keeps data out."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the word the interface shows."""
        return {"blocking": "阻断", "warning": "警告", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding; ``row`` and ``column`` are Excel's (12, "C").

    ``value`` is the cell as it stands, as text; ``suggestion`` says what to do, and
    ``repair`` can do it where that is safe.
    """

    severity: Severity
    code: str
    message: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    suggestion: str | None = None
    uscc: str | None = None
    repair: Repair | None = None

    @property
    def place(self) -> str:
        """Return where the finding is, as an official would say it."""
        parts = []
        if self.file:
            parts.append(self.file)
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row and self.column:
            parts.append(f"第 {self.row} 行 {self.column} 列")
        elif self.row:
            parts.append(f"第 {self.row} 行")
        elif self.column:
            parts.append(f"{self.column} 列")
        return " ".join(parts)

    def as_json(self) -> dict[str, object]:
        """Return the finding in the shape of the command line's contract."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
            "suggestion": self.suggestion,
            "repair": None
            if self.repair is None
            else {"kind": self.repair.kind, "message": self.repair.message},
        }


def has_blocking(issues: Iterable[Issue]) -> bool:
    """Tell whether any finding keeps the data out."""
    return any(issue.severity is Severity.BLOCKING for issue in issues)


MOST_ALIKE = 200
"""How many findings of one code in one sheet are listed."""


def capped(issues: Iterable[Issue], most: int = MOST_ALIKE) -> list[Issue]:
    """Return the findings for a list: of each sheet and code the first ``most``.

    What is left out is told, with its number, by one finding at the end of its kind's list.
    """
    counts: dict[tuple[Severity, str, str | None, str | None], int] = {}
    listed: list[Issue] = []
    for issue in issues:
        kind = issue.severity, issue.code, issue.file, issue.sheet
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= most:
            listed.append(issue)
    for (severity, code, file, sheet), total in counts.items():
        if total > most:
            message = f"另有 {total - most:,} 处同类问题未逐一列出，共 {total:,} 处"
            listed.append(
                Issue(severity, code, message, file, sheet, suggestion="请按已列出的各处一并核对。")
            )
    return listed
