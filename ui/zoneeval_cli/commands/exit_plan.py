"""`exit step`: the steps of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, number_of, workspace_argument


@click.group("step", cls=Group, short_help="一企一策的步骤：增加、完成、删除")
def step_group() -> None:
    """一企一策的步骤；完成的步骤须有佐证材料。"""


@step_group.command("add", cls=Command, short_help="增加一个步骤")
@workspace_argument
@click.argument("case_id", metavar="N", type=number_of)
@click.argument("what", metavar="TEXT")
@click.option("--responsible", default="", metavar="NAME", help="责任单位")
@click.option("--due", default="", metavar="DATE", help="时限")
@json_option
def add_command(
    workspace: Path, case_id: int, what: str, responsible: str, due: str, as_json: bool
) -> None:
    """给台账第 N 号增加一个步骤。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_exit_step(ws, case_id, what, responsible=responsible, due=due)
    if as_json:
        output.print_json({"id": made.id, "case": made.case_id})
    else:
        output.say(f"已增加，步骤编号 {made.id}。")


@step_group.command("done", cls=Command, short_help="登记步骤完成")
@workspace_argument
@click.argument("number", metavar="STEP", type=number_of)
@click.option("--evidence", required=True, metavar="TEXT", help="佐证材料：名称或文号")
@click.option("--on", metavar="DATE", help="完成日期；不写为今天")
def done_command(workspace: Path, number: int, evidence: str, on: str | None) -> None:
    """登记一个步骤完成；STEP 是步骤编号。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        day = on or date.today().isoformat()
        made = operations.finish_exit_step(ws, number, on=day, evidence=evidence)
    output.say(f"步骤“{made.what}”已于 {made.done_on} 完成。")


@step_group.command("remove", cls=Command, short_help="删除不再需要的步骤")
@workspace_argument
@click.argument("number", metavar="STEP", type=number_of)
def remove_command(workspace: Path, number: int) -> None:
    """删除一个步骤；STEP 是步骤编号。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_exit_step(ws, number)
    output.say("已删除。")
