"""How far a run has come, in words: the steps, the sentence, the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.adjudication import OBJECTION_WORDS, RunStatus
from zoneeval.model.fields import FIELDS, unit_of
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.widgets import Step

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Adjudication, Objection
    from zoneeval_db.operations import RunState
    from zoneeval_ui.pages.adjudication.content import AdjudicationContent
    from zoneeval_ui.widgets.steps import StepState

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step that was done: its word, its day or period, its document."""

    status: RunStatus
    when: str
    document: str


def step_facts(made: Adjudication) -> list[StepFact]:
    """Return the steps from publicity on with their days and documents."""
    period = ""
    if made.publicity_from:
        period = translate("Adjudication", "{first} 至 {last}，{n} 个工作日").format(
            first=made.publicity_from, last=made.publicity_until, n=made.publicity_days
        )
    return [
        StepFact(RunStatus.PUBLICITY, period, made.publicity_document or ""),
        StepFact(RunStatus.REVIEW, made.reviewed_on or "", made.review_document or ""),
        StepFact(RunStatus.RECOGNISED, made.recognised_on or "", made.recognition_document or ""),
        StepFact(RunStatus.PUBLISHED, made.published_on or "", made.publication_document or ""),
    ]


def steps_of(state: RunState) -> tuple[Step, ...]:
    """Return 试算 → 公示 → 复核 → 认定 → 发布 with days and documents."""
    made = state.adjudication
    order = list(RunStatus)
    at = order.index(made.status)
    counts = " · ".join(f"{letter} {count}" for letter, count in state.counts.items())
    number = translate("Adjudication", "第 {n} 次评价").format(n=state.info.id)
    steps = [Step("trial", RunStatus.TRIAL.label, _mark(0, at), number, counts)]
    for place, fact in enumerate(step_facts(made), 1):
        headline, detail = fact.when or MISSING, fact.document
        if fact.status is RunStatus.PUBLICITY and made.publicity_from:
            headline = _short_period(made)
            detail = translate("Adjudication", "{n} 个工作日").format(n=made.publicity_days)
            if fact.document:
                detail += f" · {fact.document}"
        elif fact.status is RunStatus.REVIEW and state.objections:
            words = objection_counts(state)
            detail = f"{words} · {fact.document}" if fact.document else words
        elif not fact.when:
            detail = _waiting_for(fact.status)
        steps.append(Step(fact.status.value, fact.status.label, _mark(place, at), headline, detail))
    return tuple(steps)


def _mark(place: int, at: int) -> StepState:
    if place < at or at == len(RunStatus) - 1:
        return "done"
    return "current" if place == at else "todo"


def _short_period(made: Adjudication) -> str:
    first, last = made.publicity_from or "", made.publicity_until or ""
    return f"{first} 至 {last[5:] if last[:4] == first[:4] else last}"


def _waiting_for(status: RunStatus) -> str:
    return {
        RunStatus.PUBLICITY: translate("Adjudication", "按工作日计算截止日期"),
        RunStatus.REVIEW: translate("Adjudication", "公示期满后"),
        RunStatus.RECOGNISED: translate("Adjudication", "异议处理完毕后"),
        RunStatus.PUBLISHED: translate("Adjudication", "发布后锁定"),
    }.get(status, "")


def objection_counts(state: RunState) -> str:
    """Return how many objections there are, and how many wait."""
    if not state.objections:
        return translate("Adjudication", "没有收到异议")
    text = translate("Adjudication", "异议 {n} 件").format(n=state.objections)
    if state.open_objections:
        text += translate("Adjudication", "，待处理 {n} 件").format(n=state.open_objections)
    return text


def sentence_of(content: AdjudicationContent) -> str:
    """Return where the run stands and what comes next."""
    state = content.state
    if state is None:
        return translate("Adjudication", "下一步：评价。")
    made = state.adjudication
    return remark_of(state) + _standing(content, state, made) + _breadth(content, state)


