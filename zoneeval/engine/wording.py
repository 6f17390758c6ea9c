"""Words for changes of amounts, as an official says them to an enterprise."""

from __future__ import annotations

import math

_VERBS: dict[str, tuple[str, str]] = {
    "tax_paid": ("多缴", "少缴"),
    "land_area": ("增加用地", "退出"),
    "revenue": ("多营收", "少营收"),
    "profit": ("多盈利", "少盈利"),
    "value_added": ("增加值增加", "增加值减少"),
    "output_value": ("多产出", "少产出"),
    "rd_expense": ("多投研发", "少投研发"),
    "average_headcount": ("多用工", "少用工"),
    "energy_use": ("多用", "少用"),
    "electricity_use": ("多用电", "少用电"),
    "water_use": ("多用水", "少用水"),
    "gas_use": ("多用气", "少用气"),
    "emission_total": ("多排放", "少排放"),
}


def rounded_away(value: float, digits: int = 3) -> float:
    """Return ``value`` with so many leading digits, rounded away from zero.

    A change that is named rounded must still be enough.
    """
    if value == 0 or not math.isfinite(value):
        return value
    scale = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return math.copysign(math.ceil(round(abs(value) / scale, 9)) * scale, value)


def amount_text(value: float) -> str:
    """Return an amount's size with three leading digits, rounded up."""
    size = abs(rounded_away(value))
    if size >= 100:
        return f"{size:,.0f}"
    decimals = max(0, 2 - math.floor(math.log10(size))) if size > 0 else 0
    text = f"{size:.{min(decimals, 8)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_words(field: str, label: str, unit: str, difference: float) -> str:
    """Return a change in words, such as 多缴 69 万元 or 退出 10 亩."""
    more, less = _VERBS.get(field, (f"{label}增加", f"{label}减少"))
    return f"{more if difference > 0 else less} {amount_text(difference)} {unit}".rstrip()
