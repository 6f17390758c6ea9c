"""A real workspace with the sample city in it, and the real window on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from zoneeval_db import operations
from zoneeval_ui.jobs import ImmediateRunner, JobRunner
from zoneeval_ui.launch import Assembly, assemble

MakeWindow = Callable[..., Assembly]
SAMPLE_YEARS = (2023, 2024)
SAMPLE_POLICY = "zhengzhou-2018"
SAMPLES = Path(__file__).parents[3] / "sample_data" / "demo_city"


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed workspace with both sample years imported and evaluated; only copy it."""
    path = tmp_path_factory.mktemp("sample") / "示例市.zoneeval"
    with operations.create(path) as workspace:
        for year in SAMPLE_YEARS:
            books = sorted((SAMPLES / str(year)).glob("*.xlsx"))
            outcome = operations.import_workbooks(workspace, books, year=year)
            assert outcome.committed
            operations.evaluate(workspace, year=year, policy_ref=SAMPLE_POLICY)
    return path


@pytest.fixture
def workspace(sample_workspace: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample workspace that a test may change."""
    return Path(shutil.copy(sample_workspace, tmp_path / sample_workspace.name))


@pytest.fixture
def empty_workspace(tmp_path: Path) -> Path:
    """Return a workspace with nothing in it."""
    path = tmp_path / "空白.zoneeval"
    operations.create(path).close()
    return path


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[MakeWindow]:
    """Return a function that shows the window at a page, with a workspace open or without.

    Work is done at once unless another ``runner`` is given; what is not saved is lost
    when the window closes.
    """
    made: list[Assembly] = []

    def make(
        page_id: str, path: Path | None = None, *, runner: JobRunner | None = None
    ) -> Assembly:
        found = assemble(runner or ImmediateRunner())
        found.window.leaving.ask = lambda _unsaved, _parent: "discard"
        made.append(found)
        qtbot.addWidget(found.window)
        found.window.resize(1280, 720)
        found.window.go_to(page_id)
        found.window.show()
        if path is not None:
            found.session.open(path)
        return found

    yield make
    for found in made:
        found.window.close()
        found.session.close()
