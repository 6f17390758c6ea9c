"""What is different between two policies, in sentences an official can read out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zoneeval.model.evaluation import Participation
from zoneeval.policy.class_wording import (
    adjustment_words,
    band_words,
    formula_words,
    group_words,
    industry_words,
    precedence_words,
    ranked_by,
)
from zoneeval.policy.dated_grading import by_year_words
from zoneeval.policy.editing import shares_of
from zoneeval.policy.grading_schema import Limits, RankOnly, Shares, Thresholds, TwoStage
from zoneeval.policy.schema import Condition, Grade, Policy, Track
from zoneeval.policy.scoring_schema import Indicator
from zoneeval.policy.wording import (
    addon_words,
    benchmark_words,
    bonus_words,
    limit_words,
    method_words,
    missing_words,
    treatment_words,
)

_NONE = "无"
_KINDS = {
    "shares": "按比例",
    "two_stage": "两步选取",
    "limits": "按比例上下限",
    "thresholds": "按分数线",
    "rank_only": "只排名不分类",
}
_ROUNDING = {"nearest": "四舍五入", "floor": "向下取整", "ceil": "向上取整"}
_TIES = {"next_key": "按下一排序项分先后", "include": "一并列入", "exclude": "一并不列入"}
_COUNTED = {"evaluated": "只计参评企业", "with_exempt": "参评和免评企业都计"}
_MIDDLE = {"neither": "不归前后两半", "upper": "归前半", "lower": "归后半"}
_HALVES = {"upper": "前半", "lower": "后半"}
_ORDERS = {"descending": "由高到低", "ascending": "由低到高"}
_UNSEEN = "写法有其他改动"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: in which part of the policy, and the sentence."""

    part: str
    text: str

    def as_json(self) -> dict[str, str]:
        """Return the difference in the shape of the command line's contract."""
        return {"part": self.part, "text": self.text}


def differences(before: Policy, after: Policy) -> list[Difference]:
    """Return every difference in what is ruled, in the order of the file; sources are not."""
    found = [Difference("基本情况", text) for text in _head(before, after)]
    found += [Difference("类别", text) for text in _grades(before, after)]
    found += [Difference("谁参评", text) for text in _conditions(before, after)]
    groups = _named(
        {g.label: industry_words(g) for g in before.groups},
        {g.label: industry_words(g) for g in after.groups},
        "行业分组",
    )
    found += [Difference("行业怎样分组", text) for text in groups]
    old, new = {t.id: t for t in before.tracks}, {t.id: t for t in after.tracks}
    several = max(len(old), len(new)) > 1
    for key in _keys(old, new):
        if key not in old or key not in new:
            word, track = ("取消", old[key]) if key in old else ("增加", new[key])
            found.append(Difference("组别", f"{word}组别“{track.label}”"))
            continue
        prefix = f"{new[key].label}：" if several else ""
        parts = (
            ("指标、权重和基准", _indicators),
            ("加分和扣分", _bonus),
            ("怎样排名和分类", _grading),
        )
        for title, compare in parts:
            texts = compare(old[key], new[key])
            found += [Difference(prefix + title, text) for text in texts]
    rules = _named(_adjustments(before), _adjustments(after), "调整规定")
    found += [Difference("类别怎样调整", text) for text in rules]
    together = "几条同时适用时"
    old_order, new_order = (
        precedence_words(policy).removeprefix(together) for policy in (before, after)
    )
    order = _step(together, old_order, new_order)
    return found + [Difference("类别怎样调整", text) for text in order]


def _adjustments(policy: Policy) -> dict[str, str]:
    """Return what each adjustment does, by its reason."""
    return {
        rule.reason: adjustment_words(policy, rule).removeprefix(f"{rule.reason}：")
        for rule in policy.adjustments
    }


def _keys(old: dict[str, Track], new: dict[str, Track]) -> list[str]:
    return list(dict.fromkeys([*new, *old]))


def _step(label: str, old: object, new: object) -> list[str]:
    """Return label and both values, nothing where they are the same."""
    if old == new:
        return []
    one, other = (_NONE if value in (None, "") else value for value in (old, new))
    return [f"{label} {one}→{other}"]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.10g}%"


def _head(a: Policy, b: Policy) -> Iterator[str]:
    yield from _step("编号", a.id, b.id)
    yield from _step("名称", a.title, b.title)
    yield from _step("文号", a.number, b.number)
    yield from _step("发文机关", a.issuer, b.issuer)
    yield from _step("接续的办法", a.continues, b.continues)
    yield from _step("年份", a.year, b.year)
    yield from _step("适用起始年度", a.valid_from, b.valid_from)
    yield from _step("适用截止年度", a.valid_to, b.valid_to)
    yield from _step("依据情况", a.status.label, b.status.label)


