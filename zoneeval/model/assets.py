"""Idle and low-efficiency assets: land, plant, equipment, and the thresholds that find them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from zoneeval.errors import InputError
from zoneeval.model.fields import FIELDS

AssetKind = Literal["land", "plant", "equipment"]
ASSET_WORDS: Mapping[AssetKind, str] = {"land": "土地", "plant": "厂房", "equipment": "设备"}
ASSET_UNITS: Mapping[AssetKind, str] = {"land": "亩", "plant": "㎡", "equipment": "台（套）"}
ASSET_STATES = ("低效", "闲置", "批而未供", "停用")
DISPOSALS = ("租赁", "重组", "回购", "二次招商", "技改", "收回", "其他")
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset; ``found_by`` is the threshold in words, or 人工登记.  Dates are ISO."""

    id: int
    kind: AssetKind
    zone: str | None
    uscc: str | None
    name: str
    location: str | None
    size: float | None
    unit: str | None
    state: str
    reason: str
    found_by: str
    found_on: str
    disposal: str | None = None
    disposed_on: str | None = None
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AssetRule:
    """A threshold of the office: ``field`` below ``below`` for ``years`` years on end.

    None is built in: no official line was found for the province or the city.
    """

    field: str
    below: float
    years: int = 1
    document: str = ""

    @property
    def words(self) -> str:
        """Return 亩均税收连续 2 年低于 3 万元/亩."""
        field = FIELDS[self.field]
        share = field.kind == "share"
        figure = f"{self.below * 100:g}%" if share else f"{self.below:g} {field.unit}".rstrip()
        span = f"连续 {self.years} 年" if self.years > 1 else ""
        document = f"（{self.document}）" if self.document else ""
        return f"{field.label}{span}低于 {figure}{document}"

    def as_json(self) -> dict[str, Any]:
        """Return the threshold as it is kept."""
        return {
            "field": self.field,
            "below": self.below,
            "years": self.years,
            "document": self.document,
        }


def asset_rule(field: str, below: float, years: int = 1, document: str = "") -> AssetRule:
    """Return a threshold; raise InputError for a field without figures, or a bad figure."""
    words = field.strip()
    key = next((key for key, one in FIELDS.items() if words in (key, one.label, one.heading)), None)
    if key is None or not FIELDS[key].is_number or FIELDS[key].kind == "flag":
        raise InputError(
            f"“{field}”不是可以设门槛的数值指标。请写指标的标识或名称，如 tax_per_mu（亩均税收）。"
        )
    if not math.isfinite(below):
        raise InputError(f"“{FIELDS[key].label}”的门槛应为数字，不是“{below}”。")
    if not 1 <= years <= MOST_YEARS:
        raise InputError(f"连续年数应为 1 到 {MOST_YEARS} 的整数，现为 {years}。")
    return AssetRule(key, float(below), years, document.strip())


def asset_kind(text: str) -> AssetKind:
    """Return the kind of a word or identifier; raise InputError for another one."""
    words = text.strip()
    for kind in get_args(AssetKind):
        if words in (kind, ASSET_WORDS[kind]):
            return kind  # type: ignore[no-any-return]
    known = "、".join(f"{key}（{word}）" for key, word in ASSET_WORDS.items())
    raise InputError(f"资产类别“{text}”无法识别，可选：{known}。")


@dataclass(frozen=True, slots=True)
class LowUse:
    """An enterprise below a threshold: the figures by year, and the land it holds (亩)."""

    rule: AssetRule
    uscc: str
    name: str
    zone: str | None
    figures: Mapping[int, float]
    land_area: float | None

    @property
    def reason(self) -> str:
        """Return the figures in words: 2023 年 1.2，2024 年 0.8."""
        field = FIELDS[self.rule.field]
        parts = (
            f"{year} 年 {_figure(value * 100)}%"
            if field.kind == "share"
            else f"{year} 年 {_figure(value)}{field.unit}"
            for year, value in sorted(self.figures.items())
        )
        return f"{field.label}：{'，'.join(parts)}"


@dataclass(frozen=True, slots=True)
class Undecided:
    """An enterprise that a threshold cannot judge: the years without a figure."""

    rule: AssetRule
    uscc: str
    name: str
    zone: str | None
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LowUseFindings:
    """What the thresholds find in a year's data, and what they cannot judge."""

    year: int
    rules: tuple[AssetRule, ...]
    found: tuple[LowUse, ...] = ()
    undecided: tuple[Undecided, ...] = ()


def _figure(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 100 else f"{value:.4g}"
