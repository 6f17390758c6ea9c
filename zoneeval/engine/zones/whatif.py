"""What a zone's verdict would be with other figures; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isclose, isfinite, nan
from typing import Literal

import numpy as np

from zoneeval.engine.stars.rating import Ratings, rate_table
from zoneeval.errors import InputError
from zoneeval.model.gap import Effect
from zoneeval.model.rating_inputs import StarHistory, ZoneEvents
from zoneeval.model.standing import ZoneStanding
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_registry import ZoneIndicator, quotient_factor, registry
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.composite_schema import GrowthSteps
from zoneeval.policy.ladder import Ladder

Figures = Mapping[str, float]
"""Figures of one zone and year in the registry's units; absent is no data."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another figure for an indicator, in the registry's unit.

    ``set``: the figure itself; ``add``: so much more; ``grow``: more by this share.
    """

    key: str
    value: float
    how: Literal["set", "add", "grow"] = "set"

    def applied(self, figures: Figures) -> float:
        """Return the new figure; raise InputError where there is none to start from."""
        if self.how == "set":
            return self.value
        now = figures.get(self.key)
        if now is None:
            label = ZONE_INDICATORS[self.key].label
            raise InputError(f"“{label}”没有数据，不能按增减试算。请直接写改成多少。")
        return now + self.value if self.how == "add" else now * (1 + self.value)


def consequences(now: Figures, wanted: Figures) -> dict[str, float]:
    """Return the figures that change when some are set; NaN is no longer known.

    A quotient follows its parts and a growth follows its base, so that an official
    quotient or growth changes by the same factor; what is set itself stays as set.
    """
    after = dict(wanted)
    for key, one in registry().items():
        if key in wanted:
            continue
        if one.is_ratio and (one.numerator in after or one.denominator in after):
            value = _quotient_after(one, now, after)
            if isfinite(value) or key in now:
                after[key] = value
        elif one.is_change and one.base in after and key in now:
            after[key] = _change_after(one, now, after)
    return after


def quotient(one: ZoneIndicator, figures: Figures) -> float | None:
    """Return what the parts of a ratio give, None where they do not give anything."""
    top, bottom = figures.get(one.numerator, nan), figures.get(one.denominator, nan)
    if not isfinite(top) or not isfinite(bottom) or bottom <= 0:
        return None
    return top / bottom * quotient_factor(one, registry())


def _quotient_after(one: ZoneIndicator, now: Figures, after: Figures) -> float:
    before, then = quotient(one, now), quotient(one, {**now, **after})
    used = now.get(one.key)
    if then is None:
        return nan
    if used is None or not before or isclose(used, before, rel_tol=1e-9):
        return then
    return used * then / before


def _change_after(one: ZoneIndicator, now: Figures, after: Figures) -> float:
    base, then, used = now.get(one.base), after[one.base], now[one.key]
    if base is None or not isfinite(then):
        return nan
    if one.kind == "points":
        return used + then - base
    if base <= 0:
        return nan
    return one.sign * ((1 + one.sign * used) * then / base - 1)


@dataclass(frozen=True, slots=True)
class RatingBasis:
    """Everything that zones are rated by, besides the figures that are tried."""

    ladder: Ladder
    table: ZoneTable
    history: StarHistory = field(default_factory=StarHistory)
    events: ZoneEvents = field(default_factory=ZoneEvents)
    peers: Mapping[str, str] = field(default_factory=dict)
    targets: ZoneTable | None = None
    complete: bool = True

    def ratings(self, table: ZoneTable | None = None) -> Ratings:
        """Rate every zone of the table, or of another one in its place."""
        return rate_table(
            self.ladder,
            self.table if table is None else table,
            self.history,
            self.events,
            peers=self.peers,
            targets=self.targets,
            complete=self.complete,
        )


def looked_at(ladder: Ladder) -> tuple[str, ...]:
    """Return the indicators that a ladder looks at anywhere."""
    found = [criterion.indicator for criterion in ladder.criteria]
    found += [trigger.indicator for trigger in (*ladder.gates, *ladder.vetoes)]
    if ladder.composite is not None:
        made = ladder.composite
        found += [part.indicator for item in made.items for part, _ in item.measured]
        found += [rule.indicator for rule in (*made.bonuses, *made.deductions)]
    return tuple(key for key in dict.fromkeys(found) if key)


def scored_years(ladder: Ladder, year: int) -> set[int]:
    """Return the years that a year's score and its change of rank look at."""
    items = ladder.composite.items if ladder.composite is not None else ()
    methods = [part.method for item in items for part, _ in item.measured]
    bases = {one.base_year for one in methods if isinstance(one, GrowthSteps) and one.base_year}
    return {year, year - 1, year - 2} | bases


