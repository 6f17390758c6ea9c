"""`settings` and `import --repair`: limits of the checks, and repairs without questions."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.command import good, refused
from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book

TAX = ["统一社会信用代码", "税收实际贡献（万元）"]


def test_a_limit_is_set_and_shown(empty_workspace: Path) -> None:
    assert "20%" in good("settings", "set", "zone_total_share", "20%", empty_workspace).out
    shown = good("settings", "show", empty_workspace, "--json").document["thresholds"]
    assert shown["zone_total_share"]["value"] == 0.2
    assert shown["jump_factor"]["value"] == shown["jump_factor"]["default"]
    assert "zone_total_share" in good("settings", "show", empty_workspace).out
    before = empty_workspace.read_bytes()
    assert "整数" in refused("settings", "set", "least_peers", "8.5", empty_workspace).err
    assert "jump_factor" in refused("settings", "set", "sprung", "8", empty_workspace).err
    assert empty_workspace.read_bytes() == before


def test_repairs_are_made_only_when_asked_for(empty_workspace: Path, tmp_path: Path) -> None:
    book = save_book(
        tmp_path / "税务局.xlsx",
        {
            "名录": [DIRECTORY_HEADINGS, listed(1), listed(2)],
            "税收": [TAX, [code(1), "12.5万元（含税）"], [code(2), "#DIV/0!"]],
        },
    )
    words = ("import", book, "--into", empty_workspace, "--year", "2024")
    found = refused(*words, "--json").document
    kinds = {i["code"]: i["repair"]["kind"] for i in found["issues"] if i["repair"]}
    assert kinds == {"text-in-number": "read-number", "error-cell": "mark-missing"}
    assert found["repaired"] == []
    assert "--repair" in refused(*words).err
    assert "不是可以自动修正的问题" in refused(*words, "--repair", "bad-credit-code").err
    done = good(*words, "--repair", "text-in-number", "--repair", "error-cell", "--json").document
    assert done["committed"]
    assert [(r["kind"], r["row"]) for r in done["repaired"]] == [
        ("read-number", 2),
        ("mark-missing", 3),
    ]
    data = good("data", empty_workspace, "--year", "2024", "--json").document
    stored = {e["uscc"]: e["values"] for e in data["enterprises"]}
    assert stored[code(1)]["tax_paid"]["value"] == 12.5
    assert "tax_paid" not in stored[code(2)]
