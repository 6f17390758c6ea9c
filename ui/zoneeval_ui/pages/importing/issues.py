"""The findings of a check, as a colleague would say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import AppliedRepair, RepairChoice
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, Chip, ChipBar, Section, make_label

MOST_SHOWN = 100
MOST_TOLD = 20
_TONES = {
    Severity.BLOCKING: Tone.C,
    Severity.WARNING: Tone.UNCERTAIN,
    Severity.NOTE: Tone.PLAIN,
}


class IssuesCard(Card):
    """Findings grouped by severity, the blocking ones first, with chips to filter.

    ``repair_chosen`` carries the choice to mend one finding, or all of its kind;
    ``repairs_dropped`` asks for the data as they stand in the workbooks again,
    ``thresholds_asked`` for the form of the limits.
    """

    repair_chosen = Signal(object)
    repairs_dropped = Signal()
    thresholds_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("issuesCard")
        theme = current_theme()
        self.setMinimumWidth(theme.px(320))
        self._issues: tuple[Issue, ...] = ()
        head = Section("", self, line=False)
        row = QHBoxLayout()
        self._title = make_label("", "strong", self)
        self._copy = QPushButton(self.tr("复制全部问题"), self)
        self._copy.setObjectName("issuesCopy")
        self._copy.setAccessibleName(self.tr("复制全部问题"))
        self._copy.setProperty("kind", "link")
        self._copy.setToolTip(self.tr("复制后可粘贴到 Excel 或消息里，发给部门改正"))
        self._copy.clicked.connect(self.copy_all)
        limits = QPushButton(self.tr("核对门槛…"), self)
        limits.setObjectName("issuesThresholds")
        limits.setAccessibleName(self.tr("核对门槛"))
        limits.setProperty("kind", "link")
        limits.setToolTip(self.tr("数值差多少时提醒：较上年变动、同行业离群、园区合计差异"))
        limits.clicked.connect(self.thresholds_asked.emit)
        row.addWidget(self._title, 1)
        row.addWidget(limits)
        row.addWidget(self._copy)
        head.body.addLayout(row)
        self._chips = ChipBar("issueFilter", self)
        self._chips.changed.connect(lambda _key: self._fill())
        head.add(self._chips)
        self._repaired = make_label("", "secondary", self, wrap=True)
        self._repaired.setObjectName("issuesRepaired")
        self._drop = QPushButton(self.tr("撤回修正"), self)
        self._drop.setObjectName("issuesDropRepairs")
        self._drop.setAccessibleName(self.tr("撤回修正"))
        self._drop.setProperty("kind", "link")
        self._drop.setToolTip(self.tr("不作修正，按表格中原来的内容重新检查"))
        self._drop.clicked.connect(self.repairs_dropped.emit)
        mended = QHBoxLayout()
        mended.addWidget(self._repaired, 1)
        mended.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignTop)
        head.body.addLayout(mended)
        self._same: Counter[str] = Counter()
        self.set_repaired(())
        self._area = QScrollArea(self)
        self._area.setObjectName("issuesArea")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(head)
        self.add(self._area, 1)

    @property
    def chips(self) -> ChipBar:
        """Return the filter."""
        return self._chips

    def shown(self) -> tuple[Issue, ...]:
        """Return the findings that the filter lets through."""
        key = self._chips.current
        return tuple(i for i in self._issues if key in ("all", "", i.severity.value))

    def set_issues(self, issues: Sequence[Issue], chips: Sequence[Chip]) -> None:
        """Show these findings, in their order."""
        self._issues = tuple(issues)
        self._same = Counter(i.code for i in self._issues if i.repair is not None)
        self._title.setText(self.tr("问题 {n}").format(n=len(self._issues)))
        self._copy.setVisible(bool(self._issues))
        self._chips.setVisible(bool(self._issues))
        self._chips.set_chips(chips)
        self._fill()

    def set_repaired(self, repaired: Sequence[AppliedRepair]) -> None:
        """Say what was mended on the user's choice so far."""
        self._repaired.setVisible(bool(repaired))
        self._drop.setVisible(bool(repaired))
        text = self.tr("已修正 {n} 处，提交时记入操作记录。").format(n=len(repaired))
        self._repaired.setText(text)
        self._repaired.setToolTip("\n".join(f"{r.file} {r.message}" for r in repaired[:MOST_TOLD]))

    def copy_all(self) -> None:
        """Put all findings on the clipboard, as a spreadsheet takes them."""
        heading = ("程度", "文件", "工作表", "行", "列", "原值", "问题", "建议")
        lines = ["\t".join(heading)]
        for i in self._issues:
            cells = (
                *(i.severity.label, i.file, i.sheet, i.row, i.column),
                *(i.value, i.message, i.suggestion),
            )
            lines.append("\t".join("" if c is None else " ".join(str(c).split()) for c in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _fill(self) -> None:
        issues = self.shown()
        body = QWidget()
        body.setObjectName("scrollBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if not issues:
            section = Section("", body)
            text = self.tr("没有发现问题。")
            section.add(make_label(text, "sentence", section, wrap=True))
            layout.addWidget(section)
        for issue in issues[:MOST_SHOWN]:
            layout.addWidget(self._section(issue, body))
        if len(issues) > MOST_SHOWN:
            section = Section("", body, raised=True)
            text = self.tr("还有 {n} 条没有列出。可复制全部问题发给部门，改正后重新导入。")
            section.add(
                make_label(text.format(n=len(issues) - MOST_SHOWN), "secondary", section, wrap=True)
            )
            layout.addWidget(section)
        layout.addStretch(1)
        self._area.setWidget(body)

    def _section(self, issue: Issue, parent: QWidget) -> Section:
        section = Section("", parent)
        section.body.setSpacing(current_theme().px(4))
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        row.addWidget(
            Badge(issue.severity.label, _TONES[issue.severity], section),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        row.addWidget(make_label(issue.place, "secondary", section, wrap=True), 1)
        section.body.addLayout(row)
        text = issue.message
        if issue.value and issue.value not in text:
            text += self.tr("（原值：{value}）").format(value=issue.value)
        section.add(make_label(text, "", section, wrap=True))
        if issue.suggestion:
            section.add(make_label(issue.suggestion, "secondary", section, wrap=True))
        if issue.repair is not None:
            section.body.addLayout(self._mend(issue, section))
        section.setAccessibleName(f"{issue.severity.label} {issue.place} {issue.message}")
        return section

    def _mend(self, issue: Issue, section: QWidget) -> QVBoxLayout:
        """Return the row that offers to mend a finding, alone or with all of its kind."""
        assert issue.repair is not None
        column = QVBoxLayout()
        column.setSpacing(current_theme().px(4))
        words = self.tr("可以修正：{what}。").format(what=issue.repair.message)
        column.addWidget(make_label(words, "", section, wrap=True))
        row = QHBoxLayout()
        one = QPushButton(self.tr("修正"), section)
        one.setObjectName("issueRepair")
        one.setAccessibleName(words)
        choice = RepairChoice.of(issue)
        one.clicked.connect(lambda: self.repair_chosen.emit(choice))
        row.addWidget(one)
        same = self._same[issue.code]
        if same > 1:
            every = QPushButton(self.tr("同类全部（{n}）").format(n=same), section)
            every.setObjectName("issueRepairAll")
            every.setAccessibleName(every.text())
            every.setProperty("kind", "link")
            every.setToolTip(self.tr("修正全部同类问题：{kind}").format(kind=issue.repair.label))
            kind = RepairChoice(issue.code)
            every.clicked.connect(lambda: self.repair_chosen.emit(kind))
            row.addWidget(every)
        row.addStretch(1)
        column.addLayout(row)
        return column
