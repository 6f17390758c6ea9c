"""The bulletin (通报) as a workbook: a table of all indicators, one each, progress, gaps."""

from __future__ import annotations

from pathlib import Path

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
from zoneeval.report.zones.bulletin import Bulletin, BulletinIndicator, BulletinRow
from zoneeval.report.zones.bulletin_words import (
    BASIS,
    absences,
    headline,
    period_words,
    previous_words,
    ranking,
    remarks,
    rise_words,
    target_words,
)
from zoneeval.report.zones.progress import progress_page

SLOTS = {"official": "公布数", "computed": "汇总数", "": MISSING}


def bulletin_title(bulletin: Bulletin) -> str:
    """Return the title, such as 2019年上半年园区主要指标完成情况."""
    return f"{period_words(bulletin.period).split('（')[0]}园区主要指标完成情况"


def write_bulletin_book(path: Path, bulletin: Bulletin) -> None:
    """Write the bulletin as a workbook.

    Raises:
        UserError: the file cannot be written.
    """
    title = bulletin_title(bulletin)
    pages: list[Page | FactPage] = [_overview(bulletin, title)]
    pages += [_indicator_page(bulletin, one) for one in bulletin.indicators]
    pages.append(progress_page("目标进度", f"{title}：目标进度", bulletin.progress))
    pages.append(_words_page(bulletin, title))
    write_book(path, title, pages)


def heading(one: BulletinIndicator) -> str:
    """Return the indicator with its unit: 规上工业增加值（亿元）."""
    return f"{one.label}（{one.unit}）" if one.unit else one.label


def _kind(one: BulletinIndicator) -> Kind:
    if one.definition.is_share:
        return "ratio"
    return "general" if one.definition.kind == "count" else "number"


def _value(one: BulletinIndicator, value: float | None) -> Cell:
    if value is None:
        return MISSING
    if one.definition.is_share:
        return value
    scaled = value * one.factor
    return Styled(scaled, "fine") if 0 < abs(scaled) < 0.1 else scaled


def _overview(bulletin: Bulletin, title: str) -> Page:
    columns = [Column("序号", "plain"), Column("园区", cap=24)]
    for one in bulletin.indicators:
        columns += [Column(heading(one), _kind(one), cap=16), Column("位次", "plain", cap=8)]
        if any(row.growth is not None for row in one.rows):
            name = "增减（百分点）" if _points(one) else "增速"
            columns.append(Column(name, "number" if _points(one) else "share", cap=12))
    rows: list[list[Cell]] = []
    for i, zone in enumerate(bulletin.zones, 1):
        cells: list[Cell] = [i, zone]
        for one in bulletin.indicators:
            row = next((row for row in one.rows if row.zone == zone), None)
            cells += [_value(one, row.value if row else None), row.place if row else MISSING]
            if any(r.growth is not None for r in one.rows):
                cells.append(_growth(one, row))
        rows.append(cells)
    return Page(
        "总表",
        title,
        tuple(columns),
        rows,
        notes=(period_words(bulletin.period), "“—”表示没有数据，不是 0；没有数据的不参加排位。"),
        frozen_columns=2,
        empty="没有园区。",
    )


def _points(one: BulletinIndicator) -> bool:
    return one.change is not None and one.change.kind == "points"


def _growth(one: BulletinIndicator, row: BulletinRow | None) -> Cell:
    if row is None or row.growth is None:
        return MISSING
    return row.growth * 100 if _points(one) else row.growth


def _indicator_page(bulletin: Bulletin, one: BulletinIndicator) -> Page:
    grown = "比上年同期增减（百分点）" if _points(one) else "比上年同期增速"
    if one.change is not None and one.change.sign < 0:
        grown = "比上年同期降低率"
    above = "比平均数高（百分点）" if one.definition.is_share else "比平均数高"
    columns = [
        Column("位次", "plain"),
        Column("园区", cap=24),
        Column(heading(one), _kind(one)),
        Column(grown, "number" if _points(one) else "share", cap=16),
        Column("增速口径", "center"),
        Column("增速比平均高（百分点）", "number", cap=16),
        Column("占合计", "share") if one.total is not None else Column(above, "number", cap=16),
        Column(f"位次比{previous_words(bulletin)}", "center", cap=16),
        Column("位次比上年同期", "center", cap=16),
        Column("年度目标", "center", cap=20),
        Column("完成率", "share"),
        Column("比时序进度（百分点）", "number", cap=14),
        Column("数据来源", "center", cap=14),
        Column("缺数企业（家）", "plain", cap=12),
    ]
    rows: list[list[Cell]] = []
    for row in one.rows:
        progress = row.progress
        shared: Cell = row.share
        if one.total is None:
            times = 100 if one.definition.is_share else one.factor
            shared = None if row.above is None else row.above * times
        rows.append(
            [
                row.place,
                row.zone,
                _value(one, row.value),
                _growth(one, row),
                BASIS.get(row.basis) or MISSING,
                None if row.points is None else row.points * 100,
                shared,
                rise_words(row.rise),
                rise_words(row.rise_year),
                target_words(one, row),
                progress.completion if progress else None,
                None if progress is None or progress.ahead is None else progress.ahead * 100,
                SLOTS[row.slot],
                row.lacking_firms if row.slot == "computed" else MISSING,
            ]
        )
    order = "由低到高" if one.definition.lower_is_better else "由高到低"
    return Page(
        one.label,
        f"{period_words(bulletin.period)}{one.label}",
        tuple(columns),
        rows,
        notes=(headline(bulletin, one), f"位次{order}排列，数值相同的位次相同。"),
        closing=tuple(ranking(bulletin, one)),
        frozen_columns=2,
    )


def _words_page(bulletin: Bulletin, title: str) -> FactPage:
    missing = absences(bulletin) or ["本期所列指标各园区都有数据。"]
    return FactPage(
        "说明和缺数",
        f"{title}：说明和缺数",
        (
            Section(
                "一、说明", tuple((f"第 {i} 条", t) for i, t in enumerate(remarks(bulletin), 1))
            ),
            Section("二、缺少的数据", tuple((f"第 {i} 条", t) for i, t in enumerate(missing, 1))),
        ),
    )
