"""`exit close|cancel|reopen`: the end of a case."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval_cli.chinese import Command
from zoneeval_cli.commands.exit_words import number_argument, tell, today
from zoneeval_cli.options import json_option, workspace_argument


@click.command("close", cls=Command, short_help="销号：写明结果和腾出的资源")
@workspace_argument
@number_argument
@click.option("--outcome", required=True, metavar="TEXT", help="处置结果")
@click.option("--document", required=True, metavar="TEXT", help="依据文件：名称和文号")
@click.option("--land", type=float, metavar="X", help="腾出土地（亩）；不清楚的不写")
@click.option("--energy", type=float, metavar="X", help="腾出用能（吨标准煤）")
@click.option("--emission", type=float, metavar="X", help="减少排放（吨）")
@click.option("--people", type=float, metavar="N", help="安置人数（人）")
@click.option("--on", metavar="DATE", help="销号日期；不写为今天")
@json_option
def close_command(
    workspace: Path,
    number: int,
    outcome: str,
    document: str,
    land: float | None,
    energy: float | None,
    emission: float | None,
    people: float | None,
    on: str | None,
    as_json: bool,
) -> None:
    """销号；须已选定处置路径，步骤全部完成。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.close_exit_case(
            ws,
            number,
            on=on or today(),
            outcome=outcome,
            document=document,
            freed_land=land,
            freed_energy=energy,
            freed_emission=emission,
            people=people,
        )
        tell(ws, made, as_json, "已销号")


@click.command("cancel", cls=Command, short_help="不再处置，须写理由")
@workspace_argument
@number_argument
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@click.option("--on", metavar="DATE", help="日期；不写为今天")
@json_option
def cancel_command(
    workspace: Path, number: int, reason: str, on: str | None, as_json: bool
) -> None:
    """不再处置，台账中保留记录。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.cancel_exit_case(ws, number, on=on or today(), reason=reason)
        tell(ws, made, as_json, "已记为不再处置")


@click.command("reopen", cls=Command, short_help="恢复已销号或不再处置的事项")
@workspace_argument
@number_argument
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@json_option
def reopen_command(workspace: Path, number: int, reason: str, as_json: bool) -> None:
    """恢复处置；原来的结果取消，操作记录中可以查到。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        tell(ws, operations.reopen_exit_case(ws, number, reason=reason), as_json, "已恢复处置")
