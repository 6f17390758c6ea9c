"""A text of the editor, examined in the worker: its faults and what it would do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zoneeval.errors import UserError
from zoneeval.policy.faults import Path, path_of

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Comparison
    from zoneeval.policy.faults import Fault
    from zoneeval_db.evaluating.trying import PolicyBasis
    from zoneeval_db.storage.workspace import Workspace

_WORDS = {
    "weight": "权重",
    "value": "基准值",
    "multiple": "倍数",
    "cap": "上限",
    "floor": "下限",
    "points": "分值",
    "at_least": "“不低于”",
    "below": "“低于”",
    "at_most": "“不超过”",
    "from_score": "分数线",
    "title": "名称",
    "year": "年份",
    "share": "比例",
    "up_to": "累计比例",
    "gate": "入围比例",
    "decimals": "小数位数",
    "when": "条件",
    "reason": "名称或理由",
    "label": "名称",
    "per": "按什么计次",
    "tiers": "逐次分值",
    "max_count": "最多计几次",
    "window": "近几年",
    "order_by": "排序",
    "thresholds": "门槛",
    "need": "须达到的项数",
    "levels": "级数",
    "cutoffs": "各级分数",
    "ranks": "各级名次",
    "shares": "各级比例",
    "quotas": "各级名额",
    "weights": "权重",
    "base": "基准",
    "unit": "单位",
    "composite": "综合得分",
    "cite": "依据",
    "illustrative = true": "示意",
    "amount": "标准",
    "starts": "执行起",
    "ends": "执行止",
    "from_consecutive_year": "连续第几年起",
    "counts_from": "从哪一年起计算年数",
    "utilities": "名单发给",
    "stacking_cite": "只执行最高一种的依据",
    "stacking": "已执行其他加价的",
    "empty_reason": "没有标准的原因",
}
_LISTS = {
    "citations": "出处",
    "grades": "类别",
    "groups": "行业分组",
    "rates": "标准",
    "provisions": "措施",
    "exemptions": "免于执行的规定",
}
_LISTING = re.compile(r"[；，]?可用的字段见 zoneeval score --fields")
"""Where the fields are listed for those who write files; here they are chosen from a list."""
_LADDER_LISTS = ("criteria", "items", "gates", "vetoes", "bonuses", "deductions", "years_rules")


@dataclass(frozen=True, eq=False)
class Trial:
    """What was found: faults as sentences, the basis of comparison, and the effect.

    ``places`` are what the faults are about, in their order.
    ``effect`` is None where the text has faults or there is nothing to compare with;
    ``reason`` then says why.
    """

    text: str
    faults: tuple[str, ...]
    basis: PolicyBasis | None = None
    effect: Comparison | None = None
    reason: str = ""
    places: tuple[Path, ...] = ()


def try_text(
    ws: Workspace,
    text: str,
    before: str,
    basis: PolicyBasis | None,
    year: int | None,
    zone: str | None,
) -> Trial:
    """Examine a text; the basis is worked out from ``before`` where it is not given."""
    from zoneeval.policy.loader import check_policy
    from zoneeval_db import operations

    found = check_policy(text)
    faults = tuple(fault_words(text, fault) for fault in found)
    places = tuple(path_of(fault.key) for fault in found)
    if year is None:
        reason = "工作文件中还没有企业数据，看不到对企业的影响。"
        return Trial(text, faults, reason=reason, places=places)
    try:
        if basis is None:
            basis = operations.policy_basis(ws, before, year, zone)
        if faults:
            return Trial(text, faults, basis, places=places)
        return Trial(text, faults, basis, operations.policy_effect(basis, text))
    except UserError as error:
        return Trial(text, faults, basis, reason=str(error), places=places)


def fault_words(text: str, fault: Fault) -> str:
    """Return a fault as the editor shows it: names instead of keys and lines."""
    message, remedy = (_plain(words) for words in (fault.message, fault.suggestion))
    sentence = message + (f"（{remedy}）" if remedy else "")
    place = _place(text, fault.key)
    return f"{place}：{sentence}" if place else sentence


def _plain(words: str) -> str:
    words = _LISTING.sub("", words)
    for key, word in _WORDS.items():
        words = re.sub(rf" ?\b{key}\b ?", word, words)
    return words


def _place(text: str, key: str) -> str:
    from zoneeval.model.fields import label_of

    found = re.findall(r"(\w+)(?:\[(\d+)\])?", key)
    words = []
    try:
        held = tomllib.loads(text)
        several = len(held.get("tracks", [])) > 1
        for name, number in found:
            held = held[name]
            if number:
                held = held[int(number) - 1]
            if name == "tracks" and several:
                words.append(str(held.get("label", "")))
            elif name in ("indicators", "bonus") and number:
                words.append(str(held.get("label") or label_of(held.get("key", ""))))
            elif name in ("eligibility", "adjustments") and number:
                words.append(f"“{held.get('reason', '')}”")
            elif name in _LADDER_LISTS and number:
                words.append(f"“{held.get('label') or _zone_label(held)}”")
            elif name in ("lines", "selections", "bands") and number:
                words.append(f"{held.get('grade', '')} 类")
            elif name in _LISTS and number:
                words.append(f"第 {number} 条{_LISTS[name]}")
            elif name in _WORDS:
                words.append(_WORDS[name])
    except (KeyError, IndexError, TypeError, AttributeError, tomllib.TOMLDecodeError):
        last = found[-1][0] if found else ""
        if last in _WORDS:
            words.append(_WORDS[last])
    return "，".join(words)


def _zone_label(held: Mapping[str, Any]) -> str:
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    known = ZONE_INDICATORS.get(str(held.get("indicator", "")))
    return known.label if known is not None else str(held.get("id", ""))
