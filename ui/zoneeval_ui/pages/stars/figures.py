"""The figures of one zone and period: computed, official, which is used, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from zoneeval.model.zone_indicators import BASIS_WORDS, ZONE_INDICATORS, ZoneFigure
from zoneeval.model.zone_records import SLOT_WORDS
from zoneeval_ui.pages.stars.entry import Entry
from zoneeval_ui.pages.stars.tables import figures_table
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, DetailCard, Section, make_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoneeval.model.zone_records import Slot
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.data import DataSegment
    from zoneeval_ui.pages.stars.data_content import DataContent


class FiguresView(QWidget):
    """A table of indicators, and at the right what one of them is made of."""

    def __init__(self, segment: DataSegment) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.segment = segment
        self.data: DataContent | None = None
        self._chosen: str | None = None
        self.table = DataTable("starsFigures")
        self.table.setAccessibleName(self.tr("园区指标"))
        self.table.set_empty_text(self.tr("这一期还没有数值，可点“录入公布数”"))
        self.table.row_selected.connect(self._selected)
        self.all_box = QCheckBox(self.tr("显示没有数值的指标"))
        self.all_box.setObjectName("starsAllFigures")
        self.all_box.setAccessibleName(self.all_box.text())
        self.all_box.toggled.connect(lambda _on: self._fill())
        self.add_button = QPushButton(self.tr("录入公布数…"))
        self.add_button.setObjectName("starsAddFigure")
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.clicked.connect(lambda _on=False: self._enter(self._chosen))
        self.count = make_label("", "secondary")
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(12))
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.all_box)
        row.addWidget(self.add_button)
        card = Card(flush=True)
        card.body.addLayout(row)
        card.add(self.table, 1)
        self.pane = DetailCard()
        self.pane.setObjectName("starsFigurePane")
        self.pane.setAccessibleName(self.tr("选中指标的来历"))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("starsFiguresSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(790), theme.px(340)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_data(self, data: DataContent) -> None:
        """Show the figures of a zone and period."""
        self.data = data
        self.add_button.setEnabled(self.segment.writable)
        self._fill()

    def _fill(self) -> None:
        data = self.data
        if data is None:
            return
        shown = {
            key: held
            for key, held in data.figures.items()
            if self.all_box.isChecked()
            or held.used is not None
            or held.computed is not None
            or held.official is not None
        }
        with_figures = sum(held.used is not None for held in data.figures.values())
        self.count.setText(
            self.tr("{zone} {period}：{n} 项有数值，{m} 项没有").format(
                zone=data.zone or "",
                period=data.period.label,
                n=with_figures,
                m=len(ZONE_INDICATORS) - with_figures,
            )
        )
        wanted = self._chosen
        self.table.set_table(figures_table(shown))
        if wanted not in shown:
            wanted = next(iter(shown), None)
        if wanted is not None:
            self.table.select_id(wanted)
        self._selected(wanted)

    def _selected(self, key: str | None) -> None:
        held = self.data.figures.get(key) if self.data is not None and key else None
        self._chosen = key if held is not None else None
        self.pane.clear()
        if held is None:
            section = Section(self.tr("指标的来历"), line=False)
            words = self.tr("请在左边选一个指标。")
            if self.data is not None and not self.data.period.is_year:
                words += self.tr("季度和月度数为 1 月起的累计数，企业数据只按年度汇总。")
            section.add(make_label(words, "secondary", wrap=True))
            self.pane.add_section(section)
            return
        self.pane.add_section(self._head(held))
        self.pane.add_section(self._parts(held))
        self.pane.add_section(self._actions(held))

    def _head(self, held: ZoneFigure) -> Section:
        known = held.definition
        section = Section(line=False)
        section.add(make_label(known.label, "detail", wrap=True))
        rows = [
            (self.tr("汇总数"), held.computed, held.slot == "computed"),
            (self.tr("公布数"), held.official, held.slot == "official"),
        ]
        for words, value, is_used in rows:
            line = QHBoxLayout()
            line.addWidget(make_label(words, "secondary"))
            line.addStretch(1)
            text = _words(held, value)
            line.addWidget(make_label(text + (self.tr("　采用") if is_used else ""), "strong"))
            section.body.addLayout(line)
        if held.difference is not None:
            share = held.difference_share
            text = self.tr("相差 {value}").format(value=_words(held, held.difference))
            if share is not None and not known.is_share:
                text += self.tr("（{share}）").format(share=figure(share, share=True, decimals=1))
            section.add(make_label(text, "secondary", tone=Tone.UNCERTAIN, wrap=True))
        if held.lacking and held.used is None:
            section.add(make_label(held.lacking, "secondary", tone=Tone.UNCERTAIN, wrap=True))
        return section

    def _parts(self, held: ZoneFigure) -> Section:
        known = held.definition
        section = Section(self.tr("来历"))
        lines = [held.source] if held.source else []
        for key, value in (
            (known.numerator, held.numerator),
            (known.denominator, held.denominator),
        ):
            if key and value is not None:
                part = ZONE_INDICATORS[key]
                lines.append(f"{part.label} {figure(value)} {part.unit}".rstrip())
        if held.basis:
            lines.append(BASIS_WORDS.get(held.basis, held.basis))
        if held.missing:
            lines.append(self.tr("有 {n} 户企业没有这项数据，汇总数偏小").format(n=held.missing))
        if held.undecided:
            lines.append(self.tr("有 {n} 户企业不知是否在统计范围内").format(n=held.undecided))
        data = self.data
        if data is not None:
            entered, choice = data.entered.get(held.key), data.choices.get(held.key)
            if entered is not None and entered.document:
                lines = [line for line in lines if line != entered.document]
                lines.append(self.tr("公布数依据：{document}").format(document=entered.document))
            if choice is not None:
                words = self.tr("人工选定采用{slot}").format(slot=SLOT_WORDS[choice.choice])
                lines.append(f"{words}：{choice.reason}" if choice.reason else words)
            if not data.period.is_year:
                lines.append(self.tr("{span}累计数").format(span=data.period.span))
        for text in (known.document, known.note):
            if text:
                lines.append(text)
        for line in dict.fromkeys(lines):
            section.add(make_label(line, "secondary", wrap=True))
        return section

    def _actions(self, held: ZoneFigure) -> Section:
        section = Section(raised=True)
        writable = self.segment.writable
        has_official = held.official is not None
        enter = self.tr("修改公布数…") if has_official else self.tr("录入公布数…")
        self._button(section, "figureEnter", enter, lambda: self._enter(held.key), writable)
        if held.computed is not None and has_official:
            other: Slot = "official" if held.slot == "computed" else "computed"
            words = self.tr("改为采用{slot}").format(slot=SLOT_WORDS[other])
            self._button(section, "figureChoose", words, lambda: self._choose(other), writable)
        if held.chosen:
            words = self.tr("恢复默认（有公布数即采用）")
            self._button(section, "figureDefault", words, lambda: self._choose(None), writable)
        if self.data is not None and held.key in self.data.entered:
            words = self.tr("删除公布数")
            self._button(section, "figureRemove", words, self._remove, writable)
        return section

    def _button(
        self, section: Section, name: str, text: str, does: Callable[[], object], on: bool
    ) -> None:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setEnabled(on)
        button.clicked.connect(lambda _on=False: does())
        section.add(button)

    def _enter(self, key: str | None) -> None:
        data, page = self.data, self.segment.page
        if data is None:
            return
        held = data.figures.get(key) if key else None
        entered = data.entered.get(key) if key else None
        page.enter(
            Entry(
                data.zone or "",
                data.period.key,
                indicator=key or "",
                value=held.official if held is not None else None,
                document=(entered.document or "") if entered is not None else "",
            )
        )

    def _choose(self, slot: Slot | None) -> None:
        data, key = self.data, self._chosen
        if data is None or data.zone is None or key is None:
            return
        zone, period = data.zone, data.period

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.choose_zone_value(ws, zone, period, key, slot)

        label = ZONE_INDICATORS[key].label
        done = self.tr("“{label}”已改选，可在操作记录中撤销。").format(label=label)
        self.segment.change(work, self.tr("正在改选"), done)

    def _remove(self) -> None:
        data, key = self.data, self._chosen
        if data is None or key is None or key not in data.entered:
            return
        held = data.entered[key]
        period = f"{held.year}-{held.part}" if held.part.isdigit() else f"{held.year}{held.part}"

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.remove_zone_value(ws, held.zone, period, key)

        label = ZONE_INDICATORS[key].label
        done = self.tr("“{label}”的公布数已删除，可在操作记录中撤销。").format(label=label)
        self.segment.change(work, self.tr("正在删除公布数"), done)


def _words(held: ZoneFigure, value: float | None) -> str:
    known = held.definition
    words = figure(value, share=known.is_share)
    return words if value is None else f"{words} {known.unit}".rstrip()
