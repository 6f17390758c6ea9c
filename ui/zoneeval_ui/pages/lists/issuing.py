"""The forms by which a list is issued, withdrawn, and reported on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from zoneeval_ui.pages.storing_form import StoringForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval.model.utility_list import IssuedList
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.content import ListsContent
    from zoneeval_ui.pages.lists.page import ListsPage
    from zoneeval_ui.pages.lists.utility_tables import Standing
    from zoneeval_ui.session import Work


class IssueDialog(StoringForm):
    """Issues lists to utilities with document number and validity."""

    def __init__(
        self, page: ListsPage, content: ListsContent, found: Sequence[Standing], utility: str
    ) -> None:
        assert content.info is not None
        assert content.tariff is not None
        head = page.tr(
            "据第 {n} 次评价和价格表“{tariff}”（{words}）印发。名单保存后不再改变；"
            "以后的变化另发一份，与这一份比较。"
        ).format(n=content.info.id, tariff=content.tariff.title, words=content.tariff.words)
        if content.tariff.tariff is not None and content.tariff.tariff.illustrative:
            head += page.tr("价格表含示意数值，未见公布，不能作为执行依据。")
        super().__init__(page, "issueDialog", page.tr("印发执行名单"), head)
        self._ref, self._run = content.tariff.ref, content.info.id
        self.ticks: dict[str, QCheckBox] = {}
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        tariff = content.tariff.tariff
        rated = {rate.utility for rate in tariff.rates} if tariff else set()
        for one in found:
            if one.draft is None:
                continue
            tick = QCheckBox(self._words(one, one.utility in rated), box)
            tick.setObjectName(f"issueFor-{one.utility}")
            tick.setAccessibleName(tick.text())
            tick.setEnabled(one.utility in rated)
            needed = bool(one.draft.content.charged) or one.last is not None
            tick.setChecked(tick.isEnabled() and needed and utility in ("", one.utility))
            tick.toggled.connect(lambda _on: self.check())
            self.ticks[one.utility] = tick
            column.addWidget(tick)
        self.add(self.tr("给哪些单位"), box)
        self.document = self.line("issueDocument", self.tr("印发文号"))
        self.on = self.line("issueOn", self.tr("印发日期"), date.today().isoformat())
        hint = self.tr("不写同印发日期")
        self.first = self.line("issueFrom", self.tr("开始执行"), hint=hint)
        self.last = self.line("issueTo", self.tr("截止执行"), hint=self.tr("不写为另行通知前"))
        self.finish(self.tr("印发"))

    def _words(self, one: Standing, rated: bool) -> str:
        if not rated or one.draft is None or one.changes is None:
            return self.tr("{name}：价格表中没有标准").format(name=one.utility)
        counts = {kind: len(one.changes.of(kind)) for kind in ("added", "removed", "changed")}
        return self.tr("{name}：{n} 行，新增 {added}，取消 {removed}，变更 {changed}").format(
            name=one.utility, n=len(one.draft.content.charged), **counts
        )

    def lacking(self) -> str:
        """Say what is missing."""
        if not any(tick.isChecked() for tick in self.ticks.values()):
            return self.tr("请选择发给哪些单位。")
        if not self.document.text().strip():
            return self.tr("请填写印发文号，名单要凭文件执行。")
        return "" if self.on.text().strip() else self.tr("请填写印发日期。")

    def work(self) -> Work:
        """Return what issues the lists."""
        ref, run_id, document = self._ref, self._run, self.document.text()
        names = [name for name, tick in self.ticks.items() if tick.isChecked()]
        on, first, last = (x.text().strip() for x in (self.on, self.first, self.last))

        def store(ws: Workspace, progress: Progress) -> list[IssuedList]:
            from zoneeval_db import operations

            return operations.issue_lists(
                ws,
                ref,
                names,
                run_id,
                document=document,
                on=on,
                valid_from=first or None,
                valid_to=last or None,
                progress=progress,
            )

        return store

    def said(self, value: Any) -> str:
        """Say which lists were issued."""
        words = "、".join(f"{one.utility}第 {one.id} 号" for one in value)
        return self.tr("已印发{words}名单，可以导出送达。").format(words=words)


class WithdrawDialog(StoringForm):
    """Ends a list before its time, after a document."""

    def __init__(self, page: ListsPage, one: IssuedList) -> None:
        head = page.tr("撤回第 {n} 号{utility}名单（{document}）。").format(
            n=one.id, utility=one.utility, document=one.document
        )
        super().__init__(page, "withdrawDialog", page.tr("撤回执行名单"), head)
        self._number = one.id
        self.on = self.line("withdrawOn", self.tr("从哪一天起停止执行"), date.today().isoformat())
        self.document = self.line("withdrawDocument", self.tr("依据文号"))
        self.reason = self.line("withdrawReason", self.tr("理由"))
        self.finish(self.tr("撤回"))

    def lacking(self) -> str:
        """Say what is missing."""
        lines = (self.on, self.document, self.reason)
        full = all(line.text().strip() for line in lines)
        return "" if full else self.tr("请填写日期、依据文号和理由。")

    def work(self) -> Work:
        """Return what withdraws the list."""
        number, on = self._number, self.on.text().strip()
        document, reason = self.document.text(), self.reason.text()

        def store(ws: Workspace, _progress: Progress) -> IssuedList:
            from zoneeval_db import operations

            return operations.withdraw_list(ws, number, on=on, document=document, reason=reason)

        return store

    def said(self, value: Any) -> str:
        """Say that it is withdrawn."""
        return self.tr("已撤回第 {n} 号名单。").format(n=value.id)


class FeedbackDialog(StoringForm):
    """Takes a utility's report in."""

    def __init__(self, page: ListsPage, one: IssuedList, path: Path) -> None:
        head = page.tr("“{file}”是{utility}对第 {n} 号名单（{document}）的执行反馈。").format(
            file=path.name, utility=one.utility, n=one.id, document=one.document
        )
        super().__init__(page, "feedbackDialog", page.tr("导入执行反馈"), head)
        self._number, self._path = one.id, path
        hint = self.tr("如 2025-03；表中有月份列的不用写")
        self.period = self.line("feedbackPeriod", self.tr("哪个月"), hint=hint)
        self.finish(self.tr("导入"))

    def work(self) -> Work:
        """Return what enters the report."""
        number, path, period = self._number, self._path, self.period.text().strip() or None

        def store(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.import_feedback(ws, number, path, period)

        return store

    def said(self, value: Any) -> str:
        """Say what was entered."""
        words = self.tr("已导入 {n} 条执行反馈（{periods}）").format(
            n=value.rows, periods="、".join(value.periods)
        )
        if value.replaced:
            words += self.tr("，其中 {n} 条代替以前的反馈").format(n=value.replaced)
        return f"{words}。"
