"""`measures surcharge`: what enterprises pay besides for other reasons."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument


@click.group("surcharge", cls=Group, short_help="企业已执行的其他加价：登记、删除、列出")
def surcharge_group() -> None:
    """登记差别电价、惩罚性电价、阶梯电价等；价格表规定就高不叠加时，只执行最高的一种。"""


@surcharge_group.command("list", cls=Command, short_help="列出其他加价")
@workspace_argument
@click.option("--uscc", metavar="USCC", help="只要这户企业")
@json_option
def list_command(workspace: Path, uscc: str | None, as_json: bool) -> None:
    """列出登记的其他加价。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.other_surcharges(ws, uscc)
    if as_json:
        output.print_json([asdict(one) for one in found])
        return
    if not found:
        output.say("没有登记其他加价。")
        return
    output.say_table(
        ("编号", "信用代码", "单位", "种类", "标准", "起", "止", "依据"),
        (
            (
                str(one.id),
                one.uscc,
                one.utility,
                one.kind,
                f"{one.rate:g} {one.unit}",
                one.valid_from or output.MISSING,
                one.valid_to or output.MISSING,
                one.document,
            )
            for one in found
        ),
    )


@surcharge_group.command("add", cls=Command, short_help="登记一项")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@click.option("--utility", required=True, metavar="NAME", help="由谁收取，如 供电")
@click.option("--kind", required=True, metavar="NAME", help="种类，如 差别电价、惩罚性电价")
@click.option("--rate", required=True, type=float, metavar="N", help="加价标准，如 0.1")
@click.option("--unit", required=True, metavar="UNIT", help="单位，如 元/千瓦时")
@click.option("--document", required=True, metavar="TEXT", help="依据文件：名称或文号")
@click.option("--from", "valid_from", metavar="DATE", help="开始日期")
@click.option("--to", "valid_to", metavar="DATE", help="结束日期")
def add_command(
    workspace: Path,
    uscc: str,
    utility: str,
    kind: str,
    rate: float,
    unit: str,
    document: str,
    valid_from: str | None,
    valid_to: str | None,
) -> None:
    """登记一户企业已执行的其他加价。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_other_surcharge(
            ws,
            uscc,
            utility,
            kind,
            rate,
            unit,
            document=document,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    output.say(f"已登记，编号 {made.id}。")


@surcharge_group.command("remove", cls=Command, short_help="删除一项")
@workspace_argument
@click.argument("number", metavar="N", type=int)
def remove_command(workspace: Path, number: int) -> None:
    """删除一项登记。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_other_surcharge(ws, number)
    output.say("已删除。")
