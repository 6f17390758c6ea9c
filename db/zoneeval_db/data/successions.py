"""Renames, mergers and new codes: recorded once, followed wherever history is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault, normalise_code
from zoneeval.model.merging import (
    SUCCESSION_WORDS,
    Merging,
    Succession,
    SuccessionKind,
    Successor,
    by_old,
    successor,
)
from zoneeval_db.data.aliases import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zoneeval_db.storage.workspace import Workspace


def successions(ws: Workspace) -> list[Succession]:
    """Return what was recorded, by the code given up."""
    found = ws.conn.execute(
        "SELECT old_uscc, new_uscc, kind, effective_on, document, note FROM succession"
        " ORDER BY old_uscc"
    )
    return [Succession(*row) for row in found]


def record_succession(
    ws: Workspace,
    old: str,
    new: str,
    kind: str,
    effective_on: str | None = None,
    document: str = "",
    note: str = "",
) -> Succession:
    """Record that ``old`` is read as ``new`` from the year of ``effective_on`` (ISO) on.

    Raises InputError for a wrong code, kind or date, the same code twice, a code that was
    given up already, and a chain that would lead back to itself.
    """
    before, after = normalise_code(old), normalise_code(new)
    if kind not in get_args(SuccessionKind):
        words = "、".join(f"{k}（{w}）" for k, w in SUCCESSION_WORDS.items())
        raise InputError(f"变更种类“{kind}”无法识别，可选：{words}。")
    fault = credit_code_fault(after)
    if fault:
        raise InputError(f"新的统一社会信用代码“{new}”有误：{fault}。请按营业执照核对。")
    if not before:
        raise InputError("没有写原来的统一社会信用代码。请补填。")
    if before == after:
        raise InputError(
            "原代码和新代码相同，不需要登记。只更改名称的，新名称会随企业名录更新；"
            "表中仍用旧名称的，请记住企业名称的对应关系。"
        )
    day = _day(effective_on)
    held = by_old(successions(ws))
    if before in held:
        raise InputError(
            f"“{before}”已经登记为由“{held[before].new}”承接。如有错误，请先撤销原来的登记。"
        )
    seen = after
    while seen in held:
        seen = held[seen].new
        if seen == before:
            raise InputError(
                f"“{after}”已经登记为由“{before}”承接（直接或辗转），再登记会成为循环。请核对方向。"
            )
    word = next(w for k, w in SUCCESSION_WORDS.items() if k == kind)
    with ws.operation(f"登记{word}：{name_of(ws, before)} → {name_of(ws, after)}") as op:
        op.write(
            "succession",
            {"old_uscc": before},
            {
                "new_uscc": after,
                "kind": kind,
                "effective_on": day,
                "document": document or None,
                "note": note or None,
            },
        )
    return by_old(successions(ws))[before]


def remove_succession(ws: Workspace, old: str) -> None:
    """Take a record back; raise InputError where there is none."""
    before = normalise_code(old)
    if before not in by_old(successions(ws)):
        raise InputError(f"没有登记过“{old}”的变更。请查看已有的登记。")
    with ws.operation(f"取消{name_of(ws, before)}的变更登记") as op:
        op.write("succession", {"old_uscc": before}, None)


def newest_codes(ws: Workspace) -> dict[str, str]:
    """Return, for every code given up, the code at the end of its chain."""
    held = by_old(successions(ws))
    return {old: successor(old, None, _always(held)) for old in held}


def _always(held: Mapping[str, Succession]) -> dict[str, Succession]:
    return {
        old: Succession(old, step.new, step.kind, None, step.document, step.note)
        for old, step in held.items()
    }


def successors_in(ws: Workspace, year: int, codes: Iterable[str]) -> tuple[Successor, ...]:
    """Return which of the codes in a year's data are read as another one."""
    held = by_old(successions(ws))
    if not held:
        return ()
    out = []
    for code in sorted(set(codes) & held.keys()):
        new = successor(code, year, held)
        if new != code:
            out.append(Successor(code, new, held[code].kind))
    return tuple(out)


def predecessors(merging: Merging, code: str) -> list[str]:
    """Return the codes that a run has read as ``code``."""
    return [step.old for step in merging.successors if step.new == code]


def _day(text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise InputError(
            f"生效日期“{text}”不是日期。请按 2024-05-31 的格式填写，不确定的留空。"
        ) from None
