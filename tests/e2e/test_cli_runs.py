"""`evaluate`, `explain`, `verify`: stored runs, read again and checked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from zoneeval.policy.loader import load_policy
from zoneeval_db import operations


def test_evaluate_stores_a_run_over_all_zones(workspace: Path) -> None:
    words = ("evaluate", workspace, "--year", "2024", "--policy", "zhengzhou-2018")
    found = good(*words, "--json").document
    assert list(found["run"]) == ["id", "dataset", "year", "zones"]
    assert (found["run"]["id"], found["run"]["year"]) == (3, 2024)
    assert len(found["run"]["zones"]) == 3
    grades = [e["grade"] for e in found["enterprises"]]
    assert found["counts"] == {letter: grades.count(letter) for letter in "ABC"}
    assert found["policy"]["fingerprint"] == load_policy("zhengzhou-2018").fingerprint
    groups = {e["group"] for e in found["enterprises"] if e["participation"] == "evaluated"}
    assert groups == set(found["run"]["zones"])
    for entry in found["enterprises"]:
        assert entry["grade"] is not None or entry["reasons"]


def test_evaluate_one_zone(workspace: Path) -> None:
    whole = good("data", workspace, "--year", "2024", "--json").document["enterprises"]
    zone = whole[0]["zone"]
    words = ("evaluate", workspace, "--year", "2024", "--zone", zone, "--policy", "huangyan-2022")
    found = good(*words, "--json").document
    assert found["run"]["zones"] == [zone]
    assert len(found["enterprises"]) == sum(e["zone"] == zone for e in whole)
    assert "评价已存入" in good(*words).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--year", "2011", "--policy", "zhengzhou-2018"], "没有 2011 年的企业数据"),
        (["--year", "2024", "--policy", "某办法"], "没有名为“某办法”的办法"),
        (["--year", "2024", "--policy", "zhengzhou-2018", "--zone", "某园"], "没有园区“某园”"),
        (["--year", "2024"], "缺少 --policy"),
    ],
)
def test_evaluate_refuses_and_changes_nothing(
    workspace: Path, words: list[str], sentence: str
) -> None:
    before = workspace.read_bytes()
    answer = refused("evaluate", workspace, *words, "--json")
    assert sentence in answer.err
    assert sentence in answer.document["error"]
    assert workspace.read_bytes() == before


def test_explain_is_a_tree_with_clauses_and_cells(demo_workspace: Path) -> None:
    stored = good("data", demo_workspace, "--year", "2024", "--json").document["enterprises"]
    uscc = next(e["uscc"] for e in stored if len(e["values"]) > 20)
    tree = good("explain", demo_workspace, uscc, "--json").document
    assert list(tree) == ["label", "value", "unit", "clause", "source", "children"]
    nodes, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        waiting.extend(node["children"])
    assert any(".xlsx" in node["source"] for node in nodes)
    assert any("示意" in node["clause"] for node in nodes)
    assert "综合得分" in good("explain", demo_workspace, uscc.lower()).out
    earlier = good("explain", demo_workspace, uscc, "--run", "1", "--json").document
    assert earlier != tree


def test_explain_refuses_who_is_not_there(demo_workspace: Path, empty_workspace: Path) -> None:
    assert "没有" in refused("explain", demo_workspace, "91419900MA0000000X").err
    assert "没有编号为 99" in refused("explain", demo_workspace, "X", "--run", "99").err
    assert "还没有" in refused("explain", empty_workspace, "X", "--json").document["error"]


def test_verify_finds_every_run_unchanged(demo_workspace: Path, empty_workspace: Path) -> None:
    before = demo_workspace.read_bytes()
    found = good("verify", demo_workspace, "--json").document
    assert found == {"runs": [{"id": i, "ok": True, "differences": []} for i in (1, 2)]}
    assert "2 次完全一致" in good("verify", demo_workspace).out
    assert demo_workspace.read_bytes() == before
    assert good("verify", empty_workspace, "--json").document == {"runs": []}


def test_verify_fails_after_one_value_was_altered(workspace: Path) -> None:
    conn = sqlite3.connect(workspace)
    with conn:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (name,) in conn.execute(guards, ("dataset_value",)).fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        changed = conn.execute(
            "UPDATE dataset_value SET number = number + 0.01 WHERE field = 'tax_paid'"
            " AND dataset_id = (SELECT max(dataset_id) FROM run) AND uscc ="
            " (SELECT min(uscc) FROM dataset_value WHERE field = 'tax_paid'"
            " AND dataset_id = (SELECT max(dataset_id) FROM run))"
        ).rowcount
    conn.close()
    assert changed == 1
    answer = refused("verify", workspace, "--json")
    last = answer.document["runs"][-1]
    assert not last["ok"]
    assert last["differences"]
    assert last["differences"][0] in answer.err
    assert "重新计算后" in refused("verify", workspace).err


def test_a_workspace_open_elsewhere_can_be_read_but_not_changed(workspace: Path) -> None:
    with operations.open_workspace(workspace):
        good("data", workspace, "--year", "2024")
        good("verify", workspace)
        words = ("evaluate", workspace, "--year", "2024", "--policy", "zhengzhou-2018")
        assert "打开" in refused(*words, "--json").document["error"]
    good(*words)
