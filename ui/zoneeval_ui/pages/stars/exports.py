"""The export button of the page: the workbook of stars, and the reports on zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from zoneeval.model.period import Period
from zoneeval_ui.pages import exporting
from zoneeval_ui.widgets.asking import ask_choice

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.content import StarsContent
    from zoneeval_ui.pages.stars.page import StarsPage

Write = Callable[["Workspace"], Sequence[Path]]


class StarExports(QObject):
    """What can be written, and how it is asked for."""

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page)
        self.page = page
        self.button = page.header.add_button("starsExport", self.tr("导出"), primary=True)
        self.menu = QMenu(self.button)
        self.menu.setObjectName("starsExportMenu")
        self.actions: dict[str, QAction] = {}
        self._add("stars", self.tr("星级情况（Excel）…"), self.stars)
        self._add("bulletin", self.tr("季度或月度通报（Word）…"), lambda: self.bulletin(".docx"))
        self._add(
            "bulletinBook", self.tr("季度或月度通报（Excel）…"), lambda: self.bulletin(".xlsx")
        )
        self._add("ledger", self.tr("月台账（Excel）…"), self.ledger)
        self._add("assessment", self.tr("本园区年度自评（Word）…"), self.assessment)
        self.button.setMenu(self.menu)

    def _add(self, name: str, text: str, does: Callable[[], object]) -> None:
        action = self.menu.addAction(text)
        action.setObjectName(f"starsExport-{name}")
        action.triggered.connect(lambda _on=False: does())
        self.actions[name] = action

    def enable(self, content: StarsContent | None) -> None:
        """Let that be chosen for which there are figures."""
        report = content.report if content is not None else None
        self.button.setEnabled(content is not None and bool(content.zones))
        rated = report is not None and bool(report.standings)
        self.actions["stars"].setEnabled(rated)
        self.actions["assessment"].setEnabled(rated and not self.page.session.read_only)

    # -- asked of the user; tests answer instead

    def ask_period(self, periods: list[Period]) -> Period | None:
        """Ask which period the bulletin is about, None where it was cancelled."""
        words = [period.label for period in periods]
        title, label = self.tr("通报"), self.tr("通报哪一期：")
        word = ask_choice(self.page.window(), "bulletinPeriod", title, label, words)
        return None if word is None else periods[words.index(word)]

    # -- done

    def stars(self) -> None:
        """Write the standing of every zone on the ladder."""
        content = self.page.content
        if content is None or content.report is None:
            return
        year, ladder = content.report.year, content.ladder_id

        def write(path: Path) -> Write:
            from zoneeval_db import operations

            return lambda ws: operations.export_stars(ws, path, year, ladder)

        self._export(self.tr("导出星级情况"), f"{year}年度园区星级.xlsx", write)

    def bulletin(self, suffix: str) -> None:
        """Write the bulletin of a period that the user chooses."""

        def chosen(periods: list[Period]) -> None:
            period = self.ask_period(periods)
            if period is None:
                return

            def write(path: Path) -> Write:
                from zoneeval_db import operations

                return lambda ws: operations.export_bulletin(ws, path, period)

            self._export(self.tr("导出通报"), f"{period.label}园区通报{suffix}", write)

        year = self._year()
        self.page.session.read(
            lambda ws, _progress: _periods(ws, year),
            chosen,
            on_failure=self.page.window_shell.show_failure,
        )

    def ledger(self) -> None:
        """Write the months of the year."""
        year = self._year()

        def write(path: Path) -> Write:
            from zoneeval_db import operations

            return lambda ws: operations.export_ledger(ws, path, year)

        self._export(self.tr("导出月台账"), f"{year}年园区月台账.xlsx", write)

    def assessment(self) -> None:
        """Write the self-assessment of the page's zone; the star it expects is kept."""
        content, zone = self.page.content, self.page.zone
        if content is None or content.report is None or zone is None:
            return
        year, ladder = content.report.year, content.ladder_id

        def write(path: Path) -> Write:
            from zoneeval_db import operations

            return lambda ws: operations.export_self_assessment(ws, path, zone, year, ladder)

        name = f"{zone}{year}年度自评.docx"
        self._export(self.tr("导出年度自评"), name, write, keeps=True)

    def _year(self) -> int:
        return self.page.context.year or date.today().year

    def _export(
        self, title: str, name: str, write: Callable[[Path], Write], *, keeps: bool = False
    ) -> None:
        """Ask for a name and write in a job; ``keeps``: something is stored as well."""
        folder = exporting.export_folder(self.page.session.path)
        path = self.page.ask_file(title, folder / name)
        if path is None:
            return
        work = write(path)

        def job(ws: Workspace, _progress: Progress) -> Sequence[Path]:
            return work(ws)

        start = self.page.session.change if keeps else self.page.session.read
        start(
            job,
            self.page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=path.name),
            on_failure=self.page.window_shell.show_failure,
        )


def _periods(ws: Workspace, year: int) -> list[Period]:
    """Return the periods with figures, those of the year first and newest first."""
    from zoneeval_db import operations

    years = [Period(of) for of in operations.years(ws)]
    found = sorted({*operations.zone_periods(ws), *years, Period(year)}, reverse=True)
    return sorted(found, key=lambda period: period.year != year)
