"""What the operations hand back: frozen values, never a cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.model.records import SourceCell

if TYPE_CHECKING:
    from zoneeval.engine.stars.years import Candidate
    from zoneeval.intake.draft import Draft
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.evaluation import Evaluation
    from zoneeval.model.standing import ZoneStanding
    from zoneeval.model.zone_indicators import ZoneFigures
    from zoneeval.policy.ladder import Ladder
    from zoneeval.policy.schema import Policy


@dataclass(frozen=True, slots=True)
class OperationInfo:
    """One thing somebody did; ``undoes`` is the id of what it took back."""

    id: int
    label: str
    kind: str
    created_at: str
    user: str
    undoes: int | None
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """One version of a year's data; it never changes."""

    id: int
    year: int
    version: int
    created_at: str
    fingerprint: str
    enterprises: int
    note: str


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A stored value in the registry's unit, and the cell it came from."""

    value: float | str
    unit: str
    source: SourceCell | None


@dataclass(frozen=True, slots=True)
class EnterpriseData:
    """What is stored of one enterprise and year, by field identifier."""

    uscc: str
    name: str | None
    zone: str | None
    values: Mapping[str, StoredValue]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import found and, where ``committed``, the new dataset of each year."""

    draft: Draft
    committed: bool
    datasets: dict[int, int]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One stored evaluation; ``zone`` is the zone it was limited to, if any."""

    id: int
    dataset_id: int
    dataset_version: int
    previous_dataset_id: int | None
    year: int
    zone: str | None
    zones: tuple[str, ...]
    policy_id: str
    policy_title: str
    policy_status: str
    policy_fingerprint: str
    dataset_fingerprint: str
    created_at: str
    engine_version: str
    counts: dict[str, int]
    evaluated: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RunResult:
    """One stored evaluation with everything it rests on."""

    info: RunInfo
    policy: Policy
    evaluation: Evaluation
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class RunCheck:
    """Whether a stored run evaluates again to the same bytes, and if not, where not."""

    id: int
    ok: bool
    differences: list[str]


@dataclass(frozen=True, slots=True)
class StarReport:
    """Every zone of a year on one ladder."""

    year: int
    ladder: Ladder
    warnings: list[str]
    standings: list[ZoneStanding]
    figures: dict[str, ZoneFigures]
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    """Whom each rule over several years touches, by the rule's id."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demonstration left in its folder."""

    workspace: Path
    enterprises: dict[int, int]
    issues: dict[str, int]
    classes: dict[str, dict[str, int]]
    stars: dict[str, str]
    files: list[Path] = field(default_factory=list)
