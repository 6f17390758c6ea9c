"""Classes changed by hand: one per enterprise of a run, with reason, document, approver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.model.adjudication import GradeOverride

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace


def overrides(ws: Workspace, run_id: int) -> list[GradeOverride]:
    """Return the overrides of a run, by credit code."""
    found = ws.conn.execute(
        "SELECT run_id, uscc, grade, reason, document, approver, decided_on"
        " FROM grade_override WHERE run_id = ? ORDER BY uscc",
        (run_id,),
    )
    return [GradeOverride(*row) for row in found]


def override_grades(ws: Workspace, run_id: int) -> dict[str, str]:
    """Return the classes given by hand, by credit code."""
    return {made.uscc: made.grade for made in overrides(ws, run_id)}
