"""Rows of a table about enterprises → typed entries, with a finding for every bad cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from zoneeval.energy import FactorTable, shipped_factors
from zoneeval.identifiers import (
    credit_code_fault,
    normalise_code,
    organisation_check_character,
    organisation_digit_ok,
)
from zoneeval.intake.cells import BadCell, parse_year
from zoneeval.intake.energy_columns import TARGET
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.kinds import Kind
from zoneeval.intake.names import normalised_name
from zoneeval.intake.plan import Reading, energy_readings, plan_columns, plan_energy
from zoneeval.intake.quick import Typed, typed_rows
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.rows import data_rows
from zoneeval.intake.sharing import (
    check_formats,
    check_lost_zeros,
    month_column,
    settle_merged,
)
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Severity
from zoneeval.model.matching import Aliases
from zoneeval.progress import Progress, silent

ROLES_OF_KIND: dict[Kind, tuple[str, ...]] = {
    "parcel": ("certificate", "location"),
    "meter": ("account", "account_name"),
    "event": ("event_kind", "event_date", "description", "document"),
}
REQUIRED_IN_DIRECTORY = ("name", "zone", "industry_code", "scale")
_CJK = re.compile(r"[一-鿿]")


@dataclass(slots=True)
class Entry:
    """One data row: ``values`` by field, ``extra`` by role (户号, 权证号 …).

    ``organisation`` is the old organisation code that stands for a missing ``code``;
    ``given`` the code as written where another one has taken its place; ``maybe`` whose
    sum lacks this row if it is left out; an ``absorbed`` row was added to another row of
    the same enterprise.
    """

    row: int
    code: str | None
    name: str | None
    year: int | None
    values: dict[str, float | str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    organisation: str | None = None
    given: str | None = None
    maybe: str | None = None
    absorbed: bool = False


class CodeBook:
    """Credit codes already looked at in this import, so that each is checked once."""

    def __init__(self, aliases: Aliases | None = None) -> None:
        self._faults: dict[str, str | None] = {}
        self._noted: set[str] = set()
        self._names = {
            normalised_name(alias): code
            for (kind, alias), code in (aliases or {}).items()
            if kind == "name" and code
        }

    def decided(self, name: str) -> str | None:
        """Return the code that somebody decided a name to mean, or None."""
        return self._names.get(normalised_name(name)) if self._names else None

    def fault(self, code: str) -> str | None:
        """Return what is wrong with a code, or None."""
        if code not in self._faults:
            self._faults[code] = credit_code_fault(code)
        return self._faults[code]

    def inner_doubt(self, code: str) -> bool:
        """Tell, once per code, that the organisation code inside has a wrong check digit."""
        if code in self._noted:
            return False
        self._noted.add(code)
        return not organisation_digit_ok(code)


def read_entries(
    sheet: RawSheet,
    header: Header,
    kind: Kind,
    findings: Findings,
    codes: CodeBook,
    *,
    year: int | None,
    zone: str | None,
    factors: FactorTable | None = None,
    progress: Progress = silent,
) -> tuple[list[Entry], dict[str, str]]:
    """Return the entries of a sheet, and the column letter of each field read."""
    roles = (*ROLES_OF_KIND.get(kind, ()), "organisation_code")
    readings = plan_columns(header, roles, findings, year)
    letters = {r.key: r.letter for r in readings}
    energy = plan_energy(header, findings, factors or shipped_factors())
    readings += energy_readings(energy)
    required: tuple[str, ...] = ()
    if kind == "directory":
        required = tuple(k for k in REQUIRED_IN_DIRECTORY if not (k == "zone" and zone))
        required = _missing_columns(required, header, findings)
    year_column = header.first("year")
    if year_column is None and year is None:
        findings.block(
            "no-year",
            "没有“年度”列，导入时也没有指明年度",
            suggestion="请在导入时指明年度，或在表中增加“年度”列。",
        )
    check_formats(sheet, header, readings, findings)
    month = month_column(header) if kind == "meter" else None
    entries: list[Entry] = []
    done, total = 0, len(sheet.rows)
    dated = year_column is not None or year is None
    for piece in typed_rows(list(data_rows(sheet, header, findings)), readings, sheet.percent):
        for number, cells, typed in piece:
            if typed is None:
                entry = _entry(number, cells, readings, sheet, findings)
                if entry is None:
                    continue
            else:
                entry = _clean_entry(number, typed)
            entry.year = _year_of(number, cells, header, findings, year) if dated else year
            _take_organisation(entry)
            if "uscc" in letters:
                _check_code(entry, letters["uscc"], findings, codes)
            for key in required:
                if key not in entry.values and number not in findings.blocked_rows:
                    _missing_cell(entry, key, letters[key], findings)
            if month is not None and month < len(cells) and cells[month] is not None:
                entry.extra["month"] = str(cells[month]).strip()
            if energy is not None and energy.convert(entry):
                letters.setdefault(TARGET, energy.columns[0].letter)
            entries.append(entry)
        done += len(piece)
        progress(done, total, f"正在读取 {findings.file} 第 {piece[-1][0]} 行")
    if energy is not None:
        energy.close()
    converted = {c.index for c in energy.columns} if energy is not None else set()
    settle_merged(sheet, readings, entries, findings, converted)
    check_lost_zeros(sheet, readings, entries, findings)
    return entries, letters


def _missing_columns(
    required: Iterable[str], header: Header, findings: Findings
) -> tuple[str, ...]:
    present = []
    for key in required:
        if header.first(key) is not None:
            present.append(key)
            continue
        label = FIELDS[key].label
        findings.block(
            "missing-column",
            f"企业名录缺少必需的列“{label}”",
            suggestion=f"请补上“{label}”列"
            + ("，或在导入时指明园区。" if key == "zone" else "后重新导入。"),
        )
    return tuple(present)


def _missing_cell(entry: Entry, key: str, column: str, findings: Findings) -> None:
    findings.block(
        "missing-value",
        f"“{FIELDS[key].label}”必须填写，此处为空",
        row=entry.row,
        column=column,
        suggestion="请补填后重新导入；合并的单元格请取消合并，逐行填写。",
        uscc=entry.code,
    )


def _clean_entry(number: int, typed: Typed) -> Entry:
    """Return a row of which there is nothing to say."""
    values, extra = typed
    code, name = values.pop("uscc", None), values.get("name")
    return Entry(
        number,
        None if code is None else str(code),
        None if name is None else str(name),
        None,
        values,
        extra,
    )


def _entry(
    number: int,
    cells: tuple[Any, ...],
    readings: list[Reading],
    sheet: RawSheet,
    findings: Findings,
) -> Entry | None:
    """Return the typed row, or None where it has nothing in the columns that are read."""
    entry = Entry(number, None, None, None)
    width = len(cells)
    bad: list[tuple[Reading, Any, BadCell]] = []
    seen = 0
    for reading in readings:
        cell = cells[reading.index] if reading.index < width else None
        if cell is None:
            continue
        try:
            value = reading.parse(cell, (number, reading.index) in sheet.percent)
        except BadCell as fault:
            seen += 1
            bad.append((reading, cell, fault))
            continue
        if value is None:
            continue
        seen += 1
        if reading.field is None:
            entry.extra[reading.key] = str(value)
        else:
            entry.values[reading.key] = value
            if type(value) is float and value < 0:
                _negative(entry, reading, cell, findings)
    if seen == 0:
        return None
    code = entry.values.pop("uscc", None)
    entry.code = str(code) if code is not None else None
    name = entry.values.get("name")
    entry.name = str(name) if name is not None else None
    if seen == 1 and not bad and (not entry.code or _CJK.search(entry.code)):
        text = next((c for c in cells if c is not None and c != ""), None)
        findings.note("row-skipped", "该行只有一个单元格有内容，不是企业数据，已跳过",
                      row=number, value=text)  # fmt: skip
        return None
    for reading, cell, wrong in bad:
        findings.add(
            Severity.WARNING if wrong.mild else Severity.BLOCKING,
            wrong.code,
            f"“{reading.field.label if reading.field else '该列'}”：{wrong.message}",
            row=number,
            column=reading.letter,
            value=cell,
            suggestion=wrong.suggestion,
            uscc=entry.code,
        )
    return entry


def _negative(entry: Entry, reading: Reading, cell: object, findings: Findings) -> None:
    assert reading.field is not None
    code = entry.values.get("uscc")
    uscc = str(code) if code is not None else None
    if reading.field.minimum == 0:
        findings.block(
            "negative",
            f"“{reading.field.label}”不应为负数",
            row=entry.row, column=reading.letter, value=cell, uscc=uscc,
            suggestion="请核实后更正；没有数据的留空。",
        )  # fmt: skip
    elif reading.key == "tax_paid":
        findings.warn(
            "negative-tax",
            "税收为负数，可能是退税大于入库",
            row=entry.row, column=reading.letter, value=cell, uscc=uscc,
            suggestion="请向税务部门核实口径。",
        )  # fmt: skip


def _year_of(
    number: int, cells: tuple[Any, ...], header: Header, findings: Findings, year: int | None
) -> int | None:
    column = header.first("year")
    if column is None:
        return year
    cell = cells[column.index] if column.index < len(cells) else None
    try:
        own = parse_year(cell)
    except BadCell as fault:
        findings.block(fault.code, fault.message, row=number, column=column.letter,
                       value=cell, suggestion=fault.suggestion)  # fmt: skip
        return None
    if own is None and year is None:
        findings.block("no-year", "该行没有年度，导入时也没有指明年度", row=number,
                       column=column.letter, suggestion="请补填年度。")  # fmt: skip
    return own if own is not None else year


def _take_organisation(entry: Entry) -> None:
    """Take the old organisation code from its own column, or from that of credit codes."""
    text = entry.extra.get("organisation_code") if entry.code is None else entry.code
    if text is not None and is_organisation_code(plain := normalise_code(text)):
        entry.organisation, entry.code = plain, None


def is_organisation_code(text: str) -> bool:
    """Tell whether a normalised code is an old organisation code with its check character."""
    if len(text) != 9 or not (text.isascii() and text.isalnum()):
        return False
    return organisation_check_character(text[:8]) == text[8]


def _check_code(entry: Entry, column: str | None, findings: Findings, codes: CodeBook) -> None:
    if entry.code is None and entry.organisation is not None:
        return
    if entry.code is None and entry.name is not None:
        entry.code = codes.decided(entry.name)
    if entry.code is None:
        latest = takewhile(lambda issue: issue.row == entry.row, reversed(findings.items))
        if not any(issue.column == column for issue in latest):
            findings.block(
                "missing-code",
                f"缺少统一社会信用代码{f'（{entry.name}）' if entry.name else ''}",
                row=entry.row, column=column,
                suggestion="请按营业执照补填 18 位统一社会信用代码。",
            )  # fmt: skip
        return
    fault = codes.fault(entry.code)
    if fault:
        findings.block(
            "bad-credit-code",
            f"统一社会信用代码“{entry.code}”有误：{fault}",
            row=entry.row, column=column, value=entry.code, uscc=entry.code,
            suggestion="请按营业执照核对后更正。",
        )  # fmt: skip
    elif codes.inner_doubt(entry.code):
        findings.note(
            "inner-code-digit",
            "信用代码第 9 至 17 位（原组织机构代码）的校验位与 GB 11714 不符，早年赋码偶有此情况",
            row=entry.row, column=column, value=entry.code, uscc=entry.code,
            suggestion="请对照营业执照核实；无误则不必处理。",
        )  # fmt: skip
