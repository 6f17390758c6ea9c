"""From where on a figure is questioned: the office's own limits, with defaults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from zoneeval.errors import InputError


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of the checks; none of them keeps data out."""

    outlier_z: float = 8.0
    least_peers: float = 8.0
    jump_factor: float = 10.0
    zone_total_share: float = 0.3
    unit_least_rows: float = 5.0


@dataclass(frozen=True, slots=True)
class ThresholdField:
    """What one limit is called, what it means, and between what it may lie."""

    key: str
    label: str
    unit: str
    minimum: float
    maximum: float
    whole: bool
    note: str


THRESHOLD_FIELDS: tuple[ThresholdField, ...] = (
    ThresholdField(
        "outlier_z", "离群程度", "倍", 2, 1000, False,
        "企业的比值（如亩均收入）偏离同行业中位数多少倍离散度时提醒；越小越严",
    ),
    ThresholdField(
        "least_peers", "同行业最少户数", "户", 3, 1000, True,
        "同一行业大类不足这个户数时，改与全部企业比较",
    ),
    ThresholdField(
        "jump_factor", "较上年变动", "倍", 1.5, 1000, False,
        "数值是上年的多少倍以上（或多少分之一以下）时提醒",
    ),
    ThresholdField(
        "zone_total_share", "园区合计差异", "%", 0.01, 10, False,
        "企业合计与园区官方数相差超过这个比例时提醒",
    ),
    ThresholdField(
        "unit_least_rows", "单位核对最少行数", "行", 3, 1000, True,
        "一列中至少有这么多可比的数，才判断整列的计量单位",
    ),
)  # fmt: skip
"""Every limit, in the order of the dialog."""

_BY_KEY = {field.key: field for field in THRESHOLD_FIELDS}


def threshold_of(key: str) -> ThresholdField:
    """Return what is known of a limit; raise InputError for an unknown one."""
    found = _BY_KEY.get(key)
    if found is None:
        known = "、".join(f"{f.key}（{f.label}）" for f in THRESHOLD_FIELDS)
        raise InputError(f"没有“{key}”这个核对门槛。可以设置的有：{known}。")
    return found


def parse_threshold(key: str, text: str) -> float:
    """Return a limit from what was typed (20% or 0.2); raise InputError with a sentence."""
    field = threshold_of(key)
    plain = text.strip().replace("％", "%")
    try:
        value = float(plain.removesuffix("%"))
    except ValueError:
        raise InputError(f"“{field.label}”应填数字，现为“{text}”，没有改动。") from None
    if plain.endswith("%"):
        if field.unit != "%":
            raise InputError(f"“{field.label}”的单位是“{field.unit}”，不用百分数，没有改动。")
        value /= 100
    check_threshold(field, value)
    return value


def check_threshold(field: ThresholdField, value: float) -> None:
    """Raise InputError where a limit lies outside what makes sense."""
    fits = math.isfinite(value) and field.minimum <= value <= field.maximum
    if not fits or (field.whole and not value.is_integer()):
        kind = "整数" if field.whole else "数"
        raise InputError(
            f"“{field.label}”应为 {shown(field, field.minimum)} 到"
            f" {shown(field, field.maximum)} 之间的{kind}，没有改动。"
        )


def shown(field: ThresholdField, value: float) -> str:
    """Return a limit as people read it (20%)."""
    return f"{value * 100:g}%" if field.unit == "%" else f"{value:g}"


def with_values(base: Thresholds, values: Mapping[str, float]) -> Thresholds:
    """Return the limits with some replaced; unknown names and impossible values are ignored."""
    known = {field.name for field in fields(Thresholds)}
    good: dict[str, float] = {}
    for key, value in values.items():
        if key not in known:
            continue
        try:
            check_threshold(_BY_KEY[key], float(value))
        except InputError:
            continue
        good[key] = float(value)
    return replace(base, **good)
