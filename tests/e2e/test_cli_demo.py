"""`demo` and the bare command: the summary, the files, and when the window opens."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from tests.helpers.command import Answer, good, refused
from tests.helpers.workbooks import Opened
from zoneeval_cli.window import has_display


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Put a stand-in for the window in its place; return what it was opened on."""
    calls: list[Path | None] = []

    def run_window(workspace: Path | None = None) -> int:
        calls.append(workspace)
        return 0

    stand_in = types.ModuleType("zoneeval_ui.application")
    stand_in.run_window = run_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "zoneeval_ui.application", stand_in)
    return calls


def test_the_summary_tells_what_was_done(demo_answer: Answer, demo_folder: Path) -> None:
    text = demo_answer.out
    for words in (
        "读入企业",
        "2023 年",
        "2024 年",
        "阻断 0 条",
        "A 类",
        "B 类",
        "C 类",
        "星（示意）",
    ):
        assert words in text
    assert "没有公布的权重等数值是“示意”" in text
    assert "接着看" in text
    written = [line.split("　")[-1] for line in text.splitlines() if str(demo_folder) in line]
    assert len(written) >= 6
    assert all(Path(path).is_file() for path in written)
    assert demo_answer.err == ""


def test_the_workbooks_open(demo_folder: Path, demo_answer: Answer) -> None:
    books = [p for p in demo_folder.rglob("*.xlsx") if "样例数据" not in p.parts]
    assert len(books) >= 5
    assert all(Opened(book).names for book in books)


def test_a_second_run_works_and_opens_the_window(
    tmp_path: Path, opened: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    good("demo", "--out", tmp_path)
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":99")
    good("demo", "--out", tmp_path, "--no-window")
    assert opened == []
    good("demo", "--out", tmp_path)
    (made,) = tmp_path.glob("*.zoneeval")
    assert opened == [made]


def test_the_bare_command_opens_the_window(
    opened: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert good().out == ""
    assert opened == [None]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_the_bare_command_says_so(
    opened: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert "没有图形界面" in refused().err
    assert opened == []


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_display() is expected


def test_a_machine_without_qt_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    for name in [name for name in sys.modules if name.startswith("zoneeval_ui")]:
        monkeypatch.delitem(sys.modules, name)
    assert "缺少图形界面所需的组件" in refused().err


def test_demo_into_what_is_no_folder(tmp_path: Path) -> None:
    blocker = tmp_path / "文件"
    blocker.write_text("", encoding="utf-8")
    refused("demo", "--out", blocker, "--no-window")
    assert "缺少 --out" in refused("demo").err
