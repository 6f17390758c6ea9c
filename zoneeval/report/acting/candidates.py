"""智能化改造备选企业名单."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.engine.acting.candidates import Candidate
from zoneeval.expressions.wording import worded
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page


def write_candidates(
    path: Path,
    header: RunHeader,
    policy: Policy,
    candidates: Sequence[Candidate],
    condition: str,
) -> None:
    """Write the candidates of a run to ``path``.

    Raises:
        UserError: the file cannot be written.
    """
    rows: list[list[Cell]] = [
        [
            i,
            one.name,
            one.uscc,
            one.zone,
            grade_cell(policy, one.grade),
            "是" if one.suits else "待核：数据不全",
        ]
        for i, one in enumerate(candidates, 1)
    ]
    title = titled(header, "智能化改造备选企业名单")
    open_count = sum(one.suits is None for one in candidates)
    said = f"其余类别须符合：{worded(condition)}。" if condition else "没有设其余类别的条件。"
    page = Page(
        "备选企业",
        title,
        (
            Column("序号", "plain", width=8),
            Column("企业名称", cap=40),
            Column("统一社会信用代码", "code", cap=22),
            Column("园区", cap=28),
            Column("类别", "center", width=12),
            Column("符合条件", "center", width=18),
        ),
        rows,
        notes=(run_note(header, policy), f"共 {len(rows)} 家，其中待核 {open_count} 家。{said}"),
        alerts=status_alerts(policy, policy.has_illustrative),
        empty="本次评价没有备选企业。",
    )
    write_book(path, title, [page])
