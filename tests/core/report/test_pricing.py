from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.helpers.workbooks import Opened
from zoneeval.model.pricing import PricedAccount
from zoneeval.policy.loader import load_tariff, parse_tariff
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_pricing

ACCOUNT = PricedAccount(
    utility="供电",
    uscc="91410000DEMO000002",
    enterprise="示例企业有限公司",
    zone="东湾园区",
    account_name="示例企业一车间",
    account="0041000123456789012",
    grade="C",
    consecutive_years=1,
    rate=None,
    unit="",
    starts="",
    ends="",
    document="",
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


def test_unknown_rate_is_pending_and_never_zero(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供电.xlsx"
    tariff = load_tariff("henan")
    write_pricing(path, header, policy, tariff, "供电", [ACCOUNT])
    opened = Opened(path)
    (row,) = opened.table("供电加价清单")
    assert row["户号"] == "0041000123456789012"
    assert row["户名"] == "示例企业一车间"
    assert (row["类别"], row["连续年数"]) == ("C", 1)
    for heading in ("加价标准", "单位", "执行起", "执行止", "依据文号"):
        assert row[heading] == "待定"
    assert tariff.empty_reason in opened.words("供电加价清单")


def test_published_rate_is_a_number(tmp_path: Path, header: RunHeader, policy: Policy) -> None:
    path = tmp_path / "供电.xlsx"
    priced = replace(ACCOUNT, rate=0.1, unit="元/千瓦时", starts="2025-01-01", document="某文")
    write_pricing(path, header, policy, parse_tariff(TARIFF), "供电", [priced])
    opened = Opened(path)
    (row,) = opened.table("供电加价清单")
    assert (row["加价标准"], row["单位"], row["执行起"]) == (0.1, "元/千瓦时", "2025-01-01")
    assert row["执行止"] == "待定"
    assert "本价格表为示意" in opened.words("供电加价清单")


def test_enterprise_without_account_stands_apart(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供电.xlsx"
    rows = [ACCOUNT, replace(ACCOUNT, account=None, account_name=None, enterprise="无户号企业")]
    rows.append(replace(ACCOUNT, utility="供水", enterprise="供水企业"))
    write_pricing(path, header, policy, load_tariff("henan"), "供电", rows)
    opened = Opened(path)
    assert [row["企业名称"] for row in opened.table("供电加价清单")] == ["示例企业有限公司"]
    assert [row["企业名称"] for row in opened.table("缺户号")] == ["无户号企业"]
    assert "供水企业" not in opened.words("供电加价清单") + opened.words("缺户号")


def test_signature_block_stands_below_also_without_rows(
    tmp_path: Path, header: RunHeader, policy: Policy
) -> None:
    path = tmp_path / "供水.xlsx"
    write_pricing(path, header, policy, load_tariff("henan"), "供水", [])
    words = Opened(path).words("供水加价清单")
    assert words.index("没有需要列入的C类企业户号") < words.index("编制")
    for word in ("审核", "批准", "日期"):
        assert word in words
