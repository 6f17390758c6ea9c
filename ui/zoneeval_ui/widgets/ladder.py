"""The star ladder: each criterion on its own scale from gate to six stars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
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

    ``meets`` says whether the value meets the level ``aim`` (None: not decidable), and
    ``lacking`` in words what is missing to it.  ``lower``: less is better.
    """

    key: str
    name: str
    thresholds: tuple[Threshold, ...]
    value: float | None = None
    unit: str = ""
    meets: bool | None = None
    value_text: str = ""
    lower: bool = False
    aim: int | None = None
    lacking: str = ""

    @property
    def direction(self) -> str:
        """Return which way is better: ≥ or ≤."""
        return "≤" if self.lower else "≥"


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
        resized = len(rows) != len(self._rows)
        self._rows, self._levels = tuple(rows), tuple(levels)
        self.setAccessibleDescription(
            "\n".join(
                f"{row.name} {self.value_text(row)} {row.lacking}".rstrip() for row in self._rows
            )
        )
        if resized:
            self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[LadderRow, ...]:
        """Return the criteria as shown."""
        return self._rows

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
        small = QFontMetrics(sized(self.font(), TextSize.SECONDARY))
        names = [metrics.horizontalAdvance(row.name) for row in self._rows]
        words = [small.horizontalAdvance(self._second_line(row)) for row in self._rows]
        left = max([theme.px(80), *names, *words]) + theme.px(24)
        left = min(left, max(theme.px(120), round(self.width() * 0.45)))
        return left, max(1.0, (self.width() - left) / max(1, len(self._levels)))

    def paintEvent(self, event: QPaintEvent) -> None:
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
        seen = event.rect()
        for place, row in enumerate(self._rows):
            top = theme.px(HEAD) + place * theme.px(ROW)
            if top <= seen.bottom() and top + theme.px(ROW) >= seen.top():
                self._paint_row(painter, top, left, cell, row)

    def _second_line(self, row: LadderRow) -> str:
        if position_unknown(row):
            return row.lacking
        return "  ".join(filter(None, (self.value_text(row), row.lacking)))

    def _paint_words(self, painter: QPainter, top: int, left: float, row: LadderRow) -> None:
        """Paint the name, and below it the value and what is missing."""
        theme = current_theme()
        tokens = theme.tokens
        band, room = theme.px(18), left - theme.px(14)
        centred = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(sized(self.font(), TextSize.BODY))
        painter.setPen(QColor(tokens.text))
        elide = Qt.TextElideMode.ElideRight
        name = QFontMetrics(painter.font()).elidedText(row.name, elide, round(room))
        painter.drawText(QRectF(0, top, room, band), centred, name)
        painter.setFont(tabular(sized(self.font(), TextSize.SECONDARY)))
        metrics = QFontMetrics(painter.font())
        at, y = 0.0, top + band + theme.px(1)
        if not position_unknown(row):
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(0, y, room, band), centred, self.value_text(row))
            at = metrics.horizontalAdvance(self.value_text(row) + "  ")
        if row.lacking and at < room:
            painter.setPen(QColor(tokens.pair(_tone(row))[0]))
            words = metrics.elidedText(row.lacking, elide, round(room - at))
            painter.drawText(QRectF(at, y, room - at, band), centred, words)

    def _paint_row(
        self, painter: QPainter, top: int, left: float, cell: float, row: LadderRow
    ) -> None:
        theme = current_theme()
        tokens = theme.tokens
        band = theme.px(18)
        centred = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._paint_words(painter, top, left, row)
        position = place_of(row)
        small = tabular(sized(self.font(), TextSize.CAPTION))
        painter.setFont(small)
        for place, threshold in enumerate(row.thresholds):
            box = QRectF(left + place * cell, top, cell - theme.px(2), band)
            reached = position is not None and place <= position
            painter.fillRect(box, QColor(tokens.accent_soft if reached else tokens.background))
            painter.setPen(QColor(tokens.uncertain if threshold == UNKNOWN else tokens.faint))
            caption = QRectF(box.left() + theme.px(4), top + band + theme.px(3), cell, theme.px(16))
            shown = self._threshold_text(threshold)
            if isinstance(threshold, float | int):
                shown = f"{row.direction} {shown}"
            painter.drawText(caption, centred, shown)
        if position is None:
            painter.setPen(QColor(tokens.uncertain))
            box = QRectF(left + theme.px(6), top, cell * 3, band)
            painter.drawText(box, centred, self.value_text(row))
            return
        colour = QColor(tokens.pair(_tone(row))[0])
        radius = theme.px(7)
        x = min(max(left + radius, left + position * cell), self.width() - radius)
        known = row.aim is not None and isinstance(row.thresholds[row.aim], float | int)
        if row.aim is not None and known and row.aim > position and row.meets is not True:
            end, middle = left + row.aim * cell, top + band / 2
            painter.setPen(QPen(colour, theme.px(1.5), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, middle), QPointF(end, middle))
            painter.setPen(QPen(colour, theme.px(2)))
            painter.drawLine(QPointF(end, top), QPointF(end, top + band))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
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


def _tone(row: LadderRow) -> Tone:
    return Tone.UNCERTAIN if row.meets is None else Tone.A if row.meets else Tone.C


def position_unknown(row: LadderRow) -> bool:
    """Tell whether there is no place for a dot."""
    return row.value is None


def place_of(row: LadderRow) -> float | None:
    """Return where a value stands, in cells from the left; None where it is missing.

    Cell i begins at threshold i.  Inside a cell the place is proportional where
    the next threshold is known; before an unknown one it is the middle, because
    nothing says how far the next step is.
    """
    if row.value is None:
        return None
    sign = -1 if row.lower else 1
    reached = -1
    for place, threshold in enumerate(row.thresholds):
        if isinstance(threshold, float | int) and sign * row.value >= sign * threshold:
            reached = place
    if reached < 0:
        return _before_first(row)
    low = row.thresholds[reached]
    if reached + 1 == len(row.thresholds):
        return reached + 0.5
    high = row.thresholds[reached + 1]
    if isinstance(high, str) or high is None or not isinstance(low, float | int):
        return reached + 0.5
    if sign * high <= sign * low:
        return reached + 0.5
    return reached + min(0.96, (row.value - low) / (high - low))


def _before_first(row: LadderRow) -> float:
    """Return the place below the first known threshold, as a share of the way to it."""
    value = row.value or 0.0
    for place, threshold in enumerate(row.thresholds):
        if isinstance(threshold, float | int):
            if place == 0:
                return 0.0
            if any(isinstance(t, str) for t in row.thresholds[:place]):
                return 0.5
            part, whole = (threshold, value) if row.lower else (value, threshold)
            return max(0.0, place * part / whole) if whole > 0 else 0.0
    return 0.5
