"""The evaluation as table and chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.evaluation.content import LEFT_OUT, EvaluationContent
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval.model.evaluation import IndicatorInfo

translate = QCoreApplication.translate


def table_of(content: EvaluationContent) -> TableData:
    """Return one row per enterprise; the id is the row of the evaluation."""
    if content.run is None:
        return TableData((), {})
    evaluation, rows = content.run.evaluation, list(content.rows)
    columns: list[Column] = [
        Column("name", translate("Evaluation", "企业名称"), width=15),
        Column("grade", translate("Evaluation", "类别"), kind="grade"),
        Column("composite", translate("Evaluation", "综合得分"), kind="number", strong=True),
        Column("rank", translate("Evaluation", "排名"), kind="integer"),
    ]
    values: dict[str, Sequence[Any] | npt.NDArray[Any]] = {
        "name": evaluation.name[rows],
        "grade": list(content.final),
        "composite": evaluation.composite[rows],
        "rank": evaluation.rank[rows],
    }
    if content.by_hand:
        tip = translate("Evaluation", "按办法评出的类别；人工调整的另有理由和文件")
        columns.insert(
            2, Column("rules", translate("Evaluation", "按办法"), kind="grade", tooltip=tip)
        )
        values["rules"] = evaluation.grade[rows]
    if content.zone is None and len(set(evaluation.zone[rows])) > 1:
        columns.append(Column("zone", translate("Evaluation", "园区"), width=11))
        values["zone"] = evaluation.zone[rows]
    columns.append(Column("industry", translate("Evaluation", "行业")))
    values["industry"] = list(content.industry)
    for info in evaluation.indicators:
        columns.append(_indicator_column(info))
        values[f"value:{info.key}"] = evaluation.values[info.key][rows]
    columns.append(Column("computed", translate("Evaluation", "初评"), kind="grade"))
    values["computed"] = evaluation.computed_grade[rows]
    if content.earlier_year is not None:
        columns.append(Column("earlier", translate("Evaluation", "上年"), kind="grade"))
        values["earlier"] = list(content.earlier)
    columns.append(Column("state", translate("Evaluation", "参评状态")))
    states = [Participation(evaluation.participation[i]) for i in rows]
    values["state"] = [state.label for state in states]
    tints = {
        (place, "state"): Tint.UNCERTAIN if state is Participation.UNDECIDED else Tint.MUTED
        for place, state in enumerate(states)
        if state is not Participation.EVALUATED
    }
    return TableData(tuple(columns), values, ids=rows, tints=tints)


def _indicator_column(info: IndicatorInfo) -> Column:
    return Column(
        f"value:{info.key}", info.label, info.unit, "share" if info.is_share else "number"
    )


def chips_of(content: EvaluationContent) -> list[Chip]:
    """Return the filters with their counts; classes come from the policy."""
    chips = [Chip("all", translate("Evaluation", "全部"), len(content.rows))]
    if content.run is None:
        return chips
    evaluation, rows = content.run.evaluation, list(content.rows)
    held = Counter(content.final)
    if not content.rank_only_reason:
        for grade in content.run.policy.grades:
            chips.append(
                Chip(f"grade:{grade.letter}", grade.letter, held[grade.letter], grade.name)
            )
        chips.append(
            Chip(
                "near",
                translate("Evaluation", "近分类线"),
                _count(content.near),
                translate("Evaluation", "离类别之间的线前后两位以内"),
            )
        )
    if content.earlier_year is not None and not content.rank_only_reason:
        chips.append(
            Chip(
                "changed",
                translate("Evaluation", "较上年变化"),
                _count(content.changed),
                translate("Evaluation", "与 {year} 年度的类别不同").format(
                    year=content.earlier_year
                ),
            )
        )
    states = Counter(Participation(state) for state in evaluation.participation[rows])
    left_out = sum(states[state] for state in LEFT_OUT)
    named = [("left_out", translate("Evaluation", "暂不纳入"), left_out)]
    named += [
        (f"state:{state.value}", state.label, states[state])
        for state in (
            Participation.UNGRADED,
            Participation.OUT_OF_SCOPE,
            Participation.UNDECIDED,
        )
    ]
    chips += [Chip(key, label, count) for key, label, count in named if count]
    return chips


def _count(mask: npt.NDArray[np.bool_] | None) -> int:
    return 0 if mask is None else int(mask.sum())


def mask_of(content: EvaluationContent, key: str) -> npt.NDArray[np.bool_] | None:
    """Return which rows of the table a chip shows, None for all."""
    if content.run is None or key in ("", "all"):
        return None
    evaluation, rows = content.run.evaluation, list(content.rows)
    if key == "near":
        return content.near
    if key == "changed":
        return content.changed
    kind, _, wanted = key.partition(":")
    if kind == "grade":
        return np.array([grade == wanted for grade in content.final], dtype=bool)
    states = [Participation(state) for state in evaluation.participation[rows]]
    if kind == "left_out":
        return np.array([state in LEFT_OUT for state in states], dtype=bool)
    return np.array([state.value == wanted for state in states], dtype=bool)
