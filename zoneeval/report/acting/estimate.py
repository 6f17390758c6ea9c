"""The estimate of a tariff as a workbook: totals, every enterprise, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.estimate import STATE_WORDS, Estimate, EstimateLine
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Tariff
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import (
    RunHeader,
    citation_section,
    document_words,
    list_section,
    rule_section,
    run_note,
    status_alerts,
    titled,
)
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, FactPage, Page, Section

_TOTALS = (
    Column("措施", "center"),
    Column("种类", "center"),
    Column("类别", "center"),
    Column("企业数", "plain"),
    Column("其中：执行", "plain"),
    Column("其中：不执行", "plain"),
    Column("其中：无法估算", "plain"),
    Column("全年金额（万元）", "fine"),
    Column("扣除原有加价后（万元）", "fine"),
)
_LINES = (
    Column("序号", "plain"),
    Column("企业名称", cap=40),
    Column("统一社会信用代码", "code", cap=22),
    Column("园区", cap=20),
    Column("类别", "center"),
    Column("连续年数", "plain"),
    Column("措施", "center"),
    Column("种类", "center"),
    Column("标准", "fine"),
    Column("单位", "center", cap=16),
    Column("计算基数", "center", cap=20),
    Column("用量", "fine"),
    Column("用量单位", "center", cap=12),
    Column("全年金额（万元）", "fine"),
    Column("扣除原有加价后（万元）", "fine"),
    Column("执行情况", "center", cap=20),
    Column("说明", "wrap", cap=44),
    Column("依据文号", "wrap", cap=36),
)


def write_estimate(
    path: Path, header: RunHeader, policy: Policy, tariff: Tariff, found: Estimate
) -> None:
    """Write an estimate to ``path``; enterprises without an amount stand on a sheet apart.

    Raises:
        UserError: the file cannot be written.
    """
    title = titled(header, "差别化政策金额测算")
    doubts = status_alerts(policy, policy.has_illustrative, "评价办法")
    alerts = (*found.warnings, *doubts)
    missing = len(found.unknown)
    notes = (
        run_note(header, policy),
        f"价格表：{document_words(tariff)}　按全年用量计算，是测算数，不是征收数。",
        f"合计不含 {missing} 项无法估算的，见“无法估算”表。" if missing else "各项都有用量。",
    )
    known = [line for line in found.lines if line.amount is not None]
    pages: list[Page | FactPage] = [
        Page(
            "汇总",
            title,
            _TOTALS,
            [
                [
                    DIRECTION_WORDS[total.direction],
                    total.kind,
                    grade_cell(policy, total.grade),
                    total.enterprises,
                    total.charged,
                    total.not_charged,
                    total.unknown,
                    total.amount,
                    total.net,
                ]
                for total in found.totals
            ],
            notes=notes,
            alerts=alerts,
            empty="没有适用这份价格表的企业。",
        ),
        _page("明细", title, policy, known, notes, "没有可以估算的企业。"),
        _page("无法估算", title, policy, found.unknown, notes[:2], "没有缺少用量的企业。"),
        FactPage(
            "说明",
            f"{title}说明",
            (
                rule_section(tariff, "一、价格表"),
                list_section("二、价格表中缺少的内容", tariff.missing, "没有。"),
                rule_section(policy, "三、评价办法"),
                Section("四、价格文件", citation_section(tariff).facts),
            ),
            alerts,
        ),
    ]
    write_book(path, title, pages)


def _page(
    name: str,
    title: str,
    policy: Policy,
    lines: Sequence[EstimateLine],
    notes: tuple[str, ...],
    empty: str,
) -> Page:
    rows = [_cells(policy, line, i) for i, line in enumerate(lines, 1)]
    return Page(name, f"{title}——{name}", _LINES, rows, notes=notes, frozen_columns=2, empty=empty)


def _cells(policy: Policy, line: EstimateLine, serial: int) -> list[Cell]:
    return [
        serial,
        line.name,
        line.uscc,
        line.zone,
        grade_cell(policy, line.grade),
        line.consecutive_years,
        DIRECTION_WORDS[line.direction],
        line.kind,
        line.rate,
        line.unit,
        line.base,
        line.use,
        line.use_unit,
        line.amount,
        line.net,
        STATE_WORDS[line.state],
        line.reason,
        line.document,
    ]
