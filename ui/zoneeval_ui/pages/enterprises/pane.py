"""The pane beside the table: one enterprise, value by value, with its source."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.pages.enterprises.content import YearClass
from zoneeval_ui.pages.enterprises.detail import EnterpriseDetail, Fact, FactGroup
from zoneeval_ui.tables.columns import MISSING_TEXT
from zoneeval_ui.theme import Tone, current_theme, tabular
from zoneeval_ui.widgets import Badge, DetailCard, Section, make_label


class EnterprisePane(DetailCard):
    """Show an :class:`EnterpriseDetail`, or what to do to see one."""

    decision_wanted = Signal(object)
    """The detail of the enterprise about which the user wants to decide."""
    change_wanted = Signal(object)
    merge_wanted = Signal(object)
    years_wanted = Signal(str)
    """The credit code of the enterprise that is to be seen over all years."""
    removal_wanted = Signal(object, str)
    """The detail of the enterprise that became another, or is evaluated with others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("enterprisePane")
        self._uscc = ""
        self.show_hint()

    @property
    def uscc(self) -> str:
        """Return whose values are shown ("" where nobody's)."""
        return self._uscc

    def show_hint(self) -> None:
        """Say how an enterprise is chosen."""
        self._uscc = ""
        self.clear()
        section = Section("", line=False)
        text = self.tr("在表中选一户企业，这里显示它的每个数值和来源。")
        section.add(make_label(text, "sentence", wrap=True))
        self.add_section(section)

    def show_detail(self, detail: EnterpriseDetail) -> None:
        """Show one enterprise."""
        self._uscc = detail.uscc
        self.setUpdatesEnabled(False)
        self.clear()
        self.add_section(self._head(detail))
        self.add_section(self._classes(detail))
        self.add_section(self._participation(detail))
        self.add_section(self._relations(detail))
        for group in detail.groups:
            self.add_section(_facts(group))
        self.setUpdatesEnabled(True)

    def _head(self, detail: EnterpriseDetail) -> Section:
        section = Section("", line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        name = make_label(detail.name, "detail", wrap=True)
        name.setObjectName("enterpriseName")
        row.addWidget(name, 1)
        if detail.grade:
            badge = Badge()
            badge.set_grade(detail.grade)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        section.add(make_label(detail.place, "secondary", wrap=True))
        return section

    def _classes(self, detail: EnterpriseDetail) -> Section:
        section = Section(self.tr("各年度类别"))
        classes = detail.classes
        if not classes:
            section.add(make_label(self.tr("还没有评价过。"), "secondary", wrap=True))
        for entry in classes:
            row = QHBoxLayout()
            row.setSpacing(current_theme().px(8))
            row.addWidget(make_label(str(entry.year)))
            if entry.grade:
                badge = Badge()
                badge.set_grade(entry.grade)
                row.addWidget(badge)
            row.addWidget(make_label(self._words(entry), "secondary", wrap=True), 1)
            section.body.addLayout(row)
        years = QPushButton(self.tr("历年情况…"))
        years.setObjectName("enterpriseYears")
        years.setAccessibleName(self.tr("历年情况"))
        years.setProperty("kind", "link")
        years.clicked.connect(lambda: self.years_wanted.emit(detail.uscc))
        section.body.addWidget(years, 0, Qt.AlignmentFlag.AlignLeft)
        return section

    def _relations(self, detail: EnterpriseDetail) -> Section:
        section = Section(self.tr("与其他企业"))
        for sentence, removal in detail.relations.sentences(detail.uscc):
            line = QHBoxLayout()
            line.addWidget(make_label(sentence, "", wrap=True), 1)
            if removal is not None:
                undo = QPushButton(self.tr("取消"))
                undo.setObjectName("enterpriseRemove")
                undo.setAccessibleName(self.tr("取消：{what}").format(what=sentence))
                undo.setProperty("kind", "link")
                undo.clicked.connect(
                    lambda _on=False, entry=removal: self.removal_wanted.emit(entry, detail.uscc)
                )
                line.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
            section.body.addLayout(line)
        row = QHBoxLayout()
        for name, text, signal in (
            ("enterpriseChange", self.tr("更名/合并/新代码…"), self.change_wanted),
            ("enterpriseMerge", self.tr("合并评价…"), self.merge_wanted),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _on=False, wanted=signal: wanted.emit(detail))
            row.addWidget(button)
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _participation(self, detail: EnterpriseDetail) -> Section:
        section = Section(self.tr("参评决定"))
        row = QHBoxLayout()
        made = detail.decision
        text = made.sentence if made else self.tr("没有人工决定，按办法判断。")
        label = make_label(text, "" if made else "secondary", wrap=True)
        label.setObjectName("enterpriseDecision")
        row.addWidget(label, 1)
        button = QPushButton(self.tr("参评决定…"))
        button.setObjectName("enterpriseDecide")
        button.setAccessibleName(button.text())
        button.setProperty("kind", "link")
        button.clicked.connect(lambda: self.decision_wanted.emit(detail))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        return section

    def _words(self, entry: YearClass) -> str:
        if entry.composite is None:
            reasons = "；".join(entry.reasons)
            return f"{entry.participation}：{reasons}" if reasons else entry.participation
        text = self.tr("得分 {score:.2f}").format(score=entry.composite)
        if entry.rank is not None:
            text += self.tr("，第 {rank} 名").format(rank=entry.rank)
        if entry.by_hand:
            rules = entry.by_rules or self.tr("未定类")
            text += self.tr("；人工调整，按办法为 {grade}").format(grade=rules)
        return text


def _facts(group: FactGroup) -> Section:
    theme = current_theme()
    section = Section(group.title)
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(1))
    grid.setColumnStretch(0, 1)
    for fact in group.facts:
        _add(grid, fact)
    section.body.addLayout(grid)
    return section


def _add(grid: QGridLayout, fact: Fact) -> None:
    row = grid.rowCount()
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    plain = Tone.PLAIN if fact.text == MISSING_TEXT else None
    tone = Tone.UNCERTAIN if fact.lacking else plain
    text = f"{fact.text} {fact.unit}".strip()
    value = make_label(text, tone=tone, wrap=len(text) > 12)
    value.setFont(tabular(value.font()))
    value.setAlignment(right)
    value.setAccessibleName(f"{fact.label} {fact.text} {fact.unit}".strip())
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    name = make_label(fact.label, "secondary", wrap=True)
    name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    grid.addWidget(name, row, 0)
    grid.addWidget(value, row, 1)
    if fact.source:
        source = make_label(fact.source, "caption", wrap=True)
        source.setContentsMargins(0, 0, 0, current_theme().px(5))
        grid.addWidget(source, row + 1, 0, 1, 2)
