"""What the parts of the page share: they get what the page has read, and may ask for more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.theme import current_theme

if TYPE_CHECKING:
    from zoneeval_ui.pages.lists.content import ListsContent
    from zoneeval_ui.pages.lists.page import ListsPage
    from zoneeval_ui.session import Work
    from zoneeval_ui.shell.leaving import Unsaved


class Segment(QWidget):
    """One part of the page 名单与政策, made when it is first chosen.

    ``needs_run``: without an evaluation the page says so instead.  ``of_tariff``: the
    picker of the tariff is shown above it.  ``primary_text`` is on the button of the page.
    """

    needs_run = True
    of_tariff = True
    primary_text = ""

    def __init__(self, page: ListsPage, name: str, title: str) -> None:
        super().__init__(page)
        self.page = page
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(current_theme().px(10))
        self._asked = 0

    def show_content(self, content: ListsContent) -> None:
        """Show what the page has read; to be overridden."""

    def sentence(self, content: ListsContent) -> str:
        """Return what follows the run in the sentence of the page; to be overridden."""
        return ""

    def primary(self) -> None:
        """Do what the button of the page says; to be overridden."""

    def can_primary(self, content: ListsContent) -> bool:
        """Tell whether the button of the page can be used."""
        return content.info is not None

    def unsaved(self) -> Unsaved | None:
        """Return what would be lost if the segment were left; to be overridden."""
        return None

    def ask(
        self,
        fn: Work,
        show: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Read in a job and show the answer, unless the segment has asked again since."""
        self._asked += 1
        mine = self._asked

        def arrived(value: Any) -> None:
            if mine == self._asked:
                show(value)

        def refused(error: BaseException) -> None:
            if mine == self._asked:
                (failed or self.page.window_shell.show_failure)(error)

        self.page.session.read(fn, arrived, on_failure=refused)

    def button(
        self, row: QHBoxLayout, name: str, text: str, does: Callable[[], object]
    ) -> QPushButton:
        """Add a button to a row."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _on=False: does())
        row.addWidget(button)
        return button
