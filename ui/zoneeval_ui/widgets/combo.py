"""A box to choose from, with the same quiet arrow as the pickers of the context bar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox, QWidget

from zoneeval_ui.theme import current_theme

ARROW = 8
ROOM = 24


class ComboBox(QComboBox):
    """A combo box whose arrow is painted in the colours of the theme."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        """Make the box; ``text`` is its accessible name."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        room = current_theme().px(ROOM)
        self.setStyleSheet(f"QComboBox::drop-down {{ border: none; width: {room}px; }}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the arrow."""
        super().paintEvent(event)
        theme = current_theme()
        size = theme.px(ARROW)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.muted))
        x = self.width() - theme.px(ROOM) / 2 - size / 2
        y = self.height() / 2 - size / 4
        corners = [QPointF(x, y), QPointF(x + size, y), QPointF(x + size / 2, y + size * 0.6)]
        painter.drawPolygon(QPolygonF(corners))
