"""The star ladder: each criterion on its own scale from gate to six stars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from zoneeval_ui.theme import TextSize, Tone, current_theme, sized, tabular

UNKNOWN: Final = "unknown"
Threshold = float | Literal["unknown"] | None
"""A figure; ``"unknown"`` where no document was found; None where nothing is required."""

DEFAULT_LEVELS = ("门槛", "一星", "二星", "三星", "四星", "五星", "六星")
ROW = 56
HEAD = 30


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One criterion: a threshold per level and the zone's value (None: no data).

    ``meets`` says whether the value meets the zone's target (None: not decidable).
    """

    key: str
    name: str
    thresholds: tuple[Threshold, ...]
    value: float | None = None
    unit: str = ""
    meets: bool | None = None
    value_text: str = ""


class LadderChart(QWidget):
    """Rows are criteria, columns levels; clicking a threshold asks for its clause."""

    threshold_clicked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ladderChart")
        self.setAccessibleName(self.tr("各项指标离各星级的距离"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._levels: tuple[str, ...] = DEFAULT_LEVELS
        self._rows: tuple[LadderRow, ...] = ()

    def set_ladder(self, rows: Sequence[LadderRow], levels: Sequence[str] = DEFAULT_LEVELS) -> None:
        """Show these criteria; each needs one threshold per level."""
        for row in rows:
            if len(row.thresholds) != len(levels):
                raise ValueError(
                    f"{row.key}: {len(row.thresholds)} thresholds, {len(levels)} levels"
                )
        self._rows, self._levels = tuple(rows), tuple(levels)
        self.setAccessibleDescription(
            "\n".join(f"{row.name} {self.value_text(row)}" for row in self._rows)
        )
        self.updateGeometry()
        self.update()

    def value_text(self, row: LadderRow) -> str:
        """Return the zone's value as text, or 缺数据."""
        if row.value is None:
            return self.tr("缺数据")
        return row.value_text or f"{row.value:g} {row.unit}".strip()

    def sizeHint(self) -> QSize:
        """Return the room of all rows."""
        theme = current_theme()
        return QSize(theme.px(640), theme.px(HEAD) + len(self._rows) * theme.px(ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the least room at which captions still fit."""
        return QSize(current_theme().px(420), self.sizeHint().height())

    def _geometry(self) -> tuple[float, float]:
        theme = current_theme()
        metrics = QFontMetrics(sized(self.font(), TextSize.BODY))
        names = [metrics.horizontalAdvance(row.name) for row in self._rows]
        left = max([theme.px(80), *names]) + theme.px(24)
        return left, max(1.0, (self.width() - left) / max(1, len(self._levels)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint levels, criteria, thresholds and the zone's dots."""
        theme = current_theme()
        tokens = theme.tokens
        left, cell = self._geometry()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), TextSize.CAPTION))
        painter.setPen(QColor(tokens.muted))
        for place, level in enumerate(self._levels):
            box = QRectF(left + place * cell, 0, cell, theme.px(HEAD - 6))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), level)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, theme.px(HEAD) + place * theme.px(ROW), row)

    def _paint_row(self, painter: QPainter, top: int, row: LadderRow) -> None:
        theme = current_theme()
        tokens = theme.tokens
        left, cell = self._geometry()
        band = theme.px(18)
        centred = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(sized(self.font(), TextSize.BODY))
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRectF(0, top, left, band), centred, row.name)
        position = place_of(row)
        small = tabular(sized(self.font(), TextSize.CAPTION))
        painter.setFont(small)
        for place, threshold in enumerate(row.thresholds):
            box = QRectF(left + place * cell, top, cell - theme.px(2), band)
            reached = position is not None and place <= position
            painter.fillRect(box, QColor(tokens.accent_soft if reached else tokens.background))
            painter.setPen(QColor(tokens.uncertain if threshold == UNKNOWN else tokens.faint))
            caption = QRectF(box.left() + theme.px(4), top + band + theme.px(3), cell, theme.px(16))
            painter.drawText(caption, centred, self._threshold_text(threshold))
        if position is None:
            painter.setPen(QColor(tokens.uncertain))
            box = QRectF(left + theme.px(6), top, cell * 3, band)
            painter.drawText(box, centred, self.value_text(row))
            return
        tone = Tone.UNCERTAIN if row.meets is None else Tone.A if row.meets else Tone.C
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.pair(tone)[0]))
        radius = theme.px(7)
        x = min(max(left + radius, left + position * cell), self.width() - radius)
        painter.drawEllipse(QPointF(x, top + band / 2), radius, radius)

    def _threshold_text(self, threshold: Threshold) -> str:
        if threshold is None:
            return ""
        return self.tr("未知") if isinstance(threshold, str) else f"{threshold:g}"

    def _cell_at(self, x: float, y: float) -> tuple[LadderRow, int] | None:
        theme = current_theme()
        left, cell = self._geometry()
        row = int((y - theme.px(HEAD)) // theme.px(ROW))
        level = int((x - left) // cell)
        if y < theme.px(HEAD) or not 0 <= row < len(self._rows):
            return None
        return self._rows[row], level if 0 <= level < len(self._levels) else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which criterion and level were clicked."""
        found = self._cell_at(event.position().x(), event.position().y())
        if found is not None and found[1] >= 0 and found[0].thresholds[found[1]] is not None:
            self.threshold_clicked.emit(found[0].key, found[1])

    def event(self, event: QEvent) -> bool:
        """Show the criterion's value and the threshold under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._cell_at(event.pos().x(), event.pos().y())
            text = ""
            if found is not None:
                row, level = found
                text = self.tr("{name}：现为 {value}").format(
                    name=row.name, value=self.value_text(row)
                )
                if level >= 0 and row.thresholds[level] is not None:
                    need = self._threshold_text(row.thresholds[level])
                    text += f"\n{self._levels[level]}：{need} {row.unit}".rstrip()
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def place_of(row: LadderRow) -> float | None:
    """Return where a value stands, in cells from the left; None where it is missing.

    Cell i begins at threshold i.  Inside a cell the place is proportional where
    the next threshold is known; before an unknown one it is the middle, because
    nothing says how far the next step is.
    """
    if row.value is None:
        return None
    reached = -1
    for place, threshold in enumerate(row.thresholds):
        if isinstance(threshold, float | int) and row.value >= threshold:
            reached = place
    if reached < 0:
        return _before_first(row)
    low = row.thresholds[reached]
    if reached + 1 == len(row.thresholds):
        return reached + 0.5
    high = row.thresholds[reached + 1]
    if isinstance(high, str) or high is None or not isinstance(low, float | int) or high <= low:
        return reached + 0.5
    return reached + min(0.96, (row.value - low) / (high - low))


def _before_first(row: LadderRow) -> float:
    for place, threshold in enumerate(row.thresholds):
        if isinstance(threshold, float | int):
            if place == 0 or threshold <= 0 or row.value is None:
                return 0.0
            if any(isinstance(t, str) for t in row.thresholds[:place]):
                return 0.5
            return max(0.0, place * row.value / threshold)
    return 0.5
