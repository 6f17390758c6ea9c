"""What an import is compared with: data stored before, official figures, known zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zoneeval.model.dataset import Dataset
from zoneeval.model.records import ZoneValue
from zoneeval.model.thresholds import Thresholds


@dataclass(frozen=True)
class Reference:
    """``datasets`` are the newest stored versions by year; nothing is known by default."""

    datasets: Mapping[int, Dataset] = field(default_factory=dict)
    zone_values: tuple[ZoneValue, ...] = ()
    zones: tuple[str, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
