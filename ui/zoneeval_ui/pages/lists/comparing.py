"""The view 两表比较: two tariffs side by side over the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval_ui.pages.lists.amounts import AmountsView
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.estimate_tables import change_lines, change_totals, change_words
from zoneeval_ui.shell.context import Choice
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.widgets import make_label

if TYPE_CHECKING:
    from zoneeval.model.estimate import EstimateComparison
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment


class ComparingView(AmountsView):
    """Sums under both tariffs above, enterprises below."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(
            segment,
            "comparing",
            segment.tr("两份价格表的全年金额"),
            segment.tr("各企业在两份价格表下的全年金额"),
        )
        self.found: EstimateComparison | None = None
        self._other: str | None = None
        self.picker = ContextPicker("comparingOther", self.tr("与之比较（甲表）"))
        self.picker.picked.connect(lambda ref: self.choose(str(ref)))
        self.tools.addWidget(self.picker)
        self.names = make_label("", "secondary", wrap=True)
        self.names.setObjectName("comparingNames")
        self.rows.insertWidget(1, self.names)

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
            self.say_why(self.tr("还没有评价，不能比较。请先评价。"))
        elif self._other is None:
            self.say_why(self.tr("没有另一份带标准的价格表。请先复制一份，改成另一个方案后保存。"))
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

        self.segment.ask(work, self.show_comparison, self.fail)

    def say_why(self, words: str) -> None:
        """Say why there is nothing to compare."""
        self.found = None
        self.names.hide()
        super().say_why(words)

    def show_comparison(self, found: EstimateComparison) -> None:
        """Show both sums and the difference."""
        self.found = found
        self.show_tables(shown=True)
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
