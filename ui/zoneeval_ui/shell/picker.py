"""A button of the context bar: caption in grey, the choice, and a menu of choices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from zoneeval_ui.shell.context import Choice
from zoneeval_ui.theme import TextSize, current_theme, sized

MAX_VALUE_WIDTH = 220


class ContextPicker(QAbstractButton):
    """Pick one of several values; ``picked`` carries the value."""

    picked = Signal(object)

    def __init__(self, name: str, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._caption = caption
        self._choices: tuple[Choice, ...] = ()
        self._current: str | int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        self._describe()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what can be picked."""
        return self._choices

    @property
    def current(self) -> str | int | None:
        """Return the picked value."""
        return self._current

    def set_choices(self, choices: Sequence[Choice], current: str | int | None) -> None:
        """Set what can be picked and what is picked, without sending ``picked``."""
        self._choices, self._current = tuple(choices), current
        self._describe()

    def set_current(self, current: str | int | None) -> None:
        """Set what is picked, without sending ``picked``."""
        self._current = current
        self._describe()

    @property
    def value_text(self) -> str:
        """Return the name of the choice, or 未选."""
        for choice in self._choices:
            if choice.value == self._current:
                return choice.label
        return self.tr("未选") if self._current is None else str(self._current)

    def menu(self) -> QMenu:
        """Return the menu of choices."""
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}Menu")
        for choice in self._choices:
            text = f"{choice.label}    {choice.note}" if choice.note else choice.label
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.value == self._current)
            action.triggered.connect(lambda _on=False, v=choice.value: self._pick(v))
        return menu

    def _open(self) -> None:
        if self._choices:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _pick(self, value: str | int) -> None:
        if value != self._current:
            self.set_current(value)
            self.picked.emit(value)

    def _describe(self) -> None:
        self.setEnabled(bool(self._choices))
        self.setAccessibleName(f"{self._caption} {self.value_text}")
        self.setToolTip(f"{self._caption}：{self.value_text}")
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int]:
        theme = current_theme()
        caption = QFontMetrics(sized(self.font(), TextSize.CAPTION))
        value = QFontMetrics(sized(self.font(), TextSize.BODY))
        return (
            caption.horizontalAdvance(self._caption),
            min(value.horizontalAdvance(self.value_text) + 1, theme.px(MAX_VALUE_WIDTH)),
        )

    def sizeHint(self) -> QSize:
        """Return the room of caption, value and arrow."""
        theme = current_theme()
        caption, value = self._widths()
        return QSize(caption + value + theme.px(10 + 6 + 8 + 8 + 10), theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint border, caption, value and arrow."""
        theme = current_theme()
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() or self.isDown()
        edge = tokens.accent if strong else tokens.faint if self.underMouse() else tokens.border
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(tokens.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        caption, value = self._widths()
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        x = theme.px(10)
        painter.setFont(sized(self.font(), TextSize.CAPTION))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(x, 0, caption + 2, self.height(), left, self._caption)
        x += caption + theme.px(6)
        painter.setFont(sized(self.font(), TextSize.BODY))
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.faint))
        shown = QFontMetrics(painter.font()).elidedText(
            self.value_text, Qt.TextElideMode.ElideRight, value
        )
        painter.drawText(x, 0, value + 2, self.height(), left, shown)
        x += value + theme.px(8)
        y, size = self.height() / 2, theme.px(3.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.faint))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, y - size / 2),
                    QPointF(x + 2 * size, y - size / 2),
                    QPointF(x + size, y + size),
                ]
            )
        )
