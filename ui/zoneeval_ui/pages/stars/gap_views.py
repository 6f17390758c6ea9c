"""Two views of the segment 缺口与试算: what is missing, and what would close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from zoneeval.model.gap import STATE_WORDS
from zoneeval_ui.pages.stars.gap_tables import (
    SINGLE,
    criteria_table,
    effects_table,
    enterprises_table,
    items_table,
    levers_table,
    singles_table,
    way_words,
)
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, EmptyState, make_label, set_tone

if TYPE_CHECKING:
    from zoneeval.model.gap import GapReport, LevelGap


def padded(*widgets: QWidget) -> QWidget:
    """Return widgets below each other with room around them, for a flush card."""
    theme = current_theme()
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
    layout.setSpacing(theme.px(6))
    for widget in widgets:
        layout.addWidget(widget)
    return holder


class LacksView(Card):
    """The distance to the next star or to the target, criterion by criterion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.report: GapReport | None = None
        self.chips = ChipBar("gapLevel")
        self.chips.changed.connect(lambda _key: self._show())
        self.words = make_label("", "strong", wrap=True)
        self.words.setObjectName("gapWords")
        self.table = DataTable("gapCriteria")
        self.table.setAccessibleName(self.tr("各项指标的缺口"))
        self.table.row_selected.connect(self._selected)
        self.score = make_label("", "", wrap=True)
        self.score.setObjectName("gapScore")
        self.items = DataTable("gapItems")
        self.items.setAccessibleName(self.tr("各得分项能加多少分"))
        self.note = make_label("", "secondary", wrap=True)
        self.note.setObjectName("gapNote")
        self.nothing = EmptyState(
            self.tr("没有缺口"), self.tr("这个园区已到阶梯的最高一级。"), icon="✓"
        )
        self.add(padded(self.chips, self.words))
        self.add(self.nothing, 1)
        self.add(self.table, 1)
        self._score_box = padded(self.score)
        self.add(self._score_box)
        self.add(self.items, 1)
        self.add(padded(self.note))

    @property
    def level(self) -> LevelGap | None:
        """Return the level that is shown."""
        if self.report is None:
            return None
        gap = self.report.gap
        return gap.target if self.chips.current == "target" else gap.next

    def show_report(self, report: GapReport) -> None:
        """Show what a zone lacks."""
        self.report = report
        gap = report.gap
        chips = []
        if gap.next is not None:
            text = self.tr("下一级：{name}").format(name=gap.next.name)
            if gap.target is not None and gap.target.level == gap.next.level:
                text = self.tr("下一级，也是目标：{name}").format(name=gap.next.name)
            chips.append(Chip("next", text))
        if gap.target is not None and (gap.next is None or gap.target.level != gap.next.level):
            chips.append(Chip("target", self.tr("目标：{name}").format(name=gap.target.name)))
        self.chips.set_chips(chips)
        self._show()

    def _show(self) -> None:
        level = self.level
        score = level.score if level is not None else None
        self.nothing.setVisible(level is None)
        self.table.setVisible(level is not None and bool(level.criteria))
        self._score_box.setVisible(score is not None)
        self.items.setVisible(score is not None and bool(score.items))
        if level is None:
            self.words.setText("")
            self.note.setText("")
            return
        self.words.setText(level.words)
        self.table.set_table(criteria_table(level))
        if score is not None:
            self.score.setText(score.words)
            self.items.set_table(items_table(score))
        self._selected(None)

    def _selected(self, row: Any) -> None:
        """Say the sentence of the chosen criterion, else what else stands in the way."""
        level = self.level
        if level is None:
            return
        if isinstance(row, int) and row < len(level.criteria):
            one = level.criteria[row]
            said = [f"{one.label}：{one.words}", *map(way_words, one.ways), one.clause]
            if one.at_zone:
                said.insert(1, self.tr("线上是{zone}").format(zone=one.at_zone))
            self.note.setText("\n".join(filter(None, said)))
            set_tone(self.note, None)
            return
        blocks = [block.words for block in level.blocks]
        self.note.setText(
            "\n".join(blocks)
            or self.tr("选一行可看怎样补上。状态分为{states}。").format(
                states="、".join(STATE_WORDS.values())
            )
        )
        set_tone(self.note, Tone.C if blocks else None)


