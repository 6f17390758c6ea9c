"""Decisions about names, old organisation codes and account numbers, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault, normalise_code
from zoneeval.model.matching import ALIAS_WORDS, NOT_OURS, AliasKind

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Alias:
    """``alias`` means the enterprise ``uscc``; "" there says that it is nobody's."""

    kind: AliasKind
    alias: str
    uscc: str
    name: str | None = None
    note: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the decision in the shape of the command line's contract."""
        return {
            "kind": self.kind,
            "alias": self.alias,
            "uscc": self.uscc or None,
            "name": self.name,
            "note": self.note,
        }


def aliases(ws: Workspace) -> list[Alias]:
    """Return every decision, by kind and alias."""
    found = ws.conn.execute(
        "SELECT a.kind, a.alias, a.uscc, e.name, a.note FROM enterprise_alias a"
        " LEFT JOIN enterprise e ON e.uscc = a.uscc ORDER BY a.kind, a.alias"
    )
    return [Alias(*row) for row in found]


def remember_alias(ws: Workspace, kind: str, alias: str, uscc: str, note: str = "") -> Alias:
    """Remember which enterprise an alias means (``uscc`` "": none of them).

    A later decision replaces that of before.  Raises InputError for an unknown kind, an
    empty alias, or a credit code that is wrong.
    """
    key, word = _key(kind, alias)
    code = normalise_code(uscc) if uscc else NOT_OURS
    fault = credit_code_fault(code) if code else None
    if fault and not _known(ws, code):
        raise InputError(f"统一社会信用代码“{uscc}”有误：{fault}。请核对后重试。")
    whom = name_of(ws, code) if code else "都不是"
    with ws.operation(f"记住{word}“{alias.strip()}”对应{whom}") as op:
        op.write("enterprise_alias", {"kind": kind, "alias": key}, {"uscc": code, "note": note})
    return next(a for a in aliases(ws) if (a.kind, a.alias) == (kind, key))


def forget_alias(ws: Workspace, kind: str, alias: str) -> None:
    """Forget a decision; raise InputError where there is none."""
    key, word = _key(kind, alias)
    if not any((a.kind, a.alias) == (kind, key) for a in aliases(ws)):
        raise InputError(f"没有记住过{word}“{alias}”的对应关系。请查看已有的对应关系。")
    with ws.operation(f"不再记住{word}“{alias.strip()}”的对应关系") as op:
        op.write("enterprise_alias", {"kind": kind, "alias": key}, None)


def alias_map(ws: Workspace) -> dict[tuple[str, str], str]:
    """Return the decisions as an import takes them."""
    return {
        (kind, alias): uscc
        for kind, alias, uscc in ws.conn.execute("SELECT kind, alias, uscc FROM enterprise_alias")
    }


def known_accounts(ws: Workspace) -> dict[str, str]:
    """Return the account numbers of all data that stand, each with its newest enterprise.

    An account that two enterprises share in its newest version is left out.
    """
    found = ws.conn.execute(
        "SELECT m.account, m.uscc, d.year, d.version FROM meter m JOIN dataset d"
        " ON d.id = m.dataset_id WHERE NOT d.withdrawn ORDER BY d.year, d.version"
    )
    newest: dict[str, tuple[tuple[int, int], set[str]]] = {}
    for account, code, year, version in found:
        when, codes = newest.get(account, ((0, 0), set()))
        newest[account] = ((year, version), codes | {code} if when == (year, version) else {code})
    return {a: next(iter(codes)) for a, (_, codes) in newest.items() if len(codes) == 1}


def name_of(ws: Workspace, code: str) -> str:
    """Return the newest name of an enterprise, or its code."""
    row = ws.conn.execute("SELECT name FROM enterprise WHERE uscc = ?", (code,)).fetchone()
    return str(row[0]) if row and row[0] else code


def _known(ws: Workspace, code: str) -> bool:
    sql = "SELECT 1 FROM enterprise WHERE uscc = ?"
    return ws.conn.execute(sql, (code,)).fetchone() is not None


def _key(kind: str, alias: str) -> tuple[str, str]:
    from zoneeval.intake.matching import alias_key

    if kind not in get_args(AliasKind):
        raise InputError(
            f"对应关系的种类“{kind}”无法识别，可选："
            + "、".join(f"{key}（{word}）" for key, word in ALIAS_WORDS.items())
            + "。"
        )
    key = alias_key(kind, alias)
    if not key:
        raise InputError("没有写名称或号码。请写表中出现的企业名称、组织机构代码或户号。")
    return key, next(word for k, word in ALIAS_WORDS.items() if k == kind)
