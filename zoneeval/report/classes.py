"""The class lists for publicity (分类名单): names and classes, no confidential value."""

from __future__ import annotations

from pathlib import Path

from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.order import awards_classes, data_rows, letters_of, texts
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page


def write_classes(
    path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    """Write the class list of a run to ``path``: who is in which class and nothing else.

    The order inside a class is by credit code, so that it does not give away the
    ranking.

    Raises:
        UserError: the file cannot be written.
    """
    letters = letters_of(policy, evaluation)
    place = {letter: i for i, letter in enumerate(letters)}
    towns = texts(dataset, "town", data_rows(evaluation, dataset))
    graded = [row for row in range(evaluation.size) if evaluation.grade[row] is not None]
    graded.sort(
        key=lambda row: (
            evaluation.zone[row] or "",
            place[str(evaluation.grade[row])],
            evaluation.uscc[row] or "",
            evaluation.name[row] or "",
        )
    )
    rows: list[list[Cell]] = [
        [
            i,
            evaluation.name[row],
            evaluation.zone[row],
            towns[row],
            grade_cell(policy, evaluation.grade[row]),
        ]
        for i, row in enumerate(graded, 1)
    ]
    counts = evaluation.counts()
    summary = "，".join(f"{letter}类 {counts.get(letter, 0)} 家" for letter in letters)
    empty = "本次评价没有定类别的企业。"
    if not awards_classes(policy):
        empty = "本办法没有公布分类比例，只打分排名，不定类别，因此没有名单。"
    title = titled(header, "企业分类综合评价名单")
    page = Page(
        "分类名单",
        title,
        (
            Column("序号", "plain", width=8),
            Column("企业名称", cap=56),
            Column("园区", cap=32),
            Column("乡镇", cap=24),
            Column("类别", "center", width=12),
        ),
        rows,
        notes=(run_note(header, policy), f"共 {len(rows)} 家：{summary}。同一类别内不分先后。"),
        alerts=status_alerts(policy, policy.has_illustrative),
        empty=empty,
    )
    write_book(path, title, [page])
