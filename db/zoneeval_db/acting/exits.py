"""What is done in the ledger by hand: enter a case, choose its way, strike it off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.exits import PATHS, CaseKind, CaseState, ExitCase
from zoneeval.workdays import iso_date
from zoneeval_db.acting.exit_rows import (
    OF_ENTERPRISES,
    Reason,
    exit_case,
    exit_cases,
    exit_steps,
    reasons_text,
)
from zoneeval_db.data.known import check_code, check_zone

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

Row = dict[str, str | float | None]
FREED = {
    "freed_land": "腾出土地（亩）",
    "freed_energy": "腾出用能（吨标准煤）",
    "freed_emission": "减少排放（吨）",
    "people": "安置人数（人）",
}


def add_exit_case(
    ws: Workspace,
    subject: str,
    kind: CaseKind,
    *,
    reason: str,
    on: str,
    uscc: str = "",
    zone: str = "",
    path: str = "",
    responsible: str = "",
    due: str = "",
    note: str = "",
) -> ExitCase:
    """Enter a case by hand: a project at a standstill, low-efficiency land, an enterprise.

    Without ``zone`` an enterprise's case is of the zone that the newest data has it in.
    Raises InputError where name or reason is missing, for an enterprise that has an open
    case already, a wrong code, an unknown zone or way, or a date that is none.
    """
    name, code = subject.strip(), uscc.strip().upper()
    if not name:
        raise InputError("没有写企业、项目或地块的名称。请填写名称。")
    if not reason.strip():
        raise InputError(f"没有写“{name}”列入台账的原因。请写明原因。")
    if kind is CaseKind.CLASS and not code:
        raise InputError("退出类别企业须写统一社会信用代码；也可以按评价结果成批立案。")
    _check_subject(ws, name, kind, code, zone.strip())
    day = str(iso_date(on, "立案日期"))
    reasons: list[Reason] = [(None, reason.strip())]
    new: Row = {
        "uscc": code or None,
        "subject": name,
        "zone": zone.strip() or (_zone_of(ws, code) if code else None),
        "kind": kind.value,
        "opened_on": day,
        "reasons": reasons_text(reasons),
        "state": CaseState.OPEN.value,
        **_plan(day, path, responsible, due, note),
    }
    with ws.operation(f"退出转型立案：{name}（{kind.label}）") as op:
        number = op.next_id("exit_case")
        op.write("exit_case", {"id": number}, new)
    return exit_case(ws, number)


def update_exit_case(
    ws: Workspace,
    number: int,
    *,
    path: str | None = None,
    responsible: str | None = None,
    due: str | None = None,
    note: str | None = None,
) -> ExitCase:
    """Choose a case's way, responsible unit, deadline, note: None stays, "" is taken out.

    With a way the case is being acted on.
    Raises InputError for an unknown way, a bad date, and a case that is struck off.
    """
    case = live_case(ws, number)
    new = _plan(case.opened_on, path, responsible, due, note)
    if not new:
        raise InputError("没有写要改什么。请写明处置路径、责任单位、完成时限或备注。")
    words = {"path": "处置路径", "responsible": "责任单位", "due": "完成时限", "note": "备注"}
    changed = [key for key in words if key in new and new[key] != getattr(case, key)]
    if not changed:
        raise InputError(f"第 {number} 号的内容与填写的相同，没有改动。请修改后再保存。")
    said = "，".join(f"{words[key]}：{new[key] or '清空'}" for key in changed)
    with ws.operation(f"退出转型第 {number} 号（{case.subject}）：{said}") as op:
        op.write("exit_case", {"id": number}, new)
    return exit_case(ws, number)


def close_exit_case(
    ws: Workspace,
    number: int,
    *,
    on: str,
    outcome: str,
    document: str,
    freed_land: float | None = None,
    freed_energy: float | None = None,
    freed_emission: float | None = None,
    people: float | None = None,
) -> ExitCase:
    """Strike a case off with its result; what was freed may stay unknown.

    Raises InputError where no way was chosen, steps are not done, result or document are
    missing, and for figures below zero.
    """
    case = live_case(ws, number)
    if case.path is None:
        raise InputError(f"“{case.subject}”还没有选定处置路径，不能销号。请先写明处置路径。")
    undone = [step for step in exit_steps(ws, number) if step.done_on is None]
    if undone:
        names = "、".join(step.what for step in undone[:3])
        raise InputError(
            f"“{case.subject}”还有 {len(undone)} 个步骤没有完成（{names}），不能销号。"
            "请先登记完成，或删除不再需要的步骤。"
        )
    for text, what in ((outcome, "处置结果"), (document, "销号依据文件")):
        if not text.strip():
            raise InputError(f"没有写“{case.subject}”的{what}。请补填后再销号。")
    day = _after(case, on, "销号日期")
    for step in exit_steps(ws, number):
        if step.done_on is not None and day < step.done_on:
            raise InputError(
                f"销号日期 {day} 早于步骤“{step.what}”的完成日期 {step.done_on}。请核对日期。"
            )
    new: Row = {
        "state": CaseState.CLOSED.value,
        "closed_on": day,
        "outcome": outcome.strip(),
        "document": document.strip(),
        "freed_land": freed_land,
        "freed_energy": freed_energy,
        "freed_emission": freed_emission,
        "people": people,
    }
    for key, label in FREED.items():
        value = new[key]
        if isinstance(value, float | int):
            if not math.isfinite(value) or value < 0:
                raise InputError(f"{label}应为 0 或正数，不是“{value:g}”。不清楚的请不填。")
            if key == "people" and value != int(value):
                raise InputError(f"{label}应为整数，不是“{value:g}”。请核对。")
            new[key] = float(value)
    with ws.operation(f"退出转型第 {number} 号（{case.subject}）销号：{outcome.strip()}") as op:
        op.write("exit_case", {"id": number}, new)
    return exit_case(ws, number)


def cancel_exit_case(ws: Workspace, number: int, *, on: str, reason: str) -> ExitCase:
    """Take a case out of what is to be done, with a reason; it stays in the ledger."""
    case = live_case(ws, number)
    if not reason.strip():
        raise InputError(f"没有写“{case.subject}”不再处置的理由。请写明理由。")
    day = _after(case, on, "日期")
    new: Row = {"state": CaseState.CANCELLED.value, "closed_on": day, "outcome": reason.strip()}
    with ws.operation(f"退出转型第 {number} 号（{case.subject}）不再处置：{reason.strip()}") as op:
        op.write("exit_case", {"id": number}, new)
    return exit_case(ws, number)


def reopen_exit_case(ws: Workspace, number: int, *, reason: str) -> ExitCase:
    """Take up a case again that was struck off or cancelled; its result is taken out."""
    case = exit_case(ws, number)
    if case.state.is_live:
        raise InputError(f"“{case.subject}”（第 {number} 号）没有销号，不需要恢复。")
    if not reason.strip():
        raise InputError(f"没有写恢复“{case.subject}”的理由。请写明理由。")
    state = CaseState.OPEN if case.path is None else CaseState.ACTING
    cleared: Row = dict.fromkeys(("closed_on", "outcome", "document", *FREED))
    with ws.operation(f"退出转型第 {number} 号（{case.subject}）恢复处置：{reason.strip()}") as op:
        op.write("exit_case", {"id": number}, {**cleared, "state": state.value})
    return exit_case(ws, number)


def _check_subject(ws: Workspace, name: str, kind: CaseKind, code: str, zone: str) -> None:
    """Refuse a wrong code, an unknown zone, and what has an open case already."""
    check_code(ws, code)
    check_zone(ws, zone)
    kinds = OF_ENTERPRISES if kind in OF_ENTERPRISES and code else (kind,)
    for case in exit_cases(ws, uscc=code or None):
        same = case.uscc is not None if code else case.uscc is None and case.subject == name
        if same and case.state.is_live and case.kind in kinds:
            raise InputError(
                f"“{name}”已在台账中（第 {case.id} 号），还没有销号。请在该事项下办理。"
            )


def _zone_of(ws: Workspace, code: str) -> str | None:
    """Return the zone that the newest data has an enterprise in."""
    row = ws.conn.execute(
        "SELECT v.text FROM dataset_value v JOIN dataset d ON d.id = v.dataset_id"
        " WHERE v.uscc = ? AND v.field = 'zone' AND NOT d.withdrawn"
        " ORDER BY d.year DESC, d.version DESC LIMIT 1",
        (code,),
    ).fetchone()
    return None if row is None else row[0]


def live_case(ws: Workspace, number: int) -> ExitCase:
    """Return a case; raise InputError where it is struck off or cancelled."""
    case = exit_case(ws, number)
    if not case.state.is_live:
        raise InputError(
            f"“{case.subject}”（第 {number} 号）{case.state.label}（{case.closed_on}），"
            "不能再改。确需继续办理的，请先恢复处置。"
        )
    return case


def _plan(
    opened_on: str,
    path: str | None,
    responsible: str | None,
    due: str | None,
    note: str | None,
) -> Row:
    new: Row = {}
    if path is not None:
        words = path.strip()
        if words and words not in PATHS:
            raise InputError(f"处置路径“{path}”无法识别，可选：{'、'.join(PATHS)}。")
        new["path"] = words or None
        new["state"] = (CaseState.ACTING if words else CaseState.OPEN).value
    if due is not None:
        day = str(iso_date(due, "完成时限")) if due.strip() else None
        if day is not None and day < opened_on:
            raise InputError(f"完成时限 {day} 早于立案日期 {opened_on}。请核对日期。")
        new["due"] = day
    for key, text in (("responsible", responsible), ("note", note)):
        if text is not None:
            new[key] = text.strip() or None
    return new


def _after(case: ExitCase, on: str, what: str) -> str:
    day = str(iso_date(on, what))
    if day < case.opened_on:
        raise InputError(f"{what} {day} 早于立案日期 {case.opened_on}。请核对日期。")
    return day
