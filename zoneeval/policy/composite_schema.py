"""Composite scores of zones: weighted items, each with its way of scoring."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from zoneeval.policy.citations import Rule
from zoneeval.policy.ladder_rules import OF_PEERS, Figure, Measure, PointsRule, Threshold
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    RankPoints,
    Ratio,
    RatioToBest,
    ReverseLinear,
)


class GrowthSteps(Rule):
    """``at_base`` of the marks for the base year's figure, ``points`` for each ``step`` above.

    The additional points are at most ``limit`` of the marks.  ``below`` says what a
    figure under the base year's gets: nothing, or ``points`` less for each step begun.
    ``base_year`` is that of the document; without it the year before.
    """

    kind: Literal["growth_steps"]
    at_base: Annotated[float, Field(ge=0, le=1)] = 0.8
    step: Annotated[float, Field(gt=0)] = 0.05
    points: Annotated[float, Field(gt=0)] = 1
    limit: Annotated[float, Field(ge=0)] | None = 0.5
    below: Literal["zero", "steps"]
    base_year: int | None = None


class PerUnit(Rule):
    """Fixed ``points`` for each unit of the figure (a project, a platform, an accident)."""

    kind: Literal["per_unit"]
    points: Annotated[float, Field(gt=0)]


def _by_name(given: object) -> object:
    return {"kind": given} if isinstance(given, str) else given


ZoneMethod = Annotated[
    Ratio
    | FlooredMinMax
    | ReverseLinear
    | RatioToBest
    | Bands
    | Efficacy
    | RankPoints
    | GrowthSteps
    | PerUnit,
    Field(discriminator="kind"),
    BeforeValidator(_by_name),
]
"""A way of scoring; one without settings may be written as its name alone."""

Base = Figure | Literal["target", "previous", "mean", "maximum", "minimum"]
"""What a ratio is measured against: a figure in the item's unit, the zone's own target,
its figure of the year before, or one taken from its peers."""

PEER_BASES = ("mean", "maximum", "minimum")


class Measured(Rule):
    """One figure and the way it becomes a share of the marks.

    ``population`` names with whom peers are compared: the zone's group, or all zones.
    """

    indicator: str = ""
    measure: Measure = "value"
    unit: str = ""
    direction: Literal["benefit", "cost"] = "benefit"
    method: ZoneMethod = Ratio()
    base: Base | None = None
    population: Literal["group", "all"] = "group"

    @property
    def of_peers(self) -> bool:
        """Tell whether the score rests on the other zones too."""
        method = self.method
        if isinstance(method, FlooredMinMax | RatioToBest | RankPoints):
            return True
        if isinstance(method, Efficacy) and (method.worst is None or method.best is None):
            return True
        return self.base in PEER_BASES or self.measure in OF_PEERS

    @model_validator(mode="after")
    def _base_where_needed(self) -> Measured:
        wanted = isinstance(self.method, Ratio | ReverseLinear)
        if self.indicator and wanted and self.base is None:
            raise ValueError(f"缺少“base”：按 {self.method.kind} 计分要与基准相比")
        if not wanted and self.base is not None:
            raise ValueError(f"按 {self.method.kind} 计分不用基准，不能写 base")
        if isinstance(self.base, float) and self.base <= 0:
            raise ValueError("base（基准值）必须大于 0")
        return self


class Part(Measured):
    """One of several figures that share an item's marks: 总量与强度, 个数与金额."""

    indicator: str
    share: Annotated[float, Field(gt=0, le=1)]


class Item(Measured):
    """One scored item of a composite.

    ``parts`` split its weight among several figures.  ``cap`` and ``floor`` limit its
    points as multiples of the weight.  ``missing`` says what no data leads to: the score
    stays open ("block"), no points, the weight goes to the other items, or ``missing_points``.
    With ``zero = "missing"`` a report of zero counts as no data.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: str = ""
    group: str = ""
    weight: Annotated[float, Field(gt=0)]
    parts: tuple[Part, ...] = ()
    cap: float | None = None
    floor: float | None = None
    missing: Literal["block", "zero", "reweight", "penalty"] = "block"
    missing_points: Annotated[float, Field(le=0)] | None = None
    zero: Literal["keep", "missing"] = "keep"
    cite: str = ""
    illustrative: bool = False

    @property
    def measured(self) -> tuple[tuple[Measured, float], ...]:
        """Return its figures with their shares of the weight."""
        return tuple((part, part.share) for part in self.parts) or ((self, 1.0),)

    @model_validator(mode="after")
    def _parts_fit(self) -> Item:
        if bool(self.indicator) == bool(self.parts):
            raise ValueError("indicator（指标）和 parts（分项）要写一个，也只能写一个")
        if self.parts and abs(sum(part.share for part in self.parts) - 1) > 1e-9:
            raise ValueError("parts（分项）的 share 合计应为 1")
        if (self.missing == "penalty") != (self.missing_points is not None):
            raise ValueError('missing_points（如 -3）要与 missing = "penalty" 一起写')
        if self.cap is not None and self.floor is not None and self.floor > self.cap:
            raise ValueError("floor（下限）大于 cap（上限）")
        return self


class PeerGroup(Rule):
    """Zones that are ranked together, with weights of their own where they have some."""

    id: str
    label: str
    weights: dict[str, float] = Field(default_factory=dict)


class ScoreLevels(Rule):
    """How a score becomes a level; one entry per level from the gate up, "" asks nothing.

    ``cutoffs``: the score at least; ``ranks``: the place among the peers at most;
    ``shares``: the place within this share of the peers; ``quotas``: at most so many
    zones with this level or a higher one, the best scores first.  Equals stand together.
    """

    cutoffs: tuple[Threshold, ...] = ()
    ranks: tuple[Threshold, ...] = ()
    shares: tuple[Threshold, ...] = ()
    quotas: tuple[Threshold, ...] = ()
    rounding: Literal["nearest", "floor", "ceil"] = "nearest"
    cite: str = ""
    illustrative: bool = False

    @property
    def columns(self) -> tuple[tuple[str, tuple[Threshold, ...]], ...]:
        """Return the ways that are used."""
        every = (
            ("cutoffs", self.cutoffs),
            ("ranks", self.ranks),
            ("shares", self.shares),
            ("quotas", self.quotas),
        )
        return tuple((name, cells) for name, cells in every if cells)

    @model_validator(mode="after")
    def _some_way(self) -> ScoreLevels:
        if not self.columns:
            raise ValueError("cutoffs、ranks、shares、quotas 至少要写一个")
        return self


class Composite(Rule):
    """A score: the sum of the items, times ``factor``, with bonus and deductions.

    ``total`` is what the weights must add up to.  ``groups`` are headings of items.
    """

    title: str = ""
    total: Annotated[float, Field(gt=0)] = 100
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    groups: dict[str, str] = Field(default_factory=dict)
    factor: Annotated[float, Field(gt=0)] = 1
    bonuses: tuple[PointsRule, ...] = ()
    bonus_max: Annotated[float, Field(gt=0)] | None = None
    deductions: tuple[PointsRule, ...] = ()
    deduction_max: Annotated[float, Field(gt=0)] | None = None
    cap: float | None = None
    floor: float | None = None
    decimals: Annotated[int, Field(ge=0, le=10)] | None = None
    levels: ScoreLevels | None = None

    @property
    def of_peers(self) -> bool:
        """Tell whether any item rests on the other zones too."""
        return any(part.of_peers for item in self.items for part, _ in item.measured)
