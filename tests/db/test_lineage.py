"""Years in a class count on through a policy that takes over from another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.mechanisms import HEAD
from zoneeval.errors import PolicyError
from zoneeval.model.records import SourcedValue
from zoneeval.policy.difference import differences
from zoneeval.policy.editing import copy_policy
from zoneeval.policy.loader import load_policy, load_tariff, parse_policy
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.evaluating.lineage import lineage
from zoneeval_db.storage.workspace import Workspace

PACK = "zhengzhou-2018"
LINE = f'continues = "{PACK}"\n'


def copied(source: str, policy_id: str) -> str:
    """Return a copy as the window makes it."""
    return copy_policy(source, policy_id, "本市办法", "", 2024, 2024)


@pytest.fixture
def text() -> str:
    return copied(load_policy(PACK).text, "own-2024")


def test_a_copy_says_what_it_continues(text: str) -> None:
    assert LINE in text
    assert parse_policy(text).continues == PACK
    assert parse_policy(copied(text, "own-2025")).continues == "own-2024"
    (said,) = [
        found.text
        for found in differences(parse_policy(text), parse_policy(text.replace(LINE, "")))
        if "接续" in found.text
    ]
    assert said == f"接续的办法 {PACK}→无"


def test_years_count_on_through_a_copy(ws: Workspace, text: str) -> None:
    usual = operations.consecutive_years(ws, 2)
    assert set(usual.values()) == {2}
    operations.save_policy(ws, text)
    run = operations.evaluate(ws, year=2024, policy_ref="own-2024")
    assert operations.consecutive_years(ws, run.info.id) == usual
    operations.save_policy(ws, copied(text, "own-2025"))
    run = operations.evaluate(ws, year=2024, policy_ref="own-2025")
    assert operations.consecutive_years(ws, run.info.id) == usual
    assert lineage(ws, "own-2025", "own-2024") == ("own-2025", "own-2024", PACK)


def test_years_begin_anew_with_a_policy_that_continues_none(ws: Workspace, text: str) -> None:
    operations.save_policy(ws, text.replace(LINE, ""))
    run = operations.evaluate(ws, year=2024, policy_ref="own-2024")
    assert set(operations.consecutive_years(ws, run.info.id).values()) == {1}


def test_a_policy_that_nobody_knows_is_not_continued(empty: Workspace, text: str) -> None:
    unknown = text.replace(LINE, 'continues = "zhenzhou-2018"\n')
    with pytest.raises(PolicyError, match="“zhenzhou-2018”不是程序自带的办法，也不在本工作文件中"):
        operations.save_policy(empty, unknown)
    assert operations.own_policies(empty) == []


def test_one_known_from_an_evaluation_only_is_continued(ws: Workspace, text: str) -> None:
    operations.save_policy(ws, text)
    operations.evaluate(ws, year=2024, policy_ref="own-2024")
    operations.delete_policy(ws, "own-2024")
    operations.save_policy(ws, copied(text, "own-2025"))
    assert lineage(ws, "own-2025", "own-2024") == ("own-2025", "own-2024", PACK)


def test_a_circle_is_refused(empty: Workspace, text: str) -> None:
    operations.save_policy(empty, text)
    operations.save_policy(empty, copied(text, "own-2025"))
    with pytest.raises(PolicyError, match="own-2024→own-2025→own-2024"):
        operations.save_policy(empty, text.replace(LINE, 'continues = "own-2025"\n'))


LINES = """
[[grades]]
letter = "C"
name = "提升"
treatment = "regulate"

[[grades]]
letter = "D"
name = "限制"
treatment = "exit"

[[tracks]]
id = "all"
label = "全部"
rank_by = "tax_per_mu"
cite = "doc"

[tracks.grading]
kind = "thresholds"
rest = "C"
cite = "doc"
lines = [{ grade = "D", when = "tax_per_mu < 4", illustrative = true }]
"""


def test_the_surcharge_of_shandong_rises_and_begins_anew(empty: Workspace, city: Any) -> None:
    """D for four years, then C, then D again: the steps of 2022, the restart is our reading."""
    tax = {2019: 1, 2020: 1, 2021: 1, 2022: 1, 2023: 900, 2024: 1}
    years = {year: city.year_draft(year, 1) for year in tax}
    for year, paid in tax.items():
        years[year].values[city.code(0)]["tax_paid"] = SourcedValue(paid, city.cell(4, "J"))
    store_draft(empty, city.draft_of(years), [])
    rules = HEAD.partition("[[tracks]]")[0] + LINES
    operations.save_policy(empty, rules)
    operations.save_policy(empty, copied(rules, "own-2022"))
    tariff, found = load_tariff("shandong-2022"), []
    for year in tax:
        ref = "own-2022" if year >= 2022 else "mechanism"
        run = operations.evaluate(empty, year=year, policy_ref=ref)
        (grade,) = run.evaluation.grade
        count = operations.consecutive_years(empty, run.info.id)[city.code(0)]
        rate = tariff.rate("供电", grade, count)
        found.append((grade, count, rate.amount if rate else None))
    assert found == [
        ("D", 1, 0.05), ("D", 2, 0.10), ("D", 3, 0.15), ("D", 4, 0.15), ("C", 1, None),
        ("D", 1, 0.05),
    ]  # fmt: skip
