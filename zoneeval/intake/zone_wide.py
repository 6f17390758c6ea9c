"""Wide tables about zones: one column per indicator, or per period, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zoneeval.intake.cells import BadCell, number_parser
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header, heading_cells
from zoneeval.intake.heading_columns import Column, HeadingCell
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import exact, folded, recognise_indicator
from zoneeval.intake.rows import data_rows
from zoneeval.intake.unit_lines import Row, sheet_units
from zoneeval.intake.zone_periods import one_quarter, stated_period, tell_title
from zoneeval.intake.zones import ZoneRow, columns_of
from zoneeval.model.period import Period
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.units import UnitError, is_unit, same_dimension

_SEARCH_ROWS = 12
_ROLES = ("zone", "year", "period", "indicator", "unit", "document", "scope")
_STRANGERS = frozenset(
    {"uscc", "name", "organisation_code", "account", "account_name", "decision", "figure",
     "target_star", "official_star", "event_kind"}
)  # fmt: skip
"""Columns of tables that are not wide tables about zones."""
_PLAIN_WORDS = re.compile(
    r"(?:累计|本期|本年|本年累计|绝对量|总量|数值|实际|完成|累计完成)(?:\((.+)\))?"
)
_ZONE = re.compile(
    r"(?!.*(?:合计|小计|全部|平均|^各|^全))\S{1,24}(?:集聚区|园|园区|开发区|新区|基地|高新区|经开区)"
)
_OTHERS = re.compile(r"上年|去年|同期|上期|计划|目标|预计|预期|排名|位次|得分|全市|全省|占全")


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of figures: its indicator ("" where the row names it), unit, and period.

    ``period`` are the words of the heading ("" where the row or the title has it);
    ``zone`` is the zone whose column it is ("" where the row names it).
    """

    column: Column
    indicator: str
    unit: str | None
    period: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class WideTable:
    """The header of a wide table and its columns of figures."""

    header: Header
    figures: tuple[WideColumn, ...]


def find_wide(sheet: RawSheet, zone_given: bool) -> WideTable | None:
    """Return how a sheet is a wide table about zones, or None where it is none."""
    last = min(_SEARCH_ROWS, len(sheet.rows))
    if any(_is_stranger(c) for _, cells in sheet.rows[:last] for c in cells):
        return None
    best: WideTable | None = None
    for height in (1, 2):
        for position in range(last - height + 1):
            if sheet.rows[position + height - 1][0] != sheet.rows[position][0] + height - 1:
                continue
            found = _at(sheet.rows, position, height, zone_given, sheet.name)
            if found is not None and (best is None or len(found.figures) > len(best.figures)):
                best = found
    return best


def _at(
    rows: Sequence[Row], position: int, height: int, zone_given: bool, name: str
) -> WideTable | None:
    cells = heading_cells(rows, position, height)
    roles: dict[str, HeadingCell] = {}
    figures: list[_Read] = []
    for cell in cells:
        role = _role(cell)
        if role is not None:
            roles.setdefault(role, cell)
        elif (read := _figure_column(cell)) is not None:
            figures.append(read)
    by_row = "indicator" in roles
    zones = by_row and "zone" not in roles and any(one.zone for one in figures)
    if "zone" not in roles and not zones and not (zone_given and by_row):
        return None
    kept = [f for f in figures if bool(f.indicator) != by_row and bool(f.zone) == zones]
    if len(kept) < (1 if by_row else 2) or (height > 1 and not _needs(kept, height)):
        return None
    body = position + height
    above = [c for n in range(height) for c in rows[position + n][1]]
    if any(isinstance(c, int | float) and not 1990 <= c <= 2100 for c in above):
        return None
    wide = tuple(
        WideColumn(_column(f.cell, f.indicator or None), f.indicator, f.unit, f.period, f.zone)
        for f in kept
    )
    columns = [_column(cell, role) for role, cell in roles.items()]
    taken = {c.index for c in columns} | {w.column.index for w in wide}
    rest = [_column(cell, None) for cell in cells if cell.index not in taken]
    ordered = sorted([*columns, *rest, *(w.column for w in wide)], key=lambda c: c.index)
    stated = sheet_units(rows[:position], rows[body:], name)
    numbers = tuple(rows[position + i][0] for i in range(height))
    header = Header(
        numbers, tuple(ordered), body, stated.units, stated.strange, stated.is_measure,
        unit_conflict=stated.conflict,
    )  # fmt: skip
    return WideTable(header, wide)


class _Read(NamedTuple):
    """What a heading says of its column; "" for what it does not say."""

    cell: HeadingCell
    indicator: str
    unit: str | None
    period: str
    zone: str = ""


def _needs(figures: Sequence[_Read], height: int) -> bool:
    """Tell whether the lower row says something: a period, a unit, 增速."""
    return any(len(one.cell.texts) >= height or one.cell.unit for one in figures)


def _role(cell: HeadingCell) -> str | None:
    """Return the part a column plays besides figures."""
    for text in reversed(cell.texts):
        match = exact(text)
        if match is not None and match.key in _ROLES:
            return match.key
    return None


def _is_stranger(cell: object) -> bool:
    if not isinstance(cell, str) or len(cell) > 20:
        return False
    match = exact(cell)
    return match is not None and match.key in _STRANGERS


