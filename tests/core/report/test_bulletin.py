"""The bulletin: places, growth against the mean, share, progress, and what is missing."""

from __future__ import annotations

import pytest

from zoneeval.engine.zones.targets import target_progress
from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval.model.targets import Target, TargetProgress
from zoneeval.model.zone_indicators import ZoneFigure, ZoneFigures
from zoneeval.report.zones.bulletin import Bulletin, build_bulletin, ends
from zoneeval.report.zones.bulletin_words import absences, headline, ranking, remarks

VA, GROWTH = "above_scale_value_added", "above_scale_value_added_growth"
RATIO = "energy_per_value_added"
HALF = Period(2019, "Q2")
ZONES = ("甲园", "乙园", "丙园", "丁园")


def official(key: str, value: float, basis: str = "") -> ZoneFigure:
    return ZoneFigure(key, None, value, value, source="〔示意〕", slot="official", basis=basis)


def figures(values: dict[str, float], key: str = VA) -> dict[str, ZoneFigures]:
    return {zone: {key: official(key, value)} for zone, value in values.items()}


def bulletin(
    values: dict[str, float],
    *,
    growth: dict[str, tuple[float, str]] | None = None,
    last: dict[str, float] | None = None,
    before: dict[str, float] | None = None,
    progress: tuple[TargetProgress, ...] = (),
    key: str = VA,
    count: int = 3,
) -> Bulletin:
    now = figures(values, key)
    for zone, (change, basis) in (growth or {}).items():
        now[zone][GROWTH] = official(GROWTH, change, basis)
    return build_bulletin(
        HALF, ZONES, now, figures(last or {}, key), figures(before or {}, key),
        HALF.previous, progress, (key,), count,
    )  # fmt: skip


def test_places_shares_and_those_who_are_missing() -> None:
    made = bulletin({"甲园": 300_000, "乙园": 500_000, "丙园": 300_000})
    (one,) = made.indicators
    assert [(row.zone, row.place) for row in one.rows] == [("乙园", 1), ("甲园", 2), ("丙园", 2)]
    assert one.rows[0].share == pytest.approx(500 / 1100)
    assert one.missing == (("丁园", "没有报送"),)
    assert made.silent == ("丁园",)
    words = headline(made, one)
    assert words.startswith("2019年上半年（1—6月），有数据的 3 个园区规上工业增加值合计 110.00亿元")
    assert "另有 1 个园区没有数据，未计入" in words
    assert any("丁园没有报送本期任何数据" in line for line in absences(made))


def test_first_and_last_never_name_a_zone_twice() -> None:
    values = {"甲园": 4e5, "乙园": 3e5, "丙园": 2e5, "丁园": 1e5}
    one = bulletin(values, count=3).indicators[0]
    assert [row.zone for row in one.first(3)] == ["甲园", "乙园", "丙园"]
    assert [row.zone for row in one.last(3)] == ["丁园"]
    assert one.last(4) == ()
    lines = ranking(bulletin(values, count=2), one)
    assert lines[0].startswith("由高到低居前 2 位的是：甲园 40.00亿元")
    assert lines[1].startswith("居后 2 位的是：丙园")


def test_equals_stand_together_at_either_end() -> None:
    made = bulletin({"甲园": 4e5, "乙园": 2e5, "丙园": 2e5, "丁园": 1e5}, count=2)
    (one,) = made.indicators
    assert [row.zone for row in one.first(2)] == ["甲园", "乙园", "丙园"]
    assert [row.zone for row in one.last(2)] == ["丁园"]
    lines = ranking(made, one)
    assert lines[0].startswith("由高到低居前 2 位（含并列）的是：甲园")
    assert lines[1].startswith("居后 1 位的是：丁园")
    assert ends([9, 5, 5, 5, 1], 1) == (1, 4)
    assert ends([9, 5, 3, 3, 3], 1) == (1, 2)
    assert ends([3, 3, 3], 1) == (3, 3)


def test_many_equals_are_not_named_one_by_one() -> None:
    made = bulletin({"甲园": 1e5, "乙园": 1e5, "丙园": 1e5, "丁园": 1e5}, count=2)
    (line,) = ranking(made, made.indicators[0])
    assert line == "由高到低依次为：甲园等 4 个园区并列第 1 位，均为 10.00亿元。"


def test_equal_growth_has_neither_first_nor_last() -> None:
    grown = dict.fromkeys(("甲园", "乙园", "丙园"), (0.111, "nominal"))
    made = bulletin({"甲园": 3e5, "乙园": 2e5, "丙园": 1e5}, growth=grown, count=1)
    assert "3 个园区的增速相同，均为 11.1%。" in ranking(made, made.indicators[0])


def test_there_are_no_shares_where_a_figure_is_negative() -> None:
    one = bulletin({"甲园": 4e5, "乙园": -1e5}).indicators[0]
    assert [row.share for row in one.rows] == [None, None]


def test_growth_is_held_against_the_mean_of_its_own_kind() -> None:
    growth = {
        "甲园": (0.10, "comparable"),
        "乙园": (0.06, "comparable"),
        "丙园": (0.50, "nominal"),
    }
    made = bulletin({"甲园": 3e5, "乙园": 2e5, "丙园": 1e5}, growth=growth)
    rows = {row.zone: row for row in made.indicators[0].rows}
    assert rows["甲园"].points == pytest.approx(0.02)
    assert rows["乙园"].points == pytest.approx(-0.02)
    assert rows["丙园"].points is None
    text = "\n".join(ranking(made, made.indicators[0]))
    assert "高于 2 个园区可比价平均增速 2.0 个百分点" in text
    assert "口径不同" in text
    assert "增速居前" not in text


