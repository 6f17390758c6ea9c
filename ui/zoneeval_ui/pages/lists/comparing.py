"""The view 两表比较: two tariffs side by side over the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zoneeval.errors import UserError
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.estimate_tables import change_lines, change_totals, change_words
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label

if TYPE_CHECKING:
    from zoneeval.model.estimate import EstimateComparison
    from zoneeval.progress import Progress
    from zoneeval_db.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment


class ComparingView(QWidget):
    """Sums under both tariffs above, enterprises below."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.segment = segment
        self.found: EstimateComparison | None = None
        self._other: str | None = None
        self.setObjectName("comparingView")
        self.bar: QWidget | None = QWidget(segment)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.picker = ContextPicker("comparingOther", self.tr("与之比较（甲表）"))
        self.picker.picked.connect(lambda ref: self.choose(str(ref)))
        row.addWidget(self.picker)
        self.words = make_label("", "strong", wrap=True)
        self.words.setObjectName("comparingSum")
        self.names = make_label("", "secondary", wrap=True)
        self.names.setObjectName("comparingNames")
        self.doubts = make_label("", "secondary", tone=Tone.UNCERTAIN, wrap=True)
        self.doubts.setObjectName("comparingDoubts")
        self.totals = DataTable("comparingTotals")
        self.totals.setAccessibleName(self.tr("两份价格表的全年金额"))
        self.lines = DataTable("comparingLines")
        self.lines.setAccessibleName(self.tr("各企业在两份价格表下的全年金额"))
        self.lines.row_activated.connect(segment.page.open_enterprise)
        self.tables = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(10))
        for table in (self.totals, self.lines):
            card = Card(flush=True)
            card.add(table, 1)
            splitter.addWidget(card)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(150), theme.px(330)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for widget in (self.words, self.names, self.doubts):
            layout.addWidget(widget)
        layout.addWidget(splitter, 1)
        self.nothing = QWidget()
        layout.addWidget(self.nothing, 1)

    def show_content(self, content: ListsContent) -> None:
        """Compare the chosen tariff with the other one, or say why that cannot be."""
        chosen = content.tariff
        if chosen is None:
            return
        others = [x for x in content.tariffs if x.ref != chosen.ref and x.tariff is not None]
        filled = [x for x in others if x.tariff is not None and x.tariff.rates]
        if self._other not in [one.ref for one in others]:
            self._other = filled[0].ref if filled else None
        self.picker.set_choices([Choice(x.ref, x.title, x.words) for x in others], self._other)
        if content.info is None:
            self._say_why(self.tr("还没有评价，不能比较。请先评价。"))
        elif self._other is None:
            self._say_why(self.tr("没有另一份带标准的价格表。请先复制一份，改成另一个方案后保存。"))
        else:
            self._compare(self._other, chosen.ref, content.info.id)

    def choose(self, ref: str) -> None:
        """Compare with another tariff."""
        self._other = ref
        if self.segment.content is not None:
            self.show_content(self.segment.content)

    def _compare(self, before: str, after: str, run_id: int) -> None:
        def work(ws: Workspace, _progress: Progress) -> EstimateComparison:
            from zoneeval_db import operations

            return operations.compare_measures(ws, before, after, run_id)

        self.segment.ask(work, self.show_comparison, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._say_why(str(error))
        else:
            self.segment.page.window_shell.show_failure(error)

    def _show_tables(self, *, shown: bool) -> None:
        self.tables.setVisible(shown)
        self.nothing.setVisible(not shown)

    def _say_why(self, words: str) -> None:
        self.found = None
        self._show_tables(shown=False)
        self.words.setText(words)
        self.names.hide()
        self.doubts.hide()
        for table in (self.totals, self.lines):
            table.set_empty_text("")
            table.set_table(TableData((), {}))

    def show_comparison(self, found: EstimateComparison) -> None:
        """Show both sums and the difference."""
        self.found = found
        self._show_tables(shown=True)
        self.words.setText(change_words(found))
        self.names.setText(
            self.tr("甲表：{a}　乙表：{b}").format(
                a=found.before.tariff_title, b=found.after.tariff_title
            )
        )
        self.names.show()
        warnings = tuple(dict.fromkeys((*found.before.warnings, *found.after.warnings)))
        self.doubts.setText("\n".join(warnings))
        self.doubts.setVisible(bool(warnings))
        for table in (self.totals, self.lines):
            table.set_empty_text(self.tr("没有企业适用"))
        self.totals.set_table(change_totals(found))
        self.lines.set_table(change_lines(found))
