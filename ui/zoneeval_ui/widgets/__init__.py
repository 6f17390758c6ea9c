"""The parts from which pages are made; each takes plain values defined beside it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval_ui.widgets.badge import Badge
    from zoneeval_ui.widgets.bars import IndicatorBar, IndicatorBars
    from zoneeval_ui.widgets.card import Card, DetailCard, Section
    from zoneeval_ui.widgets.chips import Chip, ChipBar
    from zoneeval_ui.widgets.header import PageHeader
    from zoneeval_ui.widgets.histogram import CutLine, ScoreBar, ScoreHistogram
    from zoneeval_ui.widgets.labels import make_label, set_tone
    from zoneeval_ui.widgets.ladder import UNKNOWN, LadderChart, LadderRow, Threshold
    from zoneeval_ui.widgets.metric import Metric, MetricCard
    from zoneeval_ui.widgets.states import EmptyState, ErrorBanner
    from zoneeval_ui.widgets.steps import Step, StepLink, StepStrip
    from zoneeval_ui.widgets.tree import TreePane, TreeRow

_HOMES = {
    "Badge": "badge",
    "IndicatorBar": "bars",
    "IndicatorBars": "bars",
    "Card": "card",
    "DetailCard": "card",
    "Section": "card",
    "Chip": "chips",
    "ChipBar": "chips",
    "PageHeader": "header",
    "CutLine": "histogram",
    "ScoreBar": "histogram",
    "ScoreHistogram": "histogram",
    "make_label": "labels",
    "set_tone": "labels",
    "UNKNOWN": "ladder",
    "LadderChart": "ladder",
    "LadderRow": "ladder",
    "Threshold": "ladder",
    "Metric": "metric",
    "MetricCard": "metric",
    "EmptyState": "states",
    "ErrorBanner": "states",
    "Step": "steps",
    "StepLink": "steps",
    "StepStrip": "steps",
    "TreePane": "tree",
    "TreeRow": "tree",
}

__all__ = [
    "UNKNOWN",
    "Badge",
    "Card",
    "Chip",
    "ChipBar",
    "CutLine",
    "DetailCard",
    "EmptyState",
    "ErrorBanner",
    "IndicatorBar",
    "IndicatorBars",
    "LadderChart",
    "LadderRow",
    "Metric",
    "MetricCard",
    "PageHeader",
    "ScoreBar",
    "ScoreHistogram",
    "Section",
    "Step",
    "StepLink",
    "StepStrip",
    "Threshold",
    "TreePane",
    "TreeRow",
    "make_label",
    "set_tone",
]


def __getattr__(name: str) -> object:
    """Import a part when it is first asked for: the first window must not wait for all."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
