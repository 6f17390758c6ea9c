"""Figures of one enterprise that cannot stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from zoneeval.intake.checks.frame import Frame, amount, label, where
from zoneeval.model.issue import Issue, Severity

NOT_ABOVE = (
    ("tax_paid", "revenue", "tax-above-revenue"),
    ("value_added", "revenue", "value-added-above-revenue"),
    ("rd_expense", "revenue", "rd-above-revenue"),
    ("profit", "revenue", "profit-above-revenue"),
    ("value_added", "output_value", "value-added-above-output"),
)
"""Amount, what it cannot exceed, and the code of the finding."""

NOT_ZERO_WITH = (
    ("average_headcount", "output_value", "no-people-with-output"),
    ("average_headcount", "revenue", "no-people-with-output"),
    ("energy_use", "electricity_use", "no-energy-with-electricity"),
)
"""What cannot be zero, where the other figure is positive."""

POWER_TO_COAL = 1.229
"""吨标准煤 per 万千瓦时 at calorific value (当量值，GB/T 2589—2020)."""
_SLACK = 0.9


def check_relations(frame: Frame, silent: frozenset[str] = frozenset()) -> Iterator[Issue]:
    """Yield pairs of figures of which this import brings at least one.

    ``silent`` are fields whose whole column was told about.
    """
    for key, limit, code in NOT_ABOVE:
        if {key, limit} & silent:
            continue
        top, most = frame.number(key), frame.number(limit)
        wrong = (top > most) & frame.brought(key, limit)
        for i in where(wrong):
            yield _pair(
                frame, i, code, (key, limit),
                f"{frame.name(i)}的{label(key)}（{amount(top[i], key)}）"
                f"大于{label(limit)}（{amount(most[i], limit)}）",
                f"{label(key)}一般不超过{label(limit)}，请核对两个部门的数据和计量单位。",
            )  # fmt: skip
    told: set[tuple[str, int]] = set()
    for key, other, code in NOT_ZERO_WITH:
        zero, positive = frame.number(key), frame.number(other)
        wrong = (zero == 0) & (positive > 0) & frame.brought(key, other)
        for i in where(wrong):
            if (code, int(i)) in told:
                continue
            told.add((code, int(i)))
            yield _pair(
                frame, i, code, (key, other),
                f"{frame.name(i)}的{label(key)}为 0，而{label(other)}为"
                f" {amount(positive[i], other)}",
                f"请核对{label(key)}；没有数据的留空，不要填 0。",
            )  # fmt: skip
    if not {"energy_use", "electricity_use"} & silent:
        yield from _energy(frame)


def _energy(frame: Frame) -> Iterator[Issue]:
    """Yield enterprises whose energy use is less than that of their electricity alone."""
    energy, power = frame.number("energy_use"), frame.number("electricity_use")
    wrong = (energy > 0) & (energy < power * POWER_TO_COAL * _SLACK)
    wrong &= frame.brought("energy_use", "electricity_use")
    for i in where(wrong):
        yield _pair(
            frame, i, "energy-below-electricity", ("energy_use", "electricity_use"),
            f"{frame.name(i)}的综合能耗（{amount(energy[i], 'energy_use')}）小于用电一项的折标量"
            f"（{power[i] * POWER_TO_COAL:,.1f} 吨标准煤）",
            "用电按当量值每万千瓦时 1.229 吨标准煤折算；请核对综合能耗和用电量的口径与计量单位。",
        )  # fmt: skip


def _pair(
    frame: Frame, i: int, code: str, keys: tuple[str, str], message: str, advice: str
) -> Issue:
    at = frame.brought_key(i, *keys) or keys[0]
    other = keys[1] if at == keys[0] else keys[0]
    place = frame.source(i, other)
    where = f"（{label(other)}见{place.place}）" if place and place.file else ""
    if place is None:
        where = f"（{label(other)}是已存入的数）"
    return frame.issue(Severity.WARNING, code, i, at, message + where, advice)
