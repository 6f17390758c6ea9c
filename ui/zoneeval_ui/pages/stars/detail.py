"""The detail pane: what a zone still needs for its next star."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from zoneeval.model.standing import ZoneStanding, level_name
from zoneeval_ui.pages.stars.standing import aim_of, step_of
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, DetailCard, Section, make_label


class StarsPane(DetailCard):
    """Show the way of one zone to its next level, criterion by criterion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("starsPane")
        self.setAccessibleName(self.tr("选中园区离下一级的差距"))

    def show_hint(self) -> None:
        """Say what to do where nothing is selected."""
        self.clear()
        section = Section(self.tr("怎样升星"), line=False)
        section.add(make_label(self.tr("请在左边选一个园区。"), "secondary", wrap=True))
        self.add_section(section)

    def show_standing(
        self, standing: ZoneStanding, levels: int, warnings: list[str], *, illustrative: bool
    ) -> None:
        """Show what a zone has and what is missing."""
        self.clear()
        aim = aim_of(standing, levels)
        self.add_section(self._head(standing, aim, illustrative=illustrative))
        steps = Section(self.tr("各项指标"))
        for criterion in standing.criteria:
            if aim is None:
                continue
            step = step_of(criterion, aim)
            row = QHBoxLayout()
            row.addWidget(make_label(step.label, "strong"))
            row.addStretch(1)
            row.addWidget(make_label(step.change))
            steps.body.addLayout(row)
            verdict = make_label(step.verdict, "secondary", tone=step.tone, wrap=True)
            verdict.setObjectName(f"step-{step.key}")
            if step.clause:
                verdict.setToolTip(step.clause)
            steps.add(verdict)
            steps.body.addSpacing(current_theme().px(4))
        if aim is not None:
            self.add_section(steps)
        said = Section(self.tr("依据与说明"), raised=True)
        clauses = dict.fromkeys(c.clause for c in standing.criteria if c.clause)
        for text in clauses:
            said.add(make_label(text, "caption", wrap=True))
        for text in warnings:
            said.add(make_label(text, "secondary", tone=Tone.UNCERTAIN, wrap=True))
        if clauses or warnings:
            self.add_section(said)

    def _head(self, standing: ZoneStanding, aim: int | None, *, illustrative: bool) -> Section:
        section = Section(line=False)
        title = self.tr("已到最高一级")
        if aim is not None:
            title = self.tr("怎样到{level}").format(level=level_name(aim))
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        label = make_label(title, "detail")
        label.setObjectName("starsPaneTitle")
        row.addWidget(label)
        row.addStretch(1)
        if illustrative:
            row.addWidget(Badge(self.tr("示意门槛"), Tone.UNCERTAIN))
        section.body.addLayout(row)
        words = self.tr("{zone} · {year} 年度 · 测算：{verdict}").format(
            zone=standing.zone, year=standing.year, verdict=standing.verdict
        )
        section.add(make_label(words, "secondary", wrap=True))
        return section
