"""The findings of a check, as a colleague would say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zoneeval.model.issue import Issue
from zoneeval.model.repair import AppliedRepair
from zoneeval_ui.pages.importing.issue_section import IssueSection
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, Section, make_label

MOST_SHOWN = 100
AT_ONCE, A_FEW = 12, 6
MOST_TOLD = 20


class IssuesCard(Card):
    """Findings grouped by severity, the blocking ones first, with chips to filter.

    ``issue_chosen`` carries the finding whose cell is to be shown, ``repair_chosen`` the
    choice to mend one finding, or all of its kind; ``repairs_dropped`` asks for the data as
    they stand in the workbooks again, ``thresholds_asked`` for the form of the limits.
    """

    issue_chosen = Signal(object)
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
        self._search = QLineEdit(self)
        self._search.setObjectName("issueSearch")
        self._search.setAccessibleName(self.tr("查找问题"))
        self._search.setPlaceholderText(self.tr("查找：企业、信用代码、文件、列……"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(lambda _text: self._fill())
        head.add(self._search)
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
        self._rest: list[Issue] = []
        self._down = self._placed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fill_more)
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
        words = self._search.text().casefold().split()
        return tuple(
            issue
            for issue in self._issues
            if key in ("all", "", issue.severity.value)
            and all(word in _text_of(issue) for word in words)
        )

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
        down = self._area.verticalScrollBar().value()
        body = QWidget()
        body.setObjectName("scrollBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if not issues:
            section = Section("", body)
            text = self.tr("没有符合的问题。") if self._issues else self.tr("没有发现问题。")
            section.add(make_label(text, "sentence", section, wrap=True))
            layout.addWidget(section)
        for issue in issues[:AT_ONCE]:
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
        body.adjustSize()
        self._rest = list(issues[AT_ONCE:MOST_SHOWN])
        self._placed = min(len(issues), AT_ONCE)
        self._down = down
        self._area.verticalScrollBar().setValue(down)
        if self._rest:
            self._timer.start()
        else:
            self._timer.stop()

    def _fill_more(self) -> None:
        """Add a few findings below the others, so that the window does not wait for all."""
        body = self._area.widget()
        layout = body.layout() if body is not None else None
        if body is None or not isinstance(layout, QVBoxLayout):
            return
        some, self._rest = self._rest[:A_FEW], self._rest[A_FEW:]
        for issue in some:
            layout.insertWidget(self._placed, self._section(issue, body))
            self._placed += 1
        if not self._rest:
            self._timer.stop()
            body.adjustSize()
            self._area.verticalScrollBar().setValue(self._down)

    def _section(self, issue: Issue, parent: QWidget) -> IssueSection:
        section = IssueSection(issue, self._same[issue.code], parent)
        section.chosen.connect(self.issue_chosen.emit)
        section.repair_chosen.connect(self.repair_chosen.emit)
        return section


def _text_of(issue: Issue) -> str:
    parts = (issue.place, issue.message, issue.value, issue.uscc, issue.suggestion)
    return " ".join(part for part in parts if part).casefold()
