"""What is not known decides nothing: every way of filling it in stays within the verdict."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.ladders import (
    PROFIT,
    TAX,
    composite,
    criterion,
    faults,
    item,
    unchecked,
)
from zoneeval.engine.stars.rating import Ratings, rate_table
from zoneeval.model.rating_inputs import NOT_ASSESSED, StarHistory, ZoneEvents
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.loader import load_ladder

LEVELS, GRID = 3, (0.0, 1.5, 2.5, 4.0)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST = 2019
PARTS = ("sections", "values", "former", "accidents", "groups", "away")


@dataclass(frozen=True)
class Case:
    """A ladder as data and what it is used on; None and "unknown" are to be filled in."""

    sections: dict[str, Any]
    values: tuple[Any, ...]
    former: tuple[Any, ...]
    accidents: tuple[Any, ...]
    groups: tuple[Any, ...]
    away: tuple[Any, ...]

    @property
    def ladder(self) -> Ladder:
        return unchecked(LEVELS, **self.sections)

    def rate(self) -> Ratings:
        values = np.array(self.values, dtype=float)
        zones = tuple("甲乙丙"[: len(values)])
        table = ZoneTable(
            zones, tuple(range(FIRST, FIRST + values.shape[1])), (TAX, PROFIT), values
        )
        held = {
            (zone, FIRST - 1): None if star == -1 else star
            for zone, star in zip(zones, self.former, strict=True)
            if star is not None
        }
        counts = {
            (zone, FIRST, "accident"): float("nan") if n is None else n
            for zone, n in zip(zones, self.accidents, strict=True)
        }
        counts |= {
            (zone, FIRST, NOT_ASSESSED): float("nan") if n is None else n
            for zone, n in zip(zones, self.away, strict=True)
        }
        peers = {zone: g for zone, g in zip(zones, self.groups, strict=True) if g is not None}
        history, events = StarHistory(held), ZoneEvents(counts)
        return rate_table(self.ladder, table, history, events, peers=peers)


def holes(part: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Find every place of a nested value that is to be filled in."""
    if part is None or part == "unknown":
        yield at, "unknown" if part else "none"
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from holes(inner, (*at, key))
    elif isinstance(part, list | tuple):
        for number, inner in enumerate(part):
            yield from holes(inner, (*at, number))


def filled(part: Any, at: tuple[Any, ...], value: Any) -> Any:
    """Return a copy with one place filled in."""
    if not at:
        return value
    if isinstance(part, dict):
        return part | {at[0]: filled(part[at[0]], at[1:], value)}
    inside = [filled(p, at[1:], value) if n == at[0] else p for n, p in enumerate(part)]
    return type(part)(inside)


def fillings(case: Case) -> Iterator[Case]:
    """Return every case in which nothing is left to be filled in."""
    choices: dict[str, tuple[Any, ...]] = {
        "values": GRID,
        "former": (-1, 0, 1, 2),
        "accidents": (0, 1, 2),
        "groups": ("one", "two"),
        "away": (0, 1),
    }
    names = PARTS
    places = [(name, at) for name in names for at, _ in holes(getattr(case, name))]
    ways = [_ways(at) if name == "sections" else choices[name] for name, at in places]
    for picked in itertools.product(*ways):
        out = case
        for (name, at), value in zip(places, picked, strict=True):
            out = replace(out, **{name: filled(getattr(out, name), at, value)})
        if not faults(out.ladder):
            yield out


def _ways(at: tuple[Any, ...]) -> tuple[Any, ...]:
    if "base" in at:
        return (0.5, 2.0, 5.0)
    return (
        (1.0, 2.0, 3.0) if "ranks" in at or "quotas" in at else (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 9.0)
    )


cells = st.lists(st.sampled_from(["", "unknown", 1.0, 2.0, 3.0]), min_size=3, max_size=3)


def rising(given_cells: list[Any]) -> bool:
    known = [c for c in given_cells if isinstance(c, float)]
    return known == sorted(known)


