"""The white (dark: raised) surface with a hairline border on which content lies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from zoneeval_ui.theme import current_theme, current_tokens

RADIUS = 8
PADDING = 16


class Card(QFrame):
    """A surface with 8 px corners; ``flush`` lets the content reach the border."""

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, flush: bool = False
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._corners: list[_Corner] = []
        self.body = QVBoxLayout(self)
        pad = 1 if flush else theme.px(PADDING)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(0 if flush else theme.px(8))
        self.title_label: QLabel | None = None
        if title:
            self.set_title(title)
        if flush:
            self._corners = [_Corner(self, place) for place in range(4)]

    def set_title(self, title: str) -> None:
        """Set the bold line at the top of the card."""
        if self.title_label is None:
            self.title_label = QLabel(self)
            self.title_label.setProperty("role", "strong")
            self.body.insertWidget(0, self.title_label)
        self.title_label.setText(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget below the others."""
        self.body.addWidget(widget, stretch)
        for corner in self._corners:
            corner.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint surface and border."""
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.surface))
        radius = current_theme().px(RADIUS)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, radius, radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners in their places."""
        super().resizeEvent(event)
        for corner in self._corners:
            corner.place_in(self.width(), self.height())


class _Corner(QWidget):
    """Rounds one corner of a flush card above whatever lies in it."""

    def __init__(self, card: Card, place: int) -> None:
        super().__init__(card)
        self._card = card
        self._place = place
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        size = current_theme().px(RADIUS)
        self.resize(size, size)

    def place_in(self, width: int, height: int) -> None:
        x = 0 if self._place in (0, 2) else width - self.width()
        y = 0 if self._place in (0, 1) else height - self.height()
        self.move(x, y)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        box = (
            QRectF(self._card.rect())
            .translated(-self.x(), -self.y())
            .adjusted(0.5, 0.5, -0.5, -0.5)
        )
        radius = current_theme().px(RADIUS)
        rounded = QPainterPath()
        rounded.addRoundedRect(box, radius, radius)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(rounded), QColor(tokens.background))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawPath(rounded)


class Section(QWidget):
    """A part of a card between hairlines: a bold title and content; ``raised`` for the last."""

    def __init__(
        self,
        title: str = "",
        parent: QWidget | None = None,
        *,
        raised: bool = False,
        line: bool = True,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._raised, self._line = raised, line
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.px(PADDING), theme.px(12)] * 2)
        self.body.setSpacing(theme.px(6))
        if title:
            label = QLabel(title, self)
            label.setProperty("role", "strong")
            self.body.addWidget(label)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget below the others."""
        self.body.addWidget(widget, stretch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet background and the hairline at the top."""
        tokens = current_tokens()
        painter = QPainter(self)
        if self._raised:
            painter.fillRect(self.rect(), QColor(tokens.raised))
        if self._line:
            painter.fillRect(0, 0, self.width(), 1, QColor(tokens.border))


class DetailCard(Card):
    """A flush card whose sections scroll: the detail pane at the right of a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("detailCard")
        self.setMinimumWidth(current_theme().px(300))
        self._area = QScrollArea(self)
        self._area.setObjectName("detailScroll")
        self._area.setAccessibleName(self.tr("详情"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(self._area, 1)
        self._content = QWidget()
        self.clear()

    def clear(self) -> None:
        """Take all sections away."""
        self._content = QWidget()
        self._content.setObjectName("scrollBody")
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        self._area.setWidget(self._content)

    def add_section(self, section: QWidget) -> None:
        """Add a section below the others."""
        layout = self._content.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, section)
