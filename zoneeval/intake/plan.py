"""Which column of a sheet is read how: parsers, units and doubtful columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zoneeval.intake.cells import Parser, parse_code, parse_date, parse_text, parser_for
from zoneeval.intake.draft import ColumnReport
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Column, Header
from zoneeval.model.fields import FIELDS, Field
from zoneeval.units import UnitError, same_dimension

_ROLE_PARSERS: dict[str, Parser] = {
    "account": parse_code,
    "certificate": parse_code,
    "event_date": parse_date,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One column that is read: ``field`` is None for a role such as 户号."""

    index: int
    key: str
    letter: str
    parse: Parser
    field: Field | None


def own_unit(column: Column, header: Header) -> str | None:
    """Return the workbook's own unit of a column: from its heading or the unit line."""
    if column.unit is not None or column.key not in FIELDS:
        return column.unit
    field = FIELDS[column.key]
    if field.kind != "number" or not field.unit:
        return None
    return next((unit for unit in header.units if same_dimension(unit, field.unit)), None)


def report_columns(header: Header) -> tuple[ColumnReport, ...]:
    """Return what is told about each column with a heading."""
    return tuple(
        ColumnReport(c.heading, c.key, own_unit(c, header), c.confidence, c.letter)
        for c in header.columns
    )


def plan_columns(
    header: Header, roles: Iterable[str], findings: Findings, year: int | None
) -> list[Reading]:
    """Return the columns to read in order, and collect findings on headings.

    ``roles`` are the columns besides fields that this kind of table has.
    """
    wanted = frozenset(roles)
    taken: dict[str, Column] = {}
    readings: list[Reading] = []
    row = header.rows[0]
    if header.strange_line:
        findings.warn(
            "unit-line-unknown",
            f"表头上方写有“单位：{header.strange_line}”，但不认识这个计量单位，各列按规定单位读取",
            row=None,
            suggestion="请核对各列数值的单位；必要时在列标题后用括号注明。",
        )
    for column in header.columns:
        key = column.key
        if column.suggestion:
            findings.note(
                "heading-similar",
                f"列“{column.heading}”与“{FIELDS[column.suggestion].label}”相近，未导入"
                if column.suggestion in FIELDS
                else f"列“{column.heading}”含义不明，未导入",
                column=column.letter,
                value=column.heading,
                suggestion="如确为同一项，请更改列标题或在列对应关系中指定。",
            )
        if key is None or (key not in FIELDS and key not in wanted):
            continue
        if column.year is not None and year is not None and column.year != year:
            findings.note(
                "other-year-column",
                f"列“{column.heading}”是 {column.year} 年的数据，不属于 {year} 年度，未导入",
                column=column.letter,
                value=column.heading,
            )
            continue
        if key in taken:
            first = taken[key]
            findings.warn(
                "duplicate-column",
                f"列“{column.heading}”与 {first.letter} 列“{first.heading}”是同一项，"
                f"只取 {first.letter} 列",
                column=column.letter,
                value=column.heading,
                suggestion="请删去多余的一列，或在列对应关系中指定取哪一列。",
            )
            continue
        reading = _reading(column, header, findings, row)
        if reading is not None:
            taken[key] = column
            readings.append(reading)
    return readings


def _reading(column: Column, header: Header, findings: Findings, row: int) -> Reading | None:
    key = column.key or ""
    field = FIELDS.get(key)
    if field is None:
        parse = _ROLE_PARSERS.get(key, parse_text)
        return Reading(column.index, key, column.letter, parse, None)
    if column.strange_unit:
        findings.block(
            "unknown-unit",
            f"列“{column.heading}”的计量单位“{column.strange_unit}”不认识",
            column=column.letter,
            value=column.heading,
            suggestion=f"请换算成“{field.unit or '小数'}”并更改列标题中的单位。",
        )
        return None
    try:
        parse = parser_for(field, own_unit(column, header))
    except UnitError as error:
        findings.block(
            "wrong-unit",
            f"列“{column.heading}”：{error}",
            column=column.letter,
            value=column.heading,
            suggestion=f"请换算成“{field.unit or '小数'}”并更改列标题中的单位。",
        )
        return None
    return Reading(column.index, key, column.letter, parse, field)