class WhatIf:
    """One zone and year whose figures are tried; made once, asked many times."""

    def __init__(self, basis: RatingBasis, zone: str, year: int, years: Iterable[int] = ()) -> None:
        """Take over what the ladder looks at; ``years`` keeps only these years.

        Without limits of movement a verdict rests on the last years alone.
        """
        table = basis.table
        if zone not in table.zones or year not in table.years:
            raise InputError(f"没有{zone} {year} 年的指标，不能试算。请先导入或录入。")
        self.zone, self.year, self._given = zone, year, basis
        self._z = table.zones.index(zone)
        row = table.values[self._z, table.years.index(year)]
        self.figures: dict[str, float] = {
            key: float(value)
            for key, value in zip(table.keys, row, strict=True)
            if not np.isnan(value)
        }
        wanted = set(years)
        if not wanted and basis.ladder.movement is None:
            wanted = scored_years(basis.ladder, year)
        kept = [y for y in table.years if not wanted or y in wanted]
        at = [table.years.index(y) for y in kept]
        keys = looked_at(basis.ladder)
        columns = [table.column(key)[:, at] for key in keys]
        values = np.stack(columns, axis=-1) if keys else np.zeros((len(table.zones), len(kept), 0))
        self._y = kept.index(year)
        self._place = {key: k for k, key in enumerate(keys)}
        self.basis = replace(basis, table=ZoneTable(table.zones, tuple(kept), keys, values))

    def after(self, changes: Iterable[Change]) -> dict[str, float]:
        """Return every figure that the changes change, with what follows from them."""
        wanted: dict[str, float] = {}
        for change in changes:
            wanted[change.key] = change.applied({**self.figures, **wanted})
        return consequences(self.figures, wanted)

    def effects(self, changes: Iterable[Change]) -> tuple[Effect, ...]:
        """Return the changed figures before and after, in the order of the registry."""
        after = self.after(changes)
        return tuple(
            Effect(
                key,
                ZONE_INDICATORS[key].label,
                ZONE_INDICATORS[key].unit,
                self.figures.get(key),
                after[key] if isfinite(after[key]) else None,
            )
            for key in registry()
            if key in after
        )

    def ratings(self, after: Figures) -> Ratings:
        """Rate all zones, over the years that matter, with some figures of this one changed."""
        table = self.basis.table
        values = table.values.copy()
        for key, value in after.items():
            if key in self._place:
                values[self._z, self._y, self._place[key]] = value
        return self.basis.ratings(replace(table, values=values))

    def standing(
        self, changes: Iterable[Change], *, target: int | None = None, official: int | None = None
    ) -> ZoneStanding:
        """Return the verdict with other figures."""
        ratings = self.ratings(self.after(changes))
        return ratings.standing(self.zone, self.year, target=target, official=official)

    def changed(self, changes: Iterable[Change]) -> RatingBasis:
        """Return the whole basis with the figures changed, for another look at the gap."""
        after = self.after(changes)
        table = with_figures(self._given.table, self.zone, self.year, after)
        return replace(self._given, table=table)


def with_figures(table: ZoneTable, zone: str, year: int, after: Figures) -> ZoneTable:
    """Return a copy of a table with figures of one zone and year in place of its own."""
    keys = (*table.keys, *(key for key in after if key not in table.keys))
    values = np.full((*table.values.shape[:2], len(keys)), np.nan)
    values[:, :, : len(table.keys)] = table.values
    z, y = table.zones.index(zone), table.years.index(year)
    for key, value in after.items():
        values[z, y, keys.index(key)] = value
    return ZoneTable(table.zones, table.years, keys, values)
