"""Edits of policy texts keep comments, and differences are plain sentences."""

from __future__ import annotations

import pytest

from zoneeval.errors import PolicyError
from zoneeval.policy import editing
from zoneeval.policy.difference import differences
from zoneeval.policy.loader import check_policy, list_policies, load_policy, parse_policy
from zoneeval.policy.schema import Policy


def texts(before: str, after: str) -> list[str]:
    return [item.text for item in differences(parse_policy(before), parse_policy(after))]


def copied(policy: Policy) -> str:
    made = editing.new_id(policy.id, 2025, [])
    return editing.copy_policy(policy.text, made, "2025 年办法", "试〔2025〕1号", 2025, 2025)


@pytest.mark.parametrize("policy", list_policies(), ids=lambda policy: policy.id)
def test_a_copy_is_sound_and_differs_in_its_head_only(policy: Policy) -> None:
    text = copied(policy)
    assert check_policy(text) == []
    parts = {item.part for item in differences(policy, parse_policy(text))}
    assert parts == {"基本情况"}
    copy = parse_policy(text)
    assert (copy.year, copy.number, copy.valid_from) == (2025, "试〔2025〕1号", 2025)
    assert copy.citation(copy.id) is not None
    assert policy.note in copy.note
    comments = [line for line in policy.text.splitlines() if line.startswith("#")]
    assert comments == [line for line in text.splitlines() if line.startswith("#")]
    assert differences(copy, copy) == []


def test_weights_that_do_not_add_up_are_a_fault_with_the_amount_missing() -> None:
    text = editing.set_weight(copied(load_policy("zhengzhou-2018")), 0, 0, 18)
    (fault,) = check_policy(text)
    assert "各项权重合计 98，应为 100" in fault.message
    assert "还差 2" in fault.suggestion
    mended = editing.set_weight(text, 0, 1, 22)
    assert check_policy(mended) == []
    source = copied(load_policy("zhengzhou-2018"))
    assert texts(source, mended) == ["亩均税收权重 20→18", "亩均主营业务收入权重 20→22"]
    changed = parse_policy(mended)
    assert changed.tracks[0].indicators[0].cite == changed.id
    assert changed.tracks[0].indicators[2].cite == "hnr-2018"


def test_shares_keep_those_of_the_other_classes() -> None:
    source = copied(load_policy("huaian-2024"))
    text = editing.set_share(source, 0, 0, 0.15)
    (fault, *_) = check_policy(text)
    assert "合计还差 5%" in fault.suggestion
    text = editing.set_share(text, 0, 1, 0.45)
    assert check_policy(text) == []
    found = texts(source, text)
    assert "A 类比例 20%→15%" in found
    assert "B 类比例 40%→45%" in found


def test_comments_behind_values_stay() -> None:
    text = 'schema = 1 # 版本\nid = "x"\n[[tracks]]\nid = "a"\ndecimals = 4  # 四位\n'
    changed = editing.set_value(text, ("tracks", 0, "decimals"), 2.0)
    assert changed == text.replace("4  # 四位", "2  # 四位")
    assert editing.set_value(text, ("tracks", 0, "decimals"), None).count("decimals") == 0


def test_benchmarks_indicators_points_and_head() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    text = editing.set_benchmark(source, 0, 0, kind="fixed")
    assert any("value" in fault.message for fault in check_policy(text))
    text = editing.set_benchmark(text, 0, 0, figure=12.5)
    text = editing.set_benchmark(text, 0, 1, figure=1.5)
    text = editing.remove_entry(text, ("tracks", 0, "indicators", 5))
    text = editing.set_weight(text, 0, 4, 20)
    text = editing.set_value(text, ("tracks", 0, "bonus", 0, "points"), 5)
    text = editing.set_value(text, ("tracks", 0, "indicators", 0, "cap"), 1.2)
    text = editing.set_value(text, ("tracks", 0, "grading", "selections", 0, "share"), 0.2)
    text = editing.set_head(text, "number", "试〔2025〕9号")
    assert check_policy(text) == []
    found = texts(source, text)
    assert "文号 试〔2025〕1号→试〔2025〕9号" in found
    assert "亩均税收得分上限（权重的倍数） 无→1.2" in found
    assert any(line.startswith("亩均税收基准") and "固定值 12.5" in line for line in found)
    assert "取消指标“全员劳动生产率”（原权重 10）" in found
    assert "境内外上市企业：加 3 分→加 5 分" in found
    assert "A 类比例 15%→20%" in found
    own = parse_policy(text)
    citation = own.citation(own.id)
    assert citation is not None
    assert citation.number == "试〔2025〕9号"


def test_an_added_indicator_is_a_sentence() -> None:
    source = copied(load_policy("huangyan-2022"))
    text = editing.add_indicator(source, 0, "output_value_per_tce", 5)
    (fault,) = check_policy(text)
    assert "多出 5" in fault.suggestion
    first = parse_policy(source).tracks[0].indicators[0]
    text = editing.set_weight(text, 0, 0, first.weight - 5)
    assert any(line.startswith("增加指标“单位能耗总产值”：权重 5") for line in texts(source, text))


def test_ids_of_other_years() -> None:
    assert editing.new_id("zhengzhou-2018", 2025, []) == "zhengzhou-2025"
    assert editing.new_id("zhengzhou-2018", 2025, ["zhengzhou-2025"]) == "zhengzhou-2025-2"
    assert editing.new_id("zhengzhou-2025-2", 2026, []) == "zhengzhou-2026"


@pytest.mark.parametrize("path", [("tracks", 9, "id"), ("nothing", "x"), ("id", 0, "x")])
def test_paths_that_lead_nowhere_are_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(PolicyError, match="没有改动"):
        editing.set_value(load_policy("zhengzhou-2018").text, path, 1)


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(PolicyError, match="TOML"):
        editing.set_value("a = = 1", ("a",), 1)


def test_a_figure_without_a_document_rests_on_the_own_one_when_changed() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    path = ("tracks", 0, "indicators", 4)
    assert parse_policy(source).tracks[0].indicators[4].cite == ""
    text = editing.set_value(source, (*path, "illustrative"), None)
    text = editing.set_value(text, (*path, "benchmark", "illustrative"), None)
    assert check_policy(text) == []
    changed = parse_policy(text).tracks[0]
    assert changed.indicators[4].cite == "zhengzhou-2025"
    assert changed.cite == "hnr-2018"
