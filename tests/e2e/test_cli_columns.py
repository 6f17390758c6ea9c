"""`inspect`, `mapping` and `factors` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from tests.helpers.departments import code, save_book
from zoneeval_db import operations


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Return a workbook with one doubtful column."""
    rows = [
        ["单位：元"],
        ["统一社会信用代码", "企业名称", "税收实际贡献额"],
        [code(1), "样例1", 30000],
        [code(2), "样例2", 40000],
    ]
    return save_book(tmp_path / "税.xlsx", {"税": rows})


def test_inspect_shows_columns_confidence_and_first_rows(odd: Path) -> None:
    (file,) = good("inspect", odd, "--json").document["files"]
    (sheet,) = file["sheets"]
    assert (sheet["header_rows"], sheet["rows_read"]) == ([2], 2)
    assert sheet["first_rows"][0] == [code(1), "样例1", "30000"]
    first, _, last = sheet["columns"]
    assert (first["field"], first["confidence"], first["column"]) == ("uscc", 1.0, "A")
    assert (last["field"], last["suggestion"]) == (None, "tax_paid")
    assert 0.8 < last["confidence"] < 0.95
    text = good("inspect", odd).out
    assert "？税收实际贡献" in text
    assert "30000" in text


def test_inspect_refuses_what_is_no_workbook(tmp_path: Path) -> None:
    (broken := tmp_path / "说明.xlsx").write_text("not a workbook")
    assert "说明.xlsx" in refused("inspect", broken).err
    assert "找不到" in refused("inspect", tmp_path / "没有.xlsx", "--json").err


def test_an_exported_mapping_decides_and_is_remembered(
    odd: Path, empty_workspace: Path, tmp_path: Path
) -> None:
    (sheet,) = good("inspect", odd, "--json").document["files"][0]["sheets"]
    exchange = tmp_path / "对应.toml"
    exchange.write_text(
        f'[[layouts]]\nsignature = "{sheet["signature"]}"\ndepartment = "税务"\n'
        'columns = [{ heading = "税收实际贡献额", field = "tax_paid", unit = "元" }]\n',
        "utf-8",
    )
    words = ("import", odd, "--into", empty_workspace, "--year", "2024", "--zone", "东园")
    good(*words, "--mapping", exchange)
    found = good("data", empty_workspace, "--year", "2024", "--json").document["enterprises"]
    assert [e["values"]["tax_paid"]["value"] for e in found] == [3, 4]
    (layout,) = good("mapping", "list", empty_workspace, "--json").document["layouts"]
    assert layout["columns"] == [{"heading": "税收实际贡献额", "field": "tax_paid", "unit": "元"}]
    (sheet,) = good("inspect", odd, "--into", empty_workspace, "--json").document["files"][0][
        "sheets"
    ]
    assert sheet["columns"][2]["field"] == "tax_paid"
    out = tmp_path / "出.json"
    good("mapping", "export", empty_workspace, "-o", out)
    other = tmp_path / "另.zoneeval"
    operations.create(other).close()
    assert "1 个版式" in good("mapping", "import", other, out).out
    good("mapping", "forget", other, layout["signature"])
    assert "0 个版式" in good("mapping", "list", other).out


def test_factors_are_shown_with_confidence_and_can_be_entered(empty_workspace: Path) -> None:
    document = good("factors", "--json").document
    assert document["basis"] == "当量值"
    gas = next(f for f in document["factors"] if f["kind"] == "energy_natural_gas")
    assert (gas["kgce"], gas["low"], gas["high"]) == (None, 1.1, 1.33)
    assert "须录入" in good("factors").out
    words = ("factors", empty_workspace, "--set", "energy_electricity:等价值", "千瓦时")
    good(*words, "0.31", "示意〔2024〕1 号", "--basis", "等价值")
    document = good("factors", empty_workspace, "--json").document
    power = next(f for f in document["factors"] if f["basis"] == "等价值")
    assert (document["basis"], power["kgce"], power["confidence"]) == ("等价值", 0.31, "entered")
    assert "应是数字" in refused(*words, "三", "示意").err
    assert "工作文件" in refused("factors", "--basis", "等价值").err
