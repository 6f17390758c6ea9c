"""`exit due|freed|ledger|candidates|condition`: what the ledger says, and its workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import (
    json_option,
    ladder_option,
    path_of,
    run_option,
    workspace_argument,
    year_option,
    zone_option,
)
from zoneeval_cli.places import need_year, need_zone

if TYPE_CHECKING:
    from zoneeval.model.exits import Freed, Known

_out = click.option(
    "-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件"
)
_maybe_out = click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", help="写成工作簿")


@click.command("due", cls=Command, short_help="逾期和临期")
@workspace_argument
@click.option("--on", metavar="DATE", help="到哪一天；不写为今天")
@click.option("--within", default=30, metavar="DAYS", type=int, help="多少天内到期算临期，默认 30")
@zone_option("只看一个园区")
@json_option
def due_command(
    workspace: Path, on: str | None, within: int, zone: str | None, as_json: bool
) -> None:
    """列出逾期和临期的事项、步骤。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        day = on or date.today().isoformat()
        found = operations.exit_due(ws, day, within, zone=zone)
    if as_json:
        rows = [
            {
                "case": one.case.id,
                "name": one.case.subject,
                "zone": one.case.zone,
                "step": one.step.id if one.step else None,
                "what": one.step.what if one.step else None,
                "due": one.due,
                "days_left": one.days_left,
                "overdue": one.is_overdue,
            }
            for one in found
        ]
        output.print_json({"on": day, "within": within, "due": rows})
        return
    if not found:
        output.say("没有逾期和临期的事项。")
        return
    output.say_table(
        ("编号", "名称", "园区", "事项", "时限", "情况"),
        (
            (
                str(one.case.id),
                one.case.subject,
                one.case.zone or output.MISSING,
                one.step.what if one.step else "整件",
                one.due,
                f"逾期 {-one.days_left} 天" if one.is_overdue else f"还有 {one.days_left} 天",
            )
            for one in found
        ),
        "r",
    )


@click.command("freed", cls=Command, short_help="腾出资源，按年度和园区汇总")
@workspace_argument
@year_option(required=False, help_text="只看一个年度（销号年度）")
@zone_option("只看一个园区")
@ladder_option(
    required=False, help_text="试算：按这个星级阶梯，--zone 在 --year 年的指标扣除此后腾出的资源"
)
@json_option
def freed_command(
    workspace: Path, year: int | None, zone: str | None, ladder: str | None, as_json: bool
) -> None:
    """汇总已销号事项腾出的土地、用能、排放和安置人数；没有填报的另计件数，不按 0 计算。

    写 --ladder 时，试算园区某年的星级指标扣除此后销号腾出的土地、用能会怎样，什么也不改变。
    """
    from zoneeval_db import operations

    if ladder is not None:
        _freed_what_if(workspace, zone, year, ladder, as_json)
        return
    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.freed(ws, year, zone)
    if as_json:
        output.print_json({"freed": [_freed_json(one) for one in found]})
        return
    if not found:
        output.say("还没有销号的事项。")
        return
    output.say_table(
        ("年度", "园区", "销号", "土地（亩）", "用能（吨标准煤）", "排放（吨）", "安置（人）"),
        (
            (
                str(one.year),
                one.zone or output.MISSING,
                str(one.cases),
                *(known_words(part) for part in (one.land, one.energy, one.emission, one.people)),
            )
            for one in found
        ),
        "r rrrrr",
    )


def _freed_json(one: Freed) -> dict[str, object]:
    return {
        "year": one.year,
        "zone": one.zone,
        "cases": one.cases,
        "land": known_json(one.land),
        "energy": known_json(one.energy),
        "emission": known_json(one.emission),
        "people": known_json(one.people),
    }


