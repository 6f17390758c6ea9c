"""Which single enterprises would move an indicator of their zone most."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from zoneeval.engine.zones.gap_words import figure_words
from zoneeval.engine.zones.levers import Levers, per_land
from zoneeval.engine.zones.whatif import quotient
from zoneeval.model.arrays import BoolArray, FloatArray
from zoneeval.model.gap import LevelGap, SingleEffect
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_registry import ZoneIndicator

MOST_ITEMS = 3
"""So many of a composite's items, those that add most, are looked into."""


def base_of(key: str) -> str:
    """Return what moves an indicator: the base of a growth, else the indicator itself."""
    one = ZONE_INDICATORS[key]
    return base_of(one.base) if one.is_change else key


def short_keys(level: LevelGap | None) -> tuple[str, ...]:
    """Return the indicators that are short of a level, composites' items included."""
    if level is None:
        return ()
    keys = [base_of(c.key) for c in level.criteria if c.state == "short"]
    if level.score is not None and level.score.state != "met":
        adding = [item for item in level.score.items if (item.per_percent or 0) > 0]
        keys += [base_of(item.key) for item in adding[:MOST_ITEMS]]
    return tuple(dict.fromkeys(keys))


def singles(levers: Levers, key: str, count: int = 20) -> tuple[SingleEffect, ...]:
    """Return the enterprises whose leaving or raising betters an indicator most.

    Leaving takes an enterprise's figures and land off; it is asked of the classes that
    are to leave only.  Raising brings an enterprise's figure per 亩 to the zone's average.
    Enterprises without the figures are not listed.
    """
    parts, figures = levers.parts, levers.tried.figures
    one, now = ZONE_INDICATORS[key], figures.get(key)
    if parts is None or now is None:
        return ()
    land = parts.field("land_area")
    found: list[SingleEffect] = []
    total = figures.get("industrial_land", 0.0)
    left = np.where(_may_leave(levers), _left(levers, one, now, land), np.nan)
    found += _listed(levers, one, now, left, "leaves", "退出，土地腾出")
    source = one.numerator if one.is_ratio else key
    if source in per_land() and source in figures and total > 0:
        average = figures[source] / total
        more = np.maximum(average * land - parts.parts[source], 0.0)
        more[~parts.inside[source]] = np.nan
        raised = _with(levers, one, now, source, figures[source] + more)
        label = ZONE_INDICATORS[source].label
        words = f"“{label}”提高到园区亩均 {figure_words(source, average)}/亩"
        found += _listed(levers, one, now, raised, "raised", words)
    turn = -1 if one.lower_is_better else 1
    return tuple(sorted(found, key=lambda s: (-turn * s.change, s.name, s.kind))[:count])


def _may_leave(levers: Levers) -> BoolArray:
    assert levers.parts is not None
    grades, wanted = levers.given.grades, levers.given.settings.grades
    codes = levers.parts.dataset.text("uscc").tolist()
    return np.array([grades.get(code or "") in wanted for code in codes], dtype=bool)


def _left(levers: Levers, one: ZoneIndicator, now: float, land: FloatArray) -> FloatArray:
    """Return the indicator without each enterprise in turn."""
    assert levers.parts is not None
    parts, figures = levers.parts.parts, levers.tried.figures

    def without(key: str) -> FloatArray | None:
        if key not in figures:
            return None
        if key in ("built_area", "industrial_land"):
            return figures[key] - land
        return figures[key] - parts[key] if key in parts else np.full(len(land), figures[key])

    if not one.is_ratio:
        alone = without(one.key)
        return np.full(len(land), np.nan) if alone is None else alone
    top, bottom = without(one.numerator), without(one.denominator)
    before = quotient(one, figures)
    if top is None or bottom is None or not before:
        return np.full(len(land), np.nan)
    ratio = np.divide(top, bottom, out=np.full(len(land), np.nan), where=bottom > 0)
    after: FloatArray = ratio * now / (figures[one.numerator] / figures[one.denominator])
    return after


def _with(
    levers: Levers, one: ZoneIndicator, now: float, source: str, totals: FloatArray
) -> FloatArray:
    before = levers.tried.figures[source]
    if not one.is_ratio:
        return totals
    return now * totals / before if before > 0 else np.full(len(totals), np.nan)


def _listed(
    levers: Levers, one: ZoneIndicator, now: float, after: FloatArray, kind: str, words: str
) -> Iterable[SingleEffect]:
    assert levers.parts is not None
    better = after < now if one.lower_is_better else after > now
    data = levers.parts.dataset
    codes, names = data.text("uscc").tolist(), data.text("name").tolist()
    for row in np.flatnonzero(better & (np.abs(after - now) > 1e-12 * abs(now))).tolist():
        code = codes[row] or ""
        yield SingleEffect(
            "leaves" if kind == "leaves" else "raised",
            code,
            names[row] or code,
            levers.given.grades.get(code, ""),
            one.key,
            now,
            float(after[row]),
            words,
        )
