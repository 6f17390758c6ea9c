"""Findings by the thousand are listed in part, with the number of the rest."""

from __future__ import annotations

from zoneeval.model.issue import Issue, Severity, capped


def test_only_the_first_of_a_kind_are_listed() -> None:
    many = [Issue(Severity.BLOCKING, "negative", str(i), "a.xlsx", "表", i) for i in range(1, 8)]
    other = Issue(Severity.WARNING, "jump", "x", "a.xlsx", "表", 3)
    *listed, last = capped([*many, other], most=5)
    assert listed == [*many[:5], other]
    assert (last.severity, last.code, last.row) == (Severity.BLOCKING, "negative", None)
    assert last.message == "另有 2 处同类问题未逐一列出，共 7 处"
    assert capped(many[:5], most=5) == many[:5]


def test_each_sheet_is_counted_by_itself() -> None:
    both = [Issue(Severity.NOTE, "n", "m", "a.xlsx", sheet) for sheet in ("甲", "乙")]
    assert capped(both, most=1) == both
