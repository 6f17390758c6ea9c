"""Targets in the workspace: entered, replaced, undone, and compared with the figures."""

from __future__ import annotations

from typing import Any

import pytest

from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

BAISHA = "郑州市白沙产业集聚区"
MAZHAI = "马寨产业集聚区"


def test_a_target_is_entered_replaced_removed_and_undone(empty: Workspace) -> None:
    ws = empty
    made = operations.set_target(ws, " 演示园区 ", 2024, "税收收入", 5, unit="亿元", document="甲")
    (target,) = operations.targets(ws, 2024, "演示园区")
    assert (target.id, target.indicator, target.value, target.unit) == (
        made, "tax_revenue", 50_000, "万元")  # fmt: skip
    assert (target.own, target.bound, target.accumulates) == (True, "at_least", True)
    again = operations.set_target(ws, "演示园区", 2024, "tax_revenue", 60_000, document="甲")
    assert again == made
    assert [t.value for t in operations.targets(ws, 2024, "演示园区")] == [60_000]
    operations.undo(ws)
    assert [t.value for t in operations.targets(ws, 2024, "演示园区")] == [50_000]
    operations.remove_target(ws, made)
    assert operations.targets(ws, 2024, "演示园区") == []
    operations.undo(ws)
    assert [t.id for t in operations.targets(ws, 2024, "演示园区")] == [made]


def test_two_documents_with_two_figures_stand_beside_each_other(empty: Workspace) -> None:
    first = operations.set_target(
        empty, "演示园区", 2024, "employees", 9.2, unit="万人", document="甲"
    )
    second = operations.set_target(
        empty, "演示园区", 2024, "employees", 9, unit="万人", document="乙"
    )
    assert first != second
    assert [t.value for t in operations.targets(empty, 2024, "演示园区")] == [92_000, 90_000]
    operations.set_target(
        empty, "演示园区", 2024, "employees", 91_000, document="丙", number=second
    )
    found = operations.targets(empty, 2024, "演示园区")
    assert [(t.value, t.document) for t in found] == [(92_000, "甲"), (91_000, "丙")]


def test_shares_are_fractions_and_the_bound_follows_the_indicator(empty: Workspace) -> None:
    operations.set_target(empty, "演示园区", 2024, "税收收入增速", 12, unit="%")
    operations.set_target(empty, "演示园区", 2024, "energy_per_value_added", 0.4)
    operations.set_target(empty, "演示园区", 2024, "技改投资增速", 20, unit="%", bound="at_most")
    found = {t.label: t for t in operations.targets(empty, 2024, "演示园区")}
    assert (found["税收收入增速"].value, found["税收收入增速"].kind) == (0.12, "growth")
    assert found["单位工业增加值能耗"].bound == "at_most"
    assert (found["技改投资增速"].value, found["技改投资增速"].bound) == (0.2, "at_most")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"zone": " "}, "园区名称是空的"),
        ({"indicator": "幸福感"}, "没有“幸福感”这个目标指标"),
        ({"indicator": "星级"}, "星级目标请在“星级”中录入"),
        ({"value": float("nan")}, "不是数字"),
        ({"value": float("inf")}, "不是数字"),
        ({"unit": "亩"}, "不能换算"),
        ({"bound": "about"}, "无法识别"),
        ({"number": 7}, "没有第 7 号目标"),
    ],
)
def test_what_does_not_fit_is_refused(
    empty: Workspace, words: dict[str, object], said: str
) -> None:
    usual = {"zone": "演示园区", "year": 2024, "indicator": "tax_revenue", "value": 1.0}
    given: dict[str, Any] = {**usual, **words}
    with pytest.raises(InputError, match=said):
        operations.set_target(empty, **given)
    assert operations.targets(empty, 2024, shipped=False) == []


def test_shipped_targets_are_found_by_every_name_of_the_zone(empty: Workspace) -> None:
    (star,) = operations.targets(empty, 2017, "马寨集聚区")
    assert (star.zone, star.value, star.own) == ("郑州马寨产业集聚区", 1, False)
    assert [t.value for t in operations.targets(empty, 2019, "白沙")] == [2]
    assert len(operations.targets(empty, 2020)) == 132
    with pytest.raises(InputError, match="不能删改"):
        operations.remove_target(empty, 1)


