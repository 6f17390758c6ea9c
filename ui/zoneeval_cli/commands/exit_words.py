"""How a case of the ledger is named and shown by the commands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError
from zoneeval.model.exits import CaseKind, CaseState
from zoneeval_cli import output
from zoneeval_cli.options import number_of

if TYPE_CHECKING:
    from zoneeval.model.exits import CaseFigures, ExitCase
    from zoneeval_db.operations import Workspace

number_argument = click.argument("number", metavar="N", type=number_of)


def today() -> str:
    """Return today's date, for what has no date written."""
    return date.today().isoformat()


def kind_of(text: str) -> CaseKind:
    """Return the kind of a word or identifier; raise InputError for another one."""
    for kind in CaseKind:
        if text.strip() in (kind.value, kind.label):
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in CaseKind)
    raise InputError(f"事由“{text}”无法识别，可选：{known}。")


def state_of(text: str) -> CaseState:
    """Return the state of a word or identifier; raise InputError for another one."""
    for state in CaseState:
        if text.strip() in (state.value, state.label):
            return state
    known = "、".join(f"{state.value}（{state.label}）" for state in CaseState)
    raise InputError(f"状态“{text}”无法识别，可选：{known}。")


def case_json(case: ExitCase, figures: CaseFigures) -> dict[str, object]:
    """Return a case in the shape of the contract."""
    return {
        "id": case.id,
        "uscc": case.uscc,
        "name": case.subject,
        "zone": case.zone,
        "kind": case.kind.value,
        "opened_by_run": case.opened_by_run,
        "runs": list(case.runs),
        "opened_on": case.opened_on,
        "reasons": list(case.reasons),
        "path": case.path,
        "responsible": case.responsible,
        "state": case.state.value,
        "due": case.due,
        "land_area": figures.land_area,
        "energy_use": figures.energy_use,
        "closed_on": case.closed_on,
        "outcome": case.outcome,
        "document": case.document,
        "freed_land": case.freed_land,
        "freed_energy": case.freed_energy,
        "freed_emission": case.freed_emission,
        "people": case.people,
        "note": case.note,
    }


def tell(ws: Workspace, case: ExitCase, as_json: bool, what: str) -> None:
    """Write a case and its steps."""
    from zoneeval_db import operations

    figures = operations.case_figures(ws, [case])[case.id]
    steps = operations.case_plan(ws, case.id)
    if as_json:
        plan = [
            {
                "id": step.id,
                "what": step.what,
                "responsible": step.responsible,
                "due": step.due,
                "done_on": step.done_on,
                "evidence": step.evidence,
            }
            for step in steps
        ]
        output.print_json({**case_json(case, figures), "steps": plan})
        return
    if what:
        output.say(f"第 {case.id} 号“{case.subject}”{what}。")
    said = (
        ("事由", case.kind.label),
        ("状态", case.state.label),
        ("处置路径", case.path),
        ("责任单位", case.responsible),
        ("完成时限", case.due),
        ("用地", f"{output.number(figures.land_area)} 亩"),
        ("结果", case.outcome),
    )
    output.say("；".join(f"{label}：{text or output.MISSING}" for label, text in said))
    for reason in case.reasons:
        output.say(f"原因：{reason}")
    for step in steps:
        done = f"{step.done_on} 完成（{step.evidence}）" if step.done_on else "未完成"
        due = f"，时限 {step.due}" if step.due else ""
        output.say(f"步骤 {step.id}：{step.what}{due}，{done}")
