"""`policy`: the shipped packs, their text, and every fault of a file with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from zoneeval.policy.editing import copy_policy, set_weight
from zoneeval.policy.loader import load_policy

PACKS = ["anyang-2018", "huaian-2024", "huangyan-2022", "zhengzhou-2018"]


def test_list() -> None:
    found = good("policy", "list", "--json").document
    assert [policy["id"] for policy in found] == PACKS
    assert list(found[0]) == ["id", "title", "issuer", "number", "year", "status", "missing"]
    text = good("policy", "list").out
    assert all(pack in text for pack in PACKS)


@pytest.mark.parametrize("pack", PACKS)
def test_show_gives_the_text_itself(pack: str, tmp_path: Path) -> None:
    policy = load_policy(pack)
    text = good("policy", "show", pack).out
    assert text.rstrip("\n") == policy.text.rstrip("\n")
    found = good("policy", "show", pack, "--json").document
    assert found["id"] == pack
    assert found["fingerprint"] == policy.fingerprint
    file = tmp_path / "办法.toml"
    file.write_text(text, encoding="utf-8")
    assert good("policy", "check", file, "--json").document == {"ok": True, "faults": []}
    assert "没有问题" in good("policy", "check", file).out


def test_show_refuses_what_is_not_there() -> None:
    assert "没有名为" in refused("policy", "show", "某办法", "--json").document["error"]


def test_check_lists_every_fault_with_its_line(tmp_path: Path) -> None:
    text = load_policy("zhengzhou-2018").text
    lines = text.splitlines()
    weight = next(i for i, line in enumerate(lines) if line.startswith("weight"))
    lines[weight] = 'weight = "很多"'
    lines.insert(1, "unknown_key = 1")
    file = tmp_path / "办法.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = refused("policy", "check", file, "--json")
    found = answer.document
    assert found["ok"] is False
    assert list(found["faults"][0]) == ["key", "line", "message", "suggestion"]
    assert {2, weight + 2} <= {fault["line"] for fault in found["faults"]}
    assert f"第 {weight + 2} 行" in answer.err
    assert f"第 {weight + 2} 行" in refused("policy", "check", file).err


def test_check_refuses_what_is_no_text(tmp_path: Path) -> None:
    assert "找不到" in refused("policy", "check", tmp_path / "没有.toml").err
    assert "不能读取" in refused("policy", "check", tmp_path).err
    file = tmp_path / "办法.toml"
    file.write_bytes("办法".encode("gb18030"))
    document = refused("policy", "check", file, "--json").document
    assert document["ok"] is False
    assert "UTF-8" in document["faults"][0]["message"]
    file.write_text("a = = 1", encoding="utf-8")
    assert refused("policy", "check", file, "--json").document["faults"][0]["line"] == 1


def test_own_policies_are_saved_listed_compared_and_used(workspace: Path, tmp_path: Path) -> None:
    shipped = load_policy("zhengzhou-2018").text
    text = copy_policy(shipped, "own-2025", "本市办法", "", 2025, 2025)
    file = tmp_path / "办法.toml"
    file.write_text(set_weight(text, 0, 0, 18), encoding="utf-8")
    assert "还差 2" in refused("policy", "save", file, "--into", workspace).err
    text = set_weight(set_weight(text, 0, 0, 25), 0, 1, 15)
    file.write_text(text, encoding="utf-8")
    made = good("policy", "save", file, "--into", workspace, "--note", "初稿", "--json").document
    assert made == {"id": "own-2025", "version": 1, "title": "本市办法"}
    listed = good("policy", "list", "--workspace", workspace, "--json").document
    assert [policy["id"] for policy in listed] == ["own-2025", *PACKS]
    assert listed[0]["version"] == 1
    assert "第 1 版" in good("policy", "list", "--workspace", workspace).out
    shown = good("policy", "show", "own-2025@1", "--workspace", workspace).out
    assert shown.rstrip("\n") == text.rstrip("\n")
    names = ("zhengzhou-2018", "own-2025", "--workspace", workspace)
    found = good("policy", "diff", *names, "--json").document["differences"]
    assert {"part": "指标、权重和基准", "text": "亩均税收权重 20→25"} in found
    assert "亩均税收权重 20→25" in good("policy", "diff", "zhengzhou-2018", file).out
    assert "规定相同" in good("policy", "diff", file, file).out
    good("evaluate", workspace, "--year", "2024", "--policy", "own-2025")
    assert "已删除" in good("policy", "delete", "own-2025", "--from", workspace).out
    assert refused("evaluate", workspace, "--year", "2024", "--policy", "own-2025")
    assert good("verify", workspace)
