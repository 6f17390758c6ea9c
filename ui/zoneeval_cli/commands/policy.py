"""`policy list`, `policy show`, `policy check`: the rules as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import PolicyError
from zoneeval_cli import errors, output
from zoneeval_cli.chinese import Group
from zoneeval_cli.evaluations import missing
from zoneeval_cli.options import json_option, path_of

if TYPE_CHECKING:
    from zoneeval.policy.schema import Policy


@click.group("policy", cls=Group, short_help="评价办法：清单、原文、检查")
def policy_group() -> None:
    """查看自带的评价办法，检查自己写的办法文件。"""


@policy_group.command("list", short_help="自带的评价办法")
@json_option
def list_command(as_json: bool) -> None:
    """列出自带的评价办法。"""
    from zoneeval.policy.loader import list_policies

    found = list_policies()
    if as_json:
        output.print_json([policy_json(policy) for policy in found])
        return
    rows = [(p.id, str(p.year), p.status.label, p.title) for p in found]
    output.say_table(("编号", "年份", "核实状态", "名称"), rows)


@policy_group.command("show", short_help="一个办法的全文")
@click.argument("policy", metavar="ID|FILE.toml")
@json_option
def show_command(policy: str, as_json: bool) -> None:
    """显示一个办法的全文，每个数字都注明出处。"""
    from zoneeval.policy.loader import load_policy

    found = load_policy(policy)
    if as_json:
        content = tomllib.loads(found.text)
        output.print_json({**content, "fingerprint": found.fingerprint})
    else:
        output.say(found.text.rstrip("\n"))


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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(f"找不到办法文件“{path}”，请核对位置和文件名。") from None
    except OSError as error:
        raise PolicyError(f"办法文件“{path}”不能读取，请检查它是否为文件。") from error
