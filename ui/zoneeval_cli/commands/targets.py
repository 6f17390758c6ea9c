"""`target`: what documents and the office want of the zones, and how far it is reached."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument, year_option, zone_option

if TYPE_CHECKING:
    from zoneeval.model.targets import Target, TargetProgress

BOUNDS: dict[str, Literal["at_least", "at_most"]] = {
    "at_least": "at_least",
    "at_most": "at_most",
    "不低于": "at_least",
    "不高于": "at_most",
}


@click.group("target", cls=Group, short_help="目标：文件规定的和本单位录入的，完成到哪里")
def target_group() -> None:
    """园区目标：随软件提供的文件目标，和本单位录入的目标。"""


@target_group.command("list", cls=Command, short_help="列出目标")
@workspace_argument
@year_option(required=False, help_text="只列一个年度")
@zone_option("只列一个园区的目标")
@click.option("--own", is_flag=True, help="只列本单位录入的目标")
@json_option
def list_command(
    workspace: Path, year: int | None, zone: str | None, own: bool, as_json: bool
) -> None:
    """列出目标和所在文件；同一文件内不一致的两个数都列出。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.targets(ws, year, zone, shipped=not own)
    if as_json:
        output.print_json({"targets": [target_json(target) for target in found]})
        return
    if not found:
        output.say("没有这样的目标。")
        return
    _say_targets(found)


def _say_targets(found: list[Target]) -> None:
    output.say_table(
        ("编号", "年度", "园区或范围", "指标", "目标", "文件", "位置"),
        (
            (
                output.MISSING if target.id is None else str(target.id),
                str(target.year),
                target.zone,
                target.label,
                target.words,
                _document(target),
                target.place or output.MISSING,
            )
            for target in found[: output.MOST_ROWS]
        ),
    )
    if len(found) > output.MOST_ROWS:
        output.say(f"共 {len(found)} 项，只列前 {output.MOST_ROWS} 项；全部内容请用 --json。")


def _document(target: Target) -> str:
    return target.document or ("本单位录入" if target.own else output.MISSING)


def target_json(target: Target) -> dict[str, object]:
    """Return a target in the shape of the contract; shares are fractions."""
    return {
        "id": target.id,
        "own": target.own,
        "zone": target.zone,
        "scope": target.scope,
        "year": target.year,
        "indicator": target.indicator,
        "label": target.label,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
        "bound": target.bound,
        "about": target.about,
        "above": target.above or None,
        "printed": target.printed or None,
        "document": target.document or None,
        "place": target.place or None,
        "quote": target.quote or None,
        "note": target.note or None,
    }


@target_group.command("progress", cls=Command, short_help="目标完成情况和时序进度")
@workspace_argument
@click.option("--period", required=True, metavar="P", help="期间：2019、2019Q2 或 2019-06（累计）")
@zone_option("只看一个园区")
@click.option("--related", is_flag=True, help="并列县（市、区）和全市的目标，供参照")
@json_option
def progress_command(
    workspace: Path, period: str, zone: str | None, related: bool, as_json: bool
) -> None:
    """看各园区的目标完成到哪里，比时间进度快还是慢。"""
    from zoneeval.model.period import Period
    from zoneeval_cli.places import need_zone
    from zoneeval_db import operations

    at = Period.parse(period)
    with operations.open_workspace(workspace, read_only=True) as ws:
        need_zone(ws, zone)
        found = operations.target_progress(ws, at, zone, related=related)
    if as_json:
        rows = [_progress_json(one) for one in found]
        output.print_json({"period": at.key, "elapsed": at.elapsed_share, "progress": rows})
        return
    if not found:
        output.say(f"{at.label}没有园区的目标。")
        return
    output.say(f"{at.label}（累计）")
    output.say_table(
        ("园区", "指标", "目标", "实际", "完成", "时序进度", "说明", "文件"),
        (_progress_row(one) for one in found),
    )


def _progress_row(one: TargetProgress) -> tuple[str, ...]:
    from zoneeval.report.zones.progress import met_words

    words = "" if one.met is None else met_words(one)
    share = None if one.completion is None else one.completion * 100
    return (
        one.zone,
        one.target.label,
        one.target.words,
        one.target.figure_words(one.value),
        output.MISSING if share is None else f"{output.number(share, 1)}%",
        one.ahead_words or output.MISSING,
        "；".join(part for part in (words, one.reason) if part) or output.MISSING,
        _document(one.target),
    )


def _progress_json(one: TargetProgress) -> dict[str, object]:
    return {
        **target_json(one.target),
        "target_of": one.target.zone,
        "zone": one.zone,
        "related": one.related,
        "actual": one.value,
        "met": one.met,
        "completion": one.completion,
        "ahead": one.ahead,
        "difference": one.difference,
        "reason": one.reason or None,
        "source": one.source or None,
    }


@target_group.command("set", cls=Command, short_help="录入或修改一个目标")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("indicator", metavar="INDICATOR")
@click.argument("value", metavar="VALUE")
@year_option(required=True, help_text="目标年度")
@click.option("--unit", metavar="TEXT", help="数值的单位，如 亿元、%；不写按指标的单位")
@click.option("--bound", metavar="不低于|不高于", help="不写按指标的好坏方向")
@click.option("--document", default="", metavar="TEXT", help="文件：名称和文号")
@click.option("--place", default="", metavar="TEXT", help="在文件中的位置")
@click.option("--note", default="", metavar="TEXT", help="备注")
@click.option("--number", type=int, metavar="N", help="修改第几号目标；不写则新增或按文件替换")
@json_option
def set_command(
    workspace: Path,
    zone: str,
    indicator: str,
    value: str,
    year: int,
    unit: str | None,
    bound: str | None,
    document: str,
    place: str,
    note: str,
    number: int | None,
    as_json: bool,
) -> None:
    """录入目标；同一园区、年度、指标和文件的以前的目标被代替，可以撤销。"""
    from zoneeval_db import operations

    figure, sign = value.strip().replace(",", ""), unit
    if figure.endswith(("%", "％")):
        figure, sign = figure[:-1], unit or "%"
    try:
        amount = float(figure)
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount):
        raise InputError(f"目标值“{value}”不是数字，没有保存。请写数字，如 48 或 12%。")
    if bound is not None and bound not in BOUNDS:
        raise InputError(f"“{bound}”无法识别。请写 不低于（at_least）或 不高于（at_most）。")
    with operations.open_workspace(workspace) as ws:
        made = operations.set_target(
            ws,
            zone,
            year,
            indicator,
            amount,
            unit=sign,
            bound=None if bound is None else BOUNDS[bound],
            document=document,
            place=place,
            note=note,
            number=number,
        )
    if as_json:
        output.print_json({"id": made})
    else:
        output.say(f"已保存为第 {made} 号目标。")


@target_group.command("remove", cls=Command, short_help="删除本单位的一个目标")
@workspace_argument
@click.argument("number", metavar="N", type=int)
def remove_command(workspace: Path, number: int) -> None:
    """删除一个本单位录入的目标；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_target(ws, number)
    output.say(f"已删除第 {number} 号目标。")
