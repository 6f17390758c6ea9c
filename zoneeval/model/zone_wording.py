"""The definitions of zone indicators in the words of an office."""

from __future__ import annotations

from zoneeval.model.fields import label_of
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneIndicator
from zoneeval.model.zone_registry import LEADING

_POPULATIONS = {"all": "全部工业企业", "above_scale": "规上工业企业"}


def definition_words(one: ZoneIndicator) -> str:
    """Return how an indicator comes about: 规上工业企业的工业增加值之和, A ÷ B."""
    if one.is_ratio:
        top, bottom = ZONE_INDICATORS[one.numerator], ZONE_INDICATORS[one.denominator]
        return f"{top.label} ÷ {bottom.label}"
    if one.is_change:
        base = ZONE_INDICATORS[one.base].label
        if one.kind == "points":
            return f"{base}：本期减上年同期"
        return f"{base}：{'比上年同期降低' if one.sign < 0 else '比上年同期增长'}"
    if not one.sums:
        return "录入"
    who = _POPULATIONS[one.population]
    if one.where == LEADING:
        who += "中属于园区主导产业的"
    elif one.where:
        who += f"中“{label_of(one.where)}”为是的"
    return f"{who}户数" if one.sums == "*" else f"{who}{label_of(one.sums)}之和"
