"""Results of an evaluation, as the contract's JSON and as a short text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zoneeval_cli import output

if TYPE_CHECKING:
    from zoneeval.model.evaluation import Evaluation
    from zoneeval.policy.schema import Policy


def evaluation_json(
    policy: Policy, evaluation: Evaluation, warnings: Sequence[str] = ()
) -> dict[str, object]:
    """Return an evaluation in the shape of the contract; ``warnings`` come first."""
    return {
        "policy": {
            "id": policy.id,
            "fingerprint": policy.fingerprint,
            "status": policy.status.value,
            "missing": missing(policy),
        },
        "assumptions": list(evaluation.assumptions),
        "warnings": [*warnings, *evaluation.warnings],
        "counts": counts(policy, evaluation),
        "enterprises": [evaluation.enterprise_json(row) for row in range(evaluation.size)],
    }


def counts(policy: Policy, evaluation: Evaluation) -> dict[str, int]:
    """Return how many enterprises hold each class of the policy, also where none does."""
    return {**{grade.letter: 0 for grade in policy.grades}, **evaluation.counts()}


def missing(policy: Policy) -> list[str]:
    """Return what of the policy's text is not known, its tracks' gaps included."""
    found = list(policy.missing)
    for track in policy.tracks:
        found += [f"{track.label}：{line}" for line in track.missing]
    return found


def say_evaluation(policy: Policy, evaluation: Evaluation, warnings: Sequence[str] = ()) -> None:
    """Write what came of an evaluation: counts, remarks, and the ranking."""
    from zoneeval.model.evaluation import Participation

    output.say(f"办法：{policy.title}（{policy.status.label}）")
    if policy.has_illustrative:
        output.say("注意：办法中有未公布的数值，以“示意”代替，结果不能当作官方结论。")
    states = Counter(str(state) for state in evaluation.participation)
    words = [f"{p.label} {states[p.value]} 家" for p in Participation if states[p.value]]
    output.say(f"共 {evaluation.size} 家企业：{'，'.join(words) or '没有企业'}。")
    grades = counts(policy, evaluation)
    if all(track.grading.kind == "rank_only" for track in policy.tracks):
        output.say("本办法没有公布分类比例，只打分排名，不定类别。")
    else:
        output.say("，".join(f"{letter} 类 {count} 家" for letter, count in grades.items()) + "。")
    for line in evaluation.assumptions:
        output.say(f"假定：{line}")
    for line in [*warnings, *evaluation.warnings]:
        output.say(f"提醒：{line}")
    _say_ranking(policy, evaluation)


def _say_ranking(policy: Policy, evaluation: Evaluation) -> None:
    rows = []
    order = sorted(range(evaluation.size), key=lambda i: _place(evaluation, i))
    for i in order[: output.MOST_ROWS]:
        rows.append(
            (
                _group_words(policy, evaluation, i),
                output.number(float(evaluation.rank[i]), 0),
                output.number(float(evaluation.composite[i]), 4),
                str(evaluation.grade[i] or output.MISSING),
                str(evaluation.name[i] or evaluation.uscc[i] or output.MISSING),
                "；".join(evaluation.reasons[i]),
            )
        )
    if rows:
        headings = ("分组", "排名", "综合得分", "类别", "企业", "说明")
        output.say_table(headings, rows, "lrr")
    rest = evaluation.size - len(rows)
    if rest > 0:
        output.say(f"另有 {rest} 家未列出，加 --json 或导出工作簿可看全部。")


def _place(evaluation: Evaluation, row: int) -> tuple[bool, str, str, float]:
    """Return what sorts by group, track and position, with those not ranked last."""
    group, track = evaluation.group[row], evaluation.track[row]
    position = float(evaluation.position[row])
    return (math.isnan(position), str(track or ""), str(group or ""), position)


def _group_words(policy: Policy, evaluation: Evaluation, row: int) -> str:
    """Return with whom a row was ranked; the track only where the policy has several."""
    group = str(evaluation.group[row] or evaluation.zone[row] or output.MISSING)
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    return f"{track.label} {group}" if track is not None and len(policy.tracks) > 1 else group
