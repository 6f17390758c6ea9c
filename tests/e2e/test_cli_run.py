"""The procedure of a run through the command line, from trial to publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.helpers.command import good, refused


def state(workspace: Path, *more: object) -> dict[str, Any]:
    """Return what `run status` says."""
    document = good("run", "status", workspace, *more, "--json").document
    assert isinstance(document, dict)
    return document


@pytest.fixture
def evaluated(workspace: Path) -> Path:
    """Return a workspace whose newest run is of the newest year and all zones."""
    newest = good("run", "list", workspace, "--json").document[0]
    year, policy = newest["run"]["year"], newest["run"]["policy"]
    good("evaluate", workspace, "--year", year, "--policy", policy, "--json")
    return workspace


def in_class(workspace: Path, letter: str) -> dict[str, str]:
    """Return zone by code of the newest run's enterprises in a class."""
    out = workspace.parent / "完整.xlsx"
    good("run", "full", workspace, "-o", out)
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(out)["完整名单"].iter_rows()]
    at = next(i for i, row in enumerate(rows) if row[0] == "序号")
    columns = {name: i for i, name in enumerate(rows[at])}
    return {
        row[columns["统一社会信用代码"]]: row[columns["园区"]]
        for row in rows[at + 1 :]
        if row[columns["最终类别"]] == letter
    }


def test_a_run_goes_from_trial_to_publication(evaluated: Path, tmp_path: Path) -> None:
    first = state(evaluated)
    assert (first["status"], first["next"], first["publicity"]["from"]) == (
        "trial", "publicity", None,
    )  # fmt: skip
    run = first["run"]["id"]
    lowest = list(in_class(evaluated, "C"))
    answer = good("run", "publicity", evaluated, "--on", "2025-06-02", "--days", 5, "--json")
    assert "只按周末计算" in answer.err
    assert answer.document["publicity"] == {
        "from": "2025-06-02", "days": 5, "until": "2025-06-06", "document": None,
    }  # fmt: skip
    for code in lowest[:2]:
        good("run", "objection", "add", evaluated, code, "--subject", "tax_paid",
             "--content", "税收少计", "--claimed", "9000", "--on", "2025-06-03")  # fmt: skip
    decided = good(
        "run", "objection", "decide", evaluated, 1, "采纳", "--by", "评价办",
        "--on", "2025-06-05", "--document", "答复〔示意〕1号", "--json",
    ).document  # fmt: skip
    assert decided["run"]["id"] == run + 1
    assert decided["objection"]["new_run_id"] == run + 1
    moved = {one["uscc"]: one for one in decided["changed"]}
    assert moved[lowest[0]]["before"] == "C"
    told = good("run", "objection", "decide", evaluated, 2, "refused", "--by", "评价办",
                "--on", "2025-06-05", "--answer", "与完税证明不符").out  # fmt: skip
    assert "第 2 号异议：不采纳。" in told
    listed = good("run", "objection", "list", evaluated, "--json").document
    assert [one["decision"] for one in listed] == ["accepted", "refused"]
    good("run", "override", "set", evaluated, lowest[1], "B", "--reason", "核查",
         "--document", "纪要〔示意〕1号", "--approver", "市政府", "--on", "2025-06-06")  # fmt: skip
    (by_hand,) = good("run", "override", "list", evaluated, "--json").document
    assert (by_hand["uscc"], by_hand["grade_by_rules"], by_hand["grade"]) == (lowest[1], "C", "B")
    good("run", "review", evaluated, "--on", "2025-06-09")
    late = good("run", "objection", "add", evaluated, lowest[1], "--subject", "类别",
                "--content", "有出入", "--on", "2025-06-09", "--json")  # fmt: skip
    assert "公示已于 2025-06-06 截止" in late.err
    good("undo", evaluated)
    refused("run", "publish", evaluated, "--on", "2025-06-10")
    good("run", "recognise", evaluated, "--on", "2025-06-10", "--document", "认定〔示意〕1号")
    good("run", "publish", evaluated, "--on", "2025-06-11", "--document", "公告〔示意〕1号")
    last = state(evaluated)
    assert (last["run"]["id"], last["status"], last["locked"], last["next"]) == (
        run + 1, "published", True, None,
    )  # fmt: skip
    assert state(evaluated, "--run", run)["replaced_by"] == run + 1
    assert "锁定" in refused("run", "override", "remove", evaluated, lowest[1]).err
    out = tmp_path / "公示表.xlsx"
    good("run", "public", evaluated, "--show", "rank", "-o", out)
    assert out.exists()
    shown = good("run", "list", evaluated).out
    assert "发布" in shown
    assert f"因采纳异议由第 {run + 1} 次评价接续" in shown
    assert all(one["ok"] for one in good("verify", evaluated, "--json").document["runs"])
    made = good("run", "supersede", evaluated, "--run", run + 1, "--reason", "审计更正", "--json")
    assert (made.document["supersedes"], made.document["status"]) == (run + 1, "trial")
    assert "有 1 户人工调整，没有带到新的评价" in made.err


def test_holidays_go_in_and_out(empty_workspace: Path, tmp_path: Path) -> None:
    assert "只按周末计算" in good("run", "holidays", "list", empty_workspace).out
    good("run", "holidays", "set", empty_workspace, "off", "2025-06-02", "--name", "示意")
    out = tmp_path / "节假日.xlsx"
    good("run", "holidays", "export", empty_workspace, "-o", out)
    good("run", "holidays", "remove", empty_workspace, "2025-06-02")
    good("run", "holidays", "import", empty_workspace, out)
    (day,) = good("run", "holidays", "list", empty_workspace, "--json").document
    assert day == {"day": "2025-06-02", "kind": "off", "name": "示意", "document": None}


@pytest.mark.parametrize(
    "words",
    [
        ("publicity", "--on", "2025-06-02"),
        ("publicity", "--on", "六月", "--days", "5"),
        ("publicity", "--days", "0"),
        ("objection", "decide", 99, "accepted", "--by", "办"),
        ("objection", "decide", 1, "也许", "--by", "办"),
        ("holidays", "set", "也许", "2025-06-02"),
        ("supersede", "--run", 1, "--reason", "有误"),
        ("status", "--run", 99),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    demo_workspace: Path, tmp_path: Path, words: tuple[object, ...]
) -> None:
    before = demo_workspace.read_bytes()
    at = 2 if words[0] in ("objection", "holidays") else 1
    told = refused("run", *words[:at], demo_workspace, *words[at:]).err
    assert "评价编号" not in told
    assert demo_workspace.read_bytes() == before
