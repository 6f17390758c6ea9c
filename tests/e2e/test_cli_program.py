"""The program as such: help, version, exit codes, encodings, pipes, what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import ROOT, good, process, refused, zoneeval
from zoneeval import __version__
from zoneeval_cli.main import main
from zoneeval_cli.output import number, plain, width
from zoneeval_db import operations

COMMANDS = (
    "demo", "new", "import", "inspect", "mapping", "factors", "data", "enterprise", "alias",
    "succession", "merge", "score", "evaluate", "explain", "distance", "whatif", "robustness",
    "compare", "indicators", "zone", "stars", "ladder", "gap", "star", "target", "bulletin",
    "ledger", "self-assessment", "export", "template",
    "participation", "run", "exit", "asset", "effects", "measures", "list", "document", "notice",
    "policy", "settings", "history", "undo", "verify",
)  # fmt: skip


def test_help_is_chinese_and_names_every_command() -> None:
    text = good("--help").out
    assert text.startswith("用法：zoneeval")
    assert tuple(main.commands) == COMMANDS
    assert all(command in text for command in COMMANDS)
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in text


@pytest.mark.parametrize("command", [*COMMANDS, "policy list", "policy show", "policy check"])
def test_every_command_has_help(command: str) -> None:
    text = good(*command.split(), "--help").out
    assert text.startswith(f"用法：zoneeval {command}")
    assert "Show this" not in text
    assert "[required]" not in text


def test_version() -> None:
    assert good("--version").out == f"zoneeval {__version__}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["gaps"], "没有“gaps”这个命令"),
        (["exit", "lists"], "没有“lists”这个命令"),
        (["policy"], "还要写明具体命令"),
        (["policy", "write"], "没有“write”这个命令"),
        (["data"], "缺少 FILE.zoneeval"),
        (["data", "a", "b", "--year", "2024"], "多出了不认识的内容“b”"),
        (["verify", "a", "--jsn"], "是否想用 --json"),
        (["verify", ""], "是空的"),
        (["explain", "a", "b", "--run", "新"], "不是评价编号"),
        (["new", "--json=1", "a"], "--json"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(words: list[str], sentence: str) -> None:
    answer = refused(*words)
    assert sentence in answer.err
    assert "--help" in answer.err
    assert answer.out == ""


def test_a_wrong_command_line_with_json_is_one_document() -> None:
    found = refused("gap", "a", "--json").document
    assert "gap" in found["error"]
    assert found["issues"] == []


def test_our_fault_is_a_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demo_workspace: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("某处出了意外")

    monkeypatch.setattr(operations, "verify", broken)
    monkeypatch.setattr("zoneeval_ui.logs.log_folder", lambda: tmp_path / "日志")
    answer = zoneeval("verify", demo_workspace, "--json")
    assert answer.code == 1
    assert "Traceback" not in answer.err + answer.out
    (report,) = (tmp_path / "日志").iterdir()
    assert str(report) in answer.err
    assert answer.document["report"] == str(report)
    text = report.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "某处出了意外" in text


def test_stopping_is_quiet(monkeypatch: pytest.MonkeyPatch, demo_workspace: Path) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(operations, "verify", stopped)
    answer = zoneeval("verify", demo_workspace)
    assert answer.code == 130
    assert "已停止" in answer.err


def test_a_refused_file_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, demo_workspace: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "盘.xlsx")

    monkeypatch.setattr(operations, "verify", full)
    assert "“盘.xlsx”：磁盘空间已满" in refused("verify", demo_workspace).err


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf8_in_every_locale(demo_workspace: Path, locale: str) -> None:
    extra = {"LANG": locale, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = process("data", demo_workspace, "--year", "2024", "--json", **extra)
    assert done.returncode == 0, done.stderr
    assert "示例市" in json.loads(done.stdout.decode("utf-8"))["enterprises"][0]["name"]
    assert done.stderr == b""
    refusal = process("data", demo_workspace, "--year", "2001", **extra)
    assert refusal.returncode == 2
    assert "没有 2001 年" in refusal.stderr.decode("utf-8")


def test_the_whole_job_as_processes(tmp_path: Path) -> None:
    demo = process("demo", "--out", tmp_path, "--no-window")
    assert demo.returncode == 0, demo.stderr
    assert demo.stderr == b""
    (workspace,) = tmp_path.glob("*.zoneeval")
    checked = process("verify", workspace, "--json")
    assert checked.returncode == 0
    assert [run["ok"] for run in json.loads(checked.stdout)["runs"]] == [True, True]


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX pipe")
def test_a_reader_that_stops_reading_is_no_error(demo_workspace: Path) -> None:
    roots = os.pathsep.join(str(ROOT / name) for name in (".", "db", "ui"))
    words = [sys.executable, "-m", "zoneeval_cli", "data", str(demo_workspace)]
    running = subprocess.Popen(
        [*words, "--year", "2024", "--json"],
        env={**os.environ, "PYTHONPATH": roots},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    with running:
        running.stdout.read(1)
        running.stdout.close()
        err = running.stderr.read()
    assert err == b""
    assert running.returncode == 0


def test_starting_imports_neither_qt_nor_pandas() -> None:
    program = (
        "import sys, zoneeval_cli.main; print(*sorted({'PySide6', 'pandas', 'numpy', 'openpyxl',"
        " 'sqlite3', 'pydantic'} & set(sys.modules)))"
    )
    roots = os.pathsep.join(str(ROOT / name) for name in (".", "db", "ui"))
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": roots},
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_missing_is_null_and_numbers_are_plain() -> None:
    import numpy as np

    given = {"a": float("nan"), "b": np.float64(1.5), "c": (np.int64(2), None), "d": True}
    assert plain(given) == {"a": None, "b": 1.5, "c": [2, None], "d": True}
    assert plain(np.float64("nan")) is None
    assert (number(None), number(float("nan")), number(0.0)) == ("—", "—", "0")
    assert number(1234.5) == "1,234.5"
    assert width("A类") == 3
