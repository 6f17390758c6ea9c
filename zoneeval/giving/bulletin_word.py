"""The bulletin (通报) as a Word document: sentences, then a table for each indicator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zoneeval.giving.word import (
    HEI,
    add_table,
    begin_annex,
    new_document,
    paragraph,
    save_document,
)
from zoneeval.report.workbook.columns import MISSING
from zoneeval.report.zones.bulletin import Bulletin, BulletinIndicator, BulletinRow
from zoneeval.report.zones.bulletin_book import heading
from zoneeval.report.zones.bulletin_words import (
    BASIS,
    absences,
    change_words,
    headline,
    number_of,
    period_words,
    previous_words,
    ranking,
    remarks,
    rise_words,
    target_words,
)
from zoneeval.report.zones.progress import met_words

_NUMERALS = "一二三四五六七八九十"
_WIDTHS = (10, 34, 22, 18, 12, 18, 15, 20, 18, 26, 14, 18)
_RIGHT = frozenset({2, 5, 6, 10, 11})


def write_bulletin_word(path: Path, bulletin: Bulletin, issuer: str = "") -> None:
    """Write the bulletin as a Word document; ``issuer`` signs it.

    Raises:
        UserError: the file cannot be written.
    """
    period = period_words(bulletin.period)
    short = period.split("（")[0]
    document = new_document(f"关于{short}园区主要指标完成情况的通报")
    paragraph(document, f"关于{short}园区主要指标", look="title")
    paragraph(document, "完成情况的通报", look="title")
    paragraph(document, "")
    paragraph(document, "各园区管理机构：", indent=False)
    span = "" if bulletin.period.is_year else "，数据为年初以来累计数或期末数"
    paragraph(
        document,
        f"现将{period}{len(bulletin.zones)} 个园区主要指标完成情况通报如下{span}。",
    )
    _heading(document, 0, "总体情况")
    for one in bulletin.indicators:
        paragraph(document, headline(bulletin, one).removeprefix(f"{period}，"))
    _heading(document, 1, "各项指标位次")
    for number, one in enumerate(bulletin.indicators, 1):
        paragraph(document, f"（{_numeral(number)}）{one.label}", font="楷体_GB2312", together=True)
        for text in ranking(bulletin, one):
            paragraph(document, text)
    _heading(document, 2, "目标进度")
    for text in _progress_lines(bulletin):
        paragraph(document, text)
    _heading(document, 3, "数据缺报情况")
    for text in absences(bulletin) or ["所列指标各园区都有数据。"]:
        paragraph(document, text)
    _heading(document, 4, "说明")
    for number, text in enumerate(remarks(bulletin), 1):
        paragraph(document, f"{number}．{text}")
    _sign(document, bulletin, issuer)
    _annex(document, bulletin, period)
    save_document(document, path)


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{_NUMERALS[ones - 1] if ones else ''}"


def _heading(document: Any, number: int, text: str) -> None:
    paragraph(document, f"{_NUMERALS[number]}、{text}", font=HEI, together=True)


def _progress_lines(bulletin: Bulletin) -> list[str]:
    """Return how many targets are ahead of time, who is behind, and what is not known."""
    dated = [p for p in bulletin.progress if p.ahead is not None]
    if not bulletin.progress:
        return ["没有录入各园区的年度目标，不计算目标进度。"]
    lines = []
    if dated:
        share = (dated[0].elapsed or 0.0) * 100
        good = sum(round((p.ahead or 0.0) * 100, 1) >= 0 for p in dated)
        lines.append(
            f"时间进度为 {share:.1f}%。可以计算时序进度的目标 {len(dated)} 项，"
            f"达到或超过时序进度的 {good} 项，落后的 {len(dated) - good} 项。"
        )
        late = [p for p in dated if round((p.ahead or 0.0) * 100, 1) < 0]
        if late:
            named = "；".join(
                f"{p.zone}{p.target.label}完成 {(p.completion or 0.0) * 100:.1f}%，{p.ahead_words}"
                for p in sorted(late, key=lambda p: p.ahead or 0.0)
            )
            lines.append(f"落后时序进度的：{named}。请认真分析原因，抓紧整改。")
    others = [p for p in bulletin.progress if p.ahead is None and p.value is not None]
    if others:
        named = "；".join(
            f"{p.zone}{p.target.label} {p.target.figure_words(p.value)}"
            f"（目标{p.target.words}，{met_words(p)}）"
            for p in others
        )
        lines.append(f"不按时序进度比较的目标：{named}。")
    unknown = [p for p in bulletin.progress if p.value is None]
    if unknown:
        by_zone: dict[str, list[str]] = {}
        for p in unknown:
            by_zone.setdefault(p.zone, []).append(p.target.label)
        named = "；".join(f"{z}（{'、'.join(dict.fromkeys(w))}）" for z, w in by_zone.items())
        lines.append(f"本期没有数据、不能计算完成率的目标 {len(unknown)} 项：{named}。")
    return lines


def _sign(document: Any, bulletin: Bulletin, issuer: str) -> None:
    paragraph(document, "")
    names = "、".join(one.label for one in bulletin.indicators)
    paragraph(document, f"附件：各园区{names}情况表")
    paragraph(document, "")
    paragraph(document, issuer or "（发文单位）", look="signature", together=True)
    paragraph(document, "年　　月　　日", look="signature")


def _annex(document: Any, bulletin: Bulletin, period: str) -> None:
    begin_annex(document)
    paragraph(document, "附件", font=HEI, indent=False)
    for one in bulletin.indicators:
        paragraph(document, f"{period}{one.label}情况表", look="annex")
        last = "占合计" if one.total is not None else "比平均数高"
        grown = "比上年同期降低率" if one.change and one.change.sign < 0 else "比上年同期"
        headings = (
            "位次", "园区", heading(one), grown, "口径", "增速比平均（百分点）", last,
            f"位次比{previous_words(bulletin)}", "位次比上年同期", "年度目标", "完成率",
            "比时序进度（百分点）",
        )  # fmt: skip
        rows = [_cells(one, row) for row in one.rows] + [_empty(zone) for zone, _ in one.missing]
        kept = [i for i in range(len(headings)) if i < 3 or any(row[i] != MISSING for row in rows)]
        add_table(
            document,
            [headings[i] for i in kept],
            [_WIDTHS[i] for i in kept],
            [[row[i] for i in kept] for row in rows],
            frozenset(n for n, i in enumerate(kept) if i in _RIGHT),
        )
        paragraph(document, "", size=9.0, spacing=12)


def _cells(one: BulletinIndicator, row: BulletinRow) -> tuple[str, ...]:
    progress = row.progress
    if one.total is not None:
        shared = MISSING if row.share is None else f"{row.share * 100:.1f}%"
    elif row.above is None:
        shared = MISSING
    else:
        shared = f"{number_of(one, row.above)}".replace("%", " 个百分点")
    return (
        str(row.place),
        row.zone,
        number_of(one, row.value),
        change_words(one.change, row.growth) or MISSING,
        BASIS.get(row.basis) or MISSING,
        _signed(row.points),
        shared,
        rise_words(row.rise),
        rise_words(row.rise_year),
        target_words(one, row),
        MISSING if progress is None or progress.completion is None
        else f"{progress.completion * 100:.1f}%",
        _signed(progress.ahead if progress else None),
    )  # fmt: skip


def _signed(value: float | None) -> str:
    if value is None:
        return MISSING
    points = round(value * 100, 1) + 0.0
    return f"{points:+.1f}" if points else "0.0"


def _empty(zone: str) -> tuple[str, ...]:
    return (MISSING, zone, "没有数据", *([MISSING] * (len(_WIDTHS) - 3)))
