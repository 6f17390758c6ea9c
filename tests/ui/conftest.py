"""Guards of the window's tests: offscreen, own settings, no thread left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from zoneeval_ui.application import prepare_application
from zoneeval_ui.jobs import ImmediateRunner, JobRunner
from zoneeval_ui.theme import Theme, ThemeMode


@pytest.fixture(autouse=True)
def theme(qapp: QApplication, tmp_path: Path) -> Iterator[Theme]:
    """Prepare the application with settings of its own, in the light theme."""
    form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(form, scope, str(tmp_path / "settings"))
    found = prepare_application(qapp)
    if found.mode is not ThemeMode.LIGHT:
        found.set_mode(ThemeMode.LIGHT)
    yield found
    QSettings().sync()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """Return a runner with a real worker thread, which must be gone afterwards."""
    made = JobRunner()
    yield made
    made.shutdown()
    assert not [t for t in threading.enumerate() if t.name.startswith("work")]


@pytest.fixture
def immediate(qapp: QApplication) -> JobRunner:
    """Return a runner that does everything at once."""
    return ImmediateRunner()
