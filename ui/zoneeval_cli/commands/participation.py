"""`participation`: decisions made by hand about who takes part."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument, year_option

WORDS: dict[str, Literal["in", "out"]] = {"in": "in", "out": "out", "参评": "in", "不参评": "out"}


@click.group("participation", cls=Group, short_help="参评名单：人工决定参评或不参评")
def participation_group() -> None:
    """人工决定企业参评或不参评；决定优先于办法的规定，随评价结果保存。"""


@participation_group.command("list", cls=Command, short_help="列出人工决定")
@workspace_argument
@year_option(required=True)
@json_option
def list_command(workspace: Path, year: int, as_json: bool) -> None:
    """列出一个年度的人工决定。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.participation_decisions(ws, year)
        names = {d.uscc: d.name for d in operations.enterprise_data(ws, year)}
    if as_json:
        output.print_json(
            {
                "year": year,
                "decisions": [
                    {
                        "uscc": one.uscc,
                        "name": names.get(one.uscc),
                        "decision": one.decision,
                        "reason": one.reason,
                        "document": one.document,
                    }
                    for one in found
                ],
            }
        )
        return
    if not found:
        output.say(f"{year} 年没有人工参评决定。")
        return
    words = {"in": "参评", "out": "不参评"}
    output.say_table(
        ("信用代码", "企业名称", "决定", "理由", "依据文件"),
        (
            (
                one.uscc,
                names.get(one.uscc) or output.MISSING,
                words[one.decision],
                one.reason,
                one.document or output.MISSING,
            )
            for one in found
        ),
    )


@participation_group.command("set", cls=Command, short_help="决定一户企业参评或不参评")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@click.argument("decision", metavar="in|out")
@year_option(required=True)
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
def set_command(
    workspace: Path, uscc: str, decision: str, year: int, reason: str, document: str
) -> None:
    """决定一户企业参评（in）或不参评（out）；以前的决定被代替，可以撤销。"""
    from zoneeval_db import operations

    if decision not in WORDS:
        raise InputError(f"决定“{decision}”无法识别，请写 in（参评）或 out（不参评）。")
    with operations.open_workspace(workspace) as ws:
        operations.set_participation(ws, year, uscc, WORDS[decision], reason, document)
    output.say("已保存。重新评价后生效。")


@participation_group.command("clear", cls=Command, short_help="取消一户企业的人工决定")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@year_option(required=True)
def clear_command(workspace: Path, uscc: str, year: int) -> None:
    """取消一户企业的人工决定，恢复按办法判断。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.set_participation(ws, year, uscc, None)
    output.say("已取消，恢复按办法判断。重新评价后生效。")
