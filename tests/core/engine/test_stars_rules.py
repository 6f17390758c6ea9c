"""What a ladder may say beside its table: combinations, gates, vetoes, movement, years."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.ladders import (
    PROFIT,
    REVENUE,
    TAX,
    column,
    composite,
    criterion,
    events,
    history,
    item,
    ladder,
    levels_of,
    table,
)
from zoneeval.engine.stars.rating import rate_table, rate_zone
from zoneeval.model.rating_inputs import NOT_ASSESSED, ZoneEvents
from zoneeval.policy.ladder import Ladder

THREE = [criterion([1, 2, 3], key) for key in (TAX, PROFIT, REVENUE)]
KEYS = [TAX, PROFIT, REVENUE]


def level(made: Ladder, *row: float | None, **more: Any) -> tuple[int, int]:
    """Rate one zone whose figures are those of tax, profit and revenue."""
    return levels_of(rate_table(made, table(KEYS, [list(row)]), **more))[0]


@pytest.mark.parametrize(
    ("row", "all_of", "two_of", "one_mandatory", "weighted"),
    [
        ((3, 2, 1), (0, 0), (1, 1), (1, 1), (1, 1)),
        ((1, 3, 3), (0, 0), (2, 2), (0, 0), (0, 0)),
        ((3, None, 1), (-1, 0), (0, 2), (0, 2), (0, 2)),
        ((3, 3, None), (-1, 2), (2, 2), (2, 2), (2, 2)),
        ((None, 3, 3), (-1, 2), (2, 2), (-1, 2), (-1, 2)),
        ((0, 0, None), (-1, -1), (-1, -1), (-1, -1), (-1, -1)),
    ],
)
def test_ways_of_combining(
    row: tuple[float | None, ...],
    all_of: tuple[int, int],
    two_of: tuple[int, int],
    one_mandatory: tuple[int, int],
    weighted: tuple[int, int],
) -> None:
    assert level(ladder(3, criteria=THREE), *row) == all_of
    assert level(ladder(3, criteria=THREE, combine="n_of", need=2), *row) == two_of
    first = [THREE[0] | {"mandatory": True}, *THREE[1:]]
    assert level(ladder(3, criteria=first, combine="mandatory", need=1), *row) == one_mandatory
    heavy = [THREE[0] | {"weight": 3}, *THREE[1:]]
    assert level(ladder(3, criteria=heavy, combine="weighted", need=4), *row) == weighted


def test_cumulative_or_not() -> None:
    cells = [criterion([5, "", 7]), criterion([1, 2, ""], PROFIT)]
    given = table([TAX, PROFIT], [[3, 2]])
    assert levels_of(rate_table(ladder(3, criteria=cells), given)) == [(-1, -1)]
    assert levels_of(rate_table(ladder(3, criteria=cells, cumulative=False), given)) == [(1, 1)]


def test_criteria_that_look_at_growth_and_at_peers() -> None:
    growth = criterion([0, 10], unit="%", measure="growth")
    given = table([TAX], [[100], [100], [None]], [[110], [99], [50]])
    assert levels_of(rate_table(ladder(2, criteria=[growth]), given), 1) == [
        (1, 1),
        (-1, -1),
        (-1, 1),
    ]
    place = criterion([3, 1], unit="", measure="rank", direction="cost")
    assert levels_of(rate_table(ladder(2, criteria=[place]), column(9, 5, 5))) == [
        (1, 1),
        (0, 0),
        (0, 0),
    ]
    over = criterion(["", 0], unit="%", measure="over_mean")
    assert levels_of(rate_table(ladder(2, criteria=[over]), column(9, 5, 4))) == [
        (1, 1),
        (0, 0),
        (0, 0),
    ]
    rose = criterion(["", 1], unit="", measure="rank_change")
    moved = table([TAX], [[9], [5]], [[5], [9]])
    assert levels_of(rate_table(ladder(2, criteria=[rose]), moved), 1) == [(0, 0), (1, 1)]
    assert levels_of(rate_table(ladder(2, criteria=[place]), column(9, 5, None))) == [(-1, 1)] * 3


def test_thresholds_that_differ_by_peer_group() -> None:
    cells = [
        criterion([1, 40], peers=["first"]),
        criterion([1, 20], peers=["second"]),
    ]
    peers = [{"id": "first", "label": "一类"}, {"id": "second", "label": "二类"}]
    groups = {"甲区": "first", "乙区": "二类"}
    ratings = rate_table(ladder(2, criteria=cells, peers=peers), column(30, 30), peers=groups)
    assert levels_of(ratings) == [(0, 0), (1, 1)]
    assert [len(ratings.standing(zone, 2019).criteria) for zone in ratings.zones] == [1, 1]


def gate(**more: Any) -> dict[str, Any]:
    given = {"label": "税收", "indicator": PROFIT, "unit": "万元", "value": 5.0}
    return given | {"illustrative": True} | more


def test_a_gate_takes_every_level_and_says_what_follows() -> None:
    made = ladder(3, criteria=THREE[:1], gates=[gate(consequence="降为专业园区")])
    assert level(made, 3, 5, 0) == (2, 2)
    assert level(made, 3, 4, 0) == (-1, -1)
    assert level(made, 3, None, 0) == (-1, 2)
    standing = rate_table(made, table(KEYS, [[3, 4, 0]])).standing("甲区", 2019)
    assert "降为专业园区" in standing.reasons[-1].words
    unknown = ladder(3, criteria=THREE[:1], gates=[gate(value="unknown")])
    assert level(unknown, 3, 9, 0) == (-1, 2)


@pytest.mark.parametrize(
    ("effect", "one", "open_count"),
    [
        ({"effect": "cap", "level": 1}, (1, 1), (1, 2)),
        ({"effect": "lower", "by": 2}, (0, 0), (0, 2)),
        ({"effect": "disqualify"}, (-1, -1), (-1, 2)),
    ],
)
def test_vetoes(effect: dict[str, Any], one: tuple[int, int], open_count: tuple[int, int]) -> None:
    veto = {"label": "重大事故", "event": "accident", "illustrative": True} | effect
    made = ladder(3, criteria=THREE[:1], vetoes=[veto])
    assert level(made, 3, 0, 0) == (2, 2)
    assert level(made, 3, 0, 0, events=events(甲2019=1)) == one
    assert level(made, 3, 0, 0, events=events(甲2018=1)) == (2, 2)
    nobody_knows = events(甲2019=float("nan"))
    assert level(made, 3, 0, 0, events=nobody_knows) == open_count
    standing = rate_table(made, table(KEYS, [[3, 0, 0]]), events=nobody_knows).standing(
        "甲区", 2019
    )
    assert "重大事故" in standing.because
    twice = ladder(3, criteria=THREE[:1], vetoes=[veto | {"value": 2.0}])
    assert level(twice, 3, 0, 0, events=events(甲2019=1)) == (2, 2)


def test_a_veto_that_subtracts_from_the_score() -> None:
    veto = {"label": "事故", "event": "accident", "effect": "subtract", "points": 15.0}
    made = ladder(
        3,
        vetoes=[veto | {"each": True, "limit": 40.0, "illustrative": True}],
        composite=composite(
            item(base=10.0), levels={"cutoffs": [50.0, 70.0, 90.0], "illustrative": True}
        ),
    )
    found = rate_table(made, column(10, 10, 10), events=events(乙2019=1, 丙2019=7))
    assert levels_of(found) == [(2, 2), (1, 1), (0, 0)]


def by_score(**levels: Any) -> Ladder:
    """Return a ladder of three levels by score."""
    made = composite(item(base=100.0), levels=levels | {"illustrative": True})
    return ladder(3, composite=made)


def test_levels_by_cutoff_rank_share_and_quota() -> None:
    given = column(90, 80, 70, 60, 50)
    assert levels_of(rate_table(by_score(cutoffs=["", 60.0, 80.0]), given)) == [
        (2, 2),
        (2, 2),
        (1, 1),
        (1, 1),
        (0, 0),
    ]
    ranked = [(2, 2), (1, 1), (1, 1), (0, 0), (0, 0)]
    assert levels_of(rate_table(by_score(ranks=["", 3.0, 1.0]), given)) == ranked
    assert levels_of(rate_table(by_score(shares=["", 0.6, 0.2]), given)) == ranked
    limited = by_score(cutoffs=["", 60.0, 60.0], quotas=["", "", 1.0])
    assert levels_of(rate_table(limited, given)) == [(2, 2), (1, 1), (1, 1), (1, 1), (0, 0)]


def test_equals_stand_together_at_a_rank_and_a_quota() -> None:
    given = column(90, 90, 70)
    assert levels_of(rate_table(by_score(ranks=["", "", 1.0]), given)) == [(2, 2), (2, 2), (1, 1)]
    assert levels_of(rate_table(by_score(quotas=["", "", 1.0]), given)) == [(2, 2), (2, 2), (1, 1)]


def test_unknown_cells_of_scores_places_and_quotas() -> None:
    given = column(90, 50)
    assert levels_of(rate_table(by_score(cutoffs=[10.0, "unknown", 95.0]), given)) == [
        (0, 1),
        (0, 1),
    ]
    assert levels_of(rate_table(by_score(ranks=["", "unknown", 1.0]), given)) == [(2, 2), (0, 1)]
    assert levels_of(rate_table(by_score(quotas=["", "", "unknown"]), given)) == [(1, 2), (1, 2)]


def test_places_are_not_certain_while_a_peer_has_no_data() -> None:
    made = by_score(ranks=["", 2.0, 1.0])
    ratings = rate_table(made, column(90, 50, None))
    assert levels_of(ratings) == [(1, 2), (0, 1), (0, 2)]
    standing = ratings.standing("甲区", 2019)
    assert (standing.rank, standing.rank_of) == (None, 3)
    assert "名次不能确定" in standing.because
    assert levels_of(rate_table(made, column(90, 50), complete=False)) == [(0, 2), (0, 1)]


def test_the_lower_of_table_and_score_counts() -> None:
    made = ladder(
        3,
        criteria=THREE[:1],
        composite=composite(
            item(PROFIT, base=10.0), levels={"cutoffs": ["", 50.0, 90.0], "illustrative": True}
        ),
    )
    assert level(made, 3, 6, 0) == (1, 1)
    assert level(made, 1, 10, 0) == (0, 0)


def test_a_zone_by_itself_has_no_place() -> None:
    standing = rate_zone(by_score(ranks=["", 2.0, 1.0]), "甲区", 2019, {})
    assert (standing.at_least, standing.at_most, standing.rank_of) == (0, 2, None)


def test_a_rule_that_only_ranks_gives_no_level() -> None:
    made = ladder(3, composite=composite(item(base=10.0)))
    standing = rate_table(made, column(5)).standing("甲区", 2019)
    assert (standing.at_least, standing.at_most) == (None, 2)
    assert "没有分级标准" in standing.because


def moving(**limits: Any) -> Ladder:
    """Return a ladder of five levels, 1 to 5, with limits of movement."""
    return ladder(
        5, criteria=[criterion([1, 2, 3, 4, 5])], movement=limits | {"illustrative": True}
    )


def path(made: Ladder, *figures: float | None, **more: Any) -> list[tuple[int, int]]:
    """Rate one zone over years from 2019 on."""
    ratings = rate_table(made, table([TAX], *[[[figure]] for figure in figures]), **more)
    return list(zip(ratings.at_least[0].tolist(), ratings.at_most[0].tolist(), strict=True))


def test_one_level_up_and_down_a_year() -> None:
    known = history(甲2018=1)
    assert path(moving(max_up=1), 5, 5, 5, history=known) == [(2, 2), (3, 3), (4, 4)]
    assert path(moving(max_down=1), 0, 0, 0, history=known) == [(0, 0), (-1, -1), (-1, -1)]
    assert path(moving(max_up=1), 5, 1, history=known) == [(2, 2), (0, 0)]


def test_without_a_former_star_the_limits_leave_the_level_open() -> None:
    assert path(moving(max_up=1), 5, 3) == [(0, 4), (1, 2)]
    assert path(moving(max_up=1, without_former="free"), 5, 3) == [(4, 4), (2, 2)]
    standing = rate_table(moving(max_up=1), column(5)).standing("甲区", 2019)
    assert "上年星级不能确定" in standing.because


def test_an_official_star_is_what_the_zone_held() -> None:
    known = history(甲2018=1, 甲2019=3)
    assert path(moving(max_up=1), 5, 5, history=known) == [(2, 2), (4, 4)]
    ratings = rate_table(moving(max_up=1), column(5), known)
    standing = ratings.standing("甲区", 2019)
    assert (standing.official, standing.at_least, standing.table_at_least) == (3, 2, 4)
    assert standing.former_at_least == 1
    assert "升降限制" in standing.reasons[-1].words


def test_grace_years_and_years_to_hold() -> None:
    free = {"without_former": "free"}
    assert path(moving(grace_years=1, **free), 4, 1, 1, 4) == [(3, 3), (3, 3), (0, 0), (3, 3)]
    assert path(moving(grace_years=1, max_down=1, **free), 4, 1, 1, 1) == [
        (3, 3),
        (3, 3),
        (2, 2),
        (1, 1),
    ]
    held = history(甲2017=0, 甲2018=1)
    assert path(moving(hold_years=2), 5, 5, history=held) == [(1, 1), (4, 4)]
    assert path(moving(hold_years=2), 5, history=history(甲2018=1)) == [(1, 4)]


def test_who_is_not_assessed_keeps_the_star_or_has_none() -> None:
    away = ZoneEvents({("甲区", 2020, NOT_ASSESSED): 1})
    given = (4, None, 5)
    assert path(moving(keep_if_not_assessed=True, without_former="free"), *given, events=away) == [
        (3, 3),
        (3, 3),
        (4, 4),
    ]
    plain = ladder(5, criteria=[criterion([1, 2, 3, 4, 5])])
    assert path(plain, *given, events=away) == [(3, 3), (-1, -1), (4, 4)]
    unsure = ZoneEvents({("甲区", 2020, NOT_ASSESSED): float("nan")})
    assert path(plain, 4, 4, events=unsure)[1] == (-1, 3)
    keeping = moving(keep_if_not_assessed=True, without_former="free")
    assert path(keeping, 4, 2, 2, events=unsure)[1:] == [(1, 3), (1, 1)]


def test_a_year_left_out_leaves_the_former_star_open() -> None:
    made = moving(max_up=1)
    years = table([TAX], [[1]], [[5]])
    apart = type(years)(years.zones, (2019, 2021), years.keys, years.values)
    assert rate_table(made, apart, history(甲2018=0)).at_most[0].tolist() == [0, 4]


def test_bottom_in_two_of_three_years_ordered_by_the_mean_of_scores() -> None:
    rule = {
        "id": "exit",
        "label": "退出",
        "bottom": 1,
        "times": 2,
        "of": 3,
        "consequence": "列为退出候选",
        "illustrative": True,
    }
    made = ladder(2, composite=composite(item(base=100.0)), years_rules=[rule])
    given = table([TAX], [[10], [50], [9]], [[10], [50], [60]], [[90], [50], [60]])
    ratings = rate_table(made, given)
    assert ratings.candidates("exit", 2021) == []
    three = rate_table(made, table([TAX], [[10], [50]], [[60], [50]], [[40], [50]]))
    (found,) = three.candidates("exit", 2021)
    assert (found.zone, found.sure, found.times, found.touched) == ("甲区", True, 2, True)
    assert found.mean_score == pytest.approx(110 / 3)
    possible = {c.zone: c.sure for c in three.candidates("exit", 2020)}
    assert possible == {"甲区": False, "乙区": False}


def test_an_event_in_two_consecutive_years() -> None:
    rule = {
        "id": "missed",
        "label": "连续未完成目标",
        "event": "accident",
        "times": 2,
        "of": 2,
        "consequence": "退出",
        "illustrative": True,
    }
    made = ladder(2, criteria=[criterion([1, 2])], years_rules=[rule])
    happened = events(甲2018=1, 甲2019=1, 乙2019=1, 丙2018=float("nan"), 丙2019=1)
    found = rate_table(made, column(1, 1, 1), events=happened).candidates("missed", 2019)
    assert [(c.zone, c.sure, c.touched) for c in found] == [
        ("甲区", True, True),
        ("丙区", False, None),
    ]


def test_below_a_level_in_consecutive_years_with_a_limit() -> None:
    rule = {
        "id": "removal",
        "label": "降级",
        "below": 1,
        "times": 2,
        "of": 2,
        "limit": 1,
        "consequence": "降为专业园区",
        "illustrative": True,
    }
    made = ladder(
        2,
        criteria=[criterion([1, 50])],
        composite=composite(item(base=100.0)),
        years_rules=[rule],
    )
    given = table([TAX], [[10], [9], [60]], [[20], [19], [60]])
    found = rate_table(made, given).candidates("removal", 2020)
    assert [(c.zone, c.touched, c.mean_score) for c in found] == [
        ("乙区", True, 14),
        ("甲区", False, 15),
    ]
    official = rate_table(made, given, history(乙2019=1)).candidates("removal", 2020)
    assert [c.zone for c in official] == ["甲区"]
    assert rate_table(made, column(10, year=2020), history(甲2019=0)).candidates("removal", 2020)


def test_the_reason_says_how_far_the_score_is_from_the_next_level() -> None:
    standing = rate_table(by_score(cutoffs=["", 60.0, 80.0]), column(72)).standing("甲区", 2019)
    assert [reason.words for reason in standing.reasons] == [
        "综合得分 72 分，没有达到二星要求的 80 分"
    ]


def test_a_growth_from_nothing_is_not_called_want_of_data() -> None:
    made = ladder(2, criteria=[criterion([0, 10], unit="%", measure="growth")])
    ratings = rate_table(made, table([TAX], [[0], [None]], [[4], [4]]))
    assert ratings.standing("甲区", 2020).because == "税收收入增速算不出（上年数为零或负数）"
    assert ratings.standing("乙区", 2020).because == "税收收入增速没有数据"
