"""Tables about zones: figures (one per row) and star levels."""

from __future__ import annotations

import re
from typing import Any

from zoneeval.intake.cells import (
    BadCell,
    number_parser,
    parse_star,
    parse_text,
    parse_year,
    parse_zone,
)
from zoneeval.intake.findings import Findings
from zoneeval.intake.headers import Header
from zoneeval.intake.heading_columns import Column
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import recognise_indicator
from zoneeval.intake.rows import data_rows
from zoneeval.intake.zone_periods import one_quarter, stated_period, tell_title
from zoneeval.model.period import Period
from zoneeval.model.records import SourceCell, StarRecord, ZoneValue
from zoneeval.model.standing import BELOW_GATE
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.units import UnitError, same_dimension

_OWN_SCOPES = ("产业集聚区", "园区", "开发区", "集聚区")
_SUM_OF_ZONES = re.compile(r"(?:全国|全省|全市|全县|\d+个).*合计")


class ZoneRow:
    """One row of a zone table, read by the parts its columns play."""

    def __init__(
        self, number: int, cells: tuple[Any, ...], columns: dict[str, Column], findings: Findings
    ) -> None:
        self.number = number
        self._cells = cells
        self._columns = columns
        self._findings = findings

    def cell(self, key: str) -> Any:
        column = self._columns.get(key)
        if column is None or column.index >= len(self._cells):
            return None
        return self._cells[column.index]

    def letter(self, key: str) -> str:
        column = self._columns.get(key)
        return column.letter if column else ""

    def block(self, key: str, fault: BadCell) -> None:
        self._findings.block(
            fault.code,
            fault.message,
            row=self.number,
            column=self.letter(key) or None,
            value=self.cell(key),
            suggestion=fault.suggestion,
        )

    def text(self, key: str) -> str | None:
        try:
            return parse_text(self.cell(key))
        except BadCell as fault:
            self.block(key, fault)
            return None

    def zone(self) -> str | None:
        try:
            return parse_zone(self.cell("zone"))
        except BadCell as fault:
            self.block("zone", fault)
            return None

    def place(self, year: int | None, zone: str | None) -> tuple[str, int] | None:
        """Return zone and year, the row's own first; None after a finding."""
        own_zone = self.zone() or zone
        try:
            own_year = parse_year(self.cell("year")) or year
        except BadCell as fault:
            self.block("year", fault)
            return None
        if own_zone is None:
            self.block(
                "zone",
                BadCell(
                    "missing-value",
                    "“园区”必须填写，此处为空",
                    "请逐行补填园区；合并的单元格请取消合并。",
                ),
            )
        if own_year is None:
            self.block(
                "year",
                BadCell("no-year", "该行没有年度，导入时也没有指明年度", "请补填年度。"),
            )
        return (own_zone, own_year) if own_zone and own_year else None

    def source(self, key: str) -> SourceCell:
        f = self._findings
        return SourceCell(f.file, f.sheet or "", self.number, self.letter(key))


def columns_of(header: Header) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in header.columns:
        if column.key is not None:
            found.setdefault(column.key, column)
    return found


def read_zone_values(
    sheet: RawSheet, header: Header, findings: Findings, *, year: int | None, zone: str | None
) -> tuple[list[ZoneValue], int]:
    """Return the figures that are recognised and how many data rows there were."""
    columns = columns_of(header)
    title = stated_period(sheet, header)
    if "period" not in columns:
        tell_title(title, findings)
    values: list[ZoneValue] = []
    count = 0
    for number, cells in data_rows(sheet, header, findings):
        row = ZoneRow(number, cells, columns, findings)
        name = row.text("indicator")
        if name is None and row.cell("figure") is None:
            continue
        count += 1
        figure = _figure(row, name, header, findings, title, year, zone)
        if figure is not None:
            values.append(figure)
    return values, count


