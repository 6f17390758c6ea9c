"""An evaluation policy in plain sentences."""

from __future__ import annotations

from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import label_of
from zoneeval.policy.class_wording import (
    ClassLine,
    adjustment_words,
    denominator_words,
    formula_words,
    group_words,
    industry_words,
    limit_lines,
    precedence_words,
    ranked_by,
    share_lines,
    threshold_lines,
)
from zoneeval.policy.methods import Ratio
from zoneeval.policy.schema import (
    Benchmark,
    Grading,
    Indicator,
    Limits,
    Policy,
    RankOnly,
    Selection,
    Shares,
    Thresholds,
    Track,
    Treatment,
    TwoStage,
)
from zoneeval.policy.wording import (
    addon_words,
    benchmark_words,
    bonus_words,
    limit_words,
    method_words,
    missing_words,
    treatment_words,
)
from zoneeval_ui.pages.policies.content import Line, Part
from zoneeval_ui.pages.wording import figure

_ROUNDING = {"nearest": "名额取最接近的整数", "floor": "名额向下取整", "ceil": "名额向上取整"}
_TIES = {
    "next_key": "并列的按下一排序项分先后",
    "include": "并列的一并列入",
    "exclude": "并列的一并不列入",
}
_LIMITS = "上限向下取整、下限向上取整"
_HALVES = {"upper": "前", "lower": "后"}
_ORDERS = {"descending": "由高到低", "ascending": "由低到高"}
_MIDDLE = {
    "neither": "奇数家时中间一家不归前后两半",
    "upper": "奇数家时中间一家归前半",
    "lower": "奇数家时中间一家归后半",
}


def policy_parts(policy: Policy) -> list[Part]:
    """Return grades, who takes part, and each track with its indicators and grading."""
    parts = [_grades(policy), _eligibility(policy)]
    if policy.groups:
        parts.append(_groups(policy))
    several = len(policy.tracks) > 1
    for track in policy.tracks:
        prefix = f"{track.label}：" if several else ""
        parts += [
            Part(f"{prefix}指标、权重和基准", tuple(_indicators(policy, track))),
            Part(f"{prefix}加分和扣分", tuple(_bonus(policy, track))),
            Part(f"{prefix}怎样排名和分类", tuple(_grading(policy, track))),
        ]
    if policy.adjustments:
        parts.append(_adjustments(policy))
    return parts


def _grades(policy: Policy) -> Part:
    lines = []
    for grade in policy.grades:
        words = f"{grade.letter} 类：{grade.name}"
        if grade.treatment is Treatment.EXIT:
            words += "，列入退出转型清单"
        if grade.surcharge:
            words += "，列入差别化价格清单"
        lines.append(Line(f"{words}。{grade.note}"))
    return Part("类别", tuple(lines))


def _groups(policy: Policy) -> Part:
    lines = [
        Line(
            f"{group.label}：{industry_words(group)}。",
            policy.clause(group.cite, illustrative=group.illustrative),
            group.illustrative,
        )
        for group in policy.groups
    ]
    return Part("行业怎样分组", tuple(lines))


def _adjustments(policy: Policy) -> Part:
    lines = []
    for rule in policy.adjustments:
        clause = policy.clause(rule.cite, illustrative=rule.illustrative)
        text = f"{adjustment_words(policy, rule)}。{rule.note}"
        lines.append(Line(text, clause, rule.illustrative))
    if precedence_words(policy):
        lines.append(Line(f"{precedence_words(policy)}。"))
    return Part("类别怎样调整", tuple(lines))


def _eligibility(policy: Policy) -> Part:
    lines = []
    for condition in policy.eligibility:
        words = f"{condition.reason}：{Participation(condition.otherwise).label}"
        if condition.grade:
            words += f"，列为 {condition.grade} 类"
        if condition.managed_as:
            words += f"，按 {condition.managed_as} 类管理"
        clause = policy.clause(condition.cite, illustrative=condition.illustrative)
        lines.append(Line(f"{words}。{condition.note}", clause, condition.illustrative))
    return Part("谁参评", tuple(lines) or (Line("所有企业都参评。"),))


def _indicators(policy: Policy, track: Track) -> list[Line]:
    if not track.indicators:
        return [Line(f"不计分，只按{ranked_by(track)}排名。", policy.clause(track.cite))]
    total = sum(item.weight for item in track.indicators)
    lines = [_indicator(policy, item) for item in track.indicators]
    plain = all(isinstance(item.method, Ratio) for item in track.indicators)
    how = "每项得分为 数值 ÷ 基准 × 权重" if plain else "各项怎样计分见下"
    heads = [Line(f"共 {len(lines)} 项，满分 {total:g} 分；{how}。")]
    if track.addon is not None:
        heads.append(Line(f"{addon_words(track)}。"))
    return [*heads, *lines]


