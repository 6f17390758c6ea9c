"""The segment 成效: what the policies brought by year and class, with a chart over years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QSplitter

from zoneeval_ui.pages.exits.effect_tables import (
    MEASURES,
    bars_of,
    effect_form,
    effects_table,
    entries_table,
    expected_table,
)
from zoneeval_ui.pages.exits.segment import Segment
from zoneeval_ui.pages.exporting import export_folder
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label
from zoneeval_ui.widgets.year_bars import YearBars

if TYPE_CHECKING:
    from zoneeval.model.effects import EffectEntry, Expected
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage

SUMS, ENTRIES, EXPECTED = "sums", "entries", "expected"


class EffectSegment(Segment):
    """成效: money, land, energy, emissions."""

    def __init__(self, page: ExitsPage) -> None:
        super().__init__(page, "exitsEffects", page.tr("成效"))
        theme = current_theme()
        self._asked = 0
        self.measures = ChipBar("effectMeasures", remember=True)
        self.measures.set_chips([Chip(one.key, f"{one.label}（{one.unit}）") for one in MEASURES])
        self.measures.changed.connect(lambda _key: self._show_chart())
        self.chart = YearBars("effectChart")
        self.nothing = make_label("", "secondary", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("effectNothing")
        above = Card()
        above.add(self.measures)
        above.add(self.chart, 1)
        above.add(self.nothing, 1)
        self.chips = ChipBar("effectChips")
        self.chips.changed.connect(lambda _key: self._show_table())
        self.tariff = ContextPicker("effectTariff", self.tr("价格表"))
        self.tariff.picked.connect(lambda _ref: self._ask_expected())
        self.add_button = self.button("effectAdd", self.tr("录入金额…"), self.open_entry)
        self.import_button = self.button("effectImport", self.tr("导入…"), self.import_table)
        self.remove_button = self.button("effectRemove", self.tr("删除"), self.remove)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.addWidget(self.chips, 1)
        for widget in (self.tariff, self.remove_button, self.import_button, self.add_button):
            row.addWidget(widget)
        self.table = DataTable("effectTable")
        self.table.setAccessibleName(self.tr("政策成效"))
        self.table.row_selected.connect(lambda _id: self._enable())
        self.note = make_label("", "caption", wrap=True)
        self.note.setObjectName("effectNote")
        self.note.setContentsMargins(*[theme.px(16), theme.px(6)] * 2)
        below = Card(flush=True)
        below.body.addLayout(row)
        below.add(self.table, 1)
        below.add(self.note)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("effectSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(12))
        splitter.addWidget(above)
        splitter.addWidget(below)
        splitter.setSizes([theme.px(300), theme.px(280)])
        self.rows.addWidget(splitter, 1)

    def sentence(self, content: ExitsContent) -> str:
        """Say what the figures are."""
        if not content.effects:
            return self.tr(
                "还没有成效数据。下一步：录入或导入加价、减免的金额；腾出的数量由销号事项汇总。"
            )
        return self.tr(
            "全部园区按年度和类别汇总：金额按决算、结算单录入，腾出的数量由销号事项汇总。"
        )

    def show_content(self, content: ExitsContent) -> None:
        """Show the chart and the table."""
        self.chips.set_chips(
            [
                Chip(SUMS, self.tr("按年度和类别"), len(content.effects)),
                Chip(ENTRIES, self.tr("录入的金额"), len(content.entries)),
                Chip(EXPECTED, self.tr("按价格表估算"), None, self.tr("只是估算，不计入成效")),
            ]
        )
        choices = [Choice(ref, title) for ref, title in content.tariffs]
        held = {choice.value for choice in choices}
        current = self.tariff.current if self.tariff.current in held else None
        self.tariff.set_choices(choices, current or (choices[0].value if choices else None))
        self._show_chart()
        self._show_table()

    def _show_chart(self) -> None:
        content = self.page.content
        if content is None:
            return
        measure = next(one for one in MEASURES if one.key == self.measures.current)
        years, series = bars_of(content.effects, measure)
        known = any(value is not None for one in series for value in one.values)
        self.chart.setVisible(known)
        self.nothing.setVisible(not known)
        self.nothing.setText(self.tr("还没有“{label}”的数据。").format(label=measure.label))
        self.chart.set_bars(measure.label, measure.unit, years, series)

    def _show_table(self) -> None:
        content, key = self.page.content, self.chips.current
        if content is None:
            return
        self.tariff.setVisible(key == EXPECTED)
        for button in (self.add_button, self.import_button):
            button.setVisible(key != EXPECTED)
        self.remove_button.setVisible(key == ENTRIES)
        self.note.setText("")
        if key == EXPECTED:
            self._ask_expected()
        elif key == ENTRIES:
            self.table.set_empty_text(self.tr("还没有录入金额"))
            self.table.set_table(entries_table(content.entries))
        else:
            self.table.set_empty_text(self.tr("还没有录入金额，也没有销号的事项"))
            self.table.set_table(effects_table(content.effects))
            self.note.setText(
                self.tr("没有录入或填报的写“—”，不按 0 计算；括号内为没有填报的事项数。")
            )
        self.note.setVisible(bool(self.note.text()))
        self._enable()

    def _ask_expected(self) -> None:
        content, ref = self.page.content, self.tariff.current
        if content is None or content.opening is None or ref is None:
            self._show_expected(())
            return
        run_id, wanted = content.opening.info.id, str(ref)
        self._asked += 1
        mine = self._asked

        def work(ws: Workspace, _progress: Progress) -> list[Expected]:
            from zoneeval_db import operations

            return operations.expected_effects(ws, wanted, run_id)

        def arrived(found: list[Expected]) -> None:
            if mine == self._asked and self.chips.current == EXPECTED:
                self._show_expected(found)

        self.page.session.read(
            work, arrived, on_failure=lambda error: self.page.window_shell.show_failure(error)
        )

    def _show_expected(self, found: Any) -> None:
        self.table.set_empty_text(self.tr("价格表中没有这次评价的类别适用的标准，不能估算"))
        self.table.set_table(expected_table(found))
        self.note.setText(self.tr("一年的估算，不计入成效；用量不详的企业没有计入，括号内为项数。"))
        self.note.show()

    def _enable(self) -> None:
        writable = not self.page.session.read_only
        self.add_button.setEnabled(writable)
        self.import_button.setEnabled(writable)
        self.remove_button.setEnabled(writable and self.selected() is not None)

    # -- acting ------------------------------------------------------------------------

    def selected(self) -> EffectEntry | None:
        """Return the amount that is selected."""
        content, number = self.page.content, self.table.selected_id()
        if content is None or self.chips.current != ENTRIES:
            return None
        return next((one for one in content.entries if one.id == number), None)

    def open_entry(self) -> QDialog | None:
        """Open the form of an amount."""
        content = self.page.content
        return None if content is None else self.page.open_form(effect_form(content))

    def remove(self) -> None:
        """Take the selected amount out; it can be undone."""
        one = self.selected()
        if one is None:
            return
        number = one.id

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.remove_effect(ws, number)

        said = self.tr("已删除一条金额。")
        self.page.saving.store(work, self.tr("正在删除金额"), lambda _none: said)

    def ask_table(self) -> Path | None:
        """Let the user choose a table to import."""
        folder = str(export_folder(self.page.session.path))
        name, _filter = QFileDialog.getOpenFileName(
            self, self.tr("导入政策成效"), folder, self.tr("表格 (*.xlsx *.csv)")
        )
        return Path(name) if name else None

    def import_table(self) -> None:
        """Enter the amounts of a table; all of them or none."""
        path = self.ask_table()
        if path is None:
            return

        def work(ws: Workspace, _progress: Progress) -> list[EffectEntry]:
            from zoneeval_db import operations

            return operations.import_effects(ws, path)

        def failed(error: BaseException | None) -> None:
            if error is not None:
                self.page.banner.show_message(str(error), tone=Tone.C)

        self.page.saving.store(
            work,
            self.tr("正在导入政策成效"),
            lambda made: self.tr("已导入 {n} 条金额。").format(n=len(made)),
            failed=failed,
        )
