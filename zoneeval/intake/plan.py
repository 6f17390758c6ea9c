"""Which column of a sheet is read how: parsers, units and doubtful columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zoneeval.energy import FactorTable, shipped_factors
from zoneeval.intake.cells import (
    Parser,
    number_parser,
    parse_code,
    parse_date,
    parse_text,
    parser_for,
)
from zoneeval.intake.draft import ColumnReport, SheetReport
from zoneeval.intake.energy_columns import EnergyColumn, EnergyColumns
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.heading_columns import Column
from zoneeval.intake.looks import example
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import is_energy, meaning
from zoneeval.model.fields import FIELDS, Field
from zoneeval.units import UnitError, normalise_unit, ratio, same_dimension

_ROLE_PARSERS: dict[str, Parser] = {
    "account": parse_code,
    "certificate": parse_code,
    "event_date": parse_date,
}
_TONNES = re.compile(r"^([十百千万亿]*)(?:吨|t)$")
FIRST_ROWS = 5
_WORTH_ASKING = 0.8
"""From this confidence on a doubtful column is a warning, below it a note."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One column that is read: ``field`` is None for a role such as 户号.

    The numbers of an ``exact`` column are taken as they stand.
    """

    index: int
    key: str
    letter: str
    parse: Parser
    field: Field | None
    exact: bool = False


def own_unit(column: Column, header: Header) -> str | None:
    """Return the workbook's own unit of a column: from its heading or the unit line."""
    if column.unit is not None or column.key is None:
        return column.unit
    if is_energy(column.key):
        factors = shipped_factors().kinds[column.key].factors
        return next(
            (u for u in header.units if any(same_dimension(u, f.per) for f in factors)), None
        )
    field = FIELDS.get(column.key)
    if field is None or field.kind != "number" or not field.unit:
        return None
    return next((unit for unit in header.units if same_dimension(unit, field.unit)), None)


def report_columns(header: Header) -> tuple[ColumnReport, ...]:
    """Return what is told about each column with a heading."""
    return tuple(
        ColumnReport(
            c.heading, c.key, own_unit(c, header), c.confidence, c.letter,
            c.suggestion, c.chosen, c.slot, c.examples,
        )
        for c in header.columns
    )  # fmt: skip


def report_sheet(raw: RawSheet, header: Header, department: str, rows: int) -> SheetReport:
    """Return what is told about a sheet, with its first rows as text."""
    body = raw.rows[header.body : header.body + FIRST_ROWS]
    first = tuple(
        tuple("" if cell is None else example(cell) for cell in cells) for _, cells in body
    )
    return SheetReport(
        raw.name, department, header.rows, rows, report_columns(header),
        header.signature, header.remembered, first,
    )  # fmt: skip


def plan_columns(
    header: Header, roles: Iterable[str], findings: Findings, year: int | None
) -> list[Reading]:
    """Return the columns to read in order, and collect findings on headings.

    ``roles`` are the columns besides fields that this kind of table has.
    """
    wanted = frozenset(roles)
    _tell_strange_line(header, findings)
    claims: dict[str, list[Column]] = {}
    for column in header.columns:
        if column.suggestion:
            tell_doubt(column, findings)
        key = column.key
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
        claims.setdefault(key, []).append(column)
    taken = {one.index for columns in claims.values() if (one := _only(columns, findings))}
    readings = [
        _reading(column, header, findings) for column in header.columns if column.index in taken
    ]
    return [reading for reading in readings if reading is not None]


