"""`zone`: enter a zone's figures, choose which one rates it, record its kind and events."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.commands.indicators import chosen_period
from zoneeval_cli.commands.zone_event import event_group
from zoneeval_cli.options import json_option, workspace_argument, year_option

CHOICES = {
    "computed": "computed",
    "official": "official",
    "default": None,
    "汇总": "computed",
    "公布": "official",
    "默认": None,
}
_PERIOD = click.option("--period", metavar="P", help="期间：2019Q2、2019-06（年初以来累计）")


@click.group("zone", cls=Group, short_help="园区：录入指标、选定口径、园区资料和事项")
def zone_group() -> None:
    """录入园区的公布数，选定采用汇总数还是公布数，记录园区资料和事项。"""


zone_group.add_command(event_group)


def indicator_of(words: str) -> str:
    """Return the identifier of an indicator given as such or by its Chinese name."""
    from zoneeval.intake.recognise import recognise_indicator
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    if words in ZONE_INDICATORS:
        return words
    key, _ = recognise_indicator(words)
    if key is None:
        raise InputError(
            f"没有“{words}”这个园区指标。请写指标名称（如 规上工业增加值），"
            "名称见 zoneeval zone registry。"
        )
    return key


@zone_group.command("registry", cls=Command, short_help="列出收录的园区指标及其口径")
@json_option
def registry_command(as_json: bool) -> None:
    """列出收录的园区指标：名称、单位、由什么汇总或相除、依据。"""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS
    from zoneeval.model.zone_wording import definition_words

    if as_json:
        listed = [
            {
                "key": one.key,
                "label": one.label,
                "unit": one.unit,
                "kind": one.kind,
                "population": one.population,
                "sums": one.sums or None,
                "where": one.where or None,
                "numerator": one.numerator or None,
                "denominator": one.denominator or None,
                "base": one.base or None,
                "lower_is_better": one.lower_is_better,
                "is_share": one.is_share,
                "document": one.document or None,
                "note": one.note or None,
                "group": one.group,
                "aliases": list(one.aliases),
            }
            for one in ZONE_INDICATORS.values()
        ]
        output.print_json({"indicators": listed})
        return
    output.say_table(
        ("标识", "指标", "单位", "怎样得来", "依据", "说明"),
        [
            (
                one.key,
                one.label,
                "百分点" if one.kind == "points" else "%" if one.is_share else one.unit,
                definition_words(one),
                one.document or output.MISSING,
                one.note or output.MISSING,
            )
            for one in ZONE_INDICATORS.values()
        ],
    )


@zone_group.command(
    "set",
    cls=Command,
    short_help="录入一项公布数",
    context_settings={"ignore_unknown_options": True},  # a value may be below zero
)
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("indicator", metavar="INDICATOR")
@click.argument("value", metavar="VALUE", type=float)
@year_option(required=False)
@_PERIOD
@click.option("--unit", metavar="UNIT", help="数值的单位，如 亿元、平方公里、%")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
def set_command(
    workspace: Path,
    zone: str,
    indicator: str,
    value: float,
    year: int | None,
    period: str | None,
    unit: str | None,
    document: str,
) -> None:
    """录入园区一个年度或期间的公布数；以前录入的被代替，可以撤销。"""
    from zoneeval_db import operations

    of, key = chosen_period(year, period), indicator_of(indicator)
    with operations.open_workspace(workspace) as ws:
        operations.enter_zone_value(ws, zone, of, key, value, unit, document)
    output.say("已保存。")


@zone_group.command("clear", cls=Command, short_help="删除一项公布数")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("indicator", metavar="INDICATOR")
@year_option(required=False)
@_PERIOD
def clear_command(
    workspace: Path, zone: str, indicator: str, year: int | None, period: str | None
) -> None:
    """删除园区一个年度或期间的公布数；可以撤销。"""
    from zoneeval_db import operations

    of, key = chosen_period(year, period), indicator_of(indicator)
    with operations.open_workspace(workspace) as ws:
        operations.remove_zone_value(ws, zone, of, key)
    output.say("已删除。")


@zone_group.command("choose", cls=Command, short_help="选定采用汇总数还是公布数")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("indicator", metavar="INDICATOR")
@click.argument("choice", metavar="computed|official|default")
@year_option(required=False)
@_PERIOD
@click.option("--reason", default="", metavar="TEXT", help="理由")
def choose_command(
    workspace: Path,
    zone: str,
    indicator: str,
    choice: str,
    year: int | None,
    period: str | None,
    reason: str,
) -> None:
    """选定评定时采用汇总数（computed）或公布数（official）；default 恢复有公布数用公布数。"""
    from typing import cast

    from zoneeval.model.zone_records import Slot
    from zoneeval_db import operations

    if choice not in CHOICES:
        raise InputError(
            f"“{choice}”无法识别，请写 computed（汇总数）、official（公布数）或 default（默认）。"
        )
    of, key = chosen_period(year, period), indicator_of(indicator)
    slot = cast("Slot | None", CHOICES[choice])
    with operations.open_workspace(workspace) as ws:
        operations.choose_zone_value(ws, zone, of, key, slot, reason)
    output.say("已保存。")


@zone_group.command("history", cls=Command, short_help="一个园区一项指标的历年数")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("indicator", metavar="INDICATOR")
@click.option("--by", "parts", default="year", metavar="year|quarter|month", help="时间间隔")
@json_option
def history_command(workspace: Path, zone: str, indicator: str, parts: str, as_json: bool) -> None:
    """列出一个园区一项指标各年、各季或各月的数；季度、月度为年初以来累计。"""
    from zoneeval_db import operations

    key = indicator_of(indicator)
    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.zone_history(ws, zone, key, parts)
    if as_json:
        listed = [{"period": p.key, **figure.as_json(True)} for p, figure in found]
        output.print_json({"zone": zone, "indicator": key, "figures": listed})
        return
    if not found:
        output.say(f"{zone}没有这样的数。")
        return
    output.say_table(
        ("期间", "采用", "汇总", "公布", "来源"),
        [
            (
                period.label,
                output.number(figure.used, 4),
                output.number(figure.computed, 4),
                output.number(figure.official, 4),
                figure.source or figure.lacking,
            )
            for period, figure in found
        ],
        "lrrr",
    )


@zone_group.command("profile", cls=Command, short_help="园区资料：类别、同组、主导产业")
@workspace_argument
@click.argument("zone", metavar="[ZONE]", required=False)
@click.option("--kind", metavar="TEXT", help="园区类别，如 省级产业集聚区、专业园区")
@click.option("--peers", metavar="TEXT", help="同组名称，排名时与同组园区比较")
@click.option("--leading", metavar="CODES", help="主导产业的行业代码，如 36、3516；空的为清除")
@click.option("--document", metavar="TEXT", help="依据文件")
@click.option("--note", metavar="TEXT", help="备注")
@json_option
def profile_command(
    workspace: Path,
    zone: str | None,
    kind: str | None,
    peers: str | None,
    leading: str | None,
    document: str | None,
    note: str | None,
    as_json: bool,
) -> None:
    """不带选项时列出园区资料；带选项时记录一个园区的资料，没写的项保持不变。"""
    from zoneeval_db import operations

    given = {"kind": kind, "peer_group": peers, "leading_industries": leading,
             "document": document, "note": note}  # fmt: skip
    if any(value is not None for value in given.values()):
        if zone is None:
            raise InputError("没有写明园区。请在文件后写园区名称。")
        with operations.open_workspace(workspace) as ws:
            operations.set_zone_profile(ws, zone, **given)
        output.say("已保存。")
        return
    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.zone_profiles(ws)
    listed = [one for name, one in found.items() if zone in (None, name)]
    if as_json:
        profiles = [
            {
                "zone": one.zone,
                "kind": one.kind,
                "peer_group": one.peer_group,
                "leading_industries": list(one.leading_industries),
                "document": one.document,
                "note": one.note,
            }
            for one in listed
        ]
        output.print_json({"profiles": profiles})
        return
    if not listed:
        output.say("没有记录园区资料。")
        return
    output.say_table(
        ("园区", "类别", "同组", "主导产业", "依据文件", "备注"),
        [
            (
                one.zone,
                *(word or output.MISSING for word in (
                    one.kind, one.peer_group, "、".join(one.leading_industries),
                    one.document, one.note,
                )),
            )
            for one in listed
        ],
    )  # fmt: skip
