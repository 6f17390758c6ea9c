"""What the office decided besides data and policy; it is stored with every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from zoneeval.model.merging import NOTHING_MERGED, Merging

Decision = Literal["in", "out"]

DECISION_WORDS: dict[Decision, str] = {"in": "参评", "out": "不参评"}
"""The words of a decision, as they stand in workbooks and on screen."""

TAKE_BACK = "按办法"
"""What in a 参评名单 takes an earlier decision back; an empty cell leaves it as it is."""


@dataclass(frozen=True, slots=True)
class ParticipationDecision:
    """Somebody decided that an enterprise takes part (``in``) or not (``out``), and why."""

    uscc: str
    decision: Decision
    reason: str
    document: str | None = None

    @property
    def sentence(self) -> str:
        """Return the decision with its reason and document, as results state it."""
        document = f"（{self.document}）" if self.document else ""
        verb = "" if self.decision == "out" else "参评"
        return f"人工决定{verb}：{self.reason}{document}"


@dataclass(frozen=True, slots=True)
class EvaluationInputs:
    """Everything that an evaluation rests on besides policy and datasets."""

    decisions: tuple[ParticipationDecision, ...] = ()
    merging: Merging = NOTHING_MERGED
    previous_merging: Merging = NOTHING_MERGED

    @property
    def merges(self) -> bool:
        """Tell whether enterprises of either year are joined before the evaluation."""
        return not (self.merging.is_empty and self.previous_merging.is_empty)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was decided by hand."""
        return not (self.decisions or self.merges)

    def as_json(self) -> dict[str, Any]:
        """Return the inputs as they are stored; what is empty is left out."""
        out: dict[str, Any] = {}
        if self.decisions:
            out["decisions"] = [asdict(d) for d in self.decisions]
        if not self.merging.is_empty:
            out["merging"] = self.merging.as_json()
        if not self.previous_merging.is_empty:
            out["previous_merging"] = self.previous_merging.as_json()
        return out

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> EvaluationInputs:
        """Return the inputs of a stored run."""
        return cls(
            tuple(ParticipationDecision(**d) for d in stored.get("decisions", ())),
            Merging.from_json(stored.get("merging", {})),
            Merging.from_json(stored.get("previous_merging", {})),
        )
