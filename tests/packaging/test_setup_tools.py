"""What the set-up says where it may not install what is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
PYTHON = Path("python")
BROKEN = (None, "libGL.so.1: cannot open shared object file")


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    monkeypatch.syspath_prepend(str(TOOLS))
    monkeypatch.setattr(sys, "platform", "linux")
    import bootstrap
    import qt_system

    monkeypatch.setattr(qt_system, "_is_root", lambda: False)
    monkeypatch.setattr(qt_system.shutil, "which", lambda name: name)
    monkeypatch.setattr(qt_system, "_has_candidate", lambda name: True)
    return bootstrap, qt_system


def answers(monkeypatch: pytest.MonkeyPatch, module: ModuleType, *probes: Any) -> None:
    """Let Qt's start-up answer with these, one after the other."""
    queue = list(probes)
    monkeypatch.setattr(module, "_probe", lambda python, environment: queue.pop(0))


def test_missing_libraries_stop_with_the_one_command(
    tools: tuple[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, qt_system = tools
    answers(monkeypatch, qt_system, BROKEN, BROKEN)
    with pytest.raises(bootstrap.SetupError) as caught:
        qt_system.make_ready(PYTHON, {})
    assert "sudo apt-get install -y libgl1 libegl1" in str(caught.value)
    assert "libGL.so.1" in str(caught.value)


def test_a_missing_font_is_said_but_stops_nothing(
    tools: tuple[ModuleType, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, qt_system = tools
    answers(monkeypatch, qt_system, (0, ""), (0, ""))
    assert qt_system.make_ready(PYTHON, {}) is False
    assert "sudo apt-get install -y fonts-wqy-microhei" in capsys.readouterr().err


def test_nothing_missing_says_nothing(
    tools: tuple[ModuleType, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, qt_system = tools
    answers(monkeypatch, qt_system, (2, ""))
    assert qt_system.make_ready(PYTHON, {}) is True
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("could not connect to display :7", "连不上"),
        ("xcb-cursor0 or libxcb-cursor0 is needed", "sudo apt-get install -y libxcb-cursor0"),
    ],
)
def test_a_display_that_does_not_work_is_said(
    tools: tuple[ModuleType, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reason: str,
    sentence: str,
) -> None:
    _, qt_system = tools
    answers(monkeypatch, qt_system, (None, reason), (None, reason))
    assert qt_system.window_opens(PYTHON, {"DISPLAY": ":7"}) is False
    assert sentence in capsys.readouterr().err


def test_without_apt_the_packages_are_named(
    tools: tuple[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, qt_system = tools
    monkeypatch.setattr(qt_system.shutil, "which", lambda name: None)
    assert "sudo" not in qt_system.advice(["libgl1"])
    assert "libgl1" in qt_system.advice(["libgl1"])


def test_without_a_display_nothing_is_tried(
    tools: tuple[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, qt_system = tools
    answers(monkeypatch, qt_system)
    assert qt_system.window_opens(PYTHON, {}) is False


def test_an_old_python_gets_a_sentence(
    tools: tuple[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, _ = tools
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(bootstrap.SetupError, match=r"3\.11 或更高版本，当前的 python3 是 3\.9"):
        bootstrap.prepare(dev=False)


def test_a_changed_lock_is_installed_again(
    tools: tuple[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bootstrap, _ = tools
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    for name in bootstrap.INPUTS:
        (tmp_path / name).write_text(name, encoding="utf-8")
    before = bootstrap._fingerprint()
    assert bootstrap._fingerprint() == before
    (tmp_path / "requirements.lock").write_text("other", encoding="utf-8")
    assert bootstrap._fingerprint() != before
