"""Put the window together and run it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer

from zoneeval_ui.application import create_application
from zoneeval_ui.desk import Desk
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.pages import page_specs
from zoneeval_ui.session import Session
from zoneeval_ui.shell import MainWindow


@dataclass(frozen=True)
class Assembly:
    """The parts of a running window."""

    window: MainWindow
    session: Session
    desk: Desk


def assemble(runner: JobRunner | None = None) -> Assembly:
    """Return window, session and desk, joined; the application must exist already."""
    runner = runner or JobRunner()
    session = Session(runner)
    window = MainWindow(page_specs(session), runner)
    runner.setParent(window)
    session.setParent(window)
    desk = Desk(window, session)
    window.import_requested.connect(lambda paths: window.leave_then(lambda: _import(window, paths)))
    return Assembly(window, session, desk)


def _import(window: MainWindow, paths: list[str]) -> None:
    take_files = getattr(window.go_to("import"), "take_files", None)
    if take_files is not None:
        take_files(paths)


def run_window(workspace: Path | None = None) -> int:
    """Show the window, open ``workspace`` in it, and return the exit code."""
    app = create_application(sys.argv[:1])
    made = assemble()
    made.window.show()
    if workspace is not None:
        QTimer.singleShot(0, made.session, lambda: made.session.open(workspace))
    code = app.exec()
    made.window.runner.shutdown()
    made.session.close()
    return code
