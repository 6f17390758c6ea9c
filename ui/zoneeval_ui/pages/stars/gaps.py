"""The segment 缺口与试算: what a zone lacks, what would close it, and other figures tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QStackedWidget

from zoneeval_ui.pages.stars.content import StarsContent
from zoneeval_ui.pages.stars.fields_dialog import Field, FieldsDialog
from zoneeval_ui.pages.stars.gap_views import LacksView, LeversView
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.pages.stars.target_entry import figure_of
from zoneeval_ui.pages.stars.trying import TryView
from zoneeval_ui.widgets import Chip, ChipBar, EmptyState

if TYPE_CHECKING:
    from zoneeval.engine.zones.whatif import WhatIf
    from zoneeval.model.gap import GapReport
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.page import StarsPage


@dataclass(frozen=True, eq=False)
class GapContent:
    """One zone's gap with its levers, and the zone made ready for trying other figures."""

    report: GapReport
    tried: WhatIf


def read_gap(ws: Workspace, zone: str, year: int, ladder_id: str) -> GapContent:
    """Work out what a zone lacks; in the worker."""
    from zoneeval_db import operations

    return GapContent(
        operations.gap_report(ws, zone, year, ladder_id),
        operations.zone_what_if(ws, zone, year, ladder_id),
    )


class GapSegment(Segment):
    """The gap of one zone to its next star, its levers, and sliders."""

    of_zone = True

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page, "starsGap", page.tr("缺口与试算"))
        self.data: GapContent | None = None
        self.chips = ChipBar("starsGapView", remember=True)
        self.chips.set_chips(
            [
                Chip("lacks", self.tr("缺口")),
                Chip("levers", self.tr("措施与企业")),
                Chip("try", self.tr("试算")),
            ]
        )
        self.chips.changed.connect(self._view_changed)
        self.lacks = LacksView()
        self.levers = LeversView()
        self.levers.settings_asked.connect(self.change_settings)
        self.levers.tried.connect(self.try_figures)
        self.trying = TryView()
        self.nothing = EmptyState(
            self.tr("这个园区没有当年的指标"),
            self.tr("请导入企业数据，或在“数据”中录入公布数；也可以在上面换一个园区。"),
        )
        self.views = QStackedWidget()
        for view in (self.lacks, self.levers, self.trying, self.nothing):
            self.views.addWidget(view)
        self.rows.addWidget(self.chips)
        self.rows.addWidget(self.views, 1)

    def sentence(self, content: StarsContent) -> str:
        """Say what can be done here."""
        return self.tr("先看缺什么，再看哪些企业能补上，最后拖动指标试算；试算的数不会保存。")

    def show_content(self, content: StarsContent) -> None:
        """Work out the gap of the page's zone."""
        zone, year, ladder_id = self.page.zone, content.year, content.ladder_id
        figures = content.report.figures if content.report is not None else {}
        if zone is None or year is None or not figures.get(zone):
            self.data = None
            self.chips.setEnabled(False)
            self.views.setCurrentWidget(self.nothing)
            return
        self.ask(lambda ws, _progress: read_gap(ws, zone, year, ladder_id), self._show)

    def _show(self, data: GapContent) -> None:
        self.data = data
        self.chips.setEnabled(True)
        self._view_changed(self.chips.current)
        self.lacks.show_report(data.report)
        self.levers.show_report(data.report)
        self.levers.settings_button.setEnabled(not self.page.session.read_only)
        self.trying.show_what_if(data.tried, data.report.gap.standing)

    def _view_changed(self, key: str) -> None:
        if self.data is not None:
            self.views.setCurrentIndex({"levers": 1, "try": 2}.get(key, 0))

    def open_view(self, key: str) -> None:
        """Show one of the views: lacks, levers or try."""
        self.chips.choose(key)
        self._view_changed(key)

    def try_figures(self, figures: Mapping[str, float]) -> None:
        """Put what a lever gives on the sliders and show them."""
        self.open_view("try")
        self.trying.take(figures)

    # -- the line from which on an enterprise counts -----------------------------------

    def ask_settings(self) -> Mapping[str, str] | None:
        """Ask for line and nearness; a test answers instead."""
        if self.data is None:
            return None
        held = self.data.report.settings
        dialog = FieldsDialog(
            "gapSettings",
            self.tr("规模线"),
            [
                Field("line", self.tr("规模线（万元）"), f"{held.scale_line:g}"),
                Field("near", self.tr("接近规模线（%）"), f"{held.near_share * 100:g}"),
            ],
            lambda given: (
                ""
                if all(figure_of(text) is not None for text in given.values())
                else self.tr("两项都要填写数字。")
            ),
            self.window(),
        )
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        given = dialog.values() if agreed else None
        dialog.deleteLater()
        return given

    def change_settings(self) -> None:
        """Store from where on an enterprise counts as above scale."""
        given, year = self.ask_settings(), self.page.context.year
        if given is None or year is None:
            return
        line, near = figure_of(given["line"]), figure_of(given["near"])

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.set_gap_settings(
                ws, year, line=line, near=None if near is None else near / 100
            )

        self.change(work, self.tr("正在保存规模线"), self.tr("已保存规模线，可在操作记录中撤销。"))
