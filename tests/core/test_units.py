"""Conversion is exact in decimals, and never between different kinds of quantity."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoneeval.units import UnitError, convert, is_unit, magnified, ratio, same_dimension

CONVERSIONS = [
    (1234567, "元", "万元", 123.4567),
    (33.7, "亿元", "万元", 337000.0),
    (0.1, "亿元", "万元", 1000.0),
    (12.5, "千元", "万元", 1.25),
    (6, "平方公里", "亩", 9000.0),
    (6, "km²", "亩", 9000.0),
    (1, "公顷", "亩", 15.0),
    (2000, "㎡", "亩", 3.0),
    (666.7, "平方米", "亩", 1.00005),
    (3, "亩", "㎡", 2000.0),
    (345678, "kWh", "万千瓦时", 34.5678),
    (12, "万kW·h", "万千瓦时", 12.0),
    (5, "度", "千瓦时", 5.0),
    (1250, "千克", "吨", 1.25),
    (2.6, "万人", "人", 26000.0),
    (3.5, "%", "", 0.035),
    (7, "户", "家", 7.0),
    (2, "万吨标准煤", "吨标准煤", 20000.0),
    (150000, "元/亩", "万元/亩", 15.0),
    (30, "万元/公顷", "万元/亩", 2.0),
    (20000, "立方米", "万立方米", 2.0),
]


@pytest.mark.parametrize(("value", "source", "target", "expected"), CONVERSIONS)
def test_conversion_is_exact(value: float, source: str, target: str, expected: float) -> None:
    assert convert(value, source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("万元", "亩"),
        ("吨", "吨标准煤"),
        ("人", "万元"),
        ("平方丈", "亩"),
        ("万元/亩", "万元"),
        ("", "万元"),
    ],
)
def test_other_kinds_are_refused(source: str, target: str) -> None:
    with pytest.raises(UnitError, match="计量单位"):
        ratio(source, target)


@pytest.mark.parametrize("text", ["含税", "现价", "上年", "", "万万元", "/亩", "万"])
def test_words_are_not_units(text: str) -> None:
    assert not is_unit(text)


def test_magnitudes_replace_those_of_the_column() -> None:
    assert magnified("亿", "万元") == "亿元"
    assert magnified("万", "万千瓦时") == "万千瓦时"
    assert magnified("万", "千瓦时") == "万千瓦时"
    assert magnified("万", "人") == "万人"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_yuan_print_as_written_with_the_point_moved(amount: object) -> None:
    value = float(str(amount))
    assert repr(convert(value, "元", "万元")) == repr(float(f"{amount}e-4"))


@given(
    st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6),
    st.sampled_from([("元", "亿元"), ("亩", "㎡"), ("公顷", "亩"), ("千克", "吨"), ("人", "万人")]),
)
def test_there_and_back_is_the_same(value: float, pair: tuple[str, str]) -> None:
    there = convert(value, *pair)
    assert math.isclose(convert(there, pair[1], pair[0]), value, rel_tol=1e-14)


def test_dimension() -> None:
    assert same_dimension("亩", "平方公里")
    assert not same_dimension("亩", "方里")
    assert not same_dimension("吨", "吨标准煤")
