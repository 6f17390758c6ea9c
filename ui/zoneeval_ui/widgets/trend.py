"""An indicator over time: official and computed figures, the one used, and targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zoneeval_ui.theme import TextSize, Theme, Tone, current_theme, sized, tabular
from zoneeval_ui.widgets.labels import make_label

DOT = 9


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period; a figure that is None is not known.

    ``series`` joins periods by a line: figures that start again in January have one
    per year.  ``note`` says where the figure comes from, or why there is none.
    """

    label: str
    series: int
    computed: float | None
    official: float | None
    used: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrendTarget:
    """A figure wanted from one place on the axis to another."""

    first: int
    last: int
    value: float
    words: str


class TrendChart(QWidget):
    """Points over periods: filled is official, hollow computed; a dashed line is a target.

    ``legend`` says so and is put where there is room.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trendChart")
        self._unit = ""
        self._points: tuple[TrendPoint, ...] = ()
        self._targets: tuple[TrendTarget, ...] = ()
        self.plot = pg.PlotWidget(self)
        self.plot.setObjectName("trendPlot")
        self.plot.setAccessibleName(self.tr("走势图"))
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.legend = QWidget(self)
        row = QHBoxLayout(self.legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(14))
        for text, tone in (
            (self.tr("● 公布数"), Tone.ACCENT),
            (self.tr("○ 汇总数"), Tone.PLAIN),
            (self.tr("— 采用的数"), Tone.ACCENT),
            (self.tr("┄ 目标"), Tone.C),
        ):
            row.addWidget(make_label(text, "secondary", tone=tone))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot, 1)
        theme: Theme = current_theme()
        theme.changed.connect(self._draw)

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        """Return the periods as shown."""
        return self._points

    @property
    def targets(self) -> tuple[TrendTarget, ...]:
        """Return the targets as shown."""
        return self._targets

    def set_trend(
        self,
        title: str,
        unit: str,
        points: Sequence[TrendPoint],
        targets: Sequence[TrendTarget] = (),
    ) -> None:
        """Show another indicator or zone."""
        self._unit, self._points, self._targets = unit, tuple(points), tuple(targets)
        self.setAccessibleName(self.tr("{title}走势").format(title=title))
        said = [f"{p.label} {'—' if p.used is None else f'{p.used:,.2f}'}" for p in points]
        self.setAccessibleDescription("\n".join([*said, *(t.words for t in targets)]))
        self._draw()

    # -- drawing -----------------------------------------------------------------

    def _draw(self) -> None:
        theme = current_theme()
        tokens = theme.tokens
        plot = self.plot
        plot.clear()
        plot.setBackground(QColor(tokens.surface))
        self._draw_axes()
        accent, muted = QColor(tokens.accent), QColor(tokens.muted)
        surface = QColor(tokens.surface)
        used = np.array([np.nan if p.used is None else p.used for p in self._points])
        plot.plot(
            np.arange(len(used), dtype=float),
            used,
            pen=pg.mkPen(accent, width=theme.px(2)),
            antialias=True,
            connect=np.array(joined(self._points), dtype=np.int32),
        )
        # Hollow ones lie on top and are smaller, so that both are seen where they agree.
        self._dots("official", pg.mkPen(accent, width=1), accent, DOT + 2)
        self._dots("computed", pg.mkPen(muted, width=theme.px(2)), surface, DOT - 2)
        self._draw_targets()
        self._fit(used)

    def _draw_axes(self) -> None:
        theme = current_theme()
        tokens = theme.tokens
        font = tabular(sized(self.font(), TextSize.CAPTION))
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(QColor(tokens.border))
            axis.setTextPen(QColor(tokens.muted))
            axis.setTickFont(font)
            axis.enableAutoSIPrefix(False)
        step = max(1, -(-len(self._points) // 12))
        ticks = [(place, p.label) for place, p in enumerate(self._points) if place % step == 0]
        self.plot.getAxis("bottom").setTicks([ticks])
        held = bool(self._points or self._targets)
        self.plot.getAxis("left").setStyle(showValues=held)
        self.plot.showGrid(x=False, y=True, alpha=0.15)

    def _dots(self, which: str, pen: Any, brush: QColor, size: int) -> None:
        held = [
            (place, getattr(point, which), point)
            for place, point in enumerate(self._points)
            if getattr(point, which) is not None
        ]
        if not held:
            return
        words = self.tr("公布数") if which == "official" else self.tr("汇总数")
        tips = [f"{p.label} {words} {value:,.2f} {self._unit}\n{p.note}" for _x, value, p in held]
        dots = pg.ScatterPlotItem(
            x=[place for place, _value, _point in held],
            y=[value for _place, value, _point in held],
            pen=pen,
            brush=pg.mkBrush(brush),
            size=current_theme().px(size),
            data=tips,
            hoverable=True,
            tip=lambda x, y, data: str(data),
        )
        self.plot.addItem(dots)

    def _draw_targets(self) -> None:
        theme = current_theme()
        colour = QColor(theme.tokens.c)
        for target in self._targets:
            line = pg.PlotDataItem(
                [target.first - 0.4, target.last + 0.4],
                [target.value, target.value],
                pen=pg.mkPen(colour, width=theme.px(1.5), style=Qt.PenStyle.DashLine),
            )
            self.plot.addItem(line)
            text = pg.TextItem(target.words, color=colour, anchor=(0.5, 1.05))
            text.setFont(sized(self.font(), TextSize.CAPTION))
            text.setPos((target.first + target.last) / 2, target.value)
            self.plot.addItem(text)

    def _fit(self, used: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        every = [v for p in self._points for v in (p.computed, p.official) if v is not None]
        every += [target.value for target in self._targets]
        low, high = (min(every), max(every)) if every else (0.0, 1.0)
        room = high - min(low, 0.0)
        margin = room * (0.25 if self._targets else 0.12) or 1.0
        # From zero, where nothing lies below: else a small change looks like a collapse.
        bottom = 0.0 if low >= 0 else low - margin
        self.plot.setYRange(bottom, high + margin, padding=0)
        self.plot.setXRange(-0.6, max(0.6, len(used) - 0.4), padding=0)


def joined(points: Sequence[TrendPoint]) -> list[bool]:
    """Tell of each point whether a line joins it to the next: of one series, both known."""
    return [
        here.series == then.series and here.used is not None and then.used is not None
        for here, then in pairwise(points)
    ] + [False] * bool(points)