def _grades(a: Policy, b: Policy) -> list[str]:
    def words(grade: Grade) -> str:
        treated = {
            "priority": "优先",
            "encourage": "鼓励",
            "regulate": "规范",
            "exit": "列入退出转型清单",
        }
        extra = "，列入差别化价格清单" if grade.surcharge else ""
        return f"{grade.name}（{treated[grade.treatment.value]}{extra}）"

    old = {f"{g.letter} 类": words(g) for g in a.grades}
    return _named(old, {f"{g.letter} 类": words(g) for g in b.grades}, "类别")


def _conditions(a: Policy, b: Policy) -> list[str]:
    def words(rule: Condition) -> str:
        state = Participation(rule.otherwise).label
        extra = f"，列为 {rule.grade} 类" if rule.grade else ""
        extra += f"，按 {rule.managed_as} 类管理" if rule.managed_as else ""
        known = "" if rule.default else "；表中没有此项时不算符合"
        return f"不符合“{formula_words(b.tracks[0], rule.when)}”的{state}{extra}{known}"

    old = {rule.reason: words(rule) for rule in a.eligibility}
    return _named(old, {rule.reason: words(rule) for rule in b.eligibility}, "条件")


def _named(old: dict[str, str], new: dict[str, str], what: str) -> list[str]:
    out = []
    for key in dict.fromkeys([*new, *old]):
        if key not in old:
            out.append(f"增加{what}“{key}”：{new[key]}")
        elif key not in new:
            out.append(f"取消{what}“{key}”")
        elif old[key] != new[key]:
            out.append(f"{key}：{old[key]}→{new[key]}")
    return out


def _indicators(a: Track, b: Track) -> list[str]:
    old, new = {i.key: i for i in a.indicators}, {i.key: i for i in b.indicators}
    out = []
    for key in dict.fromkeys([*new, *old]):
        if key not in old:
            item = new[key]
            mark = benchmark_words(item.benchmark, item)
            base = f"，基准为{mark}" if mark else ""
            out.append(f"增加指标“{item.shown_label}”：权重 {item.weight:.10g}{base}")
        elif key not in new:
            item = old[key]
            out.append(f"取消指标“{item.shown_label}”（原权重 {item.weight:.10g}）")
        else:
            out += _indicator(old[key], new[key])
    return out + _step("地方自选指标", addon_words(a), addon_words(b))


def _indicator(a: Indicator, b: Indicator) -> list[str]:
    label = b.shown_label
    directions = {"benefit": "越高越好", "cost": "越低越好"}
    out = _step(f"{label}权重", _plain(a.weight), _plain(b.weight))
    if a.shown_label != label:
        out += _step("指标名称", a.shown_label, label)
    out += _step(f"{label}基准", benchmark_words(a.benchmark, a), benchmark_words(b.benchmark, b))
    if a.method != b.method:
        out += _step(f"{label}计分", method_words(a), method_words(b))
    out += _step(f"{label}方向", directions[a.direction], directions[b.direction])
    out += _step(f"{label}得分上限（权重的倍数）", _plain(a.cap), _plain(b.cap))
    out += _step(f"{label}得分下限（权重的倍数）", _plain(a.floor), _plain(b.floor))
    out += _step(f"{label}缺数据", missing_words(a), missing_words(b))
    more = "；".join(treatment_words(a)), "；".join(treatment_words(b))
    out += _step(f"{label}其他规定", *more)
    out += _step(f"{label}公式", a.formula, b.formula)
    if a.first_available != b.first_available:
        out.append(f"{label}取数的先后有改动")
    return out


def _bonus(a: Track, b: Track) -> list[str]:
    old = {item.label: bonus_words(item) for item in a.bonus}
    new = {item.label: bonus_words(item) for item in b.bonus}
    out = _named(old, new, "加分扣分项")
    by_label = {item.label: item for item in a.bonus}
    for item in b.bonus:
        earlier = by_label.get(item.label)
        if earlier is not None:
            one, other = formula_words(a, earlier.condition), formula_words(b, item.condition)
            out += _step(f"{item.label}的条件", one, other)
    return out + _step("合计限额", "；".join(limit_words(a)), "；".join(limit_words(b)))