def test_progress_of_a_year(empty: Workspace) -> None:
    ws = empty
    operations.enter_zone_value(ws, MAZHAI, 2013, "tax_revenue", 3.6, "亿元", "报道")
    operations.set_target(ws, MAZHAI, 2013, "tax_revenue", 4, unit="亿元", document="文件")
    operations.set_target(ws, MAZHAI, 2013, "fixed_asset_investment", 40, unit="亿元")
    found = {p.target.indicator: p for p in operations.target_progress(ws, 2013)}
    tax = found["tax_revenue"]
    assert tax.completion == pytest.approx(0.9)
    assert (tax.met, tax.ahead_words) == (False, "落后时序进度 10 个百分点")
    assert tax.source == "报道"
    assert (found["fixed_asset_investment"].value, found["fixed_asset_investment"].reason) == (
        None, "没有数据")  # fmt: skip


def test_progress_of_a_half_year_is_held_against_its_months(empty: Workspace) -> None:
    ws = empty
    operations.enter_zone_value(ws, "演示园区", "2024Q2", "tax_revenue", 2.71, "亿元", "通报")
    operations.set_target(ws, "演示园区", 2024, "tax_revenue", 5, unit="亿元")
    (half,) = operations.target_progress(ws, "2024Q2")
    assert (half.completion, half.elapsed) == (pytest.approx(0.542), 0.5)
    assert half.ahead_words == "超时序进度 4.2 个百分点"
    (whole,) = operations.target_progress(ws, 2024)
    assert (whole.value, whole.reason) == (None, "没有数据")


def test_star_targets_are_compared_with_the_official_star(empty: Workspace) -> None:
    ws = empty
    operations.enter_star(ws, BAISHA, 2019, "official", 1, "豫集聚办〔示意〕1号")
    (star,) = operations.target_progress(ws, 2019, BAISHA)
    assert (star.value, star.met, star.difference, star.completion) == (1, False, -1, None)
    assert star.source == "豫集聚办〔示意〕1号"
    operations.enter_star(ws, BAISHA, 2019, "target", 2, "郑政办〔2019〕32号")
    (entered,) = operations.target_progress(ws, 2019, BAISHA)
    assert entered.target.own
    operations.enter_star(ws, BAISHA, 2019, "target", 3, "本单位计划")
    assert [p.target.value for p in operations.target_progress(ws, 2019, BAISHA)] == [3, 2]


def test_targets_of_others_are_beside_it_as_reference_only(empty: Workspace) -> None:
    ws = empty
    operations.enter_zone_value(ws, BAISHA, 2019, "value_added_per_built_mu", 36)
    found = operations.target_progress(ws, 2019, BAISHA, related=True)
    (built,) = [p for p in found if p.target.indicator == "value_added_per_built_mu"]
    assert (built.zone, built.target.zone, built.related) == (BAISHA, "全市产业集聚区", True)
    assert (built.completion, built.met) == (0.75, None)
    mine = operations.target_progress(ws, 2019, BAISHA)
    assert not any(p.related for p in mine)
    operations.enter_star(ws, "新密市产业集聚区", 2020, "official", 2)
    around = operations.target_progress(ws, 2020, "新密市产业集聚区", related=True)
    assert {p.target.zone for p in around} == {"新密市"}
    assert all(p.met is None for p in around)


def test_a_growth_above_one_needs_its_unit(empty: Workspace) -> None:
    with pytest.raises(InputError, match="不知道是 12% 还是 12 倍"):
        operations.set_target(empty, "演示园区", 2019, "tax_revenue_growth", 12)
    assert operations.targets(empty, 2019, "演示园区") == []
    operations.set_target(empty, "演示园区", 2019, "tax_revenue_growth", 12, unit="%")
    (target,) = operations.targets(empty, 2019, "演示园区")
    assert target.words == "不低于 12%"
