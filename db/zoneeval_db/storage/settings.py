"""The office's own settings in the workspace: from where on a check questions a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from zoneeval.model.thresholds import (
    Thresholds,
    check_threshold,
    shown,
    threshold_of,
    with_values,
)
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_PREFIX = "check."


def thresholds(ws: Workspace) -> Thresholds:
    """Return the limits of the checks: the stored ones, and the defaults for the rest."""
    found = ws.conn.execute(
        "SELECT key, value FROM setting WHERE key LIKE ?", (_PREFIX + "%",)
    ).fetchall()
    values: dict[str, float] = {}
    for key, words in found:
        number = codec.from_json(words)
        if isinstance(number, int | float):
            values[key.removeprefix(_PREFIX)] = float(number)
    return with_values(Thresholds(), values)


def set_thresholds(ws: Workspace, values: Mapping[str, float]) -> Thresholds:
    """Store some limits in one step that can be undone, and return all of them.

    Raises InputError for an unknown limit or one outside what makes sense.
    """
    before = asdict(thresholds(ws))
    changed: dict[str, float] = {}
    for key, value in values.items():
        check_threshold(threshold_of(key), value)
        if before[key] != value:
            changed[key] = float(value)
    if changed:
        words = "、".join(
            f"{threshold_of(key).label} {shown(threshold_of(key), value)}"
            for key, value in changed.items()
        )
        with ws.operation(f"设置核对门槛：{words}") as op:
            for key, value in changed.items():
                op.write("setting", {"key": _PREFIX + key}, {"value": codec.to_json(value)})
    return thresholds(ws)
