"""The office's own star ladders, kept in numbered versions that are drafts until confirmed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError, PolicyError
from zoneeval_db.storage import codec
from zoneeval_db.storage.lock import now
from zoneeval_db.storage.rule_versions import LONGEST, OwnRules, RuleVersion, Shelf

if TYPE_CHECKING:
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace

_SHELF = Shelf("ladder:", "星级阶梯")
_CONFIRMED = "ladder_confirmed:"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a version of an own ladder agrees with a document; ``document`` names it."""

    ref: str
    document: str
    confirmed_at: str


def own_ladders(ws: Workspace) -> list[OwnRules]:
    """Return the ladders of the workspace by id; what is not one is left out."""
    return _SHELF.held(ws)


def ladder_version(ws: Workspace, ref: str) -> RuleVersion | None:
    """Return the version that ``id`` (the newest) or ``id@number`` names, or None."""
    return _SHELF.version(ws, ref)


def find_ladder(ws: Workspace, ref: str | Path) -> Ladder:
    """Return an own ladder by id or id@number, else a shipped one or that of a file.

    Raises PolicyError where there is none, or it cannot be used.
    """
    from zoneeval.policy.loader import load_ladder, parse_ladder

    own = _SHELF.find(ws, str(ref), parse_ladder)
    if own is not None:
        return own
    return load_ladder(ref)


def ladders(ws: Workspace) -> list[Ladder]:
    """Return every ladder that can be chosen: own ones in their newest version, then shipped."""
    from zoneeval.policy.loader import list_ladders, parse_ladder

    return [*_SHELF.usable(ws, parse_ladder), *list_ladders()]


def save_ladder(ws: Workspace, text: str, note: str = "") -> RuleVersion:
    """Keep a ladder as a new version of its id, a draft, in one step that can be undone.

    Raises PolicyError where it has faults or its id is that of a shipped one.  A text
    that is the newest version already is not kept twice.
    """
    from zoneeval.policy.loader import parse_ladder, shipped

    if len(text) > LONGEST:
        raise PolicyError("阶梯文件超过 2 MB，不像是阶梯文件，没有保存。")
    ladder = parse_ladder(text)
    if ladder.id in shipped("ladders"):
        raise PolicyError(
            f"编号“{ladder.id}”是程序自带阶梯的编号，不能用来保存。请用“复制为新阶梯”，"
            "或把文件中的 id 改成别的编号。"
        )
    return _SHELF.keep(ws, ladder, text, note)


def delete_ladder(ws: Workspace, ladder_id: str) -> None:
    """Delete an own ladder with all its versions; raise InputError where there is none."""
    own = _SHELF.own(ws, ladder_id)
    if own is None:
        raise _unknown(ws, ladder_id)
    _SHELF.drop(ws, own)


def confirmed_ladders(ws: Workspace) -> dict[str, Confirmation]:
    """Return the confirmations by ``id@number``; every other version is a draft."""
    found = {}
    for key, words in ws.conn.execute(
        "SELECT key, value FROM setting WHERE key LIKE ? ESCAPE '!'",
        (_CONFIRMED.replace("_", "!_") + "%",),
    ):
        try:
            held = codec.from_json(words)
            ref = key.removeprefix(_CONFIRMED)
            found[ref] = Confirmation(ref, str(held["document"]), str(held["confirmed_at"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def confirm_ladder(ws: Workspace, ref: str, document: str) -> Confirmation:
    """Confirm that a version agrees with a document; it is no draft any more.

    Raises InputError where there is no such version, no document is named, or it
    holds illustrative figures.
    """
    held = ladder_version(ws, ref)
    if held is None:
        raise _unknown(ws, ref)
    words = document.strip()
    if not words:
        raise InputError("没有写明依据文件，不能确认。请写明文件名称和文号。")
    marked = sum(_illustrative(tomllib.loads(held.text)))
    if marked:
        raise InputError(
            f"“{held.title}”还有 {marked} 处示意数值，不能确认。"
            "请照文件填写，或写成“未知”，再保存为新版本。"
        )
    made = Confirmation(held.ref, words, now())
    with ws.operation(f"确认星级阶梯：{held.title}（第 {held.version} 版）") as op:
        value = {"document": made.document, "confirmed_at": made.confirmed_at}
        op.write("setting", {"key": _CONFIRMED + held.ref}, {"value": codec.to_json(value)})
    return made


def draft_warning(ws: Workspace, ref: str | Path) -> str:
    """Return the sentence on an own ladder that is still a draft, "" for any other."""
    held = ladder_version(ws, str(ref))
    if held is None or held.ref in confirmed_ladders(ws):
        return ""
    return f"“{held.title}”第 {held.version} 版是尚未确认的草稿，结果只供参考。"


def _illustrative(data: Any) -> Iterator[bool]:
    if isinstance(data, dict):
        yield data.get("illustrative") is True or data.get("status") == "illustrative"
        for value in data.values():
            yield from _illustrative(value)
    elif isinstance(data, list):
        for value in data:
            yield from _illustrative(value)


def _unknown(ws: Workspace, ref: str) -> InputError:
    known = "、".join(one.newest.ref for one in own_ladders(ws)) or "还没有"
    return InputError(f"工作文件中没有“{ref}”这个自有阶梯。已有的：{known}。")
