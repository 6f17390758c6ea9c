"""The list of pages at the left, grouped as the work goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import TextSize, current_theme, sized

WIDTH = 196


class Navigation(QFrame):
    """Pages by group; ``chosen`` carries the page's id."""

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """Show (id, title, group) in the given order; a group "" has no heading."""
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("页面"))
        self.setFixedWidth(theme.px(WIDTH))
        self._buttons: dict[str, _NavigationButton] = {}
        self._group = QButtonGroup(self)
        body = QWidget(self)
        body.setObjectName("scrollBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(12))
        column.setSpacing(theme.px(2))
        last = ""
        for page_id, title, group in entries:
            if group and group != last:
                column.addWidget(_heading(group, body))
            last = group
            button = _NavigationButton(page_id, title, body)
            button.clicked.connect(lambda _on=False, i=page_id: self.chosen.emit(i))
            self._buttons[page_id] = button
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.addWidget(area)

    @property
    def current(self) -> str:
        """Return the id of the chosen page ("" before the first choice)."""
        return next((i for i, b in self._buttons.items() if b.isChecked()), "")

    def choose(self, page_id: str) -> None:
        """Mark a page as the current place, without sending ``chosen``."""
        self._buttons[page_id].setChecked(True)

    def set_count(self, page_id: str, count: int | None) -> None:
        """Show a number beside a page; None shows nothing."""
        self._buttons[page_id].set_count(count)

    def count(self, page_id: str) -> int | None:
        """Return the number beside a page."""
        return self._buttons[page_id].count


def _heading(text: str, parent: QWidget) -> QLabel:
    theme = current_theme()
    label = QLabel(text, parent)
    label.setProperty("role", "caption")
    label.setContentsMargins(theme.px(12), theme.px(8), 0, theme.px(2))
    return label


class _NavigationButton(QAbstractButton):
    def __init__(self, page_id: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.count: int | None = None
        self.setText(title)
        self.setCheckable(True)
        self.setObjectName(f"navigate-{page_id}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        self.count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()} {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(WIDTH - 17), current_theme().px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(tokens.accent_soft if self.isChecked() else tokens.raised))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        pad = theme.px(12)
        painter.setFont(sized(self.font(), TextSize.BODY, bold=self.isChecked()))
        painter.setPen(QColor(tokens.accent if self.isChecked() else tokens.text))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self.rect().adjusted(pad, 0, -pad, 0), left, self.text())
        if self.count is not None:
            self._paint_count(painter, f"{self.count:,}", pad)

    def _paint_count(self, painter: QPainter, text: str, pad: int) -> None:
        theme = current_theme()
        painter.setFont(sized(self.font(), TextSize.CAPTION))
        width = QFontMetrics(painter.font()).horizontalAdvance(text) + theme.px(14)
        height = theme.px(19)
        box = QRectF(self.width() - pad - width, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.background))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme.tokens.muted))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
