"""`policy list`, `show`, `check`, `diff`, `save`, `delete`: the rules as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import PolicyError
from zoneeval_cli import errors, output
from zoneeval_cli.chinese import Group
from zoneeval_cli.evaluations import missing
from zoneeval_cli.options import Function, json_option, path_of

if TYPE_CHECKING:
    from zoneeval.policy.schema import Policy


@click.group("policy", cls=Group, short_help="评价办法：清单、原文、检查、比较、保存")
def policy_group() -> None:
    """查看和比较评价办法，检查自己写的办法文件，存入工作文件。"""


def workspace_option(function: Function) -> Function:
    """Take `--workspace`, in which own policies are kept."""
    return click.option(
        "--workspace",
        "workspace",
        type=path_of,
        metavar="FILE.zoneeval",
        help="工作文件；其中保存的自有办法也可以用",
    )(function)


@policy_group.command("list", short_help="自带的和自有的评价办法")
@workspace_option
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
@workspace_option
@json_option
def show_command(policy: str, workspace: Path | None, as_json: bool) -> None:
    """显示一个办法的全文，每个数字都注明出处。"""
    (found,) = _found([policy], workspace)
    if as_json:
        content = tomllib.loads(found.text)
        output.print_json({**content, "fingerprint": found.fingerprint})
    else:
        output.say(found.text.rstrip("\n"))


@policy_group.command("diff", short_help="两个办法有什么不同")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@workspace_option
@json_option
def diff_command(before: str, after: str, workspace: Path | None, as_json: bool) -> None:
    """逐条说明办法 B 与办法 A 有什么不同。A、B 是编号（自有办法可写 编号@版本）或文件。"""
    from zoneeval.policy.difference import differences

    one, other = _found([before, after], workspace)
    found = differences(one, other)
    if as_json:
        output.print_json({"differences": [item.as_json() for item in found]})
        return
    if not found:
        output.say("两个办法的规定相同。")
    part = ""
    for item in found:
        if item.part != part:
            part = item.part
            output.say(part)
        output.say(f"　　{item.text}")


@policy_group.command("save", short_help="把办法文件存入工作文件")
@click.argument("file", metavar="FILE.toml", type=path_of)
@click.option(
    "--into",
    "workspace",
    type=path_of,
    required=True,
    metavar="FILE.zoneeval",
    help="存入哪个工作文件",
)
@click.option("--note", default="", metavar="TEXT", help="这一版的说明")
@json_option
def save_command(file: Path, workspace: Path, note: str, as_json: bool) -> None:
    """把一个办法文件存为工作文件中的新版本，以后用编号就能评价。可以撤销。"""
    from zoneeval_db import operations

    try:
        text = _text(file)
    except UnicodeDecodeError:
        raise PolicyError(f"办法文件“{file}”不是 UTF-8 文本，请另存为 UTF-8 后再试。") from None
    with operations.open_workspace(workspace) as ws:
        made = operations.save_policy(ws, text, note)
    if as_json:
        output.print_json({"id": made.id, "version": made.version, "title": made.title})
    else:
        output.say(f"已保存“{made.title}”第 {made.version} 版，评价时用 --policy {made.id}。")


@policy_group.command("delete", short_help="删除一个自有办法")
@click.argument("policy", metavar="ID")
@click.option(
    "--from",
    "workspace",
    type=path_of,
    required=True,
    metavar="FILE.zoneeval",
    help="从哪个工作文件删除",
)
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
    from zoneeval.policy.faults import Fault
    from zoneeval.policy.loader import check_policy

    try:
        faults = check_policy(_text(file))
    except UnicodeDecodeError:
        words = "这个文件不是 UTF-8 文本"
        faults = [Fault("（文件）", None, words, "请另存为 UTF-8 后再试")]
    if as_json:
        output.print_json({"ok": not faults, "faults": [fault.as_json() for fault in faults]})
    elif not faults:
        output.say(f"“{file}”没有问题，可以使用。")
    if faults:
        output.complain(f"“{file}”有 {len(faults)} 处问题，不能使用。请按下列提示改正：")
        for fault in faults:
            output.complain(f"  {fault.sentence}")
        ctx.exit(errors.INPUT)


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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(f"找不到办法文件“{path}”，请核对位置和文件名。") from None
    except OSError as error:
        raise PolicyError(f"办法文件“{path}”不能读取，请检查它是否为文件。") from error
