"""A small word in a coloured box: a class, an uncertainty, a plain mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zoneeval_ui.theme import TextSize, Tone, current_theme, sized, tone_of_grade


class Badge(QWidget):
    """Show a word in the colours of a tone; ``pill`` rounds it like the context bar's."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
        *,
        pill: bool = False,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._pill = text, tone, pill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """Return the word."""
        return self._text

    @property
    def tone(self) -> Tone:
        """Return the tone."""
        return self._tone

    def set(self, text: str, tone: Tone) -> None:
        """Change word and tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_grade(self, grade: str | None) -> None:
        """Show a class letter in its colour; an unknown class as an amber 待定."""
        if grade:
            self.set(grade, tone_of_grade(grade))
        else:
            self.set(self.tr("待定"), Tone.UNCERTAIN)

    def sizeHint(self) -> QSize:
        """Return the room of the word with its padding."""
        theme = current_theme()
        metrics = QFontMetrics(self._letter_font())
        pad = theme.px(16 if self._pill else 12)
        width = max(theme.px(22), metrics.horizontalAdvance(self._text) + pad)
        return QSize(width, theme.px(21))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box and word."""
        theme = current_theme()
        colour, soft = theme.tokens.pair(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        radius = self.height() / 2 if self._pill else theme.px(4)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setFont(self._letter_font())
        painter.setPen(QColor(colour))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)

    def _letter_font(self) -> QFont:
        return sized(self.font(), TextSize.SECONDARY, bold=not self._pill)
