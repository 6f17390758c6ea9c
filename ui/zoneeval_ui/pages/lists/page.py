"""The page 名单与政策: its segments, the run in force and the tariff they are about."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.ladder_choice import chosen_ladder
from zoneeval_ui.pages.lists.content import ListsContent, read_lists
from zoneeval_ui.pages.lists.segment import Segment
from zoneeval_ui.pages.lists.tariff_choice import chosen_tariff, remember_tariff
from zoneeval_ui.pages.saving import Saving
from zoneeval_ui.pages.wording import local_time
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
        _Home("handing", tr("名单"), "handing", "HandingSegment"),
        _Home("measures", tr("政策与测算"), "measures", "MeasuresSegment"),
        _Home("utilities", tr("执行名单"), "utilities", "UtilitiesSegment"),
        _Home("documents", tr("文书"), "documents", "DocumentsSegment"),
    )


class ListsPage(WorkspacePage):
    """The shell of the segments; each is made when it is first chosen."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("lists", self.tr("名单与政策"), window, session)
        self.content: ListsContent | None = None
        self.export_button = self.header.add_button(
            "listsExport", self.tr("导出评价结果…"), primary=True
        )
        self.export_button.clicked.connect(lambda _on=False: self.current.primary())
        self.saving = Saving(self, has_button=False)
        self.note = exporting.ExportedNote()
        self.chips = ChipBar("listsSegment", remember=True)
        self._homes = {home.key: home for home in _homes(self.tr)}
        self.chips.set_chips([Chip(home.key, home.title) for home in self._homes.values()])
        self.chips.changed.connect(self._segment_chosen)
        self.tariff = ContextPicker("listsTariff", self.tr("价格表"))
        self.tariff.picked.connect(lambda ref: self.choose_tariff(str(ref)))
        self.certainty = Badge(pill=True)
        self.certainty.setObjectName("listsCertainty")
        self.nothing = EmptyState("")
        self.nothing.clicked.connect(self._lead_on)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self._made: dict[str, Segment] = {}
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(self.chips)
        row.addStretch(1)
        row.addWidget(self.tariff)
        row.addWidget(self.certainty)
        self.body_layout.addWidget(self.note)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self.stack, 1)

    # -- segments ----------------------------------------------------------------

    def segment(self, key: str) -> Segment:
        """Return a segment; it is made where it has not been shown yet."""
        if key not in self._made:
            home = self._homes[key]
            made: Segment = getattr(
                import_module(f"zoneeval_ui.pages.lists.{home.module}"), home.name
            )(self)
            self._made[key] = made
            self.stack.addWidget(made)
        return self._made[key]

    @property
    def current(self) -> Segment:
        """Return the segment that is chosen."""
        return self.segment(self.chips.current)

    def open_segment(self, key: str) -> Segment:
        """Choose a segment and return it."""
        if self.chips.current != key:
            self.chips.choose(key)
            self._segment_chosen(key)
        return self.segment(key)

    def _segment_chosen(self, _key: str) -> None:
        if self.content is not None and self.session.path is not None:
            self._show_segment(self.content)

    def _show_segment(self, content: ListsContent) -> None:
        segment = self.current
        empty = segment.needs_run and content.info is None
        tariff = content.tariff.tariff if content.tariff else None
        shown = segment.of_tariff and not empty and tariff is not None
        self.tariff.setVisible(shown)
        certain = tariff is None or (tariff.status == "verified" and not tariff.illustrative)
        self.certainty.setVisible(shown and not certain)
        self.export_button.setText(segment.primary_text)
        self.export_button.setAccessibleName(segment.primary_text)
        self.export_button.setVisible(bool(segment.primary_text))
        self.export_button.setEnabled(not empty and segment.can_primary(content))
        if empty:
            self._show_nothing(content)
            return
        self.show_ready()
        self.tariff.setEnabled(True)
        self.stack.setCurrentWidget(segment)
        segment.show_content(content)
        self.say()

    def _show_nothing(self, content: ListsContent) -> None:
        data = content.enterprises > 0
        words = self.tr("下一步：评价。") if data else self.tr("下一步：导入数据。")
        self.header.set_sentence(words)
        self.nothing.set(
            self.tr("还没有可以导出的名单"),
            self.tr("名单由评价结果得出。请先评价。")
            if data
            else self.tr("请先导入各部门的表格并评价。"),
            self.tr("去评价") if data else self.tr("去导入"),
        )
        self.stack.setCurrentWidget(self.nothing)

    def _lead_on(self) -> None:
        data = self.content is not None and self.content.enterprises > 0
        self.window_shell.go_to("evaluation" if data else "import")

    def say(self) -> None:
        """Show the sentence of the run and of the segment again."""
        content = self.content
        if content is None:
            return
        parts = (self._run_words(content), self.current.sentence(content))
        self.header.set_sentence("".join(f"{part}。" for part in parts if part))

    def _run_words(self, content: ListsContent) -> str:
        info = content.info
        if info is None:
            return ""
        text = self.tr("据第 {n} 次评价（{time}，{status}），含 {zones} 个园区").format(
            n=info.id,
            time=local_time(info.created_at),
            status=content.status,
            zones=len(info.zones),
        )
        if info.policy_id != self.context.policy:
            text += self.tr("，按“{policy}”评出").format(policy=info.policy_title)
        if content.zone is not None and info.zone is None:
            text += self.tr("，不只是所选园区")
        if content.is_stale:
            text += self.tr("。之后又导入了新数据，请先重新评价")
        return text

    def unsaved(self) -> Unsaved | None:
        """Return what a segment would lose."""
        found = (segment.unsaved() for segment in self._made.values())
        return next((unsaved for unsaved in found if unsaved is not None), None)

    # -- loading -----------------------------------------------------------------

    @property
    def run_id(self) -> int | None:
        """Return the run that the lists are made from."""
        info = self.content.info if self.content else None
        return info.id if info else None

    def refresh(self) -> None:
        """Take the button away until there is something to do, then load."""
        self.export_button.setEnabled(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for the lists of the run in force."""
        year, zone, policy = self.context.year, self.context.zone or None, self.context.policy
        settings = QSettings()
        ladder, tariff = chosen_ladder(settings), chosen_tariff(settings)
        if not policy:
            return
        self.ask(
            lambda ws, _progress: read_lists(ws, year, zone, policy, ladder, tariff),
            self.show_content,
        )

    def show_content(self, content: ListsContent) -> None:
        """Show the segment that is chosen, or what to do first."""
        self.content = content
        choices = [Choice(one.ref, one.title, one.words) for one in content.tariffs]
        chosen = content.tariff
        self.tariff.set_choices(choices, chosen.ref if chosen else None)
        if chosen is not None and chosen.tariff is not None:
            status = chosen.tariff.status.label
            words = self.tr("含示意数值") if chosen.tariff.illustrative else status
            self.certainty.set(words, Tone.UNCERTAIN)
            self.certainty.setToolTip("、".join(chosen.tariff.missing))
        self.show_ready()
        self._show_segment(content)

    # -- what the user does --------------------------------------------------------

    def choose_tariff(self, ref: str) -> None:
        """Work with another tariff."""
        remember_tariff(QSettings(), ref)
        self.reload()

    def open_enterprise(self, uscc: object) -> None:
        """Show an enterprise of a list on the page of the evaluation."""
        if isinstance(uscc, str):
            page = self.window_shell.go_to("evaluation")
            select = getattr(page, "select_enterprise", None)
            if select is not None:
                select(uscc)

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return exporting.ask_file(self, title, suggested)

    def ask_folder(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the folder to write into."""
        return exporting.ask_folder(self, title, suggested)

    def ask_open(self, title: str, kinds: str) -> Path | None:
        """Let the user choose a file to read."""
        folder = str(exporting.export_folder(self.session.path))
        path, _ = QFileDialog.getOpenFileName(self, title, folder, kinds)
        return Path(path) if path else None

    def ask_save(self, title: str, suggested: str, kinds: str) -> Path | None:
        """Let the user choose a file of another kind to write."""
        folder = exporting.export_folder(self.session.path)
        path, _ = QFileDialog.getSaveFileName(self, title, str(folder / suggested), kinds)
        return Path(path) if path else None
