"""The registry of zone indicators as data: read once from the shipped files and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from zoneeval.errors import InputError
from zoneeval.model.fields import FIELDS
from zoneeval.units import UnitError, ratio

Population = Literal["all", "above_scale"]
IndicatorKind = Literal["total", "count", "ratio", "share_of", "growth", "points"]
FILES = ("zone_registry.toml", "zone_registry_jjq201.toml", "zone_registry_ratios.toml")
LEADING = "leading_industry"
"""``where`` of enterprises whose industry is one of their zone's leading ones."""
_GROWTH_WORDS = ("增速", "增长率", "增幅", "同比增长", "同比增速")


@dataclass(frozen=True, slots=True)
class ZoneIndicator:
    """One indicator of a zone and period.

    ``sums`` is the enterprise field that is summed ("" where the figure is only typed
    in, "*" for a count of enterprises), over the enterprises of ``population`` whose
    flag ``where`` is yes; ``numerator`` and ``denominator`` are identifiers of other
    zone indicators where this one is a ratio, ``base`` is the one whose change it is.
    ``sign`` -1 makes a growth a rate of decline; ``comparable`` says that official
    growth is in comparable prices; ``group`` is where it stands in tables.
    """

    key: str
    label: str
    unit: str
    population: Population = "all"
    sums: str = ""
    numerator: str = ""
    denominator: str = ""
    aliases: tuple[str, ...] = ()
    lower_is_better: bool = False
    is_share: bool = False
    kind: IndicatorKind = "total"
    where: str = ""
    base: str = ""
    sign: int = 1
    comparable: bool = False
    document: str = ""
    note: str = ""
    group: str = ""

    @property
    def is_ratio(self) -> bool:
        """Tell whether the value is a quotient of two other indicators."""
        return bool(self.numerator)

    @property
    def is_change(self) -> bool:
        """Tell whether the value is a change against the same period of the year before."""
        return self.kind in ("growth", "points")


_KEYS = frozenset(f.name for f in fields(ZoneIndicator)) | {"growth", "points", "decline"}


class RegistryError(InputError):
    """A definition of the registry does not hold; the sentence names it."""


@cache
def registry() -> Mapping[str, ZoneIndicator]:
    """Return every indicator by identifier: totals, then ratios, then changes."""
    folder = resources.files("zoneeval.model")
    tables: list[dict[str, Any]] = []
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8")
        tables += tomllib.loads(text)["indicator"]
    return definitions(tables)


def definitions(tables: list[dict[str, Any]]) -> Mapping[str, ZoneIndicator]:
    """Return checked definitions; ``growth``, ``points`` and ``decline`` each add one.

    Raises RegistryError with what is wrong.
    """
    found: dict[str, ZoneIndicator] = {}
    changes: list[ZoneIndicator] = []
    for table in tables:
        one = _definition(table)
        _check(one, found)
        found[one.key] = one
        changes += [_change(one, kind) for kind in ("growth", "points", "decline")
                    if table.get(kind)]  # fmt: skip
    for change in changes:
        if change.key in found:
            raise RegistryError(f"园区指标“{change.key}”重复定义。")
        found[change.key] = change
    _check_names(found)
    return found


def _definition(table: dict[str, Any]) -> ZoneIndicator:
    key = str(table.get("key", ""))
    if strange := sorted(set(table) - _KEYS):
        raise RegistryError(f"园区指标“{key}”的定义中不认识“{'、'.join(strange)}”。")
    if not key or not table.get("label") or "unit" not in table:
        raise RegistryError(f"园区指标“{key}”的定义缺少 key、label 或 unit。")
    given = {k: v for k, v in table.items() if k not in ("growth", "points", "decline")}
    kind = given.pop("kind", None) or ("count" if given.get("sums") == "*" else "total")
    return ZoneIndicator(**{**given, "kind": kind, "aliases": tuple(given.get("aliases", ()))})


def _check(one: ZoneIndicator, found: Mapping[str, ZoneIndicator]) -> None:
    def fault(words: str) -> RegistryError:
        return RegistryError(f"园区指标“{one.label}”（{one.key}）：{words}。")

    if one.key in found:
        raise fault("重复定义")
    if one.kind not in get_args(IndicatorKind) or one.population not in get_args(Population):
        raise fault("类别或口径不认识")
    if one.sums not in ("", "*") and one.sums not in FIELDS:
        raise fault(f"没有企业项目“{one.sums}”可汇总")
    if one.where not in ("", LEADING) and one.where not in FIELDS:
        raise fault(f"没有企业项目“{one.where}”可筛选")
    if bool(one.numerator) != bool(one.denominator):
        raise fault("分子、分母须同时写明")
    if one.is_ratio != (one.kind in ("ratio", "share_of")):
        raise fault("分子、分母与类别不符")
    for part in (one.numerator, one.denominator):
        if part and part not in found:
            raise fault(f"引用的指标“{part}”没有在它之前定义")
    try:
        if one.is_ratio:
            quotient_factor(one, found)
        elif one.sums not in ("", "*"):
            ratio(FIELDS[one.sums].unit, one.unit)
        else:
            ratio(one.unit, one.unit)
    except UnitError as error:
        raise fault(f"计量单位不符：{str(error).rstrip('。')}") from None


def quotient_factor(one: ZoneIndicator, known: Mapping[str, ZoneIndicator]) -> float:
    """Return by what numerator ÷ denominator is multiplied to be in the ratio's unit."""
    top, bottom = known[one.numerator].unit, known[one.denominator].unit
    by = ratio(f"{top}/{bottom}", one.unit) if "/" in one.unit else ratio(top, bottom)
    return float(by)


def _change(one: ZoneIndicator, how: str) -> ZoneIndicator:
    names = (one.label, *one.aliases)
    if how == "points":
        label, aliases = f"{one.label}增减", tuple(f"{name}提高" for name in names)
        note = "与上年同期之差，以百分点计。"
    elif how == "decline":
        label = f"{one.label}降低率"
        aliases = tuple(f"{name}{word}" for name in names for word in ("降低率", "下降率", "降幅"))
        aliases = aliases[1:]
        note = "比上年同期降低为正。由增加值可比价增速和能耗增速算得；没有可比价增速时按现价。"
    else:
        label = f"{one.label}增速"
        aliases = tuple(f"{name}{word}" for name in names for word in _GROWTH_WORDS)[1:]
        price = "公布数按可比价，" if one.comparable else ""
        note = f"{price}未公布时由本期与上年同期的现价数算得。"
    suffix = {"points": "growth", "decline": "decline"}.get(how, "growth")
    return ZoneIndicator(
        f"{one.key}_{suffix}",
        label,
        "",
        one.population,
        aliases=aliases,
        lower_is_better=one.lower_is_better and how != "decline",
        is_share=True,
        kind="points" if how == "points" else "growth",
        base=one.key,
        sign=-1 if how == "decline" else 1,
        comparable=one.comparable,
        note=note,
        group=one.group,
    )


def _check_names(found: Mapping[str, ZoneIndicator]) -> None:
    taken: dict[str, str] = {}
    for one in found.values():
        for name in (one.label, *one.aliases):
            other = taken.setdefault(name, one.key)
            if other != one.key:
                raise RegistryError(f"园区指标名称“{name}”同时指“{other}”和“{one.key}”。")
