"""How classes are given: what a policy may say in ``[tracks.grading]``.

One model per kind.  What several of them share (rounding, ties, whether exempt
enterprises count) is stated in the file, never assumed from a document's silence.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from zoneeval.policy.citations import Fraction, Rule
from zoneeval.policy.dated import Dated, DatedShare, with_newest

Ties = Literal["next_key", "include", "exclude"]
Rounding = Literal["nearest", "floor", "ceil"]
Denominator = Literal["evaluated", "with_exempt"]
Order = Literal["descending", "ascending"]


BY_YEAR = ("up_to", "share", "gate", "at_most", "at_least", "from_score")
"""What may be given by year: each as ``…_by_year`` in place of the one figure."""


class ByYear(Rule):
    """A rule with figures that may be given by year; the one figure is then the newest."""

    @model_validator(mode="before")
    @classmethod
    def _figures_of_the_newest_year(cls, given: Any) -> Any:
        for name in BY_YEAR:
            given = with_newest(given, name, f"{name}_by_year")
        return given


class Band(ByYear):
    """A class by cumulative share: everybody up to ``up_to``.

    ``end`` says to whom the place belongs that lies exactly on the end: with
    "inclusive" to this class, with "exclusive" to the next one.
    """

    grade: str
    up_to: Fraction
    up_to_by_year: DatedShare = ()
    end: Literal["inclusive", "exclusive"] = "inclusive"


class Shares(Rule):
    """Grading by cumulative shares of the ranking by composite score.

    With ``denominator = "with_exempt"`` the exempt enterprises of the group count
    among those of whom the share is taken.
    """

    kind: Literal["shares"]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    rounding: Rounding = "nearest"
    ties: Ties = "next_key"
    denominator: Denominator = "evaluated"
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class Selection(ByYear):
    """One class of a two-stage selection: who may enter, ordered by what, how many.

    ``order_by`` is a formula on fields, on points as in ``score(tax_per_mu)``, and on
    ``composite_score``.
    """

    grade: str
    half: Literal["upper", "lower"]
    order_by: str
    order: Order
    share: Fraction
    share_by_year: DatedShare = ()
    cite: str = ""
    illustrative: bool = False


class TwoStage(ByYear):
    """Grading by a gate on composite rank, then an ordering by another key.

    ``gate`` is the share of the ranking that each half holds; with an odd number
    the middle enterprise belongs to ``middle``.  Quotas are shares of all evaluated.
    Selections go in the order of the file: who is chosen by one is no longer there
    for the next.  An enterprise without a value of a key is not selected by it.
    """

    kind: Literal["two_stage"]
    gate: Annotated[float, Field(gt=0, le=0.5)] = 0.5
    gate_by_year: DatedShare = ()
    middle: Literal["neither", "upper", "lower"] = "neither"
    selections: Annotated[tuple[Selection, ...], Field(min_length=1)]
    rest: str
    rounding: Rounding = "nearest"
    ties: Ties = "next_key"
    denominator: Denominator = "evaluated"
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    def deciding(self, half: str | None, grade: str | None) -> int | None:
        """Return the number of the selection that decided about an enterprise.

        It is the one that took it, or else the last one it could have been taken by.
        """
        mine = [n for n, chosen in enumerate(self.selections) if chosen.half == half]
        taken = [n for n in mine if self.selections[n].grade == grade]
        if taken:
            return taken[0]
        return mine[-1] if mine else None


class LimitBand(ByYear):
    """A class with limits: at most, or at least, that share of the ranking.

    ``from_score`` is the composite score needed for this class or a better one.
    """

    grade: str
    at_most: Fraction | None = None
    at_most_by_year: DatedShare = ()
    at_least: Fraction | None = None
    at_least_by_year: DatedShare = ()
    from_score: float | None = None
    from_score_by_year: Dated = ()


class Limits(Rule):
    """Grading with shares as limits, from the best class down to the last.

    A class with ``from_score`` takes those who reach it; one with only ``at_most``
    takes as many as it may; one with only ``at_least`` as many as it must; at most
    one class has neither and takes the others.  Then the limits hold whatever the
    scores are: ``at_most`` is rounded down and ``at_least`` up.  With
    ``ties = "exclude"`` equals at a line all go to the lower class.
    """

    kind: Literal["limits"]
    bands: Annotated[tuple[LimitBand, ...], Field(min_length=2)]
    ties: Literal["next_key", "exclude"] = "next_key"
    denominator: Denominator = "evaluated"
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class Line(Rule):
    """A class for everybody who meets a condition, however many they are."""

    grade: str
    when: str
    cite: str = ""
    illustrative: bool = False


class Thresholds(Rule):
    """Grading by absolute lines: the first condition met gives the class.

    What cannot be known for want of data counts as not met.
    """

    kind: Literal["thresholds"]
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    rest: str
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class RankOnly(Rule):
    """Rank, but no class, for the stated reason."""

    kind: Literal["rank_only"]
    reason: str
    cite: str = ""
    note: str = ""


Grading = Annotated[Shares | TwoStage | Limits | Thresholds | RankOnly, Field(discriminator="kind")]


def letters_of(grading: Shares | TwoStage | Limits | Thresholds | RankOnly) -> tuple[str, ...]:
    """Return the classes that a grading can give, each once."""
    if isinstance(grading, Shares | Limits):
        found = [band.grade for band in grading.bands]
    elif isinstance(grading, TwoStage):
        found = [*(chosen.grade for chosen in grading.selections), grading.rest]
    elif isinstance(grading, Thresholds):
        found = [*(line.grade for line in grading.lines), grading.rest]
    else:
        found = []
    return tuple(dict.fromkeys(found))


def formulas_of(grading: Shares | TwoStage | Limits | Thresholds | RankOnly) -> tuple[str, ...]:
    """Return the formulas that a grading rests on."""
    if isinstance(grading, TwoStage):
        return tuple(chosen.order_by for chosen in grading.selections)
    if isinstance(grading, Thresholds):
        return tuple(line.when for line in grading.lines)
    return ()


def illustrative_in(grading: Shares | TwoStage | Limits | Thresholds | RankOnly) -> bool:
    """Tell whether any figure of a grading was not published and stands in for one."""
    if isinstance(grading, RankOnly):
        return False
    parts: tuple[Selection | Line, ...] = ()
    if isinstance(grading, TwoStage):
        parts = grading.selections
    elif isinstance(grading, Thresholds):
        parts = grading.lines
    return grading.illustrative or any(part.illustrative for part in parts)
