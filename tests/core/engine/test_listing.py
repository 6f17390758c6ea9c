"""Accounts resolved to who uses them, and what the next list adds, takes off and changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.core.engine.test_estimate import EXEMPT, OWN, TEXT, data
from tests.helpers.comparing import policy
from zoneeval.engine import evaluate
from zoneeval.engine.acting.estimate import exemptions
from zoneeval.engine.acting.list_changes import list_changes
from zoneeval.engine.acting.listing import Tenancy, utility_list
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.pricing import OtherSurcharge
from zoneeval.model.records import Meter
from zoneeval.model.utility_list import UtilityList
from zoneeval.policy.loader import load_tariff, parse_tariff
from zoneeval.policy.tariff import Tariff

RULES = policy("zhengzhou-2018")
DATA = data()
EVALUATION = evaluate(RULES, DATA)


def meter(uscc: str, account: str, name: str | None = None, use: float | None = 1.0) -> Meter:
    return Meter(uscc, "供电", account, name, use)


def listed(
    *meters: Meter,
    tariff: Tariff = OWN,
    utility: str = "供电",
    evaluation: Evaluation = EVALUATION,
    **more: Any,
) -> UtilityList:
    return utility_list(RULES, evaluation, tariff, utility, meters, {}, **more)


def graded(**grades: str) -> Evaluation:
    """Return the evaluation with other classes: U1="C"."""
    made = replace(EVALUATION, grade=EVALUATION.grade.copy())
    for uscc, grade in grades.items():
        row = made.row_of(uscc)
        assert row is not None
        made.grade[row] = grade
    return made


def test_one_line_per_account_and_no_rate_without_a_document() -> None:
    found = listed(meter("U0", "2"), meter("U0", "1"), meter("U1", "3"), meter("U0", "2"))
    assert [(x.account, x.rate, x.document) for x in found.lines] == [
        ("1", 0.1, "示意〔2024〕1号"),
        ("2", 0.1, "示意〔2024〕1号"),
    ]
    empty = listed(meter("U0", "1"), tariff=load_tariff("henan"))
    assert [(x.state, x.rate) for x in empty.lines] == [("pending", None)]
    assert not empty.charged


def test_a_tenant_with_the_landlords_account_is_the_one_who_pays() -> None:
    tenancy = Tenancy({"房东公司": "房东公司"}, {})
    (line,) = listed(meter("U0", "1", "房东公司"), tenancy=tenancy).lines
    assert (line.uscc, line.account_name) == ("U0", "房东公司")
    assert line.remark.startswith("户名为房东公司，由")


def test_an_account_of_several_is_charged_whole_only_where_all_pay_the_same() -> None:
    both = (meter("U0", "1", use=3.0), meter("U1", "1", use=9.0))
    found = listed(*both)
    assert found.lines == ()
    (shared,) = found.shared
    assert (shared.line.uscc, shared.use) == ("U0", 3.0)
    assert "（C类）、" in shared.users
    (line,) = listed(*both, evaluation=graded(U1="C")).lines
    assert (line.account, line.uscc, line.rate) == ("1", "U0、U1", 0.1)


def test_who_has_no_account_stands_apart_with_whose_it_may_use() -> None:
    found = listed(tenancy=Tenancy({}, {"U0": "可能使用甲（户号 9），请核实"}))
    assert found.lines == ()
    assert [(x.uscc, x.account, x.remark) for x in found.missing] == [
        ("U0", None, "可能使用甲（户号 9），请核实")
    ]


def test_who_bills_by_code_gets_relief_by_enterprise() -> None:
    found = listed(meter("U9", "1"), utility="税务")
    relief = [x for x in found.lines if x.direction == "relief"]
    assert [(x.uscc, x.grade, x.rate, x.unit) for x in relief] == [
        ("U8", "A", 50.0, "%"),
        ("U9", "A", 50.0, "%"),
    ]
    assert found.missing == ()


def test_what_is_paid_already_and_who_is_exempt_is_withheld_with_the_reason() -> None:
    high = OtherSurcharge(1, "U0", "供电", "差别电价", 0.3, "元/千瓦时", "某文")
    (line,) = listed(meter("U0", "1"), others=[high]).lines
    assert (line.state, line.rate) == ("withheld", None)
    assert "就高不叠加" in line.remark
    tariff = parse_tariff(TEXT + EXEMPT)
    stopped = Dataset({**DATA.columns, **data({"operating_status": "停产"}).columns}, DATA.year)
    exempt, _ = exemptions(tariff, stopped)
    (line,) = listed(meter("U0", "1"), tariff=tariff, exempt=exempt).lines
    assert (line.state, line.remark) == ("withheld", "停产企业，免于执行")


def test_leaving_the_class_takes_the_accounts_off_the_next_list_and_says_so() -> None:
    meters = (meter("U0", "1"), meter("U0", "2"), meter("U1", "3"))
    before = listed(*meters)
    now = graded(U0="B", U1="C")
    found = list_changes(before, listed(*meters, evaluation=now), now, against=4, document="某文")
    assert [(x.kind, x.line.account, x.reason) for x in found.changes] == [
        ("added", "3", "列入C类"),
        ("removed", "1", "类别由C类变为B类"),
        ("removed", "2", "类别由C类变为B类"),
    ]
    assert (found.against, found.unchanged) == (4, 0)


@pytest.mark.parametrize(
    ("meters", "more", "reason"),
    [
        ([meter("U0", "9")], {}, "仍为C类，本年数据中没有该户号"),
        ([], {}, "仍为C类，本年数据中没有供电户号"),
        ([meter("U0", "1"), meter("U5", "1")], {}, "现为合用户号，不能按户号整体执行"),
        ([meter("U0", "1")], {"on": "2026-05-01"}, "2026-05-01 不在标准的执行期内"),
    ],
)
def test_every_removal_has_its_reason(
    meters: list[Meter], more: dict[str, Any], reason: str
) -> None:
    before = listed(meter("U0", "1"))
    found = list_changes(before, listed(*meters, **more), EVALUATION)
    assert [x.reason for x in found.of("removed")] == [reason]


def test_other_terms_are_changes_and_another_year_in_the_class_alone_is_none() -> None:
    before = listed(meter("U0", "1"), meter("U0", "2"))
    same = utility_list(
        RULES, EVALUATION, OWN, "供电", [meter("U0", "1"), meter("U0", "2")], {"U0": 2}
    )
    found = list_changes(before, same, EVALUATION)
    assert (found.changes, found.unchanged) == ((), 2)
    dearer = parse_tariff(TEXT.replace("amount = 0.1", "amount = 0.2"))
    found = list_changes(before, listed(meter("U0", "1"), tariff=dearer), EVALUATION)
    assert [x.reason for x in found.of("changed")] == ["标准由 0.1 变为 0.2"]


def test_a_new_credit_code_is_the_same_enterprise() -> None:
    before = listed(meter("U0", "1"))
    old = replace(before, lines=tuple(replace(x, uscc="OLD") for x in before.lines))
    assert list_changes(old, before, EVALUATION, codes={"OLD": "U0"}).changes == ()
    found = list_changes(None, before, EVALUATION)
    assert [(x.kind, x.reason) for x in found.changes] == [("added", "没有在执行的名单")]
