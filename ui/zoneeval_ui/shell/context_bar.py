"""The bar at the top: what everything below is about, and the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from zoneeval_ui.shell.context import Choice, Context
from zoneeval_ui.shell.navigation import WIDTH
from zoneeval_ui.shell.picker import ContextPicker
from zoneeval_ui.theme import TextSize, Tone, current_theme, sized
from zoneeval_ui.widgets.badge import Badge


class ContextBar(QFrame):
    """Zone, year, policy, its certainty, and the search box that opens the palette."""

    context_changed = Signal(object)
    search_requested = Signal()
    certainty_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("contextBar")
        self._context = Context()
        name = QLabel(self.tr("园区评价"), self)
        name.setObjectName("productName")
        name.setFixedWidth(theme.px(WIDTH - 16))
        self.zone = ContextPicker("pickZone", self.tr("园区"), self)
        self.year = ContextPicker("pickYear", self.tr("年度"), self)
        self.policy = ContextPicker("pickPolicy", self.tr("办法"), self)
        self._certainty = Badge("", Tone.UNCERTAIN, self, pill=True)
        self._certainty.setObjectName("certainty")
        self._certainty.hide()
        self._reading = Badge(self.tr("只读"), Tone.UNCERTAIN, self, pill=True)
        self._reading.setObjectName("readOnlyBadge")
        self._reading.setToolTip(self.tr("文件以只读方式打开：可以查看和导出，不能修改。"))
        self._reading.hide()
        self._search = _SearchButton(self.tr("搜索企业、信用代码…"), "Ctrl+K", self)
        self._search.clicked.connect(self.search_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(10))
        layout.setSpacing(theme.px(10))
        marks = (self._certainty, self._reading)
        for widget in (name, self.zone, self.year, self.policy, *marks):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._search)
        self.zone.picked.connect(lambda v: self._pick(replace(self._context, zone=v)))
        self.year.picked.connect(lambda v: self._pick(replace(self._context, year=v)))
        self.policy.picked.connect(lambda v: self._pick(replace(self._context, policy=v)))

    @property
    def certainty(self) -> str:
        """Return what the amber badge says ("" where it is hidden)."""
        return "" if self._certainty.isHidden() else self._certainty.text

    def set_choices(
        self, zones: Sequence[Choice], years: Sequence[Choice], policies: Sequence[Choice]
    ) -> None:
        """Set what can be picked."""
        self.zone.set_choices(zones, self._context.zone)
        self.year.set_choices(years, self._context.year)
        self.policy.set_choices(policies, self._context.policy)

    def set_context(self, context: Context) -> None:
        """Show a context, without sending ``context_changed``."""
        self._context = context
        self.zone.set_current(context.zone)
        self.year.set_current(context.year)
        self.policy.set_current(context.policy)

    def set_certainty(self, text: str, tooltip: str = "") -> None:
        """Show an amber badge such as 办法部分数值为示意; "" hides it."""
        self._certainty.set(text, Tone.UNCERTAIN)
        self._certainty.setToolTip(tooltip)
        self._certainty.setVisible(bool(text))

    def set_read_only(self, on: bool) -> None:
        """Show in sight of everything that nothing can be changed."""
        self._reading.setVisible(on)

    def _pick(self, context: Context) -> None:
        self._context = replace(context, run_id=None)
        self.context_changed.emit(self._context)


class _SearchButton(QAbstractButton):
    def __init__(self, text: str, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchButton")
        self.setText(text)
        self._keys = shortcut
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(260), current_theme().px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(110), current_theme().px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if self.hasFocus() else tokens.border
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(tokens.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        painter.setPen(QColor(tokens.faint))
        painter.setFont(sized(self.font(), TextSize.SECONDARY))
        inner = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | middle), self._keys)
        metrics = painter.fontMetrics()
        room = inner.width() - metrics.horizontalAdvance(self._keys) - theme.px(8)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | middle), text)
