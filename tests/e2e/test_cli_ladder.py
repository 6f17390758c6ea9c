"""`ladder …`: own star ladders from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from zoneeval.policy.ladder_editing import copy_ladder, new_ladder, set_cell
from zoneeval.policy.loader import load_ladder

SIX = "illustrative-six-stars"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "阶梯.toml"
    path.write_text(new_ladder("own-2025", "晋级标准", "试〔2025〕1号", 2025), encoding="utf-8")
    return path


def test_saved_confirmed_listed_and_deleted(empty_workspace: Path, file: Path) -> None:
    ws = empty_workspace
    assert good("ladder", "check", file).out.endswith("没有问题，可以使用。\n")
    assert "草稿" in good("ladder", "save", file, "--into", ws).out
    listed = good("ladder", "list", "--workspace", ws, "--json").document
    assert (listed[0]["id"], listed[0]["version"], listed[0]["confirmed"]) == ("own-2025", 1, False)
    figure = ("zone", "set", ws, "演示园区", "above_scale_value_added", "5")
    good(*figure, "--period", "2024", "--unit", "亿元")
    stars = good("stars", ws, "--year", "2024", "--ladder", "own-2025", "--json").document
    assert "草稿" in stars["warnings"][-1]
    made = good(
        *("ladder", "confirm", "own-2025", "--from", ws, "--document", "试〔2025〕1号", "--json")
    ).document
    assert (made["ref"], made["document"]) == ("own-2025@1", "试〔2025〕1号")
    assert "第 1 版，已确认" in good("ladder", "list", "--workspace", ws).out
    shown = good("ladder", "show", "own-2025@1", "--workspace", ws, "--json").document
    assert shown["title"] == "晋级标准"
    good("ladder", "delete", "own-2025", "--from", ws)
    assert "已有的：还没有" in refused("ladder", "delete", "own-2025", "--from", ws).err


def test_differences_in_sentences(empty_workspace: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一版.toml"
    text = file.read_text(encoding="utf-8")
    changed = set_cell(text, ("criteria", 0, "thresholds"), 1, 5.0)
    other.write_text(changed, encoding="utf-8")
    found = good("ladder", "diff", file, other, "--json").document["differences"]
    assert found == [{"part": "各级门槛", "text": "规上工业增加值，一星：未知→5 万元"}]
    assert good("ladder", "diff", file, file).out == "两个阶梯的规定相同。\n"
    assert "各级门槛" in good("ladder", "diff", SIX, "henan-service-zones-2016").out


def test_faults_are_told(empty_workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "错.toml"
    text = load_ladder(SIX).text.replace("[2, 5, 12, 30, 60, 80, 100]", "[2, 5]")
    path.write_text(text, encoding="utf-8")
    answer = refused("ladder", "check", path)
    assert "有 2 个门槛值，而阶梯有 7 级" in answer.err
    assert (
        "自带阶梯" in refused("ladder", "save", _shipped(tmp_path), "--into", empty_workspace).err
    )
    copied = tmp_path / "抄.toml"
    copied.write_text(copy_ladder(load_ladder(SIX).text, "a", "抄", "", 2025), encoding="utf-8")
    good("ladder", "save", copied, "--into", empty_workspace, "--note", "初稿")
    confirm = ("ladder", "confirm", "a", "--from", empty_workspace, "--document", "某文件")
    assert "示意数值" in refused(*confirm).err
    assert "找不到" in refused("ladder", "check", tmp_path / "无.toml").err


def _shipped(folder: Path) -> Path:
    path = folder / "自带.toml"
    path.write_text(load_ladder(SIX).text, encoding="utf-8")
    return path