def plan_energy(header: Header, findings: Findings, table: FactorTable) -> EnergyColumns | None:
    """Return the columns of energy by kind, or None where the sheet has none."""
    columns: list[EnergyColumn] = []
    for key in table.kinds:
        found = [c for c in header.columns if c.key == key]
        column = _only(found, findings) if found else None
        if column is None:
            continue
        kind, unit = table.kinds[key], own_unit(column, header)
        unclear = column.strange_unit or column.conflict
        if unit is None or unclear or table.factor(key, unit) is None:
            stated = column.strange_unit or unit
            findings.warn(
                "unit-doubtful",
                f"列“{column.heading}”"
                + (f"的计量单位“{stated}”不能折算标准煤" if stated else "没有注明计量单位")
                + "，未导入",
                column=column.letter,
                value=column.heading,
                suggestion="请在列标题后用括号注明单位（如吨、万立方米、百万千焦、万千瓦时）。",
            )
            continue
        columns.append(EnergyColumn(kind, column.letter, unit, table.by(key, unit), column.index))
    return EnergyColumns(table, columns, findings) if columns else None


def energy_readings(energy: EnergyColumns | None) -> list[Reading]:
    """Return how the columns of energy by kind are read: amounts in their own unit."""
    if energy is None:
        return []
    return [
        Reading(c.index, c.kind.key, c.letter, number_parser(c.unit, None), None)
        for c in energy.columns
    ]


def tell_doubt(column: Column, findings: Findings) -> None:
    """Ask about a column that is only probably what it seems to be; it is not imported."""
    key = column.suggestion or ""
    sure = f"把握 {round(column.confidence * 100)}%"
    why = column.doubt or f"与“{meaning(key)}”相近"
    tell = findings.warn if column.confidence >= _WORTH_ASKING or column.doubt else findings.note
    tell(
        "heading-similar",
        f"列“{column.heading}”{'：' if column.doubt else ''}{why}（{sure}），未导入",
        column=column.letter,
        value=column.heading,
        suggestion=f"如确为“{meaning(key)}”，请在“对应列”中确认，或用列对应关系文件指定。",
    )


def _tell_strange_line(header: Header, findings: Findings) -> None:
    if header.unit_conflict is not None and any(
        c.key in FIELDS and c.unit is None and not c.strange_unit
        and FIELDS[c.key].kind == "number" and FIELDS[c.key].unit
        and same_dimension(FIELDS[c.key].unit, header.unit_conflict[0])
        for c in header.columns
    ):  # fmt: skip
        findings.block(
            "unit-conflict",
            f"表头之外注明了两个不同的计量单位“{header.unit_conflict[0]}”和"
            f"“{header.unit_conflict[1]}”，不能确定用哪一个",
            suggestion="请只保留一个单位说明，或在列标题后用括号注明单位。",
        )
    if not header.strange_line:
        return
    money = [
        c for c in header.columns
        if c.key in FIELDS and FIELDS[c.key].kind == "number" and c.unit is None
        and not c.strange_unit and FIELDS[c.key].unit not in ("", "次", "人", "家")
    ]  # fmt: skip
    if header.strange_measure and money:
        findings.block(
            "unknown-unit",
            f"表头上方写有“单位：{header.strange_line}”，不认识这个计量单位，"
            f"“{money[0].heading}”等 {len(money)} 列不能确定单位",
            column=money[0].letter,
            suggestion="请在列标题后用括号注明单位，或更正单位行。",
        )
        return
    findings.warn(
        "unit-line-unknown",
        f"表头上方写有“单位：{header.strange_line}”，但不认识这个计量单位，各列按规定单位读取",
        row=None,
        suggestion="请核对各列数值的单位；必要时在列标题后用括号注明。",
    )


