"""Say a formula in the words of the forms instead of identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zoneeval.model.fields import FIELDS, label_of

_SIGNS = (("*", "×"), ("/", "÷"), (">=", "≥"), ("<=", "≤"), ("==", "＝"), ("!=", "≠"))
_WORDS = {"and": "且", "or": "或", "not": "非", "composite_score": "综合得分"}
_TO_YEAR_END = {"<=": "不早于", "<": "晚于", ">=": "不晚于", ">": "早于"}


def worded(formula: str, labels: Mapping[str, str] | None = None) -> str:
    """Return a formula with Chinese labels and signs in place of identifiers.

    ``labels`` are those of the policy's own indicators.
    """
    own = labels or {}

    def label(key: str) -> str:
        return own.get(key) or label_of(key)

    out = re.sub(r"score\((\w+)\)", lambda m: f"{label(m[1])}得分", formula)
    out = re.sub(r"years_since\((\w+)\)", lambda m: f"{label(m[1])}起的年数", out)
    out = re.sub(
        r"days_since\((\w+)\) (<=|>=|<|>) 0(?![.\d])",
        lambda m: f"{label(m[1])}{_TO_YEAR_END[m[2]]}评价年度 12 月 31 日",
        out,
    )
    out = re.sub(r"days_since\((\w+)\)", lambda m: f"{label(m[1])}起的天数", out)
    out = re.sub(
        r"in_codes\((\w+),\s*([^)]*)\)",
        lambda m: f"{label(m[1])}属于 {m[2].replace(chr(34), '').replace(', ', '、')}",
        out,
    )
    out = re.sub(r"coalesce\((\w+),\s*([^)]+)\)", lambda m: f"{label(m[1])}（缺则取 {m[2]}）", out)

    def flag(match: re.Match[str]) -> str:
        field = FIELDS.get(match[1])
        if field is None or field.kind != "flag":
            return match[0]
        return f"{'是' if match[2] == '1' else '不是'}{label(match[1])}"

    out = re.sub(r"\b(\w+) == ([01])\b(?!\.)", flag, out)

    def name(match: re.Match[str]) -> str:
        key = match[0]
        if key in _WORDS:
            return _WORDS[key]
        return label(key) if key in FIELDS or key in own else key

    out = re.sub(r"[a-z][a-z0-9_]*", name, out)
    for sign, word in _SIGNS:
        out = out.replace(sign, word)
    return out
