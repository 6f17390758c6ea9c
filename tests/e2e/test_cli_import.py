"""`new`, `import`, `data`: what goes in, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import good, refused, zoneeval
from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book

Make = Callable[[Path], Path]
TAX = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）"]
LAND = ["统一社会信用代码", "企业名称", "用地面积（亩）"]


def _book(name: str, sheet: str, *rows: list[Any]) -> Make:
    return lambda folder: save_book(folder / name, {sheet: rows})


def _not_a_workbook(folder: Path) -> Path:
    path = folder / "税务局.xlsx"
    path.write_text("这不是工作簿", encoding="utf-8")
    return path


def test_new_makes_an_empty_workspace_and_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "园区.zoneeval"
    assert str(path) in good("new", path).out
    before = path.read_bytes()
    assert "已经存在" in refused("new", path).err
    assert path.read_bytes() == before
    assert "不存在" in refused("new", tmp_path / "没有" / "园区.zoneeval").err


def test_import_stores_values_with_their_cells(empty_workspace: Path, tmp_path: Path) -> None:
    book = save_book(
        tmp_path / "名录.xlsx",
        {
            "名录": [DIRECTORY_HEADINGS, listed(1), listed(2)],
            "税收": [["统一社会信用代码", "实缴税金（元）"], [code(1), 1_234_500], [code(2), None]],
        },
    )
    found = good("import", book, "--into", empty_workspace, "--year", "2024", "--json").document
    assert {"files", "accepted", "rejected", "set_aside", "issues"} <= set(found)
    assert (found["accepted"], found["rejected"], found["set_aside"]) == (4, 0, [])
    sheets = {sheet["name"]: sheet for sheet in found["files"][0]["sheets"]}
    assert sheets["名录"]["header_rows"] == [1]
    tax = next(c for c in sheets["税收"]["columns"] if c["field"] == "tax_paid")
    assert (tax["heading"], tax["unit"]) == ("实缴税金（元）", "元")
    assert any("口径" in issue["message"] for issue in found["issues"])

    stored = good("data", empty_workspace, "--year", "2024", "--json").document["enterprises"]
    assert [(e["uscc"], e["zone"]) for e in stored] == [(code(1), "东园"), (code(2), "东园")]
    assert stored[0]["values"]["tax_paid"] == {
        "value": 123.45,
        "unit": "万元",
        "source": {"file": "名录.xlsx", "sheet": "税收", "row": 2, "column": "B"},
    }
    assert "tax_paid" not in stored[1]["values"]


def test_the_zone_option_creates_the_zone(empty_workspace: Path, tmp_path: Path) -> None:
    book = save_book(tmp_path / "税.xlsx", {"税": [TAX, [code(1), "样例1", 5]]})
    words = ("import", book, "--into", empty_workspace, "--year", "2024", "--zone", "南园")
    found = good(*words, "--json").document
    assert [i["code"] for i in found["issues"] if i["row"] == 2] == ["new-enterprise"]
    (stored,) = good(
        "data", empty_workspace, "--year", "2024", "--zone", "南园", "--json"
    ).document["enterprises"]
    assert stored["zone"] == "南园"


def test_a_dry_run_stores_nothing(empty_workspace: Path, tmp_path: Path) -> None:
    book = save_book(tmp_path / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, listed(1)]})
    before = empty_workspace.read_bytes()
    answer = good("import", book, "--into", empty_workspace, "--year", "2024", "--dry-run")
    assert "没有存入" in answer.out
    assert empty_workspace.read_bytes() == before


@pytest.mark.parametrize("suffix", [".json", ".toml"])
def test_a_mapping_names_a_strange_column(
    empty_workspace: Path, tmp_path: Path, suffix: str
) -> None:
    rows = [["统一社会信用代码", "企业名称", "今年那个数"], [code(1), "样例1", 7]]
    book = save_book(tmp_path / "税.xlsx", {"税": rows})
    mapping = tmp_path / f"对应{suffix}"
    text = '{"今年那个数": "税收实际贡献"}' if suffix == ".json" else '"今年那个数" = "tax_paid"'
    mapping.write_text(text, encoding="utf-8")
    words = ("import", book, "--into", empty_workspace, "--year", "2024")
    good(*words, "--zone", "东园", "--mapping", mapping)
    (stored,) = good("data", empty_workspace, "--year", "2024", "--json").document["enterprises"]
    assert stored["values"]["tax_paid"]["value"] == 7


@pytest.mark.parametrize(
    ("text", "sentence"),
    [('"列" = "没有的字段"', "不是已有的字段"), ("列 =", "写法不对"), ('"列" = 3', "不是文字")],
)
def test_a_bad_mapping_is_refused(
    empty_workspace: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    mapping = tmp_path / "对应.toml"
    mapping.write_text(text, encoding="utf-8")
    words = ("import", "x.xlsx", "--into", empty_workspace, "--year", "2024", "--mapping", mapping)
    assert sentence in refused(*words).err
    assert "找不到" in refused(*words[:-1], tmp_path / "没有.toml").err


BAD: dict[str, tuple[Make, str]] = {
    "not-a-workbook": (_not_a_workbook, "税务局.xlsx"),
    "missing": (lambda folder: folder / "没有.xlsx", "没有.xlsx"),
    "a-folder": (lambda folder: folder, "文件夹"),
    "without-columns": (
        _book("税务局.xlsx", "税收", ["项目", "备注"], ["甲", "乙"]),
        "没有可识别",
    ),
    "without-code": (
        _book("税务局.xlsx", "税收", ["企业名称", "税收实际贡献（万元）"], ["样例1", 5]),
        "工作表“税收”：该表缺少必需的列“统一社会信用代码”",
    ),
    "duplicate": (
        _book("税务局.xlsx", "税收", TAX, [code(1), "样例1", 5], [code(1), "样例1", 6]),
        "工作表“税收” 第 3 行",
    ),
    "text-in-number": (
        _book("税务局.xlsx", "税收", TAX, [code(1), "样例1", "约五万"]),
        "工作表“税收” 第 2 行 C 列",
    ),
    "zero-land": (
        _book("自然资源局.xlsx", "用地", LAND, [code(1), "样例1", 0]),
        "工作表“用地” 第 2 行 C 列",
    ),
    "wrong-check-digit": (
        _book("税务局.xlsx", "税收", TAX, ["91419900MA0000001A", "样例1", 5]),
        "工作表“税收” 第 2 行 A 列",
    ),
    "digits-lost": (
        _book("税务局.xlsx", "税收", TAX, [914199001234567890, "样例1", 5]),
        "工作表“税收” 第 2 行 A 列",
    ),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("as_json", [False, True])
def test_bad_input_has_its_sentence_and_changes_nothing(
    name: str, as_json: bool, workspace: Path, tmp_path: Path
) -> None:
    make, sentence = BAD[name]
    before = workspace.read_bytes()
    words = ["import", make(tmp_path), "--into", workspace, "--year", "2024", "--zone", "东园"]
    answer = refused(*words, *(["--json"] if as_json else []))
    assert sentence in answer.err
    assert workspace.read_bytes() == before
    if as_json:
        found = answer.document
        assert found["committed"] is False
        assert "blocking" in [issue["severity"] for issue in found["issues"]]


def test_every_fault_is_told_in_one_pass(empty_workspace: Path, tmp_path: Path) -> None:
    rows = [TAX, [code(1), "样例1", "甲"], [code(2), "样例2", "乙"], [code(3), "样例3", 3]]
    book = save_book(tmp_path / "税务局2.xlsx", {"税收": rows})
    words = ("import", book, _not_a_workbook(tmp_path), "--into", empty_workspace)
    answer = refused(*words, "--year", "2024", "--zone", "东园")
    for place in ("第 2 行 C 列", "第 3 行 C 列", "税务局.xlsx"):
        assert place in answer.err


def test_set_aside_keeps_the_rest(empty_workspace: Path, tmp_path: Path) -> None:
    rows = [TAX, [code(1), "样例1", "甲"], [code(2), "样例2", 2]]
    book = save_book(tmp_path / "税务局.xlsx", {"税收": rows})
    words = ("import", book, "--into", empty_workspace, "--year", "2024", "--zone", "东园")
    found = good(*words, "--set-aside", "--json").document
    assert found["set_aside"] == ["样例1"]
    assert (found["accepted"], found["rejected"]) == (1, 1)
    stored = good("data", empty_workspace, "--year", "2024", "--json").document["enterprises"]
    assert [e["uscc"] for e in stored] == [code(2)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--year", "1024"], "不是年度"),
        (["--year"], "缺少取值"),
        ([], "缺少 --year"),
    ],
)
def test_import_needs_a_year(workspace: Path, words: list[str], sentence: str) -> None:
    assert sentence in refused("import", "x.xlsx", "--into", workspace, *words).err


def test_import_into_what_is_no_workspace(tmp_path: Path) -> None:
    book = save_book(tmp_path / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, listed(1)]})
    words = ("import", book, "--year", "2024", "--into")
    assert "没有找到" in refused(*words, tmp_path / "没有.zoneeval").err
    assert "不是本程序的工作文件" in refused(*words, book).err
    refused(*words, tmp_path)


def test_data_of_a_year_or_zone_that_is_not_there(
    demo_workspace: Path, empty_workspace: Path
) -> None:
    answer = refused("data", demo_workspace, "--year", "2011", "--json")
    assert "2023、2024" in answer.document["error"]
    assert (
        "没有园区“某园”" in refused("data", demo_workspace, "--year", "2024", "--zone", "某园").err
    )
    assert "请先导入" in refused("data", empty_workspace, "--year", "2024").err


def test_text_output_of_import_and_data(empty_workspace: Path, tmp_path: Path) -> None:
    book = save_book(tmp_path / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, listed(1)]})
    answer = good("import", book, "--into", empty_workspace, "--year", "2024")
    assert "可用 1 行" in answer.out
    assert "已存入" in answer.out
    assert code(1) in good("data", empty_workspace, "--year", "2024").out


def test_one_json_document_even_when_refused(tmp_path: Path) -> None:
    answer = zoneeval("import", "x.xlsx", "--into", tmp_path / "没有.zoneeval", "--json")
    assert answer.code == 2
    assert set(json.loads(answer.out)) == {"error", "issues"}
