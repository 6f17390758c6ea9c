"""Single values that lie outside what they can be: counts, shares, dates, sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zoneeval.intake.checks.frame import Frame, amount, label, where
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity

LARGEST = {
    "average_headcount": 500_000.0,
    "land_area": 30_000.0,
    "land_registered": 30_000.0,
    "land_leased_in": 30_000.0,
    "land_leased_out": 30_000.0,
    "accidents": 100.0,
    "penalties": 100.0,
}
"""What no single enterprise of a zone exceeds, in the registry's units."""

CEILING = 1e12
"""What no number of an enterprise exceeds in the registry's unit, whatever was meant."""

_COUNTS = ("average_headcount", "accidents", "penalties", "tenant_count")
_DATES = ("registered_on", "production_started_on", "above_scale_since", "quality_prize_on")
_CHANGES = ("wage_growth", "energy_intensity_decline")
"""Shares of change, which may be negative."""


def check_ranges(frame: Frame, silent: frozenset[str] = frozenset()) -> Iterator[Issue]:
    """Yield values of this import out of range; ``silent`` fields were told as a whole."""
    for key, most in LARGEST.items():
        if key in silent:
            continue
        values = frame.given(key)
        wrong = where(values > most)
        for i in wrong:
            yield frame.issue(
                Severity.WARNING, "out-of-range", i, key,
                f"{frame.name(i)}的{label(key)}为 {amount(values[i], key)}，"
                f"超过一家企业可能有的数（{amount(most, key)}）",
                "请核对数值和计量单位。",
            )  # fmt: skip
    yield from _impossible(frame)
    for key in _COUNTS:
        values = frame.given(key)
        wrong = where(np.abs(values - np.round(values)) > 1e-9)
        for i in wrong:
            yield frame.issue(
                Severity.NOTE, "not-whole", i, key,
                f"{frame.name(i)}的{label(key)}为 {amount(values[i], key)}，一般是整数",
                "如是按月平均得出的数可以不改；否则请核对计量单位。",
            )  # fmt: skip
    for field in FIELDS.values():
        if field.kind != "share":
            continue
        values = frame.given(field.key)
        low = -1 if field.key in _CHANGES else 0
        wrong = where((values < low) | (values > 1))
        for i in wrong:
            yield frame.issue(
                Severity.WARNING,
                "share-above-one" if values[i] > 1 else "share-out-of-range", i, field.key,
                f"{frame.name(i)}的{field.label}为 {values[i]:g}，"
                f"应在 {low} 到 1（{low * 100}%—100%）之间",
                "请核对是否漏写百分号。",
            )  # fmt: skip
    yield from check_dates(frame)


def _impossible(frame: Frame) -> Iterator[Issue]:
    """Yield numbers that no unit could make right; they are kept out."""
    for key, field in FIELDS.items():
        if not field.is_number:
            continue
        values = frame.given(key)
        for i in where(np.abs(values) > CEILING):
            yield frame.issue(
                Severity.BLOCKING, "implausible", i, key,
                f"{frame.name(i)}的{field.label}为 {amount(values[i], key)}，不可能有这样大的数",
                "请核对数值和计量单位后更正。",
            )  # fmt: skip


def check_dates(frame: Frame) -> Iterator[Issue]:
    """Yield dates after the year of the data, and production before registration."""
    last = f"{frame.year:04d}-12-31"
    for key in _DATES:
        dates = frame.text(key)
        for i in range(frame.fresh):
            day = dates[i]
            if day is not None and day > last and frame.source(i, key) is not None:
                yield frame.issue(
                    Severity.WARNING, "date-after-year", i, key,
                    f"{frame.name(i)}的{label(key)}为 {day}，晚于数据所属的 {frame.year} 年",
                    "请核对日期和导入的年度。",
                )  # fmt: skip
    registered, started = frame.text("registered_on"), frame.text("production_started_on")
    for i in range(frame.fresh):
        first, then = registered[i], started[i]
        if first is None or then is None or then >= first:
            continue
        at = frame.brought_key(i, "production_started_on", "registered_on")
        if at is not None:
            yield frame.issue(
                Severity.WARNING, "production-before-registration", i, at,
                f"{frame.name(i)}的投产时间（{then}）早于注册时间（{first}）",
                "请核对两个日期；企业更名、改制或迁入的，可按实际情况保留。",
            )  # fmt: skip
