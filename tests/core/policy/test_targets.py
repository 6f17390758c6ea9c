"""The shipped targets: counted, quoted from the documents, and placed where they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.command import ROOT
from zoneeval.errors import PolicyError
from zoneeval.model.targets import Target
from zoneeval.policy.loader import list_target_files, load_targets, parse_targets
from zoneeval.policy.target import TargetFile, measure, shipped_targets

DOCUMENTS = ROOT / "tests" / "data" / "seeds"
"""The passages of the documents as they were published, with the headings above them."""

FILES = {file.id: file for file in list_target_files()}
STARS_2017 = {
    "郑州经济技术产业集聚区": 6,
    "航空港产业集聚区": 6,
    "郑州高新技术产业集聚区": 3,
    "中牟汽车产业集聚区": 3,
    "荥阳市产业集聚区": 2,
    "新密市产业集聚区": 2,
    "新郑市新港产业集聚区": 2,
    "登封市产业集聚区": 1,
    "郑州马寨产业集聚区": 1,
    "郑州市白沙产业集聚区": 1,
}


def bare(text: str) -> str:
    """Return a text without white space: pages broke lines anywhere."""
    return re.sub(r"\s", "", text)


def source(file: TargetFile) -> str:
    return (DOCUMENTS / f"{file.id}.txt").read_text(encoding="utf-8")


def of(year: int, **wanted: object) -> list[Target]:
    found = [t for t in shipped_targets() if t.year == year]
    return [t for t in found if all(getattr(t, k) == v for k, v in wanted.items())]


def test_how_many_targets_each_document_sets() -> None:
    counted = {file.number: len(file.targets()) for file in FILES.values()}
    assert counted == {
        "郑政文〔2016〕57号": 16,
        "郑政〔2017〕26号": 52,
        "郑政办〔2019〕32号": 21,
        "郑政办〔2020〕19号": 132,
    }
    assert len(shipped_targets()) == sum(counted.values())
    assert {path.stem for path in DOCUMENTS.glob("*.txt")} == set(FILES)


@pytest.mark.parametrize("file", FILES.values(), ids=lambda f: f.id)
def test_every_quote_stands_in_its_document(file: TargetFile) -> None:
    text = bare(source(file))
    assert bare(file.number) in text
    assert bare(file.title) in text
    for target in file.targets():
        assert bare(target.quote) in text
        assert file.number in target.document


@pytest.mark.parametrize("file", FILES.values(), ids=lambda f: f.id)
def test_every_quote_stands_under_the_heading_it_names(file: TargetFile) -> None:
    text = re.sub(r"[ \t　]", "", source(file))
    for passage in file.passages:
        start = _place_of(passage.quote, text)
        before = text[: start + 4]
        chapter = re.findall(r"(?m)^[#*]*([一二三四五])、", before)[-1]
        assert passage.place.startswith(f"{chapter}、"), passage.quote
        section = re.search(r"（([一二三四五六七八])）", passage.place)
        tail = before[before.rindex(f"{chapter}、") :]
        sections = re.findall(r"(?m)^[#*]*[（(]([一二三四五六七八])[）)]", tail)
        assert not section or sections[-1] == section[1], passage.quote
        number = re.search(r"）(\d+)", passage.place)
        numbers = re.findall(r"(?m)^[#*]*(\d{1,2})\.(?!\d)", tail)
        assert not number or numbers[-1] == number[1], passage.quote


def _place_of(quote: str, text: str) -> int:
    pattern = r"\n*".join(re.escape(char) for char in bare(quote))
    found = re.search(pattern, text)
    assert found, quote
    return found.start()


def test_star_targets_of_2017_and_2019() -> None:
    assert {t.zone: t.value for t in of(2017, kind="star")} == STARS_2017
    assert [(t.zone, t.value) for t in of(2019, kind="star")] == [("郑州市白沙产业集聚区", 2)]
    assert {t.place for t in of(2017, kind="star")} == {"二、发展目标"}


def test_sixteen_districts_by_four_targets_of_2020() -> None:
    rows = of(2020, scope="district")
    assert len(rows) == 64
    zones = list(dict.fromkeys(t.zone for t in rows))
    assert len(zones) == 16
    table = {zone: [t.value for t in rows if t.zone == zone] for zone in zones}
    assert table["巩义市"] == [0.075, 0.09, 40, 0.12]
    assert table["郑州航空港区"] == [0.1, 0.1, 30, 0.15]
    assert table["郑东新区"] == [0.05, 0.03, 2, 0.1]
    wanted = [re.split(r"\t", line) for line in source(FILES["zhengzhou-2020-manufacturing"])
              .splitlines() if line.count("\t") == 4][1:]  # fmt: skip
    printed = [[t.printed.rstrip("%户") for t in rows if t.zone == zone] for zone in zones]
    assert [[zone, *cells] for zone, cells in zip(zones, printed, strict=True)] == wanted


def test_headline_figures() -> None:
    def figures(year: int, indicator: str, scope: str) -> list[tuple[str, float]]:
        return [(t.zone, t.value) for t in of(year, indicator=indicator, scope=scope)]

    all_zones = "全市产业集聚区"
    assert figures(2017, "fixed_asset_investment", "zones") == [(all_zones, 28_000_000)]
    assert figures(2017, "above_scale_value_added", "zones") == [(all_zones, 16_000_000)]
    assert figures(2017, "above_scale_revenue", "zones") == [(all_zones, 85_000_000)]
    assert figures(2017, "fixed_asset_investment_growth", "zones") == [
        (all_zones, 0.13), ("省级产业集聚区", 0.14)]  # fmt: skip
    assert figures(2017, "rd_to_value_added", "zones") == [(all_zones, 0.025)]
    assert figures(2019, "value_added_per_built_mu", "zones") == [(all_zones, 48)]
    assert figures(2019, "labor_productivity", "zones") == [(all_zones, 35)]
    assert figures(2019, "sewage_treatment_rate", "zones") == [(all_zones, 1)]
    assert figures(2019, "solid_waste_treatment_rate", "zones") == [(all_zones, 1)]
    assert figures(2020, "above_scale_value_added_growth", "city") == [("郑州市", 0.07)]
    assert figures(2020, "industrial_investment", "city") == [("郑州市", 7_000_000)]
    assert figures(2020, "social_rd_intensity", "city") == [("郑州市", 0.021)]
    (high_tech,) = of(2019, indicator="high_tech_value_added_growth")
    assert (high_tech.value, high_tech.above) == (0.02, "全市规模以上工业增加值增速")
    (hungry,) = of(2020, indicator="energy_hungry_share")
    assert (hungry.bound, hungry.value, hungry.words) == ("at_most", 0.3, "30%左右")


def test_two_figures_of_one_document_are_both_kept() -> None:
    both = of(2017, indicator="employees")
    assert [t.value for t in both] == [920_000, 900_000]
    assert len({t.document for t in both}) == 1
    assert [t.place[:2] for t in both] == ["二、", "三、"]
    assert all(t.note for t in both)


def test_the_signing_targets_of_2016_name_each_place() -> None:
    signed = of(2016, scope="district", indicator="new_signed_projects")
    assert [t.zone for t in signed] == [
        "郑东新区", "郑州经济开发区", "郑州高新区", "郑州航空港经济综合实验区"]  # fmt: skip
    assert {t.value for t in signed} == {20}


def test_a_growth_adds_up_to_nothing_and_an_amount_does() -> None:
    invested = measure("fixed_asset_investment")
    assert invested is not None
    assert invested.accumulates
    for key in ("employees", "built_area", "value_added_per_built_mu", "cumulative_investment"):
        found = measure(key)
        assert found is not None
        assert not found.accumulates, key
    assert not any(t.accumulates for t in shipped_targets() if t.kind != "total")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 2800,", "value = 2900,", "引文中没有“2900”这个数"),
        ('zone = "航空港产业集聚区"', 'zone = "港区"', "引文中没有“港区”"),
        ('indicator = "employees"', 'indicator = "workers"', "不认识指标“workers”"),
        ('value = 92, unit = "万人"', 'value = 92, unit = "亩"', "单位“亩”不能换算成“人”"),
        ('indicator = "star", value = 6', 'indicator = "star", value = 5', "“5”这个数"),
        ('unit = "%", about', 'unit = "%", abuot', "不认识“abuot”这一项"),
    ],
)
def test_a_fault_of_a_target_file_is_named(old: str, new: str, said: str) -> None:
    text = load_targets("zhengzhou-2017-zones").text
    assert old in text
    with pytest.raises(PolicyError, match=re.escape(said)) as caught:
        parse_targets(text.replace(old, new, 1), "试")
    assert "passages[" in str(caught.value)
    assert "第 " in str(caught.value)


def test_a_row_too_short_is_a_fault() -> None:
    text = load_targets("zhengzhou-2020-manufacturing").text
    assert "[7.5, 9, 20, 10]" in text
    with pytest.raises(PolicyError, match="数值个数与列数不一致"):
        parse_targets(text.replace("[7.5, 9, 20, 10]", "[7.5, 9, 20]"))


def test_a_file_of_the_office_is_read_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "目标.toml"
    text = load_targets("zhengzhou-2019-zones").text
    path.write_text(text, encoding="utf-8")
    assert load_targets(path).targets() == FILES["zhengzhou-2019-zones"].targets()


def test_the_growth_of_every_district_in_2020_has_a_slot_for_its_actual_figure() -> None:
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    of_districts = [t for t in shipped_targets() if t.indicator.startswith("manufacturing_value")]
    assert len(of_districts) == 17
    assert {t.indicator for t in of_districts} <= set(ZONE_INDICATORS)
