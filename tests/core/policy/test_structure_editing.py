"""Another way of scoring, another kind of grading, other classes, groups and tracks."""

from __future__ import annotations

import tomllib
from itertools import product

import pytest

from tests.helpers.mechanisms import texts_of_every_policy
from zoneeval.errors import PolicyError
from zoneeval.policy import editing
from zoneeval.policy.grading_editing import add_band, remove_band, set_kind
from zoneeval.policy.grading_schema import Limits, Shares, Thresholds, TwoStage
from zoneeval.policy.loader import check_policy, load_policy, parse_policy
from zoneeval.policy.method_editing import set_method, set_parameter
from zoneeval.policy.structure_editing import (
    add_grade,
    add_group,
    add_track,
    codes_of,
    copy_track,
    remove_grade,
    remove_track,
    rename_grade,
    rename_track,
)

METHODS = ("ratio", "floored_minmax", "reverse_linear", "ratio_to_best", "bands", "efficacy")
KINDS = ("shares", "limits", "two_stage", "thresholds", "rank_only")
ALL = texts_of_every_policy()


def copied(name: str) -> str:
    source = load_policy(name)
    return editing.copy_policy(source.text, f"{name}-copy", "办法", "", 2025, 2025)


@pytest.mark.parametrize("name", ALL)
def test_every_kind_of_grading_is_sound_at_once(name: str) -> None:
    text = ALL[name]
    data = tomllib.loads(text)
    for track, kind in product(range(len(data["tracks"])), KINDS):
        if len(data["grades"]) < 2 and kind in ("limits", "two_stage", "thresholds"):
            if data["tracks"][track]["grading"]["kind"] != kind:
                with pytest.raises(PolicyError, match="至少要有两个类别"):
                    set_kind(text, track, kind)
            continue
        made = set_kind(text, track, kind)
        assert check_policy(made) == [], kind
        assert parse_policy(made).tracks[track].grading.kind == kind
        others = [t for at, t in enumerate(tomllib.loads(made)["tracks"]) if at != track]
        assert others == [t for at, t in enumerate(data["tracks"]) if at != track]


@pytest.mark.parametrize("name", ALL)
def test_every_way_of_scoring_is_sound_at_once(name: str) -> None:
    text = ALL[name]
    for track, held in enumerate(tomllib.loads(text)["tracks"]):
        if not held.get("indicators"):
            continue
        for kind in (*METHODS, "rank"):
            made = set_method(text, ("tracks", track, "indicators", 0), kind)
            assert check_policy(made) == [], kind
            assert parse_policy(made).tracks[track].indicators[0].method.kind == kind


def test_present_shares_are_where_the_new_entries_begin() -> None:
    text = copied("huaian-2024")
    shares = parse_policy(text).tracks[0].grading
    assert isinstance(shares, Shares)
    ends = [band.up_to for band in shares.bands]
    letters = [band.grade for band in shares.bands]
    limits = parse_policy(set_kind(text, 0, "limits")).tracks[0].grading
    assert isinstance(limits, Limits)
    assert [band.grade for band in limits.bands] == letters
    assert limits.bands[0].at_most == ends[0]
    assert not limits.illustrative
    assert limits.cite == "huaian-2024-copy"
    assert limits.bands[-1].at_least == editing.shares_of(ends)[-1]
    back = parse_policy(set_kind(set_kind(text, 0, "limits"), 0, "shares")).tracks[0].grading
    assert isinstance(back, Shares)
    assert [band.up_to for band in back.bands] == ends


def test_scores_that_nobody_has_laid_down_are_illustrative() -> None:
    grading = parse_policy(set_kind(copied("huaian-2024"), 0, "thresholds")).tracks[0].grading
    assert isinstance(grading, Thresholds)
    assert grading.illustrative
    assert all(line.illustrative for line in grading.lines)
    assert grading.lines[-1].when == "composite_score >= 60"


def test_two_stages_never_choose_more_than_half() -> None:
    text = copied("huaian-2024")
    for band, share in enumerate((0.4, 0.3, 0.2, 0.1)):
        text = editing.set_share(text, 0, band, share)
    grading = parse_policy(set_kind(text, 0, "two_stage")).tracks[0].grading
    assert isinstance(grading, TwoStage)
    found = [(s.grade, s.half, s.share) for s in grading.selections]
    assert found == [("A", "upper", 0.28), ("B", "upper", 0.21), ("D", "lower", 0.1)]
    assert grading.rest == "C"


