"""Shares and lines of classes that change from year to year."""

from __future__ import annotations

import pytest

from tests.helpers.cases import CASES
from tests.helpers.mechanisms import HEAD
from zoneeval.engine.prepared import undated
from zoneeval.engine.whatif import knobs
from zoneeval.errors import InputError, PolicyError
from zoneeval.policy.dated_grading import grading_years
from zoneeval.policy.difference import differences
from zoneeval.policy.grading_schema import Shares
from zoneeval.policy.loader import check_policy, parse_policy
from zoneeval.policy.resolve import has_dated, resolved
from zoneeval.policy.schema import Policy
from zoneeval.report.basis import basis_page

TRACK = """
[[tracks.indicators]]
key = "tax_per_mu"
weight = 100
cite = "doc"
benchmark = { kind = "fixed", value = 10 }

[tracks.grading]
cite = "doc"
"""
GRADES = """
[[grades]]
letter = "B"
name = "支持"
treatment = "encourage"
"""
BANDS = """kind = "shares"
bands = [{ grade = "A", up_to_by_year = { 2023 = 0.2, 2024 = 0.3 } }, { grade = "B", up_to = 1 }]
"""
LIMITS = """kind = "limits"
bands = [{ grade = "A", from_score_by_year = { 2023 = 70, 2024 = 80 } }, { grade = "B" }]
"""


def whole(grading: str) -> str:
    return f"{HEAD}{TRACK}{grading}".replace("[[tracks]]", f"{GRADES}\n[[tracks]]", 1)


def sentences(grading: str) -> list[str]:
    return [fault.message for fault in check_policy(whole(grading))]


def ends(policy: Policy) -> list[float]:
    grading = policy.tracks[0].grading
    assert isinstance(grading, Shares)
    return [band.up_to for band in grading.bands]


def test_a_year_takes_the_newest_share_that_is_not_later() -> None:
    policy = parse_policy(whole(BANDS))
    assert has_dated(policy)
    assert grading_years(policy.tracks[0].grading) == [2023, 2024]
    found = [ends(resolved(policy, year))[0] for year in (2023, 2024, 2030)]
    assert found == [0.2, 0.3, 0.3]
    assert ends(policy) == [0.3, 1]
    with pytest.raises(
        InputError, match="“全部”的“A”类的累计比例从 2023 年起才有，不能评价 2022 年"
    ):
        resolved(policy, 2022)


def test_lines_on_the_score_change_too() -> None:
    policy = parse_policy(whole(LIMITS))
    lines = [
        resolved(policy, year).tracks[0].grading.bands[0].from_score  # type: ignore[union-attr]
        for year in (2023, 2024)
    ]
    assert lines == [70, 80]


def test_a_scenario_can_change_the_share_of_the_year() -> None:
    policy = undated(parse_policy(whole(BANDS)), 2023)
    assert not has_dated(policy)
    (share,) = [knob.value for knob in knobs(policy) if knob.kind == "share"]
    assert share == 0.2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0.3 } }", "0.3 }, up_to = 0.3 }", "up_to 和按年度的 up_to_by_year 只能写一个"),
        ("2024 = 0.3", "2024 = 30", "2024 年的比例不能大于 1，15% 写 0.15"),
        ("2024 = 0.3", "2024 = 0", "2024 年的数值必须大于 0"),
        ("2024 = 0.3", "24 = 0.3", "“24”不是年度，应写成四位数字，如 2024"),
        ("{ 2023 = 0.2, 2024 = 0.3 }", "0.2",
         '按年度给出的数值应写成 { "2023" = 10, "2024" = 11 } 的样子'),
        ("2024 = 0.3", "2024 = 1", "2024 年：“B”的累计比例没有大于前一类"),
        ('grade = "B"', 'grade = "S"', "类别“S”没有在 grades 中列出"),
    ],
)  # fmt: skip
def test_faults_say_the_year(old: str, new: str, message: str) -> None:
    assert old in BANDS
    assert message in sentences(BANDS.replace(old, new))


def test_selections_may_not_take_more_than_the_gate_in_any_year() -> None:
    path = CASES / "mechanisms" / "grading" / "按年度的选取比例.toml"
    text = path.read_text("utf-8").partition("whole = '''")[2].partition("'''")[0]
    assert check_policy(text) == []
    text = text.replace('"2023" = 0.15', '"2023" = 0.6')
    (fault,) = check_policy(text)
    assert fault.message == "2023 年：从同一半中选取的比例合计 0.6 超过入围比例 0.5"
    (fault,) = check_policy(text.replace('"2023" = 0.6', '"2023" = 0.15').replace("= 0.5", "= 0.7"))
    assert fault.message == "2023 年：入围比例 0.7 大于 0.5"


def test_pages_and_comparisons_tell_the_years() -> None:
    policy = parse_policy(whole(BANDS))
    cells = [str(cell) for row in basis_page(policy).rows for cell in row]
    assert "排名 0%—30%（累计比例：2023 年 20%，2024 年 30%）" in cells
    other = parse_policy(whole(BANDS.replace("2023 = 0.2", "2023 = 0.25")))
    said = [found.text for found in differences(policy, other)]
    assert said == [
        "A 类按年度 累计比例：2023 年 20%，2024 年 30%→累计比例：2023 年 25%，2024 年 30%"
    ]


def test_a_figure_that_is_no_figure_is_refused() -> None:
    with pytest.raises(PolicyError, match="2024 年的数值应当是数字"):
        parse_policy(whole(BANDS.replace("2024 = 0.3", '2024 = "三成"')))
