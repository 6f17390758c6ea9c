"""Answer "why this class" from the computation's own figures, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.expressions import evaluate_truth, parse
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, GroupSummary, Participation, Quota
from zoneeval.model.explanation import Explanation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.records import SourceCell
from zoneeval.policy.schema import Benchmark, Indicator, Policy, RankOnly, Shares, Track, TwoStage

HALVES = {"upper": "前", "lower": "后"}


def dragging(evaluation: Evaluation, row: int) -> list[str]:
    """Return the indicators that score below full marks, the furthest behind first."""
    behind = {}
    for info in evaluation.indicators:
        weight, points = evaluation.weights[info.key][row], evaluation.scores[info.key][row]
        if not np.isnan(weight) and points < weight:
            behind[info.key] = points / weight
    return sorted(behind, key=lambda key: behind[key])


def why(policy: Policy, evaluation: Evaluation, row: int) -> str:
    """Return one sentence: why this class, or why there is none."""
    if evaluation.participation[row] != Participation.EVALUATED:
        state = Participation(evaluation.participation[row]).label
        return f"{state}：{'；'.join(evaluation.reasons[row])}。"
    track = policy.track(evaluation.track[row])
    group = evaluation.group_of(row)
    if track is None or group is None:
        return ""
    place = (
        f"综合得分 {_figure(evaluation.composite[row])}，在{_words(group)}"
        f"排第 {int(evaluation.rank[row])} 位（共 {group.size} 家）"
    )
    grading = track.grading
    grade = evaluation.computed_grade[row]
    if isinstance(grading, RankOnly):
        return f"{place}；{grading.reason}。"
    if isinstance(grading, Shares):
        quota = next((q for q in group.quotas if q.grade == grade), None)
        start = sum(q.taken for q in group.quotas[: [q.grade for q in group.quotas].index(grade)])
        taken = quota.taken if quota else 0
        return f"{place}；第 {start + 1} 至第 {start + taken} 位为 {grade} 类。"
    return f"{place}，{_stage_words(grading, group, evaluation, row)}。"


def _stage_words(grading: TwoStage, group: GroupSummary, evaluation: Evaluation, row: int) -> str:
    gate = evaluation.gate[row]
    share = f"{grading.gate * 100:g}%"
    grade = evaluation.computed_grade[row]
    if gate == "middle":
        return f"居中，不在前 {share} 也不在后 {share}，为 {grade} 类"
    words = f"在{HALVES[gate]} {share} 之内"
    halves = [s for s in grading.selections if s.half == gate]
    selection = next((s for s in halves if s.grade == grade), halves[0] if halves else None)
    if selection is None:
        return f"{words}，为 {grade} 类"
    quota = next(q for q in group.quotas if q.grade == selection.grade)
    label = label_of(selection.order_by)
    direction = "由高到低" if selection.order == "descending" else "由低到高"
    if np.isnan(evaluation.stage_rank[row]):
        return f"{words}；缺“{label}”，不参加 {selection.grade} 类选取，为 {grade} 类"
    stage = int(evaluation.stage_rank[row])
    return (
        f"{words}；其中按{label}{direction}排第 {stage} 位，{selection.grade} 类取参评总数的 "
        f"{selection.share * 100:g}%（{quota.taken} 家），为 {grade} 类"
    )


def explain(
    policy: Policy,
    evaluation: Evaluation,
    row: int,
    sources: Mapping[str, SourceCell] | None = None,
    dataset: Dataset | None = None,
) -> Explanation:
    """Return the whole tree for one enterprise: value → score → rank → class.

    ``sources`` maps field identifiers to the cells they came from, and ``dataset``
    gives the raw values under each indicator; both may be left out.
    """
    sources = sources or {}
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    grade = evaluation.grade[row]
    children = [_participation(evaluation, row)]
    if track is not None:
        children.append(_composite(policy, track, evaluation, row, sources, dataset))
        children.extend(_ranking(policy, track, evaluation, row))
    name = policy.grade(grade).name if grade and policy.grade(grade) else ""  # type: ignore[union-attr]
    return Explanation(
        label=str(evaluation.name[row] or evaluation.uscc[row] or ""),
        value=f"{grade} 类（{name}）" if grade else "未分类",
        clause=policy.title,
        source=why(policy, evaluation, row),
        children=tuple(children),
    )


def _participation(evaluation: Evaluation, row: int) -> Explanation:
    state = Participation(evaluation.participation[row])
    return Explanation("参评状态", state.label, clause="；".join(evaluation.reasons[row]))


def _composite(
    policy: Policy,
    track: Track,
    evaluation: Evaluation,
    row: int,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> Explanation:
    nodes = [
        _indicator(policy, item, evaluation, row, sources, dataset) for item in track.indicators
    ]
    for label, points in (("加分", evaluation.bonus[row]), ("扣分", evaluation.penalty[row])):
        if points:
            items = _bonus_items(policy, track, evaluation.uscc[row], label, sources, dataset)
            nodes.append(Explanation(label, float(points), "分", children=items))
    clause = "各项得分之和加上加分、减去扣分"
    if track.decimals is not None:
        clause += f"，四舍五入保留 {track.decimals} 位小数"
        clause += "（示意，未见公布）" if track.decimals_illustrative else ""
    return Explanation("综合得分", float(evaluation.composite[row]), "分", clause, "", tuple(nodes))


def _bonus_items(
    policy: Policy,
    track: Track,
    uscc: str,
    label: str,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> tuple[Explanation, ...]:
    """Return one node per item of the catalogue that this enterprise meets.

    Of several of one kind only the highest counts; the others say so.
    """
    if dataset is None:
        return ()
    rows = np.flatnonzero(dataset.text("uscc") == uscc)
    table = derive(dataset.take(rows), [f for b in track.bonus for f in parse(b.when).fields])
    nodes = []
    for item in track.bonus:
        expression = parse(item.when)
        if (item.points > 0) != (label == "加分"):
            continue
        if not (evaluate_truth(expression, table.dataset) == 1).any():
            continue
        same = [b.points for b in track.bonus if item.kind and b.kind == item.kind]
        note = "同类只计最高一项" if len(same) > 1 else ""
        cells = [sources[name].place for name in expression.fields if name in sources]
        clause = policy.clause(item.cite, illustrative=item.illustrative)
        words = "；".join(part for part in (clause, note) if part)
        nodes.append(Explanation(item.label, abs(item.points), "分", words, "；".join(cells)))
    return tuple(nodes)


def _indicator(
    policy: Policy,
    item: Indicator,
    evaluation: Evaluation,
    row: int,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> Explanation:
    key = item.key
    value, mark = evaluation.values[key][row], evaluation.benchmarks[key][row]
    formula = next((i.formula for i in evaluation.indicators if i.key == key), "") or key
    clause = policy.clause(item.cite, illustrative=item.illustrative)
    nodes = [
        _value(formula, item, float(value), evaluation.uscc[row], sources, dataset),
        Explanation(
            "基准值",
            None if np.isnan(mark) else float(mark),
            item.shown_unit,
            _benchmark_words(policy, item, evaluation.group[row]),
            is_share=item.is_share,
        ),
        Explanation("权重", item.weight, "分", clause),
    ]
    if np.isnan(value):
        how = "取该项得分的平均" if item.missing == "average_score" else "计 0 分"
        nodes.append(Explanation("缺数据", how))
    score = float(evaluation.scores[key][row])
    return Explanation(item.shown_label, score, "分", clause, item.note, tuple(nodes))


def _benchmark_words(policy: Policy, item: Indicator, group: str) -> str:
    rule: Benchmark = item.benchmark
    doubtful = rule.illustrative or item.illustrative
    clause = policy.clause(rule.cite or item.cite, illustrative=doubtful)
    if rule.kind == "fixed":
        return f"固定值；{clause}"
    who = f"{group} 参评企业" if rule.population == "group" else "本组别参评企业"
    year = "上一年度" if rule.year == "previous" else "本年度"
    how = "总量之比" if rule.average == "ratio_of_totals" else "比值的平均"
    times = f"的 {rule.multiple:g} 倍" if rule.multiple != 1 else ""
    return f"{who}{year}平均值（{how}）{times}；{clause}"


def _value(
    formula: str,
    item: Indicator,
    value: float,
    uscc: str,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> Explanation:
    field = FIELDS.get(formula)
    parts = parse(field.formula if field and field.is_derived else formula).fields
    nodes = [_raw(name, uscc, sources, dataset) for name in parts] if dataset is not None else []
    direct = sources.get(formula)
    return Explanation(
        "数值",
        None if np.isnan(value) else value,
        item.shown_unit,
        " ÷ ".join(label_of(name) for name in parts) if field and field.is_derived else "",
        direct.place if direct else "",
        tuple(nodes),
        item.is_share,
    )


def _raw(
    name: str, uscc: str, sources: Mapping[str, SourceCell], dataset: Dataset | None
) -> Explanation:
    field = FIELDS[name]
    value: float | str | None = None
    nodes: tuple[Explanation, ...] = ()
    if dataset is not None and dataset.has(name):
        rows = np.flatnonzero(dataset.text("uscc") == uscc)
        if len(rows):
            held = dataset.columns[name][rows[0]]
            value = None if held is None or held != held else held
    if field.is_derived and value is None:
        nodes = tuple(_raw(part, uscc, sources, dataset) for part in parse(field.formula).fields)
        numbers = [n.value for n in nodes if isinstance(n.value, float)]
        value = _combined(name, uscc, dataset) if numbers else None
    cell = sources.get(name)
    return Explanation(
        field.label,
        float(value) if isinstance(value, float | np.floating) else value,
        field.unit,
        field.note,
        cell.place if cell else "",
        nodes,
    )


def _combined(name: str, uscc: str, dataset: Dataset | None) -> float | None:
    if dataset is None:
        return None
    rows = np.flatnonzero(dataset.text("uscc") == uscc)
    value = derive(dataset.take(rows), [name]).dataset.number(name)[0]
    return None if np.isnan(value) else float(value)


def _ranking(policy: Policy, track: Track, evaluation: Evaluation, row: int) -> list[Explanation]:
    group = evaluation.group_of(row)
    if group is None:
        return []
    grading = track.grading
    nodes = [
        Explanation(
            "排名", int(evaluation.rank[row]), "", f"{_words(group)} {group.size} 家中，同分同名次"
        )
    ]
    if isinstance(grading, RankOnly):
        return [*nodes, Explanation("分类", "不分类", clause=grading.reason)]
    clause = policy.clause(grading.cite, illustrative=grading.illustrative)
    cuts = tuple(_cut(q) for q in group.quotas)
    nodes.append(
        Explanation("分类", evaluation.computed_grade[row], "", grading.note, clause, cuts)
    )
    if isinstance(grading, TwoStage) and not np.isnan(evaluation.stage_rank[row]):
        selection = next(s for s in grading.selections if s.half == evaluation.gate[row])
        nodes.append(
            Explanation(
                f"第二步按{label_of(selection.order_by)}排序",
                int(evaluation.stage_rank[row]),
                "",
                policy.clause(selection.cite, illustrative=selection.illustrative),
            )
        )
    return nodes


def _cut(quota: Quota) -> Explanation:
    label = "综合得分" if quota.key == "composite_score" else label_of(quota.key)
    return Explanation(
        f"{quota.grade} 类名额 {quota.taken} 家，最后一家的{label}",
        quota.cut,
        "",
        f"占 {quota.share * 100:g}%，应取 {quota.quota} 家",
    )


def _words(group: GroupSummary) -> str:
    return "全部参评企业" if group.group == "全部" else group.group


def _figure(value: float) -> str:
    return f"{value:.2f}"
