"""Headings are recognised wherever they stand and however they are written."""

from __future__ import annotations

import pytest

from zoneeval.intake.headers import find_header
from zoneeval.intake.plan import own_unit
from zoneeval.intake.recognise import recognise, recognise_indicator
from zoneeval.model.fields import FIELDS


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda f: f.key)
def test_every_heading_of_the_registry_means_its_field(field: object) -> None:
    from zoneeval.model.fields import Field

    assert isinstance(field, Field)
    for text in (field.heading, field.label):
        match = recognise(text)
        assert match.key == field.key
        assert match.strange_unit is None


@pytest.mark.parametrize(
    ("text", "key", "unit"),
    [
        ("用地面积〔公顷〕", "land_area", "公顷"),
        (" 实 缴 税 金\n(元) ", "tax_paid", "元"),
        ("＊主营业务收入（单位：亿元）", "revenue", "亿元"),
        ("Ｒ＆Ｄ经费（千元）", "rd_expense", "千元"),
        ("2024年度利润总额（万元）", "profit", "万元"),
        ("SO₂（千克）", "emission_so2", "千克"),
        ("乡镇（街道）", "town", None),
        ("用电量（万kW·h）", "electricity_use", "万kw·h"),
    ],
)
def test_awkward_headings(text: str, key: str, unit: str | None) -> None:
    match = recognise(text)
    assert match.key == key
    assert (match.unit or "").casefold() == (unit or "")


@pytest.mark.parametrize(
    "text",
    [
        "上年主营业务收入（万元）",
        "主营业务收入（上年）",
        "利润总额增速（%）",
        "亩均税收得分",
        "序号",
        "备注",
        "用地面积目标",
    ],
)
def test_other_measures_are_not_taken(text: str) -> None:
    assert recognise(text).key is None


def test_unknown_unit_is_kept_for_a_finding_and_a_qualifier_is_not() -> None:
    assert recognise("用地面积（平方丈）").strange_unit == "平方丈"
    assert recognise("工业增加值（现价）").strange_unit is None
    assert recognise("工业增加值（现价）").confidence < 1


def test_a_near_miss_is_only_suggested() -> None:
    match = recognise("统一社会信用代码号")
    assert match.key is None
    assert match.suggestion == "uscc"
    assert 0.9 <= match.confidence < 1


def test_title_and_unit_line_above() -> None:
    header = find_header(
        [
            (1, ("示例市2024年税收情况",)),
            (2, ("填报单位：示例市税务局", None, "金额单位：元")),
            (4, ("信用代码", "单位名称", "税收合计", "登记面积")),
            (5, ("x", "y", 1)),
        ]
    )
    assert header is not None
    assert (header.rows, header.body, header.units) == ((4,), 3, ("元",))
    assert [own_unit(c, header) for c in header.columns] == [None, None, "元", None]


def test_two_rows_with_merged_groups() -> None:
    header = find_header(
        [
            (1, ("统一社会信用代码", "企业名称", "主要污染物（千克）", None, None, "利润总额")),
            (2, (None, None, "COD", "氨氮", "二氧化硫", "（元）")),
            (3, ("c", "n", 1, 2, 3, 4)),
        ]
    )
    assert header is not None
    assert header.rows == (1, 2)
    keys = [(c.key, own_unit(c, header)) for c in header.columns]
    assert keys == [
        ("uscc", None), ("name", None), ("emission_cod", "千克"), ("emission_nh3n", "千克"),
        ("emission_so2", "千克"), ("profit", "元"),
    ]  # fmt: skip


def test_a_row_of_units_below() -> None:
    header = find_header(
        [(1, ("信用代码", "利润总额", "用地面积")), (2, (None, "元", "㎡")), (3, ("c", 1, 2))]
    )
    assert header is not None
    assert (header.rows, header.body) == ((1, 2), 2)
    assert [c.unit for c in header.columns] == [None, "元", "㎡"]


def test_mapping_wins_and_can_ignore() -> None:
    rows = [(1, ("代码", "企业名称", "利润总额")), (2, ("c", "n", 1))]
    header = find_header(rows, {"代码": "uscc", "利润总额": ""})
    assert header is not None
    assert [c.key for c in header.columns] == ["uscc", "name", None]


def test_indicator_names() -> None:
    assert recognise_indicator("规模以上工业增加值（亿元）") == ("above_scale_value_added", "亿元")
    assert recognise_indicator("建成区") == ("built_area", None)
    growth = recognise_indicator("规上工业增加值增速（%）")
    assert growth == ("above_scale_value_added_growth", "%")
    assert recognise_indicator("上年规上工业增加值")[0] is None
