"""Differentiated prices as data: rate, unit, document and dates per utility and class."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from zoneeval.policy.citations import Rule, RuleFile


class Rate(Rule):
    """A surcharge per unit for a class, from the n-th consecutive year in it."""

    utility: str
    grade: str
    from_consecutive_year: Annotated[int, Field(ge=1)] = 1
    amount: float
    unit: str
    starts: str = ""
    ends: str = ""
    cite: str
    illustrative: bool = False


class Tariff(RuleFile):
    """A tariff table; ``utilities`` are the lists to write even where no rate is known."""

    utilities: tuple[str, ...]
    rates: tuple[Rate, ...] = ()
    empty_reason: str = ""
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    def rate(self, utility: str, grade: str, consecutive_years: int) -> Rate | None:
        """Return the rate that applies, or None where none was published."""
        fitting = [
            r
            for r in self.rates
            if r.utility == utility
            and r.grade == grade
            and r.from_consecutive_year <= consecutive_years
        ]
        return max(fitting, key=lambda r: r.from_consecutive_year, default=None)
