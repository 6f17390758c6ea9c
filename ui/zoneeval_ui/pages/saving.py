"""Changes of a page: made in a job, said in its banner, taken back from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from zoneeval.errors import WorkspaceError
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.base import WorkspacePage
    from zoneeval_ui.session import Work


class Saving(QObject):
    """Stores, and knows which operation the banner's button would take back.

    With ``has_button`` false the banner only says where a change can be taken back.
    ``undone`` is called once a change was taken back.
    """

    def __init__(
        self,
        page: WorkspacePage,
        *,
        has_button: bool = True,
        undone: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(page)
        self._page, self._has_button, self._undone = page, has_button, undone
        self._operation: int | None = None
        if has_button:
            page.banner.action_clicked.connect(self.undo)

    def forget(self) -> None:
        """Offer nothing to take back any more."""
        self._operation = None

    def store(
        self,
        work: Work,
        title: str,
        said: Callable[[Any], str],
        *,
        stored: Callable[[Any], object] = lambda _value: None,
        failed: Callable[[BaseException | None], object] | None = None,
        undoable: bool = True,
    ) -> None:
        """Change the workspace; ``failed`` gets the error, or None where it was cancelled.

        ``undoable`` is false for what can never be taken back.
        """
        page = self._page

        def do(workspace: Workspace, progress: Progress) -> tuple[Any, int | None]:
            from zoneeval_db import operations

            before = operations.undoable(workspace)
            value = work(workspace, progress)
            newest = operations.undoable(workspace)
            changed = newest is not None and (before is None or newest.id != before.id)
            return value, newest.id if newest is not None and changed and undoable else None

        def succeeded(result: tuple[Any, int | None]) -> None:
            value, self._operation = result
            self._say(said(value))
            stored(value)

        def refused(error: BaseException) -> None:
            if failed is not None:
                failed(error)
            else:
                page.window_shell.show_failure(error, title)

        page.session.change(
            do,
            succeeded,
            title=title,
            on_failure=refused,
            on_cancelled=lambda: failed(None) if failed is not None else None,
        )

    def _say(self, words: str) -> None:
        action = ""
        if self._operation is not None:
            if self._has_button:
                action = self.tr("撤销")
            else:
                words += self.tr("可在操作记录中撤销。")
        self._page.banner.show_message(words, action, tone=Tone.A)

    def undo(self) -> None:
        """Take back what the banner speaks of, unless something else was done since."""
        wanted, page = self._operation, self._page
        if wanted is None:
            return

        def work(ws: Workspace, _progress: Progress) -> str:
            from zoneeval_db import operations

            newest = operations.undoable(ws)
            if newest is None or newest.id != wanted:
                raise WorkspaceError(
                    "之后又有别的修改，不能只撤销这一步。请到“操作记录”中从最近的一步起撤销。"
                )
            return operations.undo(ws).label

        def taken_back(label: str) -> None:
            self.forget()
            self._undone()
            page.banner.show_message(self.tr("已撤销：{label}。").format(label=label), tone=Tone.A)

        page.session.change(
            work,
            taken_back,
            title=self.tr("正在撤销"),
            on_failure=lambda error: page.window_shell.show_failure(error, self.tr("撤销")),
        )
