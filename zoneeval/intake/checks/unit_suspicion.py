"""A whole column in another unit than it says: 10,000 × what it was or what is usual.

First against the same enterprises' figures of the year before; where there are too few
of those, against ratios that are alike everywhere (last year's, or wide typical ones).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.intake.checks.frame import Frame, Place, label
from zoneeval.intake.checks.spread import RATIOS, log_ratio, times_of
from zoneeval.model.arrays import IntArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import BASE_FIELDS, FIELDS, unit_of
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import Repair
from zoneeval.model.thresholds import Thresholds
from zoneeval.units import UnitError, ratio

UNITS = {
    "万元": ("元", "千元", "万元", "百万元", "亿元"),
    "亩": ("平方米", "亩", "公顷", "平方公里"),
    "㎡": ("平方米", "亩", "公顷"),
    "吨标准煤": ("千克标准煤", "吨标准煤", "万吨标准煤"),
    "万千瓦时": ("千瓦时", "兆瓦时", "万千瓦时", "亿千瓦时"),
    "万立方米": ("立方米", "万立方米"),
    "吨": ("克", "千克", "吨", "万吨"),
}
"""Units that departments write, by the registry's unit."""

TYPICAL = {
    ("tax_paid", "revenue"): 0.03,
    ("value_added", "revenue"): 0.25,
    ("output_value", "revenue"): 1.0,
    ("revenue", "average_headcount"): 100.0,
    ("output_value", "energy_use"): 10.0,
    ("revenue", "land_area"): 200.0,
}
"""Orders of magnitude of manufacturing; a column is only doubted hundredfold away."""

_AGREE = 0.7
_NEAR_LAST = math.log(1.6)
_PAIRS_ALIKE = math.log(3)
_FAR_TYPICAL, _NEAR_TYPICAL = math.log(100), math.log(12)
_FAR_RATIO, _NEAR_RATIO = math.log(6), math.log(2.2)


@dataclass(frozen=True, slots=True)
class Column:
    """The rows whose value of a field stands in one column of one sheet.

    It is not ``whole`` where the value was worked out from several columns.
    """

    key: str
    place: Place
    unit: str
    rows: IntArray
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far a column is off (a logarithm), after what, and how near a unit must come."""

    off: float
    near: float
    basis: str


def check_units(
    frame: Frame,
    last: Dataset | None,
    thresholds: Thresholds,
    units: Mapping[Place, str | None],
) -> tuple[list[Issue], frozenset[str]]:
    """Return one finding per doubtful column, and the fields concerned."""
    least = int(thresholds.unit_least_rows)
    columns = [c for c in _columns(frame, units) if len(c.rows) >= least]
    doubts: dict[Place, tuple[Column, Doubt]] = {}
    trusted: set[str] = set()
    for column in columns:
        judged, doubt = _against_last(frame, column, last, least)
        if doubt is not None:
            doubts[column.place] = column, doubt
        elif judged:
            trusted.add(column.key)
    doubted = {column.key for column, _ in doubts.values()}
    if "land_registered" in doubted:
        doubted.add("land_area")
    open_columns = [c for c in columns if c.key not in trusted and c.key not in doubted]
    issues = [_issue(frame, column, doubt) for column, doubt in doubts.values()]
    by_ratio = _against_ratios(frame, open_columns, last, trusted, doubted, least)
    issues.extend(by_ratio[0])
    silent = doubted | by_ratio[1]
    if "land_registered" in silent:
        silent.add("land_area")
    return [i for i in issues if i is not None], frozenset(silent)


def _columns(frame: Frame, units: Mapping[Place, str | None]) -> Iterator[Column]:
    for field in BASE_FIELDS:
        if field.unit not in UNITS:
            continue
        for place, found in frame.places(field.key).items():
            unit = units.get(place) or field.unit
            whole = not units or place in units
            yield Column(field.key, place, unit, np.array(found, dtype=np.int64), whole)


def _against_last(
    frame: Frame, column: Column, last: Dataset | None, least: int
) -> tuple[bool, Doubt | None]:
    """Return whether last year's figures could judge the column, and the doubt if any."""
    if last is None:
        return False, None
    rows = column.rows
    change = log_ratio(frame.given(column.key)[rows], frame.before(last, column.key)[rows])
    change = change[~np.isnan(change)]
    if len(change) < least:
        return False, None
    middle = float(np.median(change))
    alike = float(np.mean(np.abs(change - middle) < _PAIRS_ALIKE))
    doubt = Doubt(middle, _NEAR_LAST, f" {frame.year - 1} 年")
    if alike < _AGREE or _likely(column, doubt) is None:
        return True, None
    return True, doubt


