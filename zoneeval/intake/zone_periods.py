"""The part of a year that a zone table's title or sheet name states."""

from __future__ import annotations

import re

from zoneeval.intake.brackets import bracketed
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.reader import RawSheet
from zoneeval.model.period import Period

_DATE = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日|填报(?:日期|时间).*|报出日期.*|制表.*")
_STATED = re.compile(
    r"20\d{2}年(?:度|上半年|全年|前?第?[一二三四1-4]个?季度|0?1月?[-—–~至]\d{1,2}月"
    r"|\d{1,2}月(?!份?[填报制印发]))?"
)
_ONE = re.compile(r"第?[二三四2-4]季度?末?|(?:0?[2-9]|1[0-2])月份?")


def stated_period(sheet: RawSheet, header: Header) -> Period | None:
    """Return the one period that is stated above the headings or in the sheet's name."""
    top = min(header.rows, default=0)
    texts = [c for n, cells in sheet.rows if n < top for c in cells if isinstance(c, str)]
    found: set[Period] = set()
    for text in (*texts, sheet.name):
        plain = _DATE.sub("", re.sub(r"\s", "", bracketed(text[:200])))
        for stated in _STATED.findall(plain):
            period = Period.of_words(stated)
            if period is not None:
                found.add(period)
    parts = {period for period in found if not period.is_year}
    if len(parts) == 1 and {period.year for period in found} == {p.year for p in parts}:
        return parts.pop()
    return None


def tell_title(title: Period | None, findings: Findings) -> None:
    """Say that the figures without a period of their own are of the title's."""
    if title is not None:
        findings.note(
            "period-from-title",
            f"标题或工作表名写明{title.label}，该表没有另注期间的数值按{title.span}累计数导入",
            value=title.key, suggestion="如是当季、当月数或全年数，请加“期间”列写明。",
        )  # fmt: skip


def one_quarter(words: str) -> bool:
    """Tell whether words may mean a quarter or month by itself: 二季度, 6月."""
    rest = re.sub(r"^20\d{2}年", "", re.sub(r"\s", "", words))
    return bool(_ONE.fullmatch(rest))
