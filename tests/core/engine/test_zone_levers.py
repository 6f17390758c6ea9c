"""Levers against the figures of a dataset from which enterprises were really taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers.ladders import TAX, composite, criterion, item, ladder
from zoneeval.engine.zones.figures import zone_figures
from zoneeval.engine.zones.gap import zone_gap
from zoneeval.engine.zones.levers import Levers
from zoneeval.engine.zones.singles import short_keys, singles
from zoneeval.engine.zones.whatif import RatingBasis
from zoneeval.model.dataset import Dataset
from zoneeval.model.gap import Lever, LeverSettings, scale_settings
from zoneeval.model.lever_inputs import IdleLand, LeverInputs
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_table import table_of

Z, YEAR = "东园", 2024
PER_MU, LAND, VA = "tax_per_industrial_mu", "industrial_land", "above_scale_value_added"


def firm(number: int, **more: Any) -> dict[str, Any]:
    figures = {
        "uscc": f"{number:018d}", "name": f"样例{number}", "zone": Z, "scale": "规上",
        "tax_paid": 10.0 * number, "revenue": 3000.0 + number, "value_added": 100.0 * number,
        "average_headcount": 10.0, "energy_use": 5.0 * number, "profit": 4.0, "rd_expense": 1.0,
        "output_value": 3100.0, "land_area": 20.0,
    }  # fmt: skip
    return figures | more


FIRMS = [
    firm(1),
    firm(2),
    firm(3, tax_paid=None),
    firm(4, scale="规下", revenue=1700.0),
    firm(5, scale="规下", revenue=2400.0, value_added=None),
    firm(6, scale="规下", revenue=900.0),
    firm(7),
    firm(8, zone="西园"),
]
GRADES = {f"{n:018d}": grade for n, grade in ((1, "C"), (2, "A"), (3, "C"), (7, "B"), (8, "C"))}
OFFICIAL = (ZoneValue(Z, YEAR, "built_area", 400.0),)


def figures_of(rows: list[dict[str, Any]], *official: ZoneValue) -> dict[str, float]:
    found = zone_figures(Dataset.from_rows(rows, YEAR), [*OFFICIAL, *official])[Z]
    return {key: figure.used for key, figure in found.items() if figure.used is not None}


def levers_of(
    *official: ZoneValue,
    rows: list[dict[str, Any]] | None = None,
    idle: IdleLand | None = None,
    grades: dict[str, str] | None = None,
    settings: LeverSettings | None = None,
) -> Levers:
    made = ladder(3, criteria=[criterion([1, 3, 4], PER_MU, unit="万元/亩")])
    given = FIRMS if rows is None else rows
    table = table_of({YEAR: {Z: dict(figures_of(given, *official))}})
    inputs = LeverInputs(
        Dataset.from_rows(given, YEAR),
        GRADES if grades is None else grades,
        idle=idle,
        settings=settings or LeverSettings(),
    )
    return Levers(RatingBasis(made, table), Z, YEAR, inputs)


def after(lever: Lever) -> dict[str, float | None]:
    return {effect.key: effect.after for effect in lever.effects}


def test_the_lowest_class_leaves_as_if_it_had_never_been_there() -> None:
    kept, freed, _ = levers_of().class_leaves()
    assert [one.name for one in kept.enterprises] == ["样例1", "样例3"]
    left = figures_of([f for f in FIRMS if f["name"] not in ("样例1", "样例3")])
    without_land = {k: v for k, v in after(kept).items() if k not in (LAND, "built_area")}
    for key, value in without_land.items():
        if "mu" not in key:
            assert value == pytest.approx(left[key]), key
    assert after(kept)[PER_MU] == pytest.approx(left[TAX] / 140)
    assert after(freed)[LAND] == left[LAND] == 100
    assert after(freed)["built_area"] == 360
    assert after(freed)[PER_MU] == pytest.approx(left[PER_MU])
    assert (kept.label, freed.land) == ("C 类退出，土地不腾出", 40)


def test_an_enterprise_without_a_figure_is_counted_and_not_taken_as_nothing() -> None:
    kept = levers_of().class_leaves()[0]
    missing = {effect.key: effect.missing for effect in kept.effects}
    assert (missing[TAX], missing[PER_MU], missing[VA]) == (1, 1, 0)


def test_their_land_yields_what_the_zone_yields() -> None:
    levers = levers_of()
    relet = levers.class_leaves()[2]
    now = levers.tried.figures
    assert after(relet)[TAX] == pytest.approx(now[TAX] - 10 + now[TAX] / now[LAND] * 40)
    assert LAND not in after(relet)


def test_no_classes_no_lever() -> None:
    assert {one.lacking for one in levers_of(grades={}).class_leaves()} == {
        "这一年没有分类评价结果"
    }
    only_a = dict.fromkeys(GRADES, "A")
    assert "没有 C、D 类企业" in levers_of(grades=only_a).class_leaves()[0].lacking


def test_idle_land_is_let_at_the_average() -> None:
    levers = levers_of(
        ZoneValue(Z, YEAR, "idle_land", 30.0), idle=IdleLand(30, "台账", ("甲地",), 2)
    )
    found, now = levers.idle_relet(), levers.tried.figures
    assert after(found)[TAX] == pytest.approx(now[TAX] * (1 + 30 / now[LAND]))
    assert after(found)["idle_land"] == 0
    assert "另有 2 处没有面积" in found.words
    assert found.enterprises[0].name == "甲地"
    assert "没有登记" in levers_of().idle_relet().lacking
    assert "都没有面积" in levers_of(idle=IdleLand(None, "台账", (), 1)).idle_relet().lacking


def test_near_enterprises_come_above_scale() -> None:
    found = levers_of().near_enters()
    assert [(one.name, bool(one.note)) for one in found.enterprises] == [
        ("样例5", True),
        ("样例4", False),
    ]
    entered = [f | {"scale": "规上"} if f["name"] in ("样例4", "样例5") else f for f in FIRMS]
    expected = figures_of(entered)
    for key, value in after(found).items():
        assert value == pytest.approx(expected[key]), key
    assert after(found)["above_scale_count"] == 6
    missing = {effect.key: effect.missing for effect in found.effects}
    assert (missing[VA], missing["above_scale_revenue"]) == (1, 0)
    assert "2,000 万元" in found.words
    assert "国家统计制度" in found.words


def test_the_line_is_a_setting() -> None:
    wide = levers_of(settings=LeverSettings(near_share=0.4)).near_enters()
    assert len(wide.enterprises) == 3
    none = levers_of(settings=LeverSettings(scale_line=9000.0)).near_enters()
    assert none.lacking == "没有接近规模线的规下企业"
    assert (scale_settings(2010).scale_line, scale_settings(2011).scale_line) == (500, 2000)


def test_the_verdict_after_a_lever_is_that_of_its_figures() -> None:
    kept, freed, _ = levers_of().class_leaves()
    assert after(kept)[PER_MU] == pytest.approx(240 / 140)
    assert (kept.at_least, kept.at_most) == (0, 0)
    assert after(freed)[PER_MU] == pytest.approx(2.4)
    rich = levers_of(ZoneValue(Z, YEAR, TAX, 330.0)).class_leaves()[1]
    assert after(rich)[PER_MU] == pytest.approx(3.2)
    assert rich.at_least == 1


def test_more_than_there_is_cannot_be_taken_off() -> None:
    kept = levers_of(ZoneValue(Z, YEAR, TAX, 5.0)).class_leaves()[0]
    assert after(kept)[TAX] is None
    assert after(kept)[PER_MU] is None
    assert kept.at_least is None
    assert kept.at_most == 2


def test_single_enterprises_are_ranked_by_what_they_change() -> None:
    levers = levers_of()
    found = singles(levers, PER_MU)
    left = {one.name: one for one in found if one.kind == "leaves"}
    assert set(left) == {"样例1"}
    assert left["样例1"].after == pytest.approx(
        figures_of([f for f in FIRMS if f["name"] != "样例1"])[PER_MU]
    )
    raised = {one.name: one for one in found if one.kind == "raised"}
    average = levers.tried.figures[PER_MU]
    assert raised["样例2"].after == pytest.approx(average + (average * 20 - 20) / 140)
    assert "样例3" not in raised
    assert "样例7" not in raised
    changes = [one.change for one in found]
    assert changes == sorted(changes, reverse=True)
    assert singles(levers, PER_MU, 1) == found[:1]
    assert singles(levers, "gdp") == ()


def test_only_members_are_raised_and_energy_is_better_low() -> None:
    levers = levers_of()
    assert {one.name for one in singles(levers, VA)} <= {"样例1", "样例2", "样例3", "样例7"}
    firms = [f | {"energy_use": 900.0} if f["name"] == "样例1" else f for f in FIRMS]
    better = singles(levers_of(rows=firms), "energy_per_value_added")
    assert better[0].name == "样例1"
    assert all(one.after < one.before for one in better)


def test_the_order_of_the_enterprises_does_not_matter() -> None:
    one, other = levers_of(), levers_of(rows=FIRMS[::-1])
    assert [replace(a, effects=()) for a in one.every()] == [
        replace(b, effects=()) for b in other.every()
    ]
    for first, second in zip(one.every(), other.every(), strict=True):
        for key, value in after(first).items():
            np.testing.assert_allclose(
                np.array(value, dtype=float), np.array(after(second)[key], dtype=float)
            )
    assert singles(one, PER_MU) == singles(other, PER_MU)


def test_what_is_short_is_looked_into_down_to_the_base_of_a_growth() -> None:
    growth = f"{TAX}_growth"
    made = ladder(
        2,
        criteria=[criterion([0, 0.5], growth, unit=""), criterion([0, 9], "employees", unit="人")],
        composite=composite(
            item(VA, 60, unit="万元", base=1000.0),
            item(PER_MU, 40, unit="万元/亩", base=1.0, cap=1.0),
            levels={"cutoffs": [1.0, 99.0], "illustrative": True},
        ),
    )
    figures = {TAX: 110.0, growth: 0.1, "employees": 20.0, VA: 300.0, PER_MU: 2.0}
    basis = RatingBasis(made, table_of({YEAR: {Z: dict(figures)}}))
    assert short_keys(zone_gap(basis, Z, YEAR).next) == (TAX, VA)
    assert short_keys(None) == ()
