"""`policy list`, `show`, `check`, `diff`, `save`, `delete`: the rules as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Group
from zoneeval_cli.evaluations import missing
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
    from zoneeval.policy.schema import Policy


@click.group("policy", cls=Group, short_help="评价办法：清单、原文、检查、比较、保存")
def policy_group() -> None:
    """查看和比较评价办法，检查自己写的办法文件，存入工作文件。"""


@policy_group.command("list", short_help="自带的和自有的评价办法")
@own_option("办法")
@json_option
def list_command(workspace: Path | None, as_json: bool) -> None:
    """列出自带的评价办法；给出工作文件时也列出其中的自有办法。"""
    from zoneeval.policy.loader import list_policies

    if workspace is None:
        found, versions = list_policies(), {}
    else:
        from zoneeval_db import operations

        with operations.open_workspace(workspace, read_only=True) as ws:
            found = operations.policies(ws)
            versions = {own.id: own.newest.version for own in operations.own_policies(ws)}
    if as_json:
        documents = [policy_json(policy) for policy in found]
        for document in documents:
            if document["id"] in versions:
                document["version"] = versions[str(document["id"])]
        output.print_json(documents)
        return
    rows = []
    for p in found:
        version = f"第 {versions[p.id]} 版" if p.id in versions else "自带"
        rows.append((p.id, str(p.year), p.status.label, version, p.title))
    output.say_table(("编号", "年份", "核实状态", "版本", "名称"), rows)


@policy_group.command("show", short_help="一个办法的全文")
@click.argument("policy", metavar="ID|FILE.toml")
@own_option("办法")
@json_option
def show_command(policy: str, workspace: Path | None, as_json: bool) -> None:
    """显示一个办法的全文，每个数字都注明出处。"""
    (found,) = _found([policy], workspace)
    say_text(found, as_json)


@policy_group.command("diff", short_help="两个办法有什么不同")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@own_option("办法")
@json_option
def diff_command(before: str, after: str, workspace: Path | None, as_json: bool) -> None:
    """逐条说明办法 B 与办法 A 有什么不同。A、B 是编号（自有办法可写 编号@版本）或文件。"""
    from zoneeval.policy.difference import differences

    one, other = _found([before, after], workspace)
    found = differences(one, other)
    say_differences(found, "办法", as_json)


@policy_group.command("save", short_help="把办法文件存入工作文件")
@saving_options
@json_option
def save_command(file: Path, workspace: Path, note: str, as_json: bool) -> None:
    """把一个办法文件存为工作文件中的新版本，以后用编号就能评价。可以撤销。"""
    from zoneeval_db import operations

    text = read_text(file, "办法")
    with operations.open_workspace(workspace) as ws:
        made = operations.save_policy(ws, text, note)
    if as_json:
        output.print_json({"id": made.id, "version": made.version, "title": made.title})
    else:
        output.say(f"已保存“{made.title}”第 {made.version} 版，评价时用 --policy {made.id}。")


@policy_group.command("delete", short_help="删除一个自有办法")
@click.argument("policy", metavar="ID")
@held_option("--from", "从哪个工作文件删除")
def delete_command(policy: str, workspace: Path) -> None:
    """从工作文件中删除一个自有办法的全部版本；用它做过的评价不受影响。可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.delete_policy(ws, policy)
    output.say(f"已删除自有办法“{policy}”；用它做过的评价仍然保留。")


@policy_group.command("check", short_help="检查办法文件")
@click.argument("file", metavar="FILE.toml", type=path_of)
@json_option
@click.pass_context
def check_command(ctx: click.Context, file: Path, as_json: bool) -> None:
    """检查一个办法文件，一次列出全部问题和所在的行。"""
    from zoneeval.policy.loader import check_policy

    check_file(ctx, file, "办法", check_policy, as_json)


def policy_json(policy: Policy) -> dict[str, object]:
    """Return the head of a policy in the shape of the contract."""
    return {
        "id": policy.id,
        "title": policy.title,
        "issuer": policy.issuer,
        "number": policy.number,
        "year": policy.year,
        "status": policy.status.value,
        "missing": missing(policy),
    }


def _found(refs: list[str], workspace: Path | None) -> list[Policy]:
    """Return policies by id or file, also own ones where a workspace is given."""
    if workspace is None:
        from zoneeval.policy.loader import load_policy

        return [load_policy(ref) for ref in refs]
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        return [operations.find_policy(ws, ref) for ref in refs]
