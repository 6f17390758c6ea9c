"""The answer to "why this class" uses the computation's own figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.engine.test_contract import ZHENGZHOU, huangyan, table, zhengzhou
from tests.helpers.comparing import policy
from zoneeval.engine import dragging, evaluate, explain, why
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.explanation import Explanation
from zoneeval.model.records import SourceCell

RULES = policy("zhengzhou-2018")


def nodes(tree: Explanation) -> Iterator[Explanation]:
    yield tree
    for child in tree.children:
        yield from nodes(child)


def ten() -> Evaluation:
    rows = [
        {"output_value": 100.0 * (i + 1), "tax_paid": 10.0 * (i + 1), "high_tech": i % 2}
        for i in range(11)
    ]
    return zhengzhou(*rows, {"production_started_on": "2024-02-01"})


@pytest.mark.parametrize("row", range(11))
def test_the_scores_add_up_to_the_composite(row: int) -> None:
    result = ten()
    tree = explain(RULES, result, row)
    total = next(node for node in tree.children if node.label == "综合得分")
    parts = [float(node.value) * (-1 if node.label == "扣分" else 1) for node in total.children]  # type: ignore[arg-type]
    assert sum(parts) == pytest.approx(result.composite[row], abs=5.1e-5)
    assert total.value == result.composite[row]
    assert tree.value is not None
    assert str(tree.value).startswith(f"{result.grade[row]} 类")


def test_the_tree_names_value_benchmark_weight_clause_and_source() -> None:
    data = table(ZHENGZHOU, *({"tax_paid": 10.0 * (i + 1)} for i in range(4)))
    result = evaluate(RULES, data)
    cell = SourceCell("税务.xlsx", "2024", 12, "C")
    tree = explain(RULES, result, 0, {"tax_paid": cell}, data)
    tax = next(node for node in nodes(tree) if node.label == "亩均税收" and node.children)
    value, mark, weight = tax.children[:3]
    assert (value.label, value.value, value.unit) == ("数值", 1.0, "万元/亩")
    assert [(n.label, n.value, n.unit) for n in value.children] == [
        ("税收实际贡献", 10.0, "万元"),
        ("用地面积", 10.0, "亩"),
    ]
    assert value.children[0].source == "税务.xlsx（2024）第 12 行 C 列"
    assert (mark.label, mark.value) == ("基准值", 2.5)
    assert "东 参评企业本年度平均值（总量之比）" in mark.clause
    assert (weight.label, weight.value) == ("权重", 20)
    assert "示意" in weight.clause
    assert tax.value == 8


def test_ranking_and_cuts_are_in_the_tree() -> None:
    tree = explain(RULES, ten(), 10)
    labels = [node.label for node in tree.children]
    assert labels == ["参评状态", "综合得分", "排名", "分类", "第二步按亩均税收排序"]
    grade = tree.children[3]
    assert grade.value == "A"
    assert "《郑州市产业集聚区企业分类综合评价实施办法（试行）有关报道》" in grade.source
    assert [cut.label for cut in grade.children] == [
        "A 类名额 2 家，最后一家的亩均税收",
        "C 类名额 1 家，最后一家的单位能耗总产值",
    ]
    assert grade.children[0].value == 10
    assert tree.as_json()["children"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (10, ["排第 1 位（共 11 家）", "前 50%", "亩均税收由高到低排第 1 位", "为 A 类"]),
        (5, ["居中", "为 B 类"]),
        (0, ["后 50%", "单位能耗总产值由低到高排第 1 位", "10%（1 家）", "为 C 类"]),
        (11, ["过渡期", "投产不足两年"]),
    ],
)
def test_why(row: int, words: list[str]) -> None:
    sentence = why(RULES, ten(), row)
    for word in words:
        assert word in sentence
    assert sentence.endswith("。")


def test_why_not_chosen_without_the_second_key() -> None:
    rows = [{"tax_paid": 10.0 * (i + 1), "energy_use": 0 if i == 0 else 30} for i in range(10)]
    result = zhengzhou(*rows)
    assert "缺“单位能耗总产值”，不参加 C 类选取，为 B 类" in why(RULES, result, 0)
    missing = [node for node in nodes(explain(RULES, result, 0)) if node.label == "缺数据"]
    assert [node.value for node in missing] == ["计 0 分"]


def test_why_of_a_policy_that_only_ranks() -> None:
    result = huangyan({})
    assert "各类别比例未见公布" in why(policy("huangyan-2022"), result, 0)
    tree = explain(policy("huangyan-2022"), result, 0)
    assert tree.value == "未分类"
    assert tree.children[-1].value == "不分类"


def test_why_under_cumulative_shares() -> None:
    data = table(ZHENGZHOU, *({"tax_paid": float(tax)} for tax in range(1, 21)))
    result = evaluate(policy("huaian-2024"), data, data)
    assert "第 1 至第 4 位为 A 类" in why(policy("huaian-2024"), result, 19)
    assert "第 20 至第 20 位为 D 类" in why(policy("huaian-2024"), result, 0)


def test_dragging_lists_the_worst_first_and_only_what_is_below_full_marks() -> None:
    result = zhengzhou({"tax_paid": 10, "profit": 30}, {"tax_paid": 90, "profit": 90})
    assert dragging(result, 0) == ["tax_per_mu", "profit_per_mu"]
    assert dragging(result, 1) == []


def test_left_out_has_state_and_reason() -> None:
    tree = explain(RULES, ten(), 11)
    assert tree.value == "未分类"
    assert [(n.label, n.value, n.clause) for n in tree.children] == [
        ("参评状态", "过渡期", "投产不足两年，可暂不纳入")
    ]
