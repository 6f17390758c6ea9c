"""When the dialog of long work shows: not before half a second, not for less than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QWidget

from zoneeval_ui.jobs.job import Job
from zoneeval_ui.jobs.runner import JobRunner

if TYPE_CHECKING:
    from zoneeval_ui.jobs.dialog import ProgressDialog

DELAY_MS = 500
STAY_MS = 500


class ProgressDialogs(QObject):
    """Open and close :class:`ProgressDialog` for the jobs of a runner."""

    def __init__(self, runner: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._dialog: ProgressDialog | None = None
        self._shown = QElapsedTimer()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self._open)
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.timeout.connect(self._close)
        runner.started.connect(self._started)
        runner.finished.connect(self._finished)

    @property
    def dialog(self) -> ProgressDialog | None:
        """Return the dialog that is open now, if any."""
        return self._dialog

    def _loud(self) -> Job | None:
        return next((job for job in self._runner.jobs if not job.quiet), None)

    def _started(self, job: Job) -> None:
        if not job.quiet and self._dialog is None and not self._opening.isActive():
            self._opening.start(DELAY_MS)

    def _finished(self, _job: Job) -> None:
        if self._dialog is None:
            if self._loud() is None:
                self._opening.stop()
        else:
            self._closing.start(max(0, STAY_MS - self._shown.elapsed()))

    def _open(self) -> None:
        job = self._loud()
        if job is not None:
            from zoneeval_ui.jobs.dialog import ProgressDialog

            self._dialog = ProgressDialog(job, self._window)
            self._shown.start()
            self._dialog.show()

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.deleteLater()
            self._dialog = None
        if self._loud() is not None:
            self._opening.start(DELAY_MS)
