"""The result of one evaluation: a class for every enterprise, or why there is none."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from zoneeval.model.arrays import FloatArray, TextArray
from zoneeval.model.inputs import EvaluationInputs


class Participation(StrEnum):
    """Whether and how an enterprise takes part."""

    EVALUATED = "evaluated"
    EXEMPT = "exempt"
    TRANSITIONAL = "transitional"
    IMPROVEMENT = "improvement"
    UNGRADED = "ungraded"
    UNDECIDED = "undecided"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def label(self) -> str:
        """Return the word the interface shows."""
        return {
            "evaluated": "参评",
            "exempt": "免评",
            "transitional": "过渡期",
            "improvement": "提升期",
            "ungraded": "参评不定级",
            "undecided": "待核",
            "out_of_scope": "不在范围",
        }[self.value]


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """An indicator as it appears in results; ``is_share`` values show as per cent.

    ``formula`` is the field or formula that gave its values.
    """

    key: str
    label: str
    unit: str
    is_share: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many a class may take in one group, and what the last one taken had.

    ``key`` names what the selection was ordered by (an indicator or the composite
    score); ``cut`` is that key's value of the last enterprise taken.
    """

    grade: str
    share: float
    quota: int
    taken: int
    key: str
    cut: float | None


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One ranking group of a track: who was ranked together, and the lines drawn."""

    track: str
    group: str
    size: int
    quotas: tuple[Quota, ...]


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Results as one array per figure, all in the same order of enterprises.

    ``values``, ``scores``, ``benchmarks`` and ``weights`` are keyed by indicator; an
    enterprise whose track does not use an indicator has NaN there.  ``position`` is
    the place 1… in its group after ties were broken; ``rank`` gives equals the same
    number.  ``gate`` is upper, lower or middle where the policy selects in two
    stages, and ``stage_rank`` the place in the second ordering.
    """

    policy_id: str
    policy_fingerprint: str
    dataset_fingerprint: str
    previous_fingerprint: str | None
    year: int | None
    indicators: tuple[IndicatorInfo, ...]
    uscc: TextArray
    name: TextArray
    zone: TextArray
    track: TextArray
    group: TextArray
    participation: TextArray
    reasons: tuple[tuple[str, ...], ...]
    values: Mapping[str, FloatArray]
    scores: Mapping[str, FloatArray]
    benchmarks: Mapping[str, FloatArray]
    weights: Mapping[str, FloatArray]
    bonus: FloatArray
    penalty: FloatArray
    composite: FloatArray
    rank: FloatArray
    position: FloatArray
    gate: TextArray
    stage_rank: FloatArray
    computed_grade: TextArray
    grade: TextArray
    groups: tuple[GroupSummary, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    inputs: EvaluationInputs = field(default_factory=EvaluationInputs)

    @property
    def size(self) -> int:
        """Return the number of enterprises."""
        return len(self.uscc)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.uscc) if code}

    def row_of(self, uscc: str) -> int | None:
        """Return the row of a credit code, or None."""
        return self._row_of.get(uscc)

    def counts(self) -> dict[str, int]:
        """Return how many enterprises hold each class, in the order of the letters."""
        letters = [g for g in self.grade if g is not None]
        return {letter: letters.count(letter) for letter in sorted(set(letters))}

    def group_of(self, row: int) -> GroupSummary | None:
        """Return the summary of the group that ranked this row, or None."""
        for summary in self.groups:
            if summary.track == self.track[row] and summary.group == self.group[row]:
                return summary
        return None

    def enterprise_json(self, row: int) -> dict[str, object]:
        """Return one enterprise in the shape of the command line's contract."""
        mine = [i.key for i in self.indicators if not np.isnan(self.weights[i.key][row])]
        return {
            "uscc": self.uscc[row],
            "name": self.name[row],
            "zone": self.zone[row],
            "track": self.track[row],
            "group": self.group[row],
            "participation": str(self.participation[row]),
            "reasons": list(self.reasons[row]),
            "indicator_values": {key: _plain(self.values[key][row]) for key in mine},
            "indicator_scores": {key: _plain(self.scores[key][row]) for key in mine},
            "bonus": _plain(self.bonus[row]),
            "penalty": _plain(self.penalty[row]),
            "composite_score": _plain(self.composite[row]),
            "rank": None if np.isnan(self.rank[row]) else int(self.rank[row]),
            "computed_grade": self.computed_grade[row],
            "grade": self.grade[row],
        }

    def canonical_bytes(self) -> bytes:
        """Return every result as bytes that two equal evaluations share exactly."""

        def floats(array: FloatArray) -> list[float | None]:
            return [_plain(v) for v in array]

        document = {
            "policy": [self.policy_id, self.policy_fingerprint],
            "dataset": [self.dataset_fingerprint, self.previous_fingerprint, self.year],
            "uscc": list(self.uscc),
            "name": list(self.name),
            "zone": list(self.zone),
            "track": list(self.track),
            "group": list(self.group),
            "participation": [str(p) for p in self.participation],
            "reasons": [list(r) for r in self.reasons],
            "indicators": {
                info.key: {
                    "value": floats(self.values[info.key]),
                    "score": floats(self.scores[info.key]),
                    "benchmark": floats(self.benchmarks[info.key]),
                    "weight": floats(self.weights[info.key]),
                }
                for info in self.indicators
            },
            "bonus": floats(self.bonus),
            "penalty": floats(self.penalty),
            "composite": floats(self.composite),
            "rank": floats(self.rank),
            "position": floats(self.position),
            "gate": list(self.gate),
            "stage_rank": floats(self.stage_rank),
            "computed_grade": list(self.computed_grade),
            "grade": list(self.grade),
        }
        if not self.inputs.is_empty:
            document["inputs"] = self.inputs.as_json()
        return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
