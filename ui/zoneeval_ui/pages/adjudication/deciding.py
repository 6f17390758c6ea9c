"""The forms of objections: received, and decided; and the form of a class by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError
from zoneeval.model.adjudication import OBJECTION_WORDS, ObjectionDecision
from zoneeval.model.fields import FIELDS, unit_of
from zoneeval.workdays import iso_date
from zoneeval_ui.pages.adjudication.wording import subject_words, value_words
from zoneeval_ui.pages.storing_form import StoringForm
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Objection
    from zoneeval.progress import Progress
    from zoneeval_db.operations import ObjectionOutcome
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.adjudication.content import AdjudicationContent
    from zoneeval_ui.pages.adjudication.page import AdjudicationPage
    from zoneeval_ui.session import Work

CLASS_ITSELF = "类别"
DECISIONS: tuple[ObjectionDecision, ...] = ("accepted", "refused", "withdrawn")


def fault_of(day: str, what: str) -> str:
    """Return what is wrong with a date, "" where nothing is."""
    try:
        iso_date(day, what)
    except InputError as fault:
        return str(fault)
    return ""


class ObjectionDialog(StoringForm):
    """Ask what an enterprise objects to, what it claims, and by what it proves it."""

    def __init__(self, page: AdjudicationPage, content: AdjudicationContent, uscc: str) -> None:
        assert content.run is not None
        assert content.state is not None
        self._uscc, self._run_id = uscc, content.state.info.id
        self._who = content.name_of(uscc)
        head = page.tr("{name}对第 {n} 次评价提出异议。评价所用的数值会一并记下。")
        super().__init__(
            page,
            "objectionDialog",
            page.tr("登记异议"),
            head.format(name=self._who, n=self._run_id),
        )
        self.subject = ComboBox("objectionSubject", self.tr("对什么有异议"), self)
        self.subject.setEditable(True)
        self.subject.addItem(CLASS_ITSELF)
        data = content.run.dataset
        for key, known in FIELDS.items():
            if known.kind in ("number", "share") and data.has(key) and not known.is_derived:
                self.subject.addItem(known.label, key)
        self.add(self.tr("对什么有异议"), self.subject)
        self.claimed = self.line("objectionClaimed", self.tr("企业主张"), "")
        self.content = self.text("objectionContent", self.tr("异议内容"))
        self.evidence = self.line(
            "objectionEvidence", self.tr("证明材料"), "", self.tr("材料名称，如完税证明")
        )
        self.claimant = self.line("objectionClaimant", self.tr("提出人"))
        self.day = self.line("objectionDay", self.tr("收到日期"), date.today().isoformat())
        self.subject.currentTextChanged.connect(lambda _text: self.check())
        self.finish(self.tr("登记"))

    def _key(self) -> str:
        at = self.subject.findText(self.subject.currentText().strip())
        key = self.subject.itemData(at) if at >= 0 else None
        return str(key or "")

    def lacking(self) -> str:
        """Say what is missing."""
        key = self._key()
        self.claimed.setEnabled(bool(key))
        self.claimed.setPlaceholderText(
            self.tr("数值，单位 {unit}").format(unit=unit_of(key)) if key else self.tr("不是数值")
        )
        if not self.subject.currentText().strip():
            return self.tr("请写明对什么有异议。")
        if not self.content.toPlainText().strip():
            return self.tr("请写明异议的内容。")
        return fault_of(self.day.text(), self.tr("收到日期"))

    def work(self) -> Work:
        """Return what records the objection."""
        uscc, run_id, key = self._uscc, self._run_id, self._key()
        subject = key or self.subject.currentText()
        claimed = (self.claimed.text().strip() or None) if key else None
        content, evidence = self.content.toPlainText(), self.evidence.text()
        claimant, on = self.claimant.text(), self.day.text().strip()

        def add(ws: Workspace, _progress: Progress) -> Objection:
            from zoneeval_db import operations

            return operations.add_objection(
                ws,
                uscc,
                subject=subject,
                content=content,
                on=on,
                claimant=claimant,
                claimed=claimed,
                evidence=evidence,
                run_id=run_id,
            )

        return add

    def said(self, value: Objection) -> str:
        """Say its number."""
        return self.tr("已登记{name}的异议，编号 {n}。").format(name=self._who, n=value.id)


class DecisionDialog(StoringForm):
    """Ask whether an objection is accepted, by whom, and with what answer."""

    def __init__(
        self, page: AdjudicationPage, content: AdjudicationContent, made: Objection
    ) -> None:
        self._page, self._made = page, made
        self._is_figure = made.subject in FIELDS
        head = page.tr("{name}对“{subject}”的异议：评价所用 {stated}，企业主张 {claimed}。").format(
            name=content.name_of(made.uscc),
            subject=subject_words(made),
            stated=value_words(made, made.stated_value),
            claimed=value_words(made, made.claimed_value),
        )
        if self._is_figure:
            head += page.tr("采纳时更正数据、按同一办法重新评价，并列出类别改变的企业。")
        else:
            head += page.tr("采纳后需要改变类别的，另作人工调整。")
        super().__init__(page, "decisionDialog", page.tr("处理异议"), head)
        self.decision = ComboBox("decisionKind", self.tr("处理决定"), self)
        self.decision.addItem(self.tr("请选择"), None)
        for key in DECISIONS:
            self.decision.addItem(OBJECTION_WORDS[key], key)
        self.add(self.tr("处理决定"), self.decision)
        claimed = "" if made.claimed_value is None else f"{made.claimed_value:.10g}"
        self.value = self.line(
            "decisionValue",
            self.tr("更正为"),
            claimed if self._is_figure else "",
            unit_of(made.subject) if self._is_figure else "",
        )
        self.form.setRowVisible(self.value, self._is_figure)
        self.answer = self.text("decisionAnswer", self.tr("答复意见"))
        self.by = self.line("decisionBy", self.tr("由谁决定"), "", self.tr("处理人或处理机构"))
        self.document = self.line(
            "decisionDocument", self.tr("答复文件"), "", self.tr("名称和文号，可以不填")
        )
        self.day = self.line("decisionDay", self.tr("决定日期"), date.today().isoformat())
        self.decision.currentIndexChanged.connect(lambda _index: self.check())
        self.finish(self.tr("保存决定"))

    def lacking(self) -> str:
        """Say what is missing."""
        chosen = self.decision.currentData()
        self.value.setEnabled(chosen == "accepted")
        if chosen is None:
            return self.tr("请选择处理决定。")
        if chosen == "accepted" and self._is_figure and not self.value.text().strip():
            return self.tr("请填写更正为多少。")
        if chosen == "refused" and not self.answer.toPlainText().strip():
            return self.tr("请在答复意见中写明不采纳的理由。")
        if not self.by.text().strip():
            return self.tr("请填写由谁决定。")
        return fault_of(self.day.text(), self.tr("决定日期"))

    def work(self) -> Work:
        """Return what decides the objection."""
        number, decision = self._made.id, self.decision.currentData()
        figure = self._is_figure and decision == "accepted"
        value = self.value.text().strip() if figure else None
        by, answer = self.by.text(), self.answer.toPlainText()
        document, on = self.document.text(), self.day.text().strip()

        def decide(ws: Workspace, progress: Progress) -> ObjectionOutcome:
            from zoneeval_db import operations

            return operations.decide_objection(
                ws,
                number,
                decision,
                on=on,
                by=by,
                answer=answer,
                document=document,
                value=value,
                progress=progress,
            )

        return decide

    def arrived(self, value: ObjectionOutcome) -> None:
        """Go on with the run that the correction led to."""
        if value.run is not None:
            self._page.show_run(value.run.id)

    def said(self, value: ObjectionOutcome) -> str:
        """Say what was decided and what it changed."""
        text = self.tr("第 {n} 号异议：{word}。").format(
            n=value.objection.id, word=OBJECTION_WORDS[value.objection.decision]
        )
        if value.run is None or value.comparison is None:
            return text
        text += self.tr("已更正数据并重新评价（第 {n} 次），").format(n=value.run.id)
        count = len(value.comparison.changed)
        if not count:
            return text + self.tr("没有企业改变类别。")
        return text + self.tr("{count} 户改变类别。").format(count=count)


class OverrideDialog(StoringForm):
    """Ask for another class with reason, document and approver."""

    def __init__(self, page: AdjudicationPage, content: AdjudicationContent, uscc: str) -> None:
        from zoneeval_ui.pages.adjudication.table import rules_grade

        assert content.state is not None
        self._uscc, self._run_id = uscc, content.state.info.id
        self._who, computed = content.name_of(uscc), rules_grade(content, uscc)
        made = content.overrides.get(uscc)
        head = page.tr("{name}按办法评为 {grade}。人工调整的类别列在旁边，不改动按办法的结果。")
        super().__init__(
            page,
            "overrideDialog",
            page.tr("人工调整类别"),
            head.format(
                name=self._who,
                grade=page.tr("{letter} 类").format(letter=computed)
                if computed
                else page.tr("未定类"),
            ),
        )
        self.grade = ComboBox("overrideGrade", self.tr("调整为"), self)
        self.grade.addItem(self.tr("请选择"), None)
        for letter in content.letters:
            if letter != computed:
                self.grade.addItem(
                    self.tr("{old} → {new}").format(old=computed or self.tr("未定"), new=letter),
                    letter,
                )
        self.add(self.tr("调整为"), self.grade)
        self.reason = self.text("overrideReason", self.tr("理由"), made.reason if made else "")
        self.document = self.line(
            "overrideDocument",
            self.tr("依据文件"),
            made.document if made else "",
            self.tr("会议纪要、批复等的名称和文号"),
        )
        self.approver = self.line(
            "overrideApprover", self.tr("批准人"), made.approver if made else ""
        )
        day = made.decided_on if made else date.today().isoformat()
        self.day = self.line("overrideDay", self.tr("决定日期"), day)
        if made is not None:
            self.grade.setCurrentIndex(max(0, self.grade.findData(made.grade)))
        self.grade.currentIndexChanged.connect(lambda _index: self.check())
        self.finish(self.tr("调整"))

    def lacking(self) -> str:
        """Say what is missing."""
        if self.grade.currentData() is None:
            return self.tr("请选择调整为哪一类。")
        if not self.reason.toPlainText().strip():
            return self.tr("请写明理由。")
        if not self.document.text().strip():
            return self.tr("请填写依据文件。")
        if not self.approver.text().strip():
            return self.tr("请填写批准人。")
        return fault_of(self.day.text(), self.tr("决定日期"))

    def work(self) -> Work:
        """Return what changes the class."""
        uscc, run_id, grade = self._uscc, self._run_id, str(self.grade.currentData())
        reason, document = self.reason.toPlainText(), self.document.text()
        approver, on = self.approver.text(), self.day.text().strip()

        def override(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.override_grade(
                ws,
                uscc,
                grade,
                reason=reason,
                document=document,
                approver=approver,
                on=on,
                run_id=run_id,
            )

        return override

    def said(self, value: Any) -> str:
        """Say the new class."""
        return self.tr("{name}已调整为 {grade} 类。").format(name=self._who, grade=value.grade)
