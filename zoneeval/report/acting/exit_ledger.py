"""退出转型台账: the monthly ledger of cases, what was done, what is due, what was freed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from zoneeval.errors import InputError
from zoneeval.model.exits import (
    CaseFigures,
    CaseState,
    ExitCase,
    ExitStep,
    Known,
    as_of,
    due_items,
    freed_by_zone,
    freed_of,
)
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page, number_kind

_GAP = "\u3000" * 8
_SIGNED = _GAP.join(("填报单位（盖章）：", "负责人：", "填表人：", "填报日期："))
_INSIDE = "内部资料，含企业经营数据，不得公开。“—”表示不详或没有填报，不是 0，不计入合计。"


def write_exit_ledger(
    path: Path,
    month: str,
    cases: Sequence[ExitCase],
    steps: Sequence[ExitStep],
    figures: Mapping[int, CaseFigures],
    *,
    zone: str | None = None,
    soon: int = 30,
) -> None:
    """Write the ledger as it stood at the end of a month (2025-06) to ``path``.

    Cases struck off in earlier years are left out.

    Raises:
        UserError: the month is none, or the file cannot be written.
    """
    first, last = month_span(month)
    was = [as_of(case, str(last)) for case in cases if case.opened_on <= str(last)]
    mine = [c for c in was if c.closed_on is None or c.closed_on[:4] == month[:4]]
    done = [
        step if step.done_on is None or step.done_on <= str(last) else _undone(step)
        for step in steps
        if step.case_id in {case.id for case in mine}
    ]
    words = f"{first.year}年{first.month}月{zone or ''}"
    pages = [
        _ledger_page(words, mine, done, figures),
        _progress_page(words, mine, done, str(first)),
        _due_page(words, mine, done, last, soon),
        _freed_page(words, mine, month),
    ]
    write_book(path, f"{words}退出转型台账", pages)


def month_span(month: str) -> tuple[date, date]:
    """Return the first and last day of a month; raise InputError where it is none."""
    try:
        first = date.fromisoformat(f"{month.strip()}-01")
    except ValueError:
        raise InputError(f"月份“{month}”不成立。请写成 2025-06 的样式。") from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _undone(step: ExitStep) -> ExitStep:
    return ExitStep(step.id, step.case_id, step.what, step.responsible, step.due, None, None)


def _ledger_page(
    words: str,
    cases: Sequence[ExitCase],
    steps: Sequence[ExitStep],
    figures: Mapping[int, CaseFigures],
) -> Page:
    plan: dict[int, list[ExitStep]] = {}
    for step in steps:
        plan.setdefault(step.case_id, []).append(step)
    rows: list[list[Cell]] = []
    for i, case in enumerate(cases, 1):
        mine = plan.get(case.id, [])
        done = sum(step.done_on is not None for step in mine)
        own = figures.get(case.id, CaseFigures())
        rows.append(
            [
                i,
                case.id,
                case.subject,
                case.uscc,
                case.zone,
                case.kind.label,
                "\n".join(case.reasons),
                own.land_area,
                own.energy_use,
                case.path,
                "\n".join(f"{'✓' if s.done_on else '○'} {s.what}" for s in mine) or None,
                f"{done}/{len(mine)}" if mine else None,
                case.responsible,
                case.due,
                case.state.label,
                case.closed_on,
                case.outcome,
                case.document,
                case.freed_land,
                case.freed_energy,
                case.freed_emission,
                case.people,
                case.note,
            ]
        )
    freed = [[row[k] for row in rows] for k in (7, 8, 18, 19, 20)]
    kinds = [number_kind([v for v in column if isinstance(v, float)]) for column in freed]
    counts = "，".join(
        f"{state.label} {sum(case.state is state for case in cases)} 件" for state in CaseState
    )
    return Page(
        "退出转型台账",
        f"{words}退出转型台账",
        (
            Column("序号", "plain"),
            Column("编号", "plain"),
            Column("名称", cap=30),
            Column("统一社会信用代码", "code", cap=22),
            Column("园区", cap=18),
            Column("事由", "center", cap=16),
            Column("列入原因", "wrap", cap=42),
            Column("用地面积（亩）", kinds[0]),
            Column("综合能耗（吨标准煤）", kinds[1]),
            Column("处置路径", "center", cap=14),
            Column("一企一策步骤", "wrap", cap=34),
            Column("完成步骤", "center"),
            Column("责任单位", "wrap", cap=18),
            Column("完成时限", "center", width=13),
            Column("状态", "center"),
            Column("销号日期", "center", width=13),
            Column("处置结果", "wrap", cap=30),
            Column("依据文件", "wrap", cap=24),
            Column("腾出土地（亩）", kinds[2]),
            Column("腾出用能（吨标准煤）", kinds[3]),
            Column("减少排放（吨）", kinds[4]),
            Column("安置人数（人）", "integer"),
            Column("备注", "wrap", cap=24),
        ),
        rows,
        notes=(
            f"共 {len(cases)} 件：{counts}。状态为月末情况；以前年度已销号的不再列出。",
            _INSIDE,
        ),
        closing=(_SIGNED,),
        frozen_columns=3,
        empty="台账中没有事项。",
    )


def _progress_page(
    words: str, cases: Sequence[ExitCase], steps: Sequence[ExitStep], first: str
) -> Page:
    by_id = {case.id: case for case in cases}
    rows: list[tuple[str, int, str, str, str | None]] = []
    for case in cases:
        if case.opened_on >= first:
            rows.append((case.opened_on, case.id, "立案", "；".join(case.reasons), None))
        if case.closed_on is not None and case.closed_on >= first:
            what = "销号" if case.state is CaseState.CLOSED else "不再处置"
            rows.append((case.closed_on, case.id, what, case.outcome or "", case.document))
    for step in steps:
        if step.done_on is not None and step.done_on >= first:
            rows.append((step.done_on, step.case_id, "完成步骤", step.what, step.evidence))
    rows.sort(key=lambda row: row[:3])
    cells: list[list[Cell]] = [
        [i, day, by_id[number].subject, by_id[number].zone, what, content, evidence]
        for i, (day, number, what, content, evidence) in enumerate(rows, 1)
    ]
    return Page(
        "本月进展",
        f"{words}退出转型进展",
        (
            Column("序号", "plain"),
            Column("日期", "center", width=13),
            Column("名称", cap=30),
            Column("园区", cap=18),
            Column("事项", "center", width=12),
            Column("内容", "wrap", cap=56),
            Column("佐证材料或依据文件", "wrap", cap=34),
        ),
        cells,
        empty="本月没有进展。",
    )


def _due_page(
    words: str, cases: Sequence[ExitCase], steps: Sequence[ExitStep], last: date, soon: int
) -> Page:
    rows: list[list[Cell]] = []
    for i, item in enumerate(due_items(cases, steps, last, soon), 1):
        left = item.days_left
        rows.append(
            [
                i,
                item.case.subject,
                item.case.zone,
                item.step.what if item.step else "整件",
                (item.step and item.step.responsible) or item.case.responsible,
                item.due,
                f"逾期 {-left} 天" if item.is_overdue else f"还有 {left} 天",
            ]
        )
    return Page(
        "逾期和临期",
        f"{words}退出转型逾期和临期事项",
        (
            Column("序号", "plain"),
            Column("名称", cap=30),
            Column("园区", cap=18),
            Column("事项", "wrap", cap=40),
            Column("责任单位", cap=22),
            Column("时限", "center", width=13),
            Column("情况", "center", width=16),
        ),
        rows,
        notes=(f"截至 {last} 已过时限，或 {soon} 天内到期，且没有完成的。",),
        empty="没有逾期和临期的事项。",
    )


def _freed_page(words: str, cases: Sequence[ExitCase], month: str) -> Page:
    closed = [case for case in cases if case.state is CaseState.CLOSED]
    now = [case for case in closed if (case.closed_on or "")[:7] == month]
    rows: list[list[Cell]] = []
    for span, mine in (("本月", now), ("本年累计", closed)):
        every = freed_by_zone(mine)
        total = freed_of(mine, int(month[:4]), "合计")
        for one in (*every, *([total] if len(every) > 1 else ())):
            line: list[Cell] = [span, one.zone or "未填园区", one.cases]
            for known in (one.land, one.energy, one.emission, one.people):
                line += [known.value, _lacking(known)]
            rows.append(line)
    figures = (
        ("腾出土地（亩）", "number"),
        ("腾出用能（吨标准煤）", "number"),
        ("减少排放（吨）", "fine"),
        ("安置人数（人）", "integer"),
    )
    columns = [
        Column("时间", "center", width=12),
        Column("园区", cap=24),
        Column("销号（件）", "plain"),
    ]
    for heading, kind in figures:
        columns.append(Column(heading, kind))  # type: ignore[arg-type]
        columns.append(Column("其中不详", "center", width=12))
    return Page(
        "腾出资源汇总",
        f"{words}退出转型腾出资源汇总",
        tuple(columns),
        rows,
        notes=("只合计已填报的数；“其中不详”是没有填报的件数，没有按 0 计算。",),
        empty="本年还没有销号的事项。",
    )


def _lacking(known: Known) -> str:
    return f"{known.missing} 件" if known.missing else "无"
