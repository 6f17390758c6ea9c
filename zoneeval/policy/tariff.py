"""What follows a class as data: rates and other measures with unit, document and dates."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from zoneeval.model.fields import unit_of
from zoneeval.model.pricing import KIND_BASE, KIND_RECEIVER, RECEIVER_KIND, Direction
from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.units import UnitError, ratio, same_dimension

MONEY = "万元"
"""The unit in which amounts are reckoned."""


class Rate(Rule):
    """A surcharge or relief for a class, from the n-th consecutive year in it.

    ``kind`` (用电, 用水, … or free words) and ``utility``, who carries it out, stand for
    each other where only one is written.  ``base`` is the field that ``amount`` is
    reckoned on; without one it is that of the kind.
    """

    kind: str
    utility: str = ""
    grade: str
    direction: Direction = "surcharge"
    from_consecutive_year: Annotated[int, Field(ge=1)] = 1
    amount: Annotated[float, Field(ge=0)]
    unit: str
    base: str = ""
    starts: str = ""
    ends: str = ""
    cite: str
    illustrative: bool = False
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _kind_and_utility(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        kind, utility = data.get("kind"), data.get("utility")
        if kind is None and isinstance(utility, str):
            return {**data, "kind": RECEIVER_KIND.get(utility, utility)}
        if utility is None and isinstance(kind, str):
            return {**data, "utility": KIND_RECEIVER.get(kind, "")}
        return data

    @property
    def base_field(self) -> str:
        """Return the field that the amount is reckoned on, "" where there is none."""
        return self.base or KIND_BASE.get(self.kind, "")

    @property
    def sorts(self) -> tuple[str, str, str]:
        """Return what only one rate at a time can be of: kind, who carries it out, direction."""
        return self.kind, self.utility, self.direction

    def in_force(self, on: str) -> bool:
        """Tell whether the rate holds on a day (ISO); "" asks about no day in particular."""
        started = not self.starts or self.starts <= on
        over = bool(self.ends) and self.ends < on
        return not on or (started and not over)

    @property
    def factor(self) -> Fraction:
        """Return what a base of 1 costs at an amount of 1, in 万元.

        Raises UnitError where unit and base do not belong together.
        """
        return money_factor(self.unit, unit_of(self.base_field) if self.base_field else None)


def money_factor(unit: str, base_unit: str | None) -> Fraction:
    """Return the 万元 for one ``base_unit`` at a rate of one ``unit``; exact.

    A rate without a money unit is a share of a base that is money (% of a tax).  With
    ``base_unit`` None the rate is a fixed sum.  Raises UnitError for what does not fit.
    """
    over, slash, under = unit.partition("/")
    if base_unit is None:
        if slash:
            raise UnitError(f"标准的单位“{unit}”没有对应的计算基数，请写明 base。")
        return ratio(over, MONEY)
    if slash:
        return ratio(over, MONEY) * ratio(base_unit, under)
    if not same_dimension(unit, "%"):
        raise UnitError(f"标准的单位“{unit}”与计算基数的单位“{base_unit}”对不上。")
    return ratio(unit, "") * ratio(base_unit, MONEY)


class Provision(Rule):
    """A measure in words, without a figure: credit, honours, energy quota."""

    kind: str
    grade: str
    direction: Direction = "surcharge"
    content: str
    starts: str = ""
    ends: str = ""
    cite: str
    illustrative: bool = False


class Exemption(Rule):
    """Who is exempt from the measures of ``kinds`` (none: from all)."""

    label: str
    when: str
    kinds: tuple[str, ...] = ()
    cite: str
    illustrative: bool = False


class Tariff(RuleFile):
    """A table of measures; ``utilities`` are the lists to write even where no rate is known.

    ``stacking`` "highest": of a surcharge and those an enterprise pays already only the
    highest is charged.  ``restart`` "anew": years are counted anew after a break,
    "total": years before a break count on; ``restart_assumed`` where no document says so.
    ``counts_from`` is the first year that counts.
    """

    utilities: tuple[str, ...]
    rates: tuple[Rate, ...] = ()
    provisions: tuple[Provision, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    stacking: Literal["add", "highest"] = "add"
    stacking_cite: str = ""
    restart: Literal["anew", "total"] = "anew"
    restart_assumed: bool = False
    counts_from: int | None = None
    empty_reason: str = ""
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    def rate(self, utility: str, grade: str, consecutive_years: int, on: str = "") -> Rate | None:
        """Return the surcharge that a utility asks, or None where none was published."""
        found = self.rates_for(grade, consecutive_years, on)
        return next((r for r in found if r.utility == utility and r.direction == "surcharge"), None)

    def rates_for(self, grade: str, consecutive_years: int, on: str = "") -> list[Rate]:
        """Return what applies to a class, one rate of each sort, in the order of the file.

        ``on`` is a day (ISO); without one the latest of several periods counts.
        """
        best: dict[tuple[str, str, str], Rate] = {}
        for rate in self.rates:
            if rate.grade != grade or rate.from_consecutive_year > consecutive_years:
                continue
            if not rate.in_force(on):
                continue
            held = best.get(rate.sorts)
            if held is None or _rank(held) <= _rank(rate):
                best[rate.sorts] = rate
        return list(best.values())

    def grades_of(self, utility: str, direction: Direction = "surcharge") -> frozenset[str]:
        """Return the classes for which there is a rate of a utility."""
        return frozenset(
            r.grade for r in self.rates if r.utility == utility and r.direction == direction
        )

    def why_none(self, utility: str, grade: str, years: int, on: str = "") -> str:
        """Return why no surcharge of a utility applies yet, "" where none was published."""
        mine = [
            r
            for r in self.rates
            if (r.utility, r.grade, r.direction) == (utility, grade, "surcharge")
        ]
        current = [r for r in mine if r.in_force(on)]
        if mine and not current:
            return f"{on} 不在标准的执行期内"
        first = min((r.from_consecutive_year for r in current), default=0)
        return f"现为第 {years} 年，标准从连续第 {first} 年起执行" if first > years else ""

    @property
    def illustrative(self) -> bool:
        """Tell whether any figure is illustrative."""
        held: Iterable[Rate | Provision | Exemption] = (
            *self.rates,
            *self.provisions,
            *self.exemptions,
        )
        return any(item.illustrative for item in held)


def _rank(rate: Rate) -> tuple[int, str]:
    return rate.from_consecutive_year, rate.starts
