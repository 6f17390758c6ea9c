"""Files that come in: dropped on the window, and those opened before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QSettings, Signal

WORKSPACE_SUFFIX = ".zoneeval"
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".tsv", ".txt")
RECENT_SETTING = "files/recent"
RECENT_LIMIT = 8


@dataclass(frozen=True, slots=True)
class DroppedFiles:
    """What can be used of the files dropped."""

    workspace: str | None
    workbooks: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.workspace is not None or bool(self.workbooks)


def dropped_files(mime: QMimeData) -> DroppedFiles:
    """Return the workspace and the workbooks among what is dragged."""
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    workspaces = [p for p in paths if p.lower().endswith(WORKSPACE_SUFFIX)]
    workbooks = [
        p
        for p in paths
        if p.lower().endswith(WORKBOOK_SUFFIXES) and not Path(p).name.startswith("~$")
    ]
    return DroppedFiles(workspaces[0] if workspaces else None, tuple(workbooks))


class RecentFiles(QObject):
    """The workspace files opened last, newest first; kept in the settings."""

    changed = Signal()

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths, newest first, whether or not they still exist."""
        stored: Any = QSettings().value(RECENT_SETTING, [])
        entries: Sequence[Any] = [stored] if isinstance(stored, str) else list(stored or [])
        return tuple(str(entry) for entry in entries if entry)

    def add(self, path: str) -> None:
        """Put a path first."""
        others = [p for p in self.paths if p != path]
        QSettings().setValue(RECENT_SETTING, [path, *others][:RECENT_LIMIT])
        self.changed.emit()

    def remove(self, path: str) -> None:
        """Forget a path."""
        QSettings().setValue(RECENT_SETTING, [p for p in self.paths if p != path])
        self.changed.emit()
