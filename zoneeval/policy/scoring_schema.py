"""The scored part of a policy: indicators, what they are measured against, bonus points."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from zoneeval.model.fields import FIELDS
from zoneeval.policy.citations import Fraction, Rule
from zoneeval.policy.dated import Dated, with_newest
from zoneeval.policy.methods import WITH_BENCHMARK, Method, Ratio


class Benchmark(Rule):
    """What a value is measured against: a fixed figure, or one taken from enterprises.

    ``values`` are fixed figures by year.  Anything taken from enterprises may be
    multiplied, and rests on the group, the track or everybody evaluated.
    """

    kind: Literal["fixed", "average", "maximum", "minimum", "median", "percentile", "none"]
    value: float | None = None
    values: Dated = ()
    multiple: Annotated[float, Field(gt=0)] = 1.0
    percentile: Fraction | None = None
    average: Literal["ratio_of_totals", "mean_of_ratios"] = "ratio_of_totals"
    population: Literal["group", "track", "all"] = "group"
    year: Literal["current", "previous"] = "current"
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _value_of_the_newest_year(cls, given: Any) -> Any:
        return with_newest(given, "value", "values")

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Benchmark:
        if self.kind == "fixed" and not (self.value is not None and self.value > 0):
            raise ValueError('固定基准值（kind = "fixed"）必须给出大于 0 的 value')
        if self.kind == "average" and self.value is not None:
            raise ValueError('按平均值取基准（kind = "average"）时不能再给 value')
        if self.kind != "fixed" and self.value is not None:
            raise ValueError(f'基准由企业数据算出（kind = "{self.kind}"）时不能再给 value')
        if (self.kind == "percentile") != (self.percentile is not None):
            raise ValueError('percentile（如 0.8）要与 kind = "percentile" 一起写')
        if self.kind != "average" and "average" in self.model_fields_set:
            raise ValueError('average 只用于按平均值取基准（kind = "average"）')
        return self


NO_BENCHMARK = Benchmark(kind="none")
"""The benchmark of indicators whose way of scoring needs none."""

Missing = Literal["zero", "average_score", "reweight", "penalty", "block"]


class Indicator(Rule):
    """One scored indicator of a track.

    ``key`` is a derived field of the registry, or a new name with its own
    ``formula``, ``label`` and ``unit``.  ``first_available`` names several fields of
    which the first that the table supplies is used for everybody.  ``cap`` and
    ``floor`` limit the score as multiples of the weight.  ``weights`` are weights by
    year; ``weight`` is then that of the newest.  ``addon`` marks local indicators.
    """

    key: str
    weight: Annotated[float, Field(gt=0)]
    weights: Dated = ()
    label: str = ""
    unit: str = ""
    formula: str = ""
    first_available: tuple[str, ...] = ()
    direction: Literal["benefit", "cost"] = "benefit"
    method: Method = Ratio()
    benchmark: Benchmark = NO_BENCHMARK
    cap: float | None = None
    floor: float | None = None
    negative: Literal["keep", "zero"] = "keep"
    zero: Literal["keep", "missing"] = "keep"
    missing: Missing = "zero"
    missing_points: Annotated[float, Field(le=0)] | None = None
    addon: bool = False
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _weight_of_the_newest_year(cls, given: Any) -> Any:
        return with_newest(given, "weight", "weights")

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Indicator:
        wanted, held = isinstance(self.method, WITH_BENCHMARK), self.benchmark.kind != "none"
        if wanted and not held:
            raise ValueError(f"缺少“benchmark”：按 {self.method.kind} 计分要与基准相比")
        if held and not wanted:
            raise ValueError(f"按 {self.method.kind} 计分不用基准，不能写 benchmark")
        if (self.missing == "penalty") != (self.missing_points is not None):
            raise ValueError('missing_points（如 -3）要与 missing = "penalty" 一起写')
        return self

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


class Window(Rule):
    """How long something counts: the date lies in the last ``years`` years up to 12-31."""

    date: str
    years: Annotated[int, Field(ge=1)]


class Bonus(Rule):
    """Points for (or, negative, against) those who meet a condition.

    A missing cell does not meet it.  Of several with the same ``kind`` only the
    highest counts.  ``points`` count once, or with ``per`` for each of a number
    (at most ``max_count``); ``tiers`` give the first, the second … and every further
    one; ``share_of_score`` is a share of the indicators' score.  ``limit`` is the most
    that this item may give or take.
    """

    id: str
    label: str
    when: str = ""
    points: float = 0
    share_of_score: Annotated[float, Field(ge=-1, le=1)] | None = None
    per: str = ""
    tiers: tuple[float, ...] = ()
    max_count: Annotated[int, Field(ge=1)] | None = None
    limit: Annotated[float, Field(gt=0)] | None = None
    window: Window | None = None
    kind: str = ""
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _one_way_to_count(self) -> Bonus:
        ways = ("points" in self.model_fields_set, self.share_of_score is not None, self.tiers)
        if sum(map(bool, ways)) != 1:
            raise ValueError("points、share_of_score、tiers 要写一个，也只能写一个")
        if self.tiers and not self.per:
            raise ValueError("tiers（逐次分值）要与 per（按什么计次）一起写")
        if self.per and self.share_of_score is not None:
            raise ValueError("share_of_score（按得分的比例）不能与 per 一起写")
        if self.max_count is not None and not self.per:
            raise ValueError("max_count（最多计几次）要与 per（按什么计次）一起写")
        if min(self.tiers, default=0) < 0 < max(self.tiers, default=0):
            raise ValueError("tiers 不能有的加分、有的扣分")
        if not (self.when or self.per or self.window):
            raise ValueError("缺少“when”：没有说明符合什么条件")
        return self

    @property
    def condition(self) -> str:
        """Return the formula of who has it, "" where only the number decides."""
        if self.window is None:
            return self.when
        age = f"years_since({self.window.date})"
        recent = f"{age} >= 0 and {age} < {self.window.years}"
        return f"({self.when}) and {recent}" if self.when else recent

    @property
    def formulas(self) -> tuple[str, ...]:
        """Return every formula that its points rest on."""
        return tuple(text for text in (self.condition, self.per) if text)

    @property
    def is_penalty(self) -> bool:
        """Tell whether it takes points rather than gives them."""
        return min((self.points, self.share_of_score or 0, *self.tiers)) < 0


class Addon(Rule):
    """Local indicators beside the prescribed ones: how many, and their weights together."""

    total: Annotated[float, Field(gt=0, lt=100)]
    at_least: Annotated[int, Field(ge=0)] = 1
    at_most: Annotated[int, Field(ge=1)] = 3

    @model_validator(mode="after")
    def _in_order(self) -> Addon:
        if self.at_most < self.at_least:
            raise ValueError("at_most 小于 at_least")
        return self
