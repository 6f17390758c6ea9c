"""How far a target is reached, and whether faster than the year goes by."""

from __future__ import annotations

import math
from dataclasses import replace

from zoneeval.model.targets import Target, TargetProgress
from zoneeval.model.zone_indicators import ZONE_INDICATORS

NO_DATA = "没有数据"


def target_progress(
    zone: str,
    target: Target,
    value: float | None,
    elapsed: float | None = None,
    *,
    source: str = "",
    related: bool = False,
) -> TargetProgress:
    """Compare a value with a target, both in the target's unit.

    ``elapsed`` is the share of the year that the value covers (0.5 for 1—6月).  A
    growth rate is compared in points only; what is to be kept low completes the other
    way round (target ÷ value); 左右 names no tolerance, so falling short decides nothing.
    """
    plain = TargetProgress(zone, target, value, None, source=source, related=related)
    if value is None or math.isnan(value):
        return replace(plain, value=None, reason=NO_DATA)
    if target.above:
        why = f"须与“{target.above}”比较，工作文件中没有这个数值"
        return replace(plain, reason=why)
    if related:
        why = f"“{target.zone}”的目标，范围与本园区不同，只供参照"
        if target.kind == "total" and not _is_rate(target):
            return replace(plain, reason=why)
        plain = replace(plain, reason=why)
    else:
        met, why = _met(target, value)
        plain = replace(plain, met=met, reason=why)
    completion = _completion(target, value)
    flows = target.accumulates and target.bound == "at_least" and not related
    ahead = completion - elapsed if flows and completion is not None and elapsed else None
    return replace(
        plain,
        completion=completion,
        elapsed=elapsed,
        ahead=ahead,
        difference=value - target.value,
    )


def _is_rate(target: Target) -> bool:
    known = ZONE_INDICATORS.get(target.indicator)
    return known is not None and known.is_ratio


def _met(target: Target, value: float) -> tuple[bool | None, str]:
    if target.bound == "at_least":
        reached = value > target.value if target.strict else value >= target.value
    else:
        reached = value < target.value if target.strict else value <= target.value
    if target.about and not reached:
        return None, "文件写“左右”，没有规定允许的偏差，不能判定"
    return reached, ""


def _completion(target: Target, value: float) -> float | None:
    if target.kind in ("growth", "star"):
        return None
    over, under = (value, target.value) if target.bound == "at_least" else (target.value, value)
    return over / under if under > 0 else None
