"""The language of evaluation policies: what a policy file may say.

One model per section of the file.  Checks that span several sections are in
:mod:`zoneeval.policy.checks`, so that they can name file and key.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from zoneeval.model.evaluation import Participation
from zoneeval.policy.adjustment_schema import Adjustment, IndustryGroup
from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.policy.grading_schema import (
    Band,
    Grading,
    LimitBand,
    Limits,
    Line,
    Order,
    RankOnly,
    Rounding,
    Selection,
    Shares,
    Thresholds,
    Ties,
    TwoStage,
    illustrative_in,
)
from zoneeval.policy.scoring_schema import Addon, Benchmark, Bonus, Indicator

__all__ = [
    "Addon",
    "Adjustment",
    "Band",
    "Benchmark",
    "Bonus",
    "Condition",
    "Grade",
    "Grading",
    "Indicator",
    "IndustryGroup",
    "LimitBand",
    "Limits",
    "Line",
    "Policy",
    "RankOnly",
    "Rounding",
    "Selection",
    "Shares",
    "Thresholds",
    "Ties",
    "Track",
    "Treatment",
    "TwoStage",
]


class Treatment(StrEnum):
    """What a class means for those in it."""

    PRIORITY = "priority"
    ENCOURAGE = "encourage"
    REGULATE = "regulate"
    EXIT = "exit"


class Grade(Rule):
    """One class: its letter, its name in the document, and what it leads to.

    ``surcharge`` classes are named on the price lists of the utilities.
    """

    letter: str
    name: str
    treatment: Treatment
    surcharge: bool = False
    note: str = ""


class Condition(Rule):
    """One condition of taking part; who fails it gets ``otherwise`` with ``reason``.

    ``default`` is what holds for a table that lacks the columns asked for.  ``grade``
    is the class of those who fail, where the document has one for them (T).  With
    ``otherwise = "ungraded"`` they are scored and ranked, without class and without
    using up a quota; ``managed_as`` names the class they are treated like.
    """

    when: str
    otherwise: Participation
    reason: str
    grade: str = ""
    managed_as: str = ""
    default: bool = True
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class Track(Rule):
    """Enterprises judged by the same indicators and shares.

    ``decimals`` rounds the composite score half-up before it is ranked; where the
    document states nothing it is left out and nothing is rounded.  ``group_by``
    names the fields within which enterprises are ranked and averaged.  ``rank_by``
    ranks by a formula instead of the composite score; then indicators may be left out.
    """

    id: str
    label: str
    when: str = ""
    default: bool = False
    group_by: tuple[str, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=10)] | None = None
    decimals_illustrative: bool = False
    rank_by: str = ""
    rank_order: Order = "descending"
    indicators: tuple[Indicator, ...] = ()
    addon: Addon | None = None
    bonus: tuple[Bonus, ...] = ()
    bonus_max: Annotated[float, Field(gt=0)] | None = None
    penalty_max: Annotated[float, Field(gt=0)] | None = None
    grading: Grading
    missing: tuple[str, ...] = ()
    cite: str = ""
    note: str = ""


class Policy(RuleFile):
    """A whole evaluation policy.

    ``continues`` is the id of the policy that this one takes over from: years in a
    class are counted on through it.
    """

    issuer: str
    year: int
    continues: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    eligibility: tuple[Condition, ...] = ()
    groups: tuple[IndustryGroup, ...] = ()
    tracks: Annotated[tuple[Track, ...], Field(min_length=1)]
    adjustments: tuple[Adjustment, ...] = ()
    precedence: tuple[str, ...] = ()
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    def grade(self, letter: str) -> Grade | None:
        """Return the class of that letter, or None."""
        return next((g for g in self.grades if g.letter == letter), None)

    def track(self, key: str) -> Track | None:
        """Return the track of that id, or None."""
        return next((t for t in self.tracks if t.id == key), None)

    @property
    def has_illustrative(self) -> bool:
        """Tell whether any figure was not published and stands in for one."""
        marked = [c.illustrative for c in self.eligibility]
        marked += [g.illustrative for g in self.groups]
        marked += [a.illustrative for a in self.adjustments]
        if self.status == "illustrative" or any(marked):
            return True
        return any(
            track.decimals_illustrative
            or any(i.illustrative or i.benchmark.illustrative for i in track.indicators)
            or any(b.illustrative for b in track.bonus)
            or illustrative_in(track.grading)
            for track in self.tracks
        )
