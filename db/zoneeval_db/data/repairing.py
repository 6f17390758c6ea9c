"""The log of repairs that were carried out on what was imported."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zoneeval.model.repair import CHANGE_KINDS, AppliedRepair

if TYPE_CHECKING:
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace


def repairs_label(repaired: Sequence[AppliedRepair]) -> str:
    """Return what the operation says of them: ，修正 3 处（补填信用代码 3）."""
    if not repaired:
        return ""
    counts = Counter(repair.kind for repair in repaired)
    words = "、".join(f"{CHANGE_KINDS[kind]} {n}" for kind, n in counts.items())
    return f"，修正 {len(repaired)} 处（{words}）"


def store_repairs(op: Operation, repaired: Sequence[AppliedRepair]) -> None:
    """Record each repair with the operation that imported the mended cells."""
    for repair in repaired:
        op.log(
            "repair",
            {
                "file": repair.file,
                "sheet": repair.sheet,
                "row": repair.row,
                "column": repair.column,
            },
            {"value": repair.before},
            {
                "kind": repair.kind,
                "code": repair.code,
                "message": repair.message,
                "value": repair.after,
            },
        )


def repairs_of(ws: Workspace, operation_id: int) -> list[AppliedRepair]:
    """Return the repairs of an import, in the order they were carried out."""
    found = ws.conn.execute(
        "SELECT pk, before, after FROM change WHERE operation_id = ? AND table_name = 'repair'"
        " ORDER BY id",
        (operation_id,),
    )
    out = []
    for place, before, after in found:
        at, done = json.loads(place), json.loads(after)
        out.append(
            AppliedRepair(
                done["kind"],
                done["code"],
                done["message"],
                at["file"],
                at["sheet"],
                at["row"],
                at["column"],
                json.loads(before)["value"],
                done.get("value"),
            )
        )
    return out
