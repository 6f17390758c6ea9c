"""Published stars and names of zones: what is known, and what cannot be told."""

from __future__ import annotations

import pytest

from zoneeval.errors import PolicyError
from zoneeval.model.star_history import StarEntry, ZoneHistory, zone_history
from zoneeval.policy.loader import load_published_stars, load_zone_names
from zoneeval.policy.published import published_stars, zone_names
from zoneeval.policy.target import shipped_targets


def history(*levels: tuple[int | None, int | None], first_year: int = 2013) -> ZoneHistory:
    entries = [StarEntry("演示园区", year, level, "文件", own=True) for year, level in levels]
    return zone_history("演示园区", entries, first_year)


def test_every_published_star_has_a_source_and_its_certainty() -> None:
    entries = published_stars().entries()
    assert len(entries) == 4 + 3 + 1 + 1 + 1 + 1 + 1
    assert all(entry.source and entry.confidence in ("B", "C") for entry in entries)
    assert all(entry.note for entry in entries)


def test_published_rows() -> None:
    known: dict[str, list[tuple[int | None, int | None]]] = {}
    for entry in published_stars().entries():
        known.setdefault(entry.zone, []).append((entry.year, entry.level))
    assert known == {
        "郑州经济技术产业集聚区": [(2014, 6), (2015, 6), (2016, 6), (2017, 6)],
        "航空港产业集聚区": [(2015, 6), (2016, 6), (2017, 6)],
        "新郑市新港产业集聚区": [(2014, 1)],
        "巩义市产业集聚区": [(2016, 2)],
        "郑州马寨产业集聚区": [(None, 2)],
        "洛阳先进制造产业集聚区": [(None, 2)],
        "金岱产业集聚区": [(2014, None)],
    }


def test_years_running_say_at_least_where_the_year_before_is_not_known() -> None:
    full = history((2013, 1), (2014, 2), (2015, 2), (2016, 2))
    held = full.running(2016)
    assert held is not None
    assert (held.years, held.exact, held.words) == (3, True, "连续三年二星")
    open_ = history((2015, 2), (2016, 2)).running(2016)
    assert open_ is not None
    assert (open_.years, open_.exact, open_.words) == (2, False, "至少连续两年二星")
    from_the_start = history((2013, 2), (2014, 2)).running(2014)
    assert from_the_start is not None
    assert from_the_start.exact
    assert full.running(2018) is None


def test_a_gap_ends_the_count_without_deciding() -> None:
    held = history((2013, 2), (2014, 2), (2016, 2)).running(2016)
    assert held is not None
    assert (held.years, held.exact) == (1, False)


def test_a_year_below_the_gate_is_known_and_ends_the_count() -> None:
    held = history((2014, None), (2015, 1)).running(2015)
    assert held is not None
    assert (held.years, held.exact, held.words) == (1, True, "")


def test_first_time() -> None:
    climbing = history((2013, 0), (2014, 1), (2015, 2), (2016, 1), (2017, 2), (2018, 3))
    assert climbing.first_time(2, 2015) is True
    assert climbing.first_time(1, 2016) is False
    assert climbing.first_time(2, 2017) is False
    assert climbing.first_time(3, 2018) is True
    assert history((2014, 2), (2016, 2)).first_time(2, 2016) is False
    assert history((2016, 2)).first_time(2, 2016) is None
    undated = history((2013, 1), (2014, 2), (None, 2))
    assert undated.first_time(2, 2014) is None
    assert history((2013, 2)).first_time(2, 2013) is True


def test_what_the_office_entered_counts_and_the_contradiction_is_named() -> None:
    mine = StarEntry("甲", 2017, 3, "省文件", own=True)
    theirs = StarEntry("甲", 2017, 2, "报道", "B")
    for order in ([mine, theirs], [theirs, mine]):
        found = zone_history("甲", order, 2013)
        assert found.levels() == {2017: 3}
        assert found.conflicts() == (2017,)
        assert len(found.entries) == 2


def test_names() -> None:
    names = zone_names()
    assert names.canonical(" 经开 ") == "郑州经济技术产业集聚区"
    assert names.canonical("郑州经济技术开发区产业集聚区") == "郑州经济技术产业集聚区"
    assert names.canonical("演示园区") == "演示园区"
    assert names.near("经开产业集聚区") == "郑州经开区"
    assert names.canonical("郑州经济开发区") == "郑州经开区"
    for zone in (z for t in shipped_targets() if t.kind == "star" for z in [t.zone]):
        assert names.find(zone) is not None, zone


def test_a_name_of_two_zones_and_a_year_that_lacks_are_faults(tmp_path) -> None:
    path = tmp_path / "名称.toml"
    text = zone_names().text.replace('["登封产业集聚区"]', '["荥阳产业集聚区"]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match="“荥阳产业集聚区”已经是“荥阳市产业集聚区”的名称"):
        load_zone_names(path)
    text = published_stars().text.replace("year = 2017\nlevel = 6\n", "level = 6\n", 1)
    path.write_text(text.replace('cite = "mazhai"', 'cite = "x"'), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_published_stars(path)
    assert "没有年度就不能说连续几年" in str(caught.value)
    assert "依据“x”没有在 citations 中列出" in str(caught.value)
