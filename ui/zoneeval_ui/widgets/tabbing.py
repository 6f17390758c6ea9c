"""The order in which the Tab key goes through what is made after the rest of a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


def tab_in_place(bar: QWidget, made: Sequence[QWidget]) -> None:
    """Let Tab reach what was just made in ``bar`` where the bar stands, not after all else."""
    before = bar.previousInFocusChain()
    while before not in (None, bar) and (bar.isAncestorOf(before) or not _takes_tab(before)):
        before = before.previousInFocusChain()
    if before is None or before is bar:
        return
    for widget in made:
        QWidget.setTabOrder(before, widget)
        before = widget


def tab_through(area: QWidget, panel: QWidget) -> None:
    """Let Tab reach what a panel holds, in the order it was made, where ``area`` stands."""
    proxied = (QAbstractSpinBox, QComboBox)
    parts = [
        part
        for part in panel.findChildren(QWidget)
        if _takes_tab(part) and not isinstance(part.parent(), proxied)
    ]
    tab_in_place(area, parts)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