class LeversView(QWidget):
    """What would change the zone's figures, with the enterprises behind it."""

    settings_asked = Signal()
    tried = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.report: GapReport | None = None
        self.table = DataTable("leversTable")
        self.table.setAccessibleName(self.tr("能补上缺口的措施"))
        self.table.row_selected.connect(self._selected)
        self.basis = make_label("", "secondary", wrap=True)
        self.basis.setObjectName("leversBasis")
        self.settings_button = QPushButton(self.tr("规模线…"), self)
        self.settings_button.setObjectName("leversSettings")
        self.settings_button.setAccessibleName(self.tr("设置规模线"))
        self.settings_button.clicked.connect(lambda _on=False: self.settings_asked.emit())
        self.try_button = QPushButton(self.tr("放进试算"), self)
        self.try_button.setObjectName("leversTry")
        self.try_button.setAccessibleName(self.tr("把这项措施的结果放进试算"))
        self.try_button.clicked.connect(lambda _on=False: self._try())
        self.effects = DataTable("leversEffects")
        self.effects.setAccessibleName(self.tr("园区指标的变化"))
        self.effects.set_empty_text(self.tr("没有指标变化"))
        self.firms = DataTable("leversEnterprises")
        self.firms.setAccessibleName(self.tr("有关企业"))
        self.firms.set_empty_text(self.tr("没有涉及企业"))
        above = Card(flush=True)
        above.add(self.table, 1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        row.addWidget(self.basis, 1)
        row.addWidget(self.settings_button)
        above.add(foot)
        self.chosen = make_label("", "strong", wrap=True)
        left, right = Card(flush=True), Card(flush=True)
        head = QWidget()
        top = QHBoxLayout(head)
        top.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        top.addWidget(self.chosen, 1)
        top.addWidget(self.try_button)
        left.add(head)
        left.add(self.effects, 1)
        self.firms_title = make_label("", "strong")
        right.add(padded(self.firms_title))
        right.add(self.firms, 1)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setObjectName("leversBelow")
        self.below = below
        self.left = left
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("leversSplitter")
        for part in (below, splitter):
            part.setChildrenCollapsible(False)
            part.setHandleWidth(theme.px(12))
        below.addWidget(left)
        below.addWidget(right)
        below.setSizes([theme.px(520), theme.px(560)])
        splitter.addWidget(above)
        splitter.addWidget(below)
        splitter.setSizes([theme.px(290), theme.px(300)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_report(self, report: GapReport) -> None:
        """Show the levers; the one that raises the zone most is chosen first."""
        self.report = report
        before = self.table.selected_id()
        self.table.set_table(levers_table(report))
        settings = report.settings
        said = self.tr("规模线 {line} 万元，{near} 起算接近；{source}").format(
            line=figure(settings.scale_line),
            near=figure(settings.near_share, share=True),
            source=settings.source,
        )
        classes = report.classes_from or self.tr("这一年没有分类评价结果")
        self.basis.setText(
            self.tr("类别取自{classes}。{said}。").format(classes=classes, said=said)
        )
        usable = next((one.kind for one in report.levers if not one.lacking), None)
        if not self.table.select_id(before) and not self.table.select_id(usable):
            self._selected(None)

    def _selected(self, kind: Any) -> None:
        report = self.report
        if report is None:
            return
        single = isinstance(kind, str) and kind.startswith(SINGLE)
        self.left.setVisible(not single)
        if single:
            found = report.singles.get(str(kind).removeprefix(SINGLE), ())
            self.firms.set_table(singles_table(found))
            self.firms_title.setText(self.tr("作用最大的企业"))
            return
        lever = next((one for one in report.levers if one.kind == kind), None)
        self.chosen.setText(lever.label if lever else self.tr("请在上面选一项措施"))
        looked_at = {criterion.key for criterion in report.gap.standing.criteria}
        self.effects.set_table(effects_table(lever.effects if lever else (), looked_at))
        self.firms.set_table(enterprises_table(lever.enterprises if lever else ()))
        self.firms_title.setText(self.tr("有关企业和土地"))
        self.try_button.setEnabled(lever is not None and bool(lever.effects))

    def _try(self) -> None:
        if self.report is None:
            return
        kind = self.table.selected_id()
        lever = next((one for one in self.report.levers if one.kind == kind), None)
        if lever is not None:
            after = {e.key: e.after for e in lever.effects if e.after is not None}
            self.tried.emit(after)
