"""`measures`: tables of what follows a class, shipped and own ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Group
from zoneeval_cli.commands.estimates import compare_command, estimate_command
from zoneeval_cli.commands.surcharges import surcharge_group
from zoneeval_cli.options import json_option, path_of
from zoneeval_cli.rule_files import (
    check_file,
    held_option,
    own_option,
    read_text,
    saving_options,
    say_text,
)

if TYPE_CHECKING:
    from zoneeval.policy.tariff import Tariff


@click.group("measures", cls=Group, short_help="差别化政策：价格表、金额测算、比较")
def measures_group() -> None:
    """查看、检查和保存价格表，测算它对企业意味着多少钱，比较两个方案。"""


@measures_group.command("list", short_help="自带的和自有的价格表")
@own_option("价格表")
@json_option
def list_command(workspace: Path | None, as_json: bool) -> None:
    """列出自带的价格表；给出工作文件时也列出其中的自有价格表。"""
    from zoneeval.policy.loader import list_tariffs

    if workspace is None:
        found, versions = list_tariffs(), {}
    else:
        from zoneeval_db import operations

        with operations.open_workspace(workspace, read_only=True) as ws:
            found = operations.tariffs(ws)
            versions = {own.id: own.newest.version for own in operations.own_tariffs(ws)}
    if as_json:
        heads = [_head(tariff, versions.get(tariff.id)) for tariff in found]
        output.print_json(output.blanks_are_null(heads))
        return
    rows = []
    for tariff in found:
        version = f"第 {versions[tariff.id]} 版" if tariff.id in versions else "自带"
        count = f"{len(tariff.rates)} 条" if tariff.rates else "没有标准"
        rows.append((tariff.id, tariff.status.label, version, count, tariff.title))
    output.say_table(("编号", "核实状态", "版本", "标准", "名称"), rows)
    for tariff in found:
        if not tariff.rates and tariff.empty_reason:
            output.say(f"{tariff.id}：{tariff.empty_reason}")


@measures_group.command("show", short_help="一份价格表的全文")
@click.argument("tariff", metavar="ID|FILE.toml")
@own_option("价格表")
@json_option
def show_command(tariff: str, workspace: Path | None, as_json: bool) -> None:
    """显示一份价格表的全文，每条标准都注明依据。"""
    from zoneeval.policy.loader import load_tariff

    if workspace is None:
        found = load_tariff(tariff)
    else:
        from zoneeval_db import operations

        with operations.open_workspace(workspace, read_only=True) as ws:
            found = operations.find_tariff(ws, tariff)
    say_text(found, as_json)


@measures_group.command("check", short_help="检查价格表文件")
@click.argument("file", metavar="FILE.toml", type=path_of)
@json_option
@click.pass_context
def check_command(ctx: click.Context, file: Path, as_json: bool) -> None:
    """检查一份价格表文件，一次列出全部问题和所在的行。"""
    from zoneeval.policy.loader import check_tariff

    check_file(ctx, file, "价格表", check_tariff, as_json)


@measures_group.command("save", short_help="把价格表存入工作文件")
@saving_options
@json_option
def save_command(file: Path, workspace: Path, note: str, as_json: bool) -> None:
    """把一份价格表存为工作文件中的新版本，以后用编号就能使用。可以撤销。"""
    from zoneeval_db import operations

    text = read_text(file, "价格表")
    with operations.open_workspace(workspace) as ws:
        made = operations.save_tariff(ws, text, note)
    if as_json:
        output.print_json({"id": made.id, "version": made.version, "title": made.title})
    else:
        output.say(f"已保存“{made.title}”第 {made.version} 版，使用时写 --tariff {made.id}。")


@measures_group.command("delete", short_help="删除一份自有价格表")
@click.argument("tariff", metavar="ID")
@held_option("--from", "从哪个工作文件删除")
def delete_command(tariff: str, workspace: Path) -> None:
    """从工作文件中删除一份自有价格表的全部版本。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.delete_tariff(ws, tariff)
    output.say(f"已删除自有价格表“{tariff}”。")


measures_group.add_command(estimate_command)
measures_group.add_command(compare_command)
measures_group.add_command(surcharge_group)


def _head(tariff: Tariff, version: int | None) -> dict[str, object]:
    """Return the head of a tariff as JSON."""
    head: dict[str, object] = {
        "id": tariff.id,
        "title": tariff.title,
        "issuer": tariff.issuer,
        "number": tariff.number,
        "year": tariff.year,
        "status": tariff.status.value,
        "rates": len(tariff.rates),
        "empty_reason": tariff.empty_reason or None,
        "missing": list(tariff.missing),
    }
    if version is not None:
        head["version"] = version
    return head
