"""`list`: lists to the utilities, issued, shown, compared and withdrawn."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.commands.exit_words import today
from zoneeval_cli.commands.list_feedback import feedback_group
from zoneeval_cli.commands.list_words import changes_json, head_json, list_json, tell_changes
from zoneeval_cli.options import json_option, path_of, run_option, workspace_argument

number_argument = click.argument("number", metavar="N", type=int)


@click.group("list", cls=Group, short_help="执行名单：印发、比较、撤回、执行反馈")
def list_group() -> None:
    """给供电、供水、燃气、热力、税务、生态环境的执行名单。

    草稿用 export pricing 导出；印发后存档，下一次名单与它比较，列出新增、取消、变更。
    """


list_group.add_command(feedback_group)


@list_group.command("issue", cls=Command, short_help="印发名单")
@workspace_argument
@click.option("--tariff", metavar="ID|FILE.toml", required=True, help="价格表")
@click.option(
    "--utility", "utilities", multiple=True, metavar="NAME", help="只给这一家；不写给有标准的各家"
)
@run_option
@click.option("--document", required=True, metavar="TEXT", help="印发名单的文号")
@click.option("--on", metavar="DATE", help="印发日期；不写为今天")
@click.option("--from", "valid_from", metavar="DATE", help="开始执行日期；不写为印发日期")
@click.option("--to", "valid_to", metavar="DATE", help="截止日期；不写到下一次名单为止")
@click.option("-o", "--out", type=path_of, metavar="FOLDER", help="同时把工作簿写到这个文件夹")
@json_option
def issue_command(
    workspace: Path,
    tariff: str,
    utilities: tuple[str, ...],
    run_id: int | None,
    document: str,
    on: str | None,
    valid_from: str | None,
    valid_to: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """凭已发布的评价和价格表印发名单，并说明与在执行的名单相比的变化。可以撤销。"""
    from zoneeval_db import operations

    progress = output.stderr_progress(as_json)
    with operations.open_workspace(workspace) as ws:
        made = operations.issue_lists(
            ws,
            tariff,
            utilities or None,
            run_id,
            document=document,
            on=on or today(),
            valid_from=valid_from,
            valid_to=valid_to,
            progress=progress,
        )
        files: list[Path] = []
        for one in made if out is not None else ():
            assert out is not None
            target = out / f"差别化价格名单（{one.utility}）.xlsx"
            files += operations.export_list(ws, target, one.id, progress)
    if as_json:
        lists = [list_json(one, one.valid_from) for one in made]
        output.print_json({"lists": output.blanks_are_null(lists)})
        return
    for one in made:
        output.say(
            f"已印发第 {one.id} 号{one.utility}名单：执行 {len(one.content.charged)} 项，"
            f"缺户号 {len(one.content.missing)} 项，合用户号 {len(one.content.shared)} 项。"
        )
        tell_changes(one.changes)
    for path in files:
        output.say(f"已写出“{path}”。")


@list_group.command("show", cls=Command, short_help="列出名单，或看一份名单")
@workspace_argument
@click.argument("number", metavar="[N]", type=int, required=False)
@click.option("--utility", metavar="NAME", help="只列给这一家的")
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", help="把第 N 号名单写成工作簿")
@json_option
def show_command(
    workspace: Path, number: int | None, utility: str | None, out: Path | None, as_json: bool
) -> None:
    """列出印发过的名单；写明编号时看一份名单的内容。"""
    from zoneeval_db import operations

    if out is not None and number is None:
        raise InputError("写工作簿要指明第几号名单，如 list show FILE 1 -o 名单.xlsx。")
    with operations.open_workspace(workspace, read_only=True) as ws:
        if number is None:
            found = operations.issued_lists(ws, utility)
        else:
            found = [operations.issued_list(ws, number)]
        files = operations.export_list(ws, out, number) if out and number is not None else []
    day = today()
    if as_json:
        if number is None:
            output.print_json({"lists": [head_json(one, day) for one in found]})
        else:
            output.print_json(output.blanks_are_null(list_json(found[0], day)))
        return
    if not found:
        output.say("还没有印发执行名单。")
        return
    output.say_table(
        ("编号", "单位", "评价", "印发日期", "文号", "有效期", "状态", "执行", "缺户号", "合用"),
        (
            (
                str(one.id),
                one.utility,
                str(one.run_id),
                one.issued_on,
                one.document,
                f"{one.valid_from} 至 {one.valid_to or '下一次名单'}",
                one.state_on(day),
                str(len(one.content.charged)),
                str(len(one.content.missing)),
                str(len(one.content.shared)),
            )
            for one in found
        ),
        "r r    rrr",
    )
    if number is not None:
        tell_changes(found[0].changes)
    for path in files:
        output.say(f"已写出“{path}”。")


@list_group.command("compare", cls=Command, short_help="比较名单：新增、取消、变更")
@workspace_argument
@click.argument("number", metavar="[N]", type=int, required=False)
@click.option("--with", "against", metavar="M", type=int, help="与第 M 号名单比；不写与前一份比")
@click.option("--utility", metavar="NAME", help="不写 N 时：现在印发会有什么变化，给哪一家")
@click.option("--tariff", metavar="ID|FILE.toml", help="不写 N 时：按哪一份价格表")
@run_option
@json_option
def compare_command(
    workspace: Path,
    number: int | None,
    against: int | None,
    utility: str | None,
    tariff: str | None,
    run_id: int | None,
    as_json: bool,
) -> None:
    """比较两份名单；不写编号时，比较现在的评价结果与在执行的名单。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        if number is not None:
            found = operations.compare_lists(ws, number, against)
        elif utility is None or tariff is None:
            raise InputError(
                "请写明第几号名单；或写 --utility 和 --tariff，看现在印发会有什么变化。"
            )
        else:
            found = operations.draft_lists(ws, tariff, run_id, [utility])[utility].changes
    if as_json:
        output.print_json(output.blanks_are_null(changes_json(found)))
    else:
        tell_changes(found)


@list_group.command("withdraw", cls=Command, short_help="撤回一份名单")
@workspace_argument
@number_argument
@click.option("--on", metavar="DATE", help="停止执行日期；不写为今天")
@click.option("--document", required=True, metavar="TEXT", help="依据文号")
@click.option("--reason", required=True, metavar="TEXT", help="理由")
def withdraw_command(
    workspace: Path, number: int, on: str | None, document: str, reason: str
) -> None:
    """撤回最近一份名单，从某日起停止执行。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        found = operations.withdraw_list(
            ws, number, on=on or today(), document=document, reason=reason
        )
    assert found.withdrawn is not None
    output.say(f"第 {number} 号{found.utility}名单自 {found.withdrawn.on} 起停止执行。")
