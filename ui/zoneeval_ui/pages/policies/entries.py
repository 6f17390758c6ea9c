"""The widgets of the editor's tables: one line edit, choice or tick per entry."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from zoneeval_ui.pages.policies.forms import Entry, Form, Row
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

Changed = Callable[[Entry, Any], None]
_WIDTHS = {"number": 60, "percent": 74, "integer": 90, "text": 400}
translate = QCoreApplication.translate


class Unreadable(ValueError):
    """What was typed is no figure; the message says so."""


def shown(entry: Entry) -> str:
    """Return the value as it stands in its line edit."""
    if entry.value is None:
        return ""
    if entry.kind in ("number", "percent") and isinstance(entry.value, int | float):
        return f"{entry.value * (100 if entry.kind == 'percent' else 1):.10g}"
    return str(entry.value)


def read(entry: Entry, words: str) -> Any:
    """Return what was typed as a value, None for nothing; raise Unreadable."""
    text = words.strip().rstrip("%％")
    if entry.kind == "text" or not text:
        return text or None
    try:
        value = int(text) if entry.kind == "integer" else float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        kind = translate("Policies", "整数" if entry.kind == "integer" else "数字")
        message = translate("Policies", "{label}：“{words}”不是{kind}，请改正")
        raise Unreadable(message.format(label=entry.label, words=words.strip(), kind=kind))
    return round(value / 100, 12) if entry.kind == "percent" else value


def widget_of(entry: Entry, changed: Changed, parent: QWidget) -> QWidget:
    """Return the widget of an entry; ``changed`` gets what is typed or chosen."""
    theme = current_theme()
    if entry.kind == "choice":
        box = ComboBox(entry.name, entry.label, parent)
        for key, word in entry.choices:
            box.addItem(word, key)
        box.setCurrentIndex(max(0, box.findData(entry.value)))
        box.currentIndexChanged.connect(lambda _at: changed(entry, box.currentData()))
        return box
    if entry.kind == "flag":
        tick = QCheckBox(parent)
        tick.setObjectName(entry.name)
        tick.setAccessibleName(entry.label)
        tick.setChecked(bool(entry.value))
        tick.toggled.connect(lambda on: changed(entry, on))
        return tick
    edit = QLineEdit(shown(entry), parent)
    edit.setObjectName(entry.name)
    edit.setAccessibleName(entry.label)
    if entry.kind == "text":
        edit.setCursorPosition(0)
    else:
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
    edit.setFixedWidth(theme.px(_WIDTHS[entry.kind]))
    edit.textEdited.connect(lambda words: changed(entry, words))
    return edit


def grid_of(
    form: Form, changed: Changed, removed: Callable[[Row], None], parent: QWidget
) -> QWidget:
    """Return a form as a grid: headings, then a line per row."""
    theme = current_theme()
    made = QWidget(parent)
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(5))
    grid.setVerticalSpacing(theme.px(6))
    for at, heading in enumerate(form.headings):
        grid.addWidget(make_label(heading, "caption", made), 0, at)
    for line, row in enumerate(form.rows, start=1):
        label = make_label(row.label, "", made, wrap=True)
        label.setMinimumWidth(theme.px(116 if len(form.headings) > 2 else 150))
        grid.addWidget(label, line, 0)
        for at, entry in enumerate(row.entries, start=1):
            if entry is not None:
                grid.addWidget(widget_of(entry, changed, made), line, at)
        if row.remove is not None:
            button = QPushButton(translate("Policies", "删去"), made)
            button.setObjectName(f"remove-{form.title}-{line - 1}")
            words = translate("Policies", "删去{name}").format(name=row.label)
            button.setAccessibleName(words)
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _on=False, gone=row: removed(gone))
            grid.addWidget(button, line, len(row.entries) + 1)
    grid.setColumnStretch(max(len(row.entries) for row in form.rows) + 2, 1)
    return made
