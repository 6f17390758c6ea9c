"""The ledger's enterprises and assets: stopped ones, key ones, land that lies idle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.model.assets import ASSET_WORDS, Asset
from zoneeval.model.dataset import Dataset
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Page

RUNNING = "正常"


@dataclass(frozen=True, slots=True)
class LedgerFirms:
    """The enterprises of ``year`` and of the year before, and the registered assets.

    ``count`` is how many key enterprises are listed for each zone.
    """

    year: int | None
    dataset: Dataset | None
    before: Dataset | None
    assets: tuple[Asset, ...]
    count: int = 10
    zones: tuple[str, ...] = ()


def firms_pages(firms: LedgerFirms) -> list[Page]:
    """Return the pages of stopped and of key enterprises."""
    return [_stopped(firms), _key(firms)]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _year(firms: LedgerFirms) -> str:
    return f"{firms.year}年度" if firms.year is not None else ""


def _inside(firms: LedgerFirms, zone: str | None) -> bool:
    return bool(zone) and (not firms.zones or zone in firms.zones)


def _stopped(firms: LedgerFirms) -> Page:
    rows: list[list[Cell]] = []
    unknown: dict[str, int] = {}
    data = firms.dataset
    if data is not None:
        zones, states = data.text("zone"), data.text("operating_status")
        names, codes = data.text("name"), data.text("uscc")
        land, heads = data.number("land_area"), data.number("average_headcount")
        revenue = data.number("revenue")
        for row in data.order.tolist():
            if not _inside(firms, zones[row]):
                continue
            if not states[row]:
                unknown[zones[row]] = unknown.get(zones[row], 0) + 1
            elif states[row] != RUNNING:
                rows.append(
                    [
                        zones[row],
                        names[row],
                        codes[row],
                        states[row],
                        _number(land[row]),
                        _number(heads[row]),
                        _number(revenue[row]),
                    ]
                )
    rows.sort(key=lambda cells: (str(cells[0]), str(cells[3])))
    notes = [f"取自{_year(firms)}企业数据的“生产状态”。"] if data is not None else []
    if unknown:
        notes.append(
            "生产状态没有填写的企业："
            + "、".join(f"{zone} {count} 家" for zone, count in sorted(unknown.items()))
            + "；这些企业是否停产不明，没有列入。"
        )
    return Page(
        "停产半停产企业",
        f"{_year(firms)}停产、半停产企业",
        (
            Column("园区", cap=24),
            Column("企业名称", cap=36),
            Column("统一社会信用代码", "code"),
            Column("生产状态", "center"),
            Column("用地面积（亩）", "number"),
            Column("平均用工人数（人）", "general"),
            Column("主营业务收入（万元）", "number"),
        ),
        rows,
        notes=tuple(notes),
        frozen_columns=2,
        empty="没有企业数据。" if data is None else "没有填报为停产、半停产的企业。",
    )


def _key(firms: LedgerFirms) -> Page:
    rows: list[list[Cell]] = []
    data = firms.dataset
    notes = (
        []
        if data is None
        else [
            f"每个园区按{_year(firms)}主营业务收入由高到低列前 {firms.count} 户。",
            "占园区比重的分母是园区内有收入数据的企业之和。",
        ]
    )
    if data is not None:
        revenue, zones = data.number("revenue"), data.text("zone")
        names, codes = data.text("name"), data.text("uscc")
        others = [data.number(key) for key in ("value_added", "tax_paid", "average_headcount")]
        earlier = _by_code(firms.before)
        by_zone: dict[str, list[int]] = {}
        for row in data.order.tolist():
            if _inside(firms, zones[row]):
                by_zone.setdefault(zones[row], []).append(row)
        for zone in sorted(by_zone):
            known = [row for row in by_zone[zone] if not np.isnan(revenue[row])]
            total = float(sum(revenue[row] for row in known))
            if len(known) < len(by_zone[zone]):
                notes.append(f"{zone}有 {len(by_zone[zone]) - len(known)} 家企业没有收入数据。")
            known.sort(key=lambda row: -revenue[row])
            for place, row in enumerate(known[: firms.count], 1):
                last = earlier.get(codes[row])
                grown = revenue[row] / last - 1 if last is not None and last > 0 else None
                rows.append(
                    [
                        zone,
                        place,
                        names[row],
                        codes[row],
                        float(revenue[row]),
                        None if grown is None else float(grown),
                        float(revenue[row]) / total if total > 0 else None,
                        *(_number(column[row]) for column in others),
                    ]
                )
    return Page(
        "重点企业",
        f"{_year(firms)}园区重点企业",
        (
            Column("园区", cap=24),
            Column("位次", "plain"),
            Column("企业名称", cap=36),
            Column("统一社会信用代码", "code"),
            Column("主营业务收入（万元）", "number"),
            Column("比上年增长", "share"),
            Column("占园区", "share"),
            Column("工业增加值（万元）", "number"),
            Column("实缴税金（万元）", "number"),
            Column("平均用工人数（人）", "general"),
        ),
        rows,
        notes=tuple(notes),
        frozen_columns=3,
        empty="没有企业数据。" if data is None else "没有有收入数据的企业。",
    )


def _by_code(data: Dataset | None) -> Mapping[str, float]:
    if data is None:
        return {}
    pairs = zip(data.text("uscc").tolist(), data.number("revenue").tolist(), strict=True)
    return {code: value for code, value in pairs if code and value == value}


def assets_page(firms: LedgerFirms) -> Page:
    """Return the page of assets that lie idle."""
    rows: list[list[Cell]] = [
        [
            one.zone or MISSING,
            ASSET_WORDS[one.kind],
            one.name,
            one.location or MISSING,
            one.size,
            one.unit or MISSING,
            one.state,
            one.reason,
            one.found_on,
            one.disposal or MISSING,
            one.disposed_on or "未处置",
        ]
        for one in firms.assets
        if not one.zone or _inside(firms, one.zone)
    ]
    return Page(
        "闲置低效资产",
        "闲置低效用地、厂房和设备",
        (
            Column("园区", cap=24),
            Column("类别", "center"),
            Column("名称", cap=30),
            Column("位置", "wrap", cap=30),
            Column("数量", "number"),
            Column("单位", "center"),
            Column("现状", "center", cap=16),
            Column("认定理由", "wrap", cap=30),
            Column("发现日期", "center"),
            Column("处置方式", "center", cap=16),
            Column("处置日期", "center"),
        ),
        rows,
        frozen_columns=1,
        empty="没有登记闲置低效资产。没有登记不等于没有。",
    )
