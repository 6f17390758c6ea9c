"""The segment 数据: figures of zones by period, what happened in them, and what they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from zoneeval.model.period import Period
from zoneeval_ui.pages.stars.content import StarsContent
from zoneeval_ui.pages.stars.data_content import DataContent, read_data
from zoneeval_ui.pages.stars.events import EventsView
from zoneeval_ui.pages.stars.figures import FiguresView
from zoneeval_ui.pages.stars.profiles import ProfilesView
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Chip, ChipBar

if TYPE_CHECKING:
    from zoneeval_ui.pages.stars.page import StarsPage

PARTS = ("", *(f"Q{quarter}" for quarter in range(1, 5)), *(f"{m:02d}" for m in range(1, 13)))


class DataSegment(Segment):
    """What is known of one zone, for entering and choosing."""

    needs_figures = False
    of_zone = True
    of_ladder = False

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page, "starsData", page.tr("数据"))
        self.data: DataContent | None = None
        self._part = ""
        self.chips = ChipBar("starsDataView", remember=True)
        self.chips.set_chips(
            [
                Chip("figures", self.tr("指标数值")),
                Chip("events", self.tr("园区事项")),
                Chip("profiles", self.tr("园区资料")),
            ]
        )
        self.chips.changed.connect(self._view_changed)
        self.period_picker = ContextPicker("starsPeriod", self.tr("期间"))
        self.period_picker.picked.connect(self._period_picked)
        self.figures = FiguresView(self)
        self.events = EventsView(self)
        self.profiles = ProfilesView(self)
        self.views = QStackedWidget()
        for view in (self.figures, self.events, self.profiles):
            self.views.addWidget(view)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(self.chips)
        row.addStretch(1)
        row.addWidget(self.period_picker)
        self.rows.addLayout(row)
        self.rows.addWidget(self.views, 1)
        self._view_changed(self.chips.current)

    @property
    def year(self) -> int:
        """Return the year that the window is about, else the last one."""
        return self.page.context.year or date.today().year - 1

    @property
    def period(self) -> Period:
        """Return the period whose figures are shown."""
        return Period(self.year, self._part)

    @property
    def writable(self) -> bool:
        """Tell whether something can be entered."""
        return not self.page.session.read_only

    def sentence(self, content: StarsContent) -> str:
        """Say what can be done here."""
        if not content.zones:
            return self.tr("还没有园区。请导入数据，或点“录入官方数据”填写园区名称和数值。")
        return self.tr(
            "汇总数由企业数据算得，公布数由人工录入或导入；两个都有时采用公布数，可以改选。"
        )

    def show_content(self, content: StarsContent) -> None:
        """Read the zone's data of the period."""
        year, zone, period = self.year, self.page.zone, self.period
        self.ask(lambda ws, _progress: read_data(ws, zone, year, period), self._show)

    def _show(self, data: DataContent) -> None:
        self.data = data
        held = {period.part for period in data.periods}
        choices = []
        for part in PARTS:
            of = Period(self.year, part)
            words = of.label if of.is_year or of.part.isdigit() else f"{of.label}（{of.span}累计）"
            choices.append(Choice(part or "year", words, self.tr("有数据") if part in held else ""))
        self.period_picker.set_choices(choices, self._part or "year")
        self.figures.show_data(data)
        self.events.show_data(data)
        self.profiles.show_data(data)

    def _view_changed(self, key: str) -> None:
        self.views.setCurrentIndex({"events": 1, "profiles": 2}.get(key, 0))
        self.period_picker.setVisible(key not in ("events", "profiles"))

    def choose_period(self, part: str) -> None:
        """Show the figures of the year, a quarter (Q2) or a month (06)."""
        self._part = part
        if self.page.content is not None:
            self.show_content(self.page.content)

    def _period_picked(self, value: object) -> None:
        self.choose_period("" if value == "year" else str(value))
