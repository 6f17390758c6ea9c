"""`distance`, `whatif`, `robustness`, `compare`: questions put to stored runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused


def one_in(workspace: Path, grade: str) -> str:
    words = ("robustness", workspace, "--draws", "1", "--weights", "0", "--inputs", "0", "--json")
    rows = good(*words).document["enterprises"]
    return next(str(row["uscc"]) for row in rows if row["grade"] == grade)


def test_distance_says_what_would_move_an_enterprise(demo_workspace: Path) -> None:
    uscc = one_in(demo_workspace, "C")
    found = good("distance", demo_workspace, uscc, "--json").document
    assert (found["grade"], found["better"]) == ("C", "B")
    first = found["up"][0]
    assert first["grade_after"] == "B"
    assert first["difference"] == pytest.approx(first["amount_after"] - first["amount"])
    text = good("distance", demo_workspace, uscc).out
    assert "怎样到 B 类" in text
    assert first["words"] in text
    assert "没有信用代码" in refused("distance", demo_workspace, "91410000NOBODY001X").err


def test_what_if_lists_settings_and_moves(workspace: Path) -> None:
    assert "tax_per_mu.weight" in good("whatif", workspace).out
    words = ("whatif", workspace, "--set", "tax_per_mu.weight=45", "--set", "A.share=22%")
    found = good(*words, "--save", "重税收", "--json").document
    assert found["scenario"]["set"] == {"tax_per_mu.weight": 45.0, "A.share": 0.22}
    assert found["weight_sums"] == [125.0]
    moved = {(m["before"], m["after"]) for m in found["moved"]}
    assert moved
    assert sum(found["moves"][a][b] for a, b in moved) == len(found["moved"])
    again = good("whatif", workspace, "--scenario", "重税收", "--json").document
    assert again["moved"] == found["moved"]
    assert again["scenarios"] == ["重税收"]
    left_out = good("whatif", workspace, "--without", "rd_intensity").out
    assert "户类别会变" in left_out
    assert "权重合计" not in left_out
    heavier = good("whatif", workspace, "--set", "tax_per_mu.weight=45").out
    assert "注意：权重合计 125，不是 100。" in heavier
    kept = good("whatif", workspace, "--set", "A.share=22%", "--save", "A类多").out
    assert kept.rstrip().endswith("已保存为方案“A类多”。")
    assert good("whatif", workspace, "--discard", "A类多").out.strip() == "已删除方案“A类多”。"
    gone = good("whatif", workspace, "--discard", "重税收", "--json").document
    assert gone["scenarios"] == []
    lifted = good("whatif", workspace, "--set", "tax_per_mu.floor=无", "--json").document
    assert lifted["scenario"]["set"] == {"tax_per_mu.floor": None}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--set", "tax_per_mu.weight"], "KEY=VALUE"),
        (["--set", "tax_per_mu.weight=很多"], "不是数字"),
        (["--set", "none.weight=1"], "没有设置"),
        (["--without", "none"], "没有指标"),
        (["--scenario", "没有的"], "没有保存过"),
        (["--save", "空"], "没有改动"),
    ],
)
def test_what_if_refuses_and_changes_nothing(
    workspace: Path, words: list[str], sentence: str
) -> None:
    before = workspace.read_bytes()
    answer = refused("whatif", workspace, *words, "--json")
    assert sentence in answer.err
    assert workspace.read_bytes() == before


def test_robustness_is_repeatable(demo_workspace: Path) -> None:
    words = ("robustness", demo_workspace, "--draws", "300", "--seed", "5")
    first, second = good(*words, "--json").document, good(*words, "--json").document
    assert first == second
    assert first["near"] == [e["uscc"] for e in first["enterprises"] if e["kept"] < 0.95]
    assert "保持率" in good(*words).out
    assert "变动幅度" in refused("robustness", demo_workspace, "--weights", "200%").err
    assert "不是整数" in refused("robustness", demo_workspace, "--draws", "-3").err


def test_compare_counts_moves_and_writes_a_workbook(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "比较.xlsx"
    found = good("compare", workspace, "1", "2", "-o", out, "--json").document
    assert out.is_file()
    assert (found["before"]["year"], found["after"]["year"]) == (2023, 2024)
    numbers = [n for line in found["moves"].values() for n in line.values()]
    assert sum(numbers) == len(found["enterprises"])
    directions = [e["direction"] for e in found["enterprises"]]
    assert found["risen"] == directions.count("上升")
    text = good("compare", workspace, "1", "2").out
    assert "两次年度不同" in text
    assert "变动最大的一项" in text
    assert "同一次" in refused("compare", workspace, "2", "2").err
    assert "没有编号为 99 的评价" in refused("compare", workspace, "1", "99").err
