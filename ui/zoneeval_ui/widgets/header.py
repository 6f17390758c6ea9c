"""The top of a page: title, one sentence, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from zoneeval_ui.theme import current_theme


class PageHeader(QWidget):
    """Title (21 px), a sentence with state and next step, secondary buttons, one primary."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("pageHeader")
        self._title = QLabel(title, self)
        self._title.setObjectName("pageTitle")
        self._title.setProperty("role", "title")
        self._sentence = QLabel(self)
        self._sentence.setObjectName("pageSentence")
        self._sentence.setProperty("role", "sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(10))
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._sentence, 1)
        self._primary: QPushButton | None = None
        self.setMinimumHeight(theme.px(38))

    @property
    def sentence(self) -> str:
        """Return the sentence beside the title."""
        return self._sentence.text()

    @property
    def primary(self) -> QPushButton | None:
        """Return the primary button, if there is one."""
        return self._primary

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def set_sentence(self, text: str) -> None:
        """Say where things stand and what comes next."""
        self._sentence.setText(text)

    def add_button(self, name: str, text: str, *, primary: bool = False) -> QPushButton:
        """Add a button at the right and return it; the primary one stays last."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        if primary:
            button.setProperty("kind", "primary")
            self._primary = button
            self._layout.addWidget(button)
        else:
            place = self._layout.count() - (1 if self._primary is not None else 0)
            self._layout.insertWidget(place, button)
        return button
