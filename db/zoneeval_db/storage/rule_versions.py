"""Rule files that the office keeps in the workspace, in numbered versions.

Policies and tariffs are kept alike, under settings with a prefix of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zoneeval.errors import PolicyError
from zoneeval_db.storage import codec
from zoneeval_db.storage.lock import now

if TYPE_CHECKING:
    from zoneeval.policy.citations import RuleFile
    from zoneeval_db.storage.workspace import Workspace

LONGEST = 2_000_000
Rules = TypeVar("Rules")


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One saved version of an own rule file."""

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
class OwnRules:
    """An own rule file with its versions, the newest first."""

    id: str
    versions: tuple[RuleVersion, ...]

    @property
    def newest(self) -> RuleVersion:
        """Return the version that counts where none is named."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one kind of rule file is kept: the prefix of its settings, and its name."""

    prefix: str
    word: str

    def held(self, ws: Workspace) -> list[OwnRules]:
        """Return what is kept, by id; what is no rule file is left out."""
        found: dict[str, list[RuleVersion]] = {}
        for key, words in ws.conn.execute(
            "SELECT key, value FROM setting WHERE key LIKE ?", (self.prefix + "%",)
        ):
            rule_id, _, number = key.removeprefix(self.prefix).rpartition("@")
            try:
                held = codec.from_json(words)
                text = str(held["text"])
                title = str(tomllib.loads(text).get("title", rule_id))
                version = RuleVersion(
                    rule_id, int(number), title, text, str(held["created_at"]), str(held["note"])
                )
            except (ValueError, KeyError, TypeError):
                continue
            found.setdefault(rule_id, []).append(version)
        return [
            OwnRules(key, tuple(sorted(found[key], key=lambda v: -v.version)))
            for key in sorted(found)
        ]

    def own(self, ws: Workspace, rule_id: str) -> OwnRules | None:
        """Return the versions of one id, or None."""
        return next((one for one in self.held(ws) if one.id == rule_id), None)

    def version(self, ws: Workspace, ref: str) -> RuleVersion | None:
        """Return the version that ``id`` (the newest) or ``id@number`` names, or None."""
        rule_id, _, number = ref.partition("@")
        own = self.own(ws, rule_id)
        if own is None or not number:
            return None if own is None else own.newest
        return next((v for v in own.versions if str(v.version) == number), None)

    def find(self, ws: Workspace, ref: str, parse: Callable[[str, str], Rules]) -> Rules | None:
        """Return what :meth:`version` names, parsed, or None where nothing of that id is kept.

        Raises PolicyError where the id is kept but not in that version, or it has faults.
        """
        held = self.version(ws, ref)
        if held is not None:
            return parse(held.text, f"{held.title}（第 {held.version} 版）")
        own = self.own(ws, ref.partition("@")[0])
        if own is None:
            return None
        known = "、".join(str(version.version) for version in own.versions)
        raise PolicyError(f"自有{self.word}“{own.id}”没有这一版。已有的版本：{known}。")

    def usable(self, ws: Workspace, parse: Callable[[str, str], Rules]) -> list[Rules]:
        """Return the newest version of each id; one that a newer program wrote is left out."""
        found = []
        for own in self.held(ws):
            try:
                found.append(parse(own.newest.text, own.newest.title))
            except PolicyError:
                continue
        return found

    def keep(self, ws: Workspace, rules: RuleFile, text: str, note: str) -> RuleVersion:
        """Keep a text as a new version, in one step that can be undone.

        A text that is the newest version already is not kept twice.
        """
        before = self.version(ws, rules.id)
        if before is not None and before.text == text:
            return before
        made = RuleVersion(
            rules.id, self._next_number(ws, rules.id), rules.title, text, now(), note.strip()
        )
        with ws.operation(f"保存{self.word}：{rules.title}（第 {made.version} 版）") as op:
            op.write("setting", {"key": self.prefix + made.ref}, {"value": _held(made)})
        return made

    def drop(self, ws: Workspace, own: OwnRules) -> None:
        """Delete all versions of an id, in one step that can be undone."""
        with ws.operation(f"删除{self.word}：{own.newest.title}") as op:
            for version in own.versions:
                op.write("setting", {"key": self.prefix + version.ref}, None)

    def _next_number(self, ws: Workspace, rule_id: str) -> int:
        """Return a number that no version of that id ever had, also none that was deleted."""
        numbers = [0]
        for (pk,) in ws.conn.execute(
            "SELECT DISTINCT pk FROM change WHERE table_name = 'setting' AND pk LIKE ?",
            (f"%{self.prefix}{rule_id}@%",),
        ):
            number = str(codec.from_json(pk)["key"]).rpartition("@")[2]
            numbers.append(int(number) if number.isdigit() else 0)
        return max(numbers) + 1


def _held(version: RuleVersion) -> str:
    kept: Mapping[str, str] = {
        "text": version.text,
        "created_at": version.created_at,
        "note": version.note,
    }
    return codec.to_json(kept)
