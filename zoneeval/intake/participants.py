"""A 参评名单 with decisions made by hand: who takes part, who does not, and why."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Literal

from zoneeval.intake.cells import BadCell, parse_credit_code, parse_text, parse_year
from zoneeval.intake.entries import CodeBook
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.heading_columns import Column
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import folded
from zoneeval.intake.rows import data_rows
from zoneeval.model.inputs import TAKE_BACK
from zoneeval.model.records import DecisionRow, SourceCell

_WORDS: dict[str, Literal["in", "out"] | None] = {
    "参评": "in",
    "是": "in",
    "不参评": "out",
    "否": "out",
    TAKE_BACK: None,
    "取消": None,
}


def read_decisions(
    sheet: RawSheet, header: Header, findings: Findings, codes: CodeBook, *, year: int | None
) -> tuple[list[DecisionRow], int]:
    """Return the rows with a decision, and how many rows had anything in them."""
    kept: dict[tuple[int, str], DecisionRow] = {}
    count = 0
    for number, cells in data_rows(sheet, header, findings):
        row = _Row(number, cells, header, findings)
        code, word = row.code(), row.text("decision")
        if code is None and word is None:
            continue
        count += 1
        if word is None:
            continue
        made = _decision(row, code, word, codes, year)
        if made is None:
            continue
        key = (made.year, made.uscc)
        if key in kept and (made.decision, made.reason) != (kept[key].decision, kept[key].reason):
            row.block("uscc", "duplicate-code", f"企业“{made.uscc}”的参评决定出现两次，且不一致",
                      "请只保留一行。")  # fmt: skip
            continue
        kept[key] = made
    return list(kept.values()), count


def warn_of_strangers(
    rows: Iterable[DecisionRow], known: Container[str], findings: Findings
) -> None:
    """Warn of decisions about enterprises that nobody has heard of; they are stored."""
    for row in rows:
        if row.uscc not in known:
            findings.warn(
                "decision-without-enterprise",
                f"企业“{row.uscc}”不在企业名录和已有数据中，参评决定暂不起作用",
                row=row.source.row if row.source else None,
                value=row.uscc,
                suggestion="请核对信用代码；如无误，请导入该企业的数据。",
                uscc=row.uscc,
            )


class _Row:
    """One row, read by the parts its columns play."""

    def __init__(
        self, number: int, cells: tuple[Any, ...], header: Header, findings: Findings
    ) -> None:
        self.number = number
        self._cells = cells
        self._header = header
        self._findings = findings

    def _column(self, key: str) -> Column | None:
        return self._header.first(key)

    def cell(self, key: str) -> Any:
        column = self._column(key)
        if column is None or column.index >= len(self._cells):
            return None
        return self._cells[column.index]

    def block(self, key: str, code: str, message: str, suggestion: str | None) -> None:
        column = self._column(key)
        uscc = self.cell("uscc")
        self._findings.block(
            code,
            message,
            row=self.number,
            column=column.letter if column else None,
            value=self.cell(key),
            suggestion=suggestion,
            uscc=str(uscc) if uscc else None,
        )

    def text(self, key: str) -> str | None:
        try:
            return parse_text(self.cell(key))
        except BadCell as fault:
            self.block(key, fault.code, fault.message, fault.suggestion)
            return None

    def code(self) -> str | None:
        cell = self.cell("uscc")
        if cell is None:
            return None
        try:
            found = parse_credit_code(cell, False)
        except BadCell as fault:
            self.block("uscc", fault.code, fault.message, fault.suggestion)
            return None
        return None if found is None else str(found)

    def year(self, given: int | None) -> int | None:
        try:
            found = parse_year(self.cell("year")) or given
        except BadCell as fault:
            self.block("year", fault.code, fault.message, fault.suggestion)
            return None
        if found is None:
            self.block("decision", "no-year", "该行没有年度，导入时也没有指明年度",
                       "请在导入时指明年度。")  # fmt: skip
        return found

    def source(self) -> SourceCell:
        column = self._column("decision")
        place = self._findings
        return SourceCell(
            place.file, place.sheet or "", self.number, column.letter if column else ""
        )

    def has_finding(self) -> bool:
        return self.number in self._findings.blocked_rows


def _decision(
    row: _Row, code: str | None, word: str, codes: CodeBook, given: int | None
) -> DecisionRow | None:
    if code is None:
        if not row.has_finding():
            row.block("uscc", "missing-code", "有参评决定而没有统一社会信用代码", "请补填代码。")
        return None
    fault = codes.fault(code)
    if fault:
        row.block("uscc", "bad-credit-code", f"统一社会信用代码“{code}”有误：{fault}",
                  "请按营业执照核对后更正。")  # fmt: skip
        return None
    if folded(word) not in _WORDS:
        row.block(
            "decision",
            "unknown-choice",
            f"人工决定“{word}”无法识别",
            f"请填“参评”或“不参评”；取消以前决定的填“{TAKE_BACK}”；没有决定的留空。",
        )
        return None
    decision = _WORDS[folded(word)]
    reason = row.text("decision_reason") or ""
    if decision is not None and not reason:
        row.block("decision_reason", "missing-value", "有人工决定而没有写理由",
                  "请补填理由，有依据文件的一并写明。")  # fmt: skip
        return None
    year = row.year(given)
    if year is None:
        return None
    return DecisionRow(year, code, decision, reason, row.text("document"), row.source())
