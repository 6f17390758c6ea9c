"""What the check of a ladder says of the mistakes that come easily, all of them at once."""

from __future__ import annotations

from zoneeval.policy.loader import check_ladder

HEAD = """schema = 1
id = "example"
title = "示例"
status = "illustrative"
levels = 3
"""


def _said(rest: str) -> dict[str, str]:
    return {fault.key: fault.sentence for fault in check_ladder(HEAD + rest)}


def test_a_word_for_a_threshold_is_one_fault_beside_the_others() -> None:
    said = _said(
        """[[criteria]]
indicator = "税收收入"
unit = "亿元"
thresholds = [1, "未知", 3]
illustrative = true
[[criteria]]
indicator = "energy_per_value_added"
unit = "万元"
thresholds = [2, 1, 0.5]
direction = "cost"
illustrative = true
"""
    )
    assert set(said) == {"criteria[1].thresholds[2]", "criteria[1].indicator", "criteria[2].unit"}
    assert said["criteria[1].thresholds[2]"] == (
        '第 9 行 criteria[1].thresholds[2]：应当是数字（不带引号）或 ""、"unknown"；'
        '改成其中一种；没有要求写 ""，没有见到写 "unknown"'
    )
    assert "是不是 tax_revenue（税收收入）？" in said["criteria[1].indicator"]


def test_a_misspelt_section_is_found_on_its_line() -> None:
    said = _said('[[criterion]]\nindicator = "tax_revenue"\nunit = "亿元"\nthresholds = [1, 2]\n')
    assert said["criterion"].startswith(
        "第 6 行 criterion：不认识“criterion”这一项；是不是 criteria"
    )


def test_how_many_bands_there_must_be() -> None:
    said = _said(
        """[composite]
[[composite.items]]
id = "a"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
method = { kind = "bands", includes = "from", bands = [{ to = 1, score = 1 }] }
illustrative = true
"""
    )
    assert "至少要有 2 项" in said["composite.items[1].method.bands"]
