"""Files of decisions about columns, flat or exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from zoneeval.errors import InputError
from zoneeval.intake.mapping import (
    Choice,
    Layout,
    columns_json,
    columns_of,
    layouts_text,
    read_decisions,
)
from zoneeval.intake.signature import signature_of, slots_of

LAYOUT = Layout(
    "0123456789abcdef",
    "税务",
    {"代号": Choice("uscc"), "数(元)": Choice("tax_paid", "元"), "x": Choice("")},
)


@pytest.mark.parametrize("suffix", [".json", ".toml"])
def test_exported_layouts_are_read_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"对应{suffix}"
    path.write_text(layouts_text([LAYOUT], suffix), "utf-8")
    assert read_decisions(path).layouts == {LAYOUT.signature: LAYOUT}
    assert columns_of(columns_json(LAYOUT.columns)) == LAYOUT.columns


def test_flat_files_take_labels_units_and_blanks(tmp_path: Path) -> None:
    path = tmp_path / "对应.toml"
    path.write_text(
        '"甲" = "税收实际贡献"\n"乙" = ""\n"丙" = { field = "energy_use", unit = "吨标准煤" }\n'
        '"丁" = "energy_raw_coal"\n',
        "utf-8",
    )
    assert read_decisions(path).headings == {
        "甲": Choice("tax_paid"),
        "乙": Choice(""),
        "丙": Choice("energy_use", "吨标准煤"),
        "丁": Choice("energy_raw_coal"),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('"甲" = { field = "tax_paid", unit = "吨" }', "不是同一类量"),
        ('"甲" = { field = "tax_paid", unit = "贝" }', "不认识"),
        ('"甲" = { field = "name", unit = "元" }', "没有单位"),
        ('[[layouts]]\nsignature = "a"', "columns"),
        ('"甲" = "nothing"', "不是已有的字段"),
    ],
)
def test_bad_files_get_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "对应.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=sentence):
        read_decisions(path)


def test_a_layout_is_the_same_in_any_order_of_any_year() -> None:
    one = slots_of(["信用代码", "2023年 利润（万元）", "面积", "面积"])
    other = slots_of(["面积", "信用代码", "面积", "2024年利润(万元)"])
    assert signature_of(one) == signature_of(other)
    assert one[3] == "面积#2"
    assert signature_of(one) != signature_of(slots_of(["信用代码", "利润（万元）", "面积"]))
