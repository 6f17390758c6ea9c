"""导出问题给部门: the workbooks with their problems marked, into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.importing.content import CheckedImport, export_problems
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval_ui.pages.base import WorkspacePage


class SendingBack(QObject):
    """Writes marked workbooks and says where they are; ``done`` follows."""

    done = Signal()
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, page: WorkspacePage, begin: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._begin = page, begin
        self.note = exporting.ExportedNote(page)

    def ask_folder(self) -> Path | None:
        """Ask for the folder that takes the marked workbooks."""
        folder = exporting.export_folder(self._page.session.path)
        return exporting.ask_folder(self._page, self.tr("问题表保存到哪个文件夹"), folder)

    def export(self, found: CheckedImport) -> None:
        """Ask where to, and write the workbooks of a check that have problems."""
        out = self.ask_folder()
        if out is None or not self._begin():
            return
        self._page.session.read(
            lambda ws, progress: export_problems(ws, found, out, progress),
            self._written,
            title=self.tr("正在写问题表"),
            on_failure=self.failed.emit,
            on_cancelled=self.cancelled.emit,
            quiet=False,
        )

    def _written(self, files: list[Path]) -> None:
        if files:
            self.note.show_files(files)
        else:
            text = self.tr("没有需要部门改正的问题，没有写出文件。")
            self._page.banner.show_message(text, tone=Tone.ACCENT)
        self.done.emit()
