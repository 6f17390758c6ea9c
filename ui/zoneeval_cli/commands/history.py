"""`history`, `undo`: who did what, and one step back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, workspace_argument

if TYPE_CHECKING:
    from zoneeval_db.operations import OperationInfo

_KINDS = {"import": "导入", "evaluate": "评价", "edit": "录入", "undo": "撤销"}
_EVERY = 2**31


@click.command("history", cls=Command, short_help="操作记录：谁在什么时候做了什么")
@workspace_argument
@json_option
def history_command(workspace: Path, as_json: bool) -> None:
    """列出操作记录，最早的在前；注明哪些已经撤销，哪一项可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.last_operations(ws, _EVERY)[::-1]
        next_back, barrier = operations.undoable(ws), operations.undo_barrier(ws)
    locked, why = barrier or (0, "")
    can_go = next_back.id if next_back and next_back.id > locked else None
    if as_json:
        output.print_json([_json(one, can_go) for one in found])
        return
    if not found:
        output.say("还没有操作记录。")
        return
    output.say_table(
        ("编号", "时间", "操作人", "种类", "内容", "状态"),
        (
            (
                str(one.id),
                _clock(one.created_at),
                one.user,
                _KINDS.get(one.kind, one.kind),
                one.label,
                "已撤销" if one.undone else "可以撤销" if one.id == can_go else output.MISSING,
            )
            for one in found[-output.MOST_ROWS :]
        ),
        "r",
    )
    if len(found) > output.MOST_ROWS:
        output.say(f"共 {len(found)} 项，只列最近 {output.MOST_ROWS} 项；全部内容请用 --json。")
    if why and can_go is None:
        output.say(why)


def _clock(stamp: str) -> str:
    """Return a stored time (ISO, UTC) on the clock of this machine: 2024-11-18 16:20:05."""
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M:%S}"


@click.command("undo", cls=Command, short_help="撤销最近一步")
@workspace_argument
@json_option
def undo_command(workspace: Path, as_json: bool) -> None:
    """撤销最近一步可以撤销的操作；撤销本身也记入操作记录。已发布的结果不能撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        done = operations.undo(ws)
    if as_json:
        output.print_json({"id": done.id, "label": done.label})
    else:
        output.say(f"已撤销：{done.label}")


def _json(one: OperationInfo, can_go: int | None) -> dict[str, object]:
    return {
        "id": one.id,
        "at": one.created_at,
        "user": one.user,
        "kind": one.kind,
        "label": one.label,
        "undoes": one.undoes,
        "undone": one.undone,
        "undoable": one.id == can_go,
    }