def remark_of(state: RunState) -> str:
    """Return what other run this one has to do with, or ""."""
    made = state.adjudication
    if state.replaced_by is not None:
        return translate(
            "Adjudication", "已因采纳异议更正数据，由第 {n} 次评价接续，不能再改。"
        ).format(n=state.replaced_by)
    if state.superseded_by is not None:
        return translate("Adjudication", "已由第 {n} 次评价接替。").format(n=state.superseded_by)
    if made.supersedes is not None:
        return translate("Adjudication", "接替已发布的第 {n} 次评价：{reason}。").format(
            n=made.supersedes, reason=(made.reason or "").rstrip("。")
        )
    return ""


def _standing(content: AdjudicationContent, state: RunState, made: Adjudication) -> str:
    if state.replaced_by is not None:
        return ""
    if made.status is RunStatus.TRIAL:
        return translate("Adjudication", "第 {n} 次评价尚未公示。下一步：核对后开始公示。").format(
            n=state.info.id
        )
    if made.status is RunStatus.PUBLICITY:
        return _publicity(content, state, date.today())
    if made.status is RunStatus.REVIEW:
        if state.open_objections:
            return translate(
                "Adjudication", "正在复核，还有 {n} 件异议没有处理。下一步：作出决定。"
            ).format(n=state.open_objections)
        return translate("Adjudication", "异议已处理完毕。下一步：认定。")
    if made.status is RunStatus.RECOGNISED:
        return translate("Adjudication", "已于 {day} 认定。下一步：发布，发布后锁定。").format(
            day=made.recognised_on
        )
    if state.superseded_by is not None:
        return translate("Adjudication", "于 {day} 发布，已锁定。").format(day=made.published_on)
    return translate("Adjudication", "已于 {day} 发布并锁定。下一步：导出名单，落实政策。").format(
        day=made.published_on
    )


def _publicity(content: AdjudicationContent, state: RunState, today: date) -> str:
    last = date.fromisoformat(state.adjudication.publicity_until or today.isoformat())
    words = {"last": last, "objections": objection_counts(state)}
    if today > last:
        text = translate("Adjudication", "公示已于 {last} 期满，{objections}。下一步：转入复核。")
        return text.format(**words)
    first = max(today, date.fromisoformat(state.adjudication.publicity_from or str(today)))
    left = content.calendar.count(first, last)
    text = translate(
        "Adjudication",
        "公示到 {last} 为止，还有 {n} 个工作日，{objections}。下一步：期满后转入复核。",
    )
    return text.format(n=left, **words)


def _breadth(content: AdjudicationContent, state: RunState) -> str:
    if content.zone is None or state.info.zone is not None or len(state.info.zones) < 2:
        return ""
    return translate("Adjudication", "（步骤针对全部 {n} 个园区）").format(n=len(state.info.zones))


def next_text(state: RunState) -> str:
    """Return what the primary button says."""
    if state.replaced_by is not None:
        return translate("Adjudication", "看第 {n} 次评价").format(n=state.replaced_by)
    if state.superseded_by is not None:
        return translate("Adjudication", "看第 {n} 次评价").format(n=state.superseded_by)
    return {
        RunStatus.TRIAL: translate("Adjudication", "开始公示…"),
        RunStatus.PUBLICITY: translate("Adjudication", "转入复核…"),
        RunStatus.REVIEW: translate("Adjudication", "认定…"),
        RunStatus.RECOGNISED: translate("Adjudication", "发布…"),
        RunStatus.PUBLISHED: translate("Adjudication", "去导出名单"),
    }[state.adjudication.status]


def subject_words(objection: Objection) -> str:
    """Return what an objection is about."""
    known = FIELDS.get(objection.subject)
    return objection.subject if known is None else known.label


def value_words(objection: Objection, value: float | None) -> str:
    """Return a stated or claimed value with its unit."""
    if value is None:
        return MISSING
    known = FIELDS.get(objection.subject)
    if known is not None and known.kind == "share":
        return figure(value, share=True)
    return f"{figure(value, decimals=4)} {unit_of(objection.subject) if known else ''}".strip()


def decision_words(objection: Objection) -> str:
    """Return the decision in a word."""
    return OBJECTION_WORDS[objection.decision]