criteria = st.builds(
    lambda at, key, mandatory: criterion(at, key) | {"mandatory": mandatory},
    cells.filter(rising),
    st.sampled_from([TAX, PROFIT]),
    st.booleans(),
)
methods = st.sampled_from(
    [
        {"method": "floored_minmax"},
        {"method": "ratio_to_best"},
        {"method": {"kind": "efficacy", "shape": "exponential"}},
        {"method": {"kind": "rank", "step": 10.0}},
        {"base": 2.0, "cap": 1.2},
        {"base": "mean"},
        {"base": "unknown"},
        {"base": "maximum", "floor": 0.1},
        {"method": "reverse_linear", "base": "mean"},
    ]
)
score_levels = st.sampled_from(
    [
        {"cutoffs": [30.0, "unknown", 80.0]},
        {"cutoffs": ["", 50.0, 90.0], "quotas": ["", "unknown", 1.0]},
        {"ranks": ["", 2.0, 1.0]},
        {"ranks": [3.0, "unknown", 1.0]},
        {"shares": ["", 0.7, 0.4]},
        {"quotas": ["", 2.0, 1.0], "cutoffs": [10.0, 20.0, 30.0]},
    ]
)
movements = st.sampled_from(
    [
        {"max_up": 1},
        {"max_up": 1, "keep_if_not_assessed": True},
        {"max_down": 1},
        {"max_up": 1, "max_down": 1, "grace_years": 1},
        {"grace_years": 1},
        {"hold_years": 2},
        {"hold_years": 2, "max_up": 1, "without_former": "free"},
        {"grace_years": 1, "without_former": "free"},
    ]
)
vetoes = st.sampled_from(
    [
        {"effect": "cap", "level": 1},
        {"effect": "lower"},
        {"effect": "disqualify", "value": 2.0},
        {"effect": "cap", "level": 0, "event": "", "indicator": PROFIT, "unit": "万元", "op": "<"}
        | {"value": "unknown"},
    ]
)


