"""What a utility carried out against its list (执行反馈), and the form it fills in."""

from __future__ import annotations

from pathlib import Path

from zoneeval.model.effects import period_words
from zoneeval.model.feedback import STATUS_WORDS, FeedbackComparison, FeedbackLine
from zoneeval.model.utility_list import IssuedList
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Page, Styled, shown

_GAP = "\u3000\u3000"
_SIGNED = _GAP.join(("填报单位（盖章）：", "填报人：____________", "填报日期：______年___月___日"))
_FORM_USE = {"万千瓦时": "千瓦时", "万立方米": "立方米"}
"""Utilities bill in the smaller unit."""


def write_feedback(path: Path, issued: IssuedList, found: FeedbackComparison) -> None:
    """Write the comparison to ``path``: faults first, then every line, then the counts.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{issued.utility}差别化政策执行反馈"
    notes = (_list_words(issued), _money_words(found))
    faults = [one for one in found.lines if one.is_fault]
    pages = [
        _lines_page("需核实", f"{title}——需核实", issued, faults, notes, "没有需要核实的。"),
        _lines_page("执行情况", title, issued, list(found.lines), notes, "没有导入执行反馈。"),
        Page(
            "汇总",
            f"{title}汇总",
            (Column("情况", "center", width=18), Column("项数", "plain")),
            [[STATUS_WORDS[key], count] for key, count in found.counts.items()],
            notes=notes,
            sums=(1,),
        ),
    ]
    write_book(path, title, pages)


def _list_words(issued: IssuedList) -> str:
    return f"第 {issued.id} 号名单（{issued.document}），自 {issued.valid_from} 起执行。"


def _money_words(found: FeedbackComparison) -> str:
    """Return the sums; what is not known is counted, not added as nothing."""
    billed = shown(found.billed)
    words = f"反馈金额合计 {billed} 万元"
    if found.billed_unknown:
        words += f"（{found.billed_unknown} 项没有填金额，不在合计内）"
    words += f"；按名单标准和反馈用量应为 {shown(found.expected)} 万元"
    if found.expected_unknown:
        words += f"（{found.expected_unknown} 项没有用量，不在合计内）"
    return f"{words}。"


def _lines_page(
    name: str,
    title: str,
    issued: IssuedList,
    lines: list[FeedbackLine],
    notes: tuple[str, ...],
    empty: str,
) -> Page:
    several = len(issued.content.kinds) > 1
    return Page(
        name,
        title,
        (
            Column("序号", "plain"),
            Column("期间", "center", width=16),
            Column("户号" if issued.content.accounts else "统一社会信用代码", "code", cap=26),
            Column("企业名称", cap=38),
            Column("类别", "center"),
            *((Column("种类", "center", cap=16),) if several else ()),
            Column("名单标准", "fine"),
            Column("执行标准", "fine"),
            Column("单位", "center", cap=16),
            Column("用量", "fine"),
            Column("应为金额（万元）", "fine"),
            Column("反馈金额（万元）", "fine"),
            Column("结论", "center", width=14),
            Column("说明", "wrap", cap=44),
            Column("反馈备注", "wrap", cap=30),
        ),
        [_cells(one, i, several) for i, one in enumerate(lines, 1)],
        notes=notes,
        frozen_columns=3,
        empty=empty,
    )


def _cells(one: FeedbackLine, serial: int, several: bool) -> list[Cell]:
    line, row = one.line, one.row
    account = line.account or line.uscc if line else row.account if row else None
    word = STATUS_WORDS[one.status]
    verdict: Cell = Styled(word, "grade_exit") if one.is_fault else word
    return [
        serial,
        period_words(one.period),
        account,
        line.enterprise if line else None,
        line.grade if line else None,
        *([line.kind if line else None] if several else []),
        line.rate if line else None,
        one.rate,
        line.unit if line else None,
        row.use if row else None,
        one.expected,
        row.amount if row else None,
        verdict,
        one.words or "",
        (row.note if row else None) or "",
    ]


def write_feedback_form(path: Path, issued: IssuedList, period: str, unit: str) -> None:
    """Write the table for one period that the utility fills in and sends back.

    Raises:
        UserError: the file cannot be written.
    """
    content = issued.content
    several = len(content.kinds) > 1
    use = _FORM_USE.get(unit, unit)
    lines = [*content.charged, *(one.line for one in content.shared)]
    what = "户号" if content.accounts else "统一社会信用代码"
    rows: list[list[Cell]] = [
        [
            i,
            *([line.account_name, line.account] if content.accounts else [line.uscc]),
            line.enterprise,
            *([line.kind] if several else []),
            period,
            line.rate if line.rate is not None else MISSING,
            "",
            "",
            "",
            "",
        ]
        for i, line in enumerate(lines, 1)
    ]
    rate_unit = lines[0].unit
    page = Page(
        "执行反馈表",
        f"{issued.utility}差别化政策执行反馈表（{period_words(period)}）",
        (
            Column("序号", "plain"),
            *((Column("户名", cap=40),) if content.accounts else ()),
            Column(what, "code", cap=24),
            Column("企业名称", cap=40),
            *((Column("种类", "center", cap=16),) if several else ()),
            Column("执行月份", "center", width=14),
            Column(f"名单标准（{rate_unit}）", "fine"),
            Column(f"执行标准（{rate_unit}）", "fine", width=16),
            Column(f"用量（{use}）", "general", width=18),
            Column("金额（元）", "general", width=16),
            Column("备注", "wrap", width=30),
        ),
        rows,
        notes=(
            _list_words(issued),
            "请按实际执行情况填写执行标准、用量和金额；没有执行的，标准填 0，并在备注写明原因。"
            "不清楚的留空，不要填 0。",
        ),
        closing=("", _SIGNED),
        frozen_columns=3,
    )
    write_book(path, page.title, [page])
