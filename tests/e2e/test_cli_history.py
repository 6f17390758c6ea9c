"""`history` and `undo`: the record as text and JSON, and one step back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.helpers.command import good, refused


def test_a_new_file_has_no_history(empty_workspace: Path) -> None:
    assert good("history", empty_workspace).out == "还没有操作记录。\n"
    assert good("history", empty_workspace, "--json").document == []
    assert "没有可以撤销的操作" in refused("undo", empty_workspace).err


def test_the_newest_step_is_taken_back(workspace: Path) -> None:
    before = good("history", workspace, "--json").document
    assert [one["kind"] for one in before] == ["import", "import", "evaluate", "evaluate"]
    assert [one["undoable"] for one in before] == [False, True, False, False]
    good("run", "holidays", "set", workspace, "off", "2025-06-02", "--name", "示意")
    text = good("history", workspace).out
    assert text.splitlines()[-1].endswith("可以撤销")
    stored = good("history", workspace, "--json").document[-1]["at"]
    assert f"{datetime.fromisoformat(stored).astimezone():%Y-%m-%d %H:%M:%S}" in text
    assert stored not in text
    done = good("undo", workspace, "--json").document
    *_, deed, undone = good("history", workspace, "--json").document
    assert (deed["id"], deed["label"], deed["undone"]) == (done["id"], done["label"], True)
    assert (undone["undoes"], undone["label"]) == (deed["id"], f"撤销：{deed['label']}")
    assert good("run", "holidays", "list", workspace, "--json").document == []
    assert good("undo", workspace).out.startswith("已撤销：导入")


def test_what_is_published_stays(workspace: Path) -> None:
    good("run", "publicity", workspace, "--on", "2025-06-02", "--days", 5)
    good("run", "review", workspace, "--on", "2025-06-09")
    good("run", "recognise", workspace, "--on", "2025-06-12", "--document", "认定〔示意〕1号")
    assert "不能撤销" not in good("history", workspace).out
    good("run", "publish", workspace, "--on", "2025-06-13")
    assert "不能撤销" in good("history", workspace).out
    file = workspace.read_bytes()
    assert "已经发布" in refused("undo", workspace).err
    assert workspace.read_bytes() == file
    good("run", "holidays", "set", workspace, "off", "2025-10-01")
    assert "不能撤销" not in good("history", workspace).out
    good("undo", workspace)
    refused("undo", workspace)
