"""The pane beside the table: the course of the run, or one enterprise and its objections."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.adjudication.table import rules_grade
from zoneeval_ui.pages.adjudication.wording import (
    decision_words,
    remark_of,
    step_facts,
    subject_words,
    value_words,
)
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, DetailCard, Section, make_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoneeval.model.adjudication import Objection
    from zoneeval_ui.pages.adjudication.content import AdjudicationContent, Moved

MOST_MOVED = 8


class AdjudicationPane(DetailCard):
    """Show the run, or an enterprise; the signals carry credit code or objection."""

    objection_wanted = Signal(str)
    decision_wanted = Signal(object)
    override_wanted = Signal(str)
    removal_wanted = Signal(str)
    reasons_wanted = Signal(str)
    enterprise_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adjudicationPane")
        self.setAccessibleName(self.tr("评价程序和选中企业的异议、调整"))
        self.uscc = ""

    # -- the run -----------------------------------------------------------------------

    def show_course(self, content: AdjudicationContent) -> None:
        """Show how the run came along, and what to do to see an enterprise."""
        self.uscc = ""
        self.clear()
        state = content.state
        if state is None:
            return
        info = state.info
        head = Section(line=False)
        title = self.tr("第 {n} 次评价").format(n=info.id)
        head.add(make_label(title, "detail", wrap=True))
        place = info.zone or self.tr("全部园区")
        facts = self.tr("{year} 年度 · {place} · {policy} · 数据第 {version} 版").format(
            year=info.year, place=place, policy=info.policy_title, version=info.dataset_version
        )
        head.add(make_label(facts, "secondary", wrap=True))
        counts = "，".join(
            self.tr("{letter} 类 {n} 户").format(letter=letter, n=n)
            for letter, n in state.counts.items()
        )
        if counts:
            head.add(make_label(self.tr("最终类别：{counts}").format(counts=counts), wrap=True))
        self.add_section(head)
        remark = remark_of(state)
        if remark:
            about = Section()
            about.add(make_label(remark, wrap=True))
            self.add_section(about)
        steps = Section(self.tr("办理情况"))
        for fact in step_facts(state.adjudication):
            words = fact.when or self.tr("未办理")
            tone = None if fact.when else Tone.PLAIN
            steps.add(make_label(f"{fact.status.label}　{words}", tone=tone, wrap=True))
            if fact.when:
                document = self.tr("文件：{document}").format(document=fact.document or MISSING)
                steps.add(make_label(document, "caption", wrap=True))
        self.add_section(steps)
        hint = Section(raised=True)
        text = self.tr("在表中选一户企业，可以看它的异议，登记和处理异议，或人工调整类别。")
        if content.read_only:
            text = self.tr("文件以只读方式打开。在表中选一户企业，可以看它的异议和调整。")
        elif not content.changeable:
            text = self.tr("这次评价已经锁定。在表中选一户企业，可以看它的异议和调整。")
        hint.add(make_label(text, "secondary", wrap=True))
        self.add_section(hint)

    # -- an enterprise -----------------------------------------------------------------

    def show_enterprise(
        self, content: AdjudicationContent, uscc: str, first: int | None = None
    ) -> None:
        """Show an enterprise; ``first`` is the objection that was selected."""
        self.uscc = uscc
        self.clear()
        self.add_section(self._head(content, uscc))
        self.add_section(self._classes(content, uscc))
        mine = [o for o in content.objections if o.uscc == uscc]
        mine.sort(key=lambda o: (o.id != first, not o.is_open, o.id))
        for made in mine:
            self.add_section(self._objection(content, made))
        self.add_section(self._foot(content, uscc, has_any=bool(mine)))

    def _head(self, content: AdjudicationContent, uscc: str) -> Section:
        section = Section(line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        name = make_label(content.name_of(uscc), "detail", wrap=True)
        name.setObjectName("adjudicationName")
        row.addWidget(name, 1)
        grade = content.final.get(uscc)
        if grade:
            badge = Badge()
            badge.setObjectName("adjudicationGrade")
            badge.set_grade(grade)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        at = content.row_of(uscc)
        zone = content.run.evaluation.zone[at] if content.run and at is not None else ""
        words = " · ".join(str(part) for part in (uscc, zone) if part)
        section.add(make_label(words, "secondary", wrap=True))
        return section

    def _classes(self, content: AdjudicationContent, uscc: str) -> Section:
        section = Section(self.tr("类别"))
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        rules = rules_grade(content, uscc)
        row.addWidget(make_label(self.tr("按办法评出")))
        if rules:
            badge = Badge()
            badge.set_grade(rules)
            row.addWidget(badge)
        row.addWidget(make_label(self._standing(content, uscc), "secondary", wrap=True), 1)
        section.body.addLayout(row)
        made = content.overrides.get(uscc)
        if made is not None:
            second = QHBoxLayout()
            second.setSpacing(current_theme().px(8))
            second.addWidget(make_label(self.tr("人工调整为")))
            badge = Badge()
            badge.set_grade(made.grade)
            second.addWidget(badge)
            words = self.tr("{day}，{who}批准").format(day=made.decided_on, who=made.approver)
            second.addWidget(make_label(words, "secondary", wrap=True), 1)
            section.body.addLayout(second)
            reason = make_label(self.tr("理由：{reason}").format(reason=made.reason), wrap=True)
            reason.setObjectName("adjudicationReason")
            section.add(reason)
            words = self.tr("依据：{document}").format(document=made.document)
            section.add(make_label(words, "caption", wrap=True))
        if content.changeable and self._is_evaluated(content, uscc):
            section.body.addLayout(self._override_links(uscc, made=made is not None))
        return section

    def _override_links(self, uscc: str, *, made: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        text = self.tr("改变调整…") if made else self.tr("人工调整类别…")
        row.addWidget(
            self._link("adjudicationOverride", text, lambda: self.override_wanted.emit(uscc))
        )
        if made:
            row.addWidget(
                self._link(
                    "adjudicationRemove",
                    self.tr("取消调整"),
                    lambda: self.removal_wanted.emit(uscc),
                )
            )
        row.addStretch(1)
        return row

    @staticmethod
    def _is_evaluated(content: AdjudicationContent, uscc: str) -> bool:
        row = content.row_of(uscc)
        if row is None or content.run is None or not content.letters:
            return False
        return bool(content.run.evaluation.participation[row] == Participation.EVALUATED)

    def _standing(self, content: AdjudicationContent, uscc: str) -> str:
        row = content.row_of(uscc)
        if row is None or content.run is None:
            return self.tr("不在所选园区")
        evaluation = content.run.evaluation
        state = Participation(evaluation.participation[row])
        if state is not Participation.EVALUATED:
            return state.label
        text = self.tr("得分 {score}").format(score=figure(float(evaluation.composite[row])))
        rank = float(evaluation.rank[row])
        return text if rank != rank else text + self.tr("，第 {rank} 名").format(rank=int(rank))

    def _objection(self, content: AdjudicationContent, made: Objection) -> Section:
        title = self.tr("异议 {n}：{subject}").format(n=made.id, subject=subject_words(made))
        section = Section()
        section.setObjectName(f"objection-{made.id}")
        row = QHBoxLayout()
        row.addWidget(make_label(title, "strong", wrap=True), 1)
        tone = {"open": Tone.UNCERTAIN, "accepted": Tone.A}.get(made.decision, Tone.PLAIN)
        row.addWidget(Badge(decision_words(made), tone, pill=True), 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        if made.stated_value is not None or made.claimed_value is not None:
            words = self.tr("评价所用 {stated}，企业主张 {claimed}").format(
                stated=value_words(made, made.stated_value),
                claimed=value_words(made, made.claimed_value),
            )
            values = make_label(words, wrap=True)
            values.setObjectName(f"objection-{made.id}-values")
            section.add(values)
        section.add(make_label(made.content, wrap=True))
        who = self.tr("，提出人 {who}").format(who=made.claimant) if made.claimant else ""
        received = self.tr("{day} 收到{who}；证明材料：{evidence}").format(
            day=made.received_on, who=who, evidence=made.evidence or MISSING
        )
        section.add(make_label(received, "caption", wrap=True))
        if made.is_open:
            if content.takes_objections:
                button = QPushButton(self.tr("处理这件异议…"))
                button.setObjectName(f"decide-{made.id}")
                button.setAccessibleName(button.text())
                button.clicked.connect(lambda: self.decision_wanted.emit(made))
                section.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            return section
        decided = self.tr("{day}，{who}决定").format(day=made.decided_on, who=made.decided_by)
        if made.answer:
            decided += self.tr("：{answer}").format(answer=made.answer)
        section.add(make_label(decided, wrap=True))
        if made.document:
            words = self.tr("答复文件：{document}").format(document=made.document)
            section.add(make_label(words, "caption", wrap=True))
        if made.new_run_id is not None:
            self._add_moved(section, made, content.moved.get(made.id, ()))
        return section

    def _add_moved(self, section: Section, made: Objection, moved: tuple[Moved, ...]) -> None:
        text = self.tr("已更正数据，由第 {n} 次评价接续；").format(n=made.new_run_id)
        if not moved:
            text += self.tr("没有企业因此改变类别。")
        else:
            text += self.tr("{n} 户因此改变类别：").format(n=len(moved))
        label = make_label(text, "secondary", wrap=True)
        label.setObjectName(f"objection-{made.id}-moved")
        section.add(label)
        for one in moved[:MOST_MOVED]:
            words = self.tr("{name}　{before} → {after}").format(
                name=one.name, before=one.before or MISSING, after=one.after or MISSING
            )
            link = self._link(f"moved-{one.uscc}", words, partial(self._choose, one.uscc))
            section.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if len(moved) > MOST_MOVED:
            rest = self.tr("另有 {n} 户，见“变化”。").format(n=len(moved) - MOST_MOVED)
            section.add(make_label(rest, "caption"))

    def _choose(self, uscc: str) -> None:
        self.enterprise_chosen.emit(uscc)

    def _foot(self, content: AdjudicationContent, uscc: str, *, has_any: bool) -> Section:
        section = Section(raised=True)
        if not has_any:
            section.add(make_label(self.tr("没有收到这户企业的异议。"), "secondary", wrap=True))
        if not content.takes_objections:
            section.add(make_label(self._why_none(content), "caption", wrap=True))
        row = QHBoxLayout()
        if content.takes_objections:
            row.addWidget(
                self._link(
                    "adjudicationObject",
                    self.tr("登记异议…"),
                    lambda: self.objection_wanted.emit(uscc),
                )
            )
        row.addWidget(
            self._link(
                "adjudicationReasons",
                self.tr("为什么是这一类"),
                lambda: self.reasons_wanted.emit(uscc),
            )
        )
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _why_none(self, content: AdjudicationContent) -> str:
        if content.read_only:
            return self.tr("文件以只读方式打开，不能登记异议或调整。")
        if not content.changeable:
            return self.tr("这次评价已经锁定，不能再登记异议或调整。")
        return self.tr("公示和复核期间可以登记异议。")

    def _link(self, name: str, text: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "link")
        button.clicked.connect(lambda _on=False: does())
        return button
