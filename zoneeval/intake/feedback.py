"""A utility's report on what it carried out (执行反馈): one account and period per row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zoneeval.errors import InputError
from zoneeval.intake.cells import BadCell, clean, number_parser, parse_code, parse_text
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header, find_header
from zoneeval.intake.heading_columns import Column
from zoneeval.intake.reader import RawSheet, read_sheets
from zoneeval.intake.recognise import folded
from zoneeval.intake.rows import data_rows
from zoneeval.intake.sharing import month_column
from zoneeval.model.effects import MONEY
from zoneeval.model.feedback import FeedbackRow
from zoneeval.model.period import Period
from zoneeval.model.records import SourceCell
from zoneeval.units import same_dimension

STORED_MONEY = "万元"
_OF_THE_LIST = re.compile("名单|核定|应收|应执行|原标准")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("note", re.compile("^(?:备注|说明|未执行原因|原因)")),
    ("kind", re.compile("^(?:种类|措施|项目)$")),
    ("period", re.compile("月份|账期|期间|周期|^月$|时期")),
    ("amount", re.compile("金额|加收|加价电费|加价水费|加价气费|减免额|减免税|征收额")),
    ("rate", re.compile("标准|加价|电价|水价|气价|单价|比例|幅度")),
    ("use", re.compile("用量|电量|水量|气量|热量|应纳|计税")),
)
_COMPACT = re.compile(r"((?:19|20)\d{2})[./]?(0[1-9]|1[0-2]|(?<=[./])[1-9])")


@dataclass(frozen=True, slots=True)
class FeedbackTable:
    """What a table is read for: units of use and rate, and the keys of the list's lines.

    ``accounts`` maps an account as it may be written to the list's own; ``kinds`` are the
    kinds of measures where the list has several.
    """

    use_unit: str
    rate_unit: str
    by_code: bool
    accounts: Mapping[str, str]
    kinds: tuple[str, ...]


def read_feedback(
    path: Path, table: FeedbackTable, period: str | None = None
) -> tuple[list[FeedbackRow], list[str]]:
    """Return the rows of the first sheet that is such a report, and every fault in words.

    ``period`` serves rows without one.  Rows with nothing filled in are left out.  Raises
    InputError where no sheet has the columns that are needed, or a unit is not stated.
    """
    given = None if period is None else Period.parse(period).key
    for sheet in read_sheets(path):
        header = find_header(sheet.rows, least=1, name=sheet.name)
        if header is None:
            continue
        columns = _columns(header, table)
        if columns.keys() >= {"account"} and columns.keys() & {"rate", "amount"}:
            return _Reader(path.name, sheet, header, columns, table, given).rows()
    what = "统一社会信用代码" if table.by_code else "户号"
    raise InputError(
        f"“{path.name}”中没有找到执行反馈表，没有导入：需要“{what}”和“执行标准”或“金额”这些列。"
        "请先导出反馈表样式，由执行单位按列填写。"
    )


def _columns(header: Header, table: FeedbackTable) -> dict[str, Column]:
    """Return the column of each part; of several the one that says 实际 or 执行."""
    found: dict[str, list[Column]] = {}
    months = month_column(header)
    for column in header.columns:
        role = _role(column, months, table)
        if role:
            found.setdefault(role, []).append(column)
    chosen = {}
    for role, columns in found.items():
        best = [c for c in columns if "实际" in c.heading or "执行" in c.heading] or columns
        if len(best) > 1 and role in ("amount", "rate", "use", "period"):
            names = "”“".join(c.heading for c in best)
            raise InputError(f"“{names}”几列意思相同，不能确定用哪一列。请只保留一列后再导入。")
        chosen[role] = best[0]
    return chosen


def _role(column: Column, months: int | None, table: FeedbackTable) -> str | None:
    if column.key == ("uscc" if table.by_code else "account"):
        return "account"
    if column.index == months or column.key == "period":
        return "period"
    if column.key in ("account_name", "name", "uscc", "account", "zone"):
        return None
    label = folded(column.heading).split("(")[0]
    if _OF_THE_LIST.search(label):
        return None
    return next((role for role, words in _ROLES if words.search(label)), None)


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        file: str,
        sheet: RawSheet,
        header: Header,
        columns: Mapping[str, Column],
        table: FeedbackTable,
        period: str | None,
    ) -> None:
        self._file, self._sheet, self._header = file, sheet, header
        self._columns, self._table, self._period = columns, table, period
        self._parsers = {
            "use": number_parser(table.use_unit, self._unit("use", (table.use_unit,))),
            "rate": number_parser(table.rate_unit, self._unit("rate", (table.rate_unit,))),
            "amount": number_parser(STORED_MONEY, self._unit("amount", MONEY)),
        }

    def rows(self) -> tuple[list[FeedbackRow], list[str]]:
        """Return the rows and the faults."""
        kept: dict[tuple[str, str], tuple[int, FeedbackRow]] = {}
        faults: list[str] = []
        findings = Findings(self._file, self._sheet.name)
        for number, cells in data_rows(self._sheet, self._header, findings):
            try:
                row = self._row(number, cells)
            except BadCell as fault:
                faults.append(f"第 {number} 行{fault.message}")
                continue
            if row is None:
                continue
            before = kept.get((row.account, row.period))
            if before is None:
                kept[row.account, row.period] = number, row
            elif replace(before[1], source=None) != replace(row, source=None):
                faults.append(
                    f"第 {number} 行：{row.account} {row.period} 与第 {before[0]} 行重复且不一致"
                )
        faults += [one.message for one in findings.items if one.severity.value == "blocking"]
        return [row for _, row in kept.values()], faults

    def _unit(self, role: str, fitting: Iterable[str]) -> str | None:
        """Return the unit that is stated for a column; of the rate the list's own will do."""
        column = self._columns.get(role)
        if column is None:
            return None
        units = tuple(fitting)
        stated = column.unit or next(
            (u for u in self._header.units if any(same_dimension(u, f) for f in units)), None
        )
        if stated is None:
            if role == "rate":
                return None
            raise InputError(
                f"“{self._file}”的“{column.heading}”没有写单位，没有导入。"
                f"请在标题后注明单位，如“{column.heading}（{units[0]}）”。"
            )
        if not any(same_dimension(stated, f) for f in units):
            raise InputError(
                f"“{self._file}”的“{column.heading}”单位是“{stated}”，应为“{units[0]}”一类的单位，"
                "没有导入。请核对是不是这份名单的反馈。"
            )
        return stated

    def _row(self, number: int, cells: tuple[Any, ...]) -> FeedbackRow | None:
        account = parse_code(self._cell("account", cells))
        figures = {role: self._number(role, number, cells) for role in ("use", "rate", "amount")}
        note = parse_text(self._cell("note", cells))
        if all(value is None for value in figures.values()) and note is None:
            return None
        if account is None:
            raise BadCell("missing-code", "没有填户号", "请补填。")
        for role, value in figures.items():
            if value is not None and value < 0:
                raise BadCell("negative", f"“{self._columns[role].heading}”是负数", "请核对。")
        source = SourceCell(self._file, self._sheet.name, number, self._columns["account"].letter)
        return FeedbackRow(
            self._key(account, cells),
            self._month(cells),
            figures["use"],
            figures["rate"],
            figures["amount"],
            note,
            source.place,
        )

    def _key(self, account: str, cells: tuple[Any, ...]) -> str:
        listed = self._table.accounts
        own = listed.get(account) or listed.get(account.lstrip("0"), account)
        if not self._table.kinds:
            return own
        kind = parse_text(self._cell("kind", cells))
        if kind not in self._table.kinds:
            known = "、".join(self._table.kinds)
            raise BadCell("unknown-choice", f"的种类“{kind or ''}”不在名单上（{known}）", "")
        return f"{own} {kind}"

    def _month(self, cells: tuple[Any, ...]) -> str:
        value = self._cell("period", cells)
        if value is None or (isinstance(value, str) and not value.strip()):
            if self._period is None:
                raise BadCell("no-year", "没有写执行月份，导入时也没有指明", "")
            return self._period
        return period_of(value)

    def _cell(self, role: str, cells: tuple[Any, ...]) -> Any:
        column = self._columns.get(role)
        return None if column is None or column.index >= len(cells) else cells[column.index]

    def _number(self, role: str, number: int, cells: tuple[Any, ...]) -> float | None:
        column = self._columns.get(role)
        if column is None:
            return None
        percent = (number, column.index) in self._sheet.percent
        value = self._parsers[role](self._cell(role, cells), False)
        if isinstance(value, str):
            raise BadCell("text-in-number", f"应填数字，现为“{value}”", "")
        return value * 100 if value is not None and percent and role == "rate" else value


def period_of(value: Any) -> str:
    """Return the period that a cell means: 2025-03, 202503, 2025年3月, 2025年一季度, 2025.

    Raises BadCell where it cannot be read.
    """
    if hasattr(value, "strftime"):
        return f"{value.year:04d}-{value.month:02d}"
    text = clean(parse_text(value) or "")
    if found := _COMPACT.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02d}"
    if len(text) == 10 and text[4] == text[7] == "-":
        text = text[:7]
    period = Period.of_words(text)
    if period is None:
        raise BadCell("period-not-read", f"的月份“{text}”无法识别，请写成 2025-03", "")
    return period.key
