"""Zone figures, and where a zone stands on a ladder."""

from __future__ import annotations

import pytest

from zoneeval.engine import ladder_warnings, rate_zone, zone_figures
from zoneeval.model.dataset import Dataset
from zoneeval.model.records import ZoneValue
from zoneeval.model.standing import ZoneStanding
from zoneeval.policy.loader import load_ladder, parse_ladder

SERVICE = load_ladder("henan-service-zones-2016")
MAZHAI = {"above_scale_value_added": 337_000, "tax_revenue": 36_000, "employees": 26_000}


def stand(thresholds: str, value: float | None, **more: object) -> ZoneStanding:
    """Rate one zone on a ladder of one criterion, tax revenue in 亿元."""
    direction = more.pop("direction", "benefit")
    ladder = parse_ladder(
        f"""
schema = 1
id = "one"
title = "示例阶梯"
issuer = "示例"
year = 2024
status = "illustrative"
levels = {thresholds.count(",") + 1}

[[criteria]]
indicator = "tax_revenue"
unit = "亿元"
direction = "{direction}"
thresholds = {thresholds}
illustrative = true
"""
    )
    values = [] if value is None else [ZoneValue("区", 2024, "tax_revenue", value)]
    figures = zone_figures(None, values).get("区", {})
    return rate_zone(ladder, "区", 2024, figures, **more)  # type: ignore[arg-type]


def test_mazhai_2013_is_at_least_one_star_and_at_most_five() -> None:
    values = [ZoneValue("马寨", 2013, key, value) for key, value in MAZHAI.items()]
    standing = rate_zone(SERVICE, "马寨", 2013, zone_figures(None, values)["马寨"])
    assert (standing.at_least, standing.at_most, standing.decidable) == (1, 5, False)
    assert standing.verdict == "至少一星，至多五星"
    first = standing.criteria[0]
    assert (first.value, first.unit) == (pytest.approx(33.7), "亿元")
    assert first.next_threshold is None
    assert first.met is None


def test_the_built_area_ratio_of_the_published_figures() -> None:
    values = [
        ZoneValue("马寨", 2013, "above_scale_value_added", 337_000),
        ZoneValue("马寨", 2013, "built_area", 9_000),
    ]
    figure = zone_figures(None, values)["马寨"]["value_added_per_built_mu"]
    assert figure.computed is not None
    assert round(figure.computed, 2) == 37.44
    assert (figure.numerator, figure.denominator) == (337_000, 9_000)
    assert (figure.used, figure.official) == (figure.computed, None)


def test_the_target_six_stars_shows_the_gap() -> None:
    values = [ZoneValue("马寨", 2013, key, value) for key, value in MAZHAI.items()]
    standing = rate_zone(SERVICE, "马寨", 2013, zone_figures(None, values)["马寨"], target=6)
    assert [c.target_threshold for c in standing.criteria] == [100, 15, 6]
    assert [c.target_gap for c in standing.criteria] == pytest.approx([66.3, 11.4, 3.4])


def test_a_missing_value_leaves_everything_open() -> None:
    standing = rate_zone(SERVICE, "某区", 2016, {})
    assert (standing.at_least, standing.at_most) == (None, 6)
    assert standing.verdict == "不能判定（至多六星）"
    assert all(c.value is None and c.gap is None and c.met is None for c in standing.criteria)


@pytest.mark.parametrize(
    ("thresholds", "value", "at_least", "at_most"),
    [
        ("[1, 2, 3]", 0.0, None, None),
        ("[1, 2, 3]", 9_999.99, None, None),
        ("[1, 2, 3]", 10_000.0, 0, 0),
        ("[1, 2, 3]", 20_000.0, 1, 1),
        ("[1, 2, 3]", 29_999.0, 1, 1),
        ("[1, 2, 3]", 30_000.0, 2, 2),
        ("[1, 2, 3]", None, None, 2),
        ('["", 2, 3]', 10_000.0, 0, 0),
        ('["", 2, 3]', None, 0, 2),
        ('["", "", 3]', 10_000.0, 1, 1),
        ('["", "", ""]', None, 2, 2),
        ('[1, "", 3]', 10_000.0, 1, 1),
        ('[1, 2, ""]', 20_000.0, 2, 2),
        ('[1, "unknown", 3]', 10_000.0, 0, 1),
        ('[1, "unknown", 3]', 30_000.0, 2, 2),
        ('[1, "unknown", "unknown"]', 10_000.0, 0, 2),
        ('["unknown", 2, 3]', 20_000.0, 1, 1),
        ('["unknown", 2, 3]', 10_000.0, None, 0),
        ('["unknown", "unknown", "unknown"]', 10_000.0, None, 2),
    ],
)
def test_levels(
    thresholds: str, value: float | None, at_least: int | None, at_most: int | None
) -> None:
    standing = stand(thresholds, value)
    assert (standing.at_least, standing.at_most) == (at_least, at_most)


