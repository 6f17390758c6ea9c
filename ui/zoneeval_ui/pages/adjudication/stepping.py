"""The forms of the steps: publicity, review, recognition, publication, taking the place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from zoneeval.errors import InputError
from zoneeval.model.adjudication import RunStatus
from zoneeval.workdays import LONGEST, iso_date, weekend_note
from zoneeval_ui.pages.storing_form import StoringForm
from zoneeval_ui.pages.wording import local_time
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import make_label, set_tone
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Adjudication
    from zoneeval.progress import Progress
    from zoneeval_db.operations import RunState
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.adjudication.content import AdjudicationContent
    from zoneeval_ui.pages.adjudication.page import AdjudicationPage
    from zoneeval_ui.session import Work

WEEKDAYS = "一二三四五六日"


def named(state: RunState) -> str:
    """Return a run in words."""
    where = f"{state.info.zone} " if state.info.zone else ""
    return f"{where}{state.info.year} 年第 {state.info.id} 次评价"


class PublicityDialog(StoringForm):
    """Ask from when and how many working days; the last day is counted while typing."""

    def __init__(self, page: AdjudicationPage, content: AdjudicationContent) -> None:
        assert content.state is not None
        self._page, self._state = page, content.state
        self._calendar = content.calendar
        doubtful = content.run is not None and content.run.policy.has_illustrative
        self._doubt = page.tr("办法部分数值为示意，结果仅供试算，不宜公示。") if doubtful else ""
        head = page.tr("{run}的结果向社会公示。公示表不含企业经营数据，可在“导出”中写出。")
        super().__init__(
            page, "publicityDialog", page.tr("开始公示"), head.format(run=named(content.state))
        )
        self.first = self.line("publicityFrom", self.tr("开始日期"), date.today().isoformat())
        self.days = self.line(
            "publicityDays",
            self.tr("工作日天数"),
            "" if content.days is None else str(content.days),
            self.tr("按办法或通知的规定填写"),
        )
        self.days.setValidator(QIntValidator(1, LONGEST, self))
        self.document = self.line(
            "publicityDocument", self.tr("公示文件"), "", self.tr("公示公告的名称和文号，可以不填")
        )
        self.end = make_label("", "strong", wrap=True)
        self.end.setObjectName("publicityEnd")
        self.note = make_label("", "secondary", tone=Tone.UNCERTAIN, wrap=True)
        self.note.setObjectName("publicityNote")
        table = QPushButton(self.tr("节假日表…"))
        table.setObjectName("publicityHolidays")
        table.setAccessibleName(table.text())
        table.setProperty("kind", "link")
        table.clicked.connect(self._to_holidays)
        row = QHBoxLayout()
        row.addWidget(self.end, 1)
        row.addWidget(table)
        self.layout_.addLayout(row)
        self.layout_.addWidget(self.note)
        self.finish(self.tr("开始公示"))

    def _to_holidays(self) -> None:
        self.reject()
        self._page.open_holidays()

    def lacking(self) -> str:
        """Count the last day, or say what is missing."""
        self.end.setText("")
        self.note.setText("")
        try:
            first = iso_date(self.first.text(), self.tr("开始日期"))
            if not self.days.text().strip():
                return self.tr("请填写公示多少个工作日。")
            days = int(self.days.text())
            last = self._calendar.last_day(first, days)
        except InputError as fault:
            return str(fault)
        self.end.setText(
            self.tr("公示到 {last}（星期{day}），共 {n} 个工作日").format(
                last=last, day=WEEKDAYS[last.weekday()], n=days
            )
        )
        self.note.setText(self._doubt + weekend_note(self._calendar.weekends_only(first, last)))
        self.note.setVisible(bool(self.note.text()))
        return ""

    def work(self) -> Work:
        """Return what starts publicity."""
        run_id, on = self._state.info.id, self.first.text().strip()
        days, document = int(self.days.text()), self.document.text()

        def start(ws: Workspace, _progress: Progress) -> tuple[Adjudication, str]:
            from zoneeval_db import operations

            return operations.start_publicity(ws, run_id, on=on, days=days, document=document)

        return start

    def said(self, value: tuple[Adjudication, str]) -> str:
        """Say until when."""
        made, note = value
        text = self.tr("已开始公示，到 {last} 为止。").format(last=made.publicity_until)
        return text + note


class StepDialog(StoringForm):
    """Ask the day and the document of review, recognition or publication."""

    def __init__(
        self, page: AdjudicationPage, content: AdjudicationContent, status: RunStatus
    ) -> None:
        assert content.state is not None
        state = content.state
        self._state, self._status = state, status
        heads = {
            RunStatus.REVIEW: page.tr(
                "{run}公示期满（{until}），转入复核。复核期间仍可登记和处理异议。"
            ),
            RunStatus.RECOGNISED: page.tr("{run}的类别由主管部门认定，须有认定文件。"),
            RunStatus.PUBLISHED: page.tr(
                "{run}的结果正式发布。发布后锁定，不能撤销；以后变更须重新认定。"
            ),
        }
        head = heads[status].format(
            run=named(state), until=state.adjudication.publicity_until or page.tr("未公示")
        )
        word = status.label
        title = page.tr("转入复核") if status is RunStatus.REVIEW else word
        super().__init__(page, "stepDialog", title, head)
        self.day = self.line(
            "stepDay", self.tr("{step}日期").format(step=word), date.today().isoformat()
        )
        self._needed = status is RunStatus.RECOGNISED
        hint = self.tr("名称和文号") if self._needed else self.tr("名称和文号，可以不填")
        self.document = self.line("stepDocument", self.tr("{step}文件").format(step=word), "", hint)
        self.finish(self.tr("发布并锁定") if status is RunStatus.PUBLISHED else title)

    def lacking(self) -> str:
        """Say what is missing."""
        try:
            iso_date(self.day.text(), self.tr("日期"))
        except InputError as fault:
            return str(fault)
        if self._needed and not self.document.text().strip():
            return self.tr("请填写认定文件的名称和文号。")
        return ""

    def work(self) -> Work:
        """Return what takes the step."""
        run_id, status = self._state.info.id, self._status
        on, document = self.day.text().strip(), self.document.text()

        def step(ws: Workspace, _progress: Progress) -> Adjudication:
            from zoneeval_db import operations

            if status is RunStatus.REVIEW:
                return operations.review_run(ws, run_id, on=on, document=document)
            if status is RunStatus.RECOGNISED:
                return operations.recognise_run(ws, run_id, on=on, document=document)
            return operations.publish_run(ws, run_id, on=on, document=document)

        return step

    def said(self, _value: Any) -> str:
        """Say what was done."""
        text = self.tr("{run}已{step}。").format(
            run=named(self._state),
            step=self.tr("转入复核") if self._status is RunStatus.REVIEW else self._status.label,
        )
        if self._status is RunStatus.PUBLISHED:
            text += self.tr("名单、价格和退出清单从此以它为准。")
        return text

    def undoable(self) -> bool:
        """Tell that publication cannot be taken back."""
        return self._status is not RunStatus.PUBLISHED


class SupersedeDialog(StoringForm):
    """Ask why a published run is to be replaced, and by which."""

    def __init__(self, page: AdjudicationPage, content: AdjudicationContent) -> None:
        assert content.state is not None
        old = content.state
        self._page, self._state = page, old
        head = page.tr(
            "{run}已经发布。重新认定的评价从试算开始，重新公示、复核、认定；"
            "它发布以前，原来的结果仍然有效。"
        )
        super().__init__(page, "supersedeDialog", page.tr("重新认定"), head.format(run=named(old)))
        self.by = ComboBox("supersedeBy", self.tr("用哪次评价"), self)
        self.by.addItem(self.tr("用最新数据、同一办法重新评价"), None)
        for state in content.states:
            if self._fits(state, old):
                text = self.tr("第 {n} 次评价 · {title} · {time}").format(
                    n=state.info.id,
                    title=state.info.policy_title,
                    time=local_time(state.info.created_at),
                )
                self.by.addItem(text, state.info.id)
        self.add(self.tr("用哪次评价"), self.by)
        self.reason = self.text(
            "supersedeReason", self.tr("理由"), "", self.tr("为什么变更已发布的结果，依据什么文件")
        )
        set_tone(self.fault, Tone.C)
        self.finish(self.tr("重新认定"))

    @staticmethod
    def _fits(state: RunState, old: RunState) -> bool:
        made = state.adjudication
        return (
            state.info.id != old.info.id
            and state.info.zone == old.info.zone
            and made.status is RunStatus.TRIAL
            and made.supersedes is None
            and state.replaced_by is None
        )

    def lacking(self) -> str:
        """Say that a reason is needed."""
        return "" if self.reason.toPlainText().strip() else self.tr("请写明理由。")

    def work(self) -> Work:
        """Return what lets a run take the place of the published one."""
        run_id, reason, by = self._state.info.id, self.reason.toPlainText(), self.by.currentData()

        def supersede(ws: Workspace, progress: Progress) -> Adjudication:
            from zoneeval_db import operations

            return operations.supersede(ws, run_id, reason, by=by, progress=progress)

        return supersede

    def arrived(self, value: Adjudication) -> None:
        """Go on with the new run."""
        self._page.show_run(value.run_id)

    def said(self, value: Adjudication) -> str:
        """Say which run goes on."""
        return self.tr("第 {n} 次评价已登记为接替，请重新公示。").format(n=value.run_id)