def figures(zones: int, years: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw figures of two indicators with a few holes."""
    one = st.sampled_from([*GRID, *GRID, None])
    return st.tuples(*[st.tuples(*[st.tuples(one, one)] * years)] * zones)


def _few_holes(case: Case) -> bool:
    size = 1
    for name in PARTS:
        for _ in holes(getattr(case, name)):
            size *= 4
    return 1 < size <= 64


@st.composite
def cases(draw: st.DrawFn, *, scored: bool, moved: bool) -> Case:
    """Draw a ladder and figures of which not everything is known."""
    zones, years = draw(st.integers(1, 3)), 3 if moved else 1
    sections: dict[str, Any] = {}
    drawn = draw(st.lists(criteria, min_size=0 if scored else 1, max_size=1 if moved else 3))
    combine = draw(st.sampled_from(["all", "n_of", "mandatory", "weighted"]))
    if drawn:
        sections |= {"criteria": drawn, "combine": combine, "cumulative": draw(st.booleans())}
        if combine != "all":
            sections["need"] = float(draw(st.integers(1, len(drawn))))
    if scored:
        items = [item(TAX, 60, **draw(methods)), item(PROFIT, 40, **draw(methods))]
        sections["composite"] = composite(*items)
        sections["composite"]["levels"] = draw(score_levels) | {"illustrative": True}
    groups = st.sampled_from(["one", "one", "two", None])
    if scored and draw(st.booleans()):
        two = {"id": "two", "label": "二组", "weights": {TAX: 20, PROFIT: 80}}
        sections["peers"] = [{"id": "one", "label": "一组"}, two]
    stars = [-1, 0, 1, 2, 2, None]
    if moved:
        sections["movement"] = draw(movements) | {"illustrative": True}
        if "without_former" in sections["movement"]:
            stars.remove(None)
    if draw(st.booleans()):
        veto = {"label": "否决", "event": "accident", "illustrative": True} | draw(vetoes)
        sections["vetoes"] = [veto]
    return Case(
        sections,
        draw(figures(zones, years)),
        tuple(draw(st.sampled_from(stars)) for _ in range(zones)) if moved else (0,) * zones,
        tuple(draw(st.sampled_from([0, 0, 1, None])) for _ in range(zones)),
        tuple(draw(groups) if "peers" in sections else "one" for _ in range(zones)),
        tuple(draw(st.sampled_from([0, 0, 0, 1, None])) for _ in range(zones)),
    )


def valid(case: Case) -> bool:
    return not faults(case.ladder) and _few_holes(case)


def check_nothing_unknown_decides(case: Case) -> None:
    verdict = case.rate()
    for full in fillings(case):
        exact = full.rate()
        assert (verdict.at_least <= exact.at_least).all(), full
        assert (exact.at_most <= verdict.at_most).all(), full
        for low, high in ((verdict.score, exact.score), (verdict.rank, exact.rank)):
            if low is not None and high is not None:
                there = exact.rank[0] > 0
                assert (low[0] <= high[0] + 1e-6)[there].all(), full
                assert (high[1] <= low[1] + 1e-6)[there & (verdict.rank[0] > 0)].all(), full


@FEW
@given(cases(scored=False, moved=False).filter(valid))
def test_an_unknown_cell_never_decides_a_table(case: Case) -> None:
    check_nothing_unknown_decides(case)


@FEW
@given(cases(scored=True, moved=False).filter(valid))
def test_an_unknown_cell_never_decides_scores_and_places(case: Case) -> None:
    check_nothing_unknown_decides(case)


@FEW
@given(cases(scored=False, moved=True).filter(valid))
def test_an_unknown_cell_never_decides_movement(case: Case) -> None:
    check_nothing_unknown_decides(case)


@FEW
@given(cases(scored=False, moved=False).filter(valid))
def test_a_table_leaves_open_no_more_than_it_must(case: Case) -> None:
    """Each indicator stands in one criterion only, so every end of the verdict can be."""
    columns = [c["indicator"] for c in case.sections["criteria"]]
    if len(set(columns)) < len(columns) or "vetoes" in case.sections:
        return
    verdict = case.rate()
    found = [full.rate() for full in fillings(replace(case, accidents=(0,) * len(case.former)))]
    assert (np.min([r.at_least for r in found], axis=0) == verdict.at_least).all()
    assert (np.max([r.at_most for r in found], axis=0) == verdict.at_most).all()


@FEW
@given(st.one_of(cases(scored=True, moved=False), cases(scored=False, moved=True)), st.data())
def test_more_of_a_benefit_never_lowers_a_star(case: Case, data: st.DataObject) -> None:
    if faults(case.ladder):
        return
    before = case.rate()
    z = data.draw(st.integers(0, len(case.values) - 1))
    y = data.draw(st.integers(0, len(case.values[0]) - 1))
    k = data.draw(st.integers(0, 1))
    old = case.values[z][y][k]
    more = filled(
        case.values,
        (z, y, k),
        data.draw(st.sampled_from([x for x in GRID if x > (old or -1)] or [9.0])),
    )
    if old is None:
        return
    after = replace(case, values=more).rate()
    assert after.at_least[z, y] >= before.at_least[z, y]
    assert after.at_most[z, y] >= before.at_most[z, y]


@FEW
@given(st.one_of(cases(scored=True, moved=False), cases(scored=False, moved=True)), st.data())
def test_the_order_of_zones_does_not_matter(case: Case, data: st.DataObject) -> None:
    if faults(case.ladder):
        return
    order = data.draw(st.permutations(range(len(case.values))))
    turned = Case(
        case.sections,
        tuple(case.values[z] for z in order),
        tuple(case.former[z] for z in order),
        tuple(case.accidents[z] for z in order),
        tuple(case.groups[z] for z in order),
        tuple(case.away[z] for z in order),
    )
    one, other = case.rate(), turned.rate()
    assert (one.at_least[list(order)] == other.at_least).all()
    assert (one.at_most[list(order)] == other.at_most).all()


SERVICE = load_ladder("henan-service-zones-2016")
EDGES = (0.0, 0.12, 0.3, 0.75, 1.0, 2.0, 5.0, 6.0, 15.0, 50.0, 100.0, None)


@settings(max_examples=200, deadline=None)
@given(*[st.sampled_from(EDGES)] * 3)
def test_the_ladder_of_2016_decides_what_its_known_figures_decide(
    added: float | None, tax: float | None, people: float | None
) -> None:
    """Known are the gate, one star and six stars; two to five stars are not."""
    known = ((2, 5, 100), (0.3, 0.75, 15), (0.12, 0.3, 6))
    at_least, at_most = 6, 6
    for value, (gate, one, six) in zip((added, tax, people), known, strict=True):
        if value is None:
            low, high = -1, 6
        elif value >= six:
            low = high = 6
        else:
            low, high = (1, 5) if value >= one else (0, 0) if value >= gate else (-1, -1)
        at_least, at_most = min(at_least, low), min(at_most, high)
    row = [
        np.nan if v is None else v * by
        for v, by in zip((added, tax, people), (10_000, 10_000, 10_000), strict=True)
    ]
    keys = ("above_scale_value_added", "tax_revenue", "employees")
    table = ZoneTable(("甲区",), (2016,), keys, np.array([[row]]))
    standing = rate_table(SERVICE, table).standing("甲区", 2016)
    shown = tuple(None if level == -1 else level for level in (at_least, at_most))
    assert (standing.at_least, standing.at_most) == shown
    assert standing.decidable or standing.because


def test_the_reasons_of_mazhai_2013_name_the_unknown_figures() -> None:
    keys = ("above_scale_value_added", "tax_revenue", "employees")
    table = ZoneTable(
        ("马寨",), (2013,), keys, np.array([[[337_000, 36_000, 26_000]]], dtype=float)
    )
    standing = rate_table(SERVICE, table).standing("马寨", 2013)
    assert (standing.at_least, standing.at_most) == (1, 5)
    assert "增加值的二星、三星、四星、五星标准未知" in standing.because
    unmet = [reason.words for reason in standing.reasons if reason.kind == "unmet"]
    assert unmet[0] == "增加值没有达到六星要求的 100亿元"
    nothing = rate_table(SERVICE, ZoneTable(("甲",), (2016,), keys, np.full((1, 1, 3), np.nan)))
    kinds = {reason.kind for reason in nothing.standing("甲", 2016).reasons}
    assert kinds == {"no_data"}
