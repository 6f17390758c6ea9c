"""Figures over years as bars, several side by side; what is not known is a dash, not a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zoneeval_ui.theme import TextSize, Theme, Tone, current_theme, sized, tabular
from zoneeval_ui.widgets.labels import make_label

WIDE = 0.5
"""How much of a year's place its bars take."""


@dataclass(frozen=True, slots=True)
class YearSeries:
    """One figure per year; None is not known.  ``notes`` stand in the hints, year by year."""

    name: str
    tone: Tone
    values: tuple[float | None, ...]
    notes: tuple[str, ...] = ()


class YearBars(QWidget):
    """Bars of each series beside each other, year by year, with their figures above."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._unit = ""
        self._years: tuple[str, ...] = ()
        self._series: tuple[YearSeries, ...] = ()
        self.plot = pg.PlotWidget(self)
        self.plot.setObjectName(f"{name}Plot")
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._legend = QWidget(self)
        self._entries = QHBoxLayout(self._legend)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(current_theme().px(16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self._legend)
        theme: Theme = current_theme()
        theme.changed.connect(self._draw)

    @property
    def series(self) -> tuple[YearSeries, ...]:
        """Return what is shown."""
        return self._series

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years on the axis."""
        return self._years

    def set_bars(
        self, title: str, unit: str, years: Sequence[str], series: Sequence[YearSeries]
    ) -> None:
        """Show other figures."""
        self._unit, self._years, self._series = unit, tuple(years), tuple(series)
        heading = f"{title}（{unit}）" if unit else title
        self.plot.setAccessibleName(heading)
        self.setAccessibleName(heading)
        lines = [
            f"{year} {one.name} {'—' if value is None else f'{value:,.2f}'}"
            for one in series
            for year, value in zip(years, one.values, strict=True)
        ]
        self.setAccessibleDescription("\n".join(lines))
        while (item := self._entries.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in series:
            self._entries.addWidget(make_label(f"■ {one.name}", "secondary", tone=one.tone))
        self._entries.addStretch(1)
        self._legend.setVisible([one.name for one in series] != [title])
        self._draw()

    # -- drawing -----------------------------------------------------------------

    def _draw(self) -> None:
        tokens = current_theme().tokens
        plot = self.plot
        plot.clear()
        plot.setBackground(QColor(tokens.surface))
        self._axes()
        known = [v for one in self._series for v in one.values if v is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        span = (high - low) or 1.0
        bottom, top = low - (span * 0.15 if low < 0 else 0.0), high + span * 0.2
        plot.setYRange(bottom, top, padding=0)
        plot.setXRange(-0.6, max(0.6, len(self._years) - 0.4), padding=0)
        width = WIDE / max(1, len(self._series))
        for at, one in enumerate(self._series):
            first = -WIDE / 2 + width * (at + 0.5)
            self._bars(one, first, width)

    def _axes(self) -> None:
        tokens = current_theme().tokens
        font = tabular(sized(self.font(), TextSize.CAPTION))
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(QColor(tokens.border))
            axis.setTextPen(QColor(tokens.muted))
            axis.setTickFont(font)
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("bottom").setTicks([list(enumerate(self._years))])

    def _bars(self, one: YearSeries, first: float, width: float) -> None:
        tokens = current_theme().tokens
        colour, muted = QColor(tokens.pair(one.tone)[0]), QColor(tokens.muted)
        places = [(x, v) for x, v in enumerate(one.values) if v is not None]
        if places:
            bars = pg.BarGraphItem(
                x=[x + first for x, _value in places],
                height=[value for _x, value in places],
                width=width * 0.86,
                brush=pg.mkBrush(colour),
                pen=pg.mkPen(None),
            )
            self.plot.addItem(bars)
        for x, value in enumerate(one.values):
            below = value is not None and value < 0
            text = pg.TextItem(
                "—" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}",
                color=muted if value is None else colour,
                anchor=(0.5, 0.0 if below else 1.0),
            )
            text.setFont(sized(self.font(), TextSize.CAPTION))
            text.setPos(x + first, value or 0.0)
            if x < len(one.notes) and one.notes[x]:
                text.setToolTip(one.notes[x])
            self.plot.addItem(text)
