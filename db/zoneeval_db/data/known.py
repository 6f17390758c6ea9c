"""What is entered by hand must name zones, enterprises and classes that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace


def check_code(ws: Workspace, code: str) -> None:
    """Refuse a credit code that is wrong, unless data has brought it in; "" is none."""
    known = ws.conn.execute("SELECT 1 FROM enterprise WHERE uscc = ?", (code,)).fetchone()
    fault = credit_code_fault(code) if code and known is None else None
    if fault:
        raise InputError(f"信用代码“{code}”不对：{fault}。请核对后再登记。")


def check_zone(ws: Workspace, zone: str) -> None:
    """Refuse a zone that the workspace does not have; "" is none."""
    if zone and ws.conn.execute("SELECT 1 FROM zone WHERE name = ?", (zone,)).fetchone() is None:
        raise InputError(f"没有名为“{zone}”的园区。请核对园区名称；确有这个园区的，请先录入它。")


def class_fault(ws: Workspace, letter: str) -> str | None:
    """Return why a class is none that a run of the workspace knows; without runs any is."""
    from zoneeval_db.evaluating.runs import runs, stored_policy

    prints = {info.policy_fingerprint for info in runs(ws)}
    letters = {grade.letter for one in prints for grade in stored_policy(ws, one).grades}
    if not letters or letter in letters:
        return None
    return f"评价所用的办法中没有“{letter}”类，可选：{'、'.join(sorted(letters))}。"
