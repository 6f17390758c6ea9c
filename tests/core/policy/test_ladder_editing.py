"""Editing a star ladder's text, and saying what is different between two."""

from __future__ import annotations

import pytest

from zoneeval.errors import PolicyError
from zoneeval.policy import ladder_editing as editing
from zoneeval.policy.ladder_difference import ladder_differences
from zoneeval.policy.loader import check_policy, list_ladders, load_ladder, parse_ladder


@pytest.fixture
def text() -> str:
    return editing.new_ladder("own-1", "省里的标准", "豫政〔2026〕1号", 2026)


def texts(before: str, after: str) -> list[str]:
    return [found.text for found in ladder_differences(parse_ladder(before), parse_ladder(after))]


def test_a_new_ladder_knows_nothing_and_is_sound(text: str) -> None:
    ladder = parse_ladder(text)
    assert ladder.criteria[0].thresholds == ("unknown",) * 7
    assert ladder.clause(ladder.criteria[0].cite) == "《省里的标准》（豫政〔2026〕1号）"
    assert ladder.combine_assumed


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("", ""),
        ("  ", ""),
        ("未知", "unknown"),
        ("?", "unknown"),
        ("1,200.5", 1200.5),
        ("3.5%", 3.5),
    ],
)
def test_what_may_be_typed_into_a_cell(typed: str, cell: object) -> None:
    assert editing.read_cell(typed) == cell


def test_shares_are_typed_as_per_cent() -> None:
    assert editing.read_cell("3.5", times=100) == 0.035
    assert editing.cell_words(0.035, times=100) == "3.5"
    assert editing.cell_words("unknown") == "未知"
    with pytest.raises(PolicyError, match="不是数字"):
        editing.read_cell("很多")


def test_cells_levels_and_criteria(text: str) -> None:
    more = editing.set_cell(text, ("criteria", 0, "thresholds"), 1, 50_000.0)
    more = editing.add_criterion(more, "rd_intensity")
    assert check_policy(more) == []
    assert texts(text, more) == [
        "规上工业增加值，一星：未知→50000 万元",
        "增加指标“R&D投入强度”："
        + "，".join(
            f"{level} 未知" for level in ["门槛", "一星", "二星", "三星", "四星", "五星", "六星"]
        ),
    ]
    fewer = editing.set_levels(more, 3)
    assert [len(c.thresholds) for c in parse_ladder(fewer).criteria] == [3, 3]
    assert "级数（含门槛）：7→3" in texts(more, fewer)
    with pytest.raises(PolicyError, match="2 到 10"):
        editing.set_levels(text, 1)


def test_a_composite_is_begun_and_ended(text: str) -> None:
    scored = editing.add_item(text)
    scored = editing.set_group(scored, ("composite", "items", 0), "规模")
    scored = editing.set_composite(scored, "decimals", 2)
    scored = editing.set_score_cell(scored, "cutoffs", 2, 60.0)
    ladder = parse_ladder(scored)
    assert ladder.composite is not None
    assert ladder.composite.groups == {"规模": "规模"}
    assert ladder.composite.levels is not None
    assert ladder.composite.levels.cutoffs == ("", "", 60.0, "", "", "", "")
    assert ladder.composite.decimals == 2
    assert any(words.startswith("增加计分项目“税收收入”") for words in texts(text, scored))
    empty = editing.set_score_cell(scored, "cutoffs", 2, "")
    composite = parse_ladder(empty).composite
    assert composite is not None
    assert composite.levels is None
    assert parse_ladder(editing.remove_item(scored, 0)).composite is None


def test_headings_without_items_go(text: str) -> None:
    scored = editing.set_group(editing.add_item(text), ("composite", "items", 0), "规模")
    moved = parse_ladder(editing.set_group(scored, ("composite", "items", 0), "效益")).composite
    assert moved is not None
    assert list(moved.groups) == ["效益"]


def test_settings_of_a_score_stand_before_its_items() -> None:
    text = """schema = 1
id = "own-1"
title = "t"
status = "illustrative"
levels = 2
[[composite.items]]
id = "a"
indicator = "tax_revenue"
unit = "万元"
weight = 100
method = "ratio_to_best"
illustrative = true
"""
    made = parse_ladder(editing.set_composite(text, "factor", 1.2)).composite
    assert made is not None
    assert made.factor == 1.2


def test_sources_are_chosen_and_ids_are_free(text: str) -> None:
    marked = editing.set_cite(text, ("criteria", 0), "")
    assert parse_ladder(marked).criteria[0].illustrative
    assert texts(text, marked) == []
    assert (
        parse_ladder(editing.set_cite(marked, ("criteria", 0), "own-1")).criteria[0].cite == "own-1"
    )
    rule = {"id": "x-4", "label": "末位", "bottom": 1, "times": 2, "of": 2, "consequence": "约谈"}
    listed = editing.append(text, ("years_rules",), rule, sourced=True)
    assert editing.free_id(listed, ("years_rules",), "x") == "x-5"
    assert editing.free_id(text, ("years_rules",), "x") == "x-1"


@pytest.mark.parametrize("ladder", list_ladders(), ids=lambda one: one.id)
def test_every_shipped_ladder_can_be_copied(ladder: object) -> None:
    shipped = load_ladder(ladder.id)  # type: ignore[attr-defined]
    made = parse_ladder(editing.copy_ladder(shipped.text, "own-copy", "抄本", "", 2026, 2026))
    assert made.status.value != "verified"
    assert made.criteria == shipped.criteria
    heads = {words.partition("：")[0] for words in texts(shipped.text, made.text)}
    assert heads <= {"名称", "从哪一年度起", "到哪一年度止", "文号"}
