"""Which workbook and sheet stored values came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.model.records import SourceCell
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.intake.draft import Draft
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace

Place = tuple[int | None, int | None, str | None]
"""Sheet, row and column as they are stored."""


class SourceBook:
    """The workbooks of one import, written to the file as they are first referred to."""

    def __init__(self, ws: Workspace, op: Operation, draft: Draft, paths: Iterable[Path]) -> None:
        self._conn = ws.conn
        self._operation = op.id
        self._digests = {path.name: _sha256(path) for path in paths}
        self._files: dict[str, int] = {}
        self._sheets: dict[tuple[str, str], int] = {}
        for report in draft.files:
            for sheet in report.sheets:
                self._sheet(Path(report.path).name, sheet.name, sheet.department)

    def place(self, source: SourceCell | None) -> Place:
        """Return a source cell as it is stored."""
        if source is None:
            return None, None, None
        file, sheet, row, column = source
        known = self._sheets.get((file, sheet))
        if known is None:
            known = self._sheet(Path(file).name, sheet, None)
            self._sheets[file, sheet] = known
        return known, codec.whole(row), column

    def _sheet(self, file: str, sheet: str, department: str | None) -> int:
        known = self._sheets.get((file, sheet))
        if known is not None:
            return known
        if file not in self._files:
            self._files[file] = self._insert(
                "source_file (operation_id, name, sha256)",
                (self._operation, file, self._digests.get(file)),
            )
        self._sheets[file, sheet] = self._insert(
            "source_sheet (file_id, name, department)", (self._files[file], sheet, department)
        )
        return self._sheets[file, sheet]

    def _insert(self, target: str, row: Sequence[object]) -> int:
        marks = ", ".join("?" * len(row))
        return self._conn.execute(f"INSERT INTO {target} VALUES ({marks})", row).lastrowid or 0


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def cell(
    file: str | None, sheet: str | None, row: int | None, col: str | None
) -> SourceCell | None:
    """Return a stored place as a source cell."""
    if file is None or sheet is None:
        return None
    return SourceCell(file, sheet, row or 0, col or "")
