"""Take a picture of every page of the window, light and dark, with the sample loaded.

python tools/shots.py [folder]        on a real display where there is one, else offscreen
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

SIZES = ((1440, 900), (1280, 720))


def settle(milliseconds: int = 400) -> None:
    """Let the window work and paint for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until_idle(runner: object) -> None:
    """Wait until no job runs any more."""
    settle(150)
    while getattr(runner, "is_busy", False):
        settle(50)
    settle(250)


def main(folder: Path) -> None:
    """Make the sample workspace, open it, and photograph every page."""
    from zoneeval_cli.window import has_display
    from zoneeval_db import operations
    from zoneeval_ui.application import create_application
    from zoneeval_ui.launch import assemble
    from zoneeval_ui.theme import ThemeMode, current_theme

    if sys.platform == "linux" and not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, scratch)
        summary = operations.demo(Path(scratch) / "out")
        app = create_application(sys.argv[:1])
        made = assemble()
        made.window.show()
        made.session.open(summary.workspace)
        wait_until_idle(made.window.runner)
        for size in SIZES:
            made.window.resize(*size)
            for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
                current_theme().set_mode(mode)
                for page_id in made.window.page_ids:
                    made.window.go_to(page_id)
                    wait_until_idle(made.window.runner)
                    name = f"{page_id}-{size[0]}-{mode.value}.png"
                    made.window.grab().save(str(folder / name))
        made.window.close()
        made.session.close()
        QCoreApplication.processEvents()
        QApplication.closeAllWindows()
        app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "shots"))
