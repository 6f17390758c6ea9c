"""`list feedback`: what utilities report back, and how it stands against their list."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval.model.effects import period_words
from zoneeval.model.feedback import STATUS_WORDS, FeedbackComparison
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, path_of, workspace_argument, year_option

number_argument = click.argument("number", metavar="N", type=int)


@click.group("feedback", cls=Group, short_help="执行反馈：样式、导入、与名单比较")
def feedback_group() -> None:
    """执行单位反馈的用量、标准、金额，逐户与名单比较。"""


@feedback_group.command("form", cls=Command, short_help="导出反馈表样式，由执行单位填写")
@workspace_argument
@number_argument
@click.option("--period", required=True, metavar="MONTH", help="哪个月，如 2025-03")
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def form_command(workspace: Path, number: int, period: str, out: Path) -> None:
    """导出第 N 号名单的反馈表。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        for path in operations.export_feedback_form(ws, out, number, period):
            output.say(f"已写出“{path}”。")


@feedback_group.command("import", cls=Command, short_help="导入执行反馈")
@workspace_argument
@number_argument
@click.argument("table", metavar="TABLE", type=path_of)
@click.option("--period", metavar="MONTH", help="表中没有月份列时：哪个月，如 2025-03")
def import_command(workspace: Path, number: int, table: Path, period: str | None) -> None:
    """从 Excel 或 CSV 表导入；同一户号同一月份以前的反馈被代替，可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        done = operations.import_feedback(ws, number, table, period)
        found = operations.compare_feedback(ws, number)
    replaced = f"，其中 {done.replaced} 条代替以前的反馈" if done.replaced else ""
    output.say(f"已导入 {done.rows} 条（{'、'.join(done.periods)}）{replaced}。")
    _tell_counts(found)


@feedback_group.command("show", cls=Command, short_help="执行反馈与名单比较")
@workspace_argument
@number_argument
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", help="写成工作簿")
@json_option
def show_command(workspace: Path, number: int, out: Path | None, as_json: bool) -> None:
    """逐户比较第 N 号名单和反馈：标准不符、金额不符、未执行、名单外执行等。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.compare_feedback(ws, number)
        files = operations.export_feedback(ws, out, number) if out else []
    if as_json:
        output.print_json(output.blanks_are_null(_json(found)))
        return
    if not found.periods:
        output.say(f"第 {number} 号名单还没有导入执行反馈。")
    else:
        _tell_counts(found)
        faults = [one for one in found.lines if one.is_fault]
        if faults:
            output.say_table(
                ("期间", "户号或代码", "企业", "结论", "说明"),
                (
                    (
                        period_words(one.period),
                        (one.line.account or one.line.uscc)
                        if one.line
                        else one.row.account
                        if one.row
                        else output.MISSING,
                        one.line.enterprise if one.line else output.MISSING,
                        STATUS_WORDS[one.status],
                        one.words,
                    )
                    for one in faults[: output.MOST_ROWS]
                ),
            )
        if len(faults) > output.MOST_ROWS:
            output.say(f"共 {len(faults)} 项，只列前 {output.MOST_ROWS} 项；全部内容请用 --json。")
    for path in files:
        output.say(f"已写出“{path}”。")


@feedback_group.command("total", cls=Command, short_help="一年反馈的金额，按类别")
@workspace_argument
@year_option(required=True)
@json_option
def total_command(workspace: Path, year: int, as_json: bool) -> None:
    """各执行单位反馈的加价、减免金额，按类别合计；没有金额的另计户数，不按 0 计算。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.billed_by_class(ws, year)
    if as_json:
        output.print_json({"year": year, "unit": "万元", "classes": [asdict(x) for x in found]})
        return
    if not found:
        output.say(f"没有 {year} 年的执行反馈。")
        return
    output.say_table(
        ("类别", "加价（万元）", "其中不详", "减免（万元）", "其中不详"),
        (
            (
                one.grade,
                output.number(one.charged.value, 4),
                f"{one.charged.missing} 项",
                output.number(one.relieved.value, 4),
                f"{one.relieved.missing} 项",
            )
            for one in found
        ),
        " rrrr",
    )


def _tell_counts(found: FeedbackComparison) -> None:
    counts = "，".join(f"{STATUS_WORDS[key]} {n} 项" for key, n in found.counts.items() if n)
    output.say(f"{counts}。")
    output.say(
        f"反馈金额合计 {output.number(found.billed, 4)} 万元"
        + (f"（{found.billed_unknown} 项没有金额，不在合计内）" if found.billed_unknown else "")
        + f"；应为 {output.number(found.expected, 4)} 万元"
        + (f"（{found.expected_unknown} 项没有用量，不在合计内）" if found.expected_unknown else "")
        + "。"
    )


def _json(found: FeedbackComparison) -> dict[str, object]:
    return {
        "list": found.list_id,
        "utility": found.utility,
        "periods": found.periods,
        "counts": found.counts,
        "billed": found.billed,
        "billed_unknown": found.billed_unknown,
        "expected": found.expected,
        "expected_unknown": found.expected_unknown,
        "unit": "万元",
        "lines": [
            {
                "status": one.status,
                "period": one.period,
                "account": (one.line.account or one.line.uscc)
                if one.line
                else one.row and one.row.account,
                "uscc": one.line and one.line.uscc,
                "enterprise": one.line and one.line.enterprise,
                "listed_rate": one.line and one.line.rate,
                "rate": one.rate,
                "expected": one.expected,
                "reported": one.row and asdict(one.row),
                "words": one.words,
            }
            for one in found.lines
        ],
    }
