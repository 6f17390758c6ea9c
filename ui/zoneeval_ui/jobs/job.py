"""One piece of long work: what it is called, how far it is, how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Signal

from zoneeval.progress import Cancelled, Progress

Work = Callable[[Progress], Any]
REPORTS_PER_SECOND = 20


class JobState(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(QObject):
    """Handle of work in progress; all signals arrive in the main thread.

    ``quiet`` work shows no dialog, only the line at the foot of the window.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, title: str, *, quiet: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.quiet = quiet
        self.state = JobState.WAITING
        self.done = 0
        self.total = 0
        self.text = title
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it stops at its next report."""
        self._stop.set()

    @property
    def is_cancelling(self) -> bool:
        """Tell whether the user has asked to stop."""
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        """Tell whether the job has ended, well or not."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)

    def settle(self, state: JobState, value: object = None) -> None:
        """End the job and say so; called once, in the main thread, by the runner."""
        self.state = state
        if state is JobState.SUCCEEDED:
            self.succeeded.emit(value)
        elif state is JobState.CANCELLED:
            self.cancelled.emit()
        else:
            self.failed.emit(value)
        self.finished.emit()

    def report(self, done: int, total: int, text: str) -> None:
        """Take over a progress report; called in the main thread by the runner."""
        self.done, self.total, self.text = done, total, text
        self.progressed.emit(done, total, text)


class ThrottledProgress:
    """The ``Progress`` handed to the work: raises ``Cancelled``, reports 20 times a second."""

    def __init__(self, job: Job, send: Callable[[Job, int, int, str], None]) -> None:
        self._job = job
        self._send = send
        self._next = 0.0

    def __call__(self, done: int, total: int, text: str) -> None:
        """Report progress; raises :class:`Cancelled` when the user has asked to stop."""
        if self._job.is_cancelling:
            raise Cancelled
        now = time.monotonic()
        if now >= self._next or (total and done >= total):
            self._next = now + 1 / REPORTS_PER_SECOND
            self._send(self._job, done, total, text)
