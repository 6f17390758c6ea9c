"""The list of differentiated prices of one utility (差别化价格清单)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.pricing import PricedAccount
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Tariff
from zoneeval.report.book import write_book
from zoneeval.report.columns import Cell, Column, FactPage, Page, Section
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

PENDING = "待定"
"""Stands where no published rate, date or document was found; never a 0."""

_SIGNATURES = (
    "编制：______________　　审核：______________　　批准：______________　　"
    "日期：________年____月____日"
)


def write_pricing(
    path: Path,
    header: RunHeader,
    policy: Policy,
    tariff: Tariff,
    utility: str,
    rows: Sequence[PricedAccount],
) -> None:
    """Write the price list of a utility to ``path``, one row per account.

    Enterprises without a known account stand on a sheet of their own.

    Raises:
        UserError: the file cannot be written.
    """
    mine = [row for row in rows if row.utility == utility]
    known = [row for row in mine if row.account]
    unknown = [row for row in mine if not row.account]
    title = titled(header, f"差别化价格清单（{utility}）")
    alerts = _alerts(policy, tariff, utility)
    notes = (
        run_note(header, policy),
        f"价格依据：{document_words(tariff)}　“待定”表示没有见到公布的标准，不是 0。",
    )
    surcharged = "、".join(f"{g.letter}类" for g in policy.grades if g.surcharge)
    nobody = f"没有需要列入的{surcharged}企业户号。" if surcharged else "本办法没有规定加价的类别。"
    listed = Page(
        f"{utility}加价清单",
        title,
        _columns(),
        [_cells(policy, row, i) for i, row in enumerate(known, 1)],
        notes=notes,
        alerts=alerts,
        closing=("", _SIGNATURES),
        frozen_columns=2,
        empty=nobody,
    )
    without = Page(
        "缺户号",
        f"{title}——缺户号企业",
        tuple(c for c in _columns() if c.heading not in ("户名", "户号")),
        [
            [c for k, c in enumerate(_cells(policy, row, i)) if k not in (1, 2)]
            for i, row in enumerate(unknown, 1)
        ],
        notes=(*notes, f"下列企业没有{utility}户号，请核对后补充，补齐前不能执行。"),
        frozen_columns=2,
        empty="列入清单的企业都有户号。",
    )
    about = FactPage(
        "说明",
        f"{title}说明",
        (
            rule_section(tariff, "一、价格表"),
            list_section("二、价格表中缺少的内容", _missing(tariff), "没有。"),
            rule_section(policy, "三、评价办法"),
            Section("四、价格文件", citation_section(tariff).facts),
        ),
        alerts,
    )
    write_book(path, title, [listed, without, about])


def _missing(tariff: Tariff) -> list[str]:
    reason = [tariff.empty_reason] if tariff.empty_reason and not tariff.rates else []
    return [*reason, *tariff.missing]


def _alerts(policy: Policy, tariff: Tariff, utility: str) -> tuple[str, ...]:
    rates = [rate for rate in tariff.rates if rate.utility == utility]
    lines = []
    if not rates:
        lines.append(
            tariff.empty_reason or f"价格表中没有{utility}的加价标准，加价标准列写“待定”。"
        )
    sample = any(rate.illustrative for rate in rates)
    if rates:
        lines += status_alerts(tariff, sample, "本价格表")
    return (*lines, *status_alerts(policy, policy.has_illustrative, "评价办法"))


def _columns() -> tuple[Column, ...]:
    return (
        Column("序号", "plain"),
        Column("户名", cap=44),
        Column("户号", "code", cap=22),
        Column("企业名称", cap=40),
        Column("统一社会信用代码", "code", cap=22),
        Column("园区", cap=20),
        Column("类别", "center"),
        Column("连续年数", "plain"),
        Column("加价标准", "fine"),
        Column("单位", "center", cap=16),
        Column("执行起", "center"),
        Column("执行止", "center"),
        Column("依据文号", "wrap", cap=36),
    )


def _cells(policy: Policy, row: PricedAccount, serial: int) -> list[Cell]:
    pending = row.rate is None
    return [
        serial,
        row.account_name,
        row.account,
        row.enterprise,
        row.uscc,
        row.zone,
        grade_cell(policy, row.grade),
        row.consecutive_years,
        PENDING if pending else row.rate,
        row.unit or PENDING,
        row.starts or PENDING,
        row.ends or PENDING,
        row.document or PENDING,
    ]
