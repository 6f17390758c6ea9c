"""Why one enterprise has its class: figures for the detail pane, made in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import IndicatorBar, TreeRow

if TYPE_CHECKING:
    from zoneeval.model.adjudication import GradeOverride
    from zoneeval.model.explanation import Explanation
    from zoneeval.policy.schema import Policy, Track
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult


@dataclass(frozen=True, slots=True)
class Reasons:
    """One enterprise: why its class, point by point, and where its figures come from.

    ``grade`` is that of the rules; a class ``by_hand`` stands beside it.
    """

    row: int
    uscc: str
    name: str
    facts: str
    grade: str | None
    state: Participation
    sentence: str
    rule: str
    clause: str
    bars: tuple[IndicatorBar, ...]
    extra: str
    standing: str
    lines: tuple[str, ...]
    illustrative: str
    files: str
    tree: tuple[TreeRow, ...]
    by_hand: GradeOverride | None = None


def read_reasons(workspace: Workspace, run: RunResult, row: int) -> Reasons:
    """Return the reasons for one row of a run, with the source cell of every value."""
    from zoneeval import engine
    from zoneeval_db import operations

    evaluation, policy = run.evaluation, run.policy
    uscc = evaluation.uscc[row] or ""
    cells, dataset = operations.explained_by(workspace, run, uscc)
    tree = engine.explain(policy, evaluation, row, cells, dataset)
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    group = evaluation.group_of(row)
    grade = evaluation.grade[row]
    rule, clause = _rule(policy, track)
    standing = ""
    if group is not None and not np.isnan(evaluation.rank[row]):
        standing = f"第 {int(evaluation.rank[row])} 位 / {group.size} 家"
    return Reasons(
        row=row,
        uscc=uscc,
        name=str(evaluation.name[row] or uscc or MISSING),
        facts=_facts(run, uscc, str(evaluation.zone[row] or "")),
        grade=grade,
        state=Participation(evaluation.participation[row]),
        sentence=engine.why(policy, evaluation, row),
        rule=rule,
        clause=clause,
        bars=_bars(run, track, row),
        extra=_extra(tree),
        standing=standing,
        lines=tuple(_line(run, quota) for quota in group.quotas) if group else (),
        illustrative=_illustrative(track),
        files="、".join(dict.fromkeys(cell.file for cell in cells.values())),
        tree=tuple(tree_row(child) for child in tree.children),
        by_hand=next(
            (o for o in operations.overrides(workspace, run.info.id) if o.uscc == uscc), None
        ),
    )


def _facts(run: RunResult, uscc: str, zone: str) -> str:
    from zoneeval.engine.derive import derive

    dataset = run.dataset
    places = np.flatnonzero(dataset.text("uscc") == uscc)
    parts = [zone]
    if uscc and len(places):
        one = derive(dataset.take(places[:1].astype(np.int64)), ["land_area"]).dataset
        code = one.text("industry_code")[0]
        parts += [f"行业 {code}" if code else "", f"用地 {figure(one.number('land_area')[0])} 亩"]
    return f"{uscc or MISSING}\n{' · '.join(part for part in parts if part)}"


def _rule(policy: Policy, track: Track | None) -> tuple[str, str]:
    if track is None:
        return "", ""
    grading = track.grading
    doubtful = bool(getattr(grading, "illustrative", False))
    words = grading.note or str(getattr(grading, "reason", ""))
    return words, policy.clause(grading.cite, illustrative=doubtful)


def _bars(run: RunResult, track: Track | None, row: int) -> tuple[IndicatorBar, ...]:
    if track is None:
        return ()
    from zoneeval.policy.methods import Ratio
    from zoneeval.policy.wording import method_words, missing_words

    evaluation, bars = run.evaluation, []
    for item in track.indicators:
        weight = float(evaluation.weights[item.key][row])
        if np.isnan(weight):
            continue
        value = float(evaluation.values[item.key][row])
        mark = float(evaluation.benchmarks[item.key][row])
        score = float(evaluation.scores[item.key][row])
        words = f"{figure(value, share=item.is_share)} ÷ 基准 {figure(mark, share=item.is_share)}"
        if not isinstance(item.method, Ratio):
            words = f"{figure(value, share=item.is_share)}；{method_words(item)}"
        if np.isnan(value):
            words = f"缺数据，{missing_words(item)}"
        note = "\n".join(
            part
            for part in (
                run.policy.clause(item.cite, illustrative=item.illustrative),
                item.note,
            )
            if part
        )
        bars.append(
            IndicatorBar(
                item.key,
                item.shown_label,
                words,
                score,
                weight,
                tone=Tone.UNCERTAIN if np.isnan(value) else None,
                note=note,
            )
        )
    return tuple(bars)


def _extra(tree: Explanation) -> str:
    """Return bonus and penalty with the items they come from."""
    parts = []
    for node in (leaf for child in tree.children for leaf in child.children):
        if node.label in ("加分", "扣分") and isinstance(node.value, float):
            items = "、".join(
                f"{item.label} {figure(item.value)}"
                for item in node.children
                if isinstance(item.value, float)
            )
            parts.append(
                f"{node.label} {figure(node.value)} 分" + (f"（{items}）" if items else "")
            )
    return "，".join(parts)


def _line(run: RunResult, quota: object) -> str:
    from zoneeval.model.evaluation import Quota
    from zoneeval.model.fields import FIELDS, label_of, unit_of

    assert isinstance(quota, Quota)
    if quota.key == "composite_score":
        label, unit, share = "综合得分", " 分", False
    else:
        known = {info.key: info for info in run.evaluation.indicators}.get(quota.key)
        label = known.label if known else label_of(quota.key)
        unit = f" {known.unit if known else unit_of(quota.key)}".rstrip()
        share = known.is_share if known else FIELDS[quota.key].kind == "share"
    if quota.cut is None:
        return f"{quota.grade} 类名额 {quota.quota} 家，没有企业列入"
    cut = figure(quota.cut, share=share)
    return f"{quota.grade} 类 {quota.taken} 家，分类线：{label} {cut}{unit}"


def _illustrative(track: Track | None) -> str:
    if track is None:
        return ""
    items = [i for i in track.indicators if i.illustrative or i.benchmark.illustrative]
    parts = []
    if items:
        parts.append(f"{len(items)} 项指标的权重或基准")
    if any(bonus.illustrative for bonus in track.bonus):
        parts.append("加分分值")
    if track.decimals_illustrative:
        parts.append("得分取位")
    return f"示意：{'、'.join(parts)}未见公布，是为试算所设的数值。" if parts else ""


def tree_row(node: Explanation) -> TreeRow:
    """Return an explanation as a row of the tree; missing figures are amber."""
    if isinstance(node.value, int | float):
        value = figure(float(node.value), share=node.is_share, decimals=2)
    else:
        value = node.value or ""
    missing = node.value is None and bool(node.unit or node.label in ("数值", "基准值"))
    doubtful = missing or "示意" in node.clause
    return TreeRow(
        node.label,
        value,
        node.unit,
        node.clause,
        node.source,
        Tone.UNCERTAIN if doubtful else None,
        tuple(tree_row(child) for child in node.children),
    )
