"""What happened to one enterprise: decisions, objections, lists, the steps of its case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from zoneeval.model.adjudication import OBJECTION_WORDS
from zoneeval.model.enterprise_years import AppliedPrice, EnterpriseYear, Happening
from zoneeval.model.fields import FIELDS, unit_of
from zoneeval.model.merging import SUCCESSION_WORDS, Succession
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval.model.utility_list import METERED
from zoneeval_db.acting.issued_lists import issued_lists
from zoneeval_db.acting.other_surcharges import other_surcharges
from zoneeval_db.data.participation import participation_decisions
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.objections import objection, subject_words
from zoneeval_db.evaluating.runs import run_info

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitCase, ExitStep
    from zoneeval_db.storage.workspace import Workspace


def happenings(
    ws: Workspace,
    codes: Sequence[str],
    years: Sequence[EnterpriseYear],
    prices: Sequence[AppliedPrice],
    cases: Sequence[ExitCase],
    steps: Mapping[int, Sequence[ExitStep]],
    followed: Iterable[Succession],
) -> tuple[Happening, ...]:
    """Return what happened to the enterprise of these codes, by day; undated at its year."""
    found = [
        *_changes(codes, followed),
        *_decisions(ws, codes, years),
        *_runs(ws, years),
        *_objections(ws, codes),
        *_lists(prices),
        *_taken_off(ws, codes),
        *_surcharges(ws, codes),
        *_cases(cases, steps),
    ]
    return tuple(sorted(found, key=lambda one: one.on or f"{one.year or ''}"))


def _changes(codes: Sequence[str], followed: Iterable[Succession]) -> Iterator[Happening]:
    for step in followed:
        if step.old in codes:
            word = SUCCESSION_WORDS[step.kind]
            words = f"{word}：{step.old} → {step.new}"
            on = step.effective_on or ""
            yield Happening(on, _year(on), "主体变更", words, step.document or "")


def _decisions(
    ws: Workspace, codes: Sequence[str], years: Sequence[EnterpriseYear]
) -> Iterator[Happening]:
    for year in sorted({one.year for one in years}):
        for made in participation_decisions(ws, year):
            if made.uscc in codes:
                word = "参评" if made.decision == "in" else "不参评"
                words = f"{year} 年度{word}：{made.reason}"
                yield Happening("", year, "参评决定", words, made.document or "")


def _runs(ws: Workspace, years: Sequence[EnterpriseYear]) -> Iterator[Happening]:
    seen: set[int] = set()
    by_hand: set[tuple[int, str]] = set()
    for one in years:
        made = one.result
        if made is None:
            continue
        hand = made.override
        # Several enterprises that are evaluated as one share a row, and what was decided on it.
        if hand is not None and (made.run_id, hand.uscc) not in by_hand:
            by_hand.add((made.run_id, hand.uscc))
            words = (
                f"{one.year} 年度类别 {made.by_rules or '未定'} → {hand.grade}：{hand.reason}"
                f"（{hand.approver}批准）"
            )
            yield Happening(hand.decided_on, one.year, "人工调整", words, hand.document)
        if made.run_id in seen:
            continue
        seen.add(made.run_id)
        state, grade = adjudication(ws, made.run_id), made.final or "未定类"
        if state.publicity_from:
            until = f"至 {state.publicity_until}" if state.publicity_until else ""
            words = f"{one.year} 年度评价结果公示{until}"
            document = state.publicity_document or ""
            yield Happening(state.publicity_from, one.year, "公示", words, document)
        if state.recognised_on:
            words = f"{one.year} 年度认定为 {grade}" + (" 类" if made.final else "")
            document = state.recognition_document or ""
            yield Happening(state.recognised_on, one.year, "认定", words, document)
        if state.published_on:
            words = f"{one.year} 年度评价结果发布"
            document = state.publication_document or ""
            yield Happening(state.published_on, one.year, "发布", words, document)


def _objections(ws: Workspace, codes: Sequence[str]) -> Iterator[Happening]:
    sql = "SELECT id, uscc FROM objection ORDER BY id"
    for number in [n for n, uscc in ws.conn.execute(sql).fetchall() if uscc in codes]:
        made = objection(ws, number)
        year = run_info(ws, made.run_id).year
        about = subject_words(made.subject)
        claim = ""
        if made.claimed_value is not None:
            stated = _figure(made.subject, made.stated_value)
            claim = f"，评价所用 {stated}，企业主张 {_figure(made.subject, made.claimed_value)}"
        words = f"对{about}提出异议（第 {number} 号）：{made.content}{claim}"
        yield Happening(made.received_on, year, "异议", words, made.evidence or "")
        if not made.is_open:
            answer = f"：{made.answer}" if made.answer else ""
            words = f"第 {number} 号异议{OBJECTION_WORDS[made.decision]}{answer}"
            yield Happening(made.decided_on or "", year, "异议答复", words, made.document or "")


def _figure(key: str, value: float | None) -> str:
    if value is None:
        return "没有数据"
    if key in FIELDS and FIELDS[key].kind == "share":
        return f"{value:.2%}"
    return f"{value:,.10g}{unit_of(key) if key in FIELDS else ''}"


def _lists(prices: Sequence[AppliedPrice]) -> Iterator[Happening]:
    for price in prices:
        line = price.line
        account = f"，户号 {line.account}" if line.account else ""
        if not account and price.utility in METERED:
            account = "，没有户号"
        if line.rate is None:
            rate = line.remark or "标准待定，没有执行"
        else:
            rate = f"{DIRECTION_WORDS[line.direction]} {line.rate:g} {line.unit}"
        until = f"至 {price.valid_to}" if price.valid_to else "起"
        words = f"列入{price.utility}名单（{line.grade} 类，{line.kind}{account}）：{rate}，"
        words += f"{price.valid_from} {until}"
        yield Happening(price.valid_from, price.year, "差别化政策", words, price.document)
        if price.withdrawn:
            words = f"{price.utility}名单（第 {price.list_id} 号）停止执行"
            yield Happening(price.withdrawn, price.year, "差别化政策", words)


def _taken_off(ws: Workspace, codes: Sequence[str]) -> Iterator[Happening]:
    for sent in issued_lists(ws):
        for gone in sent.changes.of("removed"):
            line = gone.line
            if any(code in line.uscc for code in codes):
                account = f"，户号 {line.account}" if line.account else ""
                words = f"移出{sent.utility}名单（{line.kind}{account}）：{gone.reason}"
                year = run_info(ws, sent.run_id).year
                yield Happening(sent.valid_from, year, "差别化政策", words, sent.document)


def _surcharges(ws: Workspace, codes: Sequence[str]) -> Iterator[Happening]:
    for code in codes:
        for one in other_surcharges(ws, code):
            until = f"，至 {one.valid_to}" if one.valid_to else ""
            words = f"{one.utility}：{one.kind} {one.rate:g} {one.unit}{until}"
            on = one.valid_from or ""
            yield Happening(on, _year(on), "其他加价", words, one.document)


def _cases(
    cases: Sequence[ExitCase], steps: Mapping[int, Sequence[ExitStep]]
) -> Iterator[Happening]:
    for case in cases:
        what = f"第 {case.id} 号事项（{case.kind.label}）"
        words = f"{what}立案：{'；'.join(case.reasons)}"
        yield Happening(case.opened_on, _year(case.opened_on), "退出转型", words)
        for step in steps.get(case.id, ()):
            if step.done_on is not None:
                words = f"第 {case.id} 号事项完成步骤：{step.what}"
                evidence = step.evidence or ""
                yield Happening(step.done_on, _year(step.done_on), "退出转型", words, evidence)
        if case.closed_on is not None:
            words = f"{what}{case.state.label}：{case.outcome or ''}"
            document = case.document or ""
            yield Happening(case.closed_on, _year(case.closed_on), "退出转型", words, document)


def _year(day: str) -> int | None:
    return int(day[:4]) if day else None
