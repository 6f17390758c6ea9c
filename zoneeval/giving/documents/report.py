"""评价情况报告: what the leading group is told about a run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zoneeval.giving.documents.heading import NO_DASH, YES, Basis, Letterhead, general
from zoneeval.giving.documents.lists import class_counts
from zoneeval.giving.documents.template import clean
from zoneeval.giving.notice import figure
from zoneeval.model.adjudication import GradeOverride, Objection
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.policy.difference import differences
from zoneeval.policy.schema import Policy
from zoneeval.report.order import letters_of

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Comparison

LEADERS = "领导小组"


@dataclass(frozen=True)
class Former:
    """The run of the year before, and how the two compare."""

    year: int
    policy: Policy
    evaluation: Evaluation
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class NearCut:
    """An enterprise near the line of the lowest class; ``distance`` is positive above it."""

    name: str
    zone: str
    grade: str | None
    composite: float | None
    drawn_by: str
    distance: float


def report_content(
    head: Letterhead,
    basis: Basis,
    evaluation: Evaluation,
    former: Former | None,
    near: Sequence[NearCut],
    overrides: Sequence[GradeOverride],
    objections: Sequence[Objection],
) -> dict[str, Any]:
    """Return what the report says; ``evaluation`` and ``former`` have final classes."""
    states = Counter(Participation(state) for state in evaluation.participation)
    others = [
        f"{state.label} {states[state]} 家"
        for state in Participation
        if state is not Participation.EVALUATED and states[state]
    ]
    decided = Counter(one.decision for one in objections)
    return {
        **general(head, basis, LEADERS),
        "企业总数": str(evaluation.size),
        "参评数": str(states[Participation.EVALUATED]),
        "未参评说明": "、".join(others),
        **_moves(former),
        **_rules(basis.policy, former),
        "异议件数": str(len(objections)),
        "采纳件数": str(decided["accepted"]),
        "不采纳件数": str(decided["refused"]),
        "撤回件数": str(decided["withdrawn"]),
        "待处理件数": str(decided["open"]),
        "类别统计": class_counts(
            basis.policy, evaluation, None if former is None else former.evaluation.counts()
        ),
        "园区统计": _zones(basis.policy, evaluation),
        "临线企业": [_near(number, one) for number, one in enumerate(near, 1)],
        "缺数据指标": _missing(evaluation),
        "人工调整": [_override(evaluation, one) for one in overrides],
    }


def _moves(former: Former | None) -> dict[str, Any]:
    held = former.comparison.rows if former is not None else ()
    found = Counter(
        "不变" if row.move.before == row.move.after else row.move.direction for row in held
    )
    changed = [row.move for row in held if row.move.before != row.move.after]

    def number(*words: str) -> str:
        return NO_DASH if former is None else str(sum(found[word] for word in words))

    return {
        "有上年": "" if former is None else YES,
        "上年": "" if former is None else str(former.year),
        "上升数": number("上升"),
        "下降数": number("下降"),
        "不变数": number("不变", "平移"),
        "新进数": number("新进"),
        "退出数": number("退出评价"),
        "类别变动": [
            {
                "序号": str(place),
                "企业名称": clean(move.name),
                "园区": clean(move.zone or NO_DASH),
                "上年类别": move.before or NO_DASH,
                "本年类别": move.after or NO_DASH,
                "变化": move.direction,
            }
            for place, move in enumerate(changed, 1)
        ],
    }


def _rules(policy: Policy, former: Former | None) -> dict[str, Any]:
    if former is None:
        return {"办法说明": "没有上一年度的评价结果，不作比较。", "办法变化": []}
    found = differences(former.policy, policy)
    if not found:
        said = f"评价办法与 {former.year} 年度相同。"
    else:
        said = f"评价办法与 {former.year} 年度相比，有 {len(found)} 处改动："
    changes = [{"部分": clean(one.part), "内容": clean(one.text)} for one in found]
    return {"办法说明": said, "办法变化": changes}


def _zones(policy: Policy, evaluation: Evaluation) -> list[dict[str, str]]:
    rows: dict[str, list[int]] = {}
    for row in range(evaluation.size):
        rows.setdefault(evaluation.zone[row] or "未注明园区", []).append(row)
    letters = letters_of(policy, evaluation)
    out = []
    for zone in sorted(rows):
        mine = rows[zone]
        held = Counter(evaluation.grade[row] for row in mine)
        taking = sum(evaluation.participation[row] == Participation.EVALUATED for row in mine)
        out.append(
            {
                "园区": clean(zone),
                "企业数": str(len(mine)),
                "参评数": str(taking),
                "分类情况": "，".join(f"{letter} 类 {held[letter]} 家" for letter in letters),
            }
        )
    return out


def _near(number: int, one: NearCut) -> dict[str, str]:
    distance = figure(one.distance)
    return {
        "序号": str(number),
        "企业名称": clean(one.name),
        "园区": clean(one.zone or NO_DASH),
        "类别": one.grade or NO_DASH,
        "综合得分": NO_DASH if one.composite is None else figure(one.composite),
        "划线依据": clean(one.drawn_by),
        "距线": f"+{distance}" if one.distance > 0 else distance,
    }


def _missing(evaluation: Evaluation) -> list[dict[str, str]]:
    """Return the indicators that lack a value for somebody who is scored by them."""
    out = []
    for info in evaluation.indicators:
        values, weights = evaluation.values[info.key], evaluation.weights[info.key]
        lacking = sum(
            math.isnan(value) and not math.isnan(weight)
            for value, weight in zip(values.tolist(), weights.tolist(), strict=True)
        )
        if lacking:
            out.append({"指标": clean(info.label), "家数": str(lacking)})
    return out


def _override(evaluation: Evaluation, one: GradeOverride) -> dict[str, str]:
    row = evaluation.row_of(one.uscc)
    return {
        "企业名称": clean((evaluation.name[row] if row is not None else "") or one.uscc),
        "原类别": (evaluation.computed_grade[row] if row is not None else None) or NO_DASH,
        "调整后类别": one.grade,
        "理由": clean(one.reason),
        "文件": clean(one.document),
    }
