"""Own star ladders: versions, drafts and confirmation, rating with them, trying a text."""

from __future__ import annotations

import pytest

from zoneeval.errors import InputError, PolicyError
from zoneeval.policy.ladder_editing import copy_ladder, new_ladder, set_cell
from zoneeval.policy.loader import load_ladder
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

SIX = "illustrative-six-stars"


@pytest.fixture
def text() -> str:
    return new_ladder("own-2025", "考核晋级标准", "试〔2025〕1号", 2025, levels=3)


def test_versions_are_drafts_until_confirmed(empty: Workspace, text: str) -> None:
    ws = empty
    first = operations.save_ladder(ws, text, "照文件填写")
    assert operations.save_ladder(ws, text) == first
    assert "尚未确认的草稿" in operations.rate_zones(ws, 2024, "own-2025").warnings[-1]
    made = operations.confirm_ladder(ws, "own-2025", "试〔2025〕1号")
    assert made.ref == "own-2025@1"
    assert operations.confirmed_ladders(ws) == {"own-2025@1": made}
    assert not any(
        "草稿" in words for words in operations.rate_zones(ws, 2024, "own-2025").warnings
    )
    other = set_cell(text, ("criteria", 0, "thresholds"), 1, 50_000.0)
    assert operations.save_ladder(ws, other).version == 2
    assert "第 2 版" in operations.rate_zones(ws, 2024, "own-2025").warnings[-1]
    assert operations.find_ladder(ws, "own-2025@1").text == text
    assert next(ladder.id for ladder in operations.ladders(ws)) == "own-2025"
    assert operations.undo(ws).label == "保存星级阶梯：考核晋级标准（第 2 版）"
    operations.undo(ws)
    assert operations.confirmed_ladders(ws) == {}
    operations.delete_ladder(ws, "own-2025")
    assert operations.own_ladders(ws) == []
    operations.undo(ws)
    assert operations.find_ladder(ws, "own-2025").text == text


def test_what_cannot_be_saved_or_confirmed(empty: Workspace, text: str) -> None:
    ws = empty
    with pytest.raises(PolicyError, match="自带阶梯的编号"):
        operations.save_ladder(ws, load_ladder(SIX).text)
    falling = set_cell(text, ("criteria", 0, "thresholds"), 0, 9.0)
    falling = set_cell(falling, ("criteria", 0, "thresholds"), 1, 3.0)
    with pytest.raises(PolicyError, match="门槛值没有逐级提高"):
        operations.save_ladder(ws, falling)
    with pytest.raises(InputError, match="还没有"):
        operations.confirm_ladder(ws, "own-2025", "某文件")
    operations.save_ladder(ws, copy_ladder(load_ladder(SIX).text, "own-six", "抄来的", "", 2025))
    with pytest.raises(InputError, match="7 处示意数值"):
        operations.confirm_ladder(ws, "own-six", "某文件")
    operations.save_ladder(ws, text)
    with pytest.raises(InputError, match="没有写明依据文件"):
        operations.confirm_ladder(ws, "own-2025", " ")
    with pytest.raises(PolicyError, match="没有这一版"):
        operations.find_ladder(ws, "own-2025@9")
    with pytest.raises(InputError, match="已有的：own-2025@1、own-six@1"):
        operations.delete_ladder(ws, "other")


def test_the_effect_of_another_wording(empty: Workspace, text: str) -> None:
    ws = empty
    operations.enter_zone_value(ws, "甲园", 2024, "above_scale_value_added", 6, "亿元")
    operations.enter_zone_value(ws, "乙园", 2024, "above_scale_value_added", 1, "亿元")
    filled = text
    for level, figure in enumerate((10_000.0, 50_000.0, 90_000.0)):
        filled = set_cell(filled, ("criteria", 0, "thresholds"), level, figure)
    first, second = operations.ladder_effect(ws, text, filled, 2024)
    assert (first.zone, first.after, second.after) == ("甲园", "一星", "门槛")
    assert first.changed
    assert not any(e.changed for e in operations.ladder_effect(ws, filled, filled, 2024))
    with pytest.raises(PolicyError):
        operations.ladder_effect(ws, text, "levels = ", 2024)
    assert operations.ladder_effect(ws, "levels = ", filled, 2024)[0].before is None
