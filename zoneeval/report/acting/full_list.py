"""The confidential full list of a run: every value, adjustments by hand, and objections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.adjudication import OBJECTION_WORDS, GradeOverride, Objection, overridden
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.order import data_rows, listed_order, numbers
from zoneeval.report.results import identity, indicator_columns
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page, number_kind

_SECRET = "内部资料，含企业经营数据，不得公开。“—”表示没有数据或不计算，不是 0。"


def write_full_list(
    path: Path,
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    by_hand: Sequence[GradeOverride],
    raised: Sequence[Objection],
) -> None:
    """Write the full list, which is confidential: every value, adjustments and objections.

    ``evaluation`` has the classes of the rules; those by hand stand beside them.

    Raises:
        UserError: the file cannot be written.
    """
    title = titled(header, "企业分类综合评价完整名单")
    pages = [
        _full_page(header, policy, evaluation, dataset, by_hand),
        _override_page(header, policy, evaluation, by_hand),
        _objection_page(header, policy, evaluation, raised),
    ]
    write_book(path, title, pages)


def _full_page(
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    by_hand: Sequence[GradeOverride],
) -> Page:
    order = listed_order(evaluation)
    at = data_rows(evaluation, dataset)
    chosen = [at[row] for row in order]
    cells = identity(evaluation, dataset, order)
    columns = [
        Column("序号", "plain"),
        Column("企业名称", cap=38),
        Column("统一社会信用代码", "code", cap=22),
        Column("园区", cap=24),
        Column("乡镇", cap=16),
        Column("行业代码", "code"),
        Column("规模", "center"),
        Column("参评状态", "center"),
        Column("初评类别", "center"),
        Column("评价类别", "center"),
        Column("最终类别", "center"),
        Column("人工调整依据", "wrap", cap=36),
        Column("综合得分", "number"),
        Column("排名", "plain"),
        Column("加分", "number"),
        Column("扣分", "number"),
    ]
    changed = {made.uscc: made for made in by_hand}
    final = overridden(evaluation, {made.uscc: made.grade for made in by_hand}).grade
    figures = (evaluation.composite, evaluation.rank, evaluation.bonus, evaluation.penalty)
    for line, row in zip(cells, order, strict=True):
        made = changed.get(evaluation.uscc[row])
        line += [
            Participation(str(evaluation.participation[row])).label,
            grade_cell(policy, evaluation.computed_grade[row]),
            grade_cell(policy, evaluation.grade[row]),
            grade_cell(policy, final[row]),
            f"{made.reason}（{made.document}）" if made else "",
            *(float(figure[row]) for figure in figures),
        ]
    for info in evaluation.indicators:
        columns += indicator_columns(evaluation, info)
        for line, row in zip(cells, order, strict=True):
            line += [
                float(evaluation.values[info.key][row]),
                float(evaluation.scores[info.key][row]),
            ]
    for key, field in FIELDS.items():
        if field.is_number and dataset.has(key):
            values = numbers(dataset, key, chosen)
            columns.append(Column(field.heading, number_kind(values, field.kind == "share")))
            for line, value in zip(cells, values, strict=True):
                line.append(value)
    return Page(
        "完整名单",
        titled(header, "企业分类综合评价完整名单"),
        tuple(columns),
        cells,
        notes=(run_note(header, policy), _SECRET),
        alerts=status_alerts(policy, policy.has_illustrative),
        frozen_columns=2,
        empty="没有企业。",
    )


def _override_page(
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    by_hand: Sequence[GradeOverride],
) -> Page:
    rows: list[list[Cell]] = []
    for i, made in enumerate(by_hand, 1):
        row = evaluation.row_of(made.uscc)
        rows.append(
            [
                i,
                None if row is None else evaluation.name[row],
                made.uscc,
                grade_cell(policy, None if row is None else evaluation.grade[row]),
                grade_cell(policy, made.grade),
                made.reason,
                made.document,
                made.approver,
                made.decided_on,
            ]
        )
    return Page(
        "人工调整",
        titled(header, "人工调整类别情况"),
        (
            Column("序号", "plain"),
            Column("企业名称", cap=38),
            Column("统一社会信用代码", "code", cap=22),
            Column("评价类别", "center"),
            Column("调整后", "center"),
            Column("理由", "wrap", cap=42),
            Column("依据文件", "wrap", cap=36),
            Column("批准人", cap=20),
            Column("决定日期", "center", width=14),
        ),
        rows,
        notes=(run_note(header, policy), _SECRET),
        empty="本次评价没有人工调整类别。",
    )


def _objection_page(
    header: RunHeader, policy: Policy, evaluation: Evaluation, raised: Sequence[Objection]
) -> Page:
    rows: list[list[Cell]] = []
    for one in raised:
        row = evaluation.row_of(one.uscc)
        rows.append(
            [
                one.id,
                None if row is None else evaluation.name[row],
                one.uscc,
                label_of(one.subject) if one.subject in FIELDS else one.subject,
                one.content,
                one.stated_value,
                one.claimed_value,
                one.evidence,
                one.received_on,
                OBJECTION_WORDS[one.decision],
                one.answer,
                one.decided_by,
                one.decided_on,
                one.document,
            ]
        )
    values = [one.stated_value for one in raised] + [one.claimed_value for one in raised]
    return Page(
        "异议",
        titled(header, "异议受理和处理情况"),
        (
            Column("编号", "plain"),
            Column("企业名称", cap=38),
            Column("统一社会信用代码", "code", cap=22),
            Column("异议事项", "wrap", cap=20),
            Column("异议内容", "wrap", cap=36),
            Column("原数值", number_kind(values)),
            Column("主张数值", number_kind(values)),
            Column("证明材料", "wrap", cap=28),
            Column("收到日期", "center", width=14),
            Column("处理结果", "center"),
            Column("答复意见", "wrap", cap=36),
            Column("决定人", cap=20),
            Column("决定日期", "center", width=14),
            Column("文号", cap=28),
        ),
        rows,
        notes=(run_note(header, policy), _SECRET),
        empty="没有收到异议。",
    )
