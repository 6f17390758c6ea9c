"""Idle assets by thresholds and by hand; money charged and relieved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zoneeval.errors import InputError, WorkspaceError
from zoneeval.model.records import SourcedValue
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace

ON = "2025-06-20"


def store(ws: Workspace, city: Any, figures: dict[int, dict[int, float | None]]) -> None:
    """Store tax per enterprise and year in place of the made-up ones; None is missing."""
    years = {}
    for year, taxes in figures.items():
        draft = city.year_draft(year)
        for i, tax in taxes.items():
            if tax is None:
                del draft.values[city.code(i)]["tax_paid"]
            else:
                draft.values[city.code(i)]["tax_paid"] = SourcedValue(tax, city.cell(5, "H"))
        years[year] = draft
    store_draft(ws, city.draft_of(years), [])


def test_thresholds_find_those_below_for_so_many_years_and_name_who_cannot_be_judged(
    empty: Workspace, city: Any
) -> None:
    with pytest.raises(InputError, match="还没有设低效用地的门槛"):
        operations.find_assets(empty, 2024)
    store(
        empty,
        city,
        {
            2023: {0: 20.0, 1: 50.0, 2: None, 3: 20.0, 4: None},
            2024: {0: 10.0, 1: 11.0, 2: 12.0, 3: None, 4: 900.0},
        },
    )
    operations.set_asset_rule(empty, "亩均税收", 3.0, 2, "〔示意〕1号")
    found = operations.find_assets(empty, 2024)
    assert [(one.uscc, one.figures, one.land_area) for one in found.found] == [
        (city.code(0), {2023: 2.0, 2024: 1.0}, 10.0)
    ]
    assert {(one.uscc, one.years) for one in found.undecided} == {
        (city.code(2), (2023,)), (city.code(3), (2024,)),
    }  # fmt: skip
    assert found.found[0].rule.words == "亩均税收连续 2 年低于 3 万元/亩（〔示意〕1号）"
    operations.set_asset_rule(empty, "tax_per_mu", 3.0)
    assert {one.uscc for one in operations.find_assets(empty, 2024).found} == {
        city.code(0), city.code(1), city.code(2),
    }  # fmt: skip
    assert len(operations.find_assets(empty, 2024, "东园").found) == 1
    with pytest.raises(WorkspaceError, match="没有 2030 年"):
        operations.find_assets(empty, 2030)


def test_a_year_without_data_leaves_everybody_below_undecided(empty: Workspace, city: Any) -> None:
    store(empty, city, {2023: {0: 10.0}, 2024: {0: 10.0, 1: 11.0}})
    operations.set_asset_rule(empty, "tax_per_mu", 3.0, 3)
    found = operations.find_assets(empty, 2024)
    assert found.found == ()
    assert [(one.uscc, one.years) for one in found.undecided] == [(city.code(0), (2022,))]


def test_what_is_found_is_entered_once_and_again_after_disposal(ws: Workspace, city: Any) -> None:
    store(ws, city, {2024: {0: 10.0, 1: 11.0}})
    operations.set_asset_rule(ws, "tax_per_mu", 3.0)
    operations.set_asset_rule(ws, "land_area", 10.5)
    made, _ = operations.record_found_assets(ws, 2024, on=ON)
    assert [(one.uscc, one.size, one.unit) for one in made] == [
        (city.code(1), 11.0, "亩"), (city.code(0), 10.0, "亩"),
    ]  # fmt: skip
    low = made[1]
    assert low.found_by == "亩均税收低于 3 万元/亩；用地面积低于 10.5 亩"
    assert low.reason == "亩均税收：2024 年 1万元/亩；用地面积：2024 年 10亩"
    assert operations.record_found_assets(ws, 2024, on=ON)[0] == []
    operations.dispose_asset(ws, low.id, "二次招商", on="2025-08-01", document="合同〔示意〕")
    again, _ = operations.record_found_assets(ws, 2024, on="2025-09-01")
    assert [one.uscc for one in again] == [city.code(0)]
    operations.undo(ws)
    operations.undo(ws)
    assert [one.disposed_on for one in operations.assets(ws)] == [None, None]
    operations.remove_asset_rule(ws, "land_area")
    assert [rule.field for rule in operations.asset_rules(ws)] == ["tax_per_mu"]
    with pytest.raises(InputError, match="没有设过"):
        operations.remove_asset_rule(ws, "land_area")


def test_assets_by_hand_are_changed_disposed_of_and_listed(ws: Workspace, tmp_path: Path) -> None:
    plant = operations.add_asset(
        ws, "plant", "三号厂房", state="闲置", reason="企业搬迁", on=ON, zone="东园", size=3200.0
    )
    unknown = operations.add_asset(ws, "land", "北侧地块", state="批而未供", reason="未出让", on=ON)
    assert (plant.unit, plant.found_by, unknown.size, unknown.unit) == (
        "㎡", "人工登记", None, None,
    )  # fmt: skip
    operations.update_asset(ws, plant.id, size=3000.0, note="已核")
    assert operations.asset(ws, plant.id).size == 3000.0
    for refused, words in (
        (lambda: operations.update_asset(ws, plant.id), "没有写要改什么"),
        (lambda: operations.update_asset(ws, plant.id, state="空"), "资产状态“空”无法识别"),
        (lambda: operations.update_asset(ws, plant.id, size=-1.0), "应为 0 或正数"),
        (lambda: operations.dispose_asset(ws, plant.id, "租赁", on=ON, document=""), "依据文件"),
        (lambda: operations.dispose_asset(ws, plant.id, "卖", on=ON, document="x"), "处置方式“卖”"),
        (lambda: operations.asset(ws, 99), "没有编号为 99"),
    ):
        with pytest.raises(InputError, match=words):
            refused()
    operations.dispose_asset(ws, plant.id, "租赁", on="2025-07-01", document="租赁合同〔示意〕")
    with pytest.raises(InputError, match="处置完毕"):
        operations.update_asset(ws, plant.id, note="改")
    assert operations.assets(ws, disposed=False) == [unknown]
    out = tmp_path / "资产.xlsx"
    operations.export_assets(ws, out)
    book = openpyxl.load_workbook(out)
    live = [cell.value for row in book["待处置"].iter_rows() for cell in row if cell.value]
    assert any("土地另有 1 宗面积（数量）不详" in str(value) for value in live)
    gone = [cell.value for row in book["已处置"].iter_rows() for cell in row if cell.value]
    assert 3000.0 in gone


def test_a_threshold_needs_a_figure(ws: Workspace) -> None:
    for field in ("name", "high_tech", "无此项"):
        with pytest.raises(InputError, match="不是可以设门槛的数值指标"):
            operations.set_asset_rule(ws, field, 1.0)
    with pytest.raises(InputError, match="应为数字"):
        operations.set_asset_rule(ws, "tax_per_mu", float("nan"))
    with pytest.raises(InputError, match="连续年数应为 1 到 10"):
        operations.set_asset_rule(ws, "tax_per_mu", 1.0, 0)


def test_money_is_summed_by_year_and_class_and_nothing_counts_twice(ws: Workspace) -> None:
    operations.add_effect(ws, "2025Q1", "C", "charged", 120000, unit="元", document="供电报表")
    operations.add_effect(ws, "2025-04", "c类", "charged", 3.0, document="供电报表")
    operations.add_effect(ws, "2025", "C", "charged", 5.0, document="供水报表")
    operations.add_effect(ws, "2025", "A", "relieved", 0.0, document="税务报表")
    for period in ("2025", "2025-02", "2025Q2"):
        with pytest.raises(InputError, match="有重叠，会重复计算"):
            operations.add_effect(ws, period, "C", "charged", 1.0, document="供电报表")
    one, two = operations.effects(ws)
    assert (one.grade, one.charged, one.relieved, one.months_relieved) == ("A", None, 0.0, 12)
    assert (two.grade, two.charged, two.months_charged, two.relieved) == ("C", 20.0, 12, None)
    operations.remove_effect(ws, 3)
    assert operations.effects(ws)[1].months_charged == 4
    operations.undo(ws)
    assert operations.effects(ws) == [one, two]
    for given, words in (
        ({"amount": -1.0}, "应为 0 或正数"),
        ({"unit": "美元"}, "金额单位“美元”无法识别"),
        ({"document": " "}, "没有写金额的依据文件"),
        ({"grade": ""}, "没有写类别"),
        ({"period": "去年"}, "无法识别"),
    ):
        row: dict[str, Any] = {
            "period": "2026", "grade": "C", "kind": "charged", "amount": 1.0, "unit": "万元",
            "document": "报表", **given,
        }  # fmt: skip
        kept = {key: row.pop(key) for key in ("unit", "document")}
        with pytest.raises(InputError, match=words):
            operations.add_effect(ws, *row.values(), **kept)


def test_the_table_of_amounts_is_filled_in_and_imported(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "成效.xlsx"
    operations.export_effects(ws, out)
    book = openpyxl.load_workbook(out)
    sheet = book["录入表"]
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == "期间")
    rows = (
        ("2025Q1", "C", "加价", 12.5, "万元", "供电报表", None),
        (2025, "A", "减免", "3,000", "元", "税务报表", "示意"),
    )
    for i, row in enumerate(rows, at + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(i, column).value = value
    book.save(out)
    made = operations.import_effects(ws, out)
    assert [(e.period, e.grade, e.kind, e.amount, e.unit) for e in made] == [
        ("2025Q1", "C", "charged", 12.5, "万元"), ("2025", "A", "relieved", 3000.0, "元"),
    ]  # fmt: skip
    sheet.cell(at + 1, 4).value = "许多"
    sheet.cell(at + 2, 3).value = "罚款"
    book.save(out)
    with pytest.raises(InputError, match=rf"第 {at + 1} 行.*第 {at + 2} 行：项目“罚款”无法识别"):
        operations.import_effects(ws, out)
    assert operations.effect_entries(ws) == sorted(made, key=lambda e: e.grade)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"zone": "北园"}, "没有名为“北园”的园区"),
        ({"uscc": "12"}, "信用代码“12”不对"),
        ({"size": 3.0, "unit": "吨"}, "面积单位“吨”"),
    ],
)
def test_an_asset_is_of_a_known_zone_a_real_code_and_measured_in_areas(
    ws: Workspace, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        operations.add_asset(ws, "land", "地块", state="低效", reason="闲置", on=ON, **given)
    assert operations.assets(ws) == []


def test_an_effect_is_of_a_class_that_there_is_and_of_a_plain_period(ws: Workspace) -> None:
    with pytest.raises(InputError, match="没有“Z”类，可选：A、B、C"):
        operations.add_effect(ws, "2024", "Z", "charged", 1.0, document="供电报表")
    with pytest.raises(InputError, match="2025Q1（只一季度）或 2025-03（只 3 月）"):
        operations.add_effect(ws, "2025Q5", "C", "charged", 1.0, document="供电报表")