def _grading(a: Track, b: Track) -> list[str]:
    out = _step("分组", group_words(a.group_by), group_words(b.group_by))
    if a.label != b.label:
        out += _step("组别名称", a.label, b.label)
    out += _step(
        "哪些企业", a.when and formula_words(a, a.when), b.when and formula_words(b, b.when)
    )
    out += _step("综合得分小数位数", *("" if t.decimals is None else t.decimals for t in (a, b)))
    out += _step("排名依据", ranked_by(a), ranked_by(b))
    one, other = a.grading, b.grading
    if one.kind != other.kind:
        return [*out, *_step("分类方式", _KINDS[one.kind], _KINDS[other.kind])]
    found = _classes(a, b)
    if isinstance(one, Shares | TwoStage) and isinstance(other, Shares | TwoStage):
        found += _step("名额取整", _ROUNDING[one.rounding], _ROUNDING[other.rounding])
    if not isinstance(one, Thresholds | RankOnly) and not isinstance(other, Thresholds | RankOnly):
        found += _step("并列", _TIES[one.ties], _TIES[other.ties])
        found += _step("比例的基数", _COUNTED[one.denominator], _COUNTED[other.denominator])
    sources = {"cite", "note", "illustrative"}
    if not found and one.model_dump(exclude=sources) != other.model_dump(exclude=sources):
        parts = ("bands", "selections", "lines")
        held = [
            [entry.model_dump(exclude=sources) for part in parts for entry in getattr(g, part, ())]
            for g in (one, other)
        ]
        if held[0] != held[1]:
            found.append(f"分类{_UNSEEN}")
    return out + found


def _classes(a: Track, b: Track) -> list[str]:
    one, other = a.grading, b.grading
    if isinstance(one, Shares) and isinstance(other, Shares):
        return _shares(one, other)
    if isinstance(one, Limits) and isinstance(other, Limits):
        old = {f"{band.grade} 类": band_words(band) or "其余企业" for band in one.bands}
        return _named(old, {f"{c.grade} 类": band_words(c) or "其余企业" for c in other.bands}, "")
    if isinstance(one, TwoStage) and isinstance(other, TwoStage):
        out = _step("入围比例", _share(one.gate), _share(other.gate))
        out += _step("入围比例按年度", by_year_words(one), by_year_words(other))
        out += _step("中间一家", _MIDDLE[one.middle], _MIDDLE[other.middle])
        out += _step("其余企业", f"{one.rest} 类", f"{other.rest} 类")
        return out + _selections(a, b, one, other)
    if isinstance(one, Thresholds) and isinstance(other, Thresholds):
        old = {f"{line.grade} 类": formula_words(a, line.when) for line in one.lines}
        new = {f"{line.grade} 类": formula_words(b, line.when) for line in other.lines}
        return _named(old, new, "") + _step("其余企业", one.rest, other.rest)
    if isinstance(one, RankOnly) and isinstance(other, RankOnly):
        return _step("不分类的原因", one.reason, other.reason)
    return []


def _shares(one: Shares, other: Shares) -> list[str]:
    held = []
    for grading in (one, other):
        parts = shares_of([band.up_to for band in grading.bands])
        held.append(dict(zip([band.grade for band in grading.bands], parts, strict=True)))
    out = []
    for grade in dict.fromkeys([*held[1], *held[0]]):
        old, new = (_share(found.get(grade)) for found in held)
        out += _step(f"{grade} 类比例", old, new)
    texts = [{band.grade: by_year_words(band) for band in g.bands} for g in (one, other)]
    for grade in dict.fromkeys([*texts[1], *texts[0]]):
        out += _step(f"{grade} 类按年度", *(found.get(grade) for found in texts))
    return out


def _selections(a: Track, b: Track, one: TwoStage, other: TwoStage) -> list[str]:
    old = {(s.grade, s.half): s for s in one.selections}
    new = {(s.grade, s.half): s for s in other.selections}
    out = []
    for key in dict.fromkeys([*new, *old]):
        label = f"{key[0]} 类"
        mine, theirs = old.get(key), new.get(key)
        if mine is None or theirs is None:
            out.append(f"{'增加' if mine is None else '取消'}从{_HALVES[key[1]]}选取{label}")
            continue
        out += _step(f"{label}比例", _share(mine.share), _share(theirs.share))
        out += _step(f"{label}按年度", by_year_words(mine), by_year_words(theirs))
        orders = [
            f"{formula_words(track, chosen.order_by)}{_ORDERS[chosen.order]}"
            for track, chosen in ((a, mine), (b, theirs))
        ]
        out += _step(f"{label}选取依据", orders[0], orders[1])
    return out