def _only(columns: Sequence[Column], findings: Findings) -> Column | None:
    """Return the one column to read of those that mean the same, or None where it is unclear.

    What the office decided comes first, then the registry's own name before another
    name; columns with the same values are one.
    """
    best = max(columns, key=lambda c: (c.chosen, c.confidence))
    equal = [c for c in columns if (c.chosen, c.confidence) == (best.chosen, best.confidence)]
    first = equal[0]
    clear = len(equal) == 1 or all(c.twin == first.index for c in equal[1:]) or first.chosen
    for column in columns:
        if column is first and clear:
            continue
        if column.key == "uscc" and not first.chosen and column.twin != first.index:
            findings.block(
                "duplicate-column",
                f"{column.letter} 列“{column.heading}”也是统一社会信用代码，而值与其他列不同："
                "可能是左右并排的两张表，不能确定各行属于哪个企业",
                column=column.letter,
                value=column.heading,
                suggestion="请把并排的表分开，或在“对应列”中指定取哪一列。",
            )
        elif column is first:
            others = "、".join(f"{c.letter} 列“{c.heading}”" for c in equal)
            findings.warn(
                "duplicate-column",
                f"{others}都像“{meaning(first.key or '')}”而数值不同，均未导入",
                column=column.letter,
                value=column.heading,
                suggestion="请在“对应列”中指定取哪一列，或用列对应关系文件指定。",
            )
        elif clear:
            findings.warn(
                "duplicate-column",
                f"列“{column.heading}”与 {first.letter} 列“{first.heading}”是同一项，"
                f"只取 {first.letter} 列",
                column=column.letter,
                value=column.heading,
                suggestion="请删去多余的一列，或在列对应关系中指定取哪一列。",
            )
    return first if clear else None


def _reading(column: Column, header: Header, findings: Findings) -> Reading | None:
    key = column.key or ""
    field = FIELDS.get(key)
    if field is None:
        parse = _ROLE_PARSERS.get(key, parse_text)
        return Reading(column.index, key, column.letter, parse, None)
    if column.conflict is not None:
        findings.block(
            "unit-conflict",
            f"列“{column.heading}”注明了两个不同的计量单位“{column.conflict[0]}”和"
            f"“{column.conflict[1]}”，不能确定用哪一个",
            column=column.letter,
            value=column.heading,
            suggestion="请在列标题和单位行中只保留一个计量单位，或在“对应列”中指明。",
        )
        return None
    if column.strange_unit:
        findings.block(
            "unknown-unit",
            f"列“{column.heading}”的计量单位“{column.strange_unit}”不认识",
            column=column.letter,
            value=column.heading,
            suggestion=f"请换算成“{field.unit or '小数'}”并更改列标题中的单位。",
        )
        return None
    unit = own_unit(column, header)
    if unit is not None and key == "water_use" and (volume := water_volume(unit)):
        findings.note(
            "water-tonnes",
            f"列“{column.heading}”的单位是“{unit}”，按 1 吨水 = 1 立方米换算",
            column=column.letter,
            value=column.heading,
        )
        unit = volume
    try:
        parse = parser_for(field, unit)
    except UnitError as error:
        _tell_wrong_unit(column, field, unit or "", str(error), findings)
        return None
    exact = field.kind in ("number", "share") and (unit is None or ratio(unit, field.unit) == 1)
    return Reading(column.index, key, column.letter, parse, field, exact)


def water_volume(unit: str) -> str | None:
    """Return the volume of water that a mass stands for: 1 吨 = 1 立方米."""
    found = _TONNES.match(normalise_unit(unit))
    return f"{found[1]}立方米" if found else None


def _tell_wrong_unit(
    column: Column, field: Field, unit: str, fault: str, findings: Findings
) -> None:
    if field.key == "energy_use" and _TONNES.match(normalise_unit(unit)):
        findings.block(
            "wrong-unit",
            f"列“{column.heading}”的单位是“{unit}”：能耗应以吨标准煤计，"
            "不能确定这里的吨是不是吨标准煤，未导入",
            column=column.letter,
            value=column.heading,
            suggestion="如确为吨标准煤，请在“对应列”中把单位改为“吨标准煤”（或更改列标题）；"
            "如为实物量，请按能源品种分列。",
        )
        return
    findings.block(
        "wrong-unit",
        f"列“{column.heading}”：{fault}",
        column=column.letter,
        value=column.heading,
        suggestion=f"请换算成“{field.unit or '小数'}”并更改列标题中的单位。",
    )
