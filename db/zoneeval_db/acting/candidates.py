"""Candidates for 智能化改造, and the condition that the office sets for the second class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.evaluating.exporting import run_header
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.engine.acting.candidates import Candidate
    from zoneeval_db.storage.workspace import Workspace

_KEY = "exit.upgrade_condition"


def upgrade_condition(ws: Workspace) -> str:
    """Return the condition for the class next to the best; "" where none is set."""
    row = ws.conn.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    return "" if row is None else str(codec.from_json(row[0]))


def set_upgrade_condition(ws: Workspace, condition: str) -> str:
    """Set the condition, a formula over fields such as ``revenue >= 5000``; "" takes it out."""
    from zoneeval.engine.acting.candidates import checked_condition
    from zoneeval.expressions.wording import worded

    words = checked_condition(condition)
    label = f"设置智能化改造备选条件：{worded(words)}" if words else "取消智能化改造备选条件"
    with ws.operation(label) as op:
        op.write("setting", {"key": _KEY}, {"value": codec.to_json(words)})
    return words


def upgrade_candidates(ws: Workspace, run_id: int | None = None) -> list[Candidate]:
    """Return the candidates of a run (None: the one of the lists), by the final classes."""
    from zoneeval.engine.acting.candidates import upgrade_candidates as find

    run = final_run(ws, run_id)
    return find(run.policy, run.evaluation, run.dataset, upgrade_condition(ws))


def export_candidates(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the candidates of a run."""
    from zoneeval.report.acting.candidates import write_candidates

    run = final_run(ws, run_id)
    found = upgrade_candidates(ws, run.info.id)
    write_candidates(out, run_header(ws, run.info), run.policy, found, upgrade_condition(ws))
    return [out]