def _freed_what_if(
    workspace: Path, zone: str | None, year: int | None, ladder: str, as_json: bool
) -> None:
    from zoneeval_cli.commands.gap import gap_json
    from zoneeval_db import operations

    if zone is None or year is None:
        raise click.UsageError("--ladder 须与 --zone、--year 同时写。")
    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, year)
        need_zone(ws, zone)
        tried = operations.freed_what_if(ws, zone, year, ladder)
    if as_json:
        said = gap_json(tried.report)
        output.print_json(
            {
                "since": _freed_json(tried.freed),
                "left_out": list(tried.left_out),
                "before": {key: said[key] for key in ("zone", "at_least", "at_most", "score")},
                "what_if": said["what_if"],
            }
        )
        return
    freed = tried.freed
    output.say(
        f"{zone}：{year} 年以后销号 {freed.cases} 件，腾出土地 {known_words(freed.land)} 亩，"
        f"用能 {known_words(freed.energy)} 吨标准煤。"
    )
    output.say("假定腾出的土地退出建成、工业用地，用能为规上企业的；只是试算。")
    output.say_table(
        ("指标", "现在", "扣除以后", "单位"),
        (
            (one.label, output.number(one.before, 4), output.number(one.after, 4), one.unit)
            for one in tried.report.changes
        ),
        " rr",
    )
    if tried.left_out:
        output.say(f"没有数据，没有试算：{'、'.join(tried.left_out)}。")


def known_json(known: Known) -> dict[str, object]:
    """Return a sum with how many of its parts are not known."""
    return {"value": known.value, "missing": known.missing}


def known_words(known: Known, counted: str = "件") -> str:
    """Return 12.5（不详 1 件）."""
    lacking = f"（不详 {known.missing} {counted}）" if known.missing else ""
    return f"{output.number(known.value)}{lacking}"


@click.command("ledger", cls=Command, short_help="导出月度台账")
@workspace_argument
@click.option("--month", metavar="MONTH", help="月份，如 2025-06；不写为本月")
@zone_option("只要一个园区")
@_out
def ledger_command(workspace: Path, month: str | None, zone: str | None, out: Path) -> None:
    """导出月度台账：台账、本月进展、逾期和临期、腾出资源汇总，为月末情况。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        at = month or date.today().isoformat()[:7]
        files = operations.export_exit_ledger(ws, out, at, zone=zone)
    for path in files:
        output.say(f"已写出“{path}”。")


@click.command("candidates", cls=Command, short_help="智能化改造备选企业")
@workspace_argument
@run_option
@_maybe_out
@json_option
def candidates_command(
    workspace: Path, run_id: int | None, out: Path | None, as_json: bool
) -> None:
    """列出智能化改造备选企业：优先发展类全部，鼓励类中符合条件的（条件见 exit condition）。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.upgrade_candidates(ws, run_id)
        condition = operations.upgrade_condition(ws)
        files = [] if out is None else operations.export_candidates(ws, out, run_id)
    if as_json:
        rows = [
            {
                "uscc": one.uscc,
                "name": one.name,
                "zone": one.zone,
                "grade": one.grade,
                "suits": one.suits,
            }
            for one in found
        ]
        output.print_json({"condition": condition or None, "candidates": rows})
        return
    for path in files:
        output.say(f"已写出“{path}”。")
    if files:
        return
    if not condition:
        output.say("没有设鼓励类的条件，只列优先发展类。")
    output.say_table(
        ("信用代码", "企业名称", "园区", "类别", "符合条件"),
        (
            (
                one.uscc,
                one.name,
                one.zone or output.MISSING,
                one.grade,
                "是" if one.suits else "待核",
            )
            for one in found[: output.MOST_ROWS]
        ),
    )
    if len(found) > output.MOST_ROWS:
        output.say(f"共 {len(found)} 家，只列前 {output.MOST_ROWS} 家；全部内容请用 --json。")


@click.command("condition", cls=Command, short_help="设智能化改造备选条件")
@workspace_argument
@click.argument("condition", metavar="FORMULA")
def condition_command(workspace: Path, condition: str) -> None:
    """设鼓励类企业列入智能化改造备选的条件，如 "revenue >= 5000 and rd_expense > 0"；"" 为取消。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.set_upgrade_condition(ws, condition)
    output.say("已设定。" if made else "已取消。")
