"""`evaluate`, `explain`, `verify`: runs stored in the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.identifiers import normalise_code
from zoneeval_cli import errors, output
from zoneeval_cli.chinese import Command
from zoneeval_cli.evaluations import evaluation_json, say_evaluation
from zoneeval_cli.options import (
    json_option,
    policy_option,
    run_option,
    workspace_argument,
    year_option,
    zone_option,
)
from zoneeval_cli.places import need_dataset, need_zone

if TYPE_CHECKING:
    from zoneeval.model.explanation import Explanation


@click.command("evaluate", cls=Command, short_help="按办法评价一个年度并存入")
@workspace_argument
@year_option(required=True)
@zone_option("只评价一个园区；不写评价全部")
@policy_option()
@json_option
def evaluate_command(
    workspace: Path, year: int, zone: str | None, policy: str, as_json: bool
) -> None:
    """按办法评价一个年度的企业，结果存入工作文件。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        need_dataset(ws, year)
        need_zone(ws, zone)
        result = operations.evaluate(
            ws, year=year, policy_ref=policy, zone=zone, progress=output.stderr_progress(as_json)
        )
    info = result.info
    if as_json:
        run = {
            "id": info.id,
            "dataset": info.dataset_id,
            "year": info.year,
            "zones": list(info.zones),
        }
        output.print_json({"run": run, **evaluation_json(result.policy, result.evaluation)})
        return
    output.say(f"第 {info.id} 号评价已存入：{year} 年，{'、'.join(info.zones) or '没有园区'}。")
    say_evaluation(result.policy, result.evaluation)


@click.command("explain", cls=Command, short_help="一家企业为什么是这一类")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@run_option
@json_option
def explain_command(workspace: Path, uscc: str, run_id: int | None, as_json: bool) -> None:
    """说明一家企业的类别怎样得来：数值、得分、排名、依据条款和数据来源。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        tree = operations.explain(ws, normalise_code(uscc), run_id)
    if as_json:
        output.print_json(tree.as_json())
    else:
        _say_tree(tree, 0)


def _say_tree(node: Explanation, depth: int) -> None:
    value = node.value
    if isinstance(value, int | float):
        value = f"{value * 100:.4g}%" if node.is_share else output.number(value, 6)
    words = f"{'　' * depth}{node.label}"
    if value is not None:
        words += f"：{value}{node.unit}"
    elif not node.children:
        words += f"：{output.MISSING}"
    remarks = [text for text in (node.clause, node.source) if text]
    output.say(words + (f"　［{'；'.join(remarks)}］" if remarks else ""))
    for child in node.children:
        _say_tree(child, depth + 1)


@click.command("verify", cls=Command, short_help="重新计算每次评价并核对")
@workspace_argument
@json_option
@click.pass_context
def verify_command(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """把存下的每次评价重新计算一遍并核对，有出入时指出在哪里。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        checks = operations.verify(ws, output.stderr_progress(as_json))
    bad = [check for check in checks if not check.ok]
    if as_json:
        found = [{"id": c.id, "ok": c.ok, "differences": list(c.differences)} for c in checks]
        output.print_json({"runs": found})
    elif not checks:
        output.say("工作文件中还没有评价，没有可核对的。")
    else:
        output.say(f"核对了 {len(checks)} 次评价，{len(checks) - len(bad)} 次完全一致。")
    for check in bad:
        output.complain(f"第 {check.id} 号评价重新计算后有 {len(check.differences)} 处不一致：")
        for line in check.differences:
            output.complain(f"  {line}")
    if bad:
        output.complain("工作文件可能被改动过。请从备份中取回，或重新评价。")
        ctx.exit(errors.INPUT)
