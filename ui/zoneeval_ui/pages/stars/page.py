"""The page 园区星级: its segments, and the zone and ladder they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.ladder_choice import chosen_ladder, remember_ladder
from zoneeval_ui.pages.stars.content import StarsContent, read_stars
from zoneeval_ui.pages.stars.entry import Entry, EntryDialog
from zoneeval_ui.pages.stars.exports import StarExports
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Chip, ChipBar, EmptyState

if TYPE_CHECKING:
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow
    from zoneeval_ui.shell.leaving import Unsaved


class _Home(NamedTuple):
    key: str
    title: str
    module: str
    name: str


def _homes(tr: Callable[[str], str]) -> tuple[_Home, ...]:
    """Return the segments in their order: key, title, and where the class is."""
    return (
        _Home("rating", tr("星级"), "rating", "RatingSegment"),
        _Home("trend", tr("走势与目标"), "trends", "TrendSegment"),
        _Home("gap", tr("缺口与试算"), "gaps", "GapSegment"),
        _Home("data", tr("数据"), "data", "DataSegment"),
        _Home("ladders", tr("阶梯"), "ladders", "LadderSegment"),
    )


class StarsPage(WorkspacePage):
    """The shell of the segments; each is made when it is first chosen."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("stars", self.tr("园区星级"), window, session)
        self.content: StarsContent | None = None
        self.zone: str | None = None
        self.enter_button = self.header.add_button("starsEnter", self.tr("录入官方数据…"))
        self.enter_button.clicked.connect(lambda _on=False: self.enter())
        self.exports = StarExports(self)
        self.note = exporting.ExportedNote()
        self.chips = ChipBar("starsSegment", remember=True)
        self._homes = {home.key: home for home in _homes(self.tr)}
        self.chips.set_chips([Chip(home.key, home.title) for home in self._homes.values()])
        self.chips.changed.connect(self._segment_chosen)
        self.zone_picker = ContextPicker("starsZone", self.tr("园区"))
        self.zone_picker.picked.connect(lambda zone: self.choose_zone(str(zone)))
        self.ladder = ContextPicker("starsLadder", self.tr("阶梯"))
        self.ladder.picked.connect(self._ladder_chosen)
        self.certainty = Badge(pill=True)
        self.certainty.setObjectName("starsCertainty")
        self.nothing = EmptyState("")
        self.nothing.clicked.connect(lambda: self.window_shell.go_to("import"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self._made: dict[str, Segment] = {}
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(self.chips)
        row.addStretch(1)
        for widget in (self.zone_picker, self.ladder, self.certainty):
            row.addWidget(widget)
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self.stack, 1)

    # -- segments ----------------------------------------------------------------

    def segment(self, key: str) -> Segment:
        """Return a segment; it is made where it has not been shown yet."""
        if key not in self._made:
            home = self._homes[key]
            made: Segment = getattr(
                import_module(f"zoneeval_ui.pages.stars.{home.module}"), home.name
            )(self)
            self._made[key] = made
            self.stack.addWidget(made)
        return self._made[key]

    def open_segment(self, key: str) -> Segment:
        """Choose a segment and return it."""
        if self.chips.current != key:
            self.chips.choose(key)
            self._segment_chosen(key)
        return self.segment(key)

    def _segment_chosen(self, _key: str) -> None:
        if self.content is not None:
            self._show_segment(self.content)

    def _show_segment(self, content: StarsContent) -> None:
        segment = self.segment(self.chips.current)
        report = content.report
        empty = segment.needs_figures and (report is None or not report.standings)
        self.zone_picker.setVisible(segment.of_zone and bool(content.zones))
        self.ladder.setVisible(segment.of_ladder)
        self.certainty.setVisible(segment.of_ladder and not content.ladder.is_certain)
        if empty:
            self.header.set_sentence(self.tr("下一步：导入数据，或录入园区的官方数据。"))
            self.nothing.set(
                self.tr("还没有园区的数据"),
                self.tr("导入部门表格后，园区指标由企业数据汇总；也可以直接录入官方数值。"),
                self.tr("去导入"),
            )
            self.stack.setCurrentWidget(self.nothing)
            return
        self.stack.setCurrentWidget(segment)
        self.header.set_sentence(segment.sentence(content))
        segment.show_content(content)

    def say(self) -> None:
        """Show the sentence of the segment again."""
        if self.content is not None:
            self.header.set_sentence(self.segment(self.chips.current).sentence(self.content))

    def unsaved(self) -> Unsaved | None:
        """Return what a segment would lose."""
        found = (segment.unsaved() for segment in self._made.values())
        return next((unsaved for unsaved in found if unsaved is not None), None)

    # -- loading -----------------------------------------------------------------

    def refresh(self) -> None:
        """Take the buttons away until there is something to do, then load."""
        self.exports.enable(None)
        self.enter_button.setEnabled(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for every zone's standing on the chosen ladder."""
        year, zone = self.context.year, self.context.zone or None
        ladder = chosen_ladder(QSettings())
        self.ask(lambda ws, _progress: read_stars(ws, year, zone, ladder), self.show_content)

    def show_content(self, content: StarsContent) -> None:
        """Show the segment that is chosen, or what to do first."""
        self.content = content
        self.enter_button.setEnabled(not self.session.read_only)
        self.exports.enable(content)
        known = content.zones
        if content.zone in known:
            self.zone = content.zone
        if self.zone not in known:
            self.zone = known[0] if known else None
        self.zone_picker.set_choices([Choice(zone, zone) for zone in known], self.zone)
        entry = content.ladder
        choices = [Choice(e.id, e.title, e.words) for e in content.ladders]
        self.ladder.set_choices(choices, content.ladder_id)
        self.certainty.set(
            self.tr("草稿，未确认") if entry.is_draft else entry.status.label, Tone.UNCERTAIN
        )
        self.certainty.setToolTip(entry.note)
        self.show_ready()
        self._show_segment(content)

    # -- what the user does --------------------------------------------------------

    def choose_zone(self, zone: str) -> None:
        """Make a zone the one that the segments are about."""
        self.zone = zone
        self.zone_picker.set_current(zone)
        if self.content is not None:
            self._show_segment(self.content)

    def _ladder_chosen(self, ladder_id: object) -> None:
        self.choose_ladder(str(ladder_id))

    def open_ladder(self, ref: str) -> None:
        """Show a ladder (id, or id@version) for reading, where it can be copied and edited."""
        from zoneeval_ui.pages.stars.ladders import LadderSegment

        segment = self.open_segment("ladders")
        if isinstance(segment, LadderSegment):
            segment.choose(ref)

    def choose_ladder(self, ladder_id: str) -> None:
        """Rate the zones on another ladder."""
        remember_ladder(QSettings(), ladder_id)
        self.window_shell.mark_stale(("stars", "lists"))

    def ask_entry(self, proposed: Entry) -> Entry | None:
        """Let the user type in an official figure or star."""
        zones = self.content.zones if self.content else ()
        dialog = EntryDialog(zones, proposed, self.window())
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.entry() if agreed else None

    def enter(self, proposed: Entry | None = None) -> None:
        """Store what the user types in, in a job."""
        year = self.context.year or date.today().year - 1
        entry = self.ask_entry(proposed or Entry(self.zone or "", str(year)))
        if entry is None:
            return
        self.session.change(
            lambda ws, _progress: entry.store(ws),
            lambda _done: self._entered(entry),
            title=self.tr("正在保存录入的数据"),
            on_failure=self.window_shell.show_failure,
        )

    def _entered(self, entry: Entry) -> None:
        self.zone = entry.zone
        text = self.tr("已保存“{zone}”{period}的官方数据，可在操作记录中撤销。").format(
            zone=entry.zone, period=entry.period_words
        )
        self.banner.show_message(text, tone=Tone.A)

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self, title, suggested)
