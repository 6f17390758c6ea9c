"""Why a class: the place in the ranking, the line drawn, and what was adjusted."""

from __future__ import annotations

import numpy as np

from zoneeval.model.evaluation import Evaluation, GroupSummary, Participation, Quota
from zoneeval.model.explanation import Explanation
from zoneeval.policy.class_wording import ORDERS, band_words, formula_words
from zoneeval.policy.findings import COMPOSITE
from zoneeval.policy.grading_schema import Limits, Thresholds
from zoneeval.policy.schema import Policy, RankOnly, Track, TwoStage

HALVES = {"upper": "前", "lower": "后"}


def why(policy: Policy, evaluation: Evaluation, row: int) -> str:
    """Return one sentence: why this class, or why there is none."""
    state = Participation(evaluation.participation[row])
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    group = evaluation.group_of(row)
    if state == Participation.UNGRADED and track is not None and group is not None:
        reasons = "；".join(evaluation.reasons[row])
        return f"{_place(track, group, evaluation, row)}；{state.label}：{reasons}。"
    if state != Participation.EVALUATED:
        return f"{state.label}：{'；'.join(evaluation.reasons[row])}。"
    if track is None or group is None:
        return ""
    place = _place(track, group, evaluation, row)
    said = adjusted(policy, evaluation, row)
    direct = tuple(f"按“{r.reason}”直接" for r in policy.adjustments if r.kind == "direct")
    if any(words.startswith(direct) for words, _ in said):
        return f"{place}；{'；'.join(words for words, _ in said)}。"
    after = "".join(f"；{words}" for words, _ in said)
    return f"{place}{_line(track, group, evaluation, row)}{after}。"


def _place(track: Track, group: GroupSummary, evaluation: Evaluation, row: int) -> str:
    whose = "全部参评企业" if group.group == "全部" else group.group
    rank = int(evaluation.rank[row])
    if track.rank_by:
        what = f"按{formula_words(track, track.rank_by)}{ORDERS[track.rank_order]}"
    else:
        what = f"综合得分 {evaluation.composite[row]:.2f}"
    return f"{what}，在{whose}排第 {rank} 位（共 {group.size} 家）"


def _line(track: Track, group: GroupSummary, evaluation: Evaluation, row: int) -> str:
    grading = track.grading
    grade = evaluation.computed_grade[row]
    if isinstance(grading, RankOnly):
        return f"；{grading.reason}"
    if isinstance(grading, TwoStage):
        return f"，{_stage_words(track, grading, group, evaluation, row)}"
    if isinstance(grading, Thresholds):
        lines = [n for n in grading.lines if n.grade == grade]
        if lines and grade != grading.rest:
            conditions = "，或者".join(formula_words(track, n.when) for n in lines)
            return f"；达到 {grade} 类的条件（{conditions}），为 {grade} 类"
        return f"；没有达到其他类别的条件，为 {grade} 类"
    letters = [q.grade for q in group.quotas]
    if grade not in letters:
        return ""
    at = letters.index(grade)
    start, taken = sum(q.taken for q in group.quotas[:at]), group.quotas[at].taken
    if sum(q.taken for q in group.quotas) == group.size:
        words = f"；第 {start + 1} 至第 {start + taken} 位为 {grade} 类"
    else:
        words = f"；除定档和不定级的以外，第 {start + 1} 至第 {start + taken} 家为 {grade} 类"
    if isinstance(grading, Limits):
        limit = band_words(grading.bands[at])
        words += f"（{limit}）" if limit else ""
    return words


