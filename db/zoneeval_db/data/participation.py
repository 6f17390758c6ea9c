"""Decisions made by hand about who takes part: one per enterprise and year, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault
from zoneeval.model.inputs import (
    DECISION_WORDS,
    Decision,
    EvaluationInputs,
    ParticipationDecision,
)
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.records import DecisionRow
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace


def participation_decisions(ws: Workspace, year: int) -> list[ParticipationDecision]:
    """Return the decisions of a year, by credit code."""
    found = ws.conn.execute(
        "SELECT uscc, decision, reason, document FROM participation_decision"
        " WHERE year = ? ORDER BY uscc",
        (year,),
    )
    return [ParticipationDecision(*row) for row in found]


def set_participation(
    ws: Workspace,
    year: int,
    uscc: str,
    decision: Decision | None,
    reason: str = "",
    document: str = "",
) -> None:
    """Decide that an enterprise takes part or not in a year; None takes the decision back.

    Raises InputError where the reason is missing, or the enterprise is not known.
    """
    code = uscc.strip().upper()
    name = _name(ws, code)
    if decision is None:
        label = f"取消{name} {year} 年的人工参评决定"
    elif decision not in get_args(Decision):
        raise InputError(f"参评决定“{decision}”无法识别，可选：in（参评）、out（不参评）。")
    elif not reason.strip():
        raise InputError("没有写理由。人工决定参评或不参评时必须写明理由，请补填。")
    else:
        label = f"决定{name} {year} 年{DECISION_WORDS[decision]}"
    with ws.operation(label, kind="edit") as op:
        _write(ws, op, year, code, decision, reason, document)


def _name(ws: Workspace, code: str) -> str:
    row = ws.conn.execute("SELECT name FROM enterprise WHERE uscc = ?", (code,)).fetchone()
    if row is None:
        fault = credit_code_fault(code)
        why = f"（{fault}）" if fault else ""
        raise InputError(
            f"工作文件中没有信用代码为“{code}”的企业{why}。请核对信用代码，或先导入企业名录。"
        )
    return str(row[0] or code)


def _write(
    ws: Workspace,
    op: Operation,
    year: int,
    uscc: str,
    decision: Decision | None,
    reason: str,
    document: str | None,
) -> None:
    new: Mapping[str, str | None] | None = None
    if decision is not None:
        new = {
            "decision": decision,
            "reason": reason.strip(),
            "document": codec.text(document.strip() if document else None) or None,
        }
    op.write("participation_decision", {"year": year, "uscc": uscc}, new)


def store_decisions(ws: Workspace, op: Operation, rows: Iterable[DecisionRow]) -> None:
    """Store the decisions of an imported 参评名单; a newer one replaces that of before."""
    for row in rows:
        _write(ws, op, row.year, row.uscc, row.decision, row.reason, row.document)


def inputs_of(ws: Workspace, year: int, dataset: Dataset) -> EvaluationInputs:
    """Return what was decided by hand about the enterprises of a dataset."""
    mine = {code for code in dataset.text("uscc") if code}
    return EvaluationInputs(
        tuple(made for made in participation_decisions(ws, year) if made.uscc in mine)
    )
