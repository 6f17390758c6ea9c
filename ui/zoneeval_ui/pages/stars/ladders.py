"""The segment 阶梯: the ladders for reading, and the office's own ones for editing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zoneeval_ui.pages.editing import EditingStack
from zoneeval_ui.pages.stars.content import StarsContent
from zoneeval_ui.pages.stars.ladder_actions import LadderActions
from zoneeval_ui.pages.stars.ladder_content import LadderText, read_ladders
from zoneeval_ui.pages.stars.ladder_editor import LadderEditor
from zoneeval_ui.pages.stars.segment import Segment
from zoneeval_ui.shell.leaving import Unsaved
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, DetailCard, Section, make_label

if TYPE_CHECKING:
    from zoneeval_db.storage.rule_versions import RuleVersion
    from zoneeval_ui.pages.stars.page import StarsPage


class LadderSegment(Segment):
    """A list with the chosen ladder in words, or the editor."""

    needs_figures = False
    of_ladder = False

    def __init__(self, page: StarsPage) -> None:
        super().__init__(page, "starsLadders", page.tr("阶梯"))
        theme = current_theme()
        self.ladders: list[LadderText] = []
        self._chosen: str | None = None
        self.actions_bar = LadderActions(self)
        self.table = DataTable("laddersTable")
        self.table.setAccessibleName(self.tr("星级阶梯"))
        self.table.row_selected.connect(self._selected)
        self.text = DetailCard()
        self.text.setObjectName("laddersText")
        self.text.setAccessibleName(self.tr("阶梯内容"))
        card = Card(flush=True)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("laddersSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(560), theme.px(560)])
        reading = QWidget()
        layout = QVBoxLayout(reading)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addLayout(self.actions_bar.row)
        layout.addWidget(splitter, 1)
        self.editor = LadderEditor(page)
        self.stack = EditingStack(
            page, reading, self.editor, self.actions_bar, lambda: self.stop_editing()
        )
        self.rows.addWidget(self.stack, 1)

    @property
    def is_editing(self) -> bool:
        """Tell whether the editor is shown instead of the list."""
        return self.stack.is_editing

    @property
    def ids(self) -> list[str]:
        """Return the ids that are taken."""
        return [held.id for held in self.ladders]

    @property
    def chosen(self) -> LadderText | None:
        """Return the ladder that is selected."""
        return next((held for held in self.ladders if held.ref == self._chosen), None)

    def choose(self, ref: str) -> None:
        """Select a ladder, now or as soon as it is listed."""
        self._chosen = ref
        self.table.select_id(ref)

    def sentence(self, content: StarsContent) -> str:
        """Say what can be done here."""
        if self.is_editing:
            return self.tr("照文件填写各级门槛；右边马上显示问题和影响，改好后保存为新版本。")
        return self.tr("随程序提供的只读。收到文件后新建或复制一份，照文件填写，核对后确认。")

    def show_content(self, content: StarsContent) -> None:
        """List the ladders; what is being edited stays."""
        self.ask(lambda ws, _progress: read_ladders(ws), self._show)

    def _show(self, ladders: list[LadderText]) -> None:
        self.ladders = ladders
        columns = (
            Column("title", self.tr("名称"), width=15, strong=True),
            Column("version", self.tr("版本"), width=4),
            Column("state", self.tr("状态"), width=6),
            Column("status", self.tr("依据"), width=9),
        )
        values: dict[str, list[Any]] = {
            "title": [held.title for held in ladders],
            "version": [f"第 {held.version} 版" if held.is_own else None for held in ladders],
            "state": [held.state for held in ladders],
            "status": [held.status for held in ladders],
        }
        tints = {
            (at, "status"): Tint.GOOD if held.certain else Tint.UNCERTAIN
            for at, held in enumerate(ladders)
        }
        tints |= {
            (at, "state"): Tint.UNCERTAIN
            for at, held in enumerate(ladders)
            if held.is_own and not held.confirmed
        }
        refs = [held.ref for held in ladders]
        wanted = self._chosen if self._chosen in refs else refs[0]
        self.table.set_table(TableData(columns, values, ids=refs, tints=tints))
        self.table.select_id(wanted)
        self._selected(wanted)

    def _selected(self, ref: str | None) -> None:
        held = next((one for one in self.ladders if one.ref == ref), None)
        self.actions_bar.enable(held)
        if held is None:
            return
        self._chosen = held.ref
        self.text.clear()
        self.text.add_section(self._head(held))
        for part in held.parts:
            section = Section(part.title)
            for line in part.lines:
                tone = Tone.UNCERTAIN if line.illustrative else None
                section.add(make_label(line.text, tone=tone, wrap=True))
                if line.clause:
                    section.add(make_label(line.clause, "caption", wrap=True))
            self.text.add_section(section)

    def _head(self, held: LadderText) -> Section:
        section = Section(line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(make_label(held.title, "detail", wrap=True), 1)
        tone = Tone.A if held.certain else Tone.UNCERTAIN
        words = self.tr("草稿，未确认") if held.state == "草稿" else held.status
        row.addWidget(Badge(words, tone), 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        for text in (held.head, held.confirmed):
            if text:
                section.add(make_label(text, "secondary", wrap=True))
        if held.faults:
            section.add(make_label(held.faults, tone=Tone.C, wrap=True))
        return section

    def show_difference(self, before: LadderText, after: LadderText) -> None:
        """Show what is different between two ladders in place of the text."""
        from zoneeval.policy.ladder_difference import ladder_differences
        from zoneeval.policy.loader import parse_ladder

        found = ladder_differences(parse_ladder(before.text), parse_ladder(after.text))
        self.text.clear()
        section = Section(line=False)
        section.add(make_label(self.tr("{n} 处不同").format(n=len(found)), "detail"))
        words = self.tr("原来：{a}（{ra}）\n现在：{b}（{rb}）").format(
            a=before.title, ra=before.ref, b=after.title, rb=after.ref
        )
        section.add(make_label(words, "secondary", wrap=True))
        self.text.add_section(section)
        parts: dict[str, list[str]] = {}
        for item in found:
            parts.setdefault(item.part, []).append(item.text)
        for title, lines in parts.items():
            section = Section(title)
            for line in lines:
                section.add(make_label(line, wrap=True))
            self.text.add_section(section)

    # -- editing -----------------------------------------------------------------

    def start_editing(self, text: str, before: str, *, is_new: bool = False) -> None:
        """Show the editor; the effect is told against ``before``."""
        self.stack.show_editor(is_new=is_new)
        self.page.say()
        self.editor.edit(text, before)

    def stop_editing(self) -> None:
        """Show the list again."""
        self.stack.show_reading()
        self.page.say()

    def saved(self, version: RuleVersion) -> None:
        """Go back to the list, to the version just saved; the page is loaded after it."""
        self._chosen = version.ref
        self.stop_editing()

    def unsaved(self) -> Unsaved | None:
        """Return the edited ladder where it has changes that are not saved."""
        return self.stack.unsaved(self.tr("阶梯“{title}”的修改还没有保存。"))