def _stage_words(
    track: Track, grading: TwoStage, group: GroupSummary, evaluation: Evaluation, row: int
) -> str:
    gate = evaluation.gate[row]
    share = f"{grading.gate * 100:g}%"
    grade = evaluation.computed_grade[row]
    if gate == "middle":
        return f"居中，不在前 {share} 也不在后 {share}，为 {grade} 类"
    words = f"在{HALVES[gate]} {share} 之内"
    number = grading.deciding(gate, grade)
    if number is None:
        return f"{words}，为 {grade} 类"
    selection, quota = grading.selections[number], group.quotas[number]
    label = formula_words(track, selection.order_by)
    direction = ORDERS[selection.order]
    if np.isnan(evaluation.stage_rank[row]):
        return f"{words}；缺“{label}”，不参加 {selection.grade} 类选取，为 {grade} 类"
    stage = int(evaluation.stage_rank[row])
    return (
        f"{words}；其中按{label}{direction}排第 {stage} 位，{selection.grade} 类取参评总数的 "
        f"{selection.share * 100:g}%（{quota.taken} 家），为 {grade} 类"
    )


def adjusted(policy: Policy, evaluation: Evaluation, row: int) -> list[tuple[str, str]]:
    """Return what adjustments did to an enterprise, each with the clause it rests on."""
    found = []
    for words in evaluation.reasons[row]:
        for rule in policy.adjustments:
            if words.startswith(f"按“{rule.reason}”{rule.words}"):
                found.append((words, policy.clause(rule.cite, illustrative=rule.illustrative)))
    return found


def class_nodes(
    policy: Policy, track: Track, evaluation: Evaluation, row: int
) -> list[Explanation]:
    """Return rank, class before adjusting with its lines, second ordering, adjustments."""
    group = evaluation.group_of(row)
    if group is None:
        return []
    grading = track.grading
    whose = "全部参评企业" if group.group == "全部" else group.group
    by = f"按{formula_words(track, track.rank_by)}排名，" if track.rank_by else ""
    clause = f"{by}{whose} {group.size} 家中，同分同名次"
    nodes = [Explanation("排名", int(evaluation.rank[row]), "", clause)]
    computed, said = evaluation.computed_grade[row], adjusted(policy, evaluation, row)
    if isinstance(grading, RankOnly):
        nodes.append(Explanation("分类", "不分类", clause=grading.reason))
    else:
        clause = policy.clause(grading.cite, illustrative=grading.illustrative)
        label = "分类" if not said else "分类（调整前）"
        cuts = tuple(_cuts(policy, track, group))
        nodes.append(Explanation(label, computed or "不定级", "", grading.note, clause, cuts))
        nodes.extend(_second(policy, track, evaluation, row))
    for words, clause in said:
        nodes.append(Explanation("类别调整", evaluation.grade[row], "", clause, words))
    return nodes


def _second(policy: Policy, track: Track, evaluation: Evaluation, row: int) -> list[Explanation]:
    grading = track.grading
    if not isinstance(grading, TwoStage) or np.isnan(evaluation.stage_rank[row]):
        return []
    number = grading.deciding(evaluation.gate[row], evaluation.computed_grade[row])
    if number is None:
        return []
    chosen = grading.selections[number]
    clause = policy.clause(chosen.cite, illustrative=chosen.illustrative)
    label = f"第二步按{formula_words(track, chosen.order_by)}排序"
    return [Explanation(label, int(evaluation.stage_rank[row]), "", clause)]


def _cuts(policy: Policy, track: Track, group: GroupSummary) -> list[Explanation]:
    grading = track.grading
    if isinstance(grading, Thresholds):
        return [
            Explanation(
                f"{line.grade} 类的条件",
                formula_words(track, line.when),
                "",
                policy.clause(line.cite or grading.cite, illustrative=line.illustrative),
            )
            for line in grading.lines
        ]
    if isinstance(grading, Limits):
        return [
            _cut(track, quota, band_words(band) or "其余企业")
            for quota, band in zip(group.quotas, grading.bands, strict=True)
        ]
    return [
        _cut(track, quota, f"占 {quota.share * 100:g}%，应取 {quota.quota} 家")
        for quota in group.quotas
    ]


def _cut(track: Track, quota: Quota, clause: str) -> Explanation:
    label = "综合得分" if quota.key == COMPOSITE else formula_words(track, quota.key)
    return Explanation(
        f"{quota.grade} 类名额 {quota.taken} 家，最后一家的{label}", quota.cut, "", clause
    )
