"""The year and part of a year that a table's title or a sheet's name states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zoneeval.intake.brackets import bracketed
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.unit_lines import Row

_DATE = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日|填报(?:日期|时间).*|报出日期.*|制表.*")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年(?!\d{1,2}月)|$)")
_PART = re.compile(
    r"20\d{2}年(?:上半年|下半年|前?[一二三四1-4]季度|(?!0?1[-—~至]12月)\d{1,2}月?[-—~至]\d{1,2}月)"
)


def tell_periods(rows: Sequence[Row], header: Header, year: int | None, findings: Findings) -> None:
    """Block a table whose title or sheet name states another year, or part of a year."""
    if year is None or header.first("year") is not None:
        return
    top = min(header.rows, default=0)
    texts = [c for n, cells in rows if n < top for c in cells if isinstance(c, str)]
    texts = [re.sub(r"\s", "", bracketed(t[:200])) for t in (*texts, findings.sheet or "")]
    texts = [_DATE.sub("", t) for t in texts]
    part = next((found[0] for t in texts if (found := _PART.search(t))), None)
    years = {int(y) for t in texts for y in _YEAR.findall(t)}
    if part is not None:
        said = f"是“{part}”的数据，不是 {year} 年全年的"
    elif len(years) == 1 and year not in years:
        said = f"是 {years.pop()} 年的数据，而导入的年度是 {year} 年"
    else:
        return
    findings.block(
        "year-differs",
        f"标题或工作表名写明该表{said}",
        suggestion="请核对文件与年度；确是该年度的，请更正标题或工作表名后重新导入。",
    )
