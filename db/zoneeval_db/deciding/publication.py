"""Which runs are in force or were replaced, and that nothing published is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zoneeval.errors import WorkspaceError

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

IN_FORCE = (
    "EXISTS (SELECT 1 FROM adjudication a WHERE a.run_id = r.id AND a.status = 'published')"
    " AND NOT EXISTS (SELECT 1 FROM adjudication b WHERE b.supersedes = r.id"
    " AND b.status = 'published')"
)
"""Of a run ``r``: published, and no published run has taken its place."""


def in_force(ws: Workspace, year: int, zone: str | None) -> int | None:
    """Return the number of the published run in force of a year that covers a zone."""
    found = ws.conn.execute(
        f"SELECT r.id FROM run r WHERE r.year = ? AND (r.zone IS NULL OR r.zone = ?)"
        f" AND {IN_FORCE} ORDER BY r.id DESC LIMIT 1",
        (year, zone),
    ).fetchone()
    return None if found is None else int(found[0])


def is_published(ws: Workspace, run_id: int) -> bool:
    """Tell whether a run is published, in force or superseded since."""
    (found,) = ws.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM adjudication WHERE run_id = ? AND status = 'published')",
        (run_id,),
    ).fetchone()
    return bool(found)


def published_beside(ws: Workspace, run_id: int) -> list[int]:
    """Return the other runs in force of a run's year that share a zone with it."""
    found = ws.conn.execute(
        "SELECT r.id FROM run r JOIN run mine ON mine.id = ? WHERE r.id <> mine.id"
        " AND r.year = mine.year AND (r.zone IS NULL OR mine.zone IS NULL OR r.zone = mine.zone)"
        f" AND {IN_FORCE} ORDER BY r.id",
        (run_id,),
    )
    return [number for (number,) in found]


def replaced_by(ws: Workspace, run_id: int) -> int | None:
    """Return the run that was made from a run's data as an accepted objection corrected it."""
    found = ws.conn.execute(
        "SELECT new_run_id FROM objection WHERE run_id = ? AND decision = 'accepted'"
        " AND new_run_id IS NOT NULL",
        (run_id,),
    ).fetchone()
    return None if found is None else int(found[0])


def run_chain(ws: Workspace, run_id: int) -> list[int]:
    """Return the runs that accepted objections led from one to the next, up to this one."""
    chain = [run_id]
    while True:
        found = ws.conn.execute(
            "SELECT run_id FROM objection WHERE new_run_id = ? AND decision = 'accepted'",
            (chain[0],),
        ).fetchone()
        if found is None:
            return chain
        chain.insert(0, int(found[0]))


def superseded_by(ws: Workspace, run_id: int) -> int | None:
    """Return the published run that took the place of a published one, or None."""
    found = ws.conn.execute(
        "SELECT run_id FROM adjudication WHERE supersedes = ? AND status = 'published'", (run_id,)
    ).fetchone()
    return None if found is None else int(found[0])


_OF_A_RUN = ("adjudication", "objection", "grade_override")
GUARDED = (*_OF_A_RUN, "dataset")
"""The tables whose rows :func:`refuse_published` looks at."""
_OF_DATA = (
    "SELECT r.id FROM run r JOIN adjudication a ON a.run_id = r.id"
    " WHERE a.status = 'published' AND ? IN (r.dataset_id, r.previous_dataset_id) LIMIT 1"
)


def refuse_published(ws: Workspace, label: str, changes: Iterable[tuple[Any, ...]]) -> None:
    """Raise WorkspaceError where taking changes back would touch a published run.

    A change is (table, key as JSON, row before as JSON, row after as JSON).
    """
    for table, pk, before, after in changes:
        run_id = None
        if table == "dataset" and before is None:
            found = ws.conn.execute(_OF_DATA, (json.loads(pk)["id"],)).fetchone()
            run_id = None if found is None else found[0]
        elif table in _OF_A_RUN:
            row = {**json.loads(before or "{}"), **json.loads(after or "{}")}
            concerned = [row.get("run_id"), row.get("new_run_id")]
            run_id = next((n for n in concerned if n and is_published(ws, n)), None)
        if run_id is not None:
            raise WorkspaceError(
                f"“{label}”涉及已经发布的第 {run_id} 次评价，不能撤销。"
                "发布后的结果已锁定；确需变更的，请重新评价并登记接替原评价的理由。"
            )
