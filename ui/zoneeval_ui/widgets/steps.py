"""The year as five steps: 采集 → 核实 → 评价 → 公示 → 落实."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from zoneeval_ui.theme import TextSize, current_theme, sized
from zoneeval_ui.widgets.card import Card
from zoneeval_ui.widgets.tabbing import tab_in_place

StepState = Literal["done", "current", "todo"]


@dataclass(frozen=True, slots=True)
class StepLink:
    """A part of a step that leads somewhere of its own, in place of headline or detail."""

    key: str
    text: str
    of_detail: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its count (headline) and its open ends (detail).

    Where there are ``links`` for one of the two, they are shown in its place.
    """

    key: str
    title: str
    state: StepState
    headline: str = ""
    detail: str = ""
    links: tuple[StepLink, ...] = ()


class StepStrip(Card):
    """Steps side by side on one card; ``step_clicked`` carries the key of step or link."""

    step_clicked = Signal(str)

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("stepStrip")
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self.body.addLayout(self._row)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        cells = []
        for place, step in enumerate(steps):
            cell = _StepCell(step, self, line=place > 0)
            cell.clicked.connect(lambda _on=False, key=step.key: self.step_clicked.emit(key))
            cell.link_clicked.connect(self.step_clicked)
            self._row.addWidget(cell, 1)
            cells.append(cell)
        tab_in_place(self, [part for cell in cells for part in (cell, *cell.links)])
        for corner in self._corners:
            corner.raise_()


class _StepCell(QAbstractButton):
    link_clicked = Signal(str)

    def __init__(self, step: Step, parent: QWidget, *, line: bool) -> None:
        super().__init__(parent)
        self._step, self._line = step, line
        self.setObjectName(f"step-{step.key}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(step.title)
        self.setAccessibleName(f"{step.title} {step.headline} {step.detail}")
        self.setToolTip("\n".join(t for t in (step.headline, step.detail) if t))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.links = [self._link(link) for link in step.links]

    def _link(self, link: StepLink) -> QPushButton:
        button = QPushButton(link.text, self)
        button.setObjectName(f"step-{link.key}")
        button.setAccessibleName(link.text)
        button.setProperty("kind", "link")
        size = TextSize.SECONDARY if link.of_detail else TextSize.BODY
        button.setFont(sized(self.font(), size, bold=not link.of_detail))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _on=False: self.link_clicked.emit(link.key))
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_theme()
        pad, line = theme.px(15), theme.px(20)
        top = (self.height() - 3 * line) // 2
        left = {False: pad - theme.px(5), True: pad - theme.px(5)}
        for link, button in zip(self._step.links, self.links, strict=True):
            row = 2 if link.of_detail else 1
            room = max(self.width() - left[link.of_detail], 0)
            width = min(button.sizeHint().width(), room)
            button.setGeometry(left[link.of_detail], top + row * line, width, line)
            left[link.of_detail] += width

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(150), current_theme().px(84))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        tokens, step = theme.tokens, self._step
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.raised))
        if self._line:
            painter.fillRect(0, 0, 1, self.height(), QColor(tokens.border))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = theme.px(3)
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))
        pad, line = theme.px(15), theme.px(20)
        top = (self.height() - 3 * line) // 2
        colour = {"done": tokens.a, "current": tokens.accent, "todo": tokens.muted}[step.state]
        mark = theme.px(12)
        self._paint_mark(painter, QRectF(pad, top + (line - mark) / 2, mark, mark), colour)
        painter.setPen(QColor(colour))
        painter.setFont(sized(self.font(), TextSize.BODY))
        room = self.width() - 2 * pad
        self._line_text(painter, pad + mark + theme.px(5), top, room - mark, line, step.title)
        painter.setPen(QColor(tokens.text))
        painter.setFont(sized(self.font(), TextSize.BODY, bold=True))
        linked = {link.of_detail for link in step.links}
        if False not in linked:
            self._line_text(painter, pad, top + line, room, line, step.headline)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(sized(self.font(), TextSize.SECONDARY))
        if True not in linked:
            self._line_text(painter, pad, top + 2 * line, room, line, step.detail)

    def _paint_mark(self, painter: QPainter, box: QRectF, colour: str) -> None:
        pen = QPen(QColor(colour), current_theme().px(1.6))
        painter.setPen(pen)
        if self._step.state == "done":
            points = [(0.1, 0.55), (0.4, 0.85), (0.9, 0.15)]
            spots = [
                QPointF(box.left() + x * box.width(), box.top() + y * box.height())
                for x, y in points
            ]
            painter.drawPolyline(spots)
            return
        painter.setBrush(QColor(colour) if self._step.state == "current" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))

    @staticmethod
    def _line_text(painter: QPainter, x: int, y: int, width: int, height: int, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(
            x,
            y,
            width,
            height,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            shown,
        )
