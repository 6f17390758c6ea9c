"""What was billed held against the list, bill by bill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.report.test_pricing import PRICED, issued
from zoneeval.engine.acting.feedback import compare_feedback
from zoneeval.model.feedback import FeedbackLine, FeedbackRow
from zoneeval.model.utility_list import IssuedList, ListChanges, SharedLine, UtilityList, Withdrawal

NONE = ListChanges(None, "", (), 0)
LINE = replace(PRICED, account="1")
LIST = issued(UtilityList("供电", (LINE,)), NONE)


def row(
    use: float | None = None,
    rate: float | None = None,
    amount: float | None = None,
    *,
    account: str = "1",
    period: str = "2025-08",
) -> FeedbackRow:
    return FeedbackRow(account, period, use, rate, amount)


def only(*rows: FeedbackRow, listed: IssuedList = LIST) -> FeedbackLine:
    (line,) = compare_feedback(listed, rows).lines
    return line


@pytest.mark.parametrize(
    ("reported", "status", "rate"),
    [
        (row(10.0, 0.1, 1.0), "agrees", 0.1),
        (row(10.0, None, 1.0), "agrees", 0.1),
        (row(10.0, None, 1.00001), "agrees", 0.100001),
        (row(None, 0.1, None), "agrees", 0.1),
        (row(10.0, 0.05, 0.5), "rate_differs", 0.05),
        (row(10.0, None, 0.5), "rate_differs", 0.05),
        (row(10.0, 0.1, 0.9), "amount_differs", 0.1),
        (row(10.0, 0.0, 0.0), "not_billed", 0.0),
        (row(None, None, 0.0), "not_billed", None),
        (row(0.0, None, 0.0), "agrees", None),
        (row(10.0, None, None), "not_stated", None),
        (row(None, None, 1.0), "not_stated", None),
    ],
)
def test_one_account(reported: FeedbackRow, status: str, rate: float | None) -> None:
    found = only(reported)
    assert found.status == status
    assert found.rate == (None if rate is None else pytest.approx(rate))


def test_who_is_on_the_list_and_not_reported_was_not_billed() -> None:
    other = replace(LINE, account="2", uscc="U2")
    listed = replace(LIST, content=UtilityList("供电", (LINE, other)))
    found = compare_feedback(listed, [row(10.0, 0.1, 1.0)])
    assert [(x.status, x.line and x.line.account) for x in found.lines] == [
        ("agrees", "1"),
        ("not_billed", "2"),
    ]
    assert (found.billed, found.billed_unknown) == (1.0, 0)
    assert (found.expected, found.expected_unknown) == (1.0, 1)


def test_sums_count_what_is_not_known_and_add_nothing_for_it() -> None:
    found = compare_feedback(LIST, [row(None, 0.1, None)])
    assert (found.billed, found.billed_unknown) == (None, 1)
    assert (found.expected, found.expected_unknown) == (None, 1)


def test_billed_without_being_on_the_list() -> None:
    found = compare_feedback(LIST, [row(10.0, 0.1, 1.0), row(1.0, 0.1, 0.1, account="9")])
    assert [x.status for x in found.lines] == ["agrees", "unlisted"]
    found = compare_feedback(LIST, [row(10.0, 0.1, 1.0), row(1.0, 0.0, 0.0, account="9")])
    assert [x.status for x in found.lines] == ["agrees", "agrees"]


def test_an_account_of_several_is_not_judged() -> None:
    shared = SharedLine(replace(LINE, account="8"), None, "甲（C类）、乙（A类）")
    listed = replace(LIST, content=UtilityList("供电", (), (), (shared,)))
    assert only(row(1.0, 0.1, 0.1, account="8"), listed=listed).status == "not_stated"


@pytest.mark.parametrize(
    ("period", "status"),
    [
        ("2025-06", "outside"),
        ("2025-07", "agrees"),
        ("2026-06", "agrees"),
        ("2026-07", "outside"),
        ("2025Q2", "outside"),
        ("2025Q3", "agrees"),
        ("2025", "agrees"),
    ],
)
def test_billed_outside_the_days_of_the_list(period: str, status: str) -> None:
    assert only(row(10.0, 0.1, 1.0, period=period)).status == status


def test_a_withdrawn_list_ends_the_day_before() -> None:
    gone = replace(LIST, withdrawn=Withdrawal("2025-08-01", "某文", "停止"))
    assert only(row(10.0, 0.1, 1.0), listed=gone).status == "outside"
    assert only(row(10.0, 0.1, 1.0, period="2025-07"), listed=gone).status == "agrees"


def test_several_kinds_are_told_apart() -> None:
    lines = tuple(
        replace(LINE, account=None, uscc="U1", kind=kind, unit="%", rate=rate)
        for kind, rate in (("城镇土地使用税", 50.0), ("用地", 20.0))
    )
    listed = replace(LIST, utility="税务", content=UtilityList("税务", lines))
    rows = [row(None, 50.0, 1.0, account=f"U1 {line.kind}") for line in lines]
    assert [x.status for x in compare_feedback(listed, rows).lines] == ["agrees", "rate_differs"]
