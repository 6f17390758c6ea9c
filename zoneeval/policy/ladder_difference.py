"""What is different between two star ladders, in sentences an official can read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.citations import Rule
from zoneeval.policy.composite_schema import Item
from zoneeval.policy.difference import Difference
from zoneeval.policy.ladder import Criterion, Ladder

_HEAD = (
    ("title", "名称"),
    ("number", "文号"),
    ("scope", "适用范围"),
    ("valid_from", "从哪一年度起"),
    ("valid_to", "到哪一年度止"),
    ("levels", "级数（含门槛）"),
    ("combine", "怎样算达到一级"),
    ("need", "须达到"),
    ("cumulative", "须先达到下面各级"),
    ("gate_consequence", "达不到门槛的后果"),
)
_VALUES = {
    "all": "各项全部达到",
    "n_of": "达到其中几项",
    "mandatory": "必达项达到，其余达到几项",
    "weighted": "达到项的权重合计",
    "benefit": "越高越好",
    "cost": "越低越好",
    "unknown": "未知",
    "value": "指标数值",
    "growth": "比上年增长",
    "change": "比上年增减",
    "previous": "上年数值",
    "over_mean": "高于同类平均",
    "rank": "同类名次",
    "rank_change": "名次上升",
    "cap": "最高定为",
    "lower": "降级",
    "disqualify": "取消当年资格",
    "subtract": "扣分",
    "ratio": "与基准相比",
    "floored_minmax": "同类最高最低之间",
    "ratio_to_best": "与同类最好相比",
    "reverse_linear": "从 0 到几倍基准递减",
    "bands": "分段给分",
    "efficacy": "功效系数",
    "growth_steps": "比基年增长",
    "per_unit": "每个给分",
    "linear": "线性",
    "exponential": "指数",
    "nearest": "四舍五入",
    "floor": "舍去小数",
    "ceil": "有小数就进一",
    "target": "本园区的目标",
    "mean": "同类平均",
    "maximum": "同类最高",
    "minimum": "同类最低",
    "group": "同类组",
    "block": "得分暂不能定",
    "zero": "得 0 分",
    "reweight": "权重分给其他项",
    "penalty": "扣分",
    "open": "暂不能定",
    "free": "不受限制",
    ">=": "不低于",
    ">": "高于",
    "<=": "不高于",
    "<": "低于",
    "keep": "按 0 计",
    "missing": "按没有数据",
}
_FIELDS = {
    "unit": "单位",
    "direction": "方向",
    "measure": "看什么",
    "mandatory": "必须达到",
    "weight": "权重",
    "peers": "同类组",
    "label": "名称",
    "group": "归入",
    "method": "怎样计分",
    "base": "与什么相比",
    "population": "与谁比较",
    "parts": "分项",
    "cap": "上限",
    "floor": "下限",
    "missing": "没有数据时",
    "missing_points": "没有数据时扣分",
    "indicator": "指标",
    "event": "事项",
    "op": "条件",
    "value": "数值",
    "consequence": "后果",
    "effect": "怎样处理",
    "level": "最高定为",
    "by": "降几级",
    "points": "分值",
    "each": "每次都计",
    "limit": "最多",
    "promotion": "首次晋级",
    "bottom": "末位几名",
    "top": "前几名",
    "below": "低于几级",
    "at_least": "不低于几级",
    "times": "至少几年",
    "of": "看近几年",
    "max_up": "一年最多升",
    "max_down": "一年最多降",
    "grace_years": "保留几年",
    "hold_years": "须保持几年",
    "keep_if_not_assessed": "未参加考核的保留",
    "without_former": "不知道原星级时",
    "weights": "权重",
    "title": "名称",
    "total": "权重合计",
    "factor": "乘以",
    "decimals": "小数位数",
    "bonus_max": "加分最多",
    "deduction_max": "扣分最多",
    "cutoffs": "各级分数",
    "ranks": "各级名次",
    "shares": "各级比例",
    "quotas": "各级名额",
    "rounding": "取整",
    "zero": "数值为 0 时",
    "share": "占权重",
    "worst": "不允许值",
    "best": "满意值",
    "shape": "曲线",
    "span": "幅度",
    "zero_at": "几倍基准时得 0 分",
    "step": "每步",
    "at_base": "与基年持平得",
    "base_year": "基年",
    "rest": "表外得",
    "includes": "分界归",
    "from": "从",
    "to": "到",
    "score": "得分",
}
_SOURCES = ("cite", "illustrative", "id")
_RULES = (
    ("gates", "准入条件"),
    ("vetoes", "否决和降级"),
    ("years_rules", "连续多年"),
    ("peers", "同类组"),
)
_COLUMNS = ("cutoffs", "ranks", "shares", "quotas")
_POINTS = (("bonuses", "加分"), ("deductions", "扣分"))


def ladder_differences(before: Ladder, after: Ladder) -> list[Difference]:
    """Return every difference in what is ruled; sources are not."""
    found = [
        Difference("基本情况", f"{label}：{_words(old)}→{_words(new)}")
        for key, label in _HEAD
        if (old := getattr(before, key)) != (new := getattr(after, key))
    ]
    found += [Difference("各级门槛", text) for text in _criteria(before, after)]
    old_items, new_items = _items(before), _items(after)
    found += _named("综合得分", "计分项目", old_items, new_items)
    if before.composite or after.composite:
        apart = ("items", "levels", "bonuses", "deductions", "groups")
        both = before.composite is not None and after.composite is not None
        old = _fields(before.composite, set_only=not both)
        new = _fields(after.composite, set_only=not both)
        found += _changed("综合得分", "得分", old, new, apart)
        old = _fields(before.composite.levels if before.composite else None, set_only=not both)
        new = _fields(after.composite.levels if after.composite else None, set_only=not both)
        found += _changed("得分怎样定级", "", old, new)
    for key, title in _POINTS:
        found += _named(
            title,
            title,
            getattr(before.composite, key, ()),
            getattr(after.composite, key, ()),
        )
    for key, title in _RULES:
        found += _named(title, title, getattr(before, key), getattr(after, key))
    found += _changed("星级升降", "", _fields(before.movement), _fields(after.movement))
    return found


def _items(ladder: Ladder) -> list[Item]:
    """Return the items of the composite with the words of their headings."""
    made = ladder.composite
    if made is None:
        return []
    words = {"": "", **made.groups}
    return [item.model_copy(update={"group": words[item.group]}) for item in made.items]


def _criteria(before: Ladder, after: Ladder) -> list[str]:
    old = {(c.indicator, c.measure): c for c in before.criteria}
    new = {(c.indicator, c.measure): c for c in after.criteria}
    out = []
    for key in dict.fromkeys([*new, *old]):
        if key not in old:
            out.append(f"增加指标“{_label(new[key])}”：{_steps(new[key])}")
        elif key not in new:
            out.append(f"取消指标“{_label(old[key])}”")
        else:
            out += _criterion(old[key], new[key])
    return out


def _criterion(old: Criterion, new: Criterion) -> list[str]:
    label = _label(new)
    out = []
    for level in range(max(len(old.thresholds), len(new.thresholds))):
        a = old.thresholds[level] if level < len(old.thresholds) else ""
        b = new.thresholds[level] if level < len(new.thresholds) else ""
        if a != b or (old.unit != new.unit and isinstance(b, float)):
            out.append(f"{label}，{_level(level)}：{_cell(old, a)}→{_cell(new, b)}")
    apart = ("thresholds", "unit")
    return out + [d.text for d in _changed("", label, _fields(old), _fields(new), apart)]


def _steps(criterion: Criterion) -> str:
    return "，".join(
        f"{_level(level)} {_cell(criterion, cell)}"
        for level, cell in enumerate(criterion.thresholds)
        if cell != ""
    )


def _cell(criterion: Criterion, cell: float | str) -> str:
    if isinstance(cell, str):
        return _asked(cell)
    if not criterion.unit and criterion.measure not in ("rank", "rank_change"):
        return f"{cell * 100:.10g}%"
    return f"{cell:.10g} {criterion.unit}".rstrip()


def _asked(cell: str) -> str:
    return "未知" if cell else "不要求"


def _level(level: int) -> str:
    return LEVEL_WORDS[level] if level < len(LEVEL_WORDS) else f"{level} 级"


def _label(rule: Any) -> str:
    """Return what a rule is called: its own name, or that of what it looks at."""
    own = getattr(rule, "label", "")
    if own:
        return str(own)
    key = str(getattr(rule, "indicator", "") or getattr(rule, "event", ""))
    known = ZONE_INDICATORS.get(key)
    return known.label if known is not None else key or str(getattr(rule, "id", ""))


def _named(part: str, what: str, old: Iterable[Any], new: Iterable[Any]) -> list[Difference]:
    """Compare lists whose entries are known by their id, else by their name."""
    before = {str(getattr(rule, "id", "") or _label(rule)): rule for rule in old}
    after = {str(getattr(rule, "id", "") or _label(rule)): rule for rule in new}
    out = []
    for key in dict.fromkeys([*after, *before]):
        if key not in before:
            words = "，".join(_plain(after[key]))
            out.append(Difference(part, f"增加{what}“{_label(after[key])}”：{words}"))
        elif key not in after:
            out.append(Difference(part, f"取消{what}“{_label(before[key])}”"))
        else:
            label = _label(after[key])
            out += _changed(part, label, _fields(before[key]), _fields(after[key]))
    return out


def _plain(rule: Any) -> list[str]:
    apart = ("label", *_SOURCES)
    return [
        f"{_FIELDS.get(key, key)} {_words(value)}"
        for key, value in _fields(rule, set_only=True).items()
        if key not in apart
    ]


def _changed(
    part: str,
    label: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    apart: Iterable[str] = (),
) -> list[Difference]:
    out = []
    for key in dict.fromkeys([*new, *old]):
        if key in _SOURCES or key in apart:
            continue
        a, b = old.get(key), new.get(key)
        if a != b and not (_is_nothing(a) and _is_nothing(b)):
            if key in _COLUMNS:
                a, b = _column(a), _column(b)
            head = f"{label}，" if label else ""
            out.append(Difference(part, f"{head}{_FIELDS.get(key, key)}：{_words(a)}→{_words(b)}"))
    return out


def _column(cells: Any) -> str:
    """Return the entries of a column of levels: 二星 60，三星 70."""
    return "，".join(
        f"{_level(level)} {_asked(cell) if isinstance(cell, str) else f'{cell:.10g}'}"
        for level, cell in enumerate(cells or ())
        if cell != ""
    )


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], (), {})


def _fields(rule: Rule | None, *, set_only: bool = False) -> dict[str, Any]:
    return {} if rule is None else rule.model_dump(by_alias=True, exclude_unset=set_only)


def _words(value: Any) -> str:
    if value is None or value == "":
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        return f"{value:.10g}"
    if isinstance(value, str):
        if value in ZONE_INDICATORS:
            return ZONE_INDICATORS[value].label
        return _VALUES.get(value, value)
    if isinstance(value, Mapping):
        inner = [(k, v) for k, v in value.items() if v is not None and k != "kind"]
        names = _FIELDS | ({"base": "底分"} if "kind" in value else {})
        words = "，".join(f"{names.get(k, k)} {_words(v)}" for k, v in inner)
        kind = _words(value["kind"]) if "kind" in value else ""
        return f"{kind}（{words}）" if words else kind
    return "、".join(_words(one) for one in value) or "无"
