"""How a value becomes points: one model per way of scoring.

Where nothing else is said, points are a share of the indicator's weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from zoneeval.policy.citations import Rule

Population = Literal["group", "track"]
Percent = Annotated[float, Field(ge=0, le=100)]


class Ratio(Rule):
    """Weight × value ÷ benchmark; for costs weight × benchmark ÷ value."""

    kind: Literal["ratio"] = "ratio"


class FlooredMinMax(Rule):
    """Weight × (base + span × (value − lowest) ÷ (highest − lowest)) ÷ 100.

    Where all are alike everybody has the whole of base and span.
    """

    kind: Literal["floored_minmax"]
    base: Percent = 20
    span: Annotated[float, Field(gt=0, le=100)] = 80
    population: Population = "group"

    @model_validator(mode="after")
    def _not_over_a_hundred(self) -> FlooredMinMax:
        if self.base + self.span > 100:
            raise ValueError(f"base 加 span 合计 {self.base + self.span:g}，不应超过 100")
        return self


class ReverseLinear(Rule):
    """Full points at 0, none at ``zero_at`` times the benchmark, linear between."""

    kind: Literal["reverse_linear"]
    zero_at: Annotated[float, Field(gt=0)] = 2


class RatioToBest(Rule):
    """Weight × value ÷ highest value; for costs weight × lowest positive value ÷ value."""

    kind: Literal["ratio_to_best"]
    population: Population = "group"


class ScoreBand(Rule):
    """Points for values between two ends; an end left out is open."""

    low: Annotated[float | None, Field(alias="from")] = None
    high: Annotated[float | None, Field(alias="to")] = None
    score: float


class Bands(Rule):
    """Points by bands that cover every value; ``includes`` says which end belongs to each."""

    kind: Literal["bands"]
    includes: Literal["from", "to"]
    bands: Annotated[tuple[ScoreBand, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _cover_everything_once(self) -> Bands:
        if self.bands[0].low is not None or self.bands[-1].high is not None:
            raise ValueError("第一段不写 from、最后一段不写 to，才能包括所有数值")
        for number, (one, other) in enumerate(pairwise(self.bands), start=1):
            if one.high is None or other.low is None or one.high != other.low:
                raise ValueError(f"第 {number} 段的 to 应等于第 {number + 1} 段的 from")
            if one.low is not None and one.high <= one.low:
                raise ValueError(f"第 {number} 段的 to 应大于 from")
        return self


class Efficacy(Rule):
    """The efficacy coefficient: ``base`` points of 100 at the worst, 100 at the best value.

    Linear: base + (100 − base) × (x − worst) ÷ (best − worst).  Exponential:
    base × (100 ÷ base) ^ ((x − worst) ÷ (best − worst)).  Ends that the document does
    not fix are the worst and best of the population.
    """

    kind: Literal["efficacy"]
    shape: Literal["linear", "exponential"] = "linear"
    base: Annotated[float, Field(gt=0, lt=100)] = 60
    worst: float | None = None
    best: float | None = None
    population: Population = "group"

    @model_validator(mode="after")
    def _ends_apart(self) -> Efficacy:
        if self.worst is not None and self.worst == self.best:
            raise ValueError("worst（不允许值）和 best（满意值）不能相同")
        return self


class RankPoints(Rule):
    """Points by place: a list, or ``step`` fewer at each place, or weight × (n − place + 1) ÷ n.

    Equals share the better place.  Who is past the list has ``rest``.
    """

    kind: Literal["rank"]
    points: tuple[float, ...] = ()
    rest: float = 0
    step: Annotated[float, Field(gt=0)] | None = None
    population: Population = "group"

    @model_validator(mode="after")
    def _one_way(self) -> RankPoints:
        if self.points and self.step is not None:
            raise ValueError("points（逐名得分）和 step（每低一名少得的分）只能写一个")
        if _rises((*self.points, self.rest) if self.points else ()):
            raise ValueError("points 应从第一名起由高到低，rest 不高于最后一名")
        return self


def _rises(points: Sequence[float]) -> bool:
    return any(one < other for one, other in pairwise(points))


def _by_name(given: object) -> object:
    return {"kind": given} if isinstance(given, str) else given


Method = Annotated[
    Ratio | FlooredMinMax | ReverseLinear | RatioToBest | Bands | Efficacy | RankPoints,
    Field(discriminator="kind"),
    BeforeValidator(_by_name),
]
"""A way of scoring; one without settings may be written as its name alone."""

WITH_BENCHMARK = (Ratio, ReverseLinear)
"""The ways of scoring that measure against the indicator's benchmark."""
