"""Changes against the same period of the year before: growth, decline, points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigure, ZoneIndicator

_ENERGY = "above_scale_energy_growth"
_VALUE_ADDED = "above_scale_value_added_growth"
_INTENSITY = "energy_per_value_added"


@dataclass(frozen=True, slots=True)
class Change:
    """A computed change: its value and basis, this and last year's figure, or why none."""

    value: float | None = None
    basis: str = ""
    now: float | None = None
    before: float | None = None
    lacking: str = ""


def computed_change(
    definition: ZoneIndicator,
    figures: Mapping[str, ZoneFigure],
    previous: Mapping[str, ZoneFigure],
) -> Change:
    """Return what comes of the figures of two periods; only like is compared with like.

    Energy intensity falls by comparable prices where the official growth of value added
    is known: 1 − (1 + 能耗增速) ÷ (1 + 增加值增速).
    """
    if definition.kind == "growth" and definition.base == _INTENSITY and definition.sign < 0:
        comparable = _comparable_decline(figures)
        if comparable is not None:
            return comparable
    label = ZONE_INDICATORS[definition.base].label
    now, before = figures.get(definition.base), previous.get(definition.base)
    if now is None or now.used is None:
        return Change(lacking=f"本期没有“{label}”")
    if before is None or before.used is None:
        return Change(now=now.used, lacking=f"上年同期没有“{label}”")
    pair = _alike(now, before)
    if pair is None:
        return Change(
            now=now.used, before=before.used,
            lacking=f"“{label}”本期与上年同期的数来源不同（一为公布、一为汇总），不能相比",
        )  # fmt: skip
    this, last = pair
    if definition.kind == "points":
        return Change(this - last, "points", this, last)
    if last <= 0:
        return Change(now=this, before=last, lacking=f"上年同期“{label}”不是正数，不计算增速")
    return Change(definition.sign * (this / last - 1), "nominal", this, last)


def _alike(now: ZoneFigure, before: ZoneFigure) -> tuple[float, float] | None:
    """Return the two figures from the same slot, those used first."""
    if now.used is not None and before.used is not None and now.slot == before.slot:
        return now.used, before.used
    if now.official is not None and before.official is not None:
        return now.official, before.official
    if now.computed is not None and before.computed is not None:
        return now.computed, before.computed
    return None


def _comparable_decline(figures: Mapping[str, ZoneFigure]) -> Change | None:
    energy, value_added = figures.get(_ENERGY), figures.get(_VALUE_ADDED)
    if energy is None or energy.used is None or value_added is None:
        return None
    if value_added.basis != "comparable" or value_added.used is None or value_added.used <= -1:
        return None
    return Change(1 - (1 + energy.used) / (1 + value_added.used), "comparable")
