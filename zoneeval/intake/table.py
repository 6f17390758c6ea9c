"""One table for scoring: raw or already-derived columns, in the order of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zoneeval.errors import InputError
from zoneeval.identifiers import credit_code_fault
from zoneeval.intake.cells import BadCell, parse_year
from zoneeval.intake.checks import land_total
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header, find_header
from zoneeval.intake.leftover import tell_leftover
from zoneeval.intake.locate import with_twins
from zoneeval.intake.plan import Reading, plan_columns
from zoneeval.intake.reader import RawSheet, read_sheets
from zoneeval.intake.rows import data_rows
from zoneeval.model.arrays import text_array
from zoneeval.model.dataset import Column, Dataset
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity


@dataclass(frozen=True)
class TableRead:
    """A table as a dataset, its findings, and the heading that each field was found under."""

    dataset: Dataset
    issues: tuple[Issue, ...]
    headings: Mapping[str, str]


def read_table(path: Path, *, year: int | None = None) -> TableRead:
    """Read one .xlsx or .csv table whose headings are those of the field registry.

    One dataset row per data row, in order, in the registry's units; missing is NaN or
    None.  Bad cells are blocking findings in ``issues``.  Raises :class:`InputError`
    when the file is no table or no column is recognised.
    """
    path = Path(path)
    sheet, header = _first_table(path)
    findings = Findings(path.name, sheet.name or None)
    if sheet.cut_at is not None:
        findings.block(
            "too-many-rows", f"表格超过上限，第 {sheet.cut_at} 行起没有读取",
            suggestion="请拆分后分别处理。",
        )  # fmt: skip
    sheet = sheet.filled(header.body)
    readings = plan_columns(header, (), findings, None)
    if not readings:
        findings_now = tuple(findings.items)
        raise InputError(f"“{path.name}”中没有可用的列。{_advice()}", findings_now)
    rows: list[list[float | str | None]] = []
    numbers: list[int] = []
    years: set[int] = set()
    year_column = header.first("year")
    for number, cells in data_rows(sheet, header, findings, tell_totals=False):
        values = _row(number, cells, readings, sheet, findings)
        if values is None:
            continue
        rows.append(values)
        numbers.append(number)
        if year_column is not None and year_column.index < len(cells):
            try:
                own = parse_year(cells[year_column.index])
            except BadCell:
                own = None
            if own is not None:
                years.add(own)
    if not rows:
        findings.block("no-rows", "表头之下没有数据", suggestion="请检查是否选对了文件和工作表。")
    if year is None and len(years) == 1:
        year = years.pop()
    columns = _columns(readings, rows)
    tell_leftover(sheet, header, findings)
    _check_shares(header, readings, columns, findings)
    _check_codes(readings, rows, numbers, findings)
    headings = {r.key: _heading(header, r) for r in readings}
    return TableRead(Dataset(columns, year), tuple(findings.items), headings)


def _first_table(path: Path) -> tuple[RawSheet, Header]:
    sheets = [s for s in read_sheets(path) if not s.hidden]
    best: tuple[int, RawSheet, Header] | None = None
    for sheet in sheets:
        header = find_header(sheet.rows, least=1)
        if header is None:
            continue
        header = with_twins(header, sheet)
        known = sum(c.key in FIELDS for c in header.columns)
        if known >= 2:
            return sheet, header
        if known and (best is None or known > best[0]):
            best = known, sheet, header
    if best is None:
        raise InputError(f"“{path.name}”中没有可识别的列标题。{_advice()}")
    return best[1], best[2]


def _advice() -> str:
    return "请使用规定的列标题（如“用地面积（亩）”“税收实际贡献（万元）”）后重试。"


def _heading(header: Header, reading: Reading) -> str:
    return next(c.heading for c in header.columns if c.index == reading.index)


def _row(
    number: int,
    cells: tuple[Any, ...],
    readings: list[Reading],
    sheet: RawSheet,
    findings: Findings,
) -> list[float | str | None] | None:
    values: list[float | str | None] = []
    width = len(cells)
    seen = False
    for reading in readings:
        cell = cells[reading.index] if reading.index < width else None
        if cell is None:
            values.append(None)
            continue
        try:
            value = reading.parse(cell, (number, reading.index) in sheet.percent)
        except BadCell as fault:
            value = None
            seen = True
            label = reading.field.label if reading.field else ""
            findings.add(
                Severity.WARNING if fault.mild else Severity.BLOCKING,
                fault.code,
                f"“{label}”：{fault.message}",
                row=number,
                column=reading.letter,
                value=cell,
                suggestion=fault.suggestion,
            )
        seen = seen or value is not None
        field = reading.field
        if type(value) is float and value < 0 and field is not None and field.minimum == 0:
            findings.block(
                "negative", f"“{field.label}”不应为负数", row=number, column=reading.letter,
                value=cell, suggestion="请核实后更正；没有数据的留空。",
            )  # fmt: skip
        values.append(value)
    if seen:
        _check_land(number, values, readings, findings)
    return values if seen else None


def _check_land(
    number: int, values: list[float | str | None], readings: list[Reading], findings: Findings
) -> None:
    """Land that adds up to nothing blocks; a negative cell was already told."""
    if number in findings.blocked_rows:
        return
    cells = {r.key: v for r, v in zip(readings, values, strict=True) if isinstance(v, float)}
    total = land_total(cells.get)
    if total is None or total > 1e-9:
        return
    first = next(
        r
        for r in readings
        if r.key in cells and r.key in ("land_area", "land_registered", "land_leased_in")
    )
    findings.block(
        "land-not-positive", f"用地面积合计为 {total:g} 亩，应大于 0",
        row=number, column=first.letter, value=cells[first.key],
        suggestion="请核实后更正；没有用地数据的留空，不要填 0。",
    )  # fmt: skip


def _columns(readings: list[Reading], rows: list[list[float | str | None]]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for position, reading in enumerate(readings):
        cells = [row[position] for row in rows]
        if FIELDS[reading.key].is_number:
            columns[reading.key] = np.array(
                [cell if isinstance(cell, float) else np.nan for cell in cells], dtype=np.float64
            )
        else:
            columns[reading.key] = text_array([None if c is None else str(c) for c in cells])
    return columns


def _check_shares(
    header: Header, readings: list[Reading], columns: dict[str, Column], findings: Findings
) -> None:
    """Warn where a share is above one: it may have been meant as per cent."""
    for reading in readings:
        if FIELDS[reading.key].kind != "share" or reading.key not in columns:
            continue
        values = np.asarray(columns[reading.key], dtype=np.float64)
        high = values[values > 1]
        if len(high):
            findings.warn(
                "share-above-one",
                f"“{FIELDS[reading.key].label}”有 {len(high)} 个数大于 1（如 {high[0]:g}），"
                f"按 {high[0] * 100:g}% 计算",
                row=max(header.rows, default=None),
                column=reading.letter,
                value=f"{high[0]:g}",
                suggestion="如填的是百分数，请在标题中写明（%），或改填小数（3.5% 填 0.035）。",
            )


def _check_codes(
    readings: list[Reading],
    rows: list[list[float | str | None]],
    numbers: list[int],
    findings: Findings,
) -> None:
    """Duplicate codes block; a wrong check digit only warns, as trial tables have such codes."""
    found = next(((i, r) for i, r in enumerate(readings) if r.key == "uscc"), None)
    if found is None:
        return
    position, reading = found
    first: dict[str, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        code = row[position]
        if not isinstance(code, str):
            continue
        before = first.setdefault(code, number)
        if before != number:
            findings.block(
                "duplicate-code", f"统一社会信用代码与第 {before} 行重复",
                row=number, column=reading.letter, value=code, uscc=code,
                suggestion="每家企业只能有一行，请删去或更正重复的一行。",
            )  # fmt: skip
            continue
        fault = credit_code_fault(code)
        if fault:
            findings.warn(
                "bad-credit-code", f"统一社会信用代码“{code}”有误：{fault}",
                row=number, column=reading.letter, value=code, uscc=code,
                suggestion="请按营业执照核对。",
            )  # fmt: skip
