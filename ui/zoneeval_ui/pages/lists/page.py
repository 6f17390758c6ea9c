"""The page 名单与政策."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.ladder_choice import chosen_ladder
from zoneeval_ui.pages.lists.cards import ListCard
from zoneeval_ui.pages.lists.content import TARIFF, ListsContent, read_lists
from zoneeval_ui.pages.lists.preview import preview_chips, preview_table
from zoneeval_ui.pages.lists.wording import ALL_UTILITIES, card_texts, file_name
from zoneeval_ui.pages.wording import local_time
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.workspace import Workspace
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

CARDS = {"results": 3, "classes": 3, "exit": 3, "price": 5, "stars": 3}


class ListsPage(WorkspacePage):
    """Export the lists of the newest run, and look at them before."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("lists", self.tr("名单与政策"), window, session)
        theme = current_theme()
        self.content: ListsContent | None = None
        self.export_button = self.header.add_button(
            "listsExport", self.tr("导出评价结果…"), primary=True
        )
        self.export_button.clicked.connect(lambda: self.export("results"))
        self.note = exporting.ExportedNote()
        self.cards: dict[str, ListCard] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for key, width in CARDS.items():
            card = ListCard(f"list-{key}")
            card.action_clicked.connect(self.export)
            self.cards[key] = card
            row.addWidget(card, width)
        self.chips = ChipBar("listsPreview", remember=True)
        self.chips.changed.connect(lambda _key: self._preview())
        self.table = DataTable("listsTable")
        self.table.setAccessibleName(self.tr("名单预览"))
        self.table.set_empty_text(self.tr("这份名单没有内容"))
        self.table.row_activated.connect(self._activated)
        self.preview_card = Card(flush=True)
        self.preview_card.add(self.table, 1)
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self.chips)
        self.body_layout.addWidget(self.preview_card, 1)

    # -- loading -----------------------------------------------------------------

    def refresh(self) -> None:
        """Take the button away until there is something to export, then load."""
        self.export_button.setEnabled(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for the lists of the context's newest run."""
        year, zone, policy = self.context.year, self.context.zone or None, self.context.policy
        ladder = chosen_ladder(QSettings())
        if not policy:
            return
        self.ask(
            lambda ws, _progress: read_lists(ws, year, zone, policy, ladder), self.show_content
        )

    def show_content(self, content: ListsContent) -> None:
        """Show the cards and the preview, or what to do first."""
        self.content = content
        self.export_button.setEnabled(content.info is not None)
        self.header.set_sentence(self._sentence(content))
        if content.info is None:
            data = content.enterprises > 0
            self.show_empty(
                self.tr("还没有可以导出的名单"),
                self.tr("名单由评价结果得出。请先评价。")
                if data
                else self.tr("请先导入各部门的表格并评价。"),
                self.tr("去评价") if data else self.tr("去导入"),
                lambda: self.window_shell.go_to("evaluation" if data else "import"),
            )
            return
        for key, text in card_texts(content).items():
            self.cards[key].show_text(text)
        chips = preview_chips(content)
        self.chips.set_chips(chips)
        self.chips.setVisible(bool(chips))
        self.preview_card.setVisible(bool(chips))
        self._preview()
        self.show_ready()

    def _sentence(self, content: ListsContent) -> str:
        info = content.info
        if info is None:
            if content.enterprises:
                return self.tr("下一步：评价。")
            return self.tr("下一步：导入数据。")
        text = self.tr("据第 {n} 次评价（{time}），含 {zones} 个园区").format(
            n=info.id, time=local_time(info.created_at), zones=len(info.zones)
        )
        if content.zone is not None and info.zone is None:
            text += self.tr("，不只是所选园区")
        if content.is_stale:
            return text + self.tr("。之后又导入了新数据，请先重新评价。")
        return text + self.tr("。下一步：核对后导出。")

    def _preview(self) -> None:
        if self.content is not None and self.chips.current:
            self.table.set_table(preview_table(self.content, self.chips.current))

    def _activated(self, uscc: object) -> None:
        if isinstance(uscc, str):
            page = self.window_shell.go_to("evaluation")
            select = getattr(page, "select_enterprise", None)
            if select is not None:
                select(uscc)

    # -- exporting ---------------------------------------------------------------

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self, title, suggested)

    def ask_folder(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the folder to write into."""
        return exporting.ask_folder(self, title, suggested)

    def export(self, key: str) -> None:
        """Ask for a name and write one list (or all price lists) in a job."""
        content = self.content
        if content is None or content.info is None:
            return
        folder = exporting.export_folder(self.session.path)
        if key == ALL_UTILITIES:
            target = self.ask_folder(self.tr("把各单位的价格清单存到"), folder)
        else:
            target = self.ask_file(self.tr("导出"), folder / file_name(content, key))
        if target is None:
            return
        run_id, year, ladder = content.info.id, content.info.year, content.ladder_id
        path = target

        def work(workspace: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            kind, _, utility = key.partition(":")
            if kind == "price":
                return operations.export_pricing(
                    workspace, path, run_id, None if utility == "*" else utility, TARIFF
                )
            if kind == "stars":
                return operations.export_stars(workspace, path, year, ladder)
            exports = {
                "results": operations.export_results,
                "classes": operations.export_classes,
                "exit": operations.export_exit,
            }
            return exports[kind](workspace, path, run_id)

        self.session.read(
            work, self.note.show_files, title=self.tr("正在导出“{name}”").format(name=path.name)
        )
