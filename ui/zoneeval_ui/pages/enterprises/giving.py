"""核实与公示: what is given out before anything is scored, from the page of enterprises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.enterprises.letters import LetterDialog

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.base import WorkspacePage

DEFAULT_POLICY = "zhengzhou-2018"


class GivingMenu(QObject):
    """The menu under 核实与公示; ``written`` has the files, ``failed`` the error."""

    written = Signal(list)
    failed = Signal(object)

    def __init__(
        self, page: WorkspacePage, button: QPushButton, selected: Callable[[], str | None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._selected = selected
        self.menu = QMenu(page)
        self.menu.setObjectName("givingMenu")
        slips = QMenu(self.tr("一企一单"), self.menu)
        slips.setObjectName("givingSlips")
        self._add(slips, "givingSheets", self.tr("每户一张工作表…"), lambda: self.slips("sheets"))
        self._add(slips, "givingOne", self.tr("连续打印，每户另起一页…"), lambda: self.slips("one"))
        self._add(slips, "givingFiles", self.tr("每户一个工作簿…"), lambda: self.slips("files"))
        slips.addSeparator()
        self._only = self._add(
            slips, "givingSelected", self.tr("只要选中的企业…"), self.slip_of_selected
        )
        self.menu.addMenu(slips)
        self._add(self.menu, "givingLetters", self.tr("数据核实函…"), self.letters)
        self._add(self.menu, "givingParticipants", self.tr("参评名单…"), self.participants)
        self._add(self.menu, "givingLand", self.tr("用地公示表…"), self.land)
        self.menu.aboutToShow.connect(lambda: self._only.setEnabled(self._selected() is not None))
        button.setMenu(self.menu)

    def _add(self, menu: QMenu, name: str, text: str, handler: Callable[[], object]) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: handler())
        menu.addAction(action)
        return action

    # -- where to ------------------------------------------------------------------------

    def ask_file(self, title: str, name: str) -> Path | None:
        """Ask for a workbook's name."""
        folder = exporting.export_folder(self._page.session.path)
        return exporting.ask_file(self._page, title, folder / name)

    def ask_folder(self, title: str) -> Path | None:
        """Ask for a folder."""
        folder = exporting.export_folder(self._page.session.path)
        return exporting.ask_folder(self._page, title, folder)

    def ask_letter(self) -> LetterDialog | None:
        """Ask who sends the letters; None where the user changed their mind."""
        dialog = LetterDialog(self._page)
        return dialog if dialog.exec() else None

    @property
    def _year(self) -> int:
        return self._page.context.year or 0

    @property
    def _zone(self) -> str | None:
        return self._page.context.zone or None

    # -- what ----------------------------------------------------------------------------

    def slips(self, layout: Literal["sheets", "one", "files"], only: str | None = None) -> None:
        """Write the confirmation slips of the enterprises of the context."""
        title = self.tr("导出一企一单")
        name = f"{self._year}年度企业数据确认单.xlsx"
        out = self.ask_folder(title) if layout == "files" else self.ask_file(title, name)
        if out is None:
            return
        year, zone = self._year, None if only else self._zone
        codes = None if only is None else [only]

        def work(ws: Workspace, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_confirm(ws, out, year, zone, layout, codes, progress)

        self._run(work, title)

    def slip_of_selected(self) -> None:
        """Write the confirmation slip of the selected enterprise."""
        code = self._selected()
        if code is not None:
            self.slips("sheets", code)

    def letters(self) -> None:
        """Write a letter per department into a folder."""
        title = self.tr("导出数据核实函")
        asked = self.ask_letter()
        out = self.ask_folder(title) if asked is not None else None
        if asked is None or out is None:
            return
        year, zone, values = self._year, self._zone or "", asked.values()

        def work(ws: Workspace, progress: Progress) -> list[Path]:
            from zoneeval.giving import LetterHead
            from zoneeval_db import operations

            return operations.export_letters(
                ws, out, LetterHead(year, zone, **values), (), progress
            )

        self._run(work, title)

    def participants(self) -> None:
        """Write who takes part by the policy of the context."""
        title = self.tr("导出参评名单")
        out = self.ask_file(title, f"{self._year}年度参评名单.xlsx")
        if out is None:
            return
        year, zone = self._year, self._zone
        policy = self._page.context.policy or DEFAULT_POLICY

        def work(ws: Workspace, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_participants(ws, out, year, policy, zone, progress)

        self._run(work, title)

    def land(self) -> None:
        """Write the land areas for publication."""
        title = self.tr("导出用地面积公示表")
        out = self.ask_file(title, f"{self._year}年度用地面积公示表.xlsx")
        if out is None:
            return
        year, zone = self._year, self._zone

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_land(ws, out, year, zone)

        self._run(work, title)

    def _run(self, work: Callable[[Any, Any], list[Path]], title: str) -> None:
        self._page.session.read(
            work,
            self.written.emit,
            title=title,
            on_failure=self.failed.emit,
            quiet=False,
        )
