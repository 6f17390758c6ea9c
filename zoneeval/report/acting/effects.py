"""What the policies brought by year and class, and the amounts as a table to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.effects import EFFECT_WORDS, Effect, EffectEntry
from zoneeval.model.exits import Known
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Page


def write_effects(
    path: Path, effects: Sequence[Effect], entries: Sequence[EffectEntry], headings: Sequence[str]
) -> None:
    """Write the effects, and the amounts entered with the headings that can be imported.

    Raises:
        UserError: the file cannot be written.
    """
    title = "差别化政策成效"
    write_book(path, title, [_effects_page(title, effects), _entry_page(entries, headings)])


def _effects_page(title: str, effects: Sequence[Effect]) -> Page:
    rows: list[list[Cell]] = []
    for one in effects:
        line: list[Cell] = [
            one.year,
            f"{one.grade}类" if one.grade else "其他",
            one.charged,
            _months(one.months_charged),
            one.relieved,
            _months(one.months_relieved),
            one.cases,
        ]
        for known in (one.land, one.energy, one.emission, one.people):
            line += [known.value, _lacking(known)]
        rows.append(line)
    return Page(
        "成效",
        title,
        (
            Column("年度", "center", width=10),
            Column("类别", "center", width=10),
            Column("加价（万元）", "number"),
            Column("加价所含月份", "center", width=16),
            Column("减免（万元）", "number"),
            Column("减免所含月份", "center", width=16),
            Column("销号（件）", "plain"),
            Column("腾出土地（亩）", "number"),
            Column("其中不详", "center", width=12),
            Column("腾出用能（吨标准煤）", "number"),
            Column("其中不详", "center", width=12),
            Column("减少排放（吨）", "fine"),
            Column("其中不详", "center", width=12),
            Column("安置人数（人）", "integer"),
            Column("其中不详", "center", width=12),
        ),
        rows,
        notes=(
            "销号事项计入销号的年度，类别为立案时的最终类别；“其他”是没有类别的事项。",
            "“—”表示没有录入，不是 0；“其中不详”是没有填报的件数，没有按 0 计算。",
        ),
        empty="还没有录入加价、减免金额，也没有销号的事项。",
    )


def _entry_page(entries: Sequence[EffectEntry], headings: Sequence[str]) -> Page:
    rows: list[list[Cell]] = [
        [
            one.period,
            one.grade,
            EFFECT_WORDS[one.kind],
            one.amount,
            one.unit,
            one.document,
            one.note or "",
        ]
        for one in entries
    ]
    widths = (14, 10, 12, 16, 10, 48, 36)
    columns = tuple(
        Column(text, "general" if text == "金额" else "text", width=width)
        for text, width in zip(headings, widths, strict=True)
    )
    return Page(
        "录入表",
        "差别化政策金额录入表",
        columns,
        rows or [[""] * len(headings)],
        notes=(
            "期间填 2025（全年）、2025Q1（只一季度）或 2025-03（只 3 月）；项目填“加价”或“减免”，"
            "金额都填正数；单位为元、万元或亿元，不填按万元。",
        ),
    )


def _months(count: int) -> str:
    if not count:
        return MISSING
    return "全年" if count == 12 else f"{count} 个月"


def _lacking(known: Known) -> str:
    if not known.of:
        return MISSING
    return f"{known.missing} 件" if known.missing else "无"
