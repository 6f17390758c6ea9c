"""`bulletin`, `ledger`, `self-assessment`: what is circulated and handed in on zones."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.commands.indicators import chosen_period
from zoneeval_cli.options import (
    ladder_option,
    path_of,
    workspace_argument,
    year_option,
    zone_option,
)
from zoneeval_cli.places import need_year, need_zone


def count_of(value: str | int) -> int:
    """Return how many are listed."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
        raise click.BadParameter(f"“{value}”不是个数，请写 1 到 1000 的整数，如 3")
    return int(text)


@click.command("bulletin", cls=Command, short_help="季度通报：各园区主要指标和位次")
@workspace_argument
@click.option(
    "--period", metavar="P", required=True, help="期间：2019Q2、2019-06（年初以来累计）或 2019"
)
@click.option(
    "--indicator", "indicators", multiple=True, metavar="NAME", help="只通报这项指标，可以写几次"
)
@click.option(
    "-n", "--count", type=count_of, metavar="N", default=3, help="前后各点名几个园区，默认 3"
)
@click.option("--issuer", metavar="NAME", default="", help="发文单位（Word）")
@click.option(
    "-o", "--out", type=path_of, metavar="OUT.docx|OUT.xlsx", required=True, help="写到哪个文件"
)
def bulletin_command(
    workspace: Path, period: str, indicators: tuple[str, ...], count: int, issuer: str, out: Path
) -> None:
    """编写通报：总体情况、各项指标前后几位、增速比平均、占比、位次变化、时序进度和缺报。

    文件名以 .docx 结尾写成 Word，以 .xlsx 结尾写成 Excel。平均数是有数据的各园区的算术平均。
    """
    from zoneeval_db import operations

    of = chosen_period(None, period)
    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_bulletin(
            ws, out, of, indicators=indicators, count=count, issuer=issuer
        )
    _say(files)


@click.command("ledger", cls=Command, short_help="月台账：各月指标、停产企业、闲置资产")
@workspace_argument
@year_option(required=True, help_text="年度，如 2019")
@zone_option("只写一个园区")
@click.option(
    "-n", "--count", type=count_of, metavar="N", default=10, help="每个园区列几户重点企业，默认 10"
)
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def ledger_command(workspace: Path, year: int, zone: str | None, count: int, out: Path) -> None:
    """编制一个年度的月台账工作簿：各月累计数和当月数、报送情况、目标进度、停产企业、重点企业、闲置资产。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, year)
        need_zone(ws, zone)
        files = operations.export_ledger(ws, out, year, zone, count=count)
    _say(files)


@click.command(
    "self-assessment", cls=Command, short_help="年度自评：逐项对照、预期星级、与认定比较"
)
@workspace_argument
@click.argument("zone", metavar="ZONE")
@year_option(required=True, help_text="自评年度，如 2019")
@ladder_option()
@click.option("--no-keep", is_flag=True, help="只写文件，不在工作文件中记录预期星级")
@click.option("--issuer", metavar="NAME", default="", help="落款单位；不写用园区名称")
@click.option("-o", "--out", type=path_of, metavar="OUT.docx", required=True, help="写到哪个文件")
def self_assessment_command(
    workspace: Path, zone: str, year: int, ladder: str, no_keep: bool, issuer: str, out: Path
) -> None:
    """编写一个园区的年度自评报告（Word），并把预期星级记在工作文件中，供认定公布后比较。"""
    from zoneeval_db import operations

    if out.suffix.lower() != ".docx":
        raise InputError(f"自评报告的文件名要以 .docx 结尾，现在是“{out.name}”。请改名。")
    with operations.open_workspace(workspace, read_only=no_keep) as ws:
        need_year(ws, year)
        need_zone(ws, zone)
        files = operations.export_self_assessment(
            ws, out, zone, year, ladder, keep=not no_keep, issuer=issuer
        )
        kept = [] if no_keep else operations.expected_standings(ws, zone, year)
    _say(files)
    for one in kept:
        output.say(f"已记录{one.zone} {one.year} 年的自评：{one.words}（{one.document}）。")


def _say(files: list[Path]) -> None:
    for path in files:
        output.say(f"已写出“{path}”。")
