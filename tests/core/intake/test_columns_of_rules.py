"""Columns that only some rules ask for: certificates, prizes, due dates, tenants, changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.departments import MakeBook, code
from zoneeval.intake import read_workbooks
from zoneeval.intake.checks import Reference, check_years
from zoneeval.intake.recognise import recognise
from zoneeval.model.records import SourceCell, SourcedValue


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("高新技术企业证书有效期至", "high_tech_until"),
        ("高企证书有效期至", "high_tech_until"),
        ("高新技术企业", "high_tech"),
        ("质量奖获奖年度", "quality_prize_on"),
        ("获奖时间", "quality_prize_on"),
        ("合同约定竣工时间", "completion_due_on"),
        ("承租企业数（家）", "tenant_count"),
        ("承租面积（亩）", "land_leased_in"),
        ("职工工资增长率（%）", "wage_growth"),
        ("单位能耗下降率（%）", "energy_intensity_decline"),
        ("增值税（元）", "tax_vat"),
        ("土地增值税", "tax_land_gain"),
        ("城建税（万元）", "tax_construction"),
        ("出口“免抵”税额", "tax_vat_exported"),
        ("税收合计", "tax_paid"),
        ("COD排污权（吨）", "permit_cod"),
        ("COD", "emission_cod"),
        ("绩效分级", "pollution_level"),
        ("环境信用评价等级", "environment_credit"),
    ],
)
def test_headings_are_known(heading: str, key: str) -> None:
    assert recognise(heading).key == key


def test_a_workbook_with_them_is_read(book: MakeBook, directory: Path) -> None:
    path = book("资质.xlsx", {"资质": [
        ["统一社会信用代码", "企业名称", "高新技术企业证书有效期至", "质量奖获奖年度",
         "合同约定竣工时间", "承租企业数（家）", "职工工资增长率（%）", "单位能耗下降率"],
        [code(1), "样例1有限公司", "2026-10-31", 2023, "2025年6月", 3, 6.5, "-2%"],
        [code(2), "样例2有限公司", None, None, None, None, None, None],
    ]})  # fmt: skip
    draft = read_workbooks([directory, path], year=2024, zone=None)
    assert not draft.has_blocking
    values = draft.years[2024].values
    held = {key: values[code(1)][key].value for key in (
        "high_tech_until", "quality_prize_on", "completion_due_on", "tenant_count",
        "wage_growth", "energy_intensity_decline",
    )}  # fmt: skip
    assert held == {
        "high_tech_until": "2026-10-31", "quality_prize_on": "2023-01-01",
        "completion_due_on": "2025-06-01", "tenant_count": 3,
        "wage_growth": pytest.approx(0.065), "energy_intensity_decline": pytest.approx(-0.02),
    }  # fmt: skip
    assert "high_tech_until" not in values[code(2)]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("energy_intensity_decline", -0.3, []),
        ("energy_intensity_decline", -1.5, ["share-out-of-range"]),
        ("wage_growth", 6.5, ["share-above-one"]),
        ("rd_intensity", -0.3, ["share-out-of-range"]),
        ("quality_prize_on", "2025-03-01", ["date-after-year"]),
        ("high_tech_until", "2027-03-01", []),
        ("tenant_count", 2.5, ["not-whole"]),
    ],
)
def test_what_cannot_be_is_told(key: str, value: float | str, found: list[str]) -> None:
    cell = SourcedValue(value, SourceCell("表.xlsx", "数据", 2, "C"))
    issues = check_years({2024: {code(1): {key: cell}}}, Reference())
    told = {"share-above-one", "share-out-of-range", "date-after-year", "not-whole"}
    assert [i.code for i in issues if i.code in told] == found
