"""Edits of policy texts keep comments, and differences are plain sentences."""

from __future__ import annotations

import pytest

from zoneeval.errors import PolicyError
from zoneeval.policy import editing
from zoneeval.policy.difference import differences
from zoneeval.policy.loader import check_policy, list_policies, load_policy, parse_policy
from zoneeval.policy.schema import Policy
from zoneeval.policy.text_editing import Value


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


def test_entries_are_added_with_their_document_moved_and_taken_away() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    before = parse_policy(source).eligibility
    fields: dict[str, Value] = {"when": 'scale == "规上"', "otherwise": "exempt"}
    text = editing.add_entry(source, ("eligibility",), {**fields, "reason": "新的一条"})
    assert "when = 'scale == \"规上\"'" in text
    last = len(before)
    text = editing.move_up(text, ("eligibility", last))
    found = parse_policy(text).eligibility
    assert [c.reason for c in found] == [
        *(c.reason for c in before[:-1]),
        "新的一条",
        before[-1].reason,
    ]
    assert found[last - 1].cite == "zhengzhou-2025"
    assert check_policy(text) == []
    gone = editing.remove_entry(text, ("eligibility", last - 1))
    assert parse_policy(gone).eligibility == parse_policy(source).eligibility
    with pytest.raises(PolicyError, match="没有改动"):
        editing.move_up(text, ("eligibility", 0))


def test_the_first_entry_of_a_list_and_the_order_of_precedence() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    path = ("adjustments",)
    text = source
    for number in (1, 2):
        name = editing.new_name(text, path, "id", "rule-")
        assert name == f"rule-{number}"
        fields: dict[str, Value] = {"id": name, "kind": "down", "reason": f"理由{number}"}
        text = editing.add_entry(text, path, {**fields, "when": "accidents >= 1"})
    assert [rule.id for rule in parse_policy(text).adjustments] == ["rule-1", "rule-2"]
    text = text.replace("status =", 'precedence = ["rule-2", "rule-1"]\nstatus =', 1)
    more = {"id": "rule-3", "kind": "up", "reason": "理由3", "when": "listed == 1"}
    text = editing.add_entry(text, path, more)
    assert parse_policy(text).precedence == ("rule-2", "rule-1", "rule-3")
    text = editing.remove_entry(text, ("adjustments", 1))
    assert parse_policy(text).precedence == ("rule-1", "rule-3")
    assert check_policy(text) == []


def test_a_new_key_stands_in_front_and_rests_on_the_own_document() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    path = ("tracks", 0, "bonus", 0)
    window = {"date": "registered_on", "years": 3}
    text = editing.set_entry(source, (*path, "window"), window)
    bonus = parse_policy(text).tracks[0].bonus[0]
    assert bonus.window is not None
    assert (bonus.window.date, bonus.window.years) == ("registered_on", 3)
    assert bonus.cite == "zhengzhou-2025"
    text = editing.set_entry(text, ("eligibility", 0, "when"), "land_area >= 5")
    assert parse_policy(text).eligibility[0].cite == "zhengzhou-2025"


def test_figures_by_year_take_the_place_of_one_and_go_back_to_the_newest() -> None:
    source = copied(load_policy("huangyan-2022"))
    path = ("tracks", 0, "indicators", 0)
    text = editing.set_dated(source, path, "weight", {"2026": 30, "2025": 30.0})
    text = editing.set_dated(text, (*path, "benchmark"), "value", {"2025": 24.5, "2026": 26})
    item = parse_policy(text).tracks[0].indicators[0]
    assert item.weights == ((2025, 30), (2026, 30))
    assert item.benchmark.values == ((2025, 24.5), (2026, 26))
    assert item.cite == "huangyan-2025"
    wrong = editing.set_dated(text, path, "weight", {"2025": 30, "2026": 35})
    assert [f.message for f in check_policy(wrong)] == ["2026 年各项权重合计 105，应为 100"]
    text = editing.set_dated(text, path, "weight", {})
    text = editing.set_dated(text, (*path, "benchmark"), "value", {})
    item = parse_policy(text).tracks[0].indicators[0]
    assert (item.weight, item.weights, item.benchmark.values) == (30, (), ())
    assert item.benchmark.value == 26
    assert editing.set_dated(source, path, "weight", {}) == source


def test_a_share_by_year() -> None:
    source = copied(load_policy("zhengzhou-2018"))
    path = ("tracks", 0, "grading", "selections", 0)
    text = editing.set_dated(source, path, "share", {"2025": 0.15, "2026": 0.2})
    assert check_policy(text) == []
    assert "share_by_year = {2025 = 0.15, 2026 = 0.2}" in text
