"""The monthly ledger (月台账): figures by month, who reported, stopped firms, idle assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from zoneeval.model.period import Period
from zoneeval.model.targets import TargetProgress
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval.model.zone_records import ZoneEvent
from zoneeval.policy.target import measures
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import (
    MISSING,
    Cell,
    Column,
    FactPage,
    Kind,
    Page,
    Section,
    Styled,
)
from zoneeval.report.zones.ledger_firms import LedgerFirms, assets_page, firms_pages
from zoneeval.report.zones.progress import progress_page


@dataclass(frozen=True, slots=True)
class Ledger:
    """A year's ledger: ``months`` are the zones' figures since January by month 1 … 12."""

    year: int
    zones: tuple[str, ...]
    months: Mapping[int, Mapping[str, ZoneFigures]]
    progress: tuple[TargetProgress, ...]
    events: tuple[ZoneEvent, ...]
    firms: LedgerFirms

    @property
    def latest(self) -> int:
        """Return the newest month with a figure, 0 where there is none."""
        return max((m for m, found in self.months.items() if _reported(found)), default=0)


def _reported(found: Mapping[str, ZoneFigures]) -> bool:
    return any(f.used is not None for figures in found.values() for f in figures.values())


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger as a workbook.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{ledger.year}年园区月台账"
    pages: list[Page | FactPage] = [
        _cumulative(ledger),
        _single(ledger),
        _reporting(ledger),
        progress_page("目标进度", f"{_until(ledger)}目标进度", ledger.progress),
        *firms_pages(ledger.firms),
        assets_page(ledger.firms),
        _events(ledger),
        _about(ledger),
    ]
    write_book(path, title, pages)


def _until(ledger: Ledger) -> str:
    if not ledger.latest:
        return f"{ledger.year}年"
    return Period(ledger.year, f"{ledger.latest:02d}").label


def _values(ledger: Ledger, zone: str, key: str) -> list[float | None]:
    """Return a figure's twelve values since January."""
    out = []
    for month in range(1, 13):
        figure = ledger.months.get(month, {}).get(zone, {}).get(key)
        out.append(None if figure is None else figure.used)
    return out


def _look(key: str) -> tuple[str, float, Kind]:
    """Return the unit shown, by what a value is multiplied for it, and its look."""
    one = ZONE_INDICATORS[key]
    if one.kind == "points":
        return "百分点", 100.0, "number"
    if one.is_share:
        return "%", 1.0, "ratio"
    return one.unit, 1.0, "general" if one.kind == "count" else "number"


def _cells(values: Sequence[float | None], key: str) -> list[Cell]:
    _, factor, kind = _look(key)
    out: list[Cell] = []
    for value in values:
        small = value is not None and kind == "number" and 0 < abs(value) < 0.1
        out.append(MISSING if value is None else Styled(value * factor, "fine" if small else kind))
    return out


def _cumulative(ledger: Ledger) -> Page:
    rows: list[list[Cell]] = []
    for zone in ledger.zones:
        for key, one in ZONE_INDICATORS.items():
            values = _values(ledger, zone, key)
            if any(value is not None for value in values):
                rows.append([zone, one.label, _look(key)[0], *_cells(values, key)])
    return Page(
        "各月累计",
        f"{ledger.year}年园区指标月台账（年初以来累计）",
        (
            Column("园区", cap=24),
            Column("指标", cap=28),
            Column("单位", "center", cap=14),
            *(
                Column(Period(ledger.year, f"{m:02d}").span, "number", width=13)
                for m in range(1, 13)
            ),
        ),
        rows,
        notes=(
            "总量为年初至该月末的累计数，面积、人数、户数等为该月末数；“—”表示没有报送，不是 0。",
            "没有任何一个月有数的指标不列。",
        ),
        frozen_columns=2,
        empty="本年没有录入月度数。请在“园区星级”中录入，或导入各月报表。",
    )


def _single(ledger: Ledger) -> Page:
    known = measures()
    rows: list[list[Cell]] = []
    for zone in ledger.zones:
        for key, one in ZONE_INDICATORS.items():
            if one.kind != "total" or key not in known or not known[key].accumulates:
                continue
            values = _values(ledger, zone, key)
            single = [values[0], *(_minus(b, a) for a, b in pairwise(values))]
            if any(value is not None for value in single):
                rows.append([zone, one.label, one.unit, *_cells(single, key)])
    return Page(
        "当月数",
        f"{ledger.year}年园区指标当月数",
        (
            Column("园区", cap=24),
            Column("指标", cap=28),
            Column("单位", "center", cap=14),
            *(Column(f"{m}月", "number", width=13) for m in range(1, 13)),
        ),
        rows,
        notes=(
            "当月数由相邻两个月的累计数相减得到；缺其中一个月的，不计算。负数说明前月数有调整。",
        ),
        frozen_columns=2,
        empty="没有可以计算当月数的指标。",
    )


def _minus(this: float | None, before: float | None) -> float | None:
    return None if this is None or before is None else this - before


def _reporting(ledger: Ledger) -> Page:
    rows: list[list[Cell]] = []
    for zone in ledger.zones:
        row: list[Cell] = [zone]
        for month in range(1, 13):
            figures = ledger.months.get(month, {}).get(zone, {})
            count = sum(figure.official is not None for figure in figures.values())
            late = month <= ledger.latest
            row.append(f"{count} 项" if count else "未报" if late else MISSING)
        rows.append(row)
    return Page(
        "报送情况",
        f"{ledger.year}年园区月度数据报送情况",
        (
            Column("园区", cap=24),
            *(Column(f"{m}月", "center", width=10) for m in range(1, 13)),
        ),
        rows,
        notes=("写的是该月录入或导入的指标项数；“未报”是其他园区已有数而本园区没有任何数。",),
        frozen_columns=1,
        empty="没有园区。",
    )


def _events(ledger: Ledger) -> Page:
    rows: list[list[Cell]] = [
        [e.zone, e.occurred_on, e.kind, e.count, e.document or MISSING, e.note or MISSING]
        for e in ledger.events
    ]
    return Page(
        "园区事项",
        f"{ledger.year}年园区事项",
        (
            Column("园区", cap=24),
            Column("日期", "center"),
            Column("事项", cap=28),
            Column("次数", "general"),
            Column("依据", "wrap", cap=36),
            Column("备注", "wrap", cap=36),
        ),
        rows,
        empty="没有登记事项。没有登记不等于没有发生。",
    )


def _about(ledger: Ledger) -> FactPage:
    until = _until(ledger) if ledger.latest else "没有月度数"
    firm_year = ledger.firms.year
    firms = (
        "没有企业数据，停产企业和重点企业两张表是空的。"
        if firm_year is None
        else f"取自 {firm_year} 年度的企业数据。企业数据一年一次，不是当月情况。"
    )
    return FactPage(
        "说明",
        f"{ledger.year}年园区月台账说明",
        (
            Section(
                "一、范围",
                (
                    ("数据到", until),
                    ("园区", "、".join(ledger.zones) or MISSING),
                    ("停产、重点企业", firms),
                ),
            ),
        ),
    )
