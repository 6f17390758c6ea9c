"""`ladder list`, `show`, `check`, `diff`, `save`, `confirm`, `delete`: star ladders as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Group
from zoneeval_cli.options import json_option, path_of
from zoneeval_cli.rule_files import (
    check_file,
    held_option,
    own_option,
    read_text,
    saving_options,
    say_differences,
    say_text,
)

if TYPE_CHECKING:
    from zoneeval.policy.ladder import Ladder


@click.group("ladder", cls=Group, short_help="星级阶梯：清单、原文、检查、比较、保存、确认")
def ladder_group() -> None:
    """查看和比较星级阶梯，检查自己写的阶梯文件，存入工作文件，核对后确认。"""


@ladder_group.command("list", short_help="自带的和自有的星级阶梯")
@own_option("阶梯")
@json_option
def list_command(workspace: Path | None, as_json: bool) -> None:
    """列出自带的星级阶梯；给出工作文件时也列出其中的自有阶梯，注明是否已经确认。"""
    from zoneeval.policy.loader import list_ladders

    versions: dict[str, int] = {}
    confirmed: set[str] = set()
    if workspace is None:
        found = list_ladders()
    else:
        from zoneeval_db import operations

        with operations.open_workspace(workspace, read_only=True) as ws:
            found = operations.ladders(ws)
            versions = {own.id: own.newest.version for own in operations.own_ladders(ws)}
            confirmed = set(operations.confirmed_ladders(ws))
    documents = []
    for ladder in found:
        document = ladder_json(ladder)
        if ladder.id in versions:
            document["version"] = versions[ladder.id]
            document["confirmed"] = f"{ladder.id}@{versions[ladder.id]}" in confirmed
        documents.append(document)
    if as_json:
        output.print_json(documents)
        return
    rows = []
    for ladder, document in zip(found, documents, strict=True):
        version = "自带"
        if "version" in document:
            state = "已确认" if document["confirmed"] else "草稿"
            version = f"第 {document['version']} 版，{state}"
        rows.append(
            (ladder.id, str(ladder.year or "—"), ladder.status.label, version, ladder.title)
        )
    output.say_table(("编号", "年份", "核实状态", "版本", "名称"), rows)


def ladder_json(ladder: Ladder) -> dict[str, object]:
    """Return the head of a ladder."""
    return {
        "id": ladder.id,
        "title": ladder.title,
        "issuer": ladder.issuer or None,
        "number": ladder.number or None,
        "year": ladder.year,
        "status": ladder.status.value,
        "levels": ladder.levels,
        "criteria": len(ladder.criteria),
        "items": len(ladder.composite.items) if ladder.composite else 0,
        "missing": list(ladder.missing),
    }


@ladder_group.command("show", short_help="一个阶梯的全文")
@click.argument("ladder", metavar="ID|FILE.toml")
@own_option("阶梯")
@json_option
def show_command(ladder: str, workspace: Path | None, as_json: bool) -> None:
    """显示一个阶梯的全文。自有阶梯可写 编号@版本。"""
    (found,) = _found([ladder], workspace)
    say_text(found, as_json)


@ladder_group.command("diff", short_help="两个阶梯有什么不同")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@own_option("阶梯")
@json_option
def diff_command(before: str, after: str, workspace: Path | None, as_json: bool) -> None:
    """逐条说明阶梯 B 与阶梯 A 有什么不同。A、B 是编号（自有的可写 编号@版本）或文件。"""
    from zoneeval.policy.ladder_difference import ladder_differences

    one, other = _found([before, after], workspace)
    found = ladder_differences(one, other)
    say_differences(found, "阶梯", as_json)


@ladder_group.command("check", short_help="检查阶梯文件")
@click.argument("file", metavar="FILE.toml", type=path_of)
@json_option
@click.pass_context
def check_command(ctx: click.Context, file: Path, as_json: bool) -> None:
    """检查一个阶梯文件，一次列出全部问题和所在的行。"""
    from zoneeval.policy.loader import check_ladder

    check_file(ctx, file, "阶梯", check_ladder, as_json)


@ladder_group.command("save", short_help="把阶梯文件存入工作文件")
@saving_options
@json_option
def save_command(file: Path, workspace: Path, note: str, as_json: bool) -> None:
    """把一个阶梯文件存为工作文件中的新版本（草稿），以后用编号就能测算。可以撤销。"""
    from zoneeval_db import operations

    text = read_text(file, "阶梯")
    with operations.open_workspace(workspace) as ws:
        made = operations.save_ladder(ws, text, note)
        is_draft = made.ref not in operations.confirmed_ladders(ws)
    if as_json:
        output.print_json(
            {"id": made.id, "version": made.version, "title": made.title, "confirmed": not is_draft}
        )
        return
    output.say(f"已保存“{made.title}”第 {made.version} 版，测算时用 --ladder {made.id}。")
    if is_draft:
        output.say("这一版是草稿；与文件核对后用 ladder confirm 确认。")


@ladder_group.command("confirm", short_help="确认一个自有阶梯与文件一致")
@click.argument("ladder", metavar="ID[@版本]")
@held_option("--from", "哪个工作文件中的阶梯")
@click.option("--document", required=True, metavar="TEXT", help="依据文件的名称和文号")
@json_option
def confirm_command(ladder: str, workspace: Path, document: str, as_json: bool) -> None:
    """确认自有阶梯的一版与文件一致，此后不再标为草稿。不写版本为最新一版。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.confirm_ladder(ws, ladder, document)
    if as_json:
        output.print_json(
            {"ref": made.ref, "document": made.document, "confirmed_at": made.confirmed_at}
        )
    else:
        output.say(f"已按“{made.document}”确认 {made.ref}。")


@ladder_group.command("delete", short_help="删除一个自有阶梯")
@click.argument("ladder", metavar="ID")
@held_option("--from", "从哪个工作文件删除")
def delete_command(ladder: str, workspace: Path) -> None:
    """从工作文件中删除一个自有阶梯的全部版本。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.delete_ladder(ws, ladder)
    output.say(f"已删除自有阶梯“{ladder}”。")


def _found(refs: list[str], workspace: Path | None) -> list[Ladder]:
    """Return ladders by id or file, also own ones where a workspace is given."""
    if workspace is None:
        from zoneeval.policy.loader import load_ladder

        return [load_ladder(ref) for ref in refs]
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        return [operations.find_ladder(ws, ref) for ref in refs]
