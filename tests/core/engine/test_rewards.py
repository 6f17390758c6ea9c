"""Rewards: amounts by star, first attainment and title, and what stays open."""

from __future__ import annotations

import pytest

from zoneeval.engine.stars.rewards import zone_reward
from zoneeval.errors import PolicyError
from zoneeval.model.star_history import StarEntry, ZoneHistory, zone_history
from zoneeval.policy.loader import list_rewards, load_rewards, parse_rewards

CITY = load_rewards("zhengzhou-2015")
PROVINCE = load_rewards("henan-2017")
EXCELLENT = "2017年度优秀产业集聚区"


def history(*levels: tuple[int, int | None]) -> ZoneHistory:
    entries = [StarEntry("演示园区", year, level, "文件", own=True) for year, level in levels]
    return zone_history("演示园区", entries, 2013)


def known_to_2016(level: int) -> list[tuple[int, int | None]]:
    return [(year, level) for year in range(2013, 2017)]


@pytest.mark.parametrize(
    ("level", "amount"), [(1, 200), (2, 500), (3, 800), (4, 1000), (5, 1500), (6, 2000)]
)
def test_the_amounts_of_the_city(level: int, amount: float) -> None:
    found = zone_reward(CITY, history((2017, level)), 2017)
    assert (found.amount, found.unit, found.reasons) == (amount, "万元", ())
    assert "郑政文〔2015〕187号" in found.items[0].clause


@pytest.mark.parametrize("level", [None, 0])
def test_below_the_first_star_there_is_nothing(level: int | None) -> None:
    found = zone_reward(CITY, history((2017, level)), 2017)
    assert (found.amount, found.items) == (0, ())
    assert found.reasons == ("2017 年没有达到有奖励的星级，也没有登记称号",)


def test_a_star_that_is_not_known_is_an_interval() -> None:
    found = zone_reward(CITY, history(), 2017)
    assert (found.at_least, found.at_most, found.amount) == (0, 2000, None)
    assert found.reasons == ("不知道 2017 年的星级，最多按六星计",)


def test_first_attainment_is_paid_once() -> None:
    first = zone_reward(PROVINCE, history(*known_to_2016(1), (2017, 2)), 2017)
    assert first.amount == 300
    again = zone_reward(PROVINCE, history(*known_to_2016(2), (2017, 2)), 2017)
    assert (again.amount, again.items) == (0, ())
    open_ = zone_reward(PROVINCE, history((2017, 2)), 2017)
    assert (open_.at_least, open_.at_most) == (0, 300)
    assert "不能判定是否首次达到二星" in open_.reasons[0]


def test_titles_count_where_they_are_on_record() -> None:
    six = history(*known_to_2016(6), (2017, 6))
    assert zone_reward(PROVINCE, six, 2017, [EXCELLENT]).amount == 500
    assert zone_reward(PROVINCE, six, 2017, ["别的称号"]).amount == 0


def test_how_several_awards_add_up() -> None:
    new = history(*known_to_2016(1), (2017, 2))
    bounds = {
        how: zone_reward(PROVINCE.model_copy(update={"combine": how}), new, 2017, [EXCELLENT])
        for how in ("all", "highest", "unknown")
    }
    assert bounds["all"].amount == 800
    assert bounds["highest"].amount == 500
    assert (bounds["unknown"].at_least, bounds["unknown"].at_most) == (500, 800)
    assert "没有见到规定" in bounds["unknown"].reasons[0]


def test_outside_its_years_a_scheme_pays_nothing_and_says_so() -> None:
    found = zone_reward(PROVINCE, history((2018, 2)), 2018)
    assert (found.amount, found.items) == (0, ())
    assert found.reasons == ("“河南省 2017 年度”只适用于 2017 年度，不适用于 2018 年度",)
    early = zone_reward(CITY, history((2014, 2)), 2014)
    assert early.reasons == ("“郑政文〔2015〕187号”只适用于 2015 年度以后，不适用于 2014 年度",)


def test_after_the_last_year_that_is_confirmed_nothing_is_certain() -> None:
    found = zone_reward(CITY, history((2019, 2)), 2019)
    assert (found.at_least, found.at_most) == (0, 500)
    assert found.reasons == ("2017 年以后是否仍按“郑政文〔2015〕187号”发放没有见到文件",)
    assert zone_reward(CITY, history((2019, None)), 2019).amount == 0


def test_every_shipped_award_has_its_document() -> None:
    schemes = list_rewards()
    assert [s.id for s in schemes] == ["henan-2017", "zhengzhou-2015"]
    for scheme in schemes:
        assert scheme.status == "partial"
        assert scheme.missing
        assert all(scheme.clause(award.cite) for award in scheme.awards)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level = 6\n", "level = 5\n", "awards[6].level：5 星写了两次"),
        ("level = 1\n", "", "awards[1].level：没有写星级"),
        ("valid_from = 2015", "valid_from = 2015\nvalid_to = 2014", "valid_to：早于 valid_from"),
        ('title = "五强五快专业园区"\n', "", "awards[9].title：没有写称号"),
        ('cite = "zzw-2015-187"', 'cite = "别处"', "依据“别处”没有在 citations 中列出"),
        ("level = 6\n", "level = 12\n", "星级 12 不在 0 到 9 之间"),
        ("amount = 1500", "amount = 0", "必须大于 0"),
    ],
)
def test_a_fault_of_a_scheme_is_named(old: str, new: str, said: str) -> None:
    assert old in CITY.text
    with pytest.raises(PolicyError) as caught:
        parse_rewards(CITY.text.replace(old, new, 1), "试")
    assert said in str(caught.value)
