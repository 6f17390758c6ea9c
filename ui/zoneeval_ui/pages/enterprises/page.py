"""All enterprises of the year: filter, look up, see where each value came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter

from zoneeval.errors import UserError
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.enterprises.content import (
    RARELY_NEEDED,
    EnterprisesContent,
    read_enterprises,
)
from zoneeval_ui.pages.enterprises.detail import EnterpriseDetail, read_detail
from zoneeval_ui.pages.enterprises.giving import GivingMenu
from zoneeval_ui.pages.enterprises.pane import EnterprisePane
from zoneeval_ui.pages.enterprises.participation import DecisionEntry, ParticipationDialog
from zoneeval_ui.pages.enterprises.relations import RelationForms
from zoneeval_ui.pages.exporting import ExportedNote
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, ChipBar

if TYPE_CHECKING:
    from zoneeval_ui.pages.enterprises.years import YearsDialog
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

SEARCHED = ("name", "uscc", "zone", "town", "industry_code")


class EnterprisesPage(WorkspacePage):
    """企业: a table with filters, and the pane of the selected enterprise."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("enterprises", "", window, session)
        self.title = self.tr("企业")
        self.setAccessibleName(self.title)
        self.header.set_title(self.title)
        self._content: EnterprisesContent | None = None
        self._wanted = ""
        given = self.header.add_button("enterprisesGiving", self.tr("核实与公示"))
        self._giving_button = given
        self.giving = GivingMenu(self, given, lambda: self._table.selected_id())
        self.giving.written.connect(self._written)
        self.giving.failed.connect(self._failed)
        self._more = self.header.add_button("enterprisesImport", self.tr("补充导入…"))
        self._primary = self.header.add_button("enterprisesNext", self.tr("去评价"), primary=True)
        self._more.clicked.connect(lambda: self.window_shell.go_to("import"))
        self._primary.clicked.connect(lambda: self.window_shell.go_to("evaluation"))
        self.state_changed.connect(self._state_changed)
        self.banner.action_clicked.connect(self._all_zones)
        self._build()
        self._state_changed(self.state.value)

    def _build(self) -> None:
        theme = current_theme()
        self._chips = ChipBar("enterpriseFilter", self, remember=True)
        self._chips.changed.connect(lambda _key: self._filter())
        self._search = QLineEdit(self)
        self._search.setObjectName("enterpriseSearch")
        self._search.setAccessibleName(self.tr("筛选企业"))
        self._search.setPlaceholderText(self.tr("名称、信用代码、乡镇…"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(theme.px(220))
        self._search.textChanged.connect(lambda _text: self._filter())
        row = QHBoxLayout()
        row.addWidget(self._chips, 1)
        row.addWidget(self._search)
        self._table = DataTable("enterprises", self)
        self._table.setAccessibleName(self.tr("企业表"))
        self._table.set_empty_text(self.tr("没有符合条件的企业"))
        self._table.row_selected.connect(self._selected)
        card = Card("", self, flush=True)
        card.add(self._table, 1)
        self._pane = EnterprisePane(self)
        self._pane.decision_wanted.connect(self._decide)
        self._pane.years_wanted.connect(self.open_years)
        self.relations = RelationForms(self)
        self._pane.change_wanted.connect(lambda d: self._relate(self.relations.change, d))
        self._pane.removal_wanted.connect(self.relations.remove)
        self._pane.merge_wanted.connect(lambda d: self._relate(self.relations.merge, d))
        self.note = ExportedNote(self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setObjectName("enterprisesSplit")
        split.setHandleWidth(theme.px(12))
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(self._pane)
        split.setStretchFactor(0, 1)
        split.setSizes([theme.px(760), theme.px(360)])
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(split, 1)

    @property
    def table(self) -> DataTable:
        """Return the table of enterprises."""
        return self._table

    @property
    def pane(self) -> EnterprisePane:
        """Return the pane of the selected enterprise."""
        return self._pane

    def select_enterprise(self, uscc: str) -> None:
        """Select an enterprise by its credit code, as soon as the table is loaded."""
        self._wanted = uscc
        if self.state == "ready" and not self.is_stale and self._content is not None:
            self._select_wanted()

    def open_years(self, uscc: str) -> YearsDialog:
        """Open one enterprise over all years."""
        from zoneeval_ui.pages.enterprises.years import open_years

        return open_years(self.window_shell, self.session, uscc)

    # -- loading -----------------------------------------------------------------------

    def load_content(self) -> None:
        """Read the enterprises of the context's year and zone."""
        context = self.context
        self.ask(lambda ws, _progress: read_enterprises(ws, context), self._show_content)

    def _show_content(self, content: EnterprisesContent | None) -> None:
        self._content = content
        self.count_changed.emit(len(content.table.ids) if content else None)
        if content is None or not len(content.masks["all"]):
            self._show_nothing(content)
            return
        selected = self._wanted or self._table.selected_id()
        self.header.set_sentence(content.sentence)
        text = self.tr("查看评价结果") if content.has_run else self.tr("去评价")
        self._primary.setText(text)
        self._primary.setAccessibleName(text)
        self._table.set_table(content.table)
        if not QSettings().contains("tables/enterprises/hidden"):
            self._table.set_hidden_columns(RARELY_NEEDED, remember=False)
        self._chips.set_chips(content.chips)
        self.show_ready()
        self._filter()
        self._wanted = str(selected or "")
        self._select_wanted()

    def _show_nothing(self, content: EnterprisesContent | None) -> None:
        self._pane.show_hint()
        if content is not None and content.zone:
            self.show_empty(
                self.tr("{zone} {year} 年度没有企业").format(zone=content.zone, year=content.year),
                self.tr("其他园区有数据。可以看全部园区，或导入本园区的表格。"),
                self.tr("看全部园区"),
                self._all_zones,
            )
            return
        year = self.context.year
        self.show_empty(
            self.tr("{year} 年度还没有企业数据").format(year=year)
            if year
            else self.tr("还没有企业数据"),
            self.tr("先导入企业名录和各部门的表格，这里会列出每户企业的数值和来源。"),
            self.tr("导入表格"),
            lambda: self.window_shell.go_to("import"),
        )

    def _state_changed(self, state: str) -> None:
        for button in (self._giving_button, self._more, self._primary):
            button.setVisible(state == "ready")
        if state != "ready":
            self.header.set_sentence("")

    # -- filter and selection ------------------------------------------------------------

    def _filter(self) -> None:
        if self._content is None:
            return
        model = self._table.table_model
        mask = self._content.masks.get(self._chips.current, self._content.masks["all"])
        text = self._search.text()
        if text.strip():
            keys = [key for key in SEARCHED if model.column_of(key) >= 0]
            mask = mask & model.contains(text, keys)
        model.set_filter(None if bool(np.all(mask)) else mask)

    def _select_wanted(self) -> None:
        uscc, self._wanted = self._wanted, ""
        if not uscc or self._content is None:
            return
        if uscc not in self._content.table.ids:
            self._not_here()
            return
        self.banner.hide()
        if self._table.table_model.row_of_id(uscc) < 0:
            self._chips.choose("all")
            self._search.clear()
            self._filter()
        self._table.select_id(uscc)

    def _not_here(self) -> None:
        self._pane.show_hint()
        self.banner.show_message(
            self.tr("所选园区和年度里没有这户企业。"),
            self.tr("看全部园区") if self.context.zone else "",
            tone=Tone.UNCERTAIN,
        )

    def _all_zones(self) -> None:
        self.banner.hide()
        self.window_shell.set_context(replace(self.context, zone=""))

    def _selected(self, uscc: Any) -> None:
        content = self._content
        if uscc is None or content is None:
            self._pane.show_hint()
            return
        code = str(uscc)

        def arrived(detail: EnterpriseDetail) -> None:
            if self._table.selected_id() == code and self._content is content:
                self._pane.show_detail(detail)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                self.banner.show_message(str(error))

        self.session.read(
            lambda ws, _progress: read_detail(ws, content, code), arrived, on_failure=failed
        )

    # -- giving out and deciding -----------------------------------------------------------

    def _written(self, files: list[Path]) -> None:
        self.banner.hide()
        self.note.show_files(files)

    def _failed(self, error: BaseException) -> None:
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错，没有导出。")
        self.banner.show_message(text, tone=Tone.C)

    def _relate(
        self,
        form: Callable[[EnterpriseDetail, EnterprisesContent], None],
        detail: EnterpriseDetail,
    ) -> None:
        if self._content is not None:
            form(detail, self._content)

    def select_later(self, uscc: str) -> None:
        """Select an enterprise again when the table is next loaded."""
        self._wanted = uscc

    def ask_decision(self, detail: EnterpriseDetail) -> DecisionEntry | None:
        """Show the form and return what was decided; None where nothing was."""
        year = self._content.year if self._content else 0
        dialog = ParticipationDialog(year, detail.uscc, detail.name, detail.decision, self)
        return dialog.entry() if dialog.exec() else None

    def _decide(self, detail: EnterpriseDetail) -> None:
        entry = self.ask_decision(detail)
        if entry is None or (entry.decision is None and detail.decision is None):
            return
        self._wanted = entry.uscc

        def failed(error: BaseException) -> None:
            self.window_shell.show_failure(error, self.tr("参评决定"))

        self.session.change(
            lambda ws, _progress: entry.store(ws),
            lambda _nothing: None,
            title=self.tr("正在保存参评决定"),
            on_failure=failed,
        )