def _likely(column: Column, doubt: Doubt) -> str | None:
    """Return the unit that the figures would be in, or None where none fits."""
    best: tuple[float, str] | None = None
    for unit in UNITS[unit_of(column.key)]:
        try:
            factor = float(ratio(column.unit, unit))
        except UnitError:
            return None
        if 0.2 < factor < 5:
            continue
        away = abs(doubt.off - math.log(factor))
        if away < doubt.near and (best is None or away < best[0]):
            best = away, unit
    return best[1] if best else None


def _against_ratios(
    frame: Frame,
    columns: list[Column],
    last: Dataset | None,
    trusted: set[str],
    doubted: set[str],
    least: int,
) -> tuple[list[Issue | None], set[str]]:
    """Doubt the column whose ratios to all other fields are off."""
    good: set[str] = set(trusted)
    bad: dict[str, list[tuple[str, Doubt]]] = defaultdict(list)
    for top, bottom in RATIOS:
        if {top, bottom} & doubted:
            continue
        found = _ratio_off(frame, top, bottom, last, least)
        if found is None:
            continue
        if abs(found.off) < (_FAR_RATIO if found.near == _NEAR_RATIO else _FAR_TYPICAL):
            good |= {top, bottom}
            continue
        bad[top].append((bottom, found))
        bad[bottom].append((top, Doubt(-found.off, found.near, found.basis)))
    issues: list[Issue | None] = []
    told: set[str] = set()
    for column in columns:
        key = "land_area" if column.key == "land_registered" else column.key
        if key not in bad or key in good:
            continue
        other, doubt = bad[key][0]
        if other not in good and len(bad[other]) >= len(bad[key]) and _is_new(frame, other):
            if other not in told:
                issues.append(_either(frame, column, other, doubt))
        else:
            issues.append(_issue(frame, column, doubt))
        told.add(column.key)
        told.add(key)
    return issues, told if any(issues) else set()


def _is_new(frame: Frame, key: str) -> bool:
    fresh = frame.brought_land() if key == "land_area" else frame.brought(key)
    return bool(fresh.any())


def _ratio_off(
    frame: Frame, top: str, bottom: str, last: Dataset | None, least: int
) -> Doubt | None:
    values = log_ratio(frame.column(top), frame.column(bottom))
    values = values[~np.isnan(values)]
    if len(values) < least:
        return None
    usual, near, basis = math.log(TYPICAL[top, bottom]), _NEAR_TYPICAL, "一般企业的水平"
    if last is not None:
        whole = frame.beside(last)
        before = log_ratio(whole.column(top), whole.column(bottom))
        before = before[~np.isnan(before)]
        if len(before) >= least:
            usual, near = float(np.median(before)), _NEAR_RATIO
            basis = f" {frame.year - 1} 年全部企业水平"
    return Doubt(float(np.median(values)) - usual, near, basis)


def _issue(frame: Frame, column: Column, doubt: Doubt) -> Issue | None:
    likely = _likely(column, doubt)
    if likely is None:
        return None
    file, sheet, letter = column.place
    if not column.whole:
        return Issue(
            Severity.WARNING, "unit-suspicion",
            f"“{label(column.key)}”整体约为{doubt.basis}的 {times_of(math.exp(doubt.off))}",
            file, sheet, None, letter, None,
            "该项由几列折算得出，请核对这几列的计量单位和折算系数。",
        )  # fmt: skip
    factor = ratio(likely, column.unit)
    times = math.exp(doubt.off)
    how = times_of(times)
    name = label(column.key)
    repair = Repair(
        "convert-unit",
        f"把 {column.place[2]} 列“{name}”的数按“{likely}”读取，换算成“{column.unit}”",
        column=column.place[2],
        factor=factor,
    )
    return Issue(
        Severity.WARNING, "unit-suspicion",
        f"整列“{name}”约为{doubt.basis}的 {how}：按“{column.unit}”读取，"
        f"而这些数更像是以“{likely}”为单位",
        file, sheet, None, letter, None,
        f"请核对该列的计量单位；确是“{likely}”的，可按此换算。", None, repair,
    )  # fmt: skip


def _either(frame: Frame, column: Column, other: str, doubt: Doubt) -> Issue | None:
    """Return the finding on two columns of which one is off, without a repair."""
    if _likely(column, doubt) is None:
        return None
    file, sheet, letter = column.place
    name, beside = FIELDS[column.key].label, FIELDS[other].label
    return Issue(
        Severity.WARNING, "unit-suspicion",
        f"“{name}”与“{beside}”之比和{doubt.basis}相差悬殊，其中一列的计量单位可能有误",
        file, sheet, None, letter, None, "请核对两列的计量单位，在列标题中用括号注明。",
    )  # fmt: skip
