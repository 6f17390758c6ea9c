"""The office's own policies, kept in the workspace in numbered versions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, PolicyError
from zoneeval_db import codec
from zoneeval_db.lock import now

if TYPE_CHECKING:
    from zoneeval.policy.schema import Policy
    from zoneeval_db.workspace import Workspace

_PREFIX = "policy:"
_LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One saved version of an own policy."""

    id: str
    version: int
    title: str
    text: str
    created_at: str
    note: str

    @property
    def ref(self) -> str:
        """Return what names this version: id@number."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """An own policy with its versions, the newest first."""

    id: str
    versions: tuple[PolicyVersion, ...]

    @property
    def newest(self) -> PolicyVersion:
        """Return the version that evaluations take."""
        return self.versions[0]


def own_policies(ws: Workspace) -> list[OwnPolicy]:
    """Return the policies of the workspace by id; what is not one is left out."""
    found: dict[str, list[PolicyVersion]] = {}
    for key, words in ws.conn.execute(
        "SELECT key, value FROM setting WHERE key LIKE ?", (_PREFIX + "%",)
    ):
        policy_id, _, number = key.removeprefix(_PREFIX).rpartition("@")
        try:
            held = codec.from_json(words)
            text = str(held["text"])
            title = str(tomllib.loads(text).get("title", policy_id))
            version = PolicyVersion(
                policy_id, int(number), title, text, str(held["created_at"]), str(held["note"])
            )
        except (ValueError, KeyError, TypeError):
            continue
        found.setdefault(policy_id, []).append(version)
    return [
        OwnPolicy(key, tuple(sorted(found[key], key=lambda v: -v.version))) for key in sorted(found)
    ]


def policy_version(ws: Workspace, ref: str) -> PolicyVersion | None:
    """Return the version that ``id`` (the newest) or ``id@number`` names, or None."""
    policy_id, _, number = ref.partition("@")
    for own in own_policies(ws):
        if own.id == policy_id:
            if not number:
                return own.newest
            return next((v for v in own.versions if str(v.version) == number), None)
    return None


def find_policy(ws: Workspace, ref: str | Path) -> Policy:
    """Return an own policy by id or id@number, else a shipped one or that of a file.

    Raises PolicyError where there is none, or it cannot be used.
    """
    from zoneeval.policy.loader import load_policy, parse_policy

    held = policy_version(ws, str(ref))
    if held is not None:
        return parse_policy(held.text, f"{held.title}（第 {held.version} 版）")
    own = next((one for one in own_policies(ws) if one.id == str(ref).partition("@")[0]), None)
    if own is not None:
        known = "、".join(str(version.version) for version in own.versions)
        raise PolicyError(f"自有办法“{own.id}”没有这一版。已有的版本：{known}。")
    return load_policy(ref)


def policies(ws: Workspace) -> list[Policy]:
    """Return every policy that can be chosen: own ones in their newest version, then shipped."""
    from zoneeval.policy.loader import list_policies, parse_policy

    own = []
    for held in own_policies(ws):
        try:
            own.append(parse_policy(held.newest.text, held.newest.title))
        except PolicyError:
            continue  # written by a newer program: it is listed on the page, with its faults
    return [*own, *list_policies()]


def save_policy(ws: Workspace, text: str, note: str = "") -> PolicyVersion:
    """Keep a policy as a new version of its id, in one step that can be undone.

    Raises PolicyError where it has faults or its id is that of a shipped one.  A text
    that is the newest version already is not kept twice.
    """
    from zoneeval.policy.loader import parse_policy, shipped

    if len(text) > _LONGEST:
        raise PolicyError("办法文件超过 2 MB，不像是办法文件，没有保存。")
    policy = parse_policy(text)
    if policy.id in shipped("packs"):
        raise PolicyError(
            f"编号“{policy.id}”是程序自带办法的编号，不能用来保存。请用“复制为新办法”，"
            "或把文件中的 id 改成别的编号。"
        )
    before = policy_version(ws, policy.id)
    if before is not None and before.text == text:
        return before
    made = PolicyVersion(
        policy.id, _next_number(ws, policy.id), policy.title, text, now(), note.strip()
    )
    with ws.operation(f"保存办法：{policy.title}（第 {made.version} 版）") as op:
        op.write("setting", {"key": _PREFIX + made.ref}, {"value": codec.to_json(_held(made))})
    return made


def delete_policy(ws: Workspace, policy_id: str) -> None:
    """Delete an own policy with all its versions; evaluations made with it stay.

    Raises InputError where there is none of that id.
    """
    own = next((one for one in own_policies(ws) if one.id == policy_id), None)
    if own is None:
        known = "、".join(one.id for one in own_policies(ws)) or "还没有"
        raise InputError(f"工作文件中没有编号为“{policy_id}”的自有办法。已有的：{known}。")
    with ws.operation(f"删除办法：{own.newest.title}") as op:
        for version in own.versions:
            op.write("setting", {"key": _PREFIX + version.ref}, None)


def _held(version: PolicyVersion) -> Mapping[str, str]:
    return {"text": version.text, "created_at": version.created_at, "note": version.note}


def _next_number(ws: Workspace, policy_id: str) -> int:
    """Return a number that no version of that id ever had, also none that was deleted."""
    numbers = [0]
    for (pk,) in ws.conn.execute(
        "SELECT DISTINCT pk FROM change WHERE table_name = 'setting' AND pk LIKE ?",
        (f"%{_PREFIX}{policy_id}@%",),
    ):
        number = str(codec.from_json(pk)["key"]).rpartition("@")[2]
        numbers.append(int(number) if number.isdigit() else 0)
    return max(numbers) + 1