def _indicator(policy: Policy, item: Indicator) -> Line:
    unit = f"（{item.shown_unit}）" if item.shown_unit else ""
    parts = [_benchmark(item.benchmark, item)] if item.benchmark.kind != "none" else []
    if not isinstance(item.method, Ratio):
        parts.append(method_words(item))
    words = [f"{item.shown_label}{unit}：{item.weight:g} 分，{'；'.join(parts)}"]
    if item.direction == "cost":
        words.append("越低越好")
    if item.cap is not None:
        words.append(f"最高得权重的 {item.cap:g} 倍")
    if item.floor is not None:
        words.append("最低 0 分" if item.floor == 0 else f"最低得权重的 {item.floor:g} 倍")
    if item.first_available:
        names = "、".join(label_of(key) for key in item.first_available)
        words.append(f"取表中先有数据的一项（{names}）")
    words += [*treatment_words(item), f"缺数据{missing_words(item)}"]
    text = "；".join(words) + "。"
    if item.note:
        text += f"{item.note}。"
    doubtful = item.illustrative or item.benchmark.illustrative
    clause = policy.clause(item.benchmark.cite or item.cite, illustrative=doubtful)
    return Line(text, clause, doubtful)


def _benchmark(rule: Benchmark, item: Indicator) -> str:
    if rule.values or rule.kind not in ("fixed", "average") or rule.population == "all":
        return f"基准为{benchmark_words(rule, item)}"
    if rule.kind == "fixed":
        return f"基准 {figure(rule.value, share=item.is_share, decimals=4)}"
    year = "上一年度" if rule.year == "previous" else "本年度"
    whose = "本组" if rule.population == "group" else "同类全部企业"
    how = "总量之比" if rule.average == "ratio_of_totals" else "逐家比值的平均"
    times = "" if rule.multiple == 1 else f"的 {rule.multiple:g} 倍"
    return f"基准为{whose}{year}平均值（{how}）{times}"


def _bonus(policy: Policy, track: Track) -> list[Line]:
    lines = []
    for bonus in track.bonus:
        text = f"{bonus.label}：{bonus_words(bonus)}。{bonus.note}"
        clause = policy.clause(bonus.cite, illustrative=bonus.illustrative)
        lines.append(Line(text, clause, bonus.illustrative))
    return [*lines, *(Line(f"{words}。") for words in limit_words(track))]


def _grading(policy: Policy, track: Track) -> list[Line]:
    groups = group_words(track.group_by)
    where = f"按{groups}分组排名" if groups else "全部参评企业一起排名"
    if track.rank_by:
        lines = [Line(f"{where}，排名按{ranked_by(track)}。", policy.clause(track.cite))]
    else:
        lines = [Line(f"{where}，综合得分为各项得分加上加分、减去扣分。")]
    if track.decimals is not None:
        text = f"综合得分四舍五入保留 {track.decimals} 位小数后排名。"
        clause = policy.clause(track.cite, illustrative=track.decimals_illustrative)
        lines.append(Line(text, clause, track.decimals_illustrative))
    lines += _classes(policy, track, track.grading)
    if track.note:
        lines.append(Line(track.note))
    return [*lines, *(Line(text, illustrative=True) for text in track.missing)]


def _classes(policy: Policy, track: Track, grading: Grading) -> list[Line]:
    if isinstance(grading, RankOnly):
        text = f"不分类：{grading.reason}。"
        return [Line(text, policy.clause(grading.cite), illustrative=True)]
    clause = policy.clause(grading.cite, illustrative=grading.illustrative)
    doubtful = grading.illustrative
    lines = []
    found: list[ClassLine] = []
    if isinstance(grading, Shares):
        found = share_lines(grading)
    elif isinstance(grading, Limits):
        found = limit_lines(grading)
    elif isinstance(grading, Thresholds):
        found = threshold_lines(track, grading)
    by = "" if track.rank_by or not isinstance(grading, Shares) else "综合得分"
    for item in found:
        basis = policy.clause(item.cite, illustrative=item.illustrative)
        lines.append(Line(f"{item.grade} 类：{by}{item.words}。", basis, item.illustrative))
    if isinstance(grading, TwoStage):
        lines += [_selection(policy, track, grading, chosen) for chosen in grading.selections]
        lines.append(Line(f"其余为 {grading.rest} 类。", clause, doubtful))
        lines.append(Line(f"{_MIDDLE[grading.middle]}（本程序的约定）。"))
    if isinstance(grading, Thresholds):
        lines.append(Line("从上到下先达到哪一条就是哪一类，不限家数。"))
        return lines
    rounding = _LIMITS if isinstance(grading, Limits) else _ROUNDING[grading.rounding]
    settings = f"{rounding}，{_TIES[grading.ties]}{denominator_words(grading)}"
    lines.append(Line(f"{settings}（原文未写明的为本程序的约定）。"))
    return lines


def _selection(policy: Policy, track: Track, grading: TwoStage, chosen: Selection) -> Line:
    doubtful = chosen.illustrative or grading.illustrative
    name = formula_words(track, chosen.order_by)
    text = (
        f"{chosen.grade} 类：在综合得分排名{_HALVES[chosen.half]} {grading.gate * 100:g}% 之内，"
        f"按{name}{_ORDERS[chosen.order]}取参评总数的 {chosen.share * 100:g}%。"
    )
    return Line(text, policy.clause(chosen.cite or grading.cite, illustrative=doubtful), doubtful)
