"""What is written of the lists to utilities, and the menus from which it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu

from zoneeval_ui.pages import exporting
from zoneeval_ui.widgets.asking import ask_text

if TYPE_CHECKING:
    from zoneeval.model.utility_list import IssuedList
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.utilities import UtilitiesSegment
    from zoneeval_ui.pages.lists.utility_tables import Standing

    Write = Callable[[Workspace, Path, Progress], list[Path]]


class UtilityExports(QObject):
    """The menus 导出 and 执行反馈 of the chosen utility."""

    def __init__(self, segment: UtilitiesSegment, row: QHBoxLayout) -> None:
        super().__init__(segment)
        self.segment = segment
        self.export_button = segment.button(row, "utilityExport", self.tr("导出"), lambda: None)
        menu = self._menu("utilityExportMenu")
        self.draft_action = self._action(
            menu, "exportDraft", self.tr("草稿：现在印发会是什么…"), self.export_draft
        )
        self.issued_action = self._action(
            menu, "exportIssued", self.tr("已印发的名单…"), self.export_issued
        )
        self.export_button.setMenu(menu)
        self.feedback_button = segment.button(
            row, "utilityFeedback", self.tr("执行反馈"), lambda: None
        )
        menu = self._menu("utilityFeedbackMenu")
        self._action(menu, "feedbackForm", self.tr("反馈表样式…"), self.export_form)
        self.import_action = self._action(
            menu, "feedbackImport", self.tr("导入反馈…"), segment.take_in
        )
        self._action(menu, "feedbackExport", self.tr("导出比较结果…"), self.export_feedback)
        self.feedback_button.setMenu(menu)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self.segment)
        menu.setObjectName(name)
        return menu

    def _action(self, menu: QMenu, name: str, text: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(name)
        action.triggered.connect(lambda _on=False: does())
        menu.addAction(action)
        return action

    def enable(self, one: Standing | None, made: IssuedList | None) -> None:
        """Let only that be asked for which there is."""
        self.draft_action.setEnabled(one is not None and one.draft is not None)
        self.issued_action.setEnabled(made is not None)
        self.export_button.setEnabled(one is not None)
        self.feedback_button.setEnabled(one is not None and one.last is not None)
        self.import_action.setEnabled(not self.segment.page.session.read_only)

    def ask_period(self) -> str:
        """Ask for which month a form is, "" where it was cancelled."""
        title, words = self.tr("反馈表样式"), self.tr("哪个月，如 2025-03：")
        return (ask_text(self.segment.window(), "feedbackPeriod", title, words) or "").strip()

    def export_draft(self) -> None:
        """Write the list as it would be issued now."""
        one, content = self.segment.chosen, self.segment.content
        if one is None or content is None or content.tariff is None or content.info is None:
            return
        utility, ref, run_id = one.utility, content.tariff.ref, content.info.id

        def write(ws: Workspace, out: Path, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_pricing(ws, out, run_id, utility, ref, progress=progress)

        self._export(self.tr("{name}执行名单（草稿）").format(name=utility), write)

    def export_issued(self) -> None:
        """Write a list as it was sent."""
        made = self.segment.chosen_list
        if made is None:
            return
        number = made.id

        def write(ws: Workspace, out: Path, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_list(ws, out, number, progress)

        name = self.tr("{name}执行名单（第{n}号）").format(name=made.utility, n=number)
        self._export(name, write)

    def export_form(self) -> None:
        """Write the table that the utility fills in."""
        one = self.segment.chosen
        period = self.ask_period() if one is not None and one.last is not None else ""
        if one is None or one.last is None or not period:
            return
        number = one.last.id

        def write(ws: Workspace, out: Path, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_feedback_form(ws, out, number, period)

        name = self.tr("{name}执行反馈表（{period}）").format(name=one.utility, period=period)
        self._export(name, write)

    def export_feedback(self) -> None:
        """Write list and report side by side."""
        one = self.segment.chosen
        if one is None or one.last is None:
            return
        number = one.last.id

        def write(ws: Workspace, out: Path, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_feedback(ws, out, number)

        self._export(self.tr("{name}执行反馈比较").format(name=one.utility), write)

    def _export(self, name: str, write: Write) -> None:
        page = self.segment.page
        folder = exporting.export_folder(page.session.path)
        year = self.segment.content.year if self.segment.content else ""
        out = page.ask_file(self.tr("导出"), folder / f"{year}年度{name}.xlsx")
        if out is None:
            return
        page.session.read(
            lambda ws, progress: write(ws, out, progress),
            page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=out.name),
            on_failure=page.window_shell.show_failure,
        )
