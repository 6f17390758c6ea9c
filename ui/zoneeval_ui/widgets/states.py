"""What a page shows when it has nothing, waits, or has failed; and the banner above content."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.theme import Tone, current_theme

TEXT_WIDTH = 440


class EmptyState(QWidget):
    """A sign, what is so, what to do first, and the button that does it."""

    clicked = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        button: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "○",
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("emptyState")
        self._icon = QLabel(self)
        self._icon.setProperty("role", "title")
        self._title = QLabel(self)
        self._title.setProperty("role", "detail")
        self._text = QLabel(self)
        self._text.setProperty("role", "sentence")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(theme.px(TEXT_WIDTH))
        self._button = QPushButton(self)
        self._button.setObjectName("emptyStateButton")
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.clicked)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addStretch(2)
        self._others = QWidget(self)
        row = QHBoxLayout(self._others)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._icon, self._title, self._text, self._button, self._others):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        self.set(title, text, button, icon=icon)

    def set(self, title: str, text: str = "", button: str = "", *, icon: str = "○") -> None:
        """Change what is said; an empty button text hides the button."""
        self._icon.setText(icon)
        self._icon.setVisible(bool(icon))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._text.setFixedHeight(max(1, self._text.heightForWidth(self._text.width())))
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))

    def set_others(self, others: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """Offer further ways below the button: name, text and what to do."""
        row = self._others.layout()
        assert row is not None
        while (item := row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for name, text, act in others:
            button = QPushButton(text, self._others)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setProperty("kind", "link")
            button.clicked.connect(act)
            row.addWidget(button)
        self._others.setVisible(bool(others))

    @property
    def title(self) -> str:
        """Return the first line."""
        return self._title.text()

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()


class ErrorBanner(QWidget):
    """A sentence in a soft box above the content, with one button that mends it."""

    action_clicked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, tone: Tone = Tone.C) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("banner")
        self._tone = tone
        self._label = QLabel(self)
        self._label.setObjectName("bannerText")
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton(self)
        self._action.setObjectName("bannerAction")
        self._action.clicked.connect(self.action_clicked)
        close = QPushButton("×", self)
        close.setObjectName("bannerClose")
        close.setAccessibleName(self.tr("关闭提示"))
        close.setProperty("kind", "link")
        close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self._label.text()

    def show_message(self, text: str, action: str = "", *, tone: Tone | None = None) -> None:
        """Show a sentence, with a button where ``action`` names one."""
        self._tone = self._tone if tone is None else tone
        self._label.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Hide the banner."""
        self.hide()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the soft box with a mark of its tone at the left."""
        theme = current_theme()
        colour, soft = theme.tokens.pair(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        painter.setBrush(QColor(colour))
        mark = QRectF(0, theme.px(6), theme.px(3), self.height() - 2 * theme.px(6))
        painter.drawRoundedRect(mark, theme.px(1), theme.px(1))
