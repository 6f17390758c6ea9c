"""Actions as a table: what they are called, where they stand, when they can be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action; ``menu`` is a path such as "视图/主题".

    ``checked_when`` makes it checkable; ``separator`` draws a line above it.
    """

    id: str
    text: str
    menu: str
    handler: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    enabled_when: Callable[[], bool] | None = None
    checked_when: Callable[[], bool] | None = None
    separator: bool = False


class ActionTable(QObject):
    """Build menus from :class:`ActionSpec` and keep them up to date."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._actions: dict[str, QAction] = {}
        self._specs: list[ActionSpec] = []

    @property
    def specs(self) -> tuple[ActionSpec, ...]:
        """Return the table."""
        return tuple(self._specs)

    def add(self, specs: Sequence[ActionSpec]) -> None:
        """Add actions to menus and window, in the given order."""
        for spec in specs:
            menu = self.menu(spec.menu)
            if spec.separator:
                menu.addSeparator()
            action = QAction(spec.text, self._window)
            action.setObjectName(f"action-{spec.id}")
            if spec.shortcut:
                action.setShortcut(QKeySequence(spec.shortcut))
            if spec.icon:
                action.setIcon(QIcon(spec.icon))
            if spec.checked_when is not None:
                action.setCheckable(True)
                self._group(spec.menu).addAction(action)
            action.triggered.connect(lambda _on=False, s=spec: self._run(s))
            menu.addAction(action)
            self._actions[spec.id] = action
            self._specs.append(spec)
        self.refresh()

    def menu(self, path: str) -> QMenu:
        """Return a menu by its path, making it where there is none."""
        if path not in self._menus:
            above, _, text = path.rpartition("/")
            menu = self.menu(above).addMenu(text) if above else self._window.menuBar().addMenu(text)
            menu.setObjectName(f"menu-{path}")
            menu.aboutToShow.connect(self.refresh)
            self._menus[path] = menu
        return self._menus[path]

    def action(self, action_id: str) -> QAction:
        """Return an action by its id."""
        return self._actions[action_id]

    def is_enabled(self, spec: ActionSpec) -> bool:
        """Tell whether an action can be used now."""
        return spec.enabled_when is None or spec.enabled_when()

    def refresh(self) -> None:
        """Ask every action whether it can be used and whether it is checked."""
        for spec in self._specs:
            action = self._actions[spec.id]
            action.setEnabled(self.is_enabled(spec))
            if spec.checked_when is not None:
                action.setChecked(spec.checked_when())

    def _run(self, spec: ActionSpec) -> None:
        spec.handler()
        self.refresh()

    def _group(self, path: str) -> QActionGroup:
        if path not in self._groups:
            self._groups[path] = QActionGroup(self)
        return self._groups[path]