@pytest.mark.parametrize(
    ("value", "level", "gap"),
    [(40_000.0, None, 1.0), (30_000.0, 0, 1.0), (20_000.0, 1, 1.0), (5_000.0, 2, 0.0)],
)
def test_less_is_better_for_a_cost(value: float, level: int | None, gap: float) -> None:
    standing = stand("[3, 2, 1]", value, direction="cost")
    assert (standing.at_least, standing.at_most) == (level, level)
    assert standing.criteria[0].gap == gap


def test_an_official_result_is_kept_beside_the_computed_one() -> None:
    standing = stand("[1, 2, 3]", 10_000.0, official=2, target=2)
    assert (standing.official, standing.at_least, standing.target) == (2, 0, 2)
    assert (standing.criteria[0].next_threshold, standing.criteria[0].gap) == (2, 1)
    assert (standing.criteria[0].target_threshold, standing.criteria[0].target_gap) == (3, 2)


def test_the_worst_criterion_decides() -> None:
    values = [ZoneValue("区", 2016, key, value) for key, value in MAZHAI.items()]
    values[2] = ZoneValue("区", 2016, "employees", 1_300)
    standing = rate_zone(SERVICE, "区", 2016, zone_figures(None, values)["区"])
    assert (standing.at_least, standing.at_most) == (0, 0)
    assert [c.met for c in standing.criteria] == [True, True, False]


def test_warnings_of_scope_year_and_doubt() -> None:
    said = "".join(ladder_warnings(SERVICE, 2013))
    for word in ("适用范围", "2016", "2013 年", "假定"):
        assert word in said
    assert "2020 年" not in "".join(ladder_warnings(SERVICE, 2020))
    assert "不是官方标准" in ladder_warnings(load_ladder("illustrative-six-stars"), 2024)[0]


ROWS = [
    {"uscc": "1", "zone": "东", "scale": "规上", "value_added": 100.0, "tax_paid": 9.0},
    {"uscc": "2", "zone": "东", "scale": "规上", "value_added": None, "tax_paid": 5.0},
    {"uscc": "3", "zone": "东", "scale": "规下", "value_added": 50.0, "tax_paid": None},
    {"uscc": "4", "zone": "西", "scale": "规上", "value_added": 70.0, "tax_paid": 7.0},
]
LAND = [{"land_registered": float(i + 1), "average_headcount": 10.0} for i in range(4)]


def test_figures_are_summed_over_their_own_population() -> None:
    data = Dataset.from_rows([{**a, **b} for a, b in zip(ROWS, LAND, strict=True)], 2024)
    east = zone_figures(data, [])["东"]
    assert east["above_scale_value_added"].used == 100
    assert east["above_scale_value_added"].missing == 1
    assert "1 家缺数据" in east["above_scale_value_added"].source
    assert east["tax_revenue"].used == 14
    assert (east["enterprise_count"].used, east["above_scale_count"].used) == (3, 2)
    assert east["industrial_land"].used == 6
    assert east["labor_productivity"].used == 5
    assert east["above_scale_energy"].used is None
    assert east["energy_per_value_added"].used is None
    assert east["built_area"].used is None


def test_an_official_figure_beats_the_computed_one_and_both_stay() -> None:
    official = [ZoneValue("东", 2024, "tax_revenue", 20.0, "统计公报")]
    figures = zone_figures(Dataset.from_rows(ROWS, 2024), official)
    tax = figures["东"]["tax_revenue"]
    assert (tax.computed, tax.official, tax.used, tax.source) == (14, 20, 20, "统计公报")
    assert figures["西"]["tax_revenue"].official is None


def test_a_zero_denominator_gives_no_figure() -> None:
    values = [ZoneValue("区", 2024, "built_area", 0.0), ZoneValue("区", 2024, "tax_revenue", 5.0)]
    assert zone_figures(None, values)["区"]["tax_per_built_mu"].used is None
