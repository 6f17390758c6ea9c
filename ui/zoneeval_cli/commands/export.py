"""`export`: the workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.commands.giving import GIVEN, Wanted, give
from zoneeval_cli.commands.notice import give_notices
from zoneeval_cli.options import (
    ladder_option,
    path_of,
    policy_option,
    run_option,
    workspace_argument,
    year_option,
    zone_option,
)
from zoneeval_cli.places import need_year

if TYPE_CHECKING:
    from zoneeval_db.operations import Workspace

KINDS = ("results", "classes", "exit", "pricing", "stars", "notice", *GIVEN)
DEFAULT_LADDER = "illustrative-six-stars"


def kind_of(value: str) -> str:
    """Return which workbook is meant."""
    if value not in KINDS:
        raise click.BadParameter(f"“{value}”不能导出，可选：{'、'.join(KINDS)}")
    return value


@click.command("export", cls=Command, short_help="导出工作簿：结果、名单、价格、星级")
@click.argument("kind", metavar="|".join(KINDS), type=kind_of)
@workspace_argument
@run_option
@click.option("--utility", metavar="NAME", help="pricing：只导出一家单位的，如 供电")
@click.option(
    "--tariff", metavar="ID|FILE.toml", default="henan", help="pricing：价格表，默认 henan"
)
@click.option("--on", metavar="DATE", help="pricing：按哪一天的标准，如 2025-07-01")
@year_option(
    required=False, help_text="stars、confirm、letters、participants、land：年度；不写取最近一年"
)
@ladder_option(required=False, help_text=f"stars：星级阶梯；不写用 {DEFAULT_LADDER}（示意）")
@zone_option("confirm、letters、participants、land：只要一个园区的企业")
@policy_option(required=False)
@click.option(
    "--layout",
    metavar="sheets|one|files",
    help="confirm：每户一张工作表（默认）、连续打印、每户一个工作簿（-o 是文件夹）",
)
@click.option(
    "--uscc", "codes", multiple=True, metavar="USCC", help="confirm、notice：只要这户企业"
)
@click.option("--all", "every", is_flag=True, help="notice：全部参评企业，-o 是文件夹")
@click.option("--grade", metavar="A|B|…", help="notice：与 --all 一起用，只要这一类的企业")
@click.option(
    "--department", "departments", multiple=True, metavar="NAME", help="letters：只写致这个部门的"
)
@click.option("--issuer", metavar="NAME", help="letters：发函单位")
@click.option("--reply-by", metavar="DATE", help="letters：反馈期限，如 2025年3月31日")
@click.option(
    "-o",
    "--out",
    type=path_of,
    metavar="OUT.xlsx",
    required=True,
    help="写到哪个文件；letters、notice --all，以及 pricing 不写 --utility 时是文件夹",
)
def export_command(
    kind: str,
    workspace: Path,
    run_id: int | None,
    utility: str | None,
    tariff: str,
    on: str | None,
    year: int | None,
    ladder: str | None,
    zone: str | None,
    policy: str | None,
    layout: str | None,
    codes: tuple[str, ...],
    every: bool,
    grade: str | None,
    departments: tuple[str, ...],
    issuer: str | None,
    reply_by: str | None,
    out: Path,
) -> None:
    """导出工作簿。

    results、classes、exit、pricing 不写 --run 时，取最新一次评价的年度中已发布的评价；没有发布的，
    取最新一次。类别为人工调整后的最终类别。

    \b
    results  评价结果
    classes  公示用分类名单
    exit     退出转型名单
    pricing  差别化价格名单，每家单位一个工作簿
    stars    园区星级对照表
    notice   企业评价告知书（Word，一页）
    confirm  一企一单：企业数据确认单
    letters  数据核实函，每个部门一份（Word）
    participants  参评名单：填入人工决定后可以导入
    land     用地面积公示表
    """
    from zoneeval_db import operations

    _only_for(kind, "pricing", "--utility", utility)
    _only_for(kind, "pricing", "--on", on)
    _only_for(kind, ("stars", *GIVEN), "--year", year)
    _only_for(kind, GIVEN, "--zone", zone)
    _only_for(kind, "participants", "--policy", policy)
    _only_for(kind, "confirm", "--layout", layout)
    _only_for(kind, ("confirm", "notice"), "--uscc", codes or None)
    _only_for(kind, "notice", "--all", every or None)
    _only_for(kind, "notice", "--grade", grade)
    _only_for(kind, "letters", "--department", departments or None)
    _only_for(kind, "letters", "--issuer", issuer)
    _only_for(kind, "letters", "--reply-by", reply_by)
    if kind in GIVEN:
        _only_for(
            kind, ("results", "classes", "exit", "pricing", "stars", "notice"), "--run", run_id
        )
    _only_for(kind, "stars", "--ladder", ladder)
    with operations.open_workspace(workspace, read_only=True) as ws:
        if kind == "pricing":
            files = operations.export_pricing(
                ws, out, run_id, utility, tariff, on, output.stderr_progress()
            )
        elif kind in GIVEN:
            wanted = Wanted(
                year, zone, policy, layout, codes, departments, issuer or "", reply_by or ""
            )
            files = give(ws, kind, out, wanted)
        elif kind == "notice":
            files = give_notices(ws, out, run_id, codes, every, grade)
        elif kind == "stars":
            files = _stars(ws, out, run_id, year, ladder)
        else:
            writers: dict[str, Callable[[Workspace, Path, int | None], list[Path]]] = {
                "results": operations.export_results,
                "classes": operations.export_classes,
                "exit": operations.export_exit,
            }
            files = writers[kind](ws, out, run_id)
    for path in files:
        output.say(f"已写出“{path}”。")


def _stars(
    ws: Workspace, out: Path, run_id: int | None, year: int | None, ladder: str | None
) -> list[Path]:
    from zoneeval_db import operations

    if year is None and run_id is not None:
        year = operations.load_run(ws, run_id).info.year
    if year is None:
        known = operations.years(ws)
        if not known:
            raise InputError("工作文件中还没有数据，不能导出星级对照表。请先导入。")
        year = known[-1]
    need_year(ws, year)
    if ladder is None:
        ladder = DEFAULT_LADDER
        output.complain(f"没有写 --ladder，用示意阶梯 {ladder}，结果不能用于申报。")
    return operations.export_stars(ws, out, year, ladder)


def _only_for(kind: str, wanted: str | tuple[str, ...], option: str, value: object) -> None:
    kinds = (wanted,) if isinstance(wanted, str) else wanted
    if value is not None and kind not in kinds:
        raise InputError(
            f"{option} 只用于 export {'、'.join(kinds)}，不能用于 export {kind}。请去掉。"
        )
