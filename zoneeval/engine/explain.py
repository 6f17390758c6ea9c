"""Answer "why this class" from the computation's own figures, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zoneeval.engine.explain_class import class_nodes, why
from zoneeval.engine.explain_score import bonus_nodes, indicator_node, limit_clause
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.explanation import Explanation
from zoneeval.model.records import SourceCell
from zoneeval.policy.resolve import resolved
from zoneeval.policy.schema import Policy, Track

__all__ = ["dragging", "explain", "why"]


def dragging(evaluation: Evaluation, row: int) -> list[str]:
    """Return the indicators that score below full marks, the furthest behind first."""
    behind = {}
    for info in evaluation.indicators:
        weight, points = evaluation.weights[info.key][row], evaluation.scores[info.key][row]
        if not np.isnan(weight) and points < weight:
            behind[info.key] = points / weight
    return sorted(behind, key=lambda key: behind[key])


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
    policy = resolved(policy, evaluation.year)
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    grade = evaluation.grade[row]
    children = [_participation(evaluation, row)]
    if track is not None:
        if track.indicators:
            children.append(_composite(policy, track, evaluation, row, sources, dataset))
        children.extend(class_nodes(policy, track, evaluation, row))
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
        indicator_node(policy, item, evaluation, row, sources, dataset) for item in track.indicators
    ]
    for label, points in (("加分", evaluation.bonus[row]), ("扣分", evaluation.penalty[row])):
        if points:
            items = bonus_nodes(policy, track, evaluation, row, label, sources, dataset)
            most = limit_clause(track, label)
            nodes.append(Explanation(label, float(points), "分", most, children=items))
    clause = "各项得分之和加上加分、减去扣分"
    if track.decimals is not None:
        clause += f"，四舍五入保留 {track.decimals} 位小数"
        clause += "（示意，未见公布）" if track.decimals_illustrative else ""
    return Explanation("综合得分", float(evaluation.composite[row]), "分", clause, "", tuple(nodes))
