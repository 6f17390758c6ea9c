"""What the policies brought and would bring, apart from any file."""

from __future__ import annotations

from datetime import date

import pytest

from zoneeval.engine.acting.effects import charged_from, effects_of
from zoneeval.errors import InputError
from zoneeval.model.effects import EffectEntry, months_of, period_words
from zoneeval.model.estimate import Estimate, EstimateLine
from zoneeval.model.exits import (
    PATHS,
    CaseKind,
    CaseState,
    ExitCase,
    Known,
    as_of,
    due_items,
    known_sum,
    paths_for,
)
from zoneeval.model.pricing import Direction


def line(uscc: str, grade: str, amount: float | None, direction: Direction) -> EstimateLine:
    """Return a line of an estimate."""
    return EstimateLine(
        uscc, uscc, "东园", grade, 1, "用电", "供电", direction, 0.1, "元/千瓦时",
        "electricity_use", None, "万千瓦时", "", amount, 0.0, "文件", True,
        "unknown" if amount is None else "charged",
    )  # fmt: skip


def test_an_estimate_is_summed_by_class_and_unknown_use_is_no_zero() -> None:
    lines = (
        line("1", "C", 2.5, "surcharge"), line("2", "C", None, "surcharge"),
        line("3", "C", 1.5, "surcharge"), line("4", "A", None, "relief"),
    )  # fmt: skip
    best, low = charged_from(Estimate("x", "示例", lines, (), ()))
    assert (best.grade, best.charged, best.relieved) == ("A", Known(None, 0, 0), Known(None, 1, 1))
    assert (low.grade, low.charged, low.relieved) == ("C", Known(4.0, 1, 3), Known(None, 0, 0))


def case(number: int, closed: str | None, land: float | None = None) -> ExitCase:
    """Return a case that was struck off, or is open."""
    return ExitCase(
        number, f"U{number}", f"企业{number}", "东园", CaseKind.CLASS, 1, "2025-01-01", ("C",),
        path="技改", state=CaseState.CLOSED if closed else CaseState.ACTING, closed_on=closed,
        freed_land=land, due="2025-06-30",
    )  # fmt: skip


def test_cases_count_in_the_year_they_were_closed_with_their_class() -> None:
    entries = [EffectEntry(1, 2025, "2025Q2", "C", "charged", 20000.0, "元", "报表")]
    cases = [
        case(1, "2025-03-01", 5.0), case(2, "2025-04-01"), case(3, "2026-01-01", 7.0), case(4, None)
    ]  # fmt: skip
    found = effects_of(entries, cases, {1: "C", 2: "C", 4: "C"})
    assert [(e.year, e.grade, e.charged, e.cases, e.land) for e in found] == [
        (2025, "C", 2.0, 2, Known(5.0, 1, 2)), (2026, None, None, 1, Known(7.0, 0, 1)),
    ]  # fmt: skip
    assert (found[0].months_charged, found[0].months_relieved) == (3, 0)


def test_a_period_counts_its_own_months() -> None:
    assert months_of("2025Q2") == {4, 5, 6}
    assert months_of("2025-06") == {6}
    assert len(months_of("2025")) == 12
    assert [period_words(p) for p in ("2025", "2025Q3", "2025-06")] == [
        "2025 年全年", "2025 年三季度", "2025 年6月",
    ]  # fmt: skip
    with pytest.raises(InputError):
        months_of("去年")


def test_nothing_known_is_no_sum() -> None:
    assert known_sum([]) == Known(None, 0, 0)
    assert known_sum([None, 0.0]) == Known(0.0, 1, 2)


def test_a_case_struck_off_later_was_not_yet_on_the_day() -> None:
    later = case(1, "2025-07-01", 5.0)
    assert as_of(later, "2025-07-01") is later
    was = as_of(later, "2025-06-30")
    assert (was.state, was.closed_on, was.freed_land) == (CaseState.ACTING, None, None)
    assert due_items([later], [], date(2025, 7, 5), 30) == []
    assert [one.days_left for one in due_items([was], [], date(2025, 7, 5), 30)] == [-5]


@pytest.mark.parametrize("kind", list(CaseKind))
def test_every_way_is_offered_for_every_kind_of_case(kind: CaseKind) -> None:
    assert sorted(paths_for(kind)) == sorted(PATHS)
    assert kind.label


def test_documents_name_their_ways_first() -> None:
    assert paths_for(CaseKind.PROJECT)[:4] == (
        "帮扶脱困",
        "引入新投资者",
        "调整建设内容",
        "取消建设",
    )
