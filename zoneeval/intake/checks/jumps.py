"""Figures of one enterprise that changed beyond belief against the year before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zoneeval.intake.checks.frame import Frame, amount, label, where
from zoneeval.intake.checks.spread import times_of
from zoneeval.model.dataset import Dataset
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.thresholds import Thresholds

COMPARED = {
    "revenue": 500.0,
    "output_value": 500.0,
    "value_added": 100.0,
    "tax_paid": 20.0,
    "rd_expense": 50.0,
    "average_headcount": 20.0,
    "land_area": 5.0,
    "energy_use": 50.0,
    "electricity_use": 10.0,
    "water_use": 1.0,
    "gas_use": 1.0,
}
"""Fields compared with last year's; a change below this amount is never told."""

_TOGETHER, _NAMED = 3, 3
_ADVICE = "请核对数值和计量单位；停产、投产、重组等属实的可以保留。"


def check_jumps(
    frame: Frame,
    last: Dataset | None,
    thresholds: Thresholds,
    silent: frozenset[str] = frozenset(),
) -> Iterator[Issue]:
    """Yield values of this import far from last year's; ``silent`` fields are left out."""
    if last is None:
        return
    found: dict[int, list[tuple[str, float, float]]] = {}
    for key, small in COMPARED.items():
        fresh = frame.brought_land() if key == "land_area" else frame.brought(key)
        if key in silent or not fresh.any():
            continue
        now, then = frame.column(key), frame.before(last, key)
        times = now / then
        far = (times > thresholds.jump_factor) | (times < 1 / thresholds.jump_factor)
        far &= (now > 0) & (then > 0) & (np.abs(now - then) >= small) & fresh
        for i in where(far):
            found.setdefault(int(i), []).append((key, float(now[i]), float(then[i])))
    for i, changes in found.items():
        falls = sum(new < old for _, new, old in changes)
        if len(changes) >= _TOGETHER and falls in (0, len(changes)):
            yield _together(frame, i, changes)
        else:
            for key, new, old in changes:
                yield frame.issue(
                    Severity.WARNING, "jump", i, key,
                    f"{frame.name(i)}的{label(key)}为 {amount(new, key)}，"
                    f"{frame.year - 1} 年为 {amount(old, key)}，是上年的 {times_of(new / old)}",
                    _ADVICE,
                )  # fmt: skip


def _together(frame: Frame, i: int, changes: list[tuple[str, float, float]]) -> Issue:
    """Return one finding for an enterprise whose figures all rose or all fell."""
    words = "、".join(
        f"{label(key)} {amount(now, key)}（上年 {amount(then, key)}）"
        for key, now, then in changes[:_NAMED]
    )
    rest = f"等 {len(changes)} 项" if len(changes) > _NAMED else ""
    way = "下降" if changes[0][1] < changes[0][2] else "上升"
    return frame.issue(
        Severity.WARNING, "jump", i, changes[0][0],
        f"{frame.name(i)}多项数据较 {frame.year - 1} 年同时大幅{way}：{words}{rest}", _ADVICE,
    )  # fmt: skip