def test_the_total_grows_only_where_all_zones_are_known_in_both_years() -> None:
    values = {"甲园": 3e5, "乙园": 2e5}
    one = bulletin(values, last={"甲园": 2.5e5, "乙园": 1.5e5}).indicators[0]
    assert one.total_growth == pytest.approx(0.25)
    made = bulletin(values, last={"甲园": 2.5e5})
    assert made.indicators[0].total_growth is None
    assert "1 个园区没有可比的上年同期数，合计增速不计算" in headline(made, made.indicators[0])


def test_places_are_compared_among_zones_known_both_times() -> None:
    made = bulletin(
        {"甲园": 3e5, "乙园": 4e5, "丙园": 9e5},
        before={"甲园": 2e5, "乙园": 1e5, "丁园": 9e5},
        last={"甲园": 1e5},
    )
    rows = {row.zone: row for row in made.indicators[0].rows}
    assert (rows["乙园"].place, rows["乙园"].rise) == (2, 1)
    assert (rows["甲园"].rise, rows["丙园"].rise) == (-1, None)
    assert all(row.rise_year is None for row in rows.values())
    assert "位次比2019年一季度上升 1 位" in "".join(ranking(made, made.indicators[0]))


def test_lower_is_better_is_ordered_from_below_and_has_no_total() -> None:
    made = bulletin({"甲园": 0.5, "乙园": 0.3, "丙园": 0.4}, key=RATIO)
    one = made.indicators[0]
    assert [row.zone for row in one.rows] == ["乙园", "丙园", "甲园"]
    assert one.total is None
    assert one.rows[0].above == pytest.approx(-0.1)
    assert "算术平均为 0.40吨标准煤/万元" in headline(made, one)
    assert "由低到高依次为" in ranking(made, one)[0]


@pytest.mark.parametrize("key", ["sewage_treatment_rate", "province_rank", "air_good_days"])
def test_rates_places_and_days_are_not_summed(key: str) -> None:
    one = bulletin({"甲园": 0.9, "乙园": 0.7}, key=key).indicators[0]
    assert (one.total, one.rows[0].share) == (None, None)


@pytest.mark.parametrize("asked", [(), (VA,)], ids=["by default", "asked for"])
def test_where_only_growth_was_published_the_growth_is_told(asked: tuple[str, ...]) -> None:
    now: dict[str, ZoneFigures] = {
        zone: {GROWTH: official(GROWTH, grown, "comparable")}
        for zone, grown in {"甲园": 0.07, "乙园": -0.02, "丙园": 0.1}.items()
    }
    made = build_bulletin(HALF, ZONES, now, {}, {}, HALF.previous, (), asked)
    (one,) = made.indicators
    assert (one.definition.key, one.total, made.without) == (GROWTH, None, ())
    assert [row.zone for row in one.rows] == ["丙园", "甲园", "乙园"]
    assert "规上工业增加值增速算术平均为 5.00%" in headline(made, one)
    assert "丙园 10.00%，高于 3 个园区平均 5.0 个百分点" in ranking(made, one)[0]
    assert one.missing == (("丁园", "没有报送"),)


def progress_of(zone: str, value: float | None, own: bool = True) -> TargetProgress:
    target = Target(
        zone,
        2019,
        VA,
        "规上工业增加值",
        1e6,
        "万元",
        accumulates=True,
        own=own,
        document="〔示意〕",
    )
    return target_progress(zone, target, value, HALF.elapsed_share)


def test_progress_against_time_and_no_data_apart_from_zero() -> None:
    progress = (progress_of("甲园", 5.2e5), progress_of("乙园", 4.5e5), progress_of("丁园", None))
    made = bulletin({"甲园": 5.2e5, "乙园": 4.5e5}, progress=progress)
    text = "\n".join(ranking(made, made.indicators[0]))
    assert "完成年度目标的 52.0%，超时序进度 2 个百分点" in text
    assert "落后时序进度的园区：乙园（落后时序进度 5 个百分点）" in text
    assert "甲园（落后" not in text


def test_of_two_targets_none_is_picked_unless_one_is_the_offices_own() -> None:
    two = (progress_of("甲园", 5e5, own=False), progress_of("甲园", 5e5, own=False))
    made = bulletin({"甲园": 5e5, "乙园": 1e5}, progress=two)
    row = made.indicators[0].rows[0]
    assert (row.progress, row.target_count) == (None, 2)
    assert any("有多个目标" in line for line in remarks(made))
    mixed = (two[0], progress_of("甲园", 5e5))
    assert bulletin({"甲园": 5e5}, progress=mixed).indicators[0].rows[0].progress is mixed[1]


def test_nothing_to_say_is_refused() -> None:
    with pytest.raises(InputError, match="没有园区指标，不能编写通报"):
        bulletin({})
    with pytest.raises(InputError, match="不是可以排位的园区指标"):
        bulletin({"甲园": 1.0}, key=GROWTH)
    with pytest.raises(InputError, match="1 或更大的整数"):
        bulletin({"甲园": 1.0}, count=0)
