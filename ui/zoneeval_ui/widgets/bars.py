"""Indicators as bars: points against full marks, value ÷ benchmark beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from zoneeval_ui.theme import TextSize, Tone, current_theme, sized, tabular

ROW = 37
GOOD_SHARE = 0.8
BAR = 8


@dataclass(frozen=True, slots=True)
class IndicatorBar:
    """One indicator; ``comparison`` is "6.1 ÷ 基准 15.2"; points None means no data.

    Without a ``tone`` the bar is green from 80 % of full marks on, else orange.
    """

    key: str
    name: str
    comparison: str
    points: float | None
    full: float
    points_text: str = ""
    tone: Tone | None = None
    note: str = ""

    @property
    def share(self) -> float | None:
        """Return points as a share of full marks, None where unknown."""
        if self.points is None or math.isnan(self.points) or self.full <= 0:
            return None
        return self.points / self.full

    @property
    def colour_tone(self) -> Tone:
        """Return the tone of the bar."""
        if self.share is None:
            return Tone.UNCERTAIN
        return self.tone or (Tone.A if self.share >= GOOD_SHARE else Tone.C)

    @property
    def shown_points(self) -> str:
        """Return "8.0 / 20", or 未知."""
        if self.share is None:
            return self.points_text or "未知"
        return self.points_text or f"{self.points:.1f} / {self.full:g}"


class IndicatorBars(QWidget):
    """Bars one below the other; ``indicator_clicked`` carries the key."""

    indicator_clicked = Signal(str)

    def __init__(self, bars: Sequence[IndicatorBar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicatorBars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._bars: tuple[IndicatorBar, ...] = ()
        self.set_bars(bars)

    @property
    def bars(self) -> tuple[IndicatorBar, ...]:
        """Return the bars as shown."""
        return self._bars

    def set_bars(self, bars: Sequence[IndicatorBar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        lines = [f"{b.name} {b.comparison} {b.shown_points}" for b in self._bars]
        self.setAccessibleName(self.tr("各项得分"))
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all bars."""
        theme = current_theme()
        return QSize(theme.px(300), max(1, len(self._bars)) * theme.px(ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the least room at which names and figures still fit."""
        return QSize(current_theme().px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, comparison, points and bar of each indicator."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, place * theme.px(ROW), bar)

    def _paint_bar(self, painter: QPainter, top: int, bar: IndicatorBar) -> None:
        theme = current_theme()
        tokens = theme.tokens
        colour = tokens.pair(bar.colour_tone)[0]
        plain = tabular(sized(self.font(), TextSize.SECONDARY))
        bold = tabular(sized(self.font(), TextSize.SECONDARY, bold=True))
        line, width = theme.px(20), self.width()
        points_width = max(
            theme.px(62), QFontMetrics(bold).horizontalAdvance(bar.shown_points) + theme.px(8)
        )
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text if bar.share is not None else tokens.uncertain))
        painter.drawText(width - points_width, top, points_width, line, right, bar.shown_points)
        painter.setFont(plain)
        painter.setPen(QColor(tokens.muted))
        metrics = QFontMetrics(plain)
        name_width = min(metrics.horizontalAdvance(bar.name) + theme.px(8), width - points_width)
        room = width - points_width - name_width
        comparison = metrics.elidedText(bar.comparison, Qt.TextElideMode.ElideRight, room)
        painter.drawText(name_width, top, room, line, right, comparison)
        painter.setPen(QColor(tokens.text))
        name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, name_width)
        painter.drawText(0, top, name_width, line, left, name)
        track = QRectF(0, top + line, width, theme.px(BAR))
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(track, radius, radius)
        if bar.share is not None and bar.share > 0:
            filled = QRectF(track)
            filled.setWidth(max(track.height(), track.width() * min(1.0, bar.share)))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(filled, radius, radius)

    def _bar_at(self, y: float) -> IndicatorBar | None:
        place = int(y // current_theme().px(ROW))
        return self._bars[place] if 0 <= place < len(self._bars) else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which indicator was clicked."""
        bar = self._bar_at(event.position().y())
        if bar is not None and event.button() is Qt.MouseButton.LeftButton:
            self.indicator_clicked.emit(bar.key)

    def event(self, event: QEvent) -> bool:
        """Show the note of the indicator under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(event.pos().y())
            text = "\n".join(t for t in (bar.name, bar.comparison, bar.note) if t) if bar else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
