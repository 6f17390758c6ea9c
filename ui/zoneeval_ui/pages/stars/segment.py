"""What the parts of the page share: they get what the page has read, and may ask for more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zoneeval_ui.theme import Tone, current_theme

if TYPE_CHECKING:
    from zoneeval_ui.pages.stars.content import StarsContent
    from zoneeval_ui.pages.stars.page import StarsPage
    from zoneeval_ui.session import Work
    from zoneeval_ui.shell.leaving import Unsaved


class Segment(QWidget):
    """One part of the page 园区星级, made when it is first chosen.

    ``needs_figures``: without zones in the workspace the page says so instead.
    ``of_zone`` and ``of_ladder``: the pickers of the page are shown above it.
    """

    needs_figures = True
    of_zone = False
    of_ladder = True

    def __init__(self, page: StarsPage, name: str, title: str) -> None:
        super().__init__(page)
        self.page = page
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(current_theme().px(10))
        self._asked = 0

    def show_content(self, content: StarsContent) -> None:
        """Show what the page has read; to be overridden.

        Called when the segment is chosen, and again after every change of the data, of
        the zone and of the ladder.
        """

    def sentence(self, content: StarsContent) -> str:
        """Return what stands below the title of the page; to be overridden."""
        return ""

    def unsaved(self) -> Unsaved | None:
        """Return what would be lost if the segment were left; to be overridden."""
        return None

    def ask(self, fn: Work, show: Callable[[Any], object]) -> None:
        """Read in a job and show the answer, unless the segment has asked again since."""
        self._asked += 1
        mine = self._asked

        def arrived(value: Any) -> None:
            if mine == self._asked:
                show(value)

        self.page.session.read(fn, arrived, on_failure=self.page.window_shell.show_failure)

    def change(self, fn: Work, title: str, done: str) -> None:
        """Change the workspace in a job; ``done`` is said when it has succeeded."""
        self.page.session.change(
            fn,
            lambda _value: self.page.banner.show_message(done, tone=Tone.A),
            title=title,
            on_failure=self.page.window_shell.show_failure,
        )