def _figure(
    row: ZoneRow,
    name: str | None,
    header: Header,
    findings: Findings,
    title: Period | None,
    year: int | None,
    zone: str | None,
) -> ZoneValue | None:
    key, bracket = recognise_indicator(name) if name else (None, None)
    if key is None:
        findings.note(
            "unknown-indicator", f"未收录的指标“{name or ''}”，未导入",
            row=row.number, column=row.letter("indicator") or None, value=name,
        )  # fmt: skip
        return None
    scope = row.text("scope")
    if scope is not None and _SUM_OF_ZONES.search(scope):
        findings.note(
            "not-a-zone", f"“{name}”的口径是“{scope}”，不是一个园区的数，未导入",
            row=row.number, column=row.letter("scope"), value=scope,
        )  # fmt: skip
        return None
    part = _part(row, name, findings, title, year)
    if part is None:
        return None
    place = row.place(title.year if title else year, zone)
    indicator = ZONE_INDICATORS[key]
    unit = row.text("unit") or bracket
    if unit is None and not indicator.is_share:
        unit = next((u for u in header.units if same_dimension(u, indicator.unit)), None)
        if unit is None and header.strange_measure:
            row.block(
                "figure",
                BadCell(
                    "unknown-unit",
                    f"“{name}”没有注明单位，表外写的单位“{header.strange_line}”不认识",
                    "请在指标名后用括号注明单位，或更正单位行。",
                ),
            )
            return None
    try:
        value = number_parser(indicator.unit, unit, indicator.is_share)(row.cell("figure"), False)
    except BadCell as fault:
        row.block("figure", fault)
        return None
    except UnitError as error:
        row.block(
            "unit",
            BadCell("wrong-unit", f"“{name}”：{error}", f"请换算成“{indicator.unit or '小数'}”。"),
        )
        return None
    if value is None or place is None:
        return None
    document = row.text("document")
    if scope is not None and scope not in _OWN_SCOPES:
        document = f"{document or ''}（口径：{scope}）"
        findings.note(
            "other-scope", f"“{name}”注明口径“{scope}”，已随依据一并导入",
            row=row.number, column=row.letter("scope"), value=scope,
            suggestion="使用前请确认口径与评定办法一致。",
        )  # fmt: skip
    return ZoneValue(*place, key, float(value), document, row.source("figure"), part)


def _part(
    row: ZoneRow, name: str | None, findings: Findings, title: Period | None, year: int | None
) -> str | None:
    """Return the part of the year that a row is of, "" for the whole; None after a note."""
    words = row.text("period")
    if words is None:
        return title.part if title else ""
    try:
        own = parse_year(row.cell("year")) or (title.year if title else year)
    except BadCell:
        own = None  # the row's place will tell
    period = Period.of_words(words, own or 2000)
    if period is None:
        findings.note(
            "period-not-read", f"“{name}”的期间是“{words}”，无法识别，未导入",
            row=row.number, column=row.letter("period") or None, value=words,
            suggestion="请写成“全年”“1—6月”“上半年”或“二季度”。",
        )  # fmt: skip
        return None
    if one_quarter(words):
        findings.note(
            "period-cumulative", f"期间“{words}”按{period.span}累计数导入",
            row=row.number, column=row.letter("period") or None, value=words,
            suggestion="如是当季、当月数，请换算成年初以来的累计数。",
        )  # fmt: skip
    return period.part


def read_stars(
    sheet: RawSheet, header: Header, findings: Findings, *, year: int | None, zone: str | None
) -> tuple[list[StarRecord], int]:
    """Return targets, and official results of the year before, and how many rows there were."""
    columns = columns_of(header)
    stars: list[StarRecord] = []
    count = 0
    for number, cells in data_rows(sheet, header, findings):
        row = ZoneRow(number, cells, columns, findings)
        if all(row.cell(key) is None for key in ("zone", "target_star", "official_star")):
            continue
        count += 1
        place = row.place(year, zone)
        if place is None:
            continue
        document = row.text("document")
        for key, kind, before in (("target_star", "target", 0), ("official_star", "official", 1)):
            try:
                level = parse_star(row.cell(key))
            except BadCell as fault:
                row.block(key, fault)
                continue
            if level == BELOW_GATE and kind == "target":
                row.block(
                    key,
                    BadCell("bad-star", "目标不能是“未达门槛”", "请填写目标星级，没有目标的留空。"),
                )
            elif level is not None:
                stars.append(
                    StarRecord(place[0], place[1] - before, kind, level, document, row.source(key))
                )
    return stars, count


def keep_first(
    values: list[ZoneValue], kept: dict[tuple[str, str, str], ZoneValue], findings: Findings
) -> None:
    """Add to ``kept`` the first figure of each zone, period and indicator; another warns."""
    for value in values:
        period = Period(value.year, value.part)
        first = kept.setdefault((value.zone, period.key, value.indicator), value)
        if first is value or first.value == value.value:
            continue
        here = value.source
        label = ZONE_INDICATORS[value.indicator].label
        findings.warn(
            "conflicting-figures",
            f"{value.zone} {period.label}“{label}”有两个数："
            f"{first.value:.10g}（{first.source.place if first.source else ''}）"
            f"与 {value.value:.10g}，取前一个",
            row=here.row if here else None,
            column=here.column if here else None,
            value=value.value,
            suggestion="请核实口径后只保留一个。",
        )
