"""The comparison of two runs as a workbook: moves, who rose and fell, every contribution."""

from __future__ import annotations

from pathlib import Path

from zoneeval.engine.comparison import Compared, Comparison
from zoneeval.engine.moves import NONE
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, document_words, status_alerts
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page

Side = tuple[RunHeader, Policy]


def write_comparison(path: Path, before: Side, after: Side, comparison: Comparison) -> None:
    """Write the comparison of two runs to ``path``.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{_year(before)}与{_year(after)}企业分类对比"
    notes = (
        f"前：{_words(before)}",
        f"后：{_words(after)}",
        *comparison.warnings,
    )
    alerts = tuple(
        dict.fromkeys(
            line
            for _, policy in (before, after)
            for line in status_alerts(policy, policy.has_illustrative)
        )
    )
    pages = [
        _matrix(title, notes, alerts, comparison),
        _moves("类别变化", title, before[1], after[1], comparison.changed),
        _contributions(title, comparison),
    ]
    write_book(path, title, pages)


def _year(side: Side) -> str:
    header = side[0]
    run = f"第 {header.run_id} 次评价" if header.run_id is not None else ""
    return f"{header.year_words}{run}"


def _words(side: Side) -> str:
    header, policy = side
    return (
        f"第 {header.run_id} 次评价，{header.year_words}，{header.zone_words or '全部园区'}，"
        f"{document_words(policy)}，{header.time_words}"
    )


def _matrix(
    title: str, notes: tuple[str, ...], alerts: tuple[str, ...], comparison: Comparison
) -> Page:
    table = comparison.table
    rows: list[list[Cell]] = []
    for one in table.before:
        numbers = [table.count(one, other) for other in table.after]
        rows.append([_class(one), *numbers, sum(numbers)])
    columns = (
        Column("原类别", "center", width=14),
        *(Column(f"现 {_class(other)}", "integer", width=12) for other in table.after),
        Column("合计", "integer", width=12),
    )
    return Page(
        "类别流动",
        title,
        columns,
        rows,
        notes=notes,
        alerts=alerts,
        sums=tuple(range(1, len(columns))),
        closing=("每行是原来的类别，每列是现在的类别；数字是户数。",),
    )


def _class(letter: str) -> str:
    return "无类别" if letter == NONE else f"{letter} 类"


def _moves(
    name: str, title: str, before: Policy, after: Policy, found: tuple[Compared, ...]
) -> Page:
    rows: list[list[Cell]] = [
        [
            row.move.name,
            row.move.uscc,
            row.move.zone,
            grade_cell(before, row.move.before),
            grade_cell(after, row.move.after),
            row.move.direction,
            row.move.score_before,
            row.move.score_after,
            row.rank_before,
            row.rank_after,
            row.driver,
        ]
        for row in found
    ]
    columns = (
        Column("企业名称", cap=56),
        Column("统一社会信用代码", "code"),
        Column("园区", cap=32),
        Column("原类别", "center", width=10),
        Column("现类别", "center", width=10),
        Column("变化", "center", width=12),
        Column("原得分", "number"),
        Column("现得分", "number"),
        Column("原排名", "integer"),
        Column("现排名", "integer"),
        Column("变动最大的一项", cap=44),
    )
    empty = "两次评价中没有企业的类别不同。"
    return Page(name, title, columns, rows, frozen_columns=1, empty=empty)


def _contributions(title: str, comparison: Comparison) -> Page:
    labels = comparison.labels
    rows: list[list[Cell]] = []
    for row in comparison.rows:
        held = {part.key: part for part in row.parts}
        one, other = row.move.score_before, row.move.score_after
        whole = None if one is None or other is None else other - one
        both = whole is not None
        rows.append(
            [
                row.move.name,
                row.move.zone,
                f"{row.move.before or NONE} → {row.move.after or NONE}",
                whole,
                *(held[key].difference if both and key in held else None for key in labels),
            ]
        )
    columns = (
        Column("企业名称", cap=56),
        Column("园区", cap=32),
        Column("类别", "center", width=12),
        Column("得分变化", "number"),
        *(Column(label, "number") for label in labels.values()),
    )
    return Page(
        "各项得分变化",
        title,
        columns,
        rows,
        notes=("各项得分变化之和就是综合得分的变化（取位除外）。只在一次评价中的企业不列变化。",),
        frozen_columns=1,
        empty="两次评价中没有相同的企业。",
    )
