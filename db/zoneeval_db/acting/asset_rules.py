"""The office's thresholds for low-efficiency land, and what they find in the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.assets import Asset, AssetRule, LowUseFindings, asset_rule
from zoneeval.workdays import iso_date
from zoneeval_db.acting.assets import asset, assets
from zoneeval_db.evaluating.runs import year_data
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval_db.storage.workspace import Workspace

_KEY = "asset.rules"


def asset_rules(ws: Workspace) -> list[AssetRule]:
    """Return the thresholds that the office has set; none is built in."""
    row = ws.conn.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    return [] if row is None else [AssetRule(**one) for one in codec.from_json(row[0])]


def set_asset_rule(
    ws: Workspace, field: str, below: float, years: int = 1, document: str = ""
) -> list[AssetRule]:
    """Set the threshold of a field, in place of the one it had, and return all of them."""
    rule = asset_rule(field, below, years, document)
    others = [one for one in asset_rules(ws) if one.field != rule.field]
    _store(ws, [*others, rule], f"设置低效用地门槛：{rule.words}")
    return asset_rules(ws)


def remove_asset_rule(ws: Workspace, field: str) -> list[AssetRule]:
    """Take a threshold out; raise InputError where the field has none."""
    key = asset_rule(field, 0.0).field
    there = next((one for one in asset_rules(ws) if one.field == key), None)
    if there is None:
        raise InputError(f"“{field}”没有设过低效用地门槛，不需要取消。")
    rest = [one for one in asset_rules(ws) if one != there]
    _store(ws, rest, f"取消低效用地门槛：{there.words}")
    return rest


def find_assets(ws: Workspace, year: int, zone: str | None = None) -> LowUseFindings:
    """Return which enterprises the thresholds find in a year, and which they cannot judge.

    Figures are those that an evaluation of the year rests on, under the present codes.
    Raises InputError where no threshold is set, WorkspaceError where the year has no data.
    """
    from zoneeval.engine.acting.idle import find_low_use
    from zoneeval.engine.merging import recoded

    rules = asset_rules(ws)
    if not rules:
        raise InputError(
            "还没有设低效用地的门槛，不能查找。省、市没有见到统一标准，请按本地文件设定，"
            "如“亩均税收连续 2 年低于 3 万元/亩”。"
        )
    data = year_data(ws, year, zone)
    tables: dict[int, Dataset] = {year: recoded(data.dataset, data.merging)}
    for back in range(1, max(rule.years for rule in rules)):
        if not ws.conn.execute(
            "SELECT 1 FROM dataset WHERE year = ? AND NOT withdrawn", (year - back,)
        ).fetchone():
            continue
        earlier = year_data(ws, year - back)
        tables[year - back] = _under_present_codes(ws, earlier.dataset)
    return find_low_use(rules, tables, year)


def record_found_assets(
    ws: Workspace, year: int, *, on: str, zone: str | None = None
) -> tuple[list[Asset], LowUseFindings]:
    """Enter the land of the enterprises that the thresholds find, each enterprise once.

    Who has land in the list that is not disposed of is not entered again.
    """
    found = find_assets(ws, year, zone)
    day = str(iso_date(on, "发现日期"))
    listed = {one.uscc for one in assets(ws, kind="land", disposed=False)}
    by_code: dict[str, list[int]] = {}
    for i, one in enumerate(found.found):
        if one.uscc not in listed:
            by_code.setdefault(one.uscc, []).append(i)
    made: list[int] = []
    if by_code:
        with ws.operation(f"按门槛登记 {year} 年低效用地 {len(by_code)} 宗") as op:
            number = op.next_id("idle_asset")
            for uscc, places in by_code.items():
                mine = [found.found[i] for i in places]
                first = mine[0]
                new = {
                    "kind": "land",
                    "zone": first.zone,
                    "uscc": uscc,
                    "name": f"{first.name}用地",
                    "size": first.land_area,
                    "unit": None if first.land_area is None else "亩",
                    "state": "低效",
                    "reason": "；".join(one.reason for one in mine),
                    "found_by": "；".join(one.rule.words for one in mine),
                    "found_on": day,
                }
                op.write("idle_asset", {"id": number}, new)
                made.append(number)
                number += 1
    return [asset(ws, number) for number in made], found


def _under_present_codes(ws: Workspace, table: Dataset) -> Dataset:
    import numpy as np

    from zoneeval_db.data.successions import newest_codes

    newest = newest_codes(ws)
    codes = table.text("uscc").tolist()
    own = set(codes)
    column = np.empty(len(codes), dtype=object)
    column[:] = [
        code if newest.get(code, code) in own else newest.get(code, code) for code in codes
    ]
    return table.with_columns({"uscc": column})


def _store(ws: Workspace, rules: Sequence[AssetRule], label: str) -> None:
    value = codec.to_json([rule.as_json() for rule in rules])
    with ws.operation(label) as op:
        op.write("setting", {"key": _KEY}, {"value": value})
