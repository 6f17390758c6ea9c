"""The first page: how far the year is, how it looks, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.overview.cards import ScoresCard, SideCard
from zoneeval_ui.pages.overview.content import NextStep, OverviewContent, read_overview
from zoneeval_ui.pages.overview.steps import OVERDUE, PAGE_OF_STEP, PART_OF_LINK
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Metric, MetricCard, StepStrip, make_label

if TYPE_CHECKING:
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

METRICS = 4


class OverviewPage(WorkspacePage):
    """总览: five steps, four figures, the scores, the line of the lowest class, the stars."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("overview", "", window, session, scrolling=True)
        self.title = self.tr("总览")
        self.setAccessibleName(self.title)
        self.header.set_title(self.title)
        self._next = NextStep(self.tr("导入表格"), "import")
        self._lists = self.header.add_button("overviewLists", self.tr("导出名单"))
        self._primary = self.header.add_button("overviewNext", self._next.text, primary=True)
        self._lists.clicked.connect(lambda: self.window_shell.go_to("lists"))
        self._primary.clicked.connect(lambda: self._go(self._next.link, self._next.page))
        self.state_changed.connect(self._state_changed)
        self._build()
        self._state_changed(self.state.value)

    def _build(self) -> None:
        theme = current_theme()
        self._steps = StepStrip(parent=self)
        self._steps.step_clicked.connect(lambda key: self._go(key, PAGE_OF_STEP[key]))
        self._metrics = [MetricCard(Metric("", ""), self) for _ in range(METRICS)]
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        for card in self._metrics:
            row.addWidget(card, 1)
        self._metrics_note = make_label("", "caption", self)
        self._metrics_note.setObjectName("metricsNote")
        self._scores = ScoresCard(self)
        self._scores.enterprise_asked.connect(self._show_enterprise)
        self._scores.chart_asked.connect(lambda: self.window_shell.go_to("evaluation"))
        self._side = SideCard(self)
        self._side.page_asked.connect(self.window_shell.go_to)
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(12))
        lower.addWidget(self._scores, 64)
        lower.addWidget(self._side, 36)
        self.body_layout.addWidget(self._steps)
        self.body_layout.addLayout(row)
        self.body_layout.addWidget(self._metrics_note)
        self.body_layout.addLayout(lower, 1)

    def _state_changed(self, state: str) -> None:
        self._primary.setVisible(state == "ready")
        self._lists.setVisible(state == "ready" and self._next.page != "lists")
        if state != "ready":
            self.header.set_sentence("")

    def load_content(self) -> None:
        """Read the overview of the context's year and zone."""
        context = self.context
        self.ask(lambda ws, _progress: read_overview(ws, context), self._show_content)

    def _show_content(self, content: OverviewContent | None) -> None:
        if content is None:
            self.show_empty(
                self.tr("工作文件里还没有数据"),
                self.tr("先导入各部门的表格：企业名录、税务、统计、自然资源、供电、生态环境等。"),
                self.tr("导入表格"),
                lambda: self.window_shell.go_to("import"),
            )
            return
        self._next = content.next_step
        self._primary.setText(content.next_step.text)
        self._primary.setAccessibleName(content.next_step.text)
        self._steps.set_steps(content.steps)
        for card, metric in zip(self._metrics, content.metrics, strict=False):
            card.set_metric(metric)
        self._metrics_note.setText(content.metrics_note)
        self._scores.set_content(content)
        self._side.set_content(content)
        self.show_ready()
        self.header.set_sentence(content.sentence)
        self._lists.setVisible(content.has_run and self._next.page != "lists")

    def _go(self, key: str, page_id: str) -> None:
        """Go to the page of a step, and to the part of it that a link is about."""
        page = self.window_shell.go_to(page_id)
        open_segment = getattr(page, "open_segment", None)
        if key not in PART_OF_LINK or open_segment is None:
            return
        segment = open_segment(PART_OF_LINK[key])
        if page_id == "exits":
            segment.choose("overdue" if key == OVERDUE else "all")

    def _show_enterprise(self, uscc: str) -> None:
        page = self.window_shell.go_to("evaluation")
        select = getattr(page, "select_enterprise", None)
        if select is None:
            page = self.window_shell.go_to("enterprises")
            select = getattr(page, "select_enterprise", None)
        if select is not None:
            select(uscc)
