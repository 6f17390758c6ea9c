"""Enterprises that stand far from their industry: robust z-scores of log ratios."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from zoneeval.intake.checks.frame import Frame, amount, label, where
from zoneeval.model.arrays import FloatArray
from zoneeval.model.fields import unit_of
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.thresholds import Thresholds

RATIOS: tuple[tuple[str, str], ...] = (
    ("tax_paid", "revenue"),
    ("value_added", "revenue"),
    ("output_value", "revenue"),
    ("revenue", "average_headcount"),
    ("output_value", "energy_use"),
    ("revenue", "land_area"),
)
"""Ratios that are alike within an industry."""

_NORMAL = 0.6744897501960817
"""Median absolute deviation of the standard normal distribution."""
LEAST_SPREAD = 0.1
"""Spread of logarithms below which an industry counts as this wide, so that ten equal
enterprises do not make the eleventh suspicious for 5 %."""

_MOST_LOG = 50.0
LEAST_TIMES = 5.0
"""A figure nearer to the median than this many times is never told, however alike the rest."""


def log_ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """Return ln(top ÷ bottom), NaN where either is missing or not positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        out = np.log(top) - np.log(bottom)
    out[~np.isfinite(out)] = np.nan
    return out


def robust_z(
    values: FloatArray, groups: Sequence[str], least: int
) -> tuple[FloatArray, FloatArray, list[bool]]:
    """Return z by median and MAD, the median it is measured from, and whether in its group.

    A group with fewer than ``least`` values, or without a name, is measured against all.
    Adding the same to every value (another unit, for a logarithm) changes no z.
    """
    names = np.array(groups, dtype=object)
    own = ~np.isnan(values)
    middle = np.full(len(values), np.nan)
    spread = np.full(len(values), np.nan)
    inside = [False] * len(values)
    if own.sum() >= least:
        middle[:], spread[:] = _centre(values[own])
    for name in sorted({str(n) for n in names[own]} - {""}):
        rows = where(names == name)
        mine = values[rows][own[rows]]
        if len(mine) < least:
            continue
        middle[rows], spread[rows] = _centre(mine)
        for row in rows:
            inside[row] = True
    return (values - middle) / spread, middle, inside


def _centre(values: FloatArray) -> tuple[float, float]:
    middle = float(np.median(values))
    deviation = float(np.median(np.abs(values - middle))) / _NORMAL
    return middle, max(deviation, LEAST_SPREAD)


def check_spread(
    frame: Frame,
    thresholds: Thresholds,
    silent: frozenset[str] = frozenset(),
    jumped: frozenset[str] = frozenset(),
) -> Iterator[Issue]:
    """Yield figures far from the industry, one per enterprise.

    ``silent`` are fields told about as a whole, ``jumped`` the codes of enterprises that
    were told about already because they changed so much.
    """
    told = {i for i, code in enumerate(frame.codes) if code in jumped}
    for top, bottom in RATIOS:
        if top in silent or bottom in silent:
            continue
        brought = frame.brought_land if bottom == "land_area" else frame.brought
        fresh = brought(top, bottom)
        if not fresh.any():
            continue
        upper, lower = frame.column(top), frame.column(bottom)
        values = log_ratio(upper, lower)
        z, middle, inside = robust_z(values, frame.division, int(thresholds.least_peers))
        far = where(
            (np.abs(z) > thresholds.outlier_z)
            & (np.abs(values - middle) > math.log(LEAST_TIMES))
            & fresh
        )
        for i in far:
            if int(i) in told:
                continue
            told.add(int(i))
            yield _issue(frame, int(i), top, bottom, values[i], middle[i], inside[i])


def _issue(
    frame: Frame, i: int, top: str, bottom: str, value: float, middle: float, inside: bool
) -> Issue:
    at = frame.brought_key(i, top, bottom) or top
    ours, usual = float(np.exp(value)), float(np.exp(middle))
    times = math.exp(max(-_MOST_LOG, min(_MOST_LOG, value - middle)))
    unit = "" if unit_of(top) == unit_of(bottom) else f" {unit_of(top)}/{unit_of(bottom)}"
    peers = f"同行业（大类 {frame.division[i]}）" if inside else "全部企业"
    how = f"中位数的 {times_of(times)}"
    return frame.issue(
        Severity.WARNING, "outlier", i, at,
        f"{frame.name(i)}的{label(top)}（{amount(frame.column(top)[i], top)}）与"
        f"{label(bottom)}（{amount(frame.column(bottom)[i], bottom)}）之比为 {ours:,.4g}{unit}，"
        f"{peers}中位数为 {usual:,.4g}{unit}，前者是{how}",
        f"请核对{label(top)}和{label(bottom)}的数值与计量单位；属实的可以保留。",
    )  # fmt: skip


def times_of(times: float) -> str:
    """Return a multiple as people say it: 12 倍, 3.5%, 1/10,000."""
    if times >= 1:
        return f"{times:,.1f} 倍" if times < 100 else f"{times:,.0f} 倍"
    return f"{times * 100:.2g}%" if times >= 0.001 else f"1/{1 / max(times, 1e-12):,.0f}"
