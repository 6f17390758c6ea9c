"""Targets as data: each figure with the document, the place and the words it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from zoneeval.errors import UserError
from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.model.targets import GROWTH, STAR, Bound, Kind, Scope, Target
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.units import convert

POINTS = "百分点"
_FLOWS = ("元", "吨标准煤")
"""Units of what adds up from January on."""

_NEW = "new_"
_STOCKS = frozenset({"cumulative_investment"})


class TargetIndicator(Rule):
    """What a target measures where the registry of zone indicators does not know it."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    unit: str = ""
    accumulates: bool = False


class Column(Rule):
    """One column of a table of targets."""

    indicator: str
    unit: str
    bound: Bound = "at_least"


class TableRow(Rule):
    """One row of a table: a place and its figures, in the order of the columns."""

    zone: str
    values: tuple[float, ...]

    @property
    def quote(self) -> str:
        """Return the row as it stands in the document."""
        return "\t".join([self.zone, *(f"{value:g}" for value in self.values)])


class TargetTable(Rule):
    """An annex table; every cell is a target."""

    place: str
    scope: Scope
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


class TargetItem(Rule):
    """One figure of a passage, as the document prints it."""

    zone: str
    scope: Scope
    indicator: str
    value: float
    unit: str = ""
    label: str = ""
    bound: Bound = "at_least"
    upper: float | None = None
    about: bool = False
    strict: bool = False
    above: str = ""
    note: str = ""


class Passage(Rule):
    """A sentence of the document and the targets it sets."""

    place: str
    quote: str
    targets: Annotated[tuple[TargetItem, ...], Field(min_length=1)]


class TargetFile(RuleFile):
    """The targets of one document, all for ``year``."""

    year: int
    indicators: tuple[TargetIndicator, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[TargetTable, ...] = ()
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    @property
    def document(self) -> str:
        """Return title and number as a table shows them."""
        return f"《{self.title}》（{self.number}）"

    def targets(self) -> tuple[Target, ...]:
        """Return every target, in the order of the document."""
        found = [
            self._target(item, passage.place, passage.quote)
            for passage in self.passages
            for item in passage.targets
        ]
        for table in self.tables:
            for row in table.rows:
                for column, value in zip(table.columns, row.values, strict=True):
                    item = TargetItem(
                        zone=row.zone,
                        scope=table.scope,
                        indicator=column.indicator,
                        value=value,
                        unit=column.unit,
                        bound=column.bound,
                    )
                    found.append(self._target(item, table.place, row.quote))
        return tuple(found)

    def measure(self, key: str) -> TargetIndicator | None:
        """Return what an indicator is called and measured in, None if it is not known."""
        mine = next((one for one in self.indicators if one.key == key), None)
        return measure(key) or mine

    def _target(self, item: TargetItem, place: str, quote: str) -> Target:
        known = self.measure(item.indicator) or TargetIndicator(key="unknown", label="")
        kind = kind_of(item.indicator, known.unit)
        value, unit = in_unit(item.value, item.unit, known.unit)
        upper = None if item.upper is None else in_unit(item.upper, item.unit, known.unit)[0]
        return Target(
            zone=item.zone,
            year=self.year,
            indicator=item.indicator,
            label=item.label or known.label,
            value=value,
            unit=unit,
            bound=item.bound,
            scope=item.scope,
            kind=kind,
            document=self.document,
            place=place,
            quote=quote,
            printed=f"{item.value:g}{item.unit}",
            upper=upper,
            about=item.about,
            strict=item.strict,
            above=item.above,
            accumulates=known.accumulates and kind == "total",
            note=item.note,
        )


def measure(key: str) -> TargetIndicator | None:
    """Return a registry indicator, the growth of one, or the star level; None if unknown."""
    if key == STAR:
        return TargetIndicator(key=STAR, label="星级", unit="星")
    known = ZONE_INDICATORS.get(key)
    if known is None:
        of = ZONE_INDICATORS.get(key.removesuffix(GROWTH)) if key.endswith(GROWTH) else None
        return TargetIndicator(key=key, label=f"{of.label}增速") if of else None
    flows = known.kind in ("total", "count") and (
        known.unit.endswith(_FLOWS) or key.startswith(_NEW)
    )
    return TargetIndicator(
        key=key, label=known.label, unit=known.unit, accumulates=flows and key not in _STOCKS
    )


def kind_of(indicator: str, unit: str) -> Kind:
    """Return how a target is compared: as an amount, a share, in points, or as a star."""
    if indicator == STAR:
        return "star"
    known = ZONE_INDICATORS.get(indicator)
    if indicator.endswith(GROWTH) or (known is not None and known.is_change):
        return "growth"
    return "total" if unit else "share"


def in_unit(value: float, unit: str, wanted: str) -> tuple[float, str]:
    """Return a printed figure in the unit it is compared in; fractions have the unit ""."""
    if unit in ("%", POINTS):
        return convert(value, "%", ""), ""
    if unit == wanted:
        return value, unit
    return convert(value, unit, wanted), wanted


def target_faults(file: TargetFile, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a target file's sections have together."""
    faults: list[Fault] = []

    def add(path: Path, message: str, suggestion: str = "") -> None:
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))

    def check(path: Path, indicator: str, unit: str) -> None:
        known = file.measure(indicator)
        if known is None:
            add(path, f"不认识指标“{indicator}”", "写指标表中的标识，或在 indicators 中列出")
            return
        if unit in ("%", POINTS) and not known.unit:
            return
        try:
            convert(1.0, unit, known.unit) if unit != known.unit else None
        except UserError:
            add(path, f"单位“{unit}”不能换算成“{known.unit or '%'}”")

    for number, passage in enumerate(file.passages):
        words = re.sub(r"\s", "", passage.quote)
        figures = {float(text) for text in re.findall(r"\d+(?:\.\d+)?", words)}
        for at, item in enumerate(passage.targets):
            here: Path = ("passages", number, "targets", at)
            check(here, item.indicator, item.unit)
            for value in (item.value, item.upper):
                if value and not _printed(item.indicator, value, figures, words):
                    add(here, f"引文中没有“{value:g}”这个数", "引文和数值须与文件一致")
            if item.scope in ("zone", "district") and item.zone not in words:
                add(here, f"引文中没有“{item.zone}”", "名称按文件原文写")
    for number, table in enumerate(file.tables):
        for at, column in enumerate(table.columns):
            check(("tables", number, "columns", at), column.indicator, column.unit)
        for at, row in enumerate(table.rows):
            if len(row.values) != len(table.columns):
                add(("tables", number, "rows", at), "数值个数与列数不一致")
    return faults


def _printed(indicator: str, value: float, figures: set[float], words: str) -> bool:
    if indicator == STAR:
        return value < len(LEVEL_WORDS) and f"{LEVEL_WORDS[int(value)]}级" in words
    return value in figures


@cache
def shipped_targets() -> tuple[Target, ...]:
    """Return the targets of every shipped document."""
    return tuple(target for file in _shipped_files() for target in file.targets())


@cache
def measures() -> Mapping[str, TargetIndicator]:
    """Return everything a target may measure: the registry, then the shipped documents'."""
    found = {key: one for key in ZONE_INDICATORS if (one := measure(key)) is not None}
    for file in _shipped_files():
        for own in file.indicators:
            found.setdefault(own.key, own)
    return MappingProxyType(found)


@cache
def _shipped_files() -> tuple[TargetFile, ...]:
    from zoneeval.policy.loader import list_target_files

    return tuple(list_target_files())
