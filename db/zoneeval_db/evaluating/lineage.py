"""Policies that take over from one another, so that years in a class count on."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from zoneeval.errors import PolicyError
from zoneeval_db.evaluating.policies import policy_version

if TYPE_CHECKING:
    from zoneeval.policy.schema import Policy
    from zoneeval_db.storage.workspace import Workspace


def lineage(ws: Workspace, policy_id: str, continues: str | None) -> tuple[str, ...]:
    """Return the ids of a policy and of all that it continues, the newest first.

    An earlier policy is read as the office keeps it, else as shipped, else as it was
    when last evaluated with; where none of these is there, the line ends with its id.
    """
    line = [policy_id]
    while continues and continues not in line:
        line.append(continues)
        continues = _continued(_text(ws, continues))
    return tuple(line)


def run_lineage(ws: Workspace, policy_id: str, fingerprint: str) -> tuple[str, ...]:
    """Return the ids whose earlier runs count on for a run made with a stored policy."""
    (text,) = ws.conn.execute(
        "SELECT text FROM policy WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    return lineage(ws, policy_id, _continued(text))


def check_continues(ws: Workspace, policy: Policy) -> None:
    """Raise PolicyError where a policy continues one that is not known, or itself by a detour."""
    earlier = policy.continues
    if earlier is None:
        return
    if _text(ws, earlier) is None:
        raise PolicyError(
            f"continues 写的“{earlier}”不是程序自带的办法，也不在本工作文件中，没有保存。"
            "请核对编号，或先导入那份办法；不接续以前的办法，就删去 continues 这一行。"
        )
    line = lineage(ws, earlier, _continued(_text(ws, earlier)))
    if policy.id in line:
        way = "→".join([policy.id, *line[: line.index(policy.id) + 1]])
        raise PolicyError(
            f"continues 绕了一圈又回到“{policy.id}”（{way}），没有保存。"
            "请写更早的一份办法的编号，或删去 continues 这一行。"
        )


def _text(ws: Workspace, policy_id: str) -> str | None:
    from zoneeval.policy.loader import load_policy, shipped

    held = policy_version(ws, policy_id)
    if held is not None:
        return held.text
    if policy_id in shipped("packs"):
        return load_policy(policy_id).text
    found = ws.conn.execute(
        "SELECT text FROM policy WHERE policy_id = ? ORDER BY rowid DESC LIMIT 1", (policy_id,)
    ).fetchone()
    return found[0] if found else None


def _continued(text: str | None) -> str | None:
    """Return what a policy's text continues; None also where it cannot be read."""
    try:
        found = tomllib.loads(text or "").get("continues")
    except tomllib.TOMLDecodeError:
        return None
    return found if isinstance(found, str) else None
