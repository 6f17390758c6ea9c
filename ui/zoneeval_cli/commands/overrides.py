"""`run override`: classes changed by hand."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, run_option, workspace_argument


@click.group("override", cls=Group, short_help="人工调整类别：设定、取消、列出")
def override_group() -> None:
    """人工调整企业的类别，须有理由、文件和批准人；发布以前可以取消。"""


@override_group.command("list", cls=Command, short_help="列出人工调整")
@workspace_argument
@run_option
@json_option
def list_command(workspace: Path, run_id: int | None, as_json: bool) -> None:
    """列出一次评价的人工调整。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        run = operations.load_run(ws, run_id)
        found = operations.overrides(ws, run.info.id)
    rows = []
    for made in found:
        at = run.evaluation.row_of(made.uscc)
        name = None if at is None else run.evaluation.name[at]
        rows.append((made, name, None if at is None else run.evaluation.grade[at]))
    if as_json:
        output.print_json(
            [{**asdict(made), "name": name, "grade_by_rules": old} for made, name, old in rows]
        )
        return
    if not rows:
        output.say(f"第 {run.info.id} 次评价没有人工调整。")
        return
    output.say_table(
        ("信用代码", "企业名称", "按办法", "调整后", "理由", "文件", "批准人", "日期"),
        (
            (
                made.uscc,
                name or output.MISSING,
                old or output.MISSING,
                made.grade,
                made.reason,
                made.document,
                made.approver,
                made.decided_on,
            )
            for made, name, old in rows
        ),
    )


@override_group.command("set", cls=Command, short_help="调整一户企业的类别")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@click.argument("grade", metavar="A|B|…")
@run_option
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@click.option("--document", required=True, metavar="TEXT", help="依据文件：名称和文号")
@click.option("--approver", required=True, metavar="NAME", help="批准人或批准机构")
@click.option("--on", metavar="DATE", help="决定日期；不写为今天")
def set_command(
    workspace: Path,
    uscc: str,
    grade: str,
    run_id: int | None,
    reason: str,
    document: str,
    approver: str,
    on: str | None,
) -> None:
    """调整一户企业的类别；按办法评出的类别仍然保留在旁边。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.override_grade(
            ws,
            uscc,
            grade,
            reason=reason,
            document=document,
            approver=approver,
            on=on or date.today().isoformat(),
            run_id=run_id,
        )
    output.say(f"已调整为 {made.grade} 类（第 {made.run_id} 次评价）。")


@override_group.command("remove", cls=Command, short_help="取消对一户企业的人工调整")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@run_option
def remove_command(workspace: Path, uscc: str, run_id: int | None) -> None:
    """取消人工调整，恢复按办法评出的类别。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_override(ws, uscc, run_id)
    output.say("已取消，恢复按办法评出的类别。")
