"""`asset`: idle and low-efficiency assets."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.model.assets import ASSET_WORDS, asset_kind
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import (
    json_option,
    number_of,
    path_of,
    workspace_argument,
    year_option,
    zone_option,
)

if TYPE_CHECKING:
    from zoneeval.model.assets import Asset, AssetRule, LowUseFindings

_number = click.argument("number", metavar="N", type=number_of)


def today() -> str:
    """Return today's date, for what has no date written."""
    return date.today().isoformat()


@click.group("asset", cls=Group, short_help="低效闲置资产：登记、按门槛查找、处置")
def asset_group() -> None:
    """低效、闲置的土地、厂房、设备：人工登记，或按本单位设定的门槛从数据中查找。"""


@asset_group.command("list", cls=Command, short_help="列出资产")
@workspace_argument
@click.option("--kind", metavar="KIND", help="只列：land（土地）、plant（厂房）、equipment（设备）")
@zone_option("只列一个园区")
@json_option
def list_command(workspace: Path, kind: str | None, zone: str | None, as_json: bool) -> None:
    """列出资产，包括已处置的。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        wanted = None if kind is None else asset_kind(kind)
        found = operations.assets(ws, kind=wanted, zone=zone)
    if as_json:
        output.print_json({"assets": [asdict(one) for one in found]})
        return
    if not found:
        output.say("没有登记低效、闲置资产。")
        return
    output.say_table(
        ("编号", "类别", "名称", "园区", "面积（数量）", "单位", "状态", "处置"),
        (_row(one) for one in found[: output.MOST_ROWS]),
        "r   r",
    )
    if len(found) > output.MOST_ROWS:
        output.say(f"共 {len(found)} 宗，只列前 {output.MOST_ROWS} 宗；全部内容请用 --json。")


def _row(one: Asset) -> tuple[str, ...]:
    return (
        str(one.id),
        ASSET_WORDS[one.kind],
        one.name,
        one.zone or output.MISSING,
        output.number(one.size),
        one.unit or output.MISSING,
        one.state,
        f"{one.disposed_on} {one.disposal}" if one.disposed_on else output.MISSING,
    )


@asset_group.command("add", cls=Command, short_help="登记一宗资产")
@workspace_argument
@click.argument("kind", metavar="land|plant|equipment")
@click.argument("name", metavar="NAME")
@click.option("--state", required=True, metavar="TEXT", help="状态：低效、闲置、批而未供、停用")
@click.option("--reason", required=True, metavar="TEXT", help="原因")
@click.option("--size", type=float, metavar="X", help="面积或数量；不清楚的不写")
@click.option("--unit", default="", metavar="TEXT", help="单位；不写为亩、㎡或台（套）")
@click.option("--zone", default="", metavar="NAME", help="园区")
@click.option("--uscc", default="", metavar="USCC", help="所属企业的信用代码")
@click.option("--location", default="", metavar="TEXT", help="位置")
@click.option("--note", default="", metavar="TEXT", help="备注")
@click.option("--on", metavar="DATE", help="发现日期；不写为今天")
@json_option
def add_command(
    workspace: Path,
    kind: str,
    name: str,
    state: str,
    reason: str,
    size: float | None,
    unit: str,
    zone: str,
    uscc: str,
    location: str,
    note: str,
    on: str | None,
    as_json: bool,
) -> None:
    """人工登记一宗土地、厂房或设备。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_asset(
            ws,
            asset_kind(kind),
            name,
            state=state,
            reason=reason,
            on=on or today(),
            zone=zone,
            uscc=uscc,
            location=location,
            size=size,
            unit=unit,
            note=note,
        )
    if as_json:
        output.print_json(asdict(made))
    else:
        output.say(f"已登记为第 {made.id} 号。")


@asset_group.command("update", cls=Command, short_help="修改一宗资产")
@workspace_argument
@_number
@click.option("--state", metavar="TEXT", help="状态：低效、闲置、批而未供、停用")
@click.option("--reason", metavar="TEXT", help="原因")
@click.option("--size", type=float, metavar="X", help="面积或数量")
@click.option("--unit", metavar="TEXT", help="单位")
@click.option("--location", metavar="TEXT", help="位置")
@click.option("--note", metavar="TEXT", help="备注")
def update_command(
    workspace: Path,
    number: int,
    state: str | None,
    reason: str | None,
    size: float | None,
    unit: str | None,
    location: str | None,
    note: str | None,
) -> None:
    """修改一宗没有处置的资产。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.update_asset(
            ws,
            number,
            state=state,
            reason=reason,
            size=size,
            unit=unit,
            location=location,
            note=note,
        )
    output.say("已修改。")


@asset_group.command("dispose", cls=Command, short_help="登记处置完毕")
@workspace_argument
@_number
@click.argument("disposal", metavar="租赁|重组|回购|…")
@click.option("--document", required=True, metavar="TEXT", help="依据文件：合同、协议或文号")
@click.option("--on", metavar="DATE", help="处置日期；不写为今天")
def dispose_command(
    workspace: Path, number: int, disposal: str, document: str, on: str | None
) -> None:
    """登记一宗资产处置完毕：租赁、重组、回购、二次招商等。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.dispose_asset(ws, number, disposal, on=on or today(), document=document)
    output.say("已登记。")


