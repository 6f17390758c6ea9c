"""One figure of a zone: label and unit, the value, how it has moved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from zoneeval_ui.theme import Tone, current_theme, tabular
from zoneeval_ui.widgets.card import Card
from zoneeval_ui.widgets.labels import set_tone


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure as text; an empty value is shown as an amber 未知."""

    label: str
    value: str
    unit: str = ""
    delta: str = ""
    tone: Tone = Tone.PLAIN


class MetricCard(Card):
    """Show a :class:`Metric` on a card."""

    def __init__(self, metric: Metric, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        theme = current_theme()
        self._label = QLabel(self)
        self._label.setProperty("role", "caption")
        self._value = QLabel(self)
        self._value.setObjectName("metricValue")
        self._value.setProperty("role", "metric")
        self._value.setFont(tabular(self.font()))
        self._delta = QLabel(self)
        self._delta.setProperty("role", "strong")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self._value)
        row.addWidget(self._delta)
        row.addStretch(1)
        self.body.setSpacing(theme.px(2))
        self.body.addWidget(self._label)
        self.body.addLayout(row)
        self.set_metric(metric)

    @property
    def value(self) -> str:
        """Return the value as shown."""
        return self._value.text()

    def set_metric(self, metric: Metric) -> None:
        """Show another figure."""
        label = f"{metric.label} · {metric.unit}" if metric.unit else metric.label
        self._label.setText(label)
        self._value.setText(metric.value or self.tr("未知"))
        self._delta.setText(metric.delta)
        self._delta.setVisible(bool(metric.delta))
        self.setAccessibleName(f"{label} {self.value} {metric.delta}")
        set_tone(self._delta, metric.tone)
        set_tone(self._value, None if metric.value else Tone.UNCERTAIN)
