"""The open workspace as the window sees it: asked for in jobs, never touched directly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zoneeval.errors import UserError, WorkspaceError
from zoneeval.progress import Progress
from zoneeval_ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

    Work = Callable[[Workspace, Progress], Any]


class Session(QObject):
    """Owns the workspace, which lives in the runner's one worker thread.

    Pages ask with :meth:`read` and change with :meth:`change`; both get the workspace
    inside the job only.  ``changed`` is sent after every change that succeeded,
    ``refused`` with path and error where a file could not be opened, ``warned`` where
    the file before it was closed without its backup.
    """

    opened = Signal(str)
    refused = Signal(object, object)
    warned = Signal(object)
    closed = Signal()
    changed = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.path: Path | None = None
        self.read_only = False
        self._workspace: Workspace | None = None

    def create(self, path: Path) -> Job:
        """Make a new workspace at ``path`` and open it."""

        def work(_progress: Progress) -> Workspace:
            from zoneeval_db import operations

            return operations.create(path)

        return self._switch(work, self.tr("正在新建工作文件"), path)

    def open(self, path: Path, *, read_only: bool = False) -> Job:
        """Open the workspace at ``path`` in place of the one that is open."""

        def work(_progress: Progress) -> Workspace:
            from zoneeval_db import operations

            return operations.open_workspace(path, read_only=read_only)

        return self._switch(work, self.tr("正在打开工作文件"), path)

    def _switch(self, make: Callable[[Progress], Workspace], title: str, path: Path) -> Job:
        def work(progress: Progress) -> tuple[Workspace, UserError | None]:
            fresh = make(progress)
            before, self._workspace = self._workspace, fresh
            try:
                if before is not None:
                    before.close()
            except UserError as error:
                return fresh, error
            return fresh, None

        return self.runner.run(
            work,
            title=title,
            on_success=self._opened,
            on_failure=lambda error: self._not_opened(path, error),
            quiet=True,
        )

    def _not_opened(self, path: Path, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.refused.emit(path, error)

    def _opened(self, result: tuple[Workspace, UserError | None]) -> None:
        fresh, warning = result
        self.path = fresh.path
        self.read_only = fresh.read_only
        self.opened.emit(str(fresh.path))
        if warning is not None:
            self.warned.emit(warning)

    def read(
        self,
        fn: Work,
        on_success: Callable[[Any], object],
        *,
        title: str = "",
        on_failure: Callable[[BaseException], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        quiet: bool = True,
    ) -> Job:
        """Ask the workspace for something; ``on_success`` gets it in the main thread.

        Long asking that the user has started himself is not ``quiet``: it has a dialog.
        """
        return self.runner.run(
            lambda progress: fn(self._held(), progress),
            title=title or self.tr("正在读取"),
            on_success=on_success,
            on_failure=on_failure,
            on_cancelled=on_cancelled,
            quiet=quiet,
        )

    def change(
        self,
        fn: Work,
        on_success: Callable[[Any], object],
        *,
        title: str,
        on_failure: Callable[[BaseException], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Job:
        """Change the workspace in a job that can be cancelled; then tell every page."""

        def succeeded(value: Any) -> None:
            on_success(value)
            self.changed.emit()

        return self.runner.run(
            lambda progress: fn(self._held(), progress),
            title=title,
            on_success=succeeded,
            on_failure=on_failure,
            on_cancelled=on_cancelled,
        )

    def _held(self) -> Workspace:
        if self._workspace is None:
            raise WorkspaceError("还没有打开工作文件：请先新建或打开一个。")
        return self._workspace

    def close(self) -> None:
        """Close the workspace; called when the runner has stopped."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
            self.path = None
            self.closed.emit()
