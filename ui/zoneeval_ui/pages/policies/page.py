"""The page 评价办法."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.editing import EditingStack
from zoneeval_ui.pages.policies.content import (
    LADDER,
    POLICY,
    TARIFF,
    Line,
    Part,
    RulesContent,
    RuleText,
    read_rules,
)
from zoneeval_ui.pages.policies.editor import PolicyEditor
from zoneeval_ui.pages.policies.own import OwnActions
from zoneeval_ui.shell.leaving import Unsaved
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, DetailCard, Section, make_label

if TYPE_CHECKING:
    from zoneeval_db.evaluating.policies import PolicyVersion
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class PoliciesPage(WorkspacePage):
    """The rules for reading, and the office's own policies for editing.

    The shipped ones are there without a workspace too.
    """

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
        self.own_actions = OwnActions(self)
        reading = QWidget()
        layout = QVBoxLayout(reading)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addLayout(self.own_actions.row)
        layout.addWidget(splitter, 1)
        self.editor = PolicyEditor(self)
        self.stack = EditingStack(
            self, reading, self.editor, self.own_actions, lambda: self.stop_editing()
        )
        self.body_layout.addWidget(self.stack, 1)
        self._seen: tuple[object, ...] = ()

    @property
    def is_editing(self) -> bool:
        """Tell whether the editor is shown instead of the list."""
        return self.stack.is_editing

    @property
    def policies(self) -> list[RuleText]:
        """Return the policies of the list."""
        rules = self.content.rules if self.content else ()
        return [rule for rule in rules if rule.kind == POLICY]

    @property
    def chosen(self) -> RuleText | None:
        """Return the rule that is selected."""
        rules = self.content.rules if self.content else ()
        return next((rule for rule in rules if rule.key == self._chosen), None)

    def start_editing(self, text: str, before: str) -> None:
        """Show the editor; the effect is told against ``before``."""
        self.stack.show_editor()
        self._say()
        self.editor.edit(text, before)

    def stop_editing(self) -> None:
        """Show the list again."""
        self.stack.show_reading()
        self._say()

    def unsaved(self) -> Unsaved | None:
        """Return the edited policy where it has changes that are not saved."""
        return self.stack.unsaved(self.tr("办法“{title}”的修改还没有保存。"))

    def saved(self, version: PolicyVersion) -> None:
        """Go back to the list, to the version just saved; the page is loaded after it."""
        self._chosen = f"{POLICY}:{version.id}"
        self._followed = f"{POLICY}:{self.context.policy}"
        self.stop_editing()

    def refresh(self) -> None:
        """Load the rules; they need no workspace."""
        self._asked += 1
        mine = self._asked
        if self.state != "ready":
            self.show_loading()
        self.use_button.setEnabled(False)
        seen = (self.context.year, self.context.zone)
        if self.is_editing and seen != self._seen:
            self.editor.look_again()
        self._seen = seen
        if self.session.path is not None:
            self.ask(lambda ws, _progress: read_rules(ws), self.show_content)
            return
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
        self._say()
        wanted = self._chosen
        self.table.set_table(self._table(content))
        self._chosen = wanted
        self.show_ready()
        keys = [rule.key for rule in content.rules]
        current = f"评价办法:{self.context.policy}"
        if current in keys and current != self._followed:
            self._chosen = self._followed = current
        chosen = self._chosen if self._chosen in keys else keys[0]
        self.table.select_id(chosen)
        self._selected(chosen)

    def _say(self) -> None:
        self.use_button.setVisible(not self.is_editing)
        if self.is_editing:
            words = self.tr("修改后右边马上显示问题和影响；改好后保存为新版本。")
            self.header.set_sentence(words)
            return
        rules = self.content.rules if self.content else ()
        own = sum(rule.is_own for rule in rules)
        counts = {
            kind: sum(rule.is_own and rule.kind == kind for rule in rules)
            for kind in (POLICY, LADDER, TARIFF)
        }
        shipped = self.tr("随程序提供 {n} 份（{m} 份部分内容未见原文或为示意），只读。").format(
            n=len(rules) - own, m=sum(not r.certain and not r.is_own for r in rules)
        )
        listed = "，".join(f"{kind} {n} 份" for kind, n in counts.items() if n)
        mine = self.tr("本单位{listed}。").format(listed=listed) if listed else ""
        first = not counts[POLICY] and self.session.path is not None
        step = self.tr("新办法由已有的复制而来。") if first else ""
        self.header.set_sentence(mine + shipped + step)

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
            "title": [self._name(rule) for rule in content.rules],
            "kind": [rule.kind for rule in content.rules],
            "status": [rule.word for rule in content.rules],
        }
        return TableData(columns, values, ids=[rule.key for rule in content.rules], tints=tints)

    def _name(self, rule: RuleText) -> str:
        if rule.version is None:
            return rule.title
        return self.tr("{title} · 第 {n} 版").format(title=rule.title, n=rule.version)

    def show_difference(
        self, before: RuleText, after: RuleText, parts: list[Part], count: int
    ) -> None:
        """Show what is different between two policies in place of the text."""
        self.text.clear()
        section = Section(line=False)
        title = self.tr("{n} 处不同").format(n=count)
        section.add(make_label(title, "detail", wrap=True))
        words = self.tr("原来：{a}\n现在：{b}").format(a=before.title, b=after.title)
        section.add(make_label(words, "secondary", wrap=True))
        self.text.add_section(section)
        for part in parts:
            self.text.add_section(self._part(part))

    def _selected(self, key: str | None) -> None:
        rules = self.content.rules if self.content else ()
        rule = next((rule for rule in rules if rule.key == key), None)
        self.own_actions.enable(rule)
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
        if rule.home and self.session.path is not None:
            section.body.addLayout(self._way_home(rule))
        return section

    def _way_home(self, rule: RuleText) -> QHBoxLayout:
        text = self.tr("到“{place}”新建、复制和修改").format(place=rule.home)
        button = QPushButton(text)
        button.setObjectName("policiesHome")
        button.setAccessibleName(text)
        button.setProperty("kind", "link")
        button.clicked.connect(lambda _on=False: self.open_home(rule))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        return row

    def open_home(self, rule: RuleText) -> None:
        """Go to where ladders or tariffs are edited, to this one."""
        from zoneeval_ui.pages.lists import ListsPage
        from zoneeval_ui.pages.stars import StarsPage

        page = self.window_shell.go_to("stars" if rule.kind == LADDER else "lists")
        if isinstance(page, StarsPage):
            page.open_ladder(rule.ref)
        elif isinstance(page, ListsPage):
            page.choose_tariff(rule.ref)
            page.open_segment("measures")

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
