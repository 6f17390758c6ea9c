"""Zone figures and star levels: units, years, and what is left out with a note."""

from __future__ import annotations

from typing import Any

from tests.helpers.departments import MakeBook
from zoneeval.intake import read_workbooks
from zoneeval.model.issue import Severity

HEADINGS = ["园区", "年度", "期间", "指标", "数值", "单位", "口径", "依据文件"]


def test_figures(book: MakeBook) -> None:
    path = book("a.xlsx", {"指标": [
        ["园区指标"],
        HEADINGS,
        ["东园", 2013, "年度", "规上工业增加值", 33.7, "亿元", None, "文一"],
        ["东园", "2013年", None, "建成区面积（平方公里）", 6, None, "产业集聚区", None],
        [None, None, "全年", "从业人员", "2.6", "万人", "开发区口径，与产业集聚区不同", "文三"],
        ["东园", 2013, "1—7月", "税收收入", 3, "亿元", None, None],
        ["东园", 2013, "年度", "税收收入增速", 12, "%", None, None],
        ["全省", 2013, "年度", "规划面积", 900, "平方公里", "全省合计", None],
        ["东园", 2013, "年度", "规上工业增加值", 34, "亿元", None, "文二"],
        ["东园", 2013, "年度", "R&D投入强度", 2.1, "%", None, None],
        ["注：原样。"],
    ]})  # fmt: skip
    draft = read_workbooks([path], year=2014, zone="西园")
    assert [
        (v.zone, v.year, v.part, v.indicator, v.value, v.document) for v in draft.zone_values
    ] == [
        ("东园", 2013, "", "above_scale_value_added", 337000.0, "文一"),
        ("东园", 2013, "", "built_area", 9000.0, None),
        ("西园", 2014, "", "employees", 26000.0, "文三（口径：开发区口径，与产业集聚区不同）"),
        ("东园", 2013, "07", "tax_revenue", 30000.0, None),
        ("东园", 2013, "", "tax_revenue_growth", 0.12, None),
        ("东园", 2013, "", "rd_intensity", 0.021, None),
    ]
    notes = sorted(i.code for i in draft.issues)
    assert notes == [
        "conflicting-figures", "not-a-zone", "other-scope",
    ]  # fmt: skip
    assert not draft.has_blocking
    source = draft.zone_values[0].source
    assert source is not None
    assert (source.row, source.column) == (3, "E")


def test_bad_figures_block(book: MakeBook) -> None:
    rows: list[list[Any]] = [
        ["园区", "年度", "指标", "数值", "单位"],
        ["东园", 2013, "税收收入", "约三亿", "亿元"],
        ["东园", 2013, "建成区面积", 6, "平方丈"],
        ["东园", 2013, "利润总额", 6, "亩"],
        [None, 2013, "主营业务收入", 6, "亿元"],
        ["东园", None, "主营业务收入", 6, "亿元"],
        ["东园", 2013, "固定资产投资", "—", "亿元"],
    ]
    draft = read_workbooks([book("a.xlsx", {"指标": rows})], year=None)
    assert [(i.code, i.row, i.column) for i in draft.issues] == [
        ("text-in-number", 2, "D"), ("wrong-unit", 3, "E"), ("wrong-unit", 4, "E"),
        ("missing-value", 5, "A"), ("no-year", 6, "B"),
    ]  # fmt: skip
    assert all(i.severity is Severity.BLOCKING for i in draft.issues)
    assert (draft.accepted, draft.rejected) == (1, 5)
    assert draft.zone_values == ()


def test_stars(book: MakeBook) -> None:
    rows: list[list[Any]] = [
        ["园区", "年度", "目标星级", "上年度认定星级", "依据"],
        ["东园", 2024, "三星级", "二星", "文一"],
        ["西园", 2024, "一星", "门槛", None],
        ["南园", 2024, "1星", "无", None],
        ["北园", 2024, "优秀", None, None],
    ]
    draft = read_workbooks([book("a.xlsx", {"星级": rows})], year=None)
    assert [(s.zone, s.year, s.kind, s.level, s.document) for s in draft.stars] == [
        ("东园", 2024, "target", 3, "文一"),
        ("东园", 2023, "official", 2, "文一"),
        ("西园", 2024, "target", 1, None),
        ("西园", 2023, "official", 0, None),
        ("南园", 2024, "target", 1, None),
    ]
    (issue,) = draft.issues
    assert (issue.code, issue.row, issue.column) == ("bad-star", 5, "C")
