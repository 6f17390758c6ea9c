"""Rules to read, or in their place the editor of the office's own ones."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QStackedWidget

from zoneeval_ui.shell.leaving import Unsaved

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zoneeval_ui.pages.base import WorkspacePage
    from zoneeval_ui.pages.policies.editor import PolicyEditor


class Actions(Protocol):
    """What is done with what is edited."""

    def save(self, text: str, note: str, then: Callable[[], object] | None = None) -> None:
        """Keep a text as a new version; ``then`` follows."""

    def leave(self) -> None:
        """Give up editing, after asking where something was changed."""


class EditingStack(QStackedWidget):
    """What is read and the editor; ``actions`` save, ``stop`` goes back to reading."""

    def __init__(
        self,
        page: WorkspacePage,
        reading: QWidget,
        editor: PolicyEditor,
        actions: Actions,
        stop: Callable[[], object],
    ) -> None:
        super().__init__()
        self._editor, self._actions, self._stop = editor, actions, stop
        self._is_new = False
        self.addWidget(reading)
        self.addWidget(editor)
        editor.saving.connect(lambda text, note: actions.save(text, note))
        editor.left.connect(actions.leave)
        page.session.opened.connect(lambda _path: stop())
        page.session.closed.connect(lambda: self.setCurrentIndex(0))
        page.window_shell.closing.connect(editor.stop)

    @property
    def is_editing(self) -> bool:
        """Tell whether the editor is shown."""
        return self.currentWidget() is self._editor

    def show_editor(self, *, is_new: bool = False) -> None:
        """Show the editor; ``is_new`` where nothing of its text was saved yet."""
        self._is_new = is_new
        self.setCurrentWidget(self._editor)

    def show_reading(self) -> None:
        """Stop editing and show what is read."""
        self._editor.stop()
        self.setCurrentIndex(0)

    def unsaved(self, words: str) -> Unsaved | None:
        """Return what is edited where it is not saved; ``words`` say so of a {title}."""
        editor = self._editor
        if not self.is_editing or not (editor.is_changed or self._is_new):
            return None
        return Unsaved(
            words.format(title=tomllib.loads(editor.text).get("title", "")),
            save=lambda then: self._actions.save(editor.text, editor.note.text(), then),
            discard=self._stop,
            reason=editor.hindrance,
        )
