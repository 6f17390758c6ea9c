"""Where a table's body ends, and which rows of it are not data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import exact, folded
from zoneeval.units import is_unit

_TOTAL = re.compile(
    r"^(?:本页|全市|全区|全县)?(?:合计|小计|总计|共计|累计|平均|汇总)(?:数|值)?[:：]?$"
    r"|^(?:合计|总计|共计)?共?\d+[家户个]$"
)
_SOME_TOTAL = re.compile("[计均总共]")
_TOTAL_END = re.compile(r"(?:合计|小计|总计|共计)$")
_FOOT = re.compile(
    r"^[（(【]?(?:注|说明|备注|附注|注释|数据来源|资料来源|来源|填表人|填报人|制表人?|审核人?|复核人?"
    r"|负责人|单位负责人|统计负责人|报出日期|填报日期|填表日期)[】]?\s*\d*\s*[:：]"
)
_UNIT_LINE = re.compile(r"^\(?(?:计量|金额|数据|货币)?单位[:为](.{1,20}?)\)?$")
_CODE = re.compile(r"[0-9A-Z]{18}", re.I)
_MOST_NAMED = 5


def is_total(cell: object, ending: bool = False) -> bool:
    """Tell whether a cell names a row of totals."""
    if not isinstance(cell, str) or _SOME_TOTAL.search(cell) is None:
        return False
    text = re.sub(r"\s+", "", cell)
    return bool(_TOTAL.match(text) or (ending and _TOTAL_END.search(text)))


def is_footnote(cell: object) -> bool:
    """Tell whether a row that begins with this cell is a note below the table."""
    if not isinstance(cell, str) or not (":" in cell or "：" in cell):
        return False
    return bool(_FOOT.match(cell.strip()))


def data_rows(
    sheet: RawSheet, header: Header, findings: Findings | None = None, tell_totals: bool = True
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Return the rows below the header without totals, footnotes and repeated headings.

    What stands below another header or another line of units is not read; ``findings``
    are told of it, of totals left out, and of rows with more cells than headings.
    """
    headings = _headings(sheet, header)
    foreign = frozenset(
        index for index, names in headings.items() if not any(name.isascii() for name in names)
    )
    above = {folded(c) for _, cells in sheet.rows[: header.body] for c in cells if _is_text(c)}
    code = header.first("uscc")
    name = header.first("name")
    width = max(headings, default=0) + 1
    is_plain_text = sheet.name == ""
    findings = findings or Findings("")
    totals: list[int] = []
    last: object = None
    for number, cells in sheet.rows[header.body :]:
        first = next((c for c in cells if c is not None and c != ""), None)
        if is_footnote(first):
            continue
        own = cells[code.index] if code is not None and code.index < len(cells) else None
        known = type(own) is str and len(own) >= 18 and bool(_CODE.fullmatch(own.strip()))
        if is_total(first) or _names_total(
            cells, own, code is not None, name.index if name else None
        ):
            if not known or own == last:
                totals.append(number)
                continue
            _tell_total(number, own, findings)
        if not known and type(first) is str:
            if _repeats(cells, headings, foreign, above):
                continue
            if strange := _other_table(cells, number):
                findings.block(strange[0], strange[1], suggestion=strange[2])
                break
        last = own if known else None
        if is_plain_text and len(cells) > width:
            _tell_surplus(number, cells, width, findings)
        yield number, cells
    if totals and tell_totals:
        some = "、".join(str(row) for row in totals[:_MOST_NAMED])
        more = f"等 {len(totals)} 行" if len(totals) > _MOST_NAMED else "行"
        findings.note(
            "total-rows-skipped", f"第 {some} {more}是合计行，未作为企业读取",
            row=totals[0], suggestion="如其中有企业，请补填统一社会信用代码后重新导入。",
        )  # fmt: skip


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and cell != ""


def _headings(sheet: RawSheet, header: Header) -> dict[int, frozenset[str]]:
    """Return what stands in each column of the header, by the column counted from 0."""
    found = {c.index: {folded(c.heading), *filter(None, c.stack)} for c in header.columns}
    for _, cells in sheet.rows[header.body - len(header.rows) : header.body]:
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and cell != "":
                found.setdefault(index, set()).add(folded(cell))
    return {index: frozenset(names) for index, names in found.items()}


def _names_total(cells: tuple[Any, ...], own: object, has_codes: bool, name: int | None) -> bool:
    """Tell whether the code or the name of a row says that it is one of totals."""
    if name is not None and name < len(cells) and is_total(cells[name], ending=not own):
        return True
    return has_codes and is_total(own, True)


def _repeats(
    cells: tuple[Any, ...],
    headings: dict[int, frozenset[str]],
    foreign: frozenset[int],
    above: set[str],
) -> bool:
    """Tell whether a row repeats the headings, each in its column, or a line above them.

    ``foreign`` are the columns whose headings have other than ASCII characters.
    """
    filled = [(i, c) for i, c in enumerate(cells) if c is not None and c != ""]
    for index, cell in filled:
        if not isinstance(cell, str) or (index in foreign and cell.isascii()):
            return False
    if all(folded(cell) in headings.get(index, ()) for index, cell in filled):
        return True
    return len(filled) <= 2 and all(folded(cell) in above for _, cell in filled)


def _other_table(cells: tuple[Any, ...], number: int) -> tuple[str, str, str] | None:
    """Return code, message and advice where a row begins another table or another unit."""
    texts = [c for c in cells if c is not None and c != ""]
    if not all(isinstance(c, str) for c in texts):
        return None
    if len(texts) <= 2:
        found = _UNIT_LINE.match(folded(texts[0]))
        words = re.split(r"[、,;]", found[1]) if found else []
        if any(is_unit(word.strip("()")) for word in words):
            return (
                "unit-line-inside",
                f"第 {number} 行另写有“{texts[0]}”，计量单位在表中间改变，该行以下没有读取",
                "请把不同计量单位的数据分成两张工作表，或统一换算后重新导入。",
            )
    if len(texts) < 2 or any(_CODE.fullmatch(text.strip()) for text in texts):
        return None
    named = sum((match := exact(text)) is not None and match.key is not None for text in texts)
    if named >= 2 and named * 2 >= len(texts):
        return (
            "second-table",
            f"第 {number} 行是另一张表的标题（与本表标题不同），该行以下没有读取",
            "请把下面的表剪切到另一张工作表，再重新导入。",
        )
    return None


def _tell_total(number: int, own: object, findings: Findings) -> None:
    findings.warn(
        "total-with-code", "该行写有“合计”或“小计”等字样，但有信用代码，已按企业读取",
        row=number, value=own, suggestion="如是合计行，请删去后重新导入。",
    )  # fmt: skip


def _tell_surplus(number: int, cells: tuple[Any, ...], width: int, findings: Findings) -> None:
    surplus = [c for c in cells[width:] if c is not None and str(c).strip()]
    if surplus:
        findings.block(
            "too-many-cells",
            f"该行的内容比列标题多 {len(surplus)} 格，可能是数字中的千分位逗号把一格分成了两格",
            row=number, value=surplus[-1],
            suggestion="请去掉数字中的逗号，或另存为 .xlsx 后重新导入。",
        )  # fmt: skip
