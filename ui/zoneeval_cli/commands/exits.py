"""`exit`: the ledger of leaving and transformation."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.commands.exit_closing import cancel_command, close_command, reopen_command
from zoneeval_cli.commands.exit_lists import (
    candidates_command,
    condition_command,
    due_command,
    freed_command,
    ledger_command,
)
from zoneeval_cli.commands.exit_plan import step_group
from zoneeval_cli.commands.exit_words import (
    case_json,
    kind_of,
    number_argument,
    state_of,
    tell,
    today,
)
from zoneeval_cli.options import json_option, run_of, run_option, workspace_argument, zone_option


@click.group("exit", cls=Group, short_help="退出转型台账：立案、一企一策、逐个销号")
def exit_group() -> None:
    """退出转型台账：退出类别企业、停产半停产企业、停建缓建项目、低效用地，一企一策，逐个销号。"""


@exit_group.command("list", cls=Command, short_help="列出台账")
@workspace_argument
@click.option("--state", metavar="STATE", help="只列：待处置、处置中、已销号、不再处置")
@click.option("--kind", metavar="KIND", help="只列一类事由，如 class（退出类别企业）")
@zone_option("只列一个园区")
@click.option("--uscc", metavar="USCC", help="只列一户企业的（包括以前的信用代码）")
@click.option("--run", "run_id", type=run_of, metavar="N", help="只列由第几号评价立案或延续的")
@json_option
def list_command(
    workspace: Path,
    state: str | None,
    kind: str | None,
    zone: str | None,
    uscc: str | None,
    run_id: int | None,
    as_json: bool,
) -> None:
    """列出台账中的事项。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        if run_id is not None:
            operations.adjudication(ws, run_id)  # there must be such a run
        cases = operations.exit_cases(
            ws,
            state=None if state is None else state_of(state),
            kind=None if kind is None else kind_of(kind),
            zone=zone,
            uscc=None if uscc is None else uscc.strip().upper(),
            run_id=run_id,
        )
        figures = operations.case_figures(ws, cases)
    if as_json:
        output.print_json({"cases": [case_json(one, figures[one.id]) for one in cases]})
        return
    if not cases:
        output.say("台账中没有这样的事项。")
        return
    output.say_table(
        ("编号", "名称", "园区", "事由", "用地（亩）", "处置路径", "责任单位", "时限", "状态"),
        (
            (
                str(one.id),
                one.subject,
                one.zone or output.MISSING,
                one.kind.label,
                output.number(figures[one.id].land_area),
                one.path or output.MISSING,
                one.responsible or output.MISSING,
                one.due or output.MISSING,
                one.state.label,
            )
            for one in cases[: output.MOST_ROWS]
        ),
        "r   r",
    )
    if len(cases) > output.MOST_ROWS:
        output.say(f"共 {len(cases)} 件，只列前 {output.MOST_ROWS} 件；全部内容请用 --json。")


@exit_group.command("open", cls=Command, short_help="按评价结果成批立案")
@workspace_argument
@run_option
@click.option("--stopped", is_flag=True, help="停产、半停产企业一并立案")
@click.option("--on", metavar="DATE", help="立案日期；不写为今天")
@click.option("--responsible", default="", metavar="NAME", help="责任单位")
@click.option("--due", metavar="DATE", help="完成时限")
@json_option
def open_command(
    workspace: Path,
    run_id: int | None,
    stopped: bool,
    on: str | None,
    responsible: str,
    due: str | None,
    as_json: bool,
) -> None:
    """退出类别的企业每户立案一件；已有未销号事项的延续，不重复立案。

    不写 --run 时取最新年度中已发布的评价；没有发布的，取最新一次。
    """
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        done = operations.open_exit_cases(
            ws, run_id, on=on or today(), stopped=stopped, responsible=responsible, due=due
        )
        every = [*done.opened, *done.confirmed, *done.left]
        figures = operations.case_figures(ws, every)
    if done.note:
        output.complain(done.note)
    if as_json:
        output.print_json(
            {
                "run": done.info.id,
                "opened": [case_json(one, figures[one.id]) for one in done.opened],
                "confirmed": [one.id for one in done.confirmed],
                "left": [case_json(one, figures[one.id]) for one in done.left],
                "stopped_without_case": done.stopped,
            }
        )
        return
    output.say(
        f"第 {done.info.id} 次评价（{done.info.year} 年）：新立 {len(done.opened)} 件，"
        f"已在台账中的 {len(done.confirmed)} 件。"
    )
    if done.stopped:
        output.say(f"另有 {done.stopped} 户停产、半停产企业没有立案；一并立案请加 --stopped。")
    for one in done.left:
        output.say(f"第 {one.id} 号“{one.subject}”已不在退出类别，请决定销号或不再处置。")


@exit_group.command("add", cls=Command, short_help="登记一件：项目、用地或企业")
@workspace_argument
@click.argument("kind", metavar="KIND")
@click.argument("subject", metavar="NAME")
@click.option("--reason", required=True, metavar="TEXT", help="列入原因")
@click.option("--uscc", default="", metavar="USCC", help="统一社会信用代码")
@click.option("--zone", default="", metavar="NAME", help="园区")
@click.option("--path", default="", metavar="TEXT", help="处置路径")
@click.option("--responsible", default="", metavar="NAME", help="责任单位")
@click.option("--due", default="", metavar="DATE", help="完成时限")
@click.option("--note", default="", metavar="TEXT", help="备注")
@click.option("--on", metavar="DATE", help="立案日期；不写为今天")
@json_option
def add_command(
    workspace: Path,
    kind: str,
    subject: str,
    reason: str,
    uscc: str,
    zone: str,
    path: str,
    responsible: str,
    due: str,
    note: str,
    on: str | None,
    as_json: bool,
) -> None:
    """登记一件。KIND：project（停建缓建项目）、land（低效用地）、stopped、half_stopped、class。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_exit_case(
            ws,
            subject,
            kind_of(kind),
            reason=reason,
            on=on or today(),
            uscc=uscc,
            zone=zone,
            path=path,
            responsible=responsible,
            due=due,
            note=note,
        )
        tell(ws, made, as_json, "已登记")


@exit_group.command("show", cls=Command, short_help="查看一件和它的步骤")
@workspace_argument
@number_argument
@json_option
def show_command(workspace: Path, number: int, as_json: bool) -> None:
    """查看一件的原因、处置路径、步骤和结果。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        tell(ws, operations.exit_case(ws, number), as_json, "")


@exit_group.command("update", cls=Command, short_help="写明处置路径、责任单位、时限")
@workspace_argument
@number_argument
@click.option("--path", metavar="TEXT", help="处置路径，如 兼并重组")
@click.option("--responsible", metavar="NAME", help="责任单位")
@click.option("--due", metavar="DATE", help="完成时限")
@click.option("--note", metavar="TEXT", help="备注")
@json_option
def update_command(
    workspace: Path,
    number: int,
    path: str | None,
    responsible: str | None,
    due: str | None,
    note: str | None,
    as_json: bool,
) -> None:
    """改一件的处置路径、责任单位、时限、备注；写空文字（""）为清空。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.update_exit_case(
            ws, number, path=path, responsible=responsible, due=due, note=note
        )
        tell(ws, made, as_json, "已修改")


for _command in (
    close_command,
    cancel_command,
    reopen_command,
    step_group,
    due_command,
    freed_command,
    ledger_command,
    candidates_command,
    condition_command,
):
    exit_group.add_command(_command)
