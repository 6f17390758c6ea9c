"""Checks over the joined values: what cannot be, what is unlike the rest, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.departments import code
from zoneeval.errors import InputError
from zoneeval.intake import read_workbooks
from zoneeval.intake.checks import Reference, Thresholds, check_years, parse_threshold
from zoneeval.intake.checks.industry import SECTIONS, industry_fault
from zoneeval.intake.checks.zones import nearest
from zoneeval.model.dataset import Dataset
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.records import SourceCell, SourcedValue, ZoneValue

SAMPLES = Path(__file__).resolve().parents[3] / "sample_data" / "demo_city"
Row = Mapping[str, float | str]
COLUMNS = {"name": "A", "zone": "B", "revenue": "C", "tax_paid": "D", "industry_code": "E"}


def typed(row: Row, number: int) -> dict[str, SourcedValue]:
    return {
        key: SourcedValue(
            float(value) if isinstance(value, int | float) else value,
            SourceCell("表.xlsx", "数据", number + 1, COLUMNS.get(key, "Z")),
        )
        for key, value in row.items()
    }


def checked(rows: Sequence[Row], reference: Reference | None = None, **more: object) -> list[Issue]:
    years = {2024: {code(n): typed(row, n) for n, row in enumerate(rows, 1)}}
    return check_years(years, reference or Reference(), **more)  # type: ignore[arg-type]


def stored(rows: Sequence[Row], year: int) -> Dataset:
    return Dataset.from_rows([{"uscc": code(n), **row} for n, row in enumerate(rows, 1)], year)


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]


GOOD: Row = {
    "name": "样例有限公司", "zone": "东园", "industry_code": "3484", "scale": "规上",
    "revenue": 10_000, "tax_paid": 300, "value_added": 2_500, "output_value": 10_200,
    "rd_expense": 200, "profit": 500, "average_headcount": 100, "energy_use": 900,
    "electricity_use": 200, "land_registered": 50,
}  # fmt: skip


def test_an_ordinary_enterprise_raises_nothing() -> None:
    assert checked([GOOD] * 12) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"tax_paid": 12_000}, "tax-above-revenue"),
        ({"value_added": 10_100, "output_value": 20_000}, "value-added-above-revenue"),
        ({"value_added": 9_000, "output_value": 8_000}, "value-added-above-output"),
        ({"rd_expense": 10_001}, "rd-above-revenue"),
        ({"profit": 10_500}, "profit-above-revenue"),
        ({"average_headcount": 0}, "no-people-with-output"),
        ({"energy_use": 0}, "no-energy-with-electricity"),
        ({"energy_use": 200}, "energy-below-electricity"),
        ({"land_leased_out": 60, "land_other": 20}, "leased-out-above-held"),
        ({"land_registered": 40_000}, "out-of-range"),
        ({"average_headcount": 80.5}, "not-whole"),
        ({"industry_code": "9999"}, "unknown-industry"),
        ({"registered_on": "2025-03-01"}, "date-after-year"),
        (
            {"registered_on": "2015-03-01", "production_started_on": "2014-01-01"},
            "production-before-registration",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_cell(change: Row, expected: str) -> None:
    issues = checked([{**GOOD, **change}])
    assert expected in codes(issues)
    issue = next(i for i in issues if i.code == expected)
    assert issue.severity is not Severity.BLOCKING or expected == "land-not-positive"
    assert issue.uscc == code(1)
    assert (issue.file, issue.sheet, issue.row) == ("表.xlsx", "数据", 2)
    assert "样例有限公司" in issue.message
    assert issue.suggestion


def test_a_figure_is_compared_with_the_stored_one_of_another_department() -> None:
    reference = Reference({2024: stored([{"revenue": 100, "name": "样例有限公司"}], 2024)})
    (issue,) = checked([{"tax_paid": 200}], reference)
    assert issue.code == "tax-above-revenue"
    assert (issue.column, issue.value) == ("D", "200")
    assert "已存入" in issue.message
    assert checked([{"name": "样例"}], reference) == []


@pytest.mark.parametrize("text", ["34", "348", "3484", "C3484", "0111", "A0111", "97", "4620"])
def test_industry_codes_that_exist(text: str) -> None:
    assert industry_fault(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("98", "大类"),
        ("0034", "大类"),
        ("A3484", "门类 C"),
        ("3", "2 至 4 位"),
        ("机械", "2 至 4 位"),
        ("34841", "2 至 4 位"),
    ],
)
def test_industry_codes_that_do_not(text: str, word: str) -> None:
    assert word in str(industry_fault(text))


def test_the_sections_cover_01_to_97_once() -> None:
    divisions = [d for _, first, last in SECTIONS for d in range(first, last + 1)]
    assert divisions == list(range(1, 98))
    assert len(SECTIONS) == 20


def test_one_far_from_its_industry_is_an_outlier() -> None:
    rows = [{**GOOD, "tax_paid": 280 + 5 * n} for n in range(9)]
    (issue,) = checked([*rows, {**GOOD, "tax_paid": 6_000}])
    assert (issue.code, issue.uscc, issue.column) == ("outlier", code(10), "D")
    assert "大类 34" in issue.message
    lenient = Reference(thresholds=replace(Thresholds(), outlier_z=500))
    assert checked([*rows, {**GOOD, "tax_paid": 6_000}], lenient) == []


def test_too_few_of_an_industry_are_compared_with_all() -> None:
    rows: list[Row] = [{**GOOD, "tax_paid": 280 + 5 * n} for n in range(9)]
    (issue,) = checked([*rows, {**GOOD, "tax_paid": 6_000, "industry_code": "1311"}])
    assert issue.code == "outlier"
    assert "全部企业" in issue.message


def test_a_jump_against_last_year() -> None:
    last = Reference({2023: stored([GOOD] * 3, 2023)})
    (issue,) = checked([GOOD, {**GOOD, "rd_expense": 9_000}, GOOD], last)
    assert (issue.code, issue.uscc) == ("jump", code(2))
    assert "2023 年为 200 万元" in issue.message
    assert "45.0 倍" in issue.message
    lenient = replace(last, thresholds=Thresholds(jump_factor=50))
    assert checked([GOOD, {**GOOD, "rd_expense": 9_000}, GOOD], lenient) == []


def test_a_general_fall_is_one_finding() -> None:
    last = Reference({2023: stored([GOOD], 2023)})
    fallen = {**GOOD, "revenue": 400, "tax_paid": 12, "value_added": 100, "output_value": 400,
              "rd_expense": 8, "profit": 20, "average_headcount": 100}  # fmt: skip
    (issue,) = checked([fallen], last)
    assert issue.code == "jump"
    assert "同时大幅下降" in issue.message


def test_the_year_before_may_be_in_the_same_import() -> None:
    years = {
        2023: {code(1): typed(GOOD, 1)},
        2024: {code(1): typed({**GOOD, "rd_expense": 9_000}, 1)},
    }
    assert codes(check_years(years, Reference())) == ["jump"]


# -- units -------------------------------------------------------------------------------


def varied(n: int, **change: float) -> dict[str, float | str]:
    row = dict(GOOD)
    for key in ("revenue", "tax_paid", "value_added", "output_value", "rd_expense"):
        row[key] = float(row[key]) * (1 + 0.07 * n)
    return {**row, **change}


@pytest.mark.parametrize(
    ("key", "times", "unit"),
    [
        ("tax_paid", 10_000, "元"),
        ("tax_paid", 10, "千元"),
        ("tax_paid", 1e-4, "亿元"),
        ("revenue", 10_000, "元"),
        ("land_registered", 2000 / 3, "平方米"),
        ("land_registered", 1 / 15, "公顷"),
        ("energy_use", 1000, "千克标准煤"),
        ("electricity_use", 10_000, "千瓦时"),
    ],
)
def test_a_column_in_another_unit_is_one_finding(key: str, times: float, unit: str) -> None:
    last = Reference({2023: stored([varied(n) for n in range(8)], 2023)})
    rows = [{**varied(n), key: float(varied(n)[key]) * times * 1.05} for n in range(8)]
    (issue,) = checked(rows, last)
    assert issue.code == "unit-suspicion"
    assert issue.row is None
    assert f"更像是以“{unit}”为单位" in issue.message
    assert issue.repair is not None
    assert float(issue.repair.factor) == pytest.approx(1 / times)


def test_without_last_year_the_usual_ratios_judge() -> None:
    rows = [varied(n, tax_paid=3_000_000.0 * (1 + 0.1 * n)) for n in range(8)]
    (issue,) = checked(rows)
    assert issue.code == "unit-suspicion"
    assert issue.column == "D"
    assert "“元”" in issue.message


def test_two_columns_alone_cannot_tell_which_is_wrong() -> None:
    rows = [{"revenue": 10_000.0 + n, "tax_paid": 3_000_000.0 + n} for n in range(8)]
    (issue,) = checked(rows)
    assert "其中一列" in issue.message
    assert issue.repair is None


def test_a_unit_that_the_heading_says_is_compared_as_such() -> None:
    last = Reference({2023: stored([varied(n) for n in range(8)], 2023)})
    rows = [{**varied(n), "tax_paid": float(varied(n)["tax_paid"]) / 10_000} for n in range(8)]
    (issue,) = checked(rows, last, units={("表.xlsx", "数据", "D"): "元"})
    assert "更像是以“万元”为单位" in issue.message


def test_what_was_worked_out_from_several_columns_has_no_repair() -> None:
    last = Reference({2023: stored([varied(n) for n in range(8)], 2023)})
    rows = [{**varied(n), "energy_use": 900_000.0} for n in range(8)]
    (issue,) = checked(rows, last, units={("表.xlsx", "数据", "D"): "万元"})
    assert issue.code == "unit-suspicion"
    assert issue.repair is None
    assert "折算" in str(issue.suggestion)


def test_real_growth_is_no_unit() -> None:
    last = Reference({2023: stored([varied(n) for n in range(8)], 2023)})
    rows = [{**varied(n), "tax_paid": float(varied(n)["tax_paid"]) * 3} for n in range(8)]
    assert checked(rows, last) == []


# -- zones -------------------------------------------------------------------------------


def test_an_unknown_zone_is_told_once_with_the_nearest_name() -> None:
    known = Reference(zones=("示例市东园产业集聚区", "示例市西园产业集聚区"))
    rows = [{**GOOD, "zone": "示例市东园产业聚集区"}] * 3
    (issue,) = checked(rows, known)
    assert (issue.code, issue.row, issue.column) == ("unknown-zone", 2, "B")
    assert "共 3 行" in issue.message
    assert issue.repair is not None
    assert [c.value for c in issue.repair.cells] == ["示例市东园产业集聚区"] * 3
    assert checked(rows, known, zone="示例市东园产业聚集区") == []
    assert checked(rows, Reference()) == []


def test_a_new_zone_unlike_all_others_has_no_repair() -> None:
    (issue,) = checked([{**GOOD, "zone": "高新区"}], Reference(zones=("示例市东园产业集聚区",)))
    assert issue.repair is None
    assert (
        nearest("东园", ["示例市东园产业集聚区", "示例市西园产业集聚区"]) == "示例市东园产业集聚区"
    )


def test_figures_of_other_zones_are_no_news() -> None:
    at = SourceCell("园区.xlsx", "指标", 7, "D")
    known = Reference(zones=("示例市东园产业集聚区",))
    other = ZoneValue("某县先进制造业开发区", 2024, "gdp", 1.0, None, at)
    assert checked([], known, figures=[other]) == []
    like = replace(other, zone="示例市东园产业聚集区")
    (issue,) = checked([], known, figures=[like])
    assert (issue.code, issue.row, issue.repair) == ("unknown-zone", 7, None)


def test_a_zone_total_far_from_the_official_figure() -> None:
    at = SourceCell("园区.xlsx", "指标", 7, "D")
    official = ZoneValue("东园", 2024, "above_scale_revenue", 40_000.0, None, at)
    rows = [GOOD, GOOD]
    (issue,) = checked(rows, figures=[official])
    assert (issue.code, issue.file, issue.row) == ("zone-total-differs", "园区.xlsx", 7)
    assert "-50.0%" in issue.message
    assert checked(rows, figures=[replace(official, value=21_000.0)]) == []
    strict = Reference(thresholds=replace(Thresholds(), zone_total_share=0.01))
    assert codes(checked(rows, strict, figures=[replace(official, value=21_000.0)])) == [
        "zone-total-differs"
    ]
    assert checked(rows, figures=[replace(official, year=2023)]) == []


def test_the_sample_city_gives_a_handful_of_sensible_warnings() -> None:
    before = read_workbooks(sorted((SAMPLES / "2023").glob("*.xlsx")), year=2023)
    assert [i.code for i in before.issues if i.severity is not Severity.NOTE] == []
    rows = [
        {"uscc": c, **{key: v.value for key, v in values.items()}}
        for c, values in before.years[2023].values.items()
    ]
    reference = Reference(
        {2023: Dataset.from_rows(rows, 2023)},
        before.zone_values,
        tuple({v.zone for v in before.zone_values}),
    )
    after = read_workbooks(
        sorted((SAMPLES / "2024").glob("*.xlsx")), year=2024, reference=reference
    )
    warnings = [i for i in after.issues if i.severity is not Severity.NOTE]
    assert {i.code for i in warnings} == {"jump"}
    assert len(warnings) <= 3


# -- thresholds --------------------------------------------------------------------------


def test_thresholds_are_read_as_people_write_them() -> None:
    assert parse_threshold("zone_total_share", "25%") == 0.25
    assert parse_threshold("zone_total_share", "0.25") == 0.25
    assert parse_threshold("jump_factor", " 4 ") == 4


@pytest.mark.parametrize(
    ("key", "text"),
    [("jump_factor", "大"), ("jump_factor", "1"), ("jump_factor", "nan"), ("jump_factor", "5%"),
     ("least_peers", "8.5"), ("zone_total_share", "0"), ("gibt-es-nicht", "1")],
)  # fmt: skip
def test_senseless_thresholds_are_refused_with_a_sentence(key: str, text: str) -> None:
    with pytest.raises(InputError, match="没有"):
        parse_threshold(key, text)
