"""Decisions made by hand about who takes part, laid over the conditions of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.model.arrays import BoolArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Participation
from zoneeval.model.inputs import ParticipationDecision

_STAYS_OUT = frozenset(
    {Participation.EXEMPT, Participation.TRANSITIONAL, Participation.OUT_OF_SCOPE}
)


@dataclass(frozen=True)
class Decided:
    """Decisions by row; ``taken_in`` marks the rows that take part whatever is conditioned."""

    by_row: Mapping[int, ParticipationDecision]
    taken_in: BoolArray

    def note(self, row: int, state: Participation, reason: str, reasons: list[list[str]]) -> bool:
        """Tell whether a row takes part by decision, and record what that overrides."""
        if not self.taken_in[row]:
            return False
        reasons[row].append(f"按办法应为“{state.label}”（{reason}）")
        return True

    def finish(self, state: TextArray, grade: TextArray, reasons: list[list[str]]) -> None:
        """Leave out who was decided out, and put every decision first among the reasons."""
        for row, made in self.by_row.items():
            if made.decision == "out" and state[row] not in _STAYS_OUT:
                state[row], grade[row] = Participation.EXEMPT, None
                reasons[row].clear()
            reasons[row].insert(0, made.sentence)


def decided(dataset: Dataset, decisions: Iterable[ParticipationDecision]) -> Decided:
    """Return the decisions that concern enterprises of the dataset."""
    wanted = {made.uscc: made for made in decisions}
    taken_in = np.zeros(dataset.size, dtype=bool)
    by_row: dict[int, ParticipationDecision] = {}
    if wanted:
        for row, code in enumerate(dataset.text("uscc")):
            made = wanted.get(code) if code else None
            if made is not None:
                by_row[row] = made
                taken_in[row] = made.decision == "in"
    return Decided(by_row, taken_in)
