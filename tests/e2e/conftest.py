"""The demonstration, made once by the command itself, and copies of its workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.helpers.command import Answer, good


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of the command line may open a window."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the demonstration; tests must not change it."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo_answer(demo_folder: Path) -> Answer:
    """Return what the demonstration printed."""
    return good("demo", "--out", demo_folder, "--no-window")


@pytest.fixture(scope="session")
def demo_workspace(demo_folder: Path, demo_answer: Answer) -> Path:
    """Return the workspace of the demonstration; tests must not change it."""
    (found,) = demo_folder.glob("*.zoneeval")
    return found


@pytest.fixture
def workspace(demo_workspace: Path, tmp_path: Path) -> Path:
    """Return a copy of the workspace of the demonstration that a test may change."""
    copy = tmp_path / "副本.zoneeval"
    shutil.copy(demo_workspace, copy)
    return copy


@pytest.fixture
def empty_workspace(tmp_path: Path) -> Path:
    """Return a new workspace without data."""
    made = tmp_path / "空.zoneeval"
    good("new", made)
    return made