def _figure_column(cell: HeadingCell) -> _Read | None:
    """Return what a heading says of figures, or None where it is of none."""
    period, names = "", []
    unit = cell.unit
    for text in cell.texts:
        plain = folded(text)
        if (said := _PLAIN_WORDS.fullmatch(plain)) is not None:
            unit = unit or said[1]
            continue
        if not period and Period.of_words(text, 2000 if not plain.startswith("20") else None):
            period = text
        elif is_unit(plain.strip("()")):
            unit = plain.strip("()")
        else:
            names.append(text)
    if not names:
        return _Read(cell, "", unit, period) if period else None
    for joined in ("".join(names), names[-1]):
        if _OTHERS.search(joined) and joined not in _known_names():
            continue
        key, bracket = recognise_indicator(joined)
        if key is not None:
            return _Read(cell, key, unit or bracket, period)
    name = "".join(names)
    return _Read(cell, "", unit, period, name) if _ZONE.fullmatch(name) else None


def _known_names() -> frozenset[str]:
    return frozenset(i.label for i in ZONE_INDICATORS.values())


def _column(cell: HeadingCell, key: str | None) -> Column:
    heading = "".join(cell.texts)
    return Column(cell.index, heading, key, cell.unit, 1.0 if key else 0.0, stack=cell.raw)


def read_wide(
    sheet: RawSheet, wide: WideTable, findings: Findings, *, year: int | None, zone: str | None
) -> tuple[list[ZoneValue], int]:
    """Return the figures of a wide table and how many data rows there were."""
    title = stated_period(sheet, wide.header)
    columns = columns_of(wide.header)
    columns |= {f"figure:{w.column.index}": w.column for w in wide.figures}
    tell_title(title, findings)
    _tell_columns(wide, findings)
    values: list[ZoneValue] = []
    count = 0
    for number, cells in data_rows(sheet, wide.header, findings):
        row = ZoneRow(number, cells, columns, findings)
        filled = [w for w in wide.figures if row.cell(f"figure:{w.column.index}") is not None]
        if not filled:
            continue
        count += 1
        named = _indicator_of(row, findings) if "indicator" in columns else ("", None)
        if named is None:
            continue
        own = _year(wide, title, year)
        for one in filled:
            place = row.place(own, one.zone or zone)
            if place is None:
                break
            value = _value(row, one, named, wide.header, findings, place, title)
            if value is not None:
                values.append(value)
    return values, count


def _year(wide: WideTable, title: Period | None, year: int | None) -> int | None:
    """Return the year of rows without one: the title's, the import's, a column's."""
    own = [p.year for w in wide.figures if (p := Period.of_words(w.period)) is not None]
    return title.year if title else year or (own[0] if own else None)


def _tell_columns(wide: WideTable, findings: Findings) -> None:
    for column in wide.header.columns:
        if column.key is None and not any(column is w.column for w in wide.figures):
            findings.note(
                "unknown-indicator", f"列“{column.heading}”不是收录的园区指标，未导入",
                column=column.letter, value=column.heading,
            )  # fmt: skip
    for words in dict.fromkeys(w.period for w in wide.figures if one_quarter(w.period)):
        period = Period.of_words(words, 2000)
        findings.note(
            "period-cumulative", f"“{words}”各列按{period.span if period else ''}累计数导入",
            value=words, suggestion="如是当季、当月数，请换算成年初以来的累计数。",
        )  # fmt: skip


def _indicator_of(row: ZoneRow, findings: Findings) -> tuple[str, str | None] | None:
    name = row.text("indicator")
    key, bracket = recognise_indicator(name) if name else (None, None)
    if key is None:
        findings.note(
            "unknown-indicator", f"未收录的指标“{name or ''}”，未导入",
            row=row.number, column=row.letter("indicator") or None, value=name,
        )  # fmt: skip
        return None
    return key, bracket


def _value(
    row: ZoneRow,
    one: WideColumn,
    named: tuple[str, str | None],
    header: Header,
    findings: Findings,
    place: tuple[str, int],
    title: Period | None,
) -> ZoneValue | None:
    cell = f"figure:{one.column.index}"
    indicator = ZONE_INDICATORS[one.indicator or named[0]]
    unit = one.unit or row.text("unit") or named[1]
    if unit is None and not indicator.is_share:
        unit = next((u for u in header.units if same_dimension(u, indicator.unit)), None)
    try:
        parse = number_parser(indicator.unit, unit, indicator.is_share)
        value = parse(row.cell(cell), False)
    except BadCell as fault:
        row.block(cell, fault)
        return None
    except UnitError as error:
        words = f"“{indicator.label}”：{error}"
        row.block(cell, BadCell("wrong-unit", words, f"请换算成“{indicator.unit or '小数'}”。"))
        return None
    period = _period(row, one, findings, place[1], title)
    if value is None or period is None:
        return None
    return ZoneValue(
        place[0], period.year, indicator.key, float(value), row.text("document"),
        row.source(cell), period.part,
    )  # fmt: skip


def _period(
    row: ZoneRow, one: WideColumn, findings: Findings, year: int, title: Period | None
) -> Period | None:
    """Return the period of a figure: its column's, its row's, the title's, else the year."""
    words = one.period or row.text("period")
    if not words:
        return Period(year, title.part if title else "")
    period = Period.of_words(words) or Period.of_words(words, year)
    if period is None:
        findings.note(
            "period-not-read", f"期间“{words}”无法识别，未导入",
            row=row.number, column=row.letter("period") or one.column.letter, value=words,
        )  # fmt: skip
    return period