@asset_group.command("remove", cls=Command, short_help="删除误登记的资产")
@workspace_argument
@_number
def remove_command(workspace: Path, number: int) -> None:
    """删除误登记的资产；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_asset(ws, number)
    output.say("已删除。")


@asset_group.command("export", cls=Command, short_help="导出清单")
@workspace_argument
@zone_option("只要一个园区")
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def export_command(workspace: Path, zone: str | None, out: Path) -> None:
    """导出低效闲置资产清单，已处置的另列。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_assets(ws, out, zone=zone)
    for path in files:
        output.say(f"已写出“{path}”。")


@asset_group.command("rules", cls=Command, short_help="查看、设定、取消门槛")
@workspace_argument
@click.option("--set", "field", metavar="FIELD", help="给这项指标设门槛，如 tax_per_mu")
@click.option("--below", type=float, metavar="X", help="低于多少")
@click.option("--years", type=int, default=1, metavar="N", help="连续几年，默认 1")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
@click.option("--remove", "removed", metavar="FIELD", help="取消这项指标的门槛")
@json_option
def rules_command(
    workspace: Path,
    field: str | None,
    below: float | None,
    years: int,
    document: str,
    removed: str | None,
    as_json: bool,
) -> None:
    """查看门槛；--set 与 --below 设定，--remove 取消。没有内置的门槛，由本单位按文件设定。"""
    from zoneeval_db import operations

    if (field is None) != (below is None):
        raise click.UsageError("--set 和 --below 须同时写。")
    with operations.open_workspace(workspace, read_only=not (field or removed)) as ws:
        if removed is not None:
            operations.remove_asset_rule(ws, removed)
        if field is not None and below is not None:
            operations.set_asset_rule(ws, field, below, years, document)
        found = operations.asset_rules(ws)
    if as_json:
        output.print_json({"rules": [_rule_json(rule) for rule in found]})
        return
    if not found:
        output.say("没有设门槛。省、市没有见到统一标准，请按本地文件设定。")
    for rule in found:
        output.say(rule.words)


def _rule_json(rule: AssetRule) -> dict[str, object]:
    return {**rule.as_json(), "words": rule.words}


@asset_group.command("find", cls=Command, short_help="按门槛查找低效用地")
@workspace_argument
@year_option(required=True)
@zone_option("只查一个园区")
@click.option("--record", is_flag=True, help="查到的登记入清单")
@click.option("--on", metavar="DATE", help="发现日期；不写为今天")
@json_option
def find_command(
    workspace: Path, year: int, zone: str | None, record: bool, on: str | None, as_json: bool
) -> None:
    """按门槛从数据中查找低效用地的企业；数据不全、不能判断的另列。"""
    from zoneeval_db import operations

    made: list[Asset] = []
    with operations.open_workspace(workspace, read_only=not record) as ws:
        if record:
            made, found = operations.record_found_assets(ws, year, on=on or today(), zone=zone)
        else:
            found = operations.find_assets(ws, year, zone)
    if as_json:
        output.print_json({**_found_json(found), "recorded": [one.id for one in made]})
        return
    if found.found:
        output.say_table(
            ("信用代码", "企业名称", "园区", "用地（亩）", "数值", "门槛"),
            (
                (
                    one.uscc,
                    one.name,
                    one.zone or output.MISSING,
                    output.number(one.land_area),
                    one.reason,
                    one.rule.words,
                )
                for one in found.found[: output.MOST_ROWS]
            ),
            "   r",
        )
    output.say(f"低于门槛 {len(found.found)} 条，数据不全不能判断 {len(found.undecided)} 条。")
    if record:
        output.say(f"新登记 {len(made)} 宗。")


def _found_json(found: LowUseFindings) -> dict[str, object]:
    return {
        "year": found.year,
        "rules": [_rule_json(rule) for rule in found.rules],
        "found": [
            {
                "uscc": one.uscc,
                "name": one.name,
                "zone": one.zone,
                "field": one.rule.field,
                "figures": {str(year): value for year, value in one.figures.items()},
                "land_area": one.land_area,
            }
            for one in found.found
        ],
        "undecided": [
            {
                "uscc": one.uscc,
                "name": one.name,
                "zone": one.zone,
                "field": one.rule.field,
                "years": list(one.years),
            }
            for one in found.undecided
        ],
    }
