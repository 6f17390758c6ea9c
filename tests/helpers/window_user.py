"""Somebody at the window: presses what is shown, fills in forms, and waits for the work."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers import year as played
from zoneeval_ui.launch import Assembly
from zoneeval_ui.tables import DataTable

Kind = TypeVar("Kind", bound=QWidget)


class WindowUser:
    """Acts on widgets by their names only; nothing hidden or disabled can be used."""

    def __init__(self, made: Assembly, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made, self.window, self.qtbot = made, made.window, qtbot
        self.story: list[str] = []
        self.told: list[str] = []
        self._chosen: list[str] = []
        monkeypatch.setattr(
            self.window, "show_failure", lambda error, _doing="": self.told.append(str(error))
        )
        one = lambda *_args, **_more: (self._chosen[0], "")  # noqa: E731
        monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
        monkeypatch.setattr(
            QFileDialog, "getOpenFileNames", lambda *_args, **_more: (self._chosen, "")
        )

    # -- seeing ------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until no work is left, what it brought is shown, and nothing lies above it."""

        def at_rest() -> bool:
            return not (self.window.runner.is_busy or self.sees(QDialog, "progressDialog"))

        self.qtbot.waitUntil(at_rest, timeout=20_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(at_rest, timeout=20_000)

    def find(self, kind: type[Kind], name: str) -> Kind:
        """Return the one widget of a name that is shown."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        assert len(found) == 1, f"{len(found)} of {name} are shown"
        return found[0]

    def sees(self, kind: type[QWidget], name: str) -> bool:
        """Tell whether a widget of a name is shown."""
        return any(widget.isVisible() for widget in self.window.findChildren(kind, name))

    def text(self, name: str) -> str:
        """Return the text of a label that is shown."""
        return self.find(QLabel, name).text()

    def column(self, table: str, key: str) -> list[Any]:
        """Return what a column of a table that is shown has."""
        return list(self.find(DataTable, table).table_model.values(key))

    def rows(self) -> played.Rows:
        """Return all rows of the open file."""
        found: list[played.Rows] = []

        def read(ws: Any, _progress: Any) -> played.Rows:
            conn: sqlite3.Connection = ws.conn
            return played.rows_in(conn)

        self.made.session.read(read, found.append)
        self.settle()
        return found[0]

    # -- acting ------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} cannot be pressed"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def go(self, page: str) -> None:
        """Go to a page by the list at the left."""
        self.press(f"navigate-{page}")
        assert self.window.current_page is not None
        assert self.window.current_page.id == page

    def pick(self, name: str, value: str | int) -> None:
        """Pick a value from the menu of a picker."""
        self.press(name)
        menus = [m for m in self.window.findChildren(QMenu, f"{name}Menu") if m.isVisible()]
        (action,) = [a for m in menus for a in m.actions() if a.text().startswith(str(value))]
        action.trigger()
        for menu in menus:
            menu.close()
        self.settle()

    def choose_row(self, table: str, row_id: object) -> None:
        """Select a row of a table."""
        assert self.find(DataTable, table).select_id(row_id), f"{row_id} is not in {table}"
        self.settle()

    def menu(self, name: str) -> None:
        """Trigger an action of a menu."""
        action = self.window.findChild(QAction, name)
        assert isinstance(action, QAction)
        assert action.isEnabled(), f"{name} cannot be chosen"
        action.trigger()
        self.settle()

    def with_files(self, paths: list[Path], act: Callable[[], object]) -> None:
        """Do what asks for files, and choose these."""
        self._chosen = [str(path) for path in paths]
        act()
        self.settle()

    def fill_in(self, form: str, **given: str) -> None:
        """Fill in the form that is open and store it; it must be stored."""
        dialog = self.find(QDialog, form)
        for name, text in given.items():
            field = next(
                w for w in dialog.findChildren(QWidget)
                if w.objectName() in (name, f"{form}-{name}")
            )  # fmt: skip
            assert field.isEnabled(), name
            if isinstance(field, QComboBox):
                at = field.findData(text)
                assert at >= 0, f"{text} cannot be chosen in {name}"
                field.setCurrentIndex(at)
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(text)
            else:
                assert isinstance(field, QLineEdit)
                field.clear()
                field.insert(text)
        self.press(f"{form}Save")
        assert not self.sees(QDialog, form), self.text(f"{form}Fault")
        assert not self.told, self.told

    def undo(self) -> None:
        """Take the newest step back: by the banner where it offers that, else in the record."""
        if self.sees(QAbstractButton, "bannerAction"):
            self.press("bannerAction")
        else:
            self.go("history")
            self.press("historyUndo")

    def do(self, story: str, act: Callable[[], object], parts: int = 1) -> None:
        """Do, undo, do again: undone, every table must be as it was, byte by byte."""
        before = self.rows()
        act()
        assert len(played.changed_tables(before, self.rows())) >= parts
        self.undo()
        assert not self.told, self.told
        played.check_undone(before, self.rows())
        act()
        assert not self.told, self.told
        self.story.append(story)
