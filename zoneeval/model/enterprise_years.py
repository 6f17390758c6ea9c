"""One enterprise over all years: data, scores, classes, prices, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zoneeval.model.adjudication import GradeOverride, RunStatus
from zoneeval.model.evaluation import IndicatorInfo
from zoneeval.model.exits import ExitCase, ExitStep
from zoneeval.model.utility_list import ListLine

MAIN_FIELDS = (
    *("land_area", "tax_paid", "revenue", "profit", "value_added", "output_value"),
    *("rd_expense", "average_headcount", "energy_use", "electricity_use", "water_use"),
    *("gas_use", "emission_total", "tax_per_mu", "revenue_per_mu", "value_added_per_mu"),
    *("labor_productivity", "value_added_per_tce", "value_added_per_emission", "rd_intensity"),
)
"""The fields shown over the years, those that follow from others last."""


@dataclass(frozen=True, slots=True)
class YearResult:
    """What an evaluation made of the enterprise.

    ``by_score`` is the class that scores and ranks gave, ``by_rules`` with what the policy
    adjusts directly, ``final`` with what was decided by hand.  ``evaluated_as`` names the
    code whose row it is, where that is another one.  ``years_in_class`` counts the years
    on end in the final class.
    """

    run_id: int
    policy: str
    status: RunStatus
    participation: str
    reasons: tuple[str, ...]
    indicators: tuple[IndicatorInfo, ...]
    scores: Mapping[str, float | None]
    bonus: float | None
    penalty: float | None
    composite: float | None
    rank: int | None
    group: str
    by_score: str | None
    by_rules: str | None
    final: str | None
    override: GradeOverride | None
    evaluated_as: str
    years_in_class: int | None

    @property
    def is_adjusted(self) -> bool:
        """Tell whether the policy itself gave another class than the scores."""
        return self.by_score != self.by_rules


@dataclass(frozen=True, slots=True)
class EnterpriseYear:
    """One year under one code; values by field, None where not known."""

    year: int
    uscc: str
    name: str
    zone: str | None
    dataset_version: int
    values: Mapping[str, float | None]
    result: YearResult | None = None


@dataclass(frozen=True, slots=True)
class AppliedPrice:
    """A line of a list that was sent to a utility.

    ``withdrawn`` is the day it ended early, ``replaced_from`` the first day of the list
    after it.
    """

    list_id: int
    year: int
    utility: str
    document: str
    valid_from: str
    valid_to: str | None
    withdrawn: str | None
    replaced_from: str | None
    line: ListLine

    @property
    def until(self) -> str | None:
        """Return the day that ends it, None while there is none."""
        days = (self.withdrawn, self.replaced_from, self.valid_to)
        return min((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, on a day (ISO; "" where it has none) or in a year."""

    on: str
    year: int | None
    kind: str
    words: str
    document: str = ""


@dataclass(frozen=True)
class EnterpriseYears:
    """Everything about one enterprise, under every code that it had; years ascending."""

    uscc: str
    name: str
    codes: tuple[str, ...]
    years: tuple[EnterpriseYear, ...]
    prices: tuple[AppliedPrice, ...] = ()
    happenings: tuple[Happening, ...] = ()
    cases: tuple[ExitCase, ...] = ()
    steps: Mapping[int, tuple[ExitStep, ...]] = field(default_factory=dict)

    @property
    def several_codes(self) -> bool:
        """Tell whether years stand under different codes."""
        return len({one.uscc for one in self.years}) > 1

    def heading(self, one: EnterpriseYear) -> str:
        """Return what heads a year's column: the year, with the code where they differ."""
        if not self.several_codes or one.uscc == self.uscc:
            return f"{one.year} 年"
        return f"{one.year} 年（{one.name}）"

    @property
    def indicators(self) -> tuple[IndicatorInfo, ...]:
        """Return the indicators that any year was scored by, in the order of the newest."""
        found: dict[str, IndicatorInfo] = {}
        for one in reversed(self.years):
            if one.result is not None:
                for info in one.result.indicators:
                    found.setdefault(info.key, info)
        return tuple(found.values())
