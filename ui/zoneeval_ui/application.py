"""The application object: names, settings, font, theme, language, log, last resort."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from zoneeval import __version__
from zoneeval_ui.logs import configure_logging
from zoneeval_ui.theme import Theme, current_theme

log = logging.getLogger("zoneeval.ui")
LOG_DELAY_MS = 200
"""The log file is opened after the first window is in sight, or at the first failure."""


def create_application(argv: Sequence[str]) -> QApplication:
    """Return the application, ready to show a window; call once per process."""
    app = QApplication(list(argv))
    prepare_application(app)
    LastResort(app).install()
    QTimer.singleShot(LOG_DELAY_MS, app, configure_logging)
    return app


def prepare_application(app: QApplication) -> Theme:
    """Set names, settings, language, font and theme of an application."""
    app.setOrganizationName("zoneeval")
    app.setApplicationName("zoneeval")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _load_translation(app)
    return current_theme()


def _load_translation(app: QApplication) -> None:
    if app.findChild(QTranslator, "qtTranslator") is not None:
        return
    translator = QTranslator(app)
    translator.setObjectName("qtTranslator")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    else:
        log.warning("qtbase_zh_CN was not found in %s", folder)


class LastResort(QObject):
    """Catch what nobody caught: write it to the log and show a report, never crash."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._reporting = False

    def install(self) -> None:
        """Become the handler of uncaught exceptions."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Report an uncaught exception; Ctrl+C in a terminal still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        configure_logging()
        log.critical("uncaught exception", exc_info=(kind, error, trace))
        if not self._reporting:
            self._reporting = True
            QTimer.singleShot(0, self, lambda: self._report(error))

    def _handle_thread(self, arguments: threading.ExceptHookArgs) -> None:
        log.critical("uncaught exception in a thread", exc_info=arguments.exc_value)

    def _report(self, error: BaseException) -> None:
        from zoneeval_ui.jobs.report import show_error

        dialog = show_error(error, "", QApplication.activeWindow())
        dialog.finished.connect(self._reported)

    def _reported(self) -> None:
        self._reporting = False


def run_window(workspace: Path | None = None) -> int:
    """Show the window on ``workspace`` and return the exit code when it is closed."""
    from zoneeval_ui.launch import run_window as run

    return run(workspace)
