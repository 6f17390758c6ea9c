"""The anatomy that all pages share: header, banner, and one of four states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from zoneeval_ui.shell.context import Context
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets.header import PageHeader
from zoneeval_ui.widgets.states import EmptyState, ErrorBanner

if TYPE_CHECKING:
    from zoneeval_ui.shell.leaving import Unsaved


class PageState(StrEnum):
    """What a page shows below its header."""

    LOADING = "loading"
    EMPTY = "empty"
    ERROR = "error"
    READY = "ready"


class Page(QWidget):
    """Base of all pages: build into ``body``, load in :meth:`refresh`.

    :meth:`refresh` is called when the page is shown and stale: at first, after
    :meth:`set_context`, and after :meth:`mark_stale`.  It ends in one of
    ``show_loading``, ``show_empty``, ``show_error`` or ``show_ready``.
    """

    state_changed = Signal(str)
    count_changed = Signal(object)

    def __init__(
        self, page_id: str, title: str, parent: QWidget | None = None, *, scrolling: bool = False
    ) -> None:
        """Make the page; ``scrolling`` lets a body of cards be higher than the window."""
        super().__init__(parent)
        theme = current_theme()
        self.id = page_id
        self.title = title
        self.context = Context()
        self._stale = True
        self._state = PageState.LOADING
        self._on_empty: Callable[[], object] | None = None
        self.setObjectName(f"page-{page_id}")
        self.setAccessibleName(title)
        self.header = PageHeader(title, self)
        self.banner = ErrorBanner(self)
        self.body = QWidget(self)
        self.body.setObjectName("pageBody")
        self.body_layout = QVBoxLayout(self.body)
        self.body_layout.setContentsMargins(0, 0, 0, 0)
        self.body_layout.setSpacing(theme.px(12))
        self._loading = EmptyState(self.tr("正在读取…"), parent=self, icon="…")
        self._empty = EmptyState("", parent=self)
        self._error = EmptyState("", parent=self, icon="!")
        self._empty.clicked.connect(self._empty_clicked)
        self._error.clicked.connect(self.reload)
        self._stack = QStackedLayout()
        self._ready: QWidget = _scrolled(self.body) if scrolling else self.body
        for widget in (self._ready, self._loading, self._empty, self._error):
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(self._loading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(22), theme.px(16), theme.px(22), theme.px(18))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addLayout(self._stack, 1)

    # -- what the shell calls ------------------------------------------------------

    def set_context(self, context: Context) -> None:
        """Take over what the window is about; load again when shown."""
        self.context = context
        self.mark_stale()

    def mark_stale(self) -> None:
        """Load again: now where the page is in sight, else when it is shown."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Load now."""
        self._stale = False
        self.refresh()

    @property
    def is_stale(self) -> bool:
        """Tell whether the page will load when shown."""
        return self._stale

    def showEvent(self, event: QShowEvent) -> None:
        """Load what has become stale while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    # -- what a page overrides and calls -------------------------------------------

    def refresh(self) -> None:
        """Load and show the content for ``context``; to be overridden."""
        self.show_ready()

    def unsaved(self) -> Unsaved | None:
        """Return what would be lost if the page were left; to be overridden."""
        return None

    @property
    def state(self) -> PageState:
        """Return what the page shows below its header."""
        return self._state

    @property
    def empty_state(self) -> EmptyState:
        """Return the widget of the empty state."""
        return self._empty

    @property
    def error_state(self) -> EmptyState:
        """Return the widget of the error state."""
        return self._error

    def show_loading(self, text: str = "") -> None:
        """Show that the page waits."""
        self._loading.set(text or self.tr("正在读取…"), icon="…")
        self._show(PageState.LOADING, self._loading)

    def show_empty(
        self,
        title: str,
        text: str = "",
        button: str = "",
        on_click: Callable[[], object] | None = None,
        others: Sequence[tuple[str, str, Callable[[], object]]] = (),
    ) -> None:
        """Show that there is nothing yet, what to do first, and the button that does it.

        ``others`` are further ways: object name, text and what to do.
        """
        self._empty.set_others(others)
        self._on_empty = on_click
        self._empty.set(title, text, button if on_click is not None else "")
        self._show(PageState.EMPTY, self._empty)

    def show_error(self, text: str, title: str = "") -> None:
        """Show a sentence on what failed, with a button to try again."""
        self._error.set(title or self.tr("这一页没有读出来"), text, self.tr("重试"), icon="!")
        self._show(PageState.ERROR, self._error)

    def show_ready(self) -> None:
        """Show the content."""
        self._show(PageState.READY, self._ready)

    def _show(self, state: PageState, widget: QWidget) -> None:
        self._state = state
        self._stack.setCurrentWidget(widget)
        self.state_changed.emit(state.value)

    def _empty_clicked(self) -> None:
        if self._on_empty is not None:
            self._on_empty()


def _scrolled(body: QWidget) -> QScrollArea:
    body.setObjectName("scrollBody")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area
