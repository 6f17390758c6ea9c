"""The page 评价办法."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter

from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.policies.content import Line, Part, RulesContent, RuleText, read_rules
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, DetailCard, Section, make_label

if TYPE_CHECKING:
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class PoliciesPage(WorkspacePage):
    """The shipped rules, for reading; they are there without a workspace too."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("policies", self.tr("评价办法"), window, session)
        theme = current_theme()
        self.content: RulesContent | None = None
        self._chosen: str | None = None
        self._followed: str | None = None
        self.use_button = self.header.add_button(
            "policiesUse", self.tr("用这个办法评价"), primary=True
        )
        self.use_button.clicked.connect(self.use)
        self.table = DataTable("policiesTable")
        self.table.setAccessibleName(self.tr("办法、阶梯和价格表"))
        self.table.row_selected.connect(self._selected)
        self.text = DetailCard()
        self.text.setObjectName("policiesText")
        self.text.setAccessibleName(self.tr("办法内容"))
        card = Card(flush=True)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("policiesSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(540), theme.px(600)])
        self.body_layout.addWidget(splitter, 1)

    def refresh(self) -> None:
        """Load the rules; they need no workspace."""
        self._asked += 1
        mine = self._asked
        if self.state != "ready":
            self.show_loading()
        self.use_button.setEnabled(False)
        self.session.runner.run(
            lambda _progress: read_rules(),
            title=self.tr("正在读取办法"),
            on_success=lambda content: self.show_content(content) if mine == self._asked else None,
            on_failure=lambda error: self.show_error(str(error)),
            quiet=True,
        )

    def show_content(self, content: RulesContent) -> None:
        """List the rules and show the one that the context is about."""
        self.content = content
        self.header.set_sentence(
            self.tr("随程序提供 {n} 份，其中 {m} 份部分内容未见原文或为示意；只读。").format(
                n=len(content.rules), m=content.doubtful
            )
        )
        self.table.set_table(self._table(content))
        self.show_ready()
        keys = [rule.key for rule in content.rules]
        current = f"评价办法:{self.context.policy}"
        if current in keys and current != self._followed:
            self._chosen = self._followed = current
        chosen = self._chosen if self._chosen in keys else keys[0]
        self.table.select_id(chosen)
        self._selected(chosen)

    def _table(self, content: RulesContent) -> TableData:
        columns = (
            Column("title", self.tr("名称"), width=27),
            Column("kind", self.tr("种类")),
            Column("status", self.tr("依据")),
        )
        tints = {
            (place, "status"): Tint.GOOD if rule.certain else Tint.UNCERTAIN
            for place, rule in enumerate(content.rules)
        }
        values = {
            "title": [rule.title for rule in content.rules],
            "kind": [rule.kind for rule in content.rules],
            "status": [rule.word for rule in content.rules],
        }
        return TableData(columns, values, ids=[rule.key for rule in content.rules], tints=tints)

    def _selected(self, key: str | None) -> None:
        rules = self.content.rules if self.content else ()
        rule = next((rule for rule in rules if rule.key == key), None)
        if rule is None:
            return
        self._chosen = rule.key
        usable = rule.key.startswith("评价办法:") and self.session.path is not None
        self.use_button.setEnabled(usable)
        self.text.clear()
        self.text.add_section(self._head(rule))
        for part in rule.parts:
            self.text.add_section(self._part(part))

    def _head(self, rule: RuleText) -> Section:
        section = Section(line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(make_label(rule.title, "detail", wrap=True), 1)
        tone = Tone.A if rule.certain else Tone.UNCERTAIN
        row.addWidget(Badge(rule.status, tone), 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        section.add(make_label(f"{rule.kind} · {rule.head}", "secondary", wrap=True))
        return section

    def _part(self, part: Part) -> Section:
        section = Section(part.title)
        for line in part.lines:
            self._add_line(section, line)
        return section

    def _add_line(self, section: Section, line: Line) -> None:
        tone = Tone.UNCERTAIN if line.illustrative else None
        section.add(make_label(line.text, tone=tone, wrap=True))
        if line.clause:
            section.add(make_label(line.clause, "caption", wrap=True))

    def use(self) -> None:
        """Make the selected policy that of the window, and go to the evaluation."""
        from dataclasses import replace

        if self._chosen is None or not self._chosen.startswith("评价办法:"):
            return
        policy = self._chosen.partition(":")[2]
        self._followed = self._chosen
        self.window_shell.set_context(replace(self.window_shell.context, policy=policy))
        self.window_shell.go_to("evaluation")
