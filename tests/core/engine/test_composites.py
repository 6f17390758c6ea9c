"""Every way of scoring a zone, with the numbers of the rules it was taken from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.ladders import (
    ENERGY,
    PROFIT,
    REVENUE,
    TAX,
    column,
    composite,
    events,
    history,
    item,
    ladder,
    levels_of,
    scores,
    table,
)
from zoneeval.engine.stars.rating import rate_table
from zoneeval.model.zone_table import ZoneTable


def points(given: ZoneTable, key: str = TAX, **method: Any) -> list[float]:
    """Score one item of 100 marks; every score is certain."""
    found = scores(ladder(2, composite=composite(item(key, **method))), given)
    assert all(low == high for low, high in found)
    return [low for low, _ in found]


def test_floored_minmax_of_jingde_2022() -> None:
    method = {"kind": "floored_minmax", "base": 20, "span": 80}
    assert points(column(10, 30, 50), method=method) == [20, 60, 100]
    assert points(column(10, 30, 50, key=ENERGY), ENERGY, method=method, direction="cost") == [
        100,
        60,
        20,
    ]


def test_floored_minmax_where_all_are_alike_gives_everybody_everything() -> None:
    assert points(column(7, 7), method="floored_minmax") == [100, 100]


def test_ratio_to_base_of_longyou_2021_with_its_correction_factor() -> None:
    made = ladder(2, composite=composite(item(base=20.0, weight=30, cap=1.5), factor=1.1))
    assert scores(made, column(10, 20, 40)) == [[16.5, 16.5], [33, 33], [49.5, 49.5]]


def test_ratio_to_best() -> None:
    assert points(column(10, 25, 50), method="ratio_to_best") == [20, 50, 100]
    costs = points(column(0.2, 0.4, key=ENERGY), ENERGY, method="ratio_to_best", direction="cost")
    assert costs == [100, 50]


def test_reverse_against_the_mean() -> None:
    found = points(
        column(0, 2, 4, key=ENERGY), ENERGY, method="reverse_linear", base="mean", direction="cost"
    )
    assert found == [100, 50, 0]
    far = points(column(0, 0, 9, key=ENERGY), ENERGY, method="reverse_linear", base="mean")
    assert far == [100, 100, 0]


@pytest.mark.parametrize(
    ("now", "expected"),
    [(100, 8), (104.9, 8), (105, 9), (110, 10), (124.9, 12), (125, 13), (300, 13), (99, 0)],
)
def test_growth_steps_above_the_base_year(now: float, expected: float) -> None:
    """80 % of ten marks at the base year, one more for each 5 %, at most half the marks more."""
    method = {"kind": "growth_steps", "below": "zero"}
    made = ladder(2, composite=composite(item(weight=10, method=method)))
    assert scores(made, table([TAX], [[100]], [[now]])) == [[expected, expected]]


def test_growth_steps_from_a_stated_base_year_and_below_it() -> None:
    method = {"kind": "growth_steps", "below": "steps", "base_year": 2018}
    made = ladder(2, composite=composite(item(weight=10, method=method)))
    given = table([TAX], [[100]], [[50]], [[91]], first=2018)
    assert scores(made, given) == [[6, 6]]


@pytest.mark.parametrize(
    ("profit", "expected"), [(81, 3), (80, 2.4), (20.1, 2.4), (20, 1.8), (-5, 1.8)]
)
def test_bands_of_profit(profit: float, expected: float) -> None:
    """Over 80 亿元 3 points, over 20 up to 80 2.4, up to 20 1.8."""
    bands = [{"to": 20, "score": 1.8}, {"from": 20, "to": 80, "score": 2.4}]
    method = {"kind": "bands", "includes": "to", "bands": [*bands, {"from": 80, "score": 3}]}
    given = item(PROFIT, 3, unit="亿元", method=method)
    assert scores(ladder(2, composite=composite(given)), column(profit * 1e4, key=PROFIT)) == [
        [expected, expected]
    ]


@pytest.mark.parametrize(("growth", "expected"), [(0.2, 3), (0.1999, 2.4), (0.15, 2.4), (0.1, 1.8)])
def test_bands_of_growth(growth: float, expected: float) -> None:
    """Growth of 20 % and over 3 points, 15 to 20 2.4: the lower end belongs to the band."""
    bands = [{"to": 15, "score": 1.8}, {"from": 15, "to": 20, "score": 2.4}]
    method = {"kind": "bands", "includes": "from", "bands": [*bands, {"from": 20, "score": 3}]}
    given = item(TAX, 3, unit="%", measure="growth", method=method)
    now = table([TAX], [[10_000]], [[10_000 * (1 + growth)]])
    assert scores(ladder(2, composite=composite(given)), now) == [[expected, expected]]


def test_exponential_efficacy_is_relative_and_convex() -> None:
    method = {"kind": "efficacy", "shape": "exponential"}
    worst, middle, best = points(column(10, 30, 50), method=method)
    assert (worst, best) == (60, 100)
    assert middle == pytest.approx(60 * (100 / 60) ** 0.5)
    assert middle < 80
    assert points(column(30, 50), method=method) == [60, 100]
    costs = points(column(1, 2, key=ENERGY), ENERGY, method=method, direction="cost")
    assert costs == [100, 60]


def test_linear_efficacy_between_stated_ends() -> None:
    method = {"kind": "efficacy", "worst": 20.0, "best": 60.0}
    assert points(column(20, 40, 60, 80), method=method) == [60, 80, 100, 120]
    assert points(column(80, 0), method=method, cap=1.0, floor=0.5) == [100, 50]


def test_fixed_points_of_projects() -> None:
    method = {"kind": "per_unit", "points": 5}
    given = item("above_scale_count", 20, unit="家", method=method, cap=1.0)
    found = scores(
        ladder(2, composite=composite(given)), column(0, 1, 3, 9, key="above_scale_count")
    )
    assert [low for low, _ in found] == [0, 5, 15, 20]


def test_weighted_sub_shares_against_targets_capped_together() -> None:
    """Half for the number ÷ target, half for the amount ÷ target, not over the marks."""
    parts = [
        {"indicator": "above_scale_count", "unit": "家", "share": 0.5, "base": "target"},
        {"indicator": TAX, "unit": "万元", "share": 0.5, "base": "target"},
    ]
    given = {"id": "signed", "weight": 40, "parts": parts, "cap": 1.0, "illustrative": True}
    made = ladder(2, composite=composite(given))
    keys = ["above_scale_count", TAX]
    targets = table(keys, [[10, 200], [10, 200], [10, 200]])
    assert scores(made, table(keys, [[5, 100], [10, 150], [20, 200]]), targets=targets) == [
        [20, 20],
        [35, 35],
        [40, 40],
    ]
    assert scores(made, table(keys, [[5, 100]]))[0] == [-float("inf"), 40]


def test_total_and_intensity_split_one_weight() -> None:
    parts = [
        {"indicator": TAX, "unit": "万元", "share": 0.6, "method": "floored_minmax"},
        {
            "indicator": "tax_per_built_mu",
            "unit": "万元/亩",
            "share": 0.4,
            "method": "floored_minmax",
        },
    ]
    given = {"id": "tax", "weight": 10, "parts": parts, "illustrative": True}
    found = scores(
        ladder(2, composite=composite(given)), table([TAX, "tax_per_built_mu"], [[9, 1], [3, 5]])
    )
    assert found == [[6.8, 6.8], [5.2, 5.2]]


def test_points_by_place() -> None:
    listed = {"kind": "rank", "points": [10, 8], "rest": 1}
    assert points(column(5, 9, 9, 1), method=listed) == [1, 10, 10, 1]
    assert points(column(5, 9, 7), method={"kind": "rank", "step": 15.0}) == [70, 100, 85]
    assert points(column(5, 9), method="rank") == [50, 100]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"missing": "zero"}, [40, 40]),
        ({"missing": "penalty", "missing_points": -3}, [37, 37]),
        ({"missing": "reweight"}, [80, 80]),
        ({}, [40, 100]),
    ],
)
def test_what_missing_data_lead_to(more: dict[str, Any], expected: list[float]) -> None:
    first = item(TAX, 50, base=100.0, cap=1.0, floor=0.0)
    second = item(REVENUE, 50, base=100.0, cap=1.2, floor=0.0, **more)
    made = ladder(2, composite=composite(first, second))
    assert scores(made, table([TAX, REVENUE], [[80, None]])) == [expected]


def test_a_report_of_zero_may_count_as_none() -> None:
    """No report, or one of zero, of energy takes three points."""
    energy = item(ENERGY, 40, method="ratio_to_best", direction="cost", missing="penalty")
    made = ladder(
        2,
        composite=composite(energy | {"missing_points": -3.0, "zero": "missing"}),
    )
    found = scores(made, column(0.5, 0, None, 1, key=ENERGY))
    assert [low for low, _ in found] == [40, -3, -3, 20]


def test_all_items_missing_and_reweighted_leave_the_score_open() -> None:
    made = ladder(2, composite=composite(item(base=1.0, missing="reweight"), floor=0, cap=100))
    assert scores(made, column(None)) == [[0, 100]]


def test_an_unknown_base_leaves_the_score_within_its_limits() -> None:
    made = ladder(2, composite=composite(item(base="unknown", cap=1.2, floor=0.0)))
    assert scores(made, column(50)) == [[0, 120]]
    assert "基准未知" in rate_table(made, column(50)).standing("甲区", 2019).because


def test_bonus_and_deduction_by_events_with_limits_and_rounding() -> None:
    trigger = {"event": "accident", "illustrative": True}
    made = ladder(
        2,
        composite=composite(
            item(base=3.0),
            deductions=[trigger | {"label": "事故", "points": 1.5, "each": True, "limit": 4.0}],
            bonuses=[{"label": "大", "indicator": TAX, "unit": "万元", "value": 3.0, "points": 5.0}
                     | {"illustrative": True}],
            decimals=1,
        ),
    )  # fmt: skip
    found = scores(made, column(2, 2, 2, 3), events=events(甲2019=1, 乙2019=9, 丁2019=2))
    assert [low for low, _ in found] == [65.2, 62.7, 66.7, 102]
    unknown = scores(made, column(2), events=events(甲2019=float("nan")))
    assert unknown == [[62.7, 66.7]]


def test_ten_points_for_the_first_promotion_need_the_whole_history() -> None:
    made = ladder(
        3,
        criteria=[{"indicator": TAX, "unit": "万元", "thresholds": [1.0, 2.0, 3.0]}
                  | {"illustrative": True}],
        composite=composite(
            item(base=3.0, cap=1.0),
            bonuses=[{"label": "首次晋级", "points": 10.0, "promotion": True,
                      "illustrative": True}],
        ),
    )  # fmt: skip
    assert scores(made, column(3), history=history(2018, 甲2018=1)) == [[110, 110]]
    assert scores(made, column(3), history=history(2018, 甲2018=2)) == [[100, 100]]
    assert scores(made, column(3), history=history(甲2018=1)) == [[100, 110]]
    assert scores(made, column(3), history=history(2017, 甲2018=1)) == [[100, 110]]


def test_peer_groups_have_their_own_weights_and_ranks() -> None:
    made = ladder(
        2,
        peers=[
            {"id": "provincial", "label": "省级", "weights": {TAX: 70, REVENUE: 30}},
            {"id": "municipal", "label": "市级"},
        ],
        composite=composite(item(TAX, 50, base=10.0), item(REVENUE, 50, base=10.0)),
    )
    groups = {"甲区": "provincial", "乙区": "省级", "丙区": "municipal"}
    ratings = rate_table(made, table([TAX, REVENUE], [[10, 0], [0, 10], [10, 0]]), peers=groups)
    standings = [ratings.standing(zone, 2019) for zone in ratings.zones]
    assert [s.score for s in standings] == [70, 30, 50]
    assert [(s.rank, s.rank_of, s.peers) for s in standings] == [
        (1, 2, "省级"),
        (2, 2, "省级"),
        (1, 1, "市级"),
    ]


def test_a_zone_without_its_group_is_open_and_may_be_anybodys_peer() -> None:
    made = ladder(
        3,
        peers=[{"id": "one", "label": "一组"}, {"id": "two", "label": "二组"}],
        composite=composite(
            item(base=10.0), levels={"ranks": ["", 2.0, 1.0], "illustrative": True}
        ),
    )
    ratings = rate_table(made, column(10, 5, 7), peers={"甲区": "one", "乙区": "one"})
    assert levels_of(ratings) == [(1, 2), (0, 1), (-1, 2)]
    assert "同类组" in ratings.standing("丙区", 2019).because


def test_rank_and_its_change() -> None:
    made = ladder(2, composite=composite(item(base=10.0)))
    ratings = rate_table(made, table([TAX], [[9], [5], [1]], [[3], [5], [3]]))
    last = [ratings.standing(zone, 2020) for zone in ratings.zones]
    assert [(s.rank, s.rank_change) for s in last] == [(2, -1), (1, 1), (2, 1)]
    assert ratings.standing("甲区", 2019).rank_change is None


def test_the_peers_without_data_are_named() -> None:
    made = ladder(2, composite=composite(item(method="ratio_to_best")))
    ratings = rate_table(made, column(4, None, 2, 1))
    assert ratings.standing("甲区", 2019).because.endswith(
        "税收收入要与同类园区比较，乙区没有数据，得分不能确定"
    )
    several = rate_table(made, column(4, None, None, None, None))
    assert "乙区等 4 个园区没有数据" in several.standing("甲区", 2019).because


def test_a_base_that_cannot_be_divided_by_is_not_want_of_data() -> None:
    made = ladder(2, composite=composite(item(base="maximum")))
    found = rate_table(made, column(-4, -2)).standing("甲区", 2019)
    assert found.score is None
    assert "税收收入的基准没有数据或不是正数，算不出得分" in found.because


def test_a_target_that_is_not_known_decides_nothing() -> None:
    made = ladder(2, composite=composite(item(base="target", missing="zero", floor=0.0, cap=1.0)))
    found = rate_table(made, column(4)).standing("甲区", 2019)
    assert (found.score_at_least, found.score_at_most) == (0, 100)
    assert "没有录入目标" in found.because


def test_a_zone_without_its_group_may_have_any_groups_weights() -> None:
    made = ladder(
        2,
        peers=[
            {"id": "one", "label": "一组"},
            {"id": "two", "label": "二组", "weights": {TAX: 20, REVENUE: 80}},
        ],
        composite=composite(item(TAX, 60, base=10.0), item(REVENUE, 40, base=10.0)),
    )
    ratings = rate_table(made, table([TAX, REVENUE], [[10, 5], [10, 5]]), peers={"甲区": "one"})
    assert ratings.score is not None
    assert [(float(ratings.score[0][z, 0]), float(ratings.score[1][z, 0])) for z in (0, 1)] == [
        (80, 80),
        (60, 80),
    ]
