"""What the levers of a zone rest on beside its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zoneeval.model.dataset import Dataset
from zoneeval.model.gap import LeverSettings
from zoneeval.model.zone_records import ZoneProfile


@dataclass(frozen=True, slots=True)
class IdleLand:
    """Idle land of a zone in 亩; ``unknown`` counts entries without an area."""

    area: float | None
    source: str
    names: tuple[str, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class LeverInputs:
    """The enterprises of a year with their classes, and what else the levers rest on."""

    dataset: Dataset | None
    grades: Mapping[str, str]
    profiles: Mapping[str, ZoneProfile] = field(default_factory=dict)
    idle: IdleLand | None = None
    settings: LeverSettings = field(default_factory=LeverSettings)
    classes_from: str = ""
