"""The lists that were issued: kept as they were sent, read back, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError
from zoneeval.model.utility_list import (
    IssuedList,
    LineChange,
    ListChanges,
    ListLine,
    SharedLine,
    UtilityList,
    Withdrawal,
)
from zoneeval.workdays import iso_date
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_SELECT = (
    "SELECT l.id, l.run_id, r.zone, l.utility, l.tariff, l.issued_on, l.document,"
    " l.valid_from, l.valid_to, l.content,"
    " (SELECT min(n.valid_from) FROM utility_list n JOIN run nr ON nr.id = n.run_id"
    " WHERE n.utility = l.utility AND nr.zone IS r.zone"
    " AND (n.valid_from, n.id) > (l.valid_from, l.id))"
    " FROM utility_list l JOIN run r ON r.id = l.run_id"
)
_LINE = tuple(ListLine.__dataclass_fields__)


def issued_lists(ws: Workspace, utility: str | None = None) -> list[IssuedList]:
    """Return the lists issued (None: to all utilities), the newest first."""
    return list(_newest_first(ws, utility))


def _newest_first(ws: Workspace, utility: str | None) -> Iterator[IssuedList]:
    found = ws.conn.execute(
        f"{_SELECT} WHERE ?1 IS NULL OR l.utility = ?1 ORDER BY l.valid_from DESC, l.id DESC",
        (utility,),
    )
    return map(_issued, found)


def issued_list(ws: Workspace, number: int) -> IssuedList:
    """Return one list; raise InputError where there is none of that number."""
    row = ws.conn.execute(f"{_SELECT} WHERE l.id = ?", (number,)).fetchone()
    if row is None:
        raise InputError(f"没有编号为 {number} 的执行名单。请先列出名单，核对编号。")
    return _issued(row)


def last_issued(ws: Workspace, utility: str, zone: str | None) -> IssuedList | None:
    """Return the newest list of a utility and zone that was not withdrawn, or None.

    It is what the next list is compared with, also where it has run out since.
    """
    every = _newest_first(ws, utility)
    return next((one for one in every if one.zone == zone and one.withdrawn is None), None)


def list_in_force(
    ws: Workspace, utility: str, on: str, zone: str | None = None
) -> IssuedList | None:
    """Return the list that a utility carries out on a day (ISO), or None."""
    for one in _newest_first(ws, utility):
        if one.zone == zone and one.valid_from <= on:
            return one if one.state_on(on) == "执行中" else None
    return None


def withdraw_list(ws: Workspace, number: int, *, on: str, document: str, reason: str) -> IssuedList:
    """Withdraw a list: from a day on it is not carried out any more; can be undone.

    Raises InputError for one that was withdrawn or replaced, a missing document or
    reason, and a day before the list was issued.
    """
    found = issued_list(ws, number)
    day = str(iso_date(on, "停止执行日期"))
    if found.withdrawn is not None:
        raise InputError(f"第 {number} 号名单已于 {found.withdrawn.on} 撤回，不需要再撤回。")
    last = last_issued(ws, found.utility, found.zone)
    if last is not None and last.id != number:
        raise InputError(
            f"第 {number} 号名单已由第 {last.id} 号名单（{last.document}）接替，不能再撤回。"
        )
    if not document.strip() or not reason.strip():
        raise InputError("撤回名单要写明依据文号和理由。请补充后再撤回。")
    if day < found.issued_on:
        raise InputError(f"停止执行日期 {day} 早于印发日期 {found.issued_on}。请核对。")
    (content,) = ws.conn.execute(
        "SELECT content FROM utility_list WHERE id = ?", (number,)
    ).fetchone()
    made = Withdrawal(day, document.strip(), reason.strip())
    stored = {**codec.from_json(content), "withdrawn": asdict(made)}
    with ws.operation(f"撤回第 {number} 号{found.utility}执行名单（{made.document}）") as op:
        op.write("utility_list", {"id": number}, {"content": codec.to_json(stored)})
    return issued_list(ws, number)


def packed(content: UtilityList, changes: ListChanges, tariff_text: str) -> str:
    """Return a list as it is kept: rows without their headings, which stand once."""
    return codec.to_json(
        {
            "columns": _LINE,
            "lines": [_row(line) for line in content.lines],
            "missing": [_row(line) for line in content.missing],
            "shared": [[_row(one.line), one.use, one.users] for one in content.shared],
            "against": changes.against,
            "against_document": changes.document,
            "unchanged": changes.unchanged,
            "changes": [
                [
                    one.kind,
                    None if one.before is None else _row(one.before),
                    None if one.after is None else _row(one.after),
                    one.reason,
                ]
                for one in changes.changes
            ],
            "tariff": tariff_text,
            "withdrawn": None,
        }
    )


def _row(line: ListLine) -> list[Any]:
    return [getattr(line, name) for name in _LINE]


def _line(row: list[Any]) -> ListLine:
    return ListLine(*row)


def _issued(row: tuple[Any, ...]) -> IssuedList:
    number, run_id, zone, utility, tariff, issued_on, document, first, last, words, replaced = row
    kept = codec.from_json(words)
    content = UtilityList(
        utility,
        tuple(_line(one) for one in kept["lines"]),
        tuple(_line(one) for one in kept["missing"]),
        tuple(SharedLine(_line(one), use, users) for one, use, users in kept["shared"]),
    )
    changes = ListChanges(
        kept["against"],
        kept["against_document"],
        tuple(
            LineChange(kind, before and _line(before), after and _line(after), reason)
            for kind, before, after, reason in kept["changes"]
        ),
        kept["unchanged"],
    )
    return IssuedList(
        number,
        run_id,
        zone,
        utility,
        tariff,
        kept["tariff"],
        issued_on,
        document,
        first,
        last,
        content,
        changes,
        Withdrawal(**kept["withdrawn"]) if kept["withdrawn"] else None,
        replaced,
    )
