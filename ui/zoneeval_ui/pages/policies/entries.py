"""The widgets of the editor's tables: one line edit, choice or tick per entry."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from zoneeval_ui.pages.policies.opening import OpenedField
from zoneeval_ui.pages.policies.parts import OPENED, TYPED, Change, Entry, Form, Item, Row
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

Changed = Callable[[Entry, Any], None]
_WIDTHS = {"number": 64, "percent": 74, "integer": 90, "text": 400}
_SHORT = 46
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


def read(entry: Entry, words: Any) -> Any:
    """Return what was typed as a value, None for nothing; raise Unreadable."""
    if entry.kind not in TYPED or not isinstance(words, str):
        return words
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
    if entry.kind in OPENED:
        return OpenedField(entry, changed, parent)
    if entry.kind == "several":
        return _several(entry, changed, parent)
    edit = QLineEdit(shown(entry), parent)
    edit.setObjectName(entry.name)
    edit.setAccessibleName(entry.label)
    if entry.kind == "text":
        edit.setCursorPosition(0)
    else:
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
    edit.setFixedWidth(theme.px(_SHORT if entry.short else entry.width or _WIDTHS[entry.kind]))
    edit.textEdited.connect(lambda words: changed(entry, words))
    return edit


def _several(entry: Entry, changed: Changed, parent: QWidget) -> QWidget:
    """Return a tick for each choice; the value is the tuple of those ticked."""
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    ticks: dict[str, QCheckBox] = {}

    def ticked(_on: bool) -> None:
        changed(entry, tuple(key for key, tick in ticks.items() if tick.isChecked()))

    for key, word in entry.choices:
        tick = QCheckBox(word, made)
        tick.setObjectName(f"{entry.name}-{key}")
        tick.setAccessibleName(f"{entry.label}：{word}")
        tick.setChecked(key in entry.value)
        tick.toggled.connect(ticked)
        ticks[key] = tick
        row.addWidget(tick)
    row.addStretch(1)
    return made


def grid_of(
    form: Form,
    changed: Changed,
    replaced: Callable[[Change], None],
    opened: Callable[[Item], None],
    parent: QWidget,
) -> QWidget:
    """Return a form as a grid: headings, then a line per row.

    ``replaced`` gets a change after which there are other rows, ``opened`` the entry
    that is to be edited in a form of its own.
    """
    theme = current_theme()
    made = QWidget(parent)
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(5))
    grid.setVerticalSpacing(theme.px(6))
    for at, heading in enumerate(form.headings):
        grid.addWidget(make_label(heading, "caption", made), 0, at)
    after = max((len(row.entries) for row in form.rows), default=0) + 1
    worded = any(row.words for row in form.rows)
    label_width = 116 if len(form.headings) > 2 else 190 if worded and after == 1 else 150
    for line, row in enumerate(form.rows, start=1):
        label = make_label(row.label, "", made, wrap=True)
        label.setMinimumWidth(theme.px(label_width))
        grid.addWidget(label, line, 0)
        for at, entry in enumerate(row.entries, start=1):
            if entry is not None:
                grid.addWidget(widget_of(entry, changed, made), line, at)
        if row.words:
            grid.addWidget(make_label(row.words, "secondary", made, wrap=True), line, after)
        buttons = _buttons(form, row, line - 1, replaced, opened, made)
        grid.addWidget(buttons, line, after + 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(after if worded else after + 2, 1)
    return made


def _buttons(
    form: Form,
    row: Row,
    number: int,
    replaced: Callable[[Change], None],
    opened: Callable[[Item], None],
    parent: QWidget,
) -> QWidget:
    made = QWidget(parent)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def add(name: str, text: str, does: Callable[[], None]) -> None:
        button = QPushButton(text, made)
        button.setObjectName(f"{name}-{form.title}-{number}")
        button.setAccessibleName(f"{text}：{row.label}")
        button.setProperty("kind", "link")
        button.clicked.connect(lambda _on=False: does())
        layout.addWidget(button)

    item, up, remove, copy = row.item, row.up, row.remove, row.copy
    if item is not None:
        more = translate("Policies", "修改…") if not row.entries else translate("Policies", "更多")
        add("edit", more, lambda: opened(item))
    if up is not None:
        add("up", translate("Policies", "上移"), lambda: replaced(up))
    if copy is not None:
        add("copy", translate("Policies", "复制"), lambda: replaced(copy))
    if remove is not None:
        add("remove", translate("Policies", "删去"), lambda: replaced(remove))
    return made
