"""Runs long work one after the other in one thread and brings results back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from zoneeval.errors import UserError
from zoneeval.progress import Cancelled
from zoneeval_ui.jobs.job import Job, JobState, ThrottledProgress, Work

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

OnSuccess = Callable[[Any], object]
OnFailure = Callable[[BaseException], object]
OnCancelled = Callable[[], object]


class JobRunner(QObject):
    """The only place where work leaves the main thread.

    ``refused`` carries a :class:`UserError` that no ``on_failure`` has taken;
    ``crashed`` carries every other exception, also where ``on_failure`` was called.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    refused = Signal(object, object)
    crashed = Signal(object, object)
    busy_changed = Signal(bool)

    _settled = Signal(object, object, object)
    _reported = Signal(object, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._executor: ThreadPoolExecutor | None = None
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._settled.connect(self._on_settled, queued)
        self._reported.connect(self._on_reported, queued)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that run or wait, oldest first."""
        return tuple(self._jobs)

    @property
    def is_busy(self) -> bool:
        """Tell whether any job runs or waits."""
        return bool(self._jobs)

    def run(
        self,
        fn: Work,
        *,
        title: str,
        on_success: OnSuccess,
        on_failure: OnFailure | None = None,
        on_cancelled: OnCancelled | None = None,
        quiet: bool = False,
    ) -> Job:
        """Start work after what is already waiting; the callbacks run in the main thread."""
        if self._closed:
            raise RuntimeError("the runner has been shut down")
        job = Job(title, quiet=quiet, parent=self)
        job.succeeded.connect(on_success)
        if on_failure is not None:
            job.failed.connect(on_failure)
        if on_cancelled is not None:
            job.cancelled.connect(on_cancelled)
        job.setProperty("handled", on_failure is not None)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self.started.emit(job)
        self._submit(job, fn)
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            job.cancel()

    def shutdown(self) -> None:
        """Cancel everything and wait until the worker has stopped; no callback follows."""
        self._closed = True
        self.cancel_all()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _submit(self, job: Job, fn: Work) -> None:
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        future = self._executor.submit(self._work, job, fn)
        future.add_done_callback(lambda ended: self._ended(job, ended))

    def _work(self, job: Job, fn: Work) -> Any:
        job.state = JobState.RUNNING
        if job.is_cancelling:
            raise Cancelled
        return fn(ThrottledProgress(job, self._reported.emit))

    def _ended(self, job: Job, future: Future[Any]) -> None:
        if future.cancelled() or self._closed:
            return
        error = future.exception()
        self._settled.emit(job, None if error else future.result(), error)

    def _on_reported(self, job: Job, done: int, total: int, text: str) -> None:
        if not self._closed and not job.is_over:
            job.report(done, total, text)
            self.progressed.emit(job)

    def _on_settled(self, job: Job, value: Any, error: BaseException | None) -> None:
        if self._closed:
            return
        self._jobs.remove(job)
        try:
            if error is None:
                job.settle(JobState.SUCCEEDED, value)
            elif isinstance(error, Cancelled):
                job.settle(JobState.CANCELLED)
            else:
                job.settle(JobState.FAILED, error)
                self._announce(job, error)
        finally:
            self.finished.emit(job)
            if not self._jobs:
                self.busy_changed.emit(False)
            job.deleteLater()

    def _announce(self, job: Job, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.crashed.emit(job, error)
        elif not job.property("handled"):
            self.refused.emit(job, error)


class ImmediateRunner(JobRunner):
    """Run work at once in the calling thread: for tests and scripted walks."""

    def _submit(self, job: Job, fn: Work) -> None:
        job.state = JobState.RUNNING
        try:
            value = fn(ThrottledProgress(job, self._on_reported))
        except Exception as error:
            self._on_settled(job, None, error)
        else:
            self._on_settled(job, value, None)
