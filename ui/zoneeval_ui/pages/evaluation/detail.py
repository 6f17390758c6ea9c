"""The detail pane of the evaluation: why this class, point by point."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.evaluation.explanation import ExplanationDialog
from zoneeval_ui.pages.evaluation.notice import Form, NoticeOffice, notice_buttons
from zoneeval_ui.pages.evaluation.reasons import Reasons
from zoneeval_ui.pages.evaluation.ways import Ways
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, DetailCard, IndicatorBars, Section, TreePane, make_label

SHOWN_IN_PANE = (0, 1, 2)


class ReasonsPane(DetailCard):
    """Show :class:`Reasons`; ``enterprise_requested`` carries the credit code."""

    enterprise_requested = Signal(str)
    years_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reasonsPane")
        self.setAccessibleName(self.tr("选中企业的评价理由"))
        self.reasons: Reasons | None = None
        self.ways: Ways | None = None
        self.office: NoticeOffice | None = None
        self.show_hint()

    def show_hint(self) -> None:
        """Say what to do where nothing is selected."""
        self.reasons = None
        self.clear()
        section = Section(self.tr("为什么是这一类"), line=False)
        section.add(
            make_label(
                self.tr("请在左边选一家企业，这里会逐项说明它的得分、排名和类别。"),
                "secondary",
                wrap=True,
            )
        )
        self.add_section(section)

    def show_reasons(self, reasons: Reasons) -> None:
        """Show the reasons of one enterprise."""
        self.reasons = reasons
        self.ways = None
        self.clear()
        self.add_section(self._head(reasons))
        self.add_section(self._why(reasons))
        if reasons.bars:
            self.add_section(self._points(reasons))
        self._ways = Section(raised=True)
        self._ways.setObjectName("reasonsWays")
        self._ways.hide()
        self.add_section(self._ways)
        if reasons.standing:
            self.add_section(self._place(reasons))
        self.add_section(self._origin(reasons))

    def show_ways(self, ways: Ways) -> None:
        """Say what would move the enterprise whose reasons are shown."""
        if self.reasons is None or self.reasons.row != ways.row or self.ways is not None:
            return
        self.ways = ways
        if not (ways.up or ways.down):
            return
        for title, lines in ((ways.up_title, ways.up), (ways.down_title, ways.down)):
            if title:
                self._ways.add(make_label(title, "strong"))
                for line in lines:
                    self._ways.add(make_label(line, wrap=True))
        self._ways.add(make_label(ways.note, "caption", wrap=True))
        self._ways.show()

    def _head(self, reasons: Reasons) -> Section:
        section = Section(line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        name = make_label(reasons.name, "detail", wrap=True)
        name.setObjectName("reasonsName")
        row.addWidget(name, 1)
        row.addWidget(self._badge(reasons))
        section.body.addLayout(row)
        section.add(make_label(reasons.facts, "secondary", wrap=True))
        made = reasons.by_hand
        if made is not None:
            text = self.tr("人工调整：{old} → {new}。{reason}（{document}，{who}批准）").format(
                old=reasons.grade or self.tr("未定类"),
                new=made.grade,
                reason=made.reason,
                document=made.document,
                who=made.approver,
            )
            by_hand = make_label(text, wrap=True)
            by_hand.setObjectName("reasonsByHand")
            section.add(by_hand)
        return section

    def _badge(self, reasons: Reasons) -> Badge:
        badge = Badge()
        badge.setObjectName("reasonsGrade")
        if reasons.by_hand is not None:
            badge.set_grade(reasons.by_hand.grade)
        elif reasons.grade:
            badge.set_grade(reasons.grade)
        elif reasons.state is Participation.EVALUATED:
            badge.set(self.tr("未分类"), Tone.UNCERTAIN)
        else:
            doubt = reasons.state is Participation.UNDECIDED
            badge.set(reasons.state.label, Tone.UNCERTAIN if doubt else Tone.PLAIN)
        return badge

    def _why(self, reasons: Reasons) -> Section:
        title = self.tr("为什么没有类别")
        if reasons.grade:
            title = self.tr("为什么是 {grade}").format(grade=reasons.grade)
            if reasons.by_hand is not None:
                title = self.tr("为什么按办法是 {grade}").format(grade=reasons.grade)
        section = Section(title)
        sentence = make_label(reasons.sentence, wrap=True)
        sentence.setObjectName("reasonsSentence")
        section.add(sentence)
        if reasons.rule and reasons.grade:
            rule = self.tr("规则：{rule}").format(rule=reasons.rule)
            section.add(make_label(rule, "secondary", wrap=True))
        if reasons.clause:
            clause = self.tr("依据：{clause}").format(clause=reasons.clause)
            section.add(make_label(clause, "caption", wrap=True))
        return section

    def _points(self, reasons: Reasons) -> Section:
        section = Section(self.tr("各项得分"))
        bars = IndicatorBars(reasons.bars)
        bars.indicator_clicked.connect(lambda _key: self.open_whole())
        section.add(bars)
        if reasons.extra:
            section.add(make_label(reasons.extra, "secondary"))
        if reasons.illustrative:
            mark = make_label(reasons.illustrative, "secondary", tone=Tone.UNCERTAIN, wrap=True)
            mark.setObjectName("reasonsIllustrative")
            section.add(mark)
        return section

    def _place(self, reasons: Reasons) -> Section:
        section = Section(self.tr("排名与分类线"))
        section.add(make_label(self.tr("综合排名 {place}").format(place=reasons.standing)))
        for line in reasons.lines:
            section.add(make_label(line, "secondary", wrap=True))
        return section

    def _origin(self, reasons: Reasons) -> Section:
        section = Section(self.tr("计算过程与数据来源"), raised=True)
        if reasons.files:
            files = self.tr("数据来自：{files}").format(files=reasons.files)
            section.add(make_label(files, "caption", wrap=True))
        if len(reasons.tree) > 1:
            section.add(self._small_tree(reasons))
        section.body.addLayout(self._links(reasons))
        if self.office is not None and reasons.uscc:
            section.body.addLayout(self._notices())
        return section

    def _notices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in notice_buttons(self, "reasonsNotice", self._give_notice):
            button.setProperty("kind", "link")
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _small_tree(self, reasons: Reasons) -> TreePane:
        theme = current_theme()
        tree = TreePane()
        tree.setMinimumHeight(theme.px(210))
        tree.set_rows(reasons.tree, expand=1)
        for column in range(tree.tree.columnCount()):
            if column not in SHOWN_IN_PANE:
                tree.tree.setColumnHidden(column, True)
        tree.tree.setColumnWidth(0, theme.px(170))
        tree.tree.setColumnWidth(1, theme.px(84))
        return tree

    def _links(self, reasons: Reasons) -> QHBoxLayout:
        row = QHBoxLayout()
        whole = QPushButton(self.tr("完整说明…"))
        whole.setObjectName("reasonsWhole")
        whole.setAccessibleName(whole.text())
        whole.setProperty("kind", "link")
        whole.clicked.connect(self.open_whole)
        row.addWidget(whole)
        if reasons.uscc:
            link = QPushButton(self.tr("打开企业"))
            link.setObjectName("reasonsEnterprise")
            link.setAccessibleName(link.text())
            link.setProperty("kind", "link")
            link.clicked.connect(lambda: self.enterprise_requested.emit(reasons.uscc))
            row.addWidget(link)
            years = QPushButton(self.tr("历年情况…"))
            years.setObjectName("reasonsYears")
            years.setAccessibleName(years.text())
            years.setProperty("kind", "link")
            years.clicked.connect(lambda: self.years_requested.emit(reasons.uscc))
            row.addWidget(years)
        row.addStretch(1)
        return row

    def _give_notice(self, form: Form) -> None:
        if self.office is not None and self.reasons is not None:
            self.office.give(form, self.reasons.uscc, self.reasons.name, self.window())

    def open_whole(self) -> QDialog | None:
        """Open the whole calculation with clauses and source cells in a window of its own."""
        if self.reasons is None:
            return None
        dialog = ExplanationDialog(self.reasons, self.window(), self.office)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog
