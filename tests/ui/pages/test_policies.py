"""The page 评价办法: every shipped rule in plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from zoneeval.policy.loader import list_policies
from zoneeval.policy.schema import Policy
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies import PoliciesPage
from zoneeval_ui.pages.policies.content import Line, RuleText, read_rules
from zoneeval_ui.theme import Tone

MakeWindow = Callable[..., Assembly]
RULES = {rule.key: rule for rule in read_rules().rules}


def page_of(made: Assembly) -> PoliciesPage:
    page = made.window.page("policies")
    assert isinstance(page, PoliciesPage)
    return page


def lines(rule: RuleText, word: str) -> list[Line]:
    return [line for part in rule.parts for line in part.lines if word in line.text]


def test_all_shipped_rules_are_listed(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("policies", workspace))
    kinds = {"评价办法", "星级阶梯", "价格表", "折标系数"}
    assert set(page.table.table_model.values("kind")) == kinds
    assert page.table.table_model.rowCount() == len(RULES)
    assert page.table.selected_id() == "评价办法:zhengzhou-2018"
    amber = [
        found
        for found in page.text.findChildren(QLabel)
        if found.property("tone") == Tone.UNCERTAIN.value
    ]
    assert any("亩均税收" in found.text() for found in amber)


def test_energy_factors_are_shown_with_their_source(make_window: MakeWindow) -> None:
    page = page_of(make_window("policies"))
    page.table.select_id("折标系数:gbt2589-2020")
    words = [found.text() for found in page.text.findChildren(QLabel)]
    assert "电力（当量值）：0.1229 千克标准煤/千瓦时（已核对）" in words
    assert "天然气：须录入" in words


def test_the_rules_are_there_without_a_workspace(make_window: MakeWindow) -> None:
    page = page_of(make_window("policies"))
    assert page.state == "ready"
    assert not page.use_button.isEnabled()


def test_a_policy_is_taken_over_for_the_evaluation(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("policies", workspace)
    page = page_of(made)
    page.table.select_id("评价办法:huaian-2024")
    page.use_button.click()
    assert made.window.context.policy == "huaian-2024"
    assert made.window.current_page is made.window.page("evaluation")
    made.window.go_to("policies")
    page.table.select_id("星级阶梯:illustrative-six-stars")
    assert not page.use_button.isEnabled()


@pytest.mark.parametrize("policy", list_policies(), ids=lambda policy: policy.id)
def test_every_indicator_has_its_weight_benchmark_and_clause(policy: Policy) -> None:
    rule = RULES[f"评价办法:{policy.id}"]
    for track in policy.tracks:
        for item in track.indicators:
            found = [
                line
                for line in lines(rule, f"{item.shown_label}")
                if f"：{item.weight:g} 分，" in line.text
            ]
            assert found, item.key
            assert "基准" in found[0].text
            assert found[0].clause
            doubtful = item.illustrative or item.benchmark.illustrative
            assert all(("示意" in line.clause) == line.illustrative for line in found)
            assert any(line.illustrative is doubtful for line in found)


def test_two_stages_bands_and_ranks_are_told_apart() -> None:
    zhengzhou = RULES["评价办法:zhengzhou-2018"]
    assert lines(zhengzhou, "A 类：在综合得分排名前 50% 之内，按亩均税收由高到低取参评总数的 15%。")
    assert lines(zhengzhou, "C 类：在综合得分排名后 50% 之内，按单位能耗总产值由低到高取")
    huaian = RULES["评价办法:huaian-2024"]
    assert lines(huaian, "C 类：综合得分排名 60%—95%。")
    assert lines(huaian, "基准为同类全部企业上一年度平均值（总量之比）的 2 倍")
    huangyan = RULES["评价办法:huangyan-2022"]
    assert lines(huangyan, "不分类：各类别比例未见公布")
    assert lines(huangyan, "基准 24.097")
    assert lines(huangyan, "基准 3.02%")


def test_ladders_and_tariffs_say_what_is_unknown() -> None:
    ladder = RULES["星级阶梯:henan-service-zones-2016"]
    (line,) = lines(ladder, "税收收入（亿元）不低于")
    assert "门槛 0.3，一星 0.75，二星 未知" in line.text
    assert line.illustrative
    tariff = RULES["价格表:henan"]
    (line,) = lines(tariff, "加价标准列写“待定”")
    assert line.illustrative
    assert not tariff.certain
