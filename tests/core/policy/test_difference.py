"""What two policies differ in is said once, in words."""

from __future__ import annotations

from tests.helpers.cases import CASES
from zoneeval.policy.difference import differences
from zoneeval.policy.loader import parse_policy

SOUND = (
    (CASES / "broken" / "权重合计不是一百.toml")
    .read_text(encoding="utf-8")
    .replace("weight = 50", "weight = 60")
)
RULES = """
[[adjustments]]
id = "listed"
kind = "floor"
grade = "A"
reason = "上市企业"
when = "listed == 1"
cite = "doc"

[[adjustments]]
id = "accident"
kind = "down"
reason = "安全事故"
when = "accidents >= 1"
cite = "doc"
"""


def said(before: str, after: str) -> list[str]:
    return [item.text for item in differences(parse_policy(before), parse_policy(after))]


def test_an_adjustment_is_named_once() -> None:
    with_rules = SOUND + RULES
    assert said(SOUND, with_rules) == [
        "增加调整规定“上市企业”：最低定为 A 类（条件：是上市企业）",
        "增加调整规定“安全事故”：下调一类（条件：安全事故次数 ≥ 1）",
        "几条同时适用时 无→以排在前面的为准：上市企业＞安全事故（按在文件中的先后）",
    ]
    changed = with_rules.replace('kind = "floor"', 'kind = "ceiling"')
    assert said(with_rules, changed) == [
        "上市企业：最低定为 A 类（条件：是上市企业）→最高定为 A 类（条件：是上市企业）"
    ]
