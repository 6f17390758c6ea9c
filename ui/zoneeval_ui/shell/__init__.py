"""The window around the pages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval_ui.shell.actions import ActionSpec, ActionTable
    from zoneeval_ui.shell.context import Choice, Context
    from zoneeval_ui.shell.context_bar import ContextBar
    from zoneeval_ui.shell.finding import PaletteItem
    from zoneeval_ui.shell.page import Page, PageState
    from zoneeval_ui.shell.palette import CommandPalette
    from zoneeval_ui.shell.window import MainWindow, PageSpec

_HOMES = {
    "ActionSpec": "actions",
    "ActionTable": "actions",
    "Choice": "context",
    "Context": "context",
    "ContextBar": "context_bar",
    "Page": "page",
    "PageState": "page",
    "PaletteItem": "finding",
    "CommandPalette": "palette",
    "MainWindow": "window",
    "PageSpec": "window",
}

__all__ = [
    "ActionSpec",
    "ActionTable",
    "Choice",
    "CommandPalette",
    "Context",
    "ContextBar",
    "MainWindow",
    "Page",
    "PageSpec",
    "PageState",
    "PaletteItem",
]


def __getattr__(name: str) -> object:
    """Import a part when it is first asked for: the first window must not wait for all."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
