"""The results workbook (结果): everything about one run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zoneeval.memory import collection_paused
from zoneeval.model.adjudication import GradeOverride, overridden
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, IndicatorInfo, Participation
from zoneeval.policy.schema import Policy
from zoneeval.report.basis import basis_page
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.live.sheets import live_pages
from zoneeval.report.order import awards_classes, data_rows, letters_of, listed_order, texts
from zoneeval.report.overview import about_page, left_out_page, lines_page, summary_page
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import (
    NOT_USED,
    Cell,
    Column,
    FactPage,
    Kind,
    Page,
    number_kind,
)

_IDENTITY = (
    Column("序号", "plain"),
    Column("企业名称", cap=38),
    Column("统一社会信用代码", "code", cap=22),
    Column("园区", cap=24),
    Column("乡镇", cap=16),
    Column("行业代码", "code"),
    Column("规模", "center"),
)


@collection_paused()
def write_results(
    path: Path,
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    by_hand: Sequence[GradeOverride] = (),
) -> None:
    """Write the results workbook of a run to ``path``, whole or not at all.

    ``evaluation`` is that of the rules; classes given by hand show as the final ones, and
    not in the formulas.

    Raises:
        UserError: the file cannot be written.
    """
    order = listed_order(evaluation)
    live, without = live_pages(header, policy, evaluation, dataset)
    evaluation = _final(evaluation, by_hand)
    pages: list[Page | FactPage] = [
        about_page(header, policy, evaluation, without),
        summary_page(header, policy, evaluation),
        lines_page(header, policy, evaluation),
        left_out_page(header, policy, evaluation),
        _all_page(header, policy, evaluation, dataset, order),
    ]
    if awards_classes(policy):
        pages += [
            _class_page(header, policy, evaluation, dataset, order, letter)
            for letter in letters_of(policy, evaluation)
        ]
    pages.append(basis_page(policy))
    pages += live
    write_book(path, titled(header, "企业分类综合评价结果"), pages)


def _final(evaluation: Evaluation, by_hand: Sequence[GradeOverride]) -> Evaluation:
    """Return the evaluation with the classes given by hand, each with its reason."""
    reasons = list(evaluation.reasons)
    for made in by_hand:
        row = evaluation.row_of(made.uscc)
        if row is not None:
            said = f"人工调整为 {made.grade} 类：{made.reason}（{made.document}）"
            reasons[row] = (*reasons[row], said)
    final = overridden(evaluation, {made.uscc: made.grade for made in by_hand})
    return replace(final, reasons=tuple(reasons)) if by_hand else evaluation


def identity(evaluation: Evaluation, dataset: Dataset, rows: list[int]) -> list[list[Cell]]:
    """Return per row: serial, name, code, zone, town, industry and scale."""
    at = data_rows(evaluation, dataset)
    chosen = [at[row] for row in rows]
    more = [texts(dataset, key, chosen) for key in ("town", "industry_code", "scale")]
    return [
        [i + 1, evaluation.name[row], evaluation.uscc[row], evaluation.zone[row]]
        + [column[i] for column in more]
        for i, row in enumerate(rows)
    ]


def _all_page(
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    rows: list[int],
) -> Page:
    columns = [*_IDENTITY, Column("参评状态", "center")]
    cells = identity(evaluation, dataset, rows)
    states = [Participation(str(evaluation.participation[row])) for row in rows]
    for line, state in zip(cells, states, strict=True):
        line.append(state.label)
    for info in evaluation.indicators:
        columns += indicator_columns(evaluation, info)
        values = evaluation.values[info.key].tolist()
        scores = evaluation.scores[info.key].tolist()
        weights = evaluation.weights[info.key].tolist()
        for line, row, state in zip(cells, rows, states, strict=True):
            foreign = state is Participation.EVALUATED and math.isnan(weights[row])
            line += [NOT_USED, NOT_USED] if foreign else [values[row], scores[row]]
    columns += [
        Column("加减分", "number"),
        Column("综合得分", _composite_kind(policy)),
        Column("排名", "plain"),
        Column("初评类别", "center"),
        Column("最终类别", "center"),
        Column("说明", "wrap", cap=36),
    ]
    extra = (evaluation.bonus - evaluation.penalty).tolist()
    composite, rank = evaluation.composite.tolist(), evaluation.rank.tolist()
    for line, row in zip(cells, rows, strict=True):
        line += [
            extra[row],
            composite[row],
            rank[row],
            grade_cell(policy, evaluation.computed_grade[row]),
            grade_cell(policy, evaluation.grade[row]),
            "；".join(evaluation.reasons[row]),
        ]
    notes = [run_note(header, policy), "“—”表示没有数据或不计算，不是 0。"]
    if len(policy.tracks) > 1:
        notes.append("“/”表示该企业适用的评价指标中没有这一项。")
    return Page(
        "全部企业",
        titled(header, "企业分类综合评价明细"),
        tuple(columns),
        cells,
        notes=tuple(notes),
        alerts=status_alerts(policy, policy.has_illustrative),
        frozen_columns=2,
        empty="没有企业。",
    )


def indicator_columns(evaluation: Evaluation, info: IndicatorInfo) -> list[Column]:
    """Return the columns 数值 and 得分 of an indicator, with its unit in the heading."""
    unit = "" if info.is_share or not info.unit else f"（{info.unit}）"
    kind = number_kind(evaluation.values[info.key].tolist(), info.is_share)
    return [Column(f"{info.label}{unit}", kind, cap=16), Column(f"{info.label}得分", "number")]


def _composite_kind(policy: Policy) -> Kind:
    return "fine" if any((track.decimals or 0) > 2 for track in policy.tracks) else "number"


def _class_page(
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    order: list[int],
    letter: str,
) -> Page:
    rows = [row for row in order if evaluation.grade[row] == letter]
    cells = identity(evaluation, dataset, rows)
    columns = [*_IDENTITY]
    for info in evaluation.indicators:
        columns.append(indicator_columns(evaluation, info)[0])
        values = evaluation.values[info.key].tolist()
        for line, row in zip(cells, rows, strict=True):
            line.append(values[row])
    columns += [Column("综合得分", _composite_kind(policy)), Column("排名", "plain")]
    for line, row in zip(cells, rows, strict=True):
        line += [float(evaluation.composite[row]), float(evaluation.rank[row])]
    grade = policy.grade(letter)
    name = f"（{grade.name}）" if grade and grade.name != f"{letter}类" else ""
    return Page(
        f"{letter}类",
        titled(header, f"{letter}类企业名单{name}"),
        tuple(columns),
        cells,
        notes=(run_note(header, policy), f"共 {len(rows)} 家。“—”表示没有数据，不是 0。"),
        alerts=status_alerts(policy, policy.has_illustrative),
        frozen_columns=2,
        empty=f"本次评价没有{letter}类企业。",
    )
