"""Tariffs are copied and changed as text; what is changed rests on the new document."""

from __future__ import annotations

import tomllib

import pytest

from zoneeval.policy.loader import check_tariff, load_tariff, parse_tariff, shipped
from zoneeval.policy.tariff_editing import (
    add_exemption,
    add_provision,
    add_rate,
    copy_tariff,
    set_kind,
    set_measure,
    set_stacking,
)


def copy_of(name: str) -> str:
    return copy_tariff(load_tariff(name).text, "own-2025", "示意价格表", "示意〔2025〕1号", 2025)


@pytest.mark.parametrize("name", shipped("tariffs"))
def test_a_copy_has_the_same_measures_and_is_not_verified(name: str) -> None:
    before, made = load_tariff(name), parse_tariff(copy_of(name))
    assert (made.id, made.title, made.number) == ("own-2025", "示意价格表", "示意〔2025〕1号")
    assert made.rates == before.rates
    assert made.status != "verified"
    assert made.citation("own-2025") is not None
    assert not made.text.startswith("#")


def test_a_new_rate_wants_an_amount_and_takes_the_reason_for_none_away() -> None:
    text = add_rate(copy_of("henan"), "C")
    assert ["amount" in fault.key for fault in check_tariff(text)] == [True]
    text = set_measure(text, ("rates", 0, "amount"), 0.1)
    tariff = parse_tariff(text)
    assert not tariff.empty_reason
    assert (tariff.rates[0].kind, tariff.rates[0].utility) == ("用电", "供电")
    assert tariff.rates[0].cite == "own-2025"


def test_a_changed_figure_rests_on_the_new_document_and_the_others_do_not() -> None:
    text = set_measure(copy_of("shandong-2022"), ("rates", 1, "amount"), 0.2)
    rates = parse_tariff(text).rates
    assert [rate.cite for rate in rates] == ["jinan-2022", "own-2025", "jinan-2022"]
    assert [rate.amount for rate in rates] == [0.05, 0.2, 0.15]
    assert "# 已执行差别电价" in text


def test_who_carries_a_measure_out_follows_its_kind() -> None:
    text = set_measure(add_rate(copy_of("henan"), "C"), ("rates", 0, "amount"), 1)
    text = set_measure(set_kind(text, ("rates", 0), "用水"), ("rates", 0, "unit"), "元/立方米")
    assert parse_tariff(text).rates[0].utility == "供水"


def test_other_entries_and_stacking_are_sound_at_once() -> None:
    text = add_exemption(add_provision(copy_of("henan"), "A"))
    text = set_stacking(text, "highest")
    tariff = parse_tariff(text)
    assert tariff.stacking_cite == "own-2025"
    assert (tariff.provisions[0].direction, tariff.exemptions[0].label) == ("relief", "停产企业")
    back = tomllib.loads(set_stacking(text, "add"))
    assert {"stacking", "stacking_cite"}.isdisjoint(back)
