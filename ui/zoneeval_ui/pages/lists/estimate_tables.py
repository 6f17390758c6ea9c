"""What a tariff comes to in a year, and how two of them differ, as tables and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.estimate import (
    STATE_WORDS,
    ChangeTotal,
    Estimate,
    EstimateChange,
    EstimateComparison,
    EstimateLine,
    EstimateTotal,
)
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import Column, TableData, Tint

translate = QCoreApplication.translate
MONEY = "万元"
UNKNOWN = "用量未知"


def sum_words(found: Estimate) -> str:
    """Return the sums in a sentence; what is not known is counted apart, never as 0."""
    if not found.lines:
        return translate("Lists", "没有企业适用这份价格表的标准，没有金额。")
    parts = []
    for direction, word in DIRECTION_WORDS.items():
        mine = [total for total in found.totals if total.direction == direction]
        if mine:
            words = _money_words(_known(total.amount for total in mine))
            parts.append(f"{word} {words}")
    displaced = math.fsum(line.displaced for line in found.lines)
    text = translate("Lists", "全年{sums}").format(sums="，".join(parts))
    if displaced:
        text += translate("Lists", "，其中 {n} 万元原已按其他加价收取").format(n=figure(displaced))
    firms = {line.uscc for line in found.unknown}
    if firms:
        text += translate("Lists", "；{n} 家用量未知，不计入合计").format(n=len(firms))
    return text + "。"


def _known(amounts: Iterable[float | None]) -> float | None:
    found = [amount for amount in amounts if amount is not None]
    return math.fsum(found) if found else None


def _money_words(amount: float | None) -> str:
    if amount is None:
        return translate("Lists", "无法估算")
    return translate("Lists", "{n} 万元").format(n=figure(amount))


def _kind_columns() -> tuple[Column, ...]:
    return (
        Column("what", translate("Lists", "措施"), width=6, strong=True),
        Column("grade", translate("Lists", "类别"), kind="grade"),
    )


def _what(total: EstimateTotal | ChangeTotal | EstimateLine | EstimateChange) -> str:
    return f"{total.kind}{DIRECTION_WORDS[total.direction]}"


def brief_totals(found: Estimate) -> TableData:
    """Return the sums by measure and class in a few columns."""
    columns = (
        *_kind_columns(),
        Column("amount", translate("Lists", "全年"), MONEY, kind="number"),
        Column("unknown", translate("Lists", "未知"), "家", kind="integer"),
    )
    return _totals(found.totals, columns)


def totals_table(found: Estimate) -> TableData:
    """Return the sums by measure and class."""
    columns = (
        *_kind_columns(),
        Column("enterprises", translate("Lists", "企业"), "家", kind="integer"),
        Column("charged", translate("Lists", "执行"), "家", kind="integer"),
        Column("not_charged", translate("Lists", "不执行"), "家", kind="integer"),
        Column("amount", translate("Lists", "全年金额"), MONEY, kind="number", strong=True),
        Column("net", translate("Lists", "净增"), MONEY, kind="number"),
        Column("unknown", UNKNOWN, "家", kind="integer"),
    )
    return _totals(found.totals, columns)


def _totals(totals: Sequence[EstimateTotal], columns: tuple[Column, ...]) -> TableData:
    values: dict[str, Sequence[Any]] = {
        column.key: [
            _what(total) if column.key == "what" else getattr(total, column.key) for total in totals
        ]
        for column in columns
    }
    tints = {(at, "unknown"): Tint.UNCERTAIN for at, one in enumerate(totals) if one.unknown}
    return TableData(columns, values, ids=list(range(len(totals))), tints=tints)


def lines_table(lines: Sequence[EstimateLine]) -> TableData:
    """Return one line per enterprise and measure; every rate stands with its document."""
    columns = (
        Column("name", translate("Lists", "企业名称"), width=14),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("years", translate("Lists", "连续年数"), kind="integer"),
        Column("what", translate("Lists", "措施"), width=7),
        Column("rate", translate("Lists", "标准"), right=True),
        Column("use", translate("Lists", "全年用量"), right=True),
        Column("amount", translate("Lists", "全年金额"), MONEY, kind="number", strong=True),
        Column("document", translate("Lists", "依据"), width=12),
        Column("state", translate("Lists", "情况"), width=7),
        Column("reason", translate("Lists", "说明"), width=18),
        Column("source", translate("Lists", "用量来源"), width=7),
        Column("zone", translate("Lists", "园区"), width=10),
    )
    made = translate("Lists", "（示意）")
    values: dict[str, list[Any]] = {
        "name": [line.name for line in lines],
        "grade": [line.grade for line in lines],
        "years": [line.consecutive_years for line in lines],
        "what": [_what(line) for line in lines],
        "rate": [f"{line.rate:g} {line.unit}" for line in lines],
        "use": [_use(line) for line in lines],
        "amount": [line.amount for line in lines],
        "document": [line.document + (made if line.illustrative else "") for line in lines],
        "state": [STATE_WORDS[line.state] for line in lines],
        "reason": [line.reason for line in lines],
        "source": [line.use_source for line in lines],
        "zone": [line.zone for line in lines],
    }
    tints = {
        (at, key): Tint.UNCERTAIN
        for at, line in enumerate(lines)
        for key in ("amount", "state")
        if line.amount is None
    }
    tints |= {(at, "document"): Tint.UNCERTAIN for at, x in enumerate(lines) if x.illustrative}
    return TableData(columns, values, ids=[line.uscc for line in lines], tints=tints)


def _use(line: EstimateLine) -> str | None:
    return None if line.use is None else f"{figure(line.use)} {line.use_unit}"


def _compared(before: str, after: str) -> tuple[Column, ...]:
    return (
        Column("before", translate("Lists", "甲表"), MONEY, kind="number", tooltip=before),
        Column("after", translate("Lists", "乙表"), MONEY, kind="number", tooltip=after),
        Column("difference", translate("Lists", "乙比甲"), MONEY, kind="number", strong=True),
    )


def change_totals(found: EstimateComparison) -> TableData:
    """Return the sums under both tariffs, over those known under both."""
    columns = (
        *_kind_columns(),
        Column("enterprises", translate("Lists", "企业"), "家", kind="integer"),
        *_compared(found.before.tariff_title, found.after.tariff_title),
        Column("unknown", UNKNOWN, "家", kind="integer"),
    )
    values: dict[str, Sequence[Any]] = {
        column.key: [
            _what(total) if column.key == "what" else getattr(total, column.key)
            for total in found.totals
        ]
        for column in columns
    }
    tints = {(at, "unknown"): Tint.UNCERTAIN for at, one in enumerate(found.totals) if one.unknown}
    return TableData(columns, values, ids=list(range(len(found.totals))), tints=tints)


def change_lines(found: EstimateComparison) -> TableData:
    """Return each enterprise and measure under both tariffs."""
    rows = found.changes
    columns = (
        Column("name", translate("Lists", "企业名称"), width=14),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("what", translate("Lists", "措施"), width=7),
        *_compared(found.before.tariff_title, found.after.tariff_title),
        Column("rate_before", translate("Lists", "甲表标准"), width=17),
        Column("rate_after", translate("Lists", "乙表标准"), width=17),
        Column("zone", translate("Lists", "园区"), width=10),
    )
    taken = {"what": [_what(row) for row in rows]}
    for key, one in (("rate_before", found.before), ("rate_after", found.after)):
        held = _rates(one)
        taken[key] = [held.get(_key(row), "") for row in rows]
    values: dict[str, Sequence[Any]] = {
        column.key: taken.get(column.key) or [getattr(row, column.key) for row in rows]
        for column in columns
    }
    return TableData(columns, values, ids=[row.uscc for row in rows])


def _key(row: EstimateLine | EstimateChange) -> tuple[str, str, str, str]:
    return row.uscc, row.kind, row.direction, row.grade


def _rates(found: Estimate) -> dict[tuple[str, str, str, str], str]:
    """Return the rate of every line with its document."""
    return {_key(x): f"{x.rate:g} {x.unit}（{x.document}）" for x in found.lines}


def change_words(found: EstimateComparison) -> str:
    """Return the difference of the sums in a sentence."""
    parts = []
    for direction, word in DIRECTION_WORDS.items():
        mine = [total for total in found.totals if total.direction == direction]
        difference = _known(total.difference for total in mine)
        if mine:
            more = difference is not None and difference >= 0
            size = None if difference is None else abs(difference)
            verb = translate("Lists", "多") if more else translate("Lists", "少")
            parts.append(
                f"{word}{verb} {_money_words(size)}"
                if size is not None
                else f"{word}{_money_words(None)}"
            )
    if not parts:
        return translate("Lists", "两份价格表都没有企业适用，没有金额可以比较。")
    text = translate("Lists", "乙表比甲表全年{words}").format(words="，".join(parts))
    lacking = len({row.uscc for row in found.changes if row.difference is None})
    if lacking:
        text += translate("Lists", "；{n} 家用量未知，不计入合计").format(n=lacking)
    return text + "。"
