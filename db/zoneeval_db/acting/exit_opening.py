"""Open the cases of a run: one for every enterprise that is to leave or transform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.exits import CaseKind, CaseState, ExitCase
from zoneeval.workdays import iso_date
from zoneeval_db.acting.exit_rows import (
    OF_ENTERPRISES,
    Reason,
    case_reasons,
    exit_case,
    exit_cases,
    reasons_text,
)
from zoneeval_db.data.successions import newest_codes
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.deciding.publication import is_published
from zoneeval_db.evaluating.runs import runs

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult

_STOPPED = {"停产": CaseKind.STOPPED, "半停产": CaseKind.HALF_STOPPED}


@dataclass(frozen=True)
class OpenedCases:
    """What opening the cases of a run did.

    ``confirmed`` were open before and are of this run too; ``left`` are open cases of
    enterprises that the run has in no such class any more, which somebody has to decide;
    ``stopped`` counts enterprises that have stopped, wholly or half, without a case.
    """

    info: RunInfo
    opened: tuple[ExitCase, ...]
    confirmed: tuple[ExitCase, ...]
    left: tuple[ExitCase, ...]
    stopped: int
    note: str


@dataclass(frozen=True)
class _Wanted:
    uscc: str
    name: str
    zone: str | None
    kind: CaseKind
    reasons: tuple[Reason, ...]


def open_exit_cases(
    ws: Workspace,
    run_id: int | None = None,
    *,
    on: str,
    stopped: bool = False,
    responsible: str = "",
    due: str | None = None,
) -> OpenedCases:
    """Open a case for every enterprise of a run in a class that leads to leaving.

    The run is the one that lists are made from where None; the classes are the final
    ones.  An enterprise with an open case keeps it, and the run is added to its reasons; so
    does one whose case was struck off after another run of the same year.
    With ``stopped`` enterprises that have stopped, wholly or half, get one too.
    Raises InputError where the policy has no such class.
    """
    run = final_run(ws, run_id)
    day = str(iso_date(on, "立案日期"))
    until = None if due is None else str(iso_date(due, "完成时限"))
    if until is not None and until < day:
        raise InputError(f"完成时限 {until} 早于立案日期 {day}。请核对两个日期。")
    wanted, others = _wanted(ws, run)
    newest = newest_codes(ws)
    before = cases_of_run(ws, run)
    unlisted = [one for one in others if newest.get(one.uscc, one.uscc) not in before]
    fresh: list[_Wanted] = []
    again: list[tuple[ExitCase, _Wanted]] = []
    for one in (*wanted, *(others if stopped else ())):
        there = before.get(newest.get(one.uscc, one.uscc))
        if there is None:
            fresh.append(one)
        else:
            again.append((there, one))
    anew = [pair for pair in again if run.info.id not in pair[0].runs]
    opened: list[int] = []
    label = f"退出转型立案（{run.info.year} 年第 {run.info.id} 次评价）"
    if fresh or anew:
        with ws.operation(f"{label}：新立 {len(fresh)} 户，延续 {len(anew)} 户") as op:
            number = op.next_id("exit_case")
            for one in fresh:
                new = {
                    "uscc": one.uscc,
                    "subject": one.name,
                    "zone": one.zone,
                    "kind": one.kind.value,
                    "opened_by_run": run.info.id,
                    "opened_on": day,
                    "reasons": reasons_text(one.reasons),
                    "responsible": responsible.strip() or None,
                    "due": until,
                    "state": CaseState.OPEN.value,
                }
                op.write("exit_case", {"id": number}, new)
                opened.append(number)
                number += 1
            for case, one in anew:
                reasons = reasons_text([*case_reasons(ws, case.id), *one.reasons])
                kind = one.kind if one.kind is CaseKind.CLASS else case.kind
                change = {"reasons": reasons, "kind": kind.value}
                op.write("exit_case", {"id": case.id}, change)
    note = ""
    if not is_published(ws, run.info.id):
        note = f"第 {run.info.id} 次评价还没有发布，立案依据的类别可能变动；发布后请再核对一次。"
    return OpenedCases(
        run.info,
        tuple(exit_case(ws, number) for number in opened),
        tuple(exit_case(ws, case.id) for case, _ in again),
        tuple(_left(ws, run, {newest.get(one.uscc, one.uscc) for one in wanted})),
        0 if stopped else len(unlisted),
        note,
    )


def cases_of_run(ws: Workspace, run: RunResult) -> dict[str, ExitCase]:
    """Return by newest credit code the cases that opening those of a run would keep.

    They are open, or belong to the run, or were struck off after another of its year.
    """
    newest = newest_codes(ws)
    same_year = {info.id for info in runs(ws, run.info.year)}
    return {
        newest.get(case.uscc, case.uscc): case
        for case in exit_cases(ws)
        if case.uscc
        and case.kind in OF_ENTERPRISES
        and (
            case.state.is_live
            or run.info.id in case.runs
            or (case.state is CaseState.CLOSED and not same_year.isdisjoint(case.runs))
        )
    }


def left_cases(ws: Workspace, run_id: int | None = None) -> list[ExitCase]:
    """Return open cases opened by a class that a run (None: of the lists) does not give."""
    run = final_run(ws, run_id)
    newest = newest_codes(ws)
    return _left(ws, run, {newest.get(one.uscc, one.uscc) for one in _wanted(ws, run)[0]})


def _left(ws: Workspace, run: RunResult, listed: set[str]) -> list[ExitCase]:
    """Return the open cases of a class whose enterprise the run evaluated otherwise."""
    newest = newest_codes(ws)
    there = {newest.get(code, code) for code in run.evaluation.uscc.tolist() if code}
    return [
        case
        for case in exit_cases(ws, kind=CaseKind.CLASS)
        if case.state.is_live and case.uscc and newest.get(case.uscc, case.uscc) in there - listed
    ]


def _wanted(ws: Workspace, run: RunResult) -> tuple[list[_Wanted], list[_Wanted]]:
    """Return who is in a class of leaving, and who else has stopped, by zone and code."""
    from zoneeval.engine import why
    from zoneeval.report.order import data_rows, exit_letters, texts

    letters = exit_letters(run.policy)
    if not letters:
        raise InputError(
            f"办法“{run.policy.title}”没有规定退出转型的类别，不能按评价立案。"
            "确需处置的，请逐项登记。"
        )
    evaluation, info = run.evaluation, run.info
    by_hand = {made.uscc: made for made in overrides(ws, info.id)}
    status = texts(run.dataset, "operating_status", data_rows(evaluation, run.dataset))
    wanted: list[_Wanted] = []
    others: list[_Wanted] = []
    order = sorted(
        (i for i in range(evaluation.size) if evaluation.uscc[i]),
        key=lambda i: (evaluation.zone[i] or "", evaluation.uscc[i]),
    )
    for row in order:
        code, grade = str(evaluation.uscc[row]), evaluation.grade[row]
        name, zone = str(evaluation.name[row] or code), evaluation.zone[row]
        state = status[row]
        reasons: list[Reason] = []
        if grade in letters:
            said = why(run.policy, evaluation, row)
            if code in by_hand:
                made = by_hand[code]
                said = f"人工调整：{made.reason}（{made.document}）"
            words = f"{info.year} 年评为 {grade} 类（第 {info.id} 次评价）：{said}"
            reasons.append((info.id, words))
        if state in _STOPPED:
            reasons.append((info.id, f"{info.year} 年生产状态：{state}"))
        if grade in letters:
            wanted.append(_Wanted(code, name, zone, CaseKind.CLASS, tuple(reasons)))
        elif state in _STOPPED:
            others.append(_Wanted(code, name, zone, _STOPPED[state], tuple(reasons)))
    return wanted, others
