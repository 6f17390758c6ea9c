"""What a tariff means in money: units, the highest only, unknown use, two proposals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.engine.test_contract import ZHENGZHOU, table
from tests.helpers.comparing import policy
from zoneeval.engine import evaluate
from zoneeval.engine.acting.estimate import compare_estimates, estimate
from zoneeval.engine.acting.price import applied_measures, price_accounts
from zoneeval.model.dataset import Dataset
from zoneeval.model.estimate import Estimate
from zoneeval.model.pricing import OtherSurcharge
from zoneeval.model.records import Meter
from zoneeval.policy.loader import load_tariff, parse_tariff
from zoneeval.policy.tariff import Tariff

TEXT = """
schema = 1
id = "own"
title = "示意价格表"
status = "illustrative"
utilities = ["供电", "税务"]
stacking = "highest"
stacking_cite = "doc"
citations = [{ id = "doc", title = "示意文件", number = "示意〔2024〕1号" }]

[[rates]]
kind = "用电"
grade = "C"
amount = 0.1
unit = "元/千瓦时"
starts = "2025-01-01"
ends = "2025-12-31"
cite = "doc"
illustrative = true

[[rates]]
kind = "城镇土地使用税"
grade = "A"
direction = "relief"
amount = 50
unit = "%"
cite = "doc"
illustrative = true
"""
EXEMPT = """
[[exemptions]]
label = "停产企业"
when = 'operating_status == "停产"'
kinds = ["用电"]
cite = "doc"
illustrative = true
"""
OWN = parse_tariff(TEXT)
POWER = OtherSurcharge(1, "U0", "供电", "差别电价", 0.3, "元/千瓦时", "某文〔2023〕1号")


def data(*changes: dict[str, Any]) -> Dataset:
    """Return ten of one zone: the first is C, the last two A."""
    rows = [{"output_value": 100.0 * (i + 1), "tax_paid": 10.0 * (i + 1)} for i in range(10)]
    for row, change in zip(rows, changes, strict=False):
        row.update(change)
    return table(ZHENGZHOU, *rows)


def reckoned(dataset: Dataset, tariff: Tariff = OWN, **more: Any) -> Estimate:
    rules = policy("zhengzhou-2018")
    return estimate(tariff, rules, evaluate(rules, dataset), dataset, {}, **more)


def test_yuan_per_kilowatt_hour_times_ten_thousand_is_ten_thousand_yuan() -> None:
    found = reckoned(data({"electricity_use": 123.4}))
    (line,) = [one for one in found.lines if one.kind == "用电"]
    assert (line.uscc, line.grade, line.use_unit, line.use_source) == (
        "U0",
        "C",
        "万千瓦时",
        "年度数据",
    )
    assert (line.amount, line.net, line.state) == (12.34, 12.34, "charged")
    assert (line.document, line.illustrative) == ("示意〔2024〕1号", True)


def test_unknown_use_stands_apart_and_in_no_total() -> None:
    found = reckoned(data())
    assert {line.state for line in found.lines} == {"unknown"}
    assert found.unknown == found.lines
    assert {line.reason for line in found.lines} == {
        "缺少用电量，无法估算",
        "缺少城镇土地使用税，无法估算",
    }
    assert [(t.kind, t.unknown, t.amount, t.net) for t in found.totals] == [
        ("城镇土地使用税", 2, None, None),
        ("用电", 1, None, None),
    ]


def test_a_total_adds_what_is_known_and_counts_what_is_not() -> None:
    rules = policy("zhengzhou-2018")
    dataset = data({"electricity_use": 100.0})
    evaluation = evaluate(rules, dataset)
    evaluation.grade[1] = "C"
    found = estimate(OWN, rules, evaluation, dataset, {})
    total = next(t for t in found.totals if t.kind == "用电")
    assert (total.enterprises, total.charged, total.unknown, total.amount) == (2, 1, 1, 10.0)


def test_meters_stand_in_where_every_one_was_read() -> None:
    read = [Meter("U0", "供电", "1", None, 10.0), Meter("U0", "供电", "2", None, 5.5)]
    (line,) = [one for one in reckoned(data(), meters=read).lines if one.kind == "用电"]
    assert (line.use, line.use_source, line.amount) == (15.5, "户号用量合计", 1.55)
    unread = [*read, Meter("U0", "供电", "3", None, None)]
    (line,) = [one for one in reckoned(data(), meters=unread).lines if one.kind == "用电"]
    assert (line.use, line.amount) == (None, None)


def test_relief_is_a_share_of_a_tax() -> None:
    dataset = data(*[{"tax_land_use": 8.0}] * 10)
    relief = [one for one in reckoned(dataset).lines if one.direction == "relief"]
    assert [(line.grade, line.amount) for line in relief] == [("A", 4.0)] * 2


@pytest.mark.parametrize(
    ("pays", "unit", "amount", "displaced", "state"),
    [
        (0.3, "元/千瓦时", 0.0, 0.0, "higher"),
        (0.1, "元/千瓦时", 0.0, 0.0, "higher"),
        (0.04, "元/千瓦时", 10.0, 4.0, "charged"),
        (400.0, "元/万千瓦时", 10.0, 4.0, "charged"),
    ],
)
def test_only_the_highest_is_charged(
    pays: float, unit: str, amount: float, displaced: float, state: str
) -> None:
    other = OtherSurcharge(1, "U0", "供电", "差别电价", pays, unit, "某文")
    found = reckoned(data({"electricity_use": 100.0}), others=[other])
    (line,) = [one for one in found.lines if one.kind == "用电"]
    assert (line.amount, line.displaced, line.state) == (amount, displaced, state)
    assert "差别电价" in line.reason
    assert line.net == amount - displaced


def test_others_count_by_utility_period_and_rule() -> None:
    def state(other: OtherSurcharge, tariff: Tariff = OWN, on: str = "") -> str:
        (found,) = applied_measures(tariff, "C", 1, uscc="U0", others=[other], on=on)
        return found.state

    ended = OtherSurcharge(1, "U0", "供电", "阶梯电价", 9.0, "元/千瓦时", "文", None, "2025-03-31")
    assert state(POWER) == state(ended) == state(ended, on="2025-03-31") == "higher"
    assert state(ended, on="2025-04-01") == "charged"
    water = OtherSurcharge(1, "U0", "供水", "阶梯水价", 9.0, "元/立方米", "文")
    assert state(water) == "charged"
    adding = parse_tariff(TEXT.replace('"highest"', '"add"'))
    assert state(POWER, adding) == "charged"
    assert applied_measures(OWN, "C", 1, uscc="U0", on="2026-01-01") == []


def test_the_exempt_are_not_charged_and_the_doubtful_are_named() -> None:
    tariff = parse_tariff(TEXT + EXEMPT)
    states = [{"operating_status": "停产", "electricity_use": 100.0}]
    found = reckoned(data(*states), tariff)
    (line,) = [one for one in found.lines if one.kind == "用电"]
    assert (line.state, line.amount, line.reason) == ("exempt", 0.0, "停产企业，免于执行")
    (said,) = [w for w in found.warnings if "停产企业" in w]
    assert said.startswith("9 家企业缺少判断")


def test_the_price_list_says_why_nothing_is_charged() -> None:
    rules, meters = policy("zhengzhou-2018"), [Meter("U0", "供电", "1", None, None)]
    evaluation = evaluate(rules, data())
    (line,) = price_accounts(rules, evaluation, OWN, "供电", meters, {}, others=[POWER])
    assert (line.rate, line.document) == (None, "示意〔2024〕1号")
    assert line.withheld.startswith("已执行差别电价 0.3 元/千瓦时（某文〔2023〕1号），就高不叠加")
    (line,) = price_accounts(rules, evaluation, OWN, "供电", meters, {})
    assert (line.rate, line.withheld) == (0.1, "")


def test_two_proposals_are_compared_over_those_known_under_both() -> None:
    dataset = data({"electricity_use": 100.0})
    dearer = parse_tariff(TEXT.replace("amount = 0.1", "amount = 0.25"))
    found = compare_estimates(reckoned(dataset), reckoned(dataset, dearer))
    power = next(t for t in found.totals if t.kind == "用电")
    assert (power.before, power.after, power.difference, power.unknown) == (10.0, 25.0, 15.0, 0)
    tax = next(t for t in found.totals if t.kind == "城镇土地使用税")
    assert (tax.before, tax.after, tax.difference, tax.unknown) == (None, None, None, 2)
    without = parse_tariff(TEXT[: TEXT.index('[[rates]]\nkind = "城镇')])
    less = compare_estimates(reckoned(dataset), reckoned(dataset, without))
    tax = next(t for t in less.totals if t.kind == "城镇土地使用税")
    assert (tax.before, tax.after, tax.unknown) == (None, None, 2)


def test_what_must_be_known_is_said() -> None:
    (said,) = reckoned(data(), load_tariff("henan")).warnings
    assert "未见河南省或郑州市" in said
    partly, strange = reckoned(data(), load_tariff("shandong-2022")).warnings
    assert "部分内容未见原文" in partly
    assert strange.startswith("价格表中的D类不是办法")


def test_the_price_list_says_where_a_rate_does_not_hold_yet() -> None:
    rules = policy("zhengzhou-2018")
    evaluation = evaluate(rules, data())
    later = parse_tariff(TEXT.replace("amount = 0.1", "amount = 0.1\nfrom_consecutive_year = 2"))
    (line,) = price_accounts(rules, evaluation, later, "供电", [], {})
    assert (line.rate, line.withheld) == (None, "现为第 1 年，标准从连续第 2 年起执行")
    (line,) = price_accounts(rules, evaluation, OWN, "供电", [], {}, on="2026-01-01")
    assert (line.rate, line.withheld) == (None, "2026-01-01 不在标准的执行期内")
    (line,) = price_accounts(rules, evaluation, load_tariff("henan"), "供电", [], {})
    assert (line.rate, line.withheld) == (None, "")
