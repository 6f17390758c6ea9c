from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.workbooks import Opened
from zoneeval.model.utility_list import (
    IssuedList,
    LineChange,
    ListChanges,
    ListLine,
    SharedLine,
    UtilityList,
    Withdrawal,
)
from zoneeval.policy.loader import load_tariff, parse_tariff
from zoneeval.policy.schema import Policy
from zoneeval.progress import Cancelled
from zoneeval.report import RunHeader, write_pricing

LINE = ListLine(
    account="0041000123456789012",
    account_name="示例企业一车间",
    uscc="91410000DEMO000002",
    enterprise="示例企业有限公司",
    zone="东湾园区",
    grade="C",
    years=1,
    kind="用电",
    direction="surcharge",
    rate=None,
    unit="",
    starts="",
    ends="",
    document="",
    state="pending",
)
PRICED = replace(
    LINE, rate=0.1, unit="元/千瓦时", starts="2025-01-01", document="某文", state="charged"
)
TARIFF = """
schema = 1
id = "test-tariff"
title = "测试价格表"
issuer = "测试"
year = 2024
status = "illustrative"
utilities = ["供电"]
[[citations]]
id = "x"
title = "测试文件"
[[rates]]
utility = "供电"
grade = "C"
amount = 0.1
unit = "元/千瓦时"
cite = "x"
illustrative = true
"""
CHANGES = ListChanges(
    3,
    "旧文〔2024〕1号",
    (
        LineChange("added", None, PRICED, "列入C类"),
        LineChange("removed", replace(PRICED, account="7"), None, "类别由C类变为B类"),
    ),
    5,
)


def issued(content: UtilityList, changes: ListChanges, **more: object) -> IssuedList:
    made = IssuedList(
        4, 1, None, "供电", "test-tariff", TARIFF, "2025-06-20", "示意〔2025〕9号",
        "2025-07-01", "2026-06-30", content, changes,
    )  # fmt: skip
    return replace(made, **more)


def test_unknown_rate_is_pending_and_never_zero(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供电.xlsx"
    tariff = load_tariff("henan")
    write_pricing(path, header, policy, tariff, UtilityList("供电", (LINE,)))
    opened = Opened(path)
    (row,) = opened.table("供电加价清单")
    assert row["户号"] == "0041000123456789012"
    assert row["户名"] == "示例企业一车间"
    assert (row["类别"], row["连续年数"]) == ("C", 1)
    for heading in ("加价标准", "单位", "执行起", "执行止", "依据文号"):
        assert row[heading] == "待定"
    assert tariff.empty_reason in opened.words("供电加价清单")
    assert "本名单是草稿" in opened.words("供电加价清单")


def test_no_rate_without_its_document() -> None:
    with pytest.raises(ValueError, match="without its document"):
        replace(PRICED, document="")
    with pytest.raises(ValueError, match="carried out"):
        replace(PRICED, state="withheld")


def test_published_rate_is_a_number(tmp_path: Path, header: RunHeader, policy: Policy) -> None:
    path = tmp_path / "供电.xlsx"
    content = UtilityList("供电", (PRICED,))
    write_pricing(path, header, policy, parse_tariff(TARIFF), content)
    opened = Opened(path)
    (row,) = opened.table("供电加价清单")
    assert (row["加价标准"], row["单位"], row["执行起"]) == (0.1, "元/千瓦时", "2025-01-01")
    assert row["执行止"] == "待定"
    assert "本价格表为示意" in opened.words("供电加价清单")


def test_an_issued_list_has_its_document_its_days_and_what_changed(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供电.xlsx"
    content = UtilityList("供电", (PRICED,))
    made = issued(content, CHANGES)
    write_pricing(path, header, policy, parse_tariff(TARIFF), content, CHANGES, made)
    opened = Opened(path)
    (row,) = opened.table("供电加价清单")
    assert (row["执行起"], row["执行止"]) == ("2025-07-01", "2026-06-30")
    words = opened.words("供电加价清单")
    assert "示意〔2025〕9号" in words
    assert "新增 1 项，取消 1 项，变更 0 项，不变 5 项" in words
    assert "草稿" not in words
    assert [r["原因"] for r in opened.table("新增")] == ["列入C类"]
    (gone,) = opened.table("取消")
    assert (gone["户号"], gone["原标准"], gone["现标准"]) == ("7", 0.1, "—")
    assert "自 2025-07-01 起停止执行" in opened.words("取消")
    assert "没有变更" in opened.words("变更")
    withdrawn = replace(made, withdrawn=Withdrawal("2025-09-01", "某撤回文", "政策停止"))
    write_pricing(path, header, policy, parse_tariff(TARIFF), content, CHANGES, withdrawn)
    assert "自 2025-09-01 起停止执行" in Opened(path).words("供电加价清单")


def test_missing_and_shared_accounts_stand_apart(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供电.xlsx"
    lost = replace(LINE, account=None, account_name=None, enterprise="无户号企业")
    shared = SharedLine(replace(PRICED, account="88"), 12.5, "甲（C类）、乙（A类）")
    content = UtilityList("供电", (LINE,), (lost,), (shared,))
    write_pricing(path, header, policy, load_tariff("henan"), content)
    opened = Opened(path)
    assert [row["企业名称"] for row in opened.table("供电加价清单")] == ["示例企业有限公司"]
    (row,) = opened.table("缺户号")
    assert row["企业名称"] == "无户号企业"
    assert "户号" not in row
    (row,) = opened.table("合用户号")
    assert (row["户号"], row["本企业全年用量（万千瓦时）"]) == ("88", 12.5)
    assert row["使用该户号的企业"] == "甲（C类）、乙（A类）"


def test_who_bills_by_code_has_no_sheet_of_accounts(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "税务.xlsx"
    line = replace(LINE, account=None, account_name=None, kind="城镇土地使用税")
    write_pricing(path, header, policy, load_tariff("henan"), UtilityList("税务", (line,)))
    opened = Opened(path)
    assert opened.names == ["税务加价清单", "说明"]
    assert "户号" not in opened.table("税务加价清单")[0]


def test_signature_block_stands_below_also_without_rows(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供水.xlsx"
    write_pricing(path, header, policy, load_tariff("henan"), UtilityList("供水", ()))
    words = Opened(path).words("供水加价清单")
    assert words.index("没有需要列入的C类企业户号") < words.index("编制")
    for word in ("审核", "批准", "印发日期", "接收单位（盖章）"):
        assert word in words


def test_stopping_leaves_the_former_file(tmp_path: Path, header: RunHeader, policy: Policy) -> None:
    path = tmp_path / "供电.xlsx"
    path.write_bytes(b"before")

    def stop(done: int, total: int, text: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pricing(
            path, header, policy, load_tariff("henan"), UtilityList("供电", (LINE,)), progress=stop
        )
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["供电.xlsx"]
