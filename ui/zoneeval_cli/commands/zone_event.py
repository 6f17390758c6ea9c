"""`zone event`: what happened in the zones: accidents, inspection findings, praise."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument, year_option


@click.group("event", cls=Group, short_help="园区事项：事故、督察问题、表彰")
def event_group() -> None:
    """记录园区的事项，供星级规则中的否决、扣分、加分使用。"""


@event_group.command("list", cls=Command, short_help="列出园区事项")
@workspace_argument
@year_option(required=False, help_text="只列一个年度")
@json_option
def list_command(workspace: Path, year: int | None, as_json: bool) -> None:
    """列出园区的事项。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.zone_events(ws, year)
    if as_json:
        events = [
            {
                "id": one.id,
                "zone": one.zone,
                "occurred_on": one.occurred_on,
                "kind": one.kind,
                "count": one.count,
                "document": one.document,
                "note": one.note,
            }
            for one in found
        ]
        output.print_json({"events": events})
        return
    if not found:
        output.say("没有记录园区事项。")
        return
    output.say_table(
        ("编号", "园区", "日期", "类别", "次数", "依据文件", "备注"),
        [
            (
                str(one.id),
                one.zone,
                one.occurred_on,
                one.kind,
                output.number(one.count),
                one.document or output.MISSING,
                one.note or output.MISSING,
            )
            for one in found
        ],
    )


@event_group.command("add", cls=Command, short_help="记录一项园区事项")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("kind", metavar="KIND")
@click.option("--on", "occurred_on", required=True, metavar="DATE", help="日期，如 2024-05-31")
@click.option("--count", default=1.0, metavar="N", type=float, help="次数，不写为 1")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
@click.option("--note", default="", metavar="TEXT", help="备注")
def add_command(
    workspace: Path,
    zone: str,
    kind: str,
    occurred_on: str,
    count: float,
    document: str,
    note: str,
) -> None:
    """记录园区的一项事项；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        number = operations.add_zone_event(ws, zone, occurred_on, kind, count, document, note)
    output.say(f"已保存，编号 {number}。")


@event_group.command("remove", cls=Command, short_help="删除一项园区事项")
@workspace_argument
@click.argument("number", metavar="ID", type=int)
def remove_command(workspace: Path, number: int) -> None:
    """按编号删除一项园区事项；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_zone_event(ws, number)
    output.say("已删除。")
