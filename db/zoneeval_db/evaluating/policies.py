"""The office's own policies, kept in the workspace in numbered versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, PolicyError
from zoneeval_db.storage.rule_versions import LONGEST, OwnRules, RuleVersion, Shelf

if TYPE_CHECKING:
    from zoneeval.policy.schema import Policy
    from zoneeval_db.storage.workspace import Workspace

PolicyVersion = RuleVersion
OwnPolicy = OwnRules
_SHELF = Shelf("policy:", "办法")


def own_policies(ws: Workspace) -> list[OwnPolicy]:
    """Return the policies of the workspace by id; what is not one is left out."""
    return _SHELF.held(ws)


def policy_version(ws: Workspace, ref: str) -> PolicyVersion | None:
    """Return the version that ``id`` (the newest) or ``id@number`` names, or None."""
    return _SHELF.version(ws, ref)


def find_policy(ws: Workspace, ref: str | Path) -> Policy:
    """Return an own policy by id or id@number, else a shipped one or that of a file.

    Raises PolicyError where there is none, or it cannot be used.
    """
    from zoneeval.policy.loader import load_policy, parse_policy

    own = _SHELF.find(ws, str(ref), parse_policy)
    if own is not None:
        return own
    return load_policy(ref)


def policies(ws: Workspace) -> list[Policy]:
    """Return every policy that can be chosen: own ones in their newest version, then shipped."""
    from zoneeval.policy.loader import list_policies, parse_policy

    return [*_SHELF.usable(ws, parse_policy), *list_policies()]


def save_policy(ws: Workspace, text: str, note: str = "") -> PolicyVersion:
    """Keep a policy as a new version of its id, in one step that can be undone.

    Raises PolicyError where it has faults, its id is that of a shipped one, or it
    continues a policy that nobody knows.  A text
    that is the newest version already is not kept twice.
    """
    from zoneeval.policy.loader import parse_policy, shipped
    from zoneeval_db.evaluating.lineage import check_continues

    if len(text) > LONGEST:
        raise PolicyError("办法文件超过 2 MB，不像是办法文件，没有保存。")
    policy = parse_policy(text)
    if policy.id in shipped("packs"):
        raise PolicyError(
            f"编号“{policy.id}”是程序自带办法的编号，不能用来保存。请用“复制为新办法”，"
            "或把文件中的 id 改成别的编号。"
        )
    check_continues(ws, policy)
    return _SHELF.keep(ws, policy, text, note)


def delete_policy(ws: Workspace, policy_id: str) -> None:
    """Delete an own policy with all its versions; evaluations made with it stay.

    Raises InputError where there is none of that id.
    """
    own = _SHELF.own(ws, policy_id)
    if own is None:
        known = "、".join(one.id for one in own_policies(ws)) or "还没有"
        raise InputError(f"工作文件中没有编号为“{policy_id}”的自有办法。已有的：{known}。")
    _SHELF.drop(ws, own)
