"""公示表: what everybody may see of a run; the confidential full list is apart from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from zoneeval.model.adjudication import Adjudication
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.order import awards_classes, letters_of
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page

PublicColumn = Literal["rank", "score"]
PUBLIC_WORDS: Mapping[PublicColumn, str] = {"rank": "排名", "score": "综合得分"}
"""What may be made public besides the class, if the office says so."""


def write_public_list(
    path: Path,
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    steps: Adjudication,
    more: Sequence[PublicColumn] = (),
) -> None:
    """Write the list for publicity to ``path``: name, code, zone, class, and ``more``.

    Without rank and score the order inside a class is by credit code, so that it does
    not give away the ranking.  ``evaluation`` has the final classes.

    Raises:
        UserError: the file cannot be written.
    """
    letters = letters_of(policy, evaluation)
    place = {letter: i for i, letter in enumerate(letters)}
    listed = [row for row in range(evaluation.size) if evaluation.grade[row] is not None]
    listed.sort(
        key=lambda row: (
            evaluation.zone[row] or "",
            place[str(evaluation.grade[row])],
            _last_if_nan(float(evaluation.position[row])) if more else 0.0,
            evaluation.uscc[row] or "",
        )
    )
    columns = [
        Column("序号", "plain", width=8),
        Column("企业名称", cap=56),
        Column("统一社会信用代码", "code", cap=22),
        Column("园区", cap=32),
        Column("类别", "center", width=12),
    ]
    if "rank" in more:
        columns.append(Column(PUBLIC_WORDS["rank"], "plain", width=10))
    if "score" in more:
        columns.append(Column(PUBLIC_WORDS["score"], "number", width=12))
    rows: list[list[Cell]] = []
    for i, row in enumerate(listed, 1):
        line: list[Cell] = [
            i,
            evaluation.name[row],
            evaluation.uscc[row],
            evaluation.zone[row],
            grade_cell(policy, evaluation.grade[row]),
        ]
        if "rank" in more:
            line.append(float(evaluation.rank[row]))
        if "score" in more:
            line.append(float(evaluation.composite[row]))
        rows.append(line)
    counts = evaluation.counts()
    summary = "，".join(f"{letter}类 {counts.get(letter, 0)} 家" for letter in letters)
    inside = "" if more else "同一类别内不分先后。"
    title = titled(header, "企业分类综合评价结果公示表")
    page = Page(
        "公示表",
        title,
        tuple(columns),
        rows,
        notes=(
            run_note(header, policy),
            *_period(steps),
            f"共 {len(rows)} 家：{summary}。{inside}",
        ),
        alerts=status_alerts(policy, policy.has_illustrative),
        empty="本次评价没有定类别的企业。"
        if awards_classes(policy)
        else "本办法只打分排名，不定类别，因此没有名单。",
    )
    write_book(path, title, [page])


def _period(steps: Adjudication) -> tuple[str, ...]:
    if steps.publicity_from is None:
        return ()
    number = f"　公示文件：{steps.publicity_document}" if steps.publicity_document else ""
    return (
        f"公示时间：{steps.publicity_from} 至 {steps.publicity_until}"
        f"（{steps.publicity_days} 个工作日）{number}",
        "对公示结果有异议的，请在公示期内以书面形式提出，并附证明材料。",
    )


def _last_if_nan(value: float) -> float:
    return value if value == value else float("inf")
