"""The language of evaluation policies: what a policy file may say.

One model per section of the file.  Checks that span several sections are in
:mod:`zoneeval.policy.checks`, so that they can name file and key.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.citations import Fraction, Rule, RuleFile


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


class Benchmark(Rule):
    """What a value is divided by: a fixed figure, or a multiple of an average."""

    kind: Literal["fixed", "average"]
    value: float | None = None
    multiple: float = 1.0
    average: Literal["ratio_of_totals", "mean_of_ratios"] = "ratio_of_totals"
    population: Literal["group", "track"] = "group"
    year: Literal["current", "previous"] = "current"
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _fixed_has_a_value(self) -> Benchmark:
        if self.kind == "fixed" and not (self.value is not None and self.value > 0):
            raise ValueError('固定基准值（kind = "fixed"）必须给出大于 0 的 value')
        if self.kind == "average" and self.value is not None:
            raise ValueError('按平均值取基准（kind = "average"）时不能再给 value')
        return self


class Indicator(Rule):
    """One scored indicator of a track.

    ``key`` is a derived field of the registry, or a new name with its own
    ``formula``, ``label`` and ``unit``.  ``first_available`` names several fields of
    which the first that the table supplies is used for everybody.  ``cap`` and
    ``floor`` limit the score as multiples of the weight.
    """

    key: str
    weight: Annotated[float, Field(gt=0)]
    label: str = ""
    unit: str = ""
    formula: str = ""
    first_available: tuple[str, ...] = ()
    direction: Literal["benefit", "cost"] = "benefit"
    benchmark: Benchmark
    cap: float | None = None
    floor: float | None = None
    missing: Literal["zero", "average_score"] = "zero"
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @property
    def shown_label(self) -> str:
        """Return the label to show: the policy's own, else the registry's."""
        known = FIELDS.get(self.key)
        return self.label or (known.label if known else self.key)

    @property
    def shown_unit(self) -> str:
        """Return the unit to show: the policy's own, else the registry's."""
        known = FIELDS.get(self.key)
        return self.unit or (known.unit if known else "")

    @property
    def is_share(self) -> bool:
        """Tell whether values show as per cent."""
        known = FIELDS.get(self.key)
        return known is not None and known.kind == "share"


class Bonus(Rule):
    """Points for (or, negative, against) those who meet a condition.

    A missing cell does not meet it.  Of several with the same ``kind`` only the
    highest counts.
    """

    id: str
    label: str
    when: str
    points: float
    kind: str = ""
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class Condition(Rule):
    """One condition of taking part; who fails it gets ``otherwise`` with ``reason``.

    ``default`` is what holds for a table that lacks the columns asked for.  ``grade``
    is the class of those who fail, where the document has one for them (T).
    """

    when: str
    otherwise: Participation
    reason: str
    grade: str = ""
    default: bool = True
    cite: str = ""
    illustrative: bool = False
    note: str = ""


Ties = Literal["next_key", "include", "exclude"]
Rounding = Literal["nearest", "floor", "ceil"]


class Band(Rule):
    """A class by cumulative share: everybody up to and including ``up_to``."""

    grade: str
    up_to: Fraction


class Shares(Rule):
    """Grading by cumulative shares of the ranking by composite score."""

    kind: Literal["shares"]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    rounding: Rounding = "nearest"
    ties: Ties = "next_key"
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class Selection(Rule):
    """One class of a two-stage selection: who may enter, ordered by what, how many."""

    grade: str
    half: Literal["upper", "lower"]
    order_by: str
    order: Literal["descending", "ascending"]
    share: Fraction
    cite: str = ""
    illustrative: bool = False


class TwoStage(Rule):
    """Grading by a gate on composite rank, then an ordering by another key.

    ``gate`` is the share of the ranking that each half holds; with an odd number
    the middle enterprise belongs to ``middle``.  Quotas are shares of all evaluated.
    An enterprise without a value of the second key is not selected by it.
    """

    kind: Literal["two_stage"]
    gate: Annotated[float, Field(gt=0, le=0.5)] = 0.5
    middle: Literal["neither", "upper", "lower"] = "neither"
    selections: Annotated[tuple[Selection, ...], Field(min_length=1)]
    rest: str
    rounding: Rounding = "nearest"
    ties: Ties = "next_key"
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class RankOnly(Rule):
    """Score and rank, but no class, for the stated reason."""

    kind: Literal["rank_only"]
    reason: str
    cite: str = ""
    note: str = ""


Grading = Annotated[Shares | TwoStage | RankOnly, Field(discriminator="kind")]


class Track(Rule):
    """Enterprises judged by the same indicators and shares.

    ``decimals`` rounds the composite score half-up before it is ranked; where the
    document states nothing it is left out and nothing is rounded.  ``group_by``
    names the fields within which enterprises are ranked and averaged.
    """

    id: str
    label: str
    when: str = ""
    default: bool = False
    group_by: tuple[str, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=10)] | None = None
    decimals_illustrative: bool = False
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    bonus: tuple[Bonus, ...] = ()
    grading: Grading
    missing: tuple[str, ...] = ()
    cite: str = ""
    note: str = ""


class Policy(RuleFile):
    """A whole evaluation policy."""

    issuer: str
    year: int
    valid_from: int | None = None
    valid_to: int | None = None
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    eligibility: tuple[Condition, ...] = ()
    tracks: Annotated[tuple[Track, ...], Field(min_length=1)]
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
        if self.status == "illustrative" or any(c.illustrative for c in self.eligibility):
            return True
        return any(
            track.decimals_illustrative
            or any(i.illustrative or i.benchmark.illustrative for i in track.indicators)
            or any(b.illustrative for b in track.bonus)
            or getattr(track.grading, "illustrative", False)
            for track in self.tracks
        )
