"""Idle and low-efficiency assets: entered by hand, changed, disposed of, listed."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.assets import (
    ASSET_STATES,
    ASSET_UNITS,
    ASSET_WORDS,
    DISPOSALS,
    Asset,
    AssetKind,
)
from zoneeval.units import same_dimension
from zoneeval.workdays import iso_date
from zoneeval_db.data.known import check_code, check_zone

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

BY_HAND = "人工登记"
Row = dict[str, str | float | None]
_COLUMNS = tuple(field.name for field in fields(Asset))


def assets(
    ws: Workspace,
    *,
    kind: AssetKind | None = None,
    zone: str | None = None,
    disposed: bool | None = None,
) -> list[Asset]:
    """Return the assets in the order of entry; those only that fit what is given."""
    found = ws.conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM idle_asset WHERE (?1 IS NULL OR kind = ?1)"
        " AND (?2 IS NULL OR zone = ?2) AND (?3 IS NULL OR (disposed_on IS NOT NULL) = ?3)"
        " ORDER BY id",
        (kind, zone, disposed),
    )
    return [Asset(*row) for row in found]


def asset(ws: Workspace, number: int) -> Asset:
    """Return one asset; raise InputError where there is none of that number."""
    row = ws.conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM idle_asset WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise InputError(f"没有编号为 {number} 的资产。请先列出资产，核对编号。")
    return Asset(*row)


def add_asset(
    ws: Workspace,
    kind: AssetKind,
    name: str,
    *,
    state: str,
    reason: str,
    on: str,
    zone: str = "",
    uscc: str = "",
    location: str = "",
    size: float | None = None,
    unit: str = "",
    note: str = "",
) -> Asset:
    """Enter an asset by hand; its size may stay unknown.

    Raises InputError where name or reason is missing, for an unknown state or zone, a
    wrong code, a size below zero, a unit that is no area, or a date that is none.
    """
    words = name.strip()
    if not words:
        raise InputError("没有写资产名称。请填写名称，如“三号厂房”。")
    if not reason.strip():
        raise InputError(f"没有写“{words}”列为低效、闲置资产的原因。请写明原因。")
    day = str(iso_date(on, "发现日期"))
    check_code(ws, uscc.strip().upper())
    check_zone(ws, zone.strip())
    new: Row = {
        "kind": kind,
        "zone": zone.strip() or None,
        "uscc": uscc.strip().upper() or None,
        "name": words,
        "location": location.strip() or None,
        "size": _size(size),
        "unit": None if size is None else _unit(kind, unit),
        "state": _state(state),
        "reason": reason.strip(),
        "found_by": BY_HAND,
        "found_on": day,
        "note": note.strip() or None,
    }
    with ws.operation(f"登记低效资产：{words}（{ASSET_WORDS[kind]}）") as op:
        number = op.next_id("idle_asset")
        op.write("idle_asset", {"id": number}, new)
    return asset(ws, number)


def update_asset(
    ws: Workspace,
    number: int,
    *,
    state: str | None = None,
    reason: str | None = None,
    location: str | None = None,
    size: float | None = None,
    unit: str | None = None,
    note: str | None = None,
) -> Asset:
    """Change what is known of an asset that is not disposed of; None stays as it is."""
    there = _live(ws, number)
    new: Row = {}
    if state is not None:
        new["state"] = _state(state)
    if reason is not None:
        if not reason.strip():
            raise InputError(f"“{there.name}”列为低效、闲置资产的原因不能清空。请写明原因。")
        new["reason"] = reason.strip()
    if size is not None:
        new["size"] = _size(size)
        new["unit"] = _unit(there.kind, unit or there.unit or "")
    for key, text in (("location", location), ("note", note)):
        if text is not None:
            new[key] = text.strip() or None
    if not new:
        raise InputError("没有写要改什么。请写明状态、原因、位置、面积（数量）或备注。")
    with ws.operation(f"修改低效资产：{there.name}") as op:
        op.write("idle_asset", {"id": number}, new)
    return asset(ws, number)


def dispose_asset(ws: Workspace, number: int, disposal: str, *, on: str, document: str) -> Asset:
    """Note how an asset was disposed of; raise InputError without a document."""
    there = _live(ws, number)
    way = disposal.strip()
    if way not in DISPOSALS:
        raise InputError(f"处置方式“{disposal}”无法识别，可选：{'、'.join(DISPOSALS)}。")
    if not document.strip():
        raise InputError(f"没有写“{there.name}”处置的依据文件。请写明合同、协议或文号。")
    day = str(iso_date(on, "处置日期"))
    if day < there.found_on:
        raise InputError(f"处置日期 {day} 早于发现日期 {there.found_on}。请核对日期。")
    new: Row = {"disposal": way, "disposed_on": day, "document": document.strip()}
    with ws.operation(f"低效资产{there.name}处置完毕：{way}") as op:
        op.write("idle_asset", {"id": number}, new)
    return asset(ws, number)


def remove_asset(ws: Workspace, number: int) -> None:
    """Take out an asset that was entered by mistake; it can be undone."""
    there = asset(ws, number)
    with ws.operation(f"删除低效资产：{there.name}") as op:
        op.write("idle_asset", {"id": number}, None)


def export_assets(ws: Workspace, out: Path, *, zone: str | None = None) -> list[Path]:
    """Write the list of assets, those disposed of on a sheet of their own."""
    from zoneeval.report.acting.assets import write_assets

    write_assets(out, assets(ws, zone=zone), zone)
    return [out]


def _live(ws: Workspace, number: int) -> Asset:
    there = asset(ws, number)
    if there.disposed_on is not None:
        raise InputError(
            f"“{there.name}”已于 {there.disposed_on} 处置完毕（{there.disposal}），不能再改。"
        )
    return there


def _state(text: str) -> str:
    words = text.strip()
    if words not in ASSET_STATES:
        raise InputError(f"资产状态“{text}”无法识别，可选：{'、'.join(ASSET_STATES)}。")
    return words


def _unit(kind: AssetKind, text: str) -> str:
    words = text.strip() or ASSET_UNITS[kind]
    if kind != "equipment" and not same_dimension(words, ASSET_UNITS[kind]):
        raise InputError(f"面积单位“{text}”无法识别。请写亩、公顷、平方米等面积单位。")
    return words


def _size(size: float | None) -> float | None:
    if size is not None and (not math.isfinite(size) or size < 0):
        raise InputError(f"面积（数量）应为 0 或正数，不是“{size:g}”。不清楚的请不填。")
    return None if size is None else float(size)
