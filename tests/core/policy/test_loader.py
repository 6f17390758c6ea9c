"""Packs by id or from a file, and the sentence for everything else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from zoneeval.errors import PolicyError
from zoneeval.policy.loader import (
    check_policy,
    list_ladders,
    list_policies,
    list_tariffs,
    load_ladder,
    load_policy,
    load_tariff,
    parse_policy,
)
from zoneeval.policy.schema import Policy, TwoStage


def text_of(name: str) -> str:
    return load_policy(name).text


def test_the_shipped_packs() -> None:
    packs = ["anyang-2018", "huaian-2024", "huangyan-2022", "zhengzhou-2018"]
    assert [p.id for p in list_policies()] == packs
    ladders = {"henan-service-zones-2016", "illustrative-composite", "illustrative-six-stars"}
    assert {p.id for p in list_ladders()} == ladders
    assert [p.id for p in list_tariffs()] == ["henan", "shandong-2022"]


@pytest.mark.parametrize("policy", list_policies(), ids=lambda p: p.id)
def test_a_shipped_pack_is_sound_and_carries_its_own_text(policy: Policy) -> None:
    assert check_policy(policy.text) == []
    assert policy.fingerprint == hashlib.sha256(policy.text.encode()).hexdigest()
    assert parse_policy(policy.text) == policy
    assert policy.missing
    assert policy.status.label != "已核实"


@pytest.mark.parametrize("policy", list_policies(), ids=lambda p: p.id)
def test_every_figure_is_cited_or_marked_illustrative(policy: Policy) -> None:
    for track in policy.tracks:
        for item in track.indicators:
            assert policy.citation(item.cite) or item.illustrative
            assert policy.clause(item.cite, illustrative=item.illustrative)


def test_what_zhengzhou_published_and_what_stands_in_for_it() -> None:
    policy = load_policy("zhengzhou-2018")
    (track,) = policy.tracks
    assert isinstance(track.grading, TwoStage)
    shares = {s.grade: (s.half, s.order_by, s.order, s.share) for s in track.grading.selections}
    assert shares == {
        "A": ("upper", "tax_per_mu", "descending", 0.15),
        "C": ("lower", "output_value_per_tce", "ascending", 0.10),
    }
    assert track.grading.gate == 0.5
    assert not track.grading.illustrative
    assert all(i.illustrative and i.benchmark.illustrative for i in track.indicators)
    assert len(track.indicators) == 6
    assert policy.has_illustrative
    assert not load_policy("huaian-2024").has_illustrative
    assert not load_policy("huangyan-2022").has_illustrative


def test_a_pack_from_a_file_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "我的办法.toml"
    path.write_text(text_of("huangyan-2022"), encoding="utf-8-sig")
    assert load_policy(path) == load_policy("huangyan-2022")
    assert load_policy(str(path)).id == "huangyan-2022"


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(PolicyError, match=r"没有名为“zhengzhou-2019”的办法.*zhengzhou-2018"):
        load_policy("zhengzhou-2019")
    with pytest.raises(PolicyError, match="没有名为“x”的星级阶梯"):
        load_ladder("x")
    with pytest.raises(PolicyError, match="没有名为“x”的价格表"):
        load_tariff("x")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="找不到办法文件"):
        load_policy(tmp_path / "没有.toml")
    (tmp_path / "gbk.toml").write_bytes("title = “办法”".encode("gbk"))
    with pytest.raises(PolicyError, match="不是 UTF-8 文本"):
        load_policy(tmp_path / "gbk.toml")
    (tmp_path / "big.toml").write_text("#" * 2_000_001, encoding="utf-8")
    with pytest.raises(PolicyError, match="超过 2 MB"):
        load_policy(tmp_path / "big.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(PolicyError, match="无法读取"):
        load_policy(tmp_path / "folder.toml")


def test_a_ladder_is_not_a_policy() -> None:
    text = load_ladder("illustrative-six-stars").text
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    assert all(f"{key}：" in str(caught.value) for key in ("grades", "tracks", "levels"))
    assert check_policy(text) == []
