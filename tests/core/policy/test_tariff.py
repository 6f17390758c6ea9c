"""Tables of measures: what a rate says, which one applies, and how units become money."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from zoneeval.errors import PolicyError
from zoneeval.policy.loader import (
    check_policy,
    check_tariff,
    list_tariffs,
    load_tariff,
    parse_tariff,
)
from zoneeval.policy.tariff import Tariff, money_factor
from zoneeval.units import UnitError

HEAD = """
schema = 1
id = "own"
title = "示意价格表"
status = "illustrative"
utilities = ["供电", "税务"]
citations = [{ id = "doc", title = "示意文件", number = "示意〔2024〕1号" }]
"""


def rate(more: str) -> str:
    return f'\n[[rates]]\ngrade = "C"\nunit = "元/千瓦时"\ncite = "doc"\n{more}\n'


def test_kind_and_utility_stand_for_each_other() -> None:
    text = HEAD + rate('utility = "供电"\namount = 0.1')
    text += rate('kind = "用电"\namount = 0.2\ndirection = "relief"')
    tariff = parse_tariff(text)
    assert [(r.kind, r.utility) for r in tariff.rates] == [("用电", "供电")] * 2
    assert {r.base_field for r in tariff.rates} == {"electricity_use"}
    found = tariff.rate("供电", "C", 1)
    assert found is not None
    assert (found.direction, found.amount) == ("surcharge", 0.1)
    assert len(tariff.rates_for("C", 1)) == 2
    with pytest.raises(PolicyError, match="缺少“kind”"):
        parse_tariff(HEAD + rate("amount = 0.1"))


def test_the_period_decides_on_a_day_and_the_latest_without_one() -> None:
    tariff = parse_tariff(
        HEAD
        + rate('utility = "供电"\namount = 0.1\nstarts = "2024-01-01"\nends = "2024-12-31"')
        + rate('utility = "供电"\namount = 0.3\nstarts = "2025-01-01"')
    )
    days = ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01", "")
    found = [tariff.rate("供电", "C", 1, day) for day in days]
    assert [r.amount if r else None for r in found] == [None, 0.1, 0.1, 0.3, 0.3]


@pytest.mark.parametrize(
    ("unit", "base", "expected"),
    [
        ("元/千瓦时", "万千瓦时", Fraction(1)),
        ("元/千瓦时", "千瓦时", Fraction(1, 10_000)),
        ("元/立方米", "万立方米", Fraction(1)),
        ("元/㎡", "亩", Fraction(2, 30)),
        ("元/当量", "当量", Fraction(1, 10_000)),
        ("%", "万元", Fraction(1, 100)),
        ("万元", None, Fraction(1)),
    ],
)
def test_units_become_money(unit: str, base: str | None, expected: Fraction) -> None:
    assert money_factor(unit, base) == expected


@pytest.mark.parametrize(
    ("unit", "base"), [("元/千瓦时", "亩"), ("元", "亩"), ("元/千瓦时", None), ("%", "亩")]
)
def test_units_that_do_not_fit_are_refused(unit: str, base: str | None) -> None:
    with pytest.raises(UnitError):
        money_factor(unit, base)


def test_a_tax_is_reckoned_by_its_share_and_a_negative_amount_is_refused() -> None:
    relief = 'kind = "城镇土地使用税"\ndirection = "relief"\n'
    text = HEAD + rate(relief + "amount = 50").replace("元/千瓦时", "%")
    assert parse_tariff(text).rates[0].factor == Fraction(1, 100)
    with pytest.raises(PolicyError, match="不能小于 0"):
        parse_tariff(text.replace("50", "-50"))


@pytest.mark.parametrize("tariff", list_tariffs(), ids=lambda t: t.id)
def test_a_shipped_tariff_is_sound_and_every_rate_has_its_document(tariff: Tariff) -> None:
    assert check_tariff(tariff.text) == check_policy(tariff.text) == []
    assert tariff.missing
    assert all(tariff.citation(r.cite) for r in tariff.rates)
    assert tariff.rates or tariff.empty_reason


def test_what_shandong_published_and_what_is_our_reading() -> None:
    tariff = load_tariff("shandong-2022")
    assert {(r.grade, r.from_consecutive_year, r.amount, r.unit) for r in tariff.rates} == {
        ("D", 1, 0.05, "元/千瓦时"),
        ("D", 2, 0.10, "元/千瓦时"),
        ("D", 3, 0.15, "元/千瓦时"),
    }
    assert (tariff.stacking, tariff.restart, tariff.restart_assumed) == ("highest", "anew", True)
    (source,) = tariff.citations
    assert source.secondary
    assert source.confidence in ("M", "L")
    assert "用水、用气" in tariff.note


def test_the_example_of_the_guide_is_a_tariff() -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "价格表编写.md"
    (text,) = re.findall(r"^```toml\n(.*?)^```$", guide.read_text("utf-8"), re.M | re.S)
    tariff = parse_tariff(text)
    assert tariff.illustrative
    steps = [tariff.rate("供电", "C", years) for years in (1, 2, 3)]
    assert [found.amount if found else None for found in steps] == [0.05, 0.1, 0.1]


def test_nobody_is_relieved_of_more_than_everything() -> None:
    entry = (
        '\n[[rates]]\nkind = "城镇土地使用税"\ngrade = "A"\ndirection = "relief"\ncite = "doc"\n'
    )
    parse_tariff(HEAD + entry + 'amount = 100\nunit = "%"\n')
    with pytest.raises(PolicyError, match="减免 150%，超过了全部"):
        parse_tariff(HEAD + entry + 'amount = 150\nunit = "%"\n')
