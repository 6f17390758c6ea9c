"""What the commands for rule files share: policies, ladders and tables of measures."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zoneeval.errors import PolicyError
from zoneeval_cli import errors, output
from zoneeval_cli.options import Function, path_of

if TYPE_CHECKING:
    from zoneeval.policy.difference import Difference
    from zoneeval.policy.faults import Fault
    from zoneeval.policy.ladder import Ladder
    from zoneeval.policy.schema import Policy
    from zoneeval.policy.tariff import Tariff


def own_option(kind: str) -> Callable[..., Any]:
    """Take `--workspace`, in which own rule files of a kind are kept."""
    return click.option(
        "--workspace",
        "workspace",
        type=path_of,
        metavar="FILE.zoneeval",
        help=f"工作文件；其中保存的自有{kind}也可以用",
    )


def held_option(name: str, help_text: str) -> Callable[..., Any]:
    """Take the workspace that a rule file goes into (`--into`) or is held in (`--from`)."""
    return click.option(
        name, "workspace", type=path_of, required=True, metavar="FILE.zoneeval", help=help_text
    )


def saving_options(function: Function) -> Function:
    """Take a file, the workspace that it goes into, and a note."""
    note = click.option("--note", default="", metavar="TEXT", help="这一版的说明")
    taken = held_option("--into", "存入哪个工作文件")(note(function))
    saved: Function = click.argument("file", metavar="FILE.toml", type=path_of)(taken)
    return saved


def read_text(path: Path, kind: str) -> str:
    """Return the text of a rule file; raise PolicyError where it cannot be read."""
    try:
        return _text(path, kind)
    except UnicodeDecodeError:
        raise PolicyError(f"{kind}文件“{path}”不是 UTF-8 文本，请另存为 UTF-8 后再试。") from None


def check_file(
    ctx: click.Context,
    file: Path,
    kind: str,
    check: Callable[[str], Sequence[Fault]],
    as_json: bool,
) -> None:
    """Say every fault of a rule file at once; where there are any, the command fails."""
    from zoneeval.policy.faults import Fault

    try:
        faults = check(_text(file, kind))
    except UnicodeDecodeError:
        faults = [Fault("（文件）", None, "这个文件不是 UTF-8 文本", "请另存为 UTF-8 后再试")]
    if as_json:
        output.print_json({"ok": not faults, "faults": [fault.as_json() for fault in faults]})
    elif not faults:
        output.say(f"“{file}”没有问题，可以使用。")
    if faults:
        output.complain(f"“{file}”有 {len(faults)} 处问题，不能使用。请按下列提示改正：")
        for fault in faults:
            output.complain(f"  {fault.sentence}")
        ctx.exit(errors.INPUT)


def say_text(rules: Policy | Ladder | Tariff, as_json: bool) -> None:
    """Say the whole of a rule file."""
    if as_json:
        output.print_json({**tomllib.loads(rules.text), "fingerprint": rules.fingerprint})
    else:
        output.say(rules.text.rstrip("\n"))


def say_differences(found: Sequence[Difference], kind: str, as_json: bool) -> None:
    """Say what differs between two rule files, under the part it belongs to."""
    if as_json:
        output.print_json({"differences": [item.as_json() for item in found]})
        return
    if not found:
        output.say(f"两个{kind}的规定相同。")
    part = ""
    for item in found:
        if item.part != part:
            part = item.part
            output.say(part)
        output.say(f"　　{item.text}")


def _text(path: Path, kind: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(f"找不到{kind}文件“{path}”，请核对位置和文件名。") from None
    except OSError as error:
        raise PolicyError(f"{kind}文件“{path}”不能读取，请检查它是否为文件。") from error
