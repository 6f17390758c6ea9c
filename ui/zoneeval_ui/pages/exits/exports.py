"""The menu 导出: the monthly ledger, assets, candidates, effects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from zoneeval_ui.pages import exporting
from zoneeval_ui.widgets.asking import ask_choice

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage

Write = Callable[["Workspace", Path], list[Path]]
MONTHS = 24


class ExitExports(QObject):
    """What can be written, and how it is asked for."""

    def __init__(self, page: ExitsPage) -> None:
        super().__init__(page)
        self.page = page
        self.button = page.header.add_button("exitsExport", self.tr("导出"))
        self.menu = QMenu(self.button)
        self.menu.setObjectName("exitsExportMenu")
        self.actions: dict[str, QAction] = {}
        for key, text, does in (
            ("ledger", self.tr("月度台账…"), self.ledger),
            ("assets", self.tr("低效资产清单…"), self.assets),
            ("candidates", self.tr("智能化改造候选名单…"), self.candidates),
            ("effects", self.tr("政策成效和录入表…"), self.effects),
        ):
            action = self.menu.addAction(text)
            action.setObjectName(f"exitsExport-{key}")
            action.triggered.connect(lambda _on=False, does=does: does())
            self.actions[key] = action
        self.button.setMenu(self.menu)

    def enable(self, content: ExitsContent | None) -> None:
        """Let that be chosen which can be written."""
        self.button.setEnabled(content is not None)
        self.actions["candidates"].setEnabled(content is not None and content.opening is not None)

    # -- asked of the user; tests answer instead

    def ask_month(self, months: list[str]) -> str | None:
        """Ask for which month the ledger is; the newest first."""
        title, label = self.tr("月度台账"), self.tr("截至哪个月末：")
        return ask_choice(self.page.window(), "ledgerMonth", title, label, months)

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self.page, title, suggested)

    # -- written

    def ledger(self) -> None:
        """Write the ledger as it stood at the end of a month."""
        content = self.page.content
        if content is None:
            return
        first = content.today.year * 12 + content.today.month - 1
        months = [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, first - MONTHS, -1)]
        month = self.ask_month(months)
        if month is None:
            return
        zone = content.zone

        def write(ws: Workspace, out: Path) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_exit_ledger(ws, out, month, zone=zone)

        self._export(self.tr("退出转型台账（{month}）").format(month=month), write)

    def assets(self) -> None:
        """Write the assets."""
        zone = self.page.content.zone if self.page.content else None

        def write(ws: Workspace, out: Path) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_assets(ws, out, zone=zone)

        self._export(self.tr("低效资产清单"), write)

    def candidates(self) -> None:
        """Write the candidates of the run."""
        content = self.page.content
        if content is None or content.opening is None:
            return
        run_id = content.opening.info.id

        def write(ws: Workspace, out: Path) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_candidates(ws, out, run_id)

        self._export(self.tr("智能化改造候选名单"), write)

    def effects(self) -> None:
        """Write the effects, and the table to fill in."""

        def write(ws: Workspace, out: Path) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_effects(ws, out)

        self._export(self.tr("政策成效"), write)

    def _export(self, name: str, write: Write) -> None:
        page = self.page
        folder = exporting.export_folder(page.session.path)
        out = self.ask_file(self.tr("导出{name}").format(name=name), folder / f"{name}.xlsx")
        if out is None:
            return
        page.session.read(
            lambda ws, _progress: write(ws, out),
            page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=out.name),
            on_failure=lambda error: page.window_shell.show_failure(error, self.tr("导出")),
            quiet=False,
        )
