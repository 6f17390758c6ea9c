"""One list that can be handed out: what it is, how many rows, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label


@dataclass(frozen=True, slots=True)
class CardAction:
    """One button of a card; with ``choices`` it opens a menu of them instead of acting."""

    key: str
    text: str
    enabled: bool = True
    choices: tuple[CardAction, ...] = ()


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says; ``doubt`` is amber."""

    title: str
    count: str
    sentence: str
    doubt: str
    actions: tuple[CardAction, ...]


class ListCard(Card):
    """Show a :class:`CardText`; ``action_clicked`` carries the key of the button."""

    action_clicked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        theme = current_theme()
        self.setObjectName(name)
        self._title = make_label("", "strong")
        self._count = make_label("", "secondary")
        self._count.setObjectName(f"{name}Count")
        self._sentence = make_label("", "secondary", wrap=True)
        self._doubt = make_label("", "secondary", tone=Tone.UNCERTAIN, wrap=True)
        self._doubt.setObjectName(f"{name}Doubt")
        self._buttons: list[QPushButton] = []
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._count)
        self.body.addLayout(top)
        self.body.addWidget(self._sentence)
        self.body.addWidget(self._doubt)
        self.body.addStretch(1)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(6))
        self._row.addStretch(1)
        self.body.addLayout(self._row)

    @property
    def count_label(self) -> QLabel:
        """Return the label of the number of rows."""
        return self._count

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """Return the buttons in their order."""
        return tuple(self._buttons)

    def show_text(self, text: CardText) -> None:
        """Show another text and its buttons."""
        self._title.setText(text.title)
        self._count.setText(text.count)
        self._sentence.setText(text.sentence)
        self._doubt.setText(text.doubt)
        self._doubt.setVisible(bool(text.doubt))
        self.setAccessibleName(f"{text.title} {text.count}")
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, action in enumerate(text.actions):
            button = QPushButton(action.text, self)
            button.setObjectName(f"export-{action.key}")
            button.setAccessibleName(f"{text.title} {action.text}")
            button.setProperty("kind", "soft")
            button.setEnabled(action.enabled)
            if action.choices:
                button.setMenu(self._menu(action, button))
            else:
                button.clicked.connect(lambda _on=False, k=action.key: self.action_clicked.emit(k))
            self._row.insertWidget(place, button)
            self._buttons.append(button)

    def _menu(self, action: CardAction, button: QPushButton) -> QMenu:
        menu = QMenu(button)
        menu.setObjectName(f"menu-{action.key}")
        for choice in action.choices:
            made = menu.addAction(choice.text)
            made.setObjectName(f"export-{choice.key}")
            made.triggered.connect(lambda _on=False, k=choice.key: self.action_clicked.emit(k))
        return menu
