"""The segment 执行名单: what each utility has been sent, what would change, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.pages.lists import utility_tables as tables
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.issuing import FeedbackDialog, IssueDialog, WithdrawDialog
from zoneeval_ui.pages.lists.preview import list_table
from zoneeval_ui.pages.lists.segment import Segment
from zoneeval_ui.pages.lists.utility_exports import UtilityExports
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label

if TYPE_CHECKING:
    from zoneeval.model.feedback import FeedbackComparison
    from zoneeval.model.utility_list import IssuedList
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.page import ListsPage


class UtilitiesSegment(Segment):
    """A row per utility; below it the changes, the list, what is missing, and reports."""

    def __init__(self, page: ListsPage) -> None:
        super().__init__(page, "listsUtilities", page.tr("执行名单"))
        theme = current_theme()
        self.primary_text = self.tr("印发名单…")
        self.content: ListsContent | None = None
        self.found: list[tables.Standing] = []
        self.feedback: FeedbackComparison | None = None
        self.table = DataTable("utilitiesTable")
        self.table.setAccessibleName(self.tr("各单位的执行名单"))
        self.table.row_selected.connect(lambda _name: self._chosen())
        self.chips = ChipBar("utilitiesView", remember=True)
        self.chips.changed.connect(lambda _key: self._show_view())
        self.words = make_label("", "secondary", wrap=True)
        self.words.setObjectName("utilitiesWords")
        self.lines = DataTable("utilityLines")
        self.lines.setAccessibleName(self.tr("名单内容"))
        self.lines.row_selected.connect(lambda _id: self._enable())
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        self.exports = UtilityExports(self, row)
        self.withdraw_button = self.button(
            row, "utilityWithdraw", self.tr("撤回…"), self.open_withdraw
        )
        upper, lower = Card(flush=True), Card(flush=True)
        upper.add(self.table, 1)
        lower.add(self.lines, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(lower, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(10))
        splitter.addWidget(upper)
        splitter.addWidget(below)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.px(190), theme.px(330)])
        self.rows.addWidget(splitter, 1)

    # -- showing -----------------------------------------------------------------

    def sentence(self, content: ListsContent) -> str:
        """Say what is next."""
        if content.rank_only_reason:
            return self.tr("没有分类，没有名单可以印发")
        if not content.is_published:
            return self.tr("发布以后才能印发；现在可以看草稿")
        if content.rate_pending:
            return self.tr("价格表没有标准，不能印发。请先选一份带标准的价格表")
        if self.page.session.read_only:
            return self.tr("工作文件以只读方式打开，不能印发")
        rated = [one for one in self.found if one.changes is not None]
        if any(one.changes and one.changes.changes for one in rated):
            return self.tr("下一步：核对变化后印发")
        if any(one.last is not None for one in self.found):
            return self.tr("印发的名单与评价结果一致，下一步：收集执行反馈")
        return self.tr("现在没有可以印发的内容")

    def can_primary(self, content: ListsContent) -> bool:
        """Tell whether lists can be issued."""
        writable = not self.page.session.read_only
        return writable and content.is_published and not content.rate_pending

    def show_content(self, content: ListsContent) -> None:
        """Show where the list of each utility stands."""
        self.content = content
        self.found = tables.standings(content)
        self.table.set_table(tables.standings_table(self.found))
        if self.table.selected_id() is None and self.found:
            self.table.select_id(self.found[0].utility)
        self._chosen()

    @property
    def chosen(self) -> tables.Standing | None:
        """Return the utility that is selected."""
        wanted = self.table.selected_id()
        return next((one for one in self.found if one.utility == wanted), None)

    @property
    def chosen_list(self) -> IssuedList | None:
        """Return the list chosen among those sent, else the newest in its place."""
        one = self.chosen
        if one is None:
            return None
        number = self.lines.selected_id() if self.chips.current == "history" else None
        return next((x for x in one.issued if x.id == number), one.last)

    def _chosen(self) -> None:
        one = self.chosen
        self.feedback = None
        if one is None:
            self.chips.set_chips([])
            self.lines.set_table(TableData((), {}))
            self.words.setText("")
            self._enable()
            return
        chips = []
        if one.draft is not None:
            content = one.draft.content
            chips = [
                Chip("changes", self.tr("变化"), len(one.draft.changes.changes)),
                Chip("lines", self.tr("名单草稿"), len(content.lines)),
                Chip("missing", self.tr("缺户号"), len(content.missing)),
                Chip("shared", self.tr("合用户号"), len(content.shared)),
            ]
        chips += [
            Chip("history", self.tr("历次名单"), len(one.issued)),
            Chip("feedback", self.tr("执行反馈")),
        ]
        self.chips.set_chips(chips)
        self._show_view()

    def _show_view(self) -> None:
        one, key = self.chosen, self.chips.current
        if one is None:
            return
        self.lines.clearSelection()
        self.lines.setCurrentIndex(QModelIndex())
        empty = {
            "missing": self.tr("没有缺户号的企业"),
            "shared": self.tr("没有合用的户号"),
            "history": self.tr("还没有印发过名单"),
            "changes": self.tr("与最近印发的名单没有不同"),
            "lines": self.tr("没有要执行的户号"),
        }
        if one.last is None:
            empty["changes"] = self.tr("现在没有可以印发的内容")
        self.lines.set_empty_text(empty.get(key, self.tr("没有内容")))
        self.words.setText(self._words(one, key))
        self.words.setVisible(bool(self.words.text()))
        if key == "feedback":
            self._show_feedback(one)
        elif key == "history":
            self.lines.set_table(tables.history_table(one.issued))
        elif one.draft is not None:
            content = one.draft.content
            if key == "changes":
                self.lines.set_table(tables.changes_table(one.draft.changes))
            elif key == "shared":
                self.lines.set_table(tables.shared_table(content.shared))
            else:
                rows = content.missing if key == "missing" else content.lines
                self.lines.set_table(list_table(rows))
        self._enable()

    def _words(self, one: tables.Standing, key: str) -> str:
        if key == "changes" and one.draft is not None:
            changes = one.draft.changes
            if changes.against is None and not changes.changes:
                return self._why_nothing(one)
            if changes.against is None:
                return self.tr("还没有印发过{name}名单，现应列的都是新增。").format(
                    name=one.utility
                )
            return self.tr("与第 {n} 号名单（{document}）比较，{same} 行不变。").format(
                n=changes.against, document=changes.document, same=changes.unchanged
            )
        if key == "missing":
            return self.tr("没有户号的企业不能执行，请补充户号后重新导入。")
        if key == "shared":
            return self.tr("几家企业合用、不能整体执行的户号，请与执行单位商定分摊办法。")
        return ""

    def _why_nothing(self, one: tables.Standing) -> str:
        """Say why a list that was never issued would be empty."""
        words = self.tr("还没有印发过{name}名单").format(name=one.utility)
        content = one.draft.content if one.draft is not None else None
        if content is not None and any(line.state == "pending" for line in content.lines):
            return words + self.tr("；应列的户号标准待定，价格表填写标准后才能印发。")
        if content is not None and content.missing:
            number = len({line.uscc for line in content.missing})
            return words + self.tr("；{n} 家企业缺户号，请补充户号后重新导入。").format(n=number)
        return words + self.tr("；现在没有要执行的户号。")

    def _show_feedback(self, one: tables.Standing) -> None:
        self.lines.set_table(TableData((), {}))
        if one.last is None:
            self.lines.set_empty_text(self.tr("还没有印发过名单，没有执行反馈"))
            return
        number = one.last.id
        self.lines.set_empty_text(self.tr("正在读取…"))

        def work(ws: Workspace, _progress: Progress) -> FeedbackComparison:
            from zoneeval_db import operations

            return operations.compare_feedback(ws, number)

        self.ask(work, self.show_feedback)

    def show_feedback(self, found: FeedbackComparison) -> None:
        """Show what was reported held against the list."""
        self.feedback = found
        if self.chips.current != "feedback":
            return
        if not found.periods:
            self.lines.set_empty_text(
                self.tr("还没有导入执行反馈。请导出反馈表样式，由执行单位填写")
            )
            return
        self.words.setText(tables.feedback_words(found))
        self.words.show()
        self.lines.set_table(tables.feedback_table(found))

    def _enable(self) -> None:
        one, made = self.chosen, self.chosen_list
        self.exports.enable(one, made)
        last = one.last if one else None
        self.withdraw_button.setEnabled(
            not self.page.session.read_only
            and made is not None
            and last is not None
            and made.id == last.id
        )

    # -- what the user does ------------------------------------------------------

    def primary(self) -> None:
        """Open the form that issues lists."""
        self.open_issue()

    def open_issue(self, utility: str = "") -> IssueDialog | None:
        """Open the form that issues lists, "" to every utility with a rate."""
        if self.content is None or self.content.info is None:
            return None
        dialog = IssueDialog(self.page, self.content, self.found, utility)
        dialog.open()
        return dialog

    def open_withdraw(self) -> WithdrawDialog | None:
        """Open the form that withdraws the newest list."""
        made = self.chosen_list
        if made is None:
            return None
        dialog = WithdrawDialog(self.page, made)
        dialog.open()
        return dialog

    def take_in(self) -> FeedbackDialog | None:
        """Choose a report and take it in."""
        one = self.chosen
        if one is None or one.last is None:
            return None
        path = self.page.ask_open(self.tr("导入执行反馈"), self.tr("表格 (*.xlsx *.xls *.csv)"))
        if path is None:
            return None
        dialog = FeedbackDialog(self.page, one.last, path)
        dialog.open()
        return dialog
