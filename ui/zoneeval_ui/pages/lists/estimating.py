"""The view 测算: what the chosen tariff comes to in a year, by class and by enterprise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.lists.amounts import AmountsView
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.estimate_tables import lines_table, sum_words, totals_table
from zoneeval_ui.widgets import Chip, ChipBar

if TYPE_CHECKING:
    from zoneeval.model.estimate import Estimate
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment

ALL, UNKNOWN = "all", "unknown"


class EstimateView(AmountsView):
    """The sums above, the enterprises below; those whose use is not known apart."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(
            segment,
            "estimate",
            segment.tr("各类别的全年金额"),
            segment.tr("各企业的全年金额"),
        )
        self.found: Estimate | None = None
        self.export_button = segment.button(
            self.tools, "estimateExport", self.tr("导出测算表…"), self.export
        )
        self.chips = ChipBar("estimateChips")
        self.chips.changed.connect(lambda _key: self._show_lines())
        self.below.insertWidget(0, self.chips)

    def show_content(self, content: ListsContent) -> None:
        """Ask for the estimate of the chosen tariff and of the run in force."""
        self.export_button.setEnabled(False)
        if content.info is None or content.tariff is None:
            self.say_why(self.tr("还没有评价，不能测算金额。请先评价。"))
            return
        ref, run_id = content.tariff.ref, content.info.id

        def work(ws: Workspace, _progress: Progress) -> Estimate:
            from zoneeval_db import operations

            return operations.estimate_measures(ws, ref, run_id)

        self.segment.ask(work, self.show_estimate, self.fail)

    def say_why(self, words: str) -> None:
        """Say why there is no estimate."""
        self.found = None
        super().say_why(words)
        self.chips.set_chips([])

    def show_estimate(self, found: Estimate) -> None:
        """Show the sums and the enterprises."""
        self.found = found
        self.show_tables(shown=True)
        self.export_button.setEnabled(True)
        self.words.setText(sum_words(found))
        self.doubts.setText("\n".join(found.warnings))
        self.doubts.setVisible(bool(found.warnings))
        self.totals.set_empty_text(self.tr("没有企业适用"))
        self.totals.set_table(totals_table(found))
        self.chips.set_chips(
            [
                Chip(ALL, self.tr("各企业"), len(found.lines)),
                Chip(UNKNOWN, self.tr("用量未知，不计入合计"), len(found.unknown)),
            ]
        )
        self._show_lines()

    def _show_lines(self) -> None:
        if self.found is None:
            return
        apart = self.chips.current == UNKNOWN
        self.lines.set_empty_text(
            self.tr("没有用量未知的企业") if apart else self.tr("没有企业适用")
        )
        self.lines.set_table(lines_table(self.found.unknown if apart else self.found.lines))

    def export(self) -> None:
        """Write the estimate as a workbook."""
        content, page = self.segment.content, self.segment.page
        if content is None or content.info is None or content.tariff is None:
            return
        folder = exporting.export_folder(page.session.path)
        name = self.tr("{year}年度差别化政策测算（{id}）.xlsx").format(
            year=content.year, id=content.tariff.ref.replace("@", "-")
        )
        path = page.ask_file(self.tr("导出测算表"), folder / name)
        if path is None:
            return
        ref, run_id = content.tariff.ref, content.info.id

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_estimate(ws, path, ref, run_id)

        page.session.read(
            work,
            page.note.show_files,
            title=self.tr("正在导出“{name}”").format(name=path.name),
        )
