"""`measures estimate`, `measures compare`: what a tariff means in money."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.model.estimate import STATE_WORDS
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import Function, json_option, path_of, run_option, workspace_argument

if TYPE_CHECKING:
    from zoneeval.model.estimate import Estimate, EstimateComparison, EstimateLine

UNIT = "万元"


def day_option(function: Function) -> Function:
    """Take `--on`."""
    return click.option(
        "--on", metavar="DATE", help="按哪一天执行的标准；不写不限日期，取最近的标准"
    )(function)


@click.command("estimate", cls=Command, short_help="测算一份价格表的全年金额")
@workspace_argument
@click.option("--tariff", metavar="ID|FILE.toml", required=True, help="价格表：编号或文件")
@run_option
@day_option
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", help="同时写成工作簿")
@json_option
def estimate_command(
    workspace: Path,
    tariff: str,
    run_id: int | None,
    on: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """按各企业全年用量测算金额，单位万元。

    不写 --run 时，取最新一次评价的年度中已发布的评价；没有发布的，取最新一次。用量未知的企业单独
    列出，不计入合计。
    """
    from zoneeval_db import operations

    files = []
    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.estimate_measures(ws, tariff, run_id, on)
        if out is not None:
            files = operations.export_estimate(ws, out, tariff, run_id, on)
    if as_json:
        output.print_json(output.blanks_are_null(estimate_json(found)))
    else:
        _say_estimate(found)
        for path in files:
            output.say(f"已写出“{path}”。")


@click.command("compare", cls=Command, short_help="比较两个方案的金额")
@workspace_argument
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@run_option
@day_option
@json_option
def compare_command(
    workspace: Path, before: str, after: str, run_id: int | None, on: str | None, as_json: bool
) -> None:
    """比较两份价格表对同一次评价意味着多少钱。A、B 是编号或文件。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.compare_measures(ws, before, after, run_id, on)
    if as_json:
        output.print_json(
            {
                "unit": UNIT,
                "before": {"id": found.before.tariff_id, "title": found.before.tariff_title},
                "after": {"id": found.after.tariff_id, "title": found.after.tariff_title},
                "totals": [{**asdict(t), "difference": t.difference} for t in found.totals],
                "enterprises": [{**asdict(c), "difference": c.difference} for c in found.changes],
                "warnings": [*found.before.warnings, *found.after.warnings],
            }
        )
    else:
        _say_comparison(found)


def estimate_json(found: Estimate) -> dict[str, object]:
    """Return an estimate as JSON; amounts in 万元, null where they are not known."""
    return {
        "unit": UNIT,
        "tariff": {"id": found.tariff_id, "title": found.tariff_title},
        "totals": [asdict(total) for total in found.totals],
        "enterprises": [_line_json(line) for line in found.lines],
        "warnings": list(found.warnings),
    }


def _line_json(line: EstimateLine) -> dict[str, object]:
    known = {**asdict(line), "net": line.net}
    if line.amount is None:
        known["displaced"] = None
    return known


def _say_estimate(found: Estimate) -> None:
    output.say(f"价格表：{found.tariff_title}。金额为全年测算数（{UNIT}），不是征收数。")
    for warning in found.warnings:
        output.complain(warning)
    if not found.totals:
        output.say("没有适用这份价格表的企业。")
        return
    output.say_table(
        ("措施", "种类", "类别", "企业数", "执行", "不执行", "无法估算", "金额", "扣除原有加价后"),
        (
            (
                DIRECTION_WORDS[t.direction],
                t.kind,
                t.grade,
                str(t.enterprises),
                str(t.charged),
                str(t.not_charged),
                str(t.unknown),
                output.number(t.amount, 4),
                output.number(t.net, 4),
            )
            for t in found.totals
        ),
        right="---rrrrrr",
    )
    shown = found.lines[: output.MOST_ROWS]
    output.say()
    output.say_table(
        ("信用代码", "企业名称", "类别", "年数", "种类", "标准", "用量", "金额", "情况"),
        (
            (
                line.uscc,
                line.name,
                line.grade,
                str(line.consecutive_years),
                line.kind,
                f"{line.rate:g} {line.unit}",
                f"{output.number(line.use, 4)} {line.use_unit}".strip(),
                output.number(line.amount, 4),
                line.reason or STATE_WORDS[line.state],
            )
            for line in shown
        ),
        right="---r--rr",
    )
    if len(found.lines) > len(shown):
        output.say(f"……另有 {len(found.lines) - len(shown)} 行，用 --json 或 -o 查看全部。")
    if found.unknown:
        output.complain(f"有 {len(found.unknown)} 项用量未知，无法估算，没有计入合计。")


def _say_comparison(found: EstimateComparison) -> None:
    output.say(f"A：{found.before.tariff_title}　B：{found.after.tariff_title}（{UNIT}）")
    for warning in dict.fromkeys((*found.before.warnings, *found.after.warnings)):
        output.complain(warning)
    if not found.totals:
        output.say("没有适用这两份价格表的企业。")
        return
    output.say_table(
        ("措施", "种类", "类别", "企业数", "无法比较", "A", "B", "B 比 A 多"),
        (
            (
                DIRECTION_WORDS[t.direction],
                t.kind,
                t.grade,
                str(t.enterprises),
                str(t.unknown),
                output.number(t.before, 4),
                output.number(t.after, 4),
                output.number(t.difference, 4),
            )
            for t in found.totals
        ),
        right="---rrrrr",
    )
    unknown = sum(total.unknown for total in found.totals)
    if unknown:
        output.complain(f"有 {unknown} 项用量未知，无法比较，没有计入合计。")
