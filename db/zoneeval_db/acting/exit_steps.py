"""The steps of a case (one enterprise, one plan): entered, done with evidence, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.exits import CaseState, DueItem, ExitStep, due_items
from zoneeval.workdays import iso_date
from zoneeval_db.acting.exit_rows import exit_case, exit_cases, exit_step, exit_steps
from zoneeval_db.acting.exits import live_case

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

SOON = 30
"""Within how many days a deadline is near."""
_LONGEST = 3660


def add_exit_step(
    ws: Workspace, case_id: int, what: str, *, responsible: str = "", due: str = ""
) -> ExitStep:
    """Enter a step of a case; the case is then being acted on.

    Raises InputError for an empty step, a bad date, and a case that is struck off.
    """
    case = live_case(ws, case_id)
    words = what.strip()
    if not words:
        raise InputError("没有写步骤的内容。请写明要做什么。")
    day = str(iso_date(due, "步骤时限")) if due.strip() else None
    if day is not None and day < case.opened_on:
        raise InputError(f"步骤时限 {day} 早于立案日期 {case.opened_on}。请核对日期。")
    with ws.operation(f"退出转型第 {case_id} 号（{case.subject}）增加步骤：{words}") as op:
        number = op.next_id("exit_step")
        new: dict[str, str | int | None] = {
            "case_id": case_id,
            "what": words,
            "responsible": responsible.strip() or None,
            "due": day,
        }
        op.write("exit_step", {"id": number}, new)
        op.write("exit_case", {"id": case_id}, {"state": CaseState.ACTING.value})
    return exit_step(ws, number)


def finish_exit_step(ws: Workspace, number: int, *, on: str, evidence: str) -> ExitStep:
    """Note that a step is done, with its evidence; raise InputError without evidence."""
    step = exit_step(ws, number)
    case = live_case(ws, step.case_id)
    if step.done_on is not None:
        raise InputError(f"步骤“{step.what}”已于 {step.done_on} 完成，不需要再登记。")
    if not evidence.strip():
        raise InputError(f"没有写步骤“{step.what}”的佐证材料。请写明材料名称或文号。")
    day = str(iso_date(on, "完成日期"))
    if day < case.opened_on:
        raise InputError(f"完成日期 {day} 早于立案日期 {case.opened_on}。请核对日期。")
    with ws.operation(f"退出转型第 {case.id} 号（{case.subject}）完成步骤：{step.what}") as op:
        op.write("exit_step", {"id": number}, {"done_on": day, "evidence": evidence.strip()})
    return exit_step(ws, number)


def remove_exit_step(ws: Workspace, number: int) -> None:
    """Remove a step that is not needed; it can be undone."""
    step = exit_step(ws, number)
    case = live_case(ws, step.case_id)
    with ws.operation(f"退出转型第 {case.id} 号（{case.subject}）删除步骤：{step.what}") as op:
        op.write("exit_step", {"id": number}, None)


def exit_due(
    ws: Workspace, on: str, within: int = SOON, *, zone: str | None = None
) -> list[DueItem]:
    """Return the cases and steps overdue on a day, or due within so many days after it."""
    if not 0 <= within <= _LONGEST:
        raise InputError(f"临期天数应为 0 到 {_LONGEST} 的整数，现为 {within}。")
    return due_items(exit_cases(ws, zone=zone), exit_steps(ws), iso_date(on, "日期"), within)


def case_plan(ws: Workspace, number: int) -> list[ExitStep]:
    """Return the steps of one case; raise InputError where there is no such case."""
    return exit_steps(ws, exit_case(ws, number).id)
