"""The heading of a table: title, unit small and grey, a small arrow for the sort."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from zoneeval_ui.tables.columns import Column
from zoneeval_ui.tables.model import ColumnRole
from zoneeval_ui.theme import TextSize, current_theme, sized

PADDING = 10
ARROW = 12


class UnitHeader(QHeaderView):
    """Paint headings of :class:`ColumnTableModel`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setResizeContentsPrecision(0)
        self.setMinimumSectionSize(current_theme().px(44))
        self.setObjectName("tableHeader")

    def sizeHint(self) -> QSize:
        """Return a heading as high as a row."""
        hint = super().sizeHint()
        return QSize(hint.width(), current_theme().px(34))

    def sectionSizeFromContents(self, logical: int) -> QSize:
        """Return the room that title, unit and arrow need."""
        column = self._column(logical)
        if column is None:
            return super().sectionSizeFromContents(logical)
        title, unit = self._metrics()
        width = title.horizontalAdvance(column.title) + current_theme().px(2 * PADDING + ARROW)
        if column.unit:
            width += unit.horizontalAdvance(" " + column.unit)
        return QSize(width, current_theme().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings, and the hairline also where there is no column."""
        super().paintEvent(event)
        viewport = self.viewport()
        if self.length() - self.offset() < viewport.width():
            rest = QRect(self.length() - self.offset(), 0, viewport.width(), viewport.height())
            painter = QPainter(viewport)
            painter.fillRect(rest, QColor(current_theme().tokens.raised))
            painter.setPen(QColor(current_theme().tokens.border))
            painter.drawLine(rest.bottomLeft(), rest.bottomRight())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        theme = current_theme()
        tokens = theme.tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.raised))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._column(logical)
        if column is not None:
            self._paint_column(painter, rect, logical, column)
        painter.restore()

    def _paint_column(self, painter: QPainter, rect: QRect, logical: int, column: Column) -> None:
        theme = current_theme()
        tokens = theme.tokens
        title_metrics, unit_metrics = self._metrics()
        pad, arrow = theme.px(PADDING), theme.px(ARROW)
        sorted_here = self.sortIndicatorSection() == logical
        room = rect.width() - 2 * pad - (arrow if sorted_here else 0)
        unit = (" " + column.unit) if column.unit else ""
        unit_width = unit_metrics.horizontalAdvance(unit) if unit else 0
        title = title_metrics.elidedText(
            column.title, Qt.TextElideMode.ElideRight, max(room - unit_width, room // 2)
        )
        title_width = title_metrics.horizontalAdvance(title)
        unit = unit_metrics.elidedText(
            unit, Qt.TextElideMode.ElideRight, max(0, room - title_width)
        )
        used = title_width + unit_metrics.horizontalAdvance(unit)
        left = rect.left() + pad
        if column.is_right:
            left = rect.right() + 1 - pad - used
        elif column.kind in ("grade", "flag"):
            left = rect.left() + (rect.width() - used) // 2
        baseline = rect.center().y() + title_metrics.ascent() // 2 - title_metrics.descent() // 4
        painter.setFont(sized(self.font(), TextSize.SECONDARY))
        painter.setPen(QColor(tokens.accent if sorted_here else tokens.muted))
        painter.drawText(left, baseline, title)
        painter.setFont(sized(self.font(), TextSize.CAPTION))
        painter.setPen(QColor(tokens.faint))
        painter.drawText(left + title_width, baseline, unit)
        if sorted_here:
            before = column.is_right
            x = left - arrow * 0.7 if before else left + used + arrow * 0.6
            self._paint_arrow(painter, QPointF(x, rect.center().y() + 0.5), tokens.accent)

    def _paint_arrow(self, painter: QPainter, centre: QPointF, colour: str) -> None:
        size = current_theme().px(3)
        up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        tip = -size if up else size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(
            QPolygonF(
                [
                    centre + QPointF(0, tip),
                    centre + QPointF(-size * 1.2, -tip),
                    centre + QPointF(size * 1.2, -tip),
                ]
            )
        )

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        font = self.font()
        return (
            QFontMetrics(sized(font, TextSize.SECONDARY)),
            QFontMetrics(sized(font, TextSize.CAPTION)),
        )

    def _column(self, logical: int) -> Column | None:
        model = self.model()
        if model is None:
            return None
        column = model.headerData(logical, Qt.Orientation.Horizontal, ColumnRole)
        return column if isinstance(column, Column) else None
