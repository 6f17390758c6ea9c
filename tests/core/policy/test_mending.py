"""Faults of form hide no others: the check names them all at once, and none that is not there."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from tests.helpers.cases import CASES
from zoneeval.policy.checks import policy_faults
from zoneeval.policy.loader import check_policy, list_policies
from zoneeval.policy.mending import further_faults
from zoneeval.policy.schema import Policy

SOUND = (
    (CASES / "broken" / "权重合计不是一百.toml")
    .read_text(encoding="utf-8")
    .replace("weight = 50", "weight = 60")
)


def faults_of(text: str) -> list[str]:
    return [fault.sentence for fault in check_policy(text)]


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inside:
        yield (*here, key)
        if isinstance(part, dict | list):
            yield from places(part, (*here, key))


def spoilt(data: dict[str, Any], place: tuple[Any, ...], with_: object) -> dict[str, Any]:
    held = copy.deepcopy(data)
    inner: Any = held
    for part in place[:-1]:
        inner = inner[part]
    if with_ == "misspelt":
        inner[f"{place[-1]}s"] = inner.pop(place[-1])
    else:
        inner[place[-1]] = with_
    return held


def test_faults_of_form_and_of_sense_are_named_together_in_the_order_of_the_file() -> None:
    assert faults_of(SOUND) == []
    text = SOUND.replace("weight = 60", "weight = 58")
    text = text.replace('status = "', 'status = "well-')
    text = text.replace("when = 'scale ==", "wenn = 'scala ==")
    said = check_policy(text)
    words = " ".join(fault.sentence for fault in said)
    for wanted in ("status", "合计 98", "是不是 when", "是不是 scale（规模）"):
        assert wanted in words, words
    lines = [fault.line or 0 for fault in said]
    assert lines == sorted(lines)


@pytest.mark.parametrize("policy", list_policies(), ids=lambda p: p.id)
@pytest.mark.parametrize("wrong", ["？？", -7, [1], {"？": 1}, "misspelt"], ids=str)
def test_one_fault_of_form_brings_no_other_with_it(policy: Policy, wrong: object) -> None:
    data, tried = tomllib.loads(policy.text), 0
    for place in places(data):
        if isinstance(place[-1], int) and wrong in ("misspelt", {"？": 1}):
            continue
        held = spoilt(data, place, wrong)
        try:
            Policy.model_validate(held)
        except ValidationError:
            tried += 1
            assert further_faults(held, Policy, policy_faults, {}) == [], place
    assert tried > 30


def test_a_list_left_out_hides_no_other_fault() -> None:
    grading = SOUND.index("[tracks.grading]")
    shape = '[tracks.grading]\nkind = "shares"\nshares = { A = 0.2 }\n'
    text = SOUND[:grading].replace("weight = 60", "weight = 58") + shape
    words = " ".join(faults_of(text))
    for wanted in ("缺少“bands”", "不认识“shares”", "合计 98"):
        assert wanted in words, words


def test_chinese_punctuation_is_named_line_by_line_and_hides_nothing() -> None:
    text = SOUND.replace("weight = 60", "weight ＝ 58").replace('id = "all"', "id = “all”")
    said = check_policy(text)
    marks = [fault for fault in said if "中文标点" in fault.message]
    lines = [text.splitlines()[(fault.line or 0) - 1] for fault in marks]
    assert lines == ["id = “all”", "weight ＝ 58"]
    assert [fault.suggestion for fault in marks] == ['请改成英文的 "', "请改成英文的 ="]
    assert any("合计 98" in fault.message for fault in said)


def test_chinese_punctuation_inside_quotes_and_comments_is_nobodys_fault() -> None:
    text = (
        SOUND.replace('title = "', '# 说明：甲、乙，“丙”。\ntitle = "甲，乙“丙”：')
        + "\n错 ＝ “一，二”\n"
    )
    assert [f.message for f in check_policy(text) if "中文标点" in f.message] == [
        "用了中文标点“＝”、““”、“””"
    ]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ('scale == "规上企业"', "“规模”不会是“规上企业”；只有：规上、规下"),
        ("scale == 规上", '文字要加引号，写成 "规上"'),
        ("用地面积 >= 5", "“用地面积”在公式里写 land_area"),
        ("listed == true", "“是”写 1，“否”写 0"),
        ("land_area => 5", "“不小于”要写成 >="),
        ("listed = 1", "“等于”要写成两个等号 =="),
        ("land_area > 5 && listed == 1", "“并且”要写成 and"),
        ("land_area > 5 或 listed == 1", "“或者”要写成 or"),
        ("rd_intensity > 3%", "百分数要写成小数"),
        ("land_area >= 5亩", "数字后面不写单位"),
        ("land_area >= 5, listed == 1", "函数以外的逗号"),
    ],
)
def test_a_slip_in_a_formula_is_told_as_it_was_meant(when: str, said: str) -> None:
    (start, _, rest) = SOUND.partition("when = 'scale")
    text = f"{start}when = '''{when}'''\n" + rest.partition("\n")[2]
    (fault,) = faults_of(text)
    assert said in fault


def test_quotes_and_commas_of_a_chinese_keyboard_are_read_in_formulas() -> None:
    (start, _, rest) = SOUND.partition("when = 'scale")
    line = "when = 'scale == “规上” and min(land_area， 5) ＞ 3'\n"
    assert faults_of(start + line + rest.partition("\n")[2]) == []


def test_every_line_that_is_no_toml_is_named() -> None:
    text = SOUND.replace("weight = 60", "weight = 60分").replace('label = "全部"', "label = 全部")
    said = [(fault.message, fault.suggestion) for fault in check_policy(text)]
    assert said == [
        ("不合 TOML 写法：文字没有加引号", '请写成 … = "…"'),
        ("不合 TOML 写法：数字后面不能写别的", "单位删去，15% 写成 0.15"),
    ]


def test_a_key_of_another_place_is_told_apart_from_a_misspelt_one() -> None:
    text = SOUND.replace('id = "all"', 'id = "all"\nbands = 3\nlabell = 2')
    said = {fault.key: fault.suggestion for fault in check_policy(text)}
    assert said["tracks[1].bands"] == "这一项不写在这里，请核对它上面的表头，或删去"
    assert said["tracks[1].labell"] == "是不是 label？请检查拼写，或删去"


def test_a_word_where_only_some_are_allowed_is_not_asked_to_be_a_number() -> None:
    text = SOUND.replace('kind = "shares"', 'kind = "shares"\nrounding = "四舍五入"')
    (fault,) = check_policy(text)
    assert fault.suggestion == '只能取 "nearest"、"floor"、"ceil"'


def test_figures_without_a_document_are_named_once() -> None:
    text = SOUND.replace(
        'cite = "doc"\nbenchmark = { kind = "fixed"', 'benchmark = { kind = "fixed"'
    )
    (fault,) = check_policy(text)
    assert (fault.key, fault.message) == ("tracks[1].indicators[1]", "没有写依据")


def test_a_class_that_is_not_listed_is_told_which_are() -> None:
    (fault,) = check_policy(SOUND.replace('{ grade = "B"', '{ grade = "乙"'))
    assert fault.suggestion == "列出的有：A、B"


def test_who_fails_a_condition_cannot_take_part_all_the_same() -> None:
    text = SOUND.replace('otherwise = "out_of_scope"', 'otherwise = "evaluated"')
    (fault,) = check_policy(text)
    assert (fault.key, fault.message) == ("eligibility[1].otherwise", "不符合条件的不能仍写“参评”")
    text = SOUND.replace('"out_of_scope"', '"exempt"\nmanaged_as = "B"')
    (fault,) = check_policy(text)
    assert (fault.key, fault.suggestion) == (
        "eligibility[1].managed_as",
        '请删去，或写 otherwise = "ungraded"（参评不定级）',
    )


def test_a_figure_out_of_bounds_hides_no_other_fault() -> None:
    text = SOUND.replace("weight = 60", "weight = -60").replace(
        "when = 'scale ==", "when = 'scala =="
    )
    words = " ".join(faults_of(text))
    assert "必须大于 0" in words
    assert "是不是 scale（规模）" in words
