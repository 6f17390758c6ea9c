"""How a cell is painted: text, a class in its coloured box, a marked cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zoneeval_ui.tables.columns import MISSING_TEXT, Column, Tint
from zoneeval_ui.tables.model import ColumnRole, TintRole
from zoneeval_ui.theme import Tokens, current_theme, sized, tabular, tone_of_grade
from zoneeval_ui.theme.fonts import TextSize

PADDING = 10
_CHOSEN = QStyle.StateFlag.State_Selected
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paint cells of :class:`ColumnTableModel` with the colours of the theme."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._fonts: dict[tuple[str, bool], tuple[QFont, QFontMetrics]] = {}

    def _font(self, base: QFont, strong: bool) -> tuple[QFont, QFontMetrics]:
        key = (base.key(), strong)
        if key not in self._fonts:
            font = tabular(sized(base, TextSize.BODY, bold=True) if strong else base)
            self._fonts[key] = (font, QFontMetrics(font))
        return self._fonts[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell: background, hairline, content."""
        theme = self._theme
        tokens = theme.tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = index.data(ColumnRole)
        tint = index.data(TintRole)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        colour, fill = _colours(tokens, tint)
        painter.save()
        if fill is not None:
            painter.fillRect(rect, QColor(fill))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        if isinstance(column, Column) and column.editable and state & _CHOSEN:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if isinstance(column, Column) and column.kind == "grade" and text != MISSING_TEXT:
            _paint_badge(painter, rect, text, option)
        else:
            strong = isinstance(column, Column) and column.strong
            font, metrics = self._font(option.font, strong)
            painter.setFont(font)
            painter.setPen(QColor(tokens.faint if text == MISSING_TEXT and not tint else colour))
            pad = theme.px(PADDING)
            inner = rect.adjusted(pad, 0, -pad, 0)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(inner, int(alignment), shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a cell needs on one line."""
        theme = current_theme()
        metrics = QFontMetrics(option.font)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        return QSize(metrics.horizontalAdvance(text) + theme.px(2 * PADDING + 4), theme.px(34))


def _colours(tokens: Tokens, tint: Tint | None) -> tuple[str, str | None]:
    if tint is None:
        return tokens.text, None
    return {
        Tint.BLOCKING: (tokens.c, tokens.c_soft),
        Tint.WARNING: (tokens.uncertain, tokens.uncertain_soft),
        Tint.NOTE: (tokens.text, tokens.background),
        Tint.UNCERTAIN: (tokens.uncertain, None),
        Tint.GOOD: (tokens.a, None),
        Tint.POOR: (tokens.c, None),
        Tint.MUTED: (tokens.muted, None),
    }[tint]


def _paint_badge(painter: QPainter, rect: QRect, text: str, option: QStyleOptionViewItem) -> None:
    theme = current_theme()
    colour, soft = theme.tokens.pair(tone_of_grade(text))
    font = sized(option.font, TextSize.BODY, bold=True)
    metrics = QFontMetrics(font)
    width = max(theme.px(22), metrics.horizontalAdvance(text) + theme.px(12))
    width = min(width, rect.width() - theme.px(4))
    height = theme.px(21)
    box = QRectF(0, 0, width, height)
    box.moveCenter(QRectF(rect).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(box, theme.px(4), theme.px(4))
    painter.setPen(QColor(colour))
    painter.setFont(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - theme.px(6))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)
