"""`alias`, `succession`, `merge`: who is meant, what became of it, who counts as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book


@pytest.fixture
def town(empty_workspace: Path, tmp_path: Path) -> Path:
    rows = [DIRECTORY_HEADINGS, *(listed(n) for n in (1, 2, 3))]
    book = save_book(tmp_path / "名录.xlsx", {"名录": rows})
    good("import", book, "--into", empty_workspace, "--year", "2024")
    return empty_workspace


def test_a_doubtful_name_is_a_question_until_an_alias_answers_it(
    town: Path, tmp_path: Path
) -> None:
    rows = [["企业名称", "税收实际贡献（万元）"], ["样例1厂", 5]]
    book = save_book(tmp_path / "税.xlsx", {"税": rows})
    words = ("import", book, "--into", town, "--year", "2024", "--json")
    answer = refused(*words)
    (question,) = answer.document["questions"]
    assert question["proposals"][0]["uscc"] == code(1)
    assert "请确认" in answer.err
    made = good("alias", "add", town, "样例1厂", code(1), "--json").document
    assert (made["kind"], made["uscc"]) == ("name", code(1))
    assert good(*words).document["accepted"] == 1
    assert [a["alias"] for a in good("alias", "list", town, "--json").document["aliases"]] == [
        "样例1厂"
    ]
    assert "样例1厂" in good("alias", "list", town).out
    good("alias", "remove", town, "样例1厂")
    assert good("alias", "list", town, "--json").document == {"aliases": []}
    refused("alias", "remove", town, "样例1厂")
    refused("alias", "add", town, "样例1厂")
    none = good("alias", "add", town, "外地公司", "--none", "--json").document
    assert none["uscc"] is None


def test_successions(town: Path) -> None:
    made = good(
        "succession", "add", town, code(1), code(9), "--on", "2024-05-31", "--json"
    ).document  # fmt: skip
    assert (made["kind"], made["effective_on"]) == ("new_code", "2024-05-31")
    assert code(9) in good("succession", "list", town).out
    assert len(good("succession", "list", town, "--json").document["successions"]) == 1
    assert "循环" in refused("succession", "add", town, code(9), code(1)).err
    data = good("data", town, "--year", "2024", "--json").document
    assert code(9) in [e["uscc"] for e in data["enterprises"]]
    good("succession", "remove", town, code(1))
    assert good("succession", "list", town, "--json").document == {"successions": []}


def test_merged_evaluation(workspace: Path) -> None:
    data = good("data", workspace, "--year", "2024", "--json").document["enterprises"]
    zone = data[0]["zone"]
    lead, member, *_ = [e["uscc"] for e in data if e["zone"] == zone]
    away = next(e["uscc"] for e in data if e["zone"] != zone)
    assert "同一园区" in refused("merge", "add", workspace, lead, away, "--year", "2024").err
    good("merge", "add", workspace, lead, member, "--year", "2024", "--kind", "tenants")
    (group,) = good("merge", "list", workspace, "--year", "2024", "--json").document["groups"]
    assert group["lead"]["uscc"] == lead
    assert [m["uscc"] for m in group["members"]] == [member]
    run = good(
        "evaluate", workspace, "--year", "2024", "--policy", "zhengzhou-2018", "--json"
    ).document  # fmt: skip
    rows = {e["uscc"]: e for e in run["enterprises"]}
    assert rows[member]["participation"] == "exempt"
    assert "并入" in rows[member]["reasons"][0]
    assert rows[member]["grade"] == rows[lead]["grade"]
    assert all(r["ok"] for r in good("verify", workspace, "--json").document["runs"])
    assert "并入" in good("explain", workspace, member).out
    good("merge", "remove", workspace, lead, "--year", "2024")
    assert good("merge", "list", workspace, "--year", "2024", "--json").document["groups"] == []
