"""`score`: the published formula, the contract's JSON, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import good, refused
from tests.helpers.departments import code, save_book
from tests.helpers.workbooks import Opened

HEADINGS = {
    "tax_per_mu": "亩均税收（万元/亩）",
    "value_added_per_mu": "亩均增加值（万元/亩）",
    "value_added_per_tce": "单位能耗增加值（万元/吨标准煤）",
    "value_added_per_emission": "单位排放增加值（万元/吨）",
    "labor_productivity": "全员劳动生产率（万元/人）",
    "rd_intensity": "R&D投入强度",
}
WORKED = [30, 150, 3, 5000, 20, 0.035]
BASELINES = [24.097, 136.16, 2.694, 4929.81, 18.14, 0.0302]


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def make(*rows: list[Any], headings: list[str] | None = None, name: str = "表.xlsx") -> Path:
        top = headings or ["统一社会信用代码", "企业名称", *HEADINGS.values()]
        return save_book(tmp_path / name, {"表": [top, *rows]})

    return make


def test_the_published_formula(table: Callable[..., Path]) -> None:
    path = table([code(1), "样例甲", *WORKED], [code(2), "样例乙", *BASELINES])
    found = good("score", path, "--policy", "huangyan-2022", "--json").document
    first, second = found["enterprises"]
    assert first["composite_score"] == pytest.approx(114.410806, abs=5e-7)
    assert second["composite_score"] == 100
    assert [first["rank"], second["rank"]] == [1, 2]
    assert [first["grade"], second["grade"]] == [None, None]


def test_json_has_the_contracts_shape(table: Callable[..., Path]) -> None:
    path = table([code(2), "样例乙", *BASELINES], [code(1), "样例甲", *WORKED])
    found = good("score", path, "--policy", "huangyan-2022", "--json").document
    assert list(found) == ["policy", "assumptions", "warnings", "counts", "enterprises"]
    assert list(found["policy"]) == ["id", "fingerprint", "status", "missing"]
    assert found["policy"]["status"] == "partial"
    assert set(found["counts"].values()) == {0}
    assert [e["uscc"] for e in found["enterprises"]] == [code(2), code(1)]
    assert list(found["enterprises"][0]) == [
        "uscc", "name", "zone", "track", "group", "participation", "reasons",
        "indicator_values", "indicator_scores", "bonus", "penalty", "composite_score", "rank",
        "computed_grade", "grade",
    ]  # fmt: skip
    assert set(found["enterprises"][0]["indicator_values"]) == set(HEADINGS)


def test_counts_name_every_class_of_the_policy(table: Callable[..., Path]) -> None:
    headings = [
        "统一社会信用代码",
        "企业名称",
        "亩均税收（万元/亩）",
        "单位能耗总产值（万元/吨标准煤）",
    ]
    path = table(*([code(i), f"样例{i}", i, i] for i in range(1, 11)), headings=headings)
    found = good("score", path, "--policy", "zhengzhou-2018", "--year", "2024", "--json").document
    assert found["counts"] == {"A": 2, "B": 7, "C": 1}
    one = table([code(1), "样例1", 1, 1], headings=headings)
    found = good("score", one, "--policy", "zhengzhou-2018", "--year", "2024", "--json").document
    assert list(found["counts"]) == ["A", "B", "C"]
    assert sum(found["counts"].values()) == 1


def test_missing_columns_become_assumptions(table: Callable[..., Path]) -> None:
    path = table([code(1), "样例甲", *WORKED])
    found = good("score", path, "--policy", "huangyan-2022", "--json").document
    assert found["assumptions"]
    assert found["enterprises"][0]["participation"] == "evaluated"


def test_a_wrong_check_digit_is_a_warning(table: Callable[..., Path]) -> None:
    path = table([code(1)[:-1] + "?", "样例甲", *WORKED])
    found = good("score", path, "--policy", "huangyan-2022", "--json").document
    assert "第 2 行 A 列" in found["warnings"][0]


def test_text_output_shows_counts_and_ranking(table: Callable[..., Path]) -> None:
    answer = good("score", table([code(1), "样例甲", *WORKED]), "--policy", "huangyan-2022")
    assert "共 1 家企业：参评 1 家" in answer.out
    assert "不定类别" in answer.out
    assert "114.4108" in answer.out
    assert "样例甲" in answer.out


def test_the_results_workbook(table: Callable[..., Path], tmp_path: Path) -> None:
    path = table([code(1), "样例甲", *WORKED])
    out = tmp_path / "新文件夹" / "结果.xlsx"
    answer = good("score", path, "--policy", "huangyan-2022", "-o", out)
    assert str(out) in answer.out
    (row,) = Opened(out).table("全部企业")
    assert row["企业名称"] == "样例甲"
    assert row["综合得分"] == pytest.approx(114.410806, abs=5e-7)


def test_a_policy_file_scores_as_the_pack_does(table: Callable[..., Path], tmp_path: Path) -> None:
    file = tmp_path / "办法.toml"
    file.write_text(good("policy", "show", "huangyan-2022").out, encoding="utf-8")
    path = table([code(1), "样例甲", *WORKED])
    (found,) = good("score", path, "--policy", file, "--json").document["enterprises"]
    assert found["composite_score"] == pytest.approx(114.410806, abs=5e-7)


def test_previous_year_benchmarks(table: Callable[..., Path]) -> None:
    headings = ["统一社会信用代码", "企业名称", "规模", "亩均税收（万元/亩）", "用地面积（亩）"]
    now = table([code(1), "样例甲", "规上", 10, 20], headings=headings)
    answer = refused("score", now, "--policy", "huaian-2024", "--year", "2024", "--json")
    assert "上一年" in answer.document["error"]
    raw = ["统一社会信用代码", "企业名称", "规模", "税收实际贡献（万元）", "用地面积（亩）"]
    before = table([code(1), "样例甲", "规上", 100, 20], headings=raw, name="上年.xlsx")
    now = table([code(1), "样例甲", "规上", 200, 20], headings=raw)
    words = ("score", now, "--policy", "huaian-2024", "--year", "2024", "--previous", before)
    (found,) = good(*words, "--json").document["enterprises"]
    assert found["indicator_values"]["tax_per_mu"] == 10


def test_fields(table: Callable[..., Path]) -> None:
    found = good("score", "--fields", "--json").document
    assert {
        "field": "land_area",
        "label": "用地面积",
        "unit": "亩",
        "heading": "用地面积（亩）",
    } in found
    headings = [field["heading"] for field in found]
    assert len(headings) == len(set(headings))
    assert set(HEADINGS.values()) <= set(headings)
    assert "用地面积（亩）" in good("score", "--fields").out


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (2, "三十", "第 3 行 C 列"),
        (2, "#DIV/0!", "第 3 行 C 列"),
        (0, code(1), "第 3 行 A 列"),
    ],
)
def test_bad_cells_are_refused_with_their_place(
    table: Callable[..., Path], tmp_path: Path, column: int, value: object, sentence: str
) -> None:
    row = [code(2), "样例乙", *BASELINES]
    row[column] = value
    path = table([code(1), "样例甲", *WORKED], row)
    out = tmp_path / "结果.xlsx"
    answer = refused("score", path, "--policy", "huangyan-2022", "--json", "-o", out)
    assert "工作表“表”" in answer.err
    assert sentence in answer.err
    assert not out.exists()
    (issue,) = [i for i in answer.document["issues"] if i["severity"] == "blocking"]
    assert (issue["row"], issue["sheet"]) == (3, "表")


def test_the_result_never_replaces_the_table(table: Callable[..., Path]) -> None:
    path = table([code(1), "样例甲", *WORKED])
    before = path.read_bytes()
    refused("score", path, "--policy", "huangyan-2022", "-o", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "缺少 TABLE"),
        (["没有.xlsx"], "缺少 --policy"),
        (["没有.xlsx", "--policy", "huangyan-2022"], "找不到文件"),
        (["没有.xlsx", "--policy", "不存在"], "没有名为“不存在”的办法"),
        (["没有.xlsx", "--policy", "不存在.toml"], "找不到办法文件"),
        ([".", "--policy", "huangyan-2022"], "文件夹"),
        (["没有.xlsx", "--policy", "huangyan-2022", "--year", "今年"], "不是年度"),
    ],
)
def test_wrong_words_are_refused(words: list[str], sentence: str) -> None:
    answer = refused("score", *words, "--json")
    assert sentence in answer.err
    assert sentence in answer.document["error"]
