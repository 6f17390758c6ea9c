"""The menu 导出: the list for publicity, and apart from it the full list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from zoneeval_ui.pages import exporting

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.adjudication.page import AdjudicationPage

    Write = Callable[[Workspace, Path, int], list[Path]]


class ListExports(QObject):
    """Writes the lists of the run that the page shows."""

    def __init__(
        self, page: AdjudicationPage, button: QPushButton, note: exporting.ExportedNote
    ) -> None:
        super().__init__(page)
        self._page, self._note = page, note
        self.menu = QMenu(page)
        self.menu.setObjectName("adjudicationExportMenu")
        self._add("exportPublic", self.tr("公示表…"), self.public)
        self._add(
            "exportPublicMore",
            self.tr("公示表，含排名和得分…"),
            lambda: self.public(("rank", "score")),
        )
        self._add("exportFull", self.tr("完整名单（内部使用）…"), self.full)
        button.setMenu(self.menu)

    def _add(self, name: str, text: str, does: Callable[[], None]) -> None:
        action = QAction(text, self.menu)
        action.setObjectName(name)
        action.triggered.connect(lambda _on=False: does())
        self.menu.addAction(action)

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self._page, title, suggested)

    def public(self, more: tuple[str, ...] = ()) -> None:
        """Write the list for publicity, without confidential values."""

        def write(ws: Workspace, out: Path, run_id: int) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_public_list(ws, out, run_id, more)

        self._export(self.tr("公示表"), write)

    def full(self) -> None:
        """Write every value with adjustments and objections, for internal use."""

        def write(ws: Workspace, out: Path, run_id: int) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_full_list(ws, out, run_id)

        self._export(self.tr("完整名单（内部）"), write)

    def _export(self, name: str, write: Write) -> None:
        page = self._page
        if page.content is None or page.content.state is None:
            return
        info = page.content.state.info
        folder = exporting.export_folder(page.session.path)
        file = self.tr("{year}年度企业分类{name}.xlsx").format(year=info.year, name=name)
        out = self.ask_file(self.tr("导出{name}").format(name=name), folder / file)
        if out is None:
            return
        page.session.read(
            lambda ws, _progress: write(ws, out, info.id),
            self._note.show_files,
            title=self.tr("正在导出“{name}”").format(name=out.name),
        )
