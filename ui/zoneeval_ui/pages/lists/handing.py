"""The segment 名单: export the lists of the run in force, and look at them before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.lists.cards import ListCard
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.preview import preview_chips, preview_table
from zoneeval_ui.pages.lists.segment import Segment
from zoneeval_ui.pages.lists.wording import ALL_UTILITIES, card_texts, file_name
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.page import ListsPage

CARDS = {"results": 3, "classes": 3, "exit": 3, "price": 5, "stars": 3}


class HandingSegment(Segment):
    """A card per list, and the rows of the chosen one."""

    def __init__(self, page: ListsPage) -> None:
        super().__init__(page, "listsHanding", page.tr("名单"))
        self.primary_text = self.tr("导出评价结果…")
        self.content: ListsContent | None = None
        self.cards: dict[str, ListCard] = {}
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(10))
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
        self.table.row_activated.connect(page.open_enterprise)
        self.preview_card = Card(flush=True)
        self.preview_card.add(self.table, 1)
        self.rows.addLayout(row)
        self.rows.addWidget(self.chips)
        self.rows.addWidget(self.preview_card, 1)

    def show_content(self, content: ListsContent) -> None:
        """Show the cards and the preview."""
        self.content = content
        for key, text in card_texts(content).items():
            self.cards[key].show_text(text)
        chips = preview_chips(content)
        self.chips.set_chips(chips)
        self.chips.setVisible(bool(chips))
        self.preview_card.setVisible(bool(chips))
        self._preview()

    def sentence(self, _content: ListsContent) -> str:
        """Say what is next."""
        return self.tr("下一步：核对后导出")

    def _preview(self) -> None:
        if self.content is not None and self.chips.current:
            self.table.set_table(preview_table(self.content, self.chips.current))

    def primary(self) -> None:
        """Export the results."""
        self.export("results")

    def export(self, key: str) -> None:
        """Ask for a name and write one list (or all price lists) in a job."""
        content = self.content
        if content is None or content.info is None or content.tariff is None:
            return
        folder = exporting.export_folder(self.page.session.path)
        if key == ALL_UTILITIES:
            target = self.page.ask_folder(self.tr("把各单位的价格清单存到"), folder)
        else:
            target = self.page.ask_file(self.tr("导出"), folder / file_name(content, key))
        if target is None:
            return
        run_id, year, ladder = content.info.id, content.info.year, content.ladder_id
        path, tariff = target, content.tariff.ref

        def work(workspace: Workspace, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            kind, _, utility = key.partition(":")
            if kind == "price":
                wanted = None if utility == "*" else utility
                return operations.export_pricing(
                    workspace, path, run_id, wanted, tariff, progress=progress
                )
            if kind == "stars":
                return operations.export_stars(workspace, path, year, ladder)
            exports = {
                "results": operations.export_results,
                "classes": operations.export_classes,
                "exit": operations.export_exit,
            }
            return exports[kind](workspace, path, run_id)

        self.page.session.read(
            work,
            self.page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=path.name),
        )
