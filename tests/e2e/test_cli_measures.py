"""`measures`: tables listed, checked and saved, money reckoned and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.engine.test_estimate import TEXT
from tests.helpers.command import good, refused
from tests.helpers.workbooks import Opened


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the file of an own tariff."""
    path = tmp_path / "方案.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_shipped_tables_and_their_text() -> None:
    assert "未见河南省或郑州市" in good("measures", "list").out
    heads = {head["id"]: head for head in good("measures", "list", "--json").document}
    assert (heads["henan"]["rates"], heads["shandong-2022"]["rates"]) == (0, 3)
    assert heads["henan"]["empty_reason"]
    assert "jinan-2022" in good("measures", "show", "shandong-2022").out
    assert len(good("measures", "show", "shandong-2022", "--json").document["rates"]) == 3
    assert "没有名为“x”的价格表" in refused("measures", "show", "x").err


def test_own_tables_are_checked_saved_used_and_deleted(workspace: Path, own: Path) -> None:
    assert good("measures", "check", own, "--json").document == {"ok": True, "faults": []}
    foreign = own.with_name("外来.toml")
    foreign.write_bytes(TEXT.encode("gb18030"))
    assert "UTF-8" in refused("measures", "check", foreign).err
    assert "不是 UTF-8" in refused("measures", "save", foreign, "--into", workspace).err
    saved = good("measures", "save", own, "--into", workspace, "--note", "初稿", "--json").document
    assert saved == {"id": "own", "version": 1, "title": "示意价格表"}
    (head,) = [
        head
        for head in good("measures", "list", "--workspace", workspace, "--json").document
        if head["id"] == "own"
    ]
    assert head["version"] == 1
    good("measures", "show", "own@1", "--workspace", workspace)
    good("measures", "delete", "own", "--from", workspace)
    refused("measures", "estimate", workspace, "--tariff", "own")
    own.write_text(TEXT.replace("元/千瓦时", "元/斤"), encoding="utf-8")
    answer = refused("measures", "check", own, "--json")
    assert [fault["key"] for fault in answer.document["faults"]] == ["rates[1].unit"]
    assert "元/斤" in answer.err or "斤" in answer.err


def test_money_is_reckoned_and_written(workspace: Path, own: Path, tmp_path: Path) -> None:
    out = tmp_path / "测算.xlsx"
    words = ("measures", "estimate", workspace, "--tariff", own)
    document = good(*words, "--json").document
    (power,) = [total for total in document["totals"] if total["kind"] == "用电"]
    lines = [line for line in document["enterprises"] if line["kind"] == "用电"]
    assert document["unit"] == "万元"
    assert power["amount"] == pytest.approx(sum(line["amount"] for line in lines))
    assert all(line["amount"] == pytest.approx(line["use"] * 0.1) for line in lines)
    assert {line["amount"] for line in document["enterprises"] if line["state"] == "unknown"} == {
        None
    }
    answer = good(*words, "-o", out)
    assert str(out) in answer.out
    assert "示意数值" in answer.err
    assert "没有计入合计" in answer.err
    assert Opened(out).names == ["汇总", "明细", "无法估算", "说明"]
    refused(*words, "--on", "明天")


def test_two_proposals(workspace: Path, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "方案二.toml"
    other.write_text(TEXT.replace("amount = 0.1", "amount = 0.2"), encoding="utf-8")
    document = good("measures", "compare", workspace, own, other, "--json").document
    (power,) = [total for total in document["totals"] if total["kind"] == "用电"]
    assert power["difference"] == pytest.approx(power["before"])
    assert "B 比 A 多" in good("measures", "compare", workspace, own, other).out
    assert "不能比较" in refused("measures", "compare", workspace, "henan", own).err


def test_other_surcharges(workspace: Path, own: Path) -> None:
    words = ("measures", "estimate", workspace, "--tariff", own, "--json")
    lines = [line for line in good(*words).document["enterprises"] if line["kind"] == "用电"]
    uscc = lines[0]["uscc"]
    add = ("measures", "surcharge", "add", workspace, uscc, "--utility", "供电", "--kind")
    rest = ("--rate", "0.5", "--unit", "元/千瓦时", "--document", "某文")
    assert "编号 1" in good(*add, "惩罚性电价", *rest).out
    (held,) = good("measures", "surcharge", "list", workspace, "--json").document
    assert (held["uscc"], held["rate"], held["valid_to"]) == (uscc, 0.5, None)
    assert "惩罚性电价" in good("measures", "surcharge", "list", workspace).out
    found = {
        line["uscc"]: line["state"]
        for line in good(*words).document["enterprises"]
        if line["kind"] == "用电"
    }
    assert found[uscc] == "higher"
    refused(*add, "惩罚性电价", "--rate", "0.5", "--unit", "元", "--document", "某文")
    good("measures", "surcharge", "remove", workspace, 1)
    assert good("measures", "surcharge", "list", workspace, "--json").document == []


def test_what_is_not_known_is_null_in_json(workspace: Path, own: Path) -> None:
    lines = good("measures", "estimate", workspace, "--tariff", own, "--json").document[
        "enterprises"
    ]
    unknown = [line for line in lines if line["state"] == "unknown"]
    assert unknown
    assert {(line["use_source"], line["displaced"]) for line in unknown} == {(None, None)}
    assert "" not in {value for line in lines for value in line.values()}


def test_an_unknown_table_is_refused_with_the_own_ones_named(workspace: Path, own: Path) -> None:
    good("measures", "save", own, "--into", workspace)
    words = refused("measures", "estimate", workspace, "--tariff", "nope").err
    assert "henan、shandong-2022" in words
    assert "本工作文件中的 own" in words
