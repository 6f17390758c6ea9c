"""Publicity and recognition: documents with lists of enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zoneeval.giving.documents.heading import (
    NO_DASH,
    Basis,
    Letterhead,
    day_words,
    general,
    period,
)
from zoneeval.giving.documents.template import clean
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy
from zoneeval.report.order import letters_of


def class_counts(
    policy: Policy, evaluation: Evaluation, former: Mapping[str, int] | None = None
) -> list[dict[str, str]]:
    """Return every class of the policy with its number, share, and change on ``former``."""
    counts = evaluation.counts()
    total = sum(counts.values())
    rows = []
    for letter in letters_of(policy, evaluation):
        grade, number = policy.grade(letter), counts.get(letter, 0)
        before = None if former is None else former.get(letter, 0)
        rows.append(
            {
                "类别": letter,
                "名称": clean(grade.name) if grade else letter,
                "家数": str(number),
                "占比": f"{number / total * 100:.1f}%" if total else NO_DASH,
                "上年家数": NO_DASH if before is None else str(before),
                "增减": NO_DASH if before is None else _signed(number - before),
            }
        )
    return rows


def publicity_content(head: Letterhead, basis: Basis, evaluation: Evaluation) -> dict[str, Any]:
    """Return what the announcement of publicity says; it has no confidential figure."""
    return {
        **general(head, basis),
        **period(basis),
        "类别统计": class_counts(basis.policy, evaluation),
        "名单": listed(basis.policy, evaluation),
    }


def recognition_content(
    head: Letterhead,
    basis: Basis,
    evaluation: Evaluation,
    recognised_on: str | None,
    document: str | None,
) -> dict[str, Any]:
    """Return what the recognition says: a list per class, annexed."""
    annexes: list[dict[str, Any]] = []
    for count in class_counts(basis.policy, evaluation):
        rows = listed(basis.policy, evaluation, count["类别"])
        if rows:
            annexes.append(
                {
                    "附件号": str(len(annexes) + 1),
                    **{key: count[key] for key in ("类别", "名称", "家数")},
                    "企业": rows,
                }
            )
    return {
        **general(head, basis, "各有关单位"),
        **period(basis),
        "认定日期": day_words(recognised_on),
        "认定文件": clean(document or ""),
        "已分类数": str(sum(evaluation.counts().values())),
        "附件数": str(len(annexes)),
        "类别统计": class_counts(basis.policy, evaluation),
        "分类名单": annexes,
    }


def listed(
    policy: Policy, evaluation: Evaluation, letter: str | None = None
) -> list[dict[str, str]]:
    """Return those with a class, by zone, class and credit code, so that no rank shows."""
    place = {one: i for i, one in enumerate(letters_of(policy, evaluation))}
    rows = [
        row
        for row in range(evaluation.size)
        if evaluation.grade[row] is not None and letter in (None, evaluation.grade[row])
    ]
    rows.sort(
        key=lambda row: (
            evaluation.zone[row] or "",
            place[str(evaluation.grade[row])],
            evaluation.uscc[row] or "",
        )
    )
    return [
        {
            "序号": str(number),
            "企业名称": clean(evaluation.name[row] or ""),
            "信用代码": clean(evaluation.uscc[row] or NO_DASH),
            "园区": clean(evaluation.zone[row] or NO_DASH),
            "类别": evaluation.grade[row],
        }
        for number, row in enumerate(rows, 1)
    ]


def _signed(change: int) -> str:
    return "0" if change == 0 else f"{change:+d}".replace("-", "−")
