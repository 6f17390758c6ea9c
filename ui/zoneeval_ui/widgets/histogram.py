"""How scores are spread: bars in the colours of the classes, with the cut lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from zoneeval_ui.theme import TextSize, current_theme, sized, tone_of_grade


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """How many enterprises score in [low, high), by class letter."""

    low: float
    high: float
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return the enterprises of all classes."""
        return sum(count for _grade, count in self.counts)


@dataclass(frozen=True, slots=True)
class CutLine:
    """A score at which the class changes."""

    score: float
    label: str


class ScoreHistogram(QWidget):
    """Show :class:`ScoreBar` side by side; ``bar_clicked`` carries low and high."""

    bar_clicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scoreHistogram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._bars: tuple[ScoreBar, ...] = ()
        self._cuts: tuple[CutLine, ...] = ()
        self.setAccessibleName(self.tr("综合得分分布"))

    def set_data(self, bars: Sequence[ScoreBar], cuts: Sequence[CutLine] = ()) -> None:
        """Show bars of equal width in rising order, and cut lines."""
        self._bars, self._cuts = tuple(bars), tuple(cuts)
        lines = [
            self.tr("{low:g}–{high:g} 分：{n} 户").format(low=b.low, high=b.high, n=b.total)
            for b in self._bars
        ]
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual room."""
        return QSize(current_theme().px(420), current_theme().px(120))

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(current_theme().px(200), current_theme().px(110))

    def _plot(self) -> QRectF:
        theme = current_theme()
        top = theme.px(18) if self._cuts else theme.px(4)
        return QRectF(0, top, self.width(), self.height() - top - theme.px(18))

    def _x_of(self, score: float) -> float:
        plot = self._plot()
        low, high = self._bars[0].low, self._bars[-1].high
        return plot.left() + plot.width() * (score - low) / ((high - low) or 1.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bars, scale and cut lines."""
        if not self._bars:
            return
        theme = current_theme()
        tokens, plot = theme.tokens, self._plot()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max(bar.total for bar in self._bars) or 1
        painter.setPen(Qt.PenStyle.NoPen)
        gap = theme.px(3)
        for bar in self._bars:
            left, right = self._x_of(bar.low), self._x_of(bar.high)
            bottom = plot.bottom()
            for grade, count in bar.counts:
                height = plot.height() * count / highest
                colour = tokens.pair(tone_of_grade(grade))[0]
                painter.setBrush(QColor(colour))
                painter.drawRect(
                    QRectF(left + gap, bottom - height, right - left - 2 * gap, height)
                )
                bottom -= height
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), QColor(tokens.border))
        painter.setFont(sized(self.font(), TextSize.CAPTION))
        self._paint_scale(painter, plot)
        for cut in self._cuts:
            self._paint_cut(painter, plot, cut)

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        theme = current_theme()
        painter.setPen(QColor(theme.tokens.faint))
        top = int(plot.bottom()) + theme.px(3)
        room = theme.px(60)
        low, high = f"{self._bars[0].low:g}", f"{self._bars[-1].high:g}"
        flags = Qt.AlignmentFlag
        painter.drawText(0, top, room, theme.px(15), int(flags.AlignLeft), low)
        painter.drawText(self.width() - room, top, room, theme.px(15), int(flags.AlignRight), high)

    def _paint_cut(self, painter: QPainter, plot: QRectF, cut: CutLine) -> None:
        theme = current_theme()
        x = self._x_of(cut.score)
        if not plot.left() <= x <= plot.right():
            return
        painter.setPen(QPen(QColor(theme.tokens.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(round(x), theme.px(15), round(x), round(plot.bottom()))
        painter.setPen(QColor(theme.tokens.muted))
        width = QFontMetrics(painter.font()).horizontalAdvance(cut.label)
        left = min(max(0.0, x - width / 2), plot.right() - width)
        painter.drawText(QRectF(left, 0, width + 1, theme.px(15)), 0, cut.label)

    def _bar_at(self, x: float) -> ScoreBar | None:
        return next((b for b in self._bars if self._x_of(b.low) <= x < self._x_of(b.high)), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which bar was clicked."""
        bar = self._bar_at(event.position().x())
        if bar is not None:
            self.bar_clicked.emit(bar.low, bar.high)

    def event(self, event: QEvent) -> bool:
        """Show range and counts of the bar under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(event.pos().x())
            text = ""
            if bar is not None:
                text = self.tr("{low:g}–{high:g} 分").format(low=bar.low, high=bar.high)
                text += "".join(f"\n{g}：{n}" for g, n in bar.counts if n)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
