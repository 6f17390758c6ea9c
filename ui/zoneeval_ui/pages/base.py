"""What pages on a workspace share: ask in a job, show the newest answer only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from zoneeval.errors import UserError
from zoneeval_ui.session import Session
from zoneeval_ui.shell import Page

if TYPE_CHECKING:
    from zoneeval_ui.session import Work
    from zoneeval_ui.shell import MainWindow


class WorkspacePage(Page):
    """A page that shows something of the open workspace.

    Subclasses override :meth:`load_content`; it is called with a workspace open, and
    calls :meth:`ask` with what to read and how to show it.
    """

    def __init__(
        self,
        page_id: str,
        title: str,
        window: MainWindow,
        session: Session,
        *,
        scrolling: bool = False,
    ) -> None:
        super().__init__(page_id, title, scrolling=scrolling)
        self.window_shell = window
        self.session = session
        self._asked = 0

    def refresh(self) -> None:
        """Show the empty state without a workspace, else load the content."""
        if self.session.path is None:
            self._asked += 1
            self.show_empty(
                self.tr("还没有打开工作文件"),
                self.tr(
                    "一个工作文件保存几个园区各年度的数据、评价和清单。请新建，或打开已有的文件。"
                ),
                self.tr("新建工作文件…"),
                lambda: self._trigger("new"),
                [
                    ("emptyOpen", self.tr("打开已有的文件…"), lambda: self._trigger("open")),
                    ("emptySample", self.tr("先看看示例…"), lambda: self._trigger("sample")),
                ],
            )
            return
        self.load_content()

    def _trigger(self, action: str) -> None:
        self.window_shell.actions_table.action(action).trigger()

    def load_content(self) -> None:
        """Ask for what the page shows; to be overridden."""
        self.show_ready()

    def ask(self, fn: Work, show: Callable[[Any], object]) -> None:
        """Read in a job and show the answer, unless the page has asked again since."""
        self._asked += 1
        mine = self._asked
        if self.state != "ready":
            self.show_loading()

        def arrived(value: Any) -> None:
            if mine == self._asked:
                show(value)

        def failed(error: BaseException) -> None:
            if mine == self._asked:
                text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错。")
                self.show_error(text)

        self.session.read(fn, arrived, on_failure=failed)
