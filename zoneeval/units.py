"""Units that officials write, and exact conversion between them.

A unit is a base unit with an optional 十/百/千/万/亿 before it, or a quotient of two
such units (万元/亩).  The empty text is the unit of a plain fraction.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from zoneeval.errors import UserError


class UnitError(UserError):
    """A unit is not known, or cannot be converted into the other one."""


_BASES: dict[str, tuple[str, Fraction]] = {
    **dict.fromkeys(("", "1", "小数", "比例"), ("fraction", Fraction(1))),
    **dict.fromkeys(("%", "百分比", "百分点", "个百分点"), ("fraction", Fraction(1, 100))),
    "‰": ("fraction", Fraction(1, 1000)),
    **dict.fromkeys(("元", "人民币元", "元人民币"), ("money", Fraction(1))),
    **dict.fromkeys(("美元", "usd"), ("foreign money", Fraction(1))),
    **dict.fromkeys(("公里", "km"), ("length", Fraction(1000))),
    **dict.fromkeys(("米", "m"), ("length", Fraction(1))),
    "天": ("days", Fraction(1)),
    "位": ("place", Fraction(1)),
    **dict.fromkeys(("m2", "平方米", "平米", "平方"), ("area", Fraction(1))),
    **dict.fromkeys(("亩", "市亩"), ("area", Fraction(2000, 3))),
    **dict.fromkeys(("公顷", "ha", "hm2"), ("area", Fraction(10_000))),
    **dict.fromkeys(("平方公里", "平方千米", "km2"), ("area", Fraction(1_000_000))),
    **dict.fromkeys(("千瓦时", "千瓦小时", "kwh", "kw·h", "kw.h", "度"), ("power", Fraction(1))),
    **dict.fromkeys(("兆瓦时", "mwh"), ("power", Fraction(1000))),
    **dict.fromkeys(("吨标准煤", "吨标煤", "tce", "标准煤吨"), ("coal", Fraction(1))),
    **dict.fromkeys(("千克标准煤", "公斤标准煤", "千克标煤", "kgce"), ("coal", Fraction(1, 1000))),
    **dict.fromkeys(("吨", "t"), ("mass", Fraction(1))),
    **dict.fromkeys(("千克", "公斤", "kg"), ("mass", Fraction(1, 1000))),
    **dict.fromkeys(("克", "g"), ("mass", Fraction(1, 1_000_000))),
    **dict.fromkeys(
        ("立方米", "立方", "方", "m3", "标准立方米", "标立方米", "标方", "nm3"),
        ("volume", Fraction(1)),
    ),
    **dict.fromkeys(("千焦", "kj"), ("heat", Fraction(1))),
    **dict.fromkeys(("兆焦", "mj"), ("heat", Fraction(1000))),
    **dict.fromkeys(("吉焦", "gj"), ("heat", Fraction(1_000_000))),
    **dict.fromkeys(("人", "名"), ("people", Fraction(1))),
    **dict.fromkeys(tuple("家户个次起件宗项条"), ("count", Fraction(1))),
    **dict.fromkeys(("当量", "污染当量", "当量值"), ("equivalent", Fraction(1))),
}
_PREFIXES = (
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("十亿", 1_000_000_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
)


def normalise_unit(text: str) -> str:
    """Return a unit as it is looked up: half-width, small letters, no spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", "", plain).replace("÷", "/").replace("每", "/")


@lru_cache(maxsize=512)
def _measure(text: str) -> tuple[tuple[str, ...], Fraction] | None:
    """Return the dimension (over, under) and the size in base units, or None."""
    unit = normalise_unit(text)
    if "/" in unit:
        over, _, under = unit.partition("/")
        top, bottom = _simple(over), _simple(under)
        if not over or not under or top is None or bottom is None:
            return None
        return (top[0], bottom[0]), top[1] / bottom[1]
    simple = _simple(unit)
    return ((simple[0],), simple[1]) if simple else None


def _simple(unit: str) -> tuple[str, Fraction] | None:
    if unit in _BASES:
        return _BASES[unit]
    for prefix, factor in _PREFIXES:
        rest = unit.removeprefix(prefix)
        if rest != unit and rest in _BASES and rest not in ("", "1"):
            dimension, size = _BASES[rest]
            return (dimension, size * factor) if dimension != "fraction" else None
    return None


def is_unit(text: str) -> bool:
    """Tell whether the text names a known unit; the empty text does not count."""
    return bool(normalise_unit(text)) and _measure(text) is not None


def same_dimension(first: str, second: str) -> bool:
    """Tell whether one unit can be converted into the other."""
    one, other = _measure(first), _measure(second)
    return one is not None and other is not None and one[0] == other[0]


@lru_cache(maxsize=512)
def ratio(source: str, target: str) -> Fraction:
    """Return by what a value in ``source`` is multiplied to be in ``target``; exact.

    Raises :class:`UnitError` when a unit is unknown or the two measure different things.
    """
    one, other = _measure(source), _measure(target)
    if one is None or other is None:
        raise UnitError(f"不认识的计量单位“{source if one is None else target}”。")
    if one[0] != other[0]:
        raise UnitError(f"计量单位“{source}”不能换算成“{target or '小数'}”，二者不是同一类量。")
    return one[1] / other[1]


def scale(value: float | Decimal, by: Fraction) -> float:
    """Multiply exactly in decimals, so that 1234567 元 is 123.4567 万元 and prints so."""
    if by == 1:
        return float(value)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return float(exact * by.numerator / by.denominator)


def convert(value: float, source: str, target: str) -> float:
    """Return ``value`` in ``target`` units; raises :class:`UnitError`."""
    return scale(value, ratio(source, target))


def magnified(magnitude: str, unit: str) -> str:
    """Return the unit meant by 万 or 亿 behind a number in a column of ``unit``.

    1200万 in a column of 万元 is 1200 万元, and 3亿 there is 3 亿元.
    """
    return magnitude + re.sub(r"^(?:千万|百万|十万|十亿|亿|万)", "", normalise_unit(unit))
