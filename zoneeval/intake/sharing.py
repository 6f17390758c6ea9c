"""What the look of a sheet says about its numbers: merged cells, formats, lost zeros."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.plan import Reading, own_unit
from zoneeval.intake.reader import RawSheet, letter
from zoneeval.intake.reading.formats import is_scaled, unit_of_format
from zoneeval.model.issue import Severity
from zoneeval.units import ratio, same_dimension

if TYPE_CHECKING:
    from zoneeval.intake.entries import Entry

_MONTHS = ("月份", "月", "账期", "抄表月份", "用电月份", "用水月份", "用气月份", "结算月份")


def month_column(header: Header) -> int | None:
    """Return the column that says of which month a meter's row is, or None."""
    return next((c.index for c in header.columns if c.heading.strip() in _MONTHS), None)


def settle_merged(
    sheet: RawSheet,
    readings: Sequence[Reading],
    entries: Sequence[Entry],
    findings: Findings,
    converted: Collection[int] = (),
) -> None:
    """Count a number merged over rows of one enterprise once; over several it blocks.

    ``converted`` are the columns of energy by kind, in which any merged number blocks.
    """
    numbers = {r.index: r for r in readings if r.field is not None and r.field.is_number}
    sums = {i for i, r in numbers.items() if r.field is not None and r.field.combine == "sum"}
    if not sheet.merged or not entries:
        return
    by_row = {entry.row: entry for entry in entries}
    raw = dict(sheet.rows)
    for top, left, bottom, right in sheet.merged:
        if any(left <= i <= right for i in converted) and top >= entries[0].row:
            held = [r for r in range(top, min(bottom, entries[-1].row) + 1) if r in by_row]
            value = raw[top][left] if top in raw and left < len(raw[top]) else None
            if len(held) > 1 and isinstance(value, int | float):
                _tell(Severity.BLOCKING, "合并的能源消费量不能确定各行的数",
                      held, left, value, findings)  # fmt: skip
            continue
        used = [i for i in range(left, min(right, max(numbers, default=-1)) + 1) if i in numbers]
        if not used or top < entries[0].row or (top == bottom and len(used) < 2):
            continue
        rows = [row for row in range(top, min(bottom, entries[-1].row) + 1) if row in by_row]
        rows = [row for row in rows if _same(raw, row, top, used[0], left)]
        held = [row for row in rows if numbers[used[0]].key in by_row[row].values]
        if not held:
            continue
        if len(used) > 1 and all(_same(raw, held[0], top, i, left) for i in used):
            _tell(Severity.BLOCKING, "横跨几列的合并单元格，不能确定是哪一项的数",
                  held[:1], left, raw[top][left], findings)  # fmt: skip
            continue
        if len(held) < 2:
            continue
        owners = {by_row[r].code or by_row[r].organisation or by_row[r].name for r in held}
        value = raw[top][left] if left < len(raw[top]) else None
        if used[0] not in sums:
            _tell(Severity.WARNING, "合并的数值已分别计入各行", held, left, value, findings)
        elif len(owners) > 1:
            _tell(Severity.BLOCKING, "合并的数值是几家企业共用的，不能确定各家的数",
                  held, left, value, findings)  # fmt: skip
        else:
            for row in held[1:]:
                del by_row[row].values[numbers[used[0]].key]
            _tell(
                Severity.WARNING, "合并的数值是同一家企业的，只计一次", held, left, value, findings
            )


def _same(raw: dict[int, tuple[object, ...]], row: int, top: int, index: int, left: int) -> bool:
    """Tell whether a cell still holds what its merged range holds."""
    one, other = raw.get(row, ()), raw.get(top, ())
    return index < len(one) and left < len(other) and one[index] == other[left]


def _tell(
    severity: Severity,
    what: str,
    rows: Sequence[int],
    column: int,
    value: object,
    findings: Findings,
) -> None:
    span = f"第 {rows[0]} 至 {rows[-1]} 行" if len(rows) > 1 else f"第 {rows[0]} 行"
    findings.add(
        severity, "merged-number", f"{span}{what}",
        row=rows[0], column=letter(column), value=value,
        suggestion="请取消合并，逐格填写实际数后重新导入。",
    )  # fmt: skip
    if severity is Severity.BLOCKING:
        findings.blocked_rows.update(rows)


def check_formats(
    sheet: RawSheet, header: Header, readings: Sequence[Reading], findings: Findings
) -> None:
    """Block columns whose cells show another number or another unit than will be read."""
    if not sheet.formats:
        return
    first = sheet.rows[header.body][0] if header.body < len(sheet.rows) else 0
    columns = {c.index: c for c in header.columns}
    told: set[int] = set()
    numbers = {r.index: r for r in readings if r.field is not None and r.field.kind == "number"}
    filled = dict(sheet.rows)
    for (row, index), shape in sheet.formats.items():
        reading = numbers.get(index)
        if reading is None or reading.field is None or row < first or index in told:
            continue
        cells = filled.get(row, ())
        if index >= len(cells) or not isinstance(cells[index], int | float):
            continue
        unit = own_unit(columns[index], header) or reading.field.unit
        written = unit_of_format(shape)
        comparable = written is not None and same_dimension(written, unit)
        other = comparable and ratio(written or "", unit) != 1
        if not (is_scaled(shape) or other):
            continue
        told.add(index)
        severity = Severity.WARNING if columns[index].chosen else Severity.BLOCKING
        findings.add(
            severity, "format-unit",
            f"列“{columns[index].heading}”第 {row} 行的显示格式“{shape}”使看到的数与单元格中的数"
            f"不同，或写有另一个计量单位；将按“{unit}”读取单元格中的数",
            column=letter(index), value=cells[index],
            suggestion="请把该列设为常规格式，核对数值和列标题中的计量单位后重新导入；"
            "或在“对应列”中确认单位。",
        )  # fmt: skip


def check_lost_zeros(
    sheet: RawSheet, readings: Sequence[Reading], entries: Sequence[Entry], findings: Findings
) -> None:
    """Warn of industry codes kept as a number of three digits: 0610 has become 610."""
    reading = next((r for r in readings if r.key == "industry_code"), None)
    if reading is None:
        return
    filled = dict(sheet.rows)
    for entry in entries:
        cells = filled[entry.row]
        cell = cells[reading.index] if reading.index < len(cells) else None
        if isinstance(cell, int | float) and 100 <= cell <= 999:
            findings.warn(
                "industry-zero-lost",
                f"行业代码“{cell:.0f}”存成了数字，可能丢了开头的 0（应为“0{cell:.0f}”）",
                row=entry.row, column=reading.letter, value=f"{cell:.0f}", uscc=entry.code,
                suggestion="请核对；四位代码以 0 开头的，请把该列设为文本格式后重新填写。",
            )  # fmt: skip
