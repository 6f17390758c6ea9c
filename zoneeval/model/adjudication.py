"""From trial to publication: the steps of a run, objections, adjustments by hand, holidays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoneeval.model.evaluation import Evaluation


class RunStatus(StrEnum):
    """How far a run has come; the members are in the order of the steps."""

    TRIAL = "trial"
    PUBLICITY = "publicity"
    REVIEW = "review"
    RECOGNISED = "recognised"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """Return the word the interface shows."""
        return {
            "trial": "试算",
            "publicity": "公示",
            "review": "复核",
            "recognised": "认定",
            "published": "发布",
        }[self.value]

    @property
    def following(self) -> RunStatus | None:
        """Return the step after this one, or None after the last."""
        steps = list(RunStatus)
        at = steps.index(self) + 1
        return steps[at] if at < len(steps) else None


@dataclass(frozen=True, slots=True)
class Adjudication:
    """The steps of one run with their dates (ISO) and documents.

    ``supersedes`` is the published run that this one is to take the place of, and
    ``reason`` why.
    """

    run_id: int
    status: RunStatus = RunStatus.TRIAL
    publicity_from: str | None = None
    publicity_days: int | None = None
    publicity_until: str | None = None
    publicity_document: str | None = None
    reviewed_on: str | None = None
    review_document: str | None = None
    recognised_on: str | None = None
    recognition_document: str | None = None
    published_on: str | None = None
    publication_document: str | None = None
    supersedes: int | None = None
    reason: str | None = None

    @property
    def is_locked(self) -> bool:
        """Tell whether nothing of the run may be changed any more."""
        return self.status is RunStatus.PUBLISHED


DayKind = Literal["off", "work"]
DAY_WORDS: dict[DayKind, str] = {"off": "放假", "work": "上班"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day that is not as its weekday says: off, or worked on a weekend."""

    day: str
    kind: DayKind
    name: str | None = None
    document: str | None = None


ObjectionDecision = Literal["open", "accepted", "refused", "withdrawn"]
OBJECTION_WORDS: dict[ObjectionDecision, str] = {
    "open": "待处理",
    "accepted": "采纳",
    "refused": "不采纳",
    "withdrawn": "撤回",
}


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection: who, on which value or matter, and what was decided.

    ``subject`` is a field identifier, or the matter in words.  ``stated_value`` is what
    the run rests on, ``claimed_value`` what the enterprise says.  ``dataset_id`` and
    ``new_run_id`` are the corrected data and the run made from it.
    """

    id: int
    run_id: int
    uscc: str
    subject: str
    received_on: str
    claimant: str | None
    content: str
    stated_value: float | None
    claimed_value: float | None
    evidence: str | None
    decision: ObjectionDecision = "open"
    decided_on: str | None = None
    decided_by: str | None = None
    document: str | None = None
    answer: str | None = None
    dataset_id: int | None = None
    new_run_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was decided yet."""
        return self.decision == "open"


@dataclass(frozen=True, slots=True)
class GradeOverride:
    """A class given by hand, beside the computed one, with reason, document and approver."""

    run_id: int
    uscc: str
    grade: str
    reason: str
    document: str
    approver: str
    decided_on: str


def overridden(evaluation: Evaluation, grades: Mapping[str, str]) -> Evaluation:
    """Return the evaluation with the classes given by hand; ``computed_grade`` stays.

    ``grades`` gives the class by credit code; who was not evaluated has none all the same.
    """
    from zoneeval.model.evaluation import Participation

    if not grades:
        return evaluation
    final = evaluation.grade.copy()
    for uscc, grade in grades.items():
        row = evaluation.row_of(uscc)
        if row is not None and evaluation.participation[row] == Participation.EVALUATED:
            final[row] = grade
    return replace(evaluation, grade=final)
