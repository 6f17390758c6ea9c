"""The price list: one line per account of those who pay more."""

from __future__ import annotations

from tests.core.engine.test_contract import ZHENGZHOU, table
from tests.helpers.comparing import policy
from zoneeval.engine import evaluate, price_accounts
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.records import Meter
from zoneeval.policy.loader import load_tariff, parse_tariff

STEPS = """
schema = 1
id = "steps"
title = "示例价格"
issuer = "示例"
year = 2024
status = "illustrative"
utilities = ["供电", "供水"]

[[citations]]
id = "doc"
title = "示例文件"
number = "示例〔2024〕1号"

[[rates]]
utility = "供电"
grade = "C"
amount = 0.1
unit = "元/千瓦时"
starts = "2025-01-01"
ends = "2025-12-31"
cite = "doc"

[[rates]]
utility = "供电"
grade = "C"
from_consecutive_year = 2
amount = 0.3
unit = "元/千瓦时"
cite = "doc"
"""


def meter(uscc: str, account: str, utility: str = "供电") -> Meter:
    return Meter(uscc, utility, account, f"{uscc} 户名", 10.0)


def result() -> Evaluation:
    """Return ten of one zone, the first of which is C."""
    rows = [{"output_value": 100.0 * (i + 1), "tax_paid": 10.0 * (i + 1)} for i in range(10)]
    return evaluate(policy("zhengzhou-2018"), table(ZHENGZHOU, *rows))


def test_one_line_per_account_and_no_line_for_others() -> None:
    meters = [meter("U0", "002"), meter("U0", "001"), meter("U0", "W1", "供水"), meter("U5", "3")]
    lines = price_accounts(
        policy("zhengzhou-2018"), result(), load_tariff("henan"), "供电", meters, {"U0": 3}
    )
    assert [(line.uscc, line.account) for line in lines] == [("U0", "001"), ("U0", "002")]
    assert {(line.grade, line.consecutive_years, line.account_name) for line in lines} == {
        ("C", 3, "U0 户名")
    }
    assert {line.rate for line in lines} == {None}
    assert {line.document for line in lines} == {""}


def test_who_has_no_account_comes_once() -> None:
    lines = price_accounts(
        policy("zhengzhou-2018"), result(), load_tariff("henan"), "燃气", [meter("U0", "1")], {}
    )
    assert [(line.uscc, line.account, line.account_name) for line in lines] == [("U0", None, None)]
    assert lines[0].consecutive_years == 1


def test_the_rate_rises_with_the_years() -> None:
    tariff = parse_tariff(STEPS)
    found = {}
    for years in (1, 2, 5):
        (line,) = price_accounts(
            policy("zhengzhou-2018"), result(), tariff, "供电", [meter("U0", "1")], {"U0": years}
        )
        found[years] = line.rate
        assert line.document == "示例〔2024〕1号"
    assert found == {1: 0.1, 2: 0.3, 5: 0.3}
    (water,) = price_accounts(policy("zhengzhou-2018"), result(), tariff, "供水", [], {"U0": 2})
    assert (water.rate, water.unit) == (None, "")
