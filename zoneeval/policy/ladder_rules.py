"""What a ladder may say beside its table: gates, vetoes, points, movement, several years."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from zoneeval.policy.citations import Rule

Threshold = float | Literal["", "unknown"]
"""A figure, "" where the level asks nothing, "unknown" where no document was found."""

Figure = float | Literal["unknown"]
"""A figure, or "unknown" where no document was found."""

Measure = Literal["value", "previous", "growth", "change", "over_mean", "rank", "rank_change"]
"""What of an indicator is looked at.

The figure itself, that of the year before, its growth (0.1 is 10 %), its change in the
indicator's own unit (for shares: points), how far it lies above the mean of the peers
(0.1 is 10 %), its place among the peers, and how many places it rose.
"""

PLAIN = ("previous", "value", "change")
"""The measures that keep the indicator's unit; the others have none of their own."""

OF_PEERS = ("over_mean", "rank", "rank_change")
"""The measures that rest on the figures of the other zones too."""


class Trigger(Rule):
    """A condition on a zone and year: a number of events, or a figure.

    ``event`` is the kind of a recorded event; none recorded counts as none happened.
    ``value`` is in ``unit``; a figure without data, or an unknown value, leaves it open.
    """

    event: str = ""
    indicator: str = ""
    measure: Measure = "value"
    unit: str = ""
    op: Literal[">=", ">", "<=", "<"] = ">="
    value: Figure = 1.0

    @property
    def given(self) -> bool:
        """Tell whether it says what it looks at."""
        return bool(self.event or self.indicator)

    @model_validator(mode="after")
    def _one_object(self) -> Trigger:
        if self.event and self.indicator:
            raise ValueError("event（事项）和 indicator（指标）只能写一个")
        return self


class Gate(Trigger):
    """What a zone must meet to have any level at all; ``consequence`` is what follows."""

    label: str
    consequence: str = ""
    cite: str = ""
    illustrative: bool = False


class Veto(Trigger):
    """What takes away from the level when it holds.

    ``cap``: not above ``level``; ``lower``: down by ``by``; ``disqualify``: no level
    this year; ``subtract``: ``points`` from the score (for each event with ``each``),
    ``limit`` at most.
    """

    label: str
    effect: Literal["cap", "lower", "disqualify", "subtract"]
    level: Annotated[int, Field(ge=0)] | None = None
    by: Annotated[int, Field(ge=1)] = 1
    points: Annotated[float, Field(gt=0)] | None = None
    each: bool = False
    limit: Annotated[float, Field(gt=0)] | None = None
    cite: str = ""
    illustrative: bool = False

    @model_validator(mode="after")
    def _says_what_its_effect_needs(self) -> Veto:
        if (self.effect == "cap") != (self.level is not None):
            raise ValueError('level（最高星级）要与 effect = "cap" 一起写')
        if (self.effect == "subtract") != (self.points is not None):
            raise ValueError('points（扣分）要与 effect = "subtract" 一起写')
        return self


class PointsRule(Trigger):
    """Points for or against: once when it holds, or ``each`` time, ``limit`` at most.

    ``promotion`` gives the points to a zone whose level on the table is above every
    one it ever held; that needs the whole star history.
    """

    label: str
    points: Annotated[float, Field(gt=0)]
    each: bool = False
    limit: Annotated[float, Field(gt=0)] | None = None
    promotion: bool = False
    cite: str = ""
    illustrative: bool = False


class Movement(Rule):
    """How far a star may move in a year; what is left out does not limit.

    ``grace_years``: so many years below its star a zone keeps it.  ``hold_years``: so
    many years it must have held a level before the next.  ``without_former`` says what
    a zone without a known former star gets: "open" leaves the verdict open, "free"
    lets nothing limit it.
    """

    max_up: Annotated[int, Field(ge=1)] | None = None
    max_down: Annotated[int, Field(ge=1)] | None = None
    grace_years: Annotated[int, Field(ge=0)] = 0
    hold_years: Annotated[int, Field(ge=0)] = 0
    keep_if_not_assessed: bool = False
    without_former: Literal["open", "free"] = "open"
    cite: str = ""
    illustrative: bool = False


class YearsRule(Rule):
    """A condition over several years: it held in ``times`` of the last ``of`` years.

    One of ``bottom`` (among the last so many of its peers), ``top``, ``below`` (a level
    under this one), ``at_least`` (this level or more), ``event`` (one was recorded).
    Those it meets are ordered by the mean of their scores, the lowest first (for ``top``
    the highest); ``limit`` is how many of them the consequence touches.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: str
    bottom: Annotated[int, Field(ge=1)] | None = None
    top: Annotated[int, Field(ge=1)] | None = None
    below: Annotated[int, Field(ge=0)] | None = None
    at_least: Annotated[int, Field(ge=0)] | None = None
    event: str = ""
    times: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]
    limit: Annotated[int, Field(ge=1)] | None = None
    consequence: str
    cite: str = ""
    illustrative: bool = False

    @model_validator(mode="after")
    def _one_condition(self) -> YearsRule:
        ways = (self.bottom, self.top, self.below, self.at_least, self.event or None)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("bottom、top、below、at_least、event 要写一个，也只能写一个")
        if self.times > self.of:
            raise ValueError(f"times（{self.times}）不能大于 of（{self.of}）")
        return self
