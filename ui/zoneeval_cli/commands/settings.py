"""`settings show` and `settings set`: from where on the checks question a figure."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval.model.thresholds import (
    THRESHOLD_FIELDS,
    Thresholds,
    parse_threshold,
    shown,
    threshold_of,
)
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument


@click.group("settings", cls=Group, short_help="查看和设置核对门槛")
def settings_group() -> None:
    """查看和设置核对门槛：数值差多少时提醒。"""


@settings_group.command("show", cls=Command, short_help="查看核对门槛")
@workspace_argument
@json_option
def show_command(workspace: Path, as_json: bool) -> None:
    """查看工作文件中的核对门槛。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = asdict(operations.thresholds(ws))
    usual = asdict(Thresholds())
    if as_json:
        document = {
            f.key: {
                "value": found[f.key], "default": usual[f.key],
                "label": f.label, "unit": f.unit, "note": f.note,
            }
            for f in THRESHOLD_FIELDS
        }  # fmt: skip
        output.print_json({"thresholds": document})
        return
    rows = [
        (f.key, shown(f, found[f.key]), shown(f, usual[f.key]), f"{f.label}（{f.unit}）", f.note)
        for f in THRESHOLD_FIELDS
    ]
    output.say_table(("标识", "现值", "默认", "名称", "含义"), rows, "lrr")


@settings_group.command("set", cls=Command, short_help="设置一个核对门槛")
@click.argument("key", metavar="KEY")
@click.argument("value", metavar="VALUE")
@workspace_argument
def set_command(key: str, value: str, workspace: Path) -> None:
    """设置一个核对门槛，如 jump_factor 5、zone_total_share 20%。"""
    from zoneeval_db import operations

    field = threshold_of(key)
    number = parse_threshold(key, value)
    with operations.open_workspace(workspace) as ws:
        operations.set_thresholds(ws, {key: number})
    output.say(f"“{field.label}”已设为 {shown(field, number)}。")