def test_a_class_comes_into_a_grading_and_goes() -> None:
    text = add_grade(copied("huaian-2024"))
    before = parse_policy(copied("huaian-2024")).tracks[0].grading
    assert isinstance(before, Shares)
    letters = [grade.letter for grade in parse_policy(text).grades]
    given = [band.grade for band in before.bands]
    while len(given) < len(letters):
        text = add_band(text, 0)
        assert check_policy(text) == []
        added = parse_policy(text).tracks[0].grading
        assert isinstance(added, Shares)
        given = [band.grade for band in added.bands]
        assert given == [letter for letter in letters if letter in given]
    with pytest.raises(PolicyError, match="所有类别都已列出"):
        add_band(text, 0)
    gone = parse_policy(remove_band(text, 0, len(given) - 1)).tracks[0].grading
    assert isinstance(gone, Shares)
    assert [band.grade for band in gone.bands] == given[:-1]
    assert gone.bands[-1].up_to == 1


@pytest.mark.parametrize("name", ALL)
def test_a_class_is_renamed_wherever_it_is_named(name: str) -> None:
    text = rename_grade(ALL[name], 0, "甲")
    assert check_policy(text) == []
    assert parse_policy(text).grades[0].letter == "甲"
    letter = parse_policy(ALL[name]).grades[0].letter
    again = rename_grade(text, 0, letter)
    assert tomllib.loads(again) == tomllib.loads(ALL[name])


def test_names_of_classes_must_be_there_and_differ() -> None:
    text = copied("zhengzhou-2018")
    with pytest.raises(PolicyError, match="代号"):
        rename_grade(text, 0, "")
    with pytest.raises(PolicyError, match="已经有 B 类"):
        rename_grade(text, 0, "B")
    gone = remove_grade(text, 0)
    assert any("没有在 grades 中列出" in fault.message for fault in check_policy(gone))


@pytest.mark.parametrize("name", ALL)
def test_groups_and_tracks_can_be_added_copied_and_removed(name: str) -> None:
    text = ALL[name]
    for add in (add_grade, add_group, add_track):
        assert check_policy(add(text)) == [], add.__name__
    more = copy_track(text, 0)
    assert check_policy(more) == []
    tracks = parse_policy(more).tracks
    assert tracks[-1].label == f"{tracks[0].label}（副本）"
    fields = {"id", "label", "default"}
    assert tracks[-1].model_dump(exclude=fields) == tracks[0].model_dump(exclude=fields)
    assert tomllib.loads(remove_track(more, len(tracks) - 1)) == tomllib.loads(text)


def test_a_track_renamed_is_renamed_in_the_adjustments() -> None:
    text = add_track(copied("zhengzhou-2018"))
    rule = {
        "id": "r",
        "kind": "up",
        "reason": "理由",
        "when": "accidents == 0",
        "tracks": ["track-1"],
    }
    text = rename_track(editing.add_entry(text, ("adjustments",), rule), 1, "small")
    assert check_policy(text) == []
    assert parse_policy(text).adjustments[-1].tracks == ("small",)
    with pytest.raises(PolicyError, match="不能空"):
        rename_track(text, 1, parse_policy(text).tracks[0].id)
    with pytest.raises(PolicyError, match="至少要有一个组别"):
        remove_track(copied("zhengzhou-2018"), 0)


def test_industry_codes_are_read() -> None:
    assert codes_of("13-15、3011，44") == ["13-15", "3011", "44"]
    assert codes_of(None) == []
    with pytest.raises(PolicyError, match="“制造”写法有误"):
        codes_of("制造")


def test_settings_of_a_method_are_changed_one_by_one() -> None:
    path = ("tracks", 0, "indicators", 0)
    text = set_method(copied("zhengzhou-2018"), path, "efficacy")
    text = set_parameter(text, path, "base", 50)
    text = set_parameter(text, path, "worst", 3)
    item = parse_policy(set_parameter(text, path, "best", 30)).tracks[0].indicators[0]
    assert item.method.model_dump() == {
        "kind": "efficacy",
        "shape": "linear",
        "base": 50,
        "worst": 3,
        "best": 30,
        "population": "group",
    }
    assert item.cite == "zhengzhou-2018-copy"
    assert set_parameter(text, path, "base", 50) == text
    assert parse_policy(set_method(text, path, "ratio")).tracks[0].indicators[0].benchmark.kind == (
        "average"
    )
