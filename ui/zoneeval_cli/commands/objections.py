"""`run objection`: objections received and decided."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError
from zoneeval.model.adjudication import OBJECTION_WORDS, ObjectionDecision
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, number_of, run_option, workspace_argument

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Objection
    from zoneeval_db.operations import ObjectionOutcome

_DECISIONS: dict[str, ObjectionDecision] = {
    "accepted": "accepted",
    "refused": "refused",
    "withdrawn": "withdrawn",
    **{OBJECTION_WORDS[key]: key for key in ("accepted", "refused", "withdrawn")},
}


@click.group("objection", cls=Group, short_help="异议：登记、处理、列出")
def objection_group() -> None:
    """公示和复核期间登记、处理异议；采纳更正数据的，自动重新评价并说明变化。"""


@objection_group.command("list", cls=Command, short_help="列出异议")
@workspace_argument
@run_option
@json_option
def list_command(workspace: Path, run_id: int | None, as_json: bool) -> None:
    """列出一次评价（和它所接续的评价）的异议。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.objections(ws, run_id)
    if as_json:
        output.print_json([_json(one) for one in found])
        return
    if not found:
        output.say("没有收到异议。")
        return
    output.say_table(
        ("编号", "信用代码", "事项", "原数值", "主张数值", "收到日期", "处理结果", "决定日期"),
        (
            (
                str(one.id),
                one.uscc,
                operations.subject_words(one.subject),
                output.number(one.stated_value, 4),
                output.number(one.claimed_value, 4),
                one.received_on,
                OBJECTION_WORDS[one.decision],
                one.decided_on or output.MISSING,
            )
            for one in found
        ),
        "r  rr",
    )


@objection_group.command("add", cls=Command, short_help="登记一件异议")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@run_option
@click.option(
    "--subject", required=True, metavar="TEXT", help="对什么有异议：数据项（如 tax_paid）或事项"
)
@click.option("--content", required=True, metavar="TEXT", help="异议内容")
@click.option("--claimed", metavar="VALUE", help="企业主张的数值")
@click.option("--claimant", default="", metavar="NAME", help="提出人")
@click.option("--evidence", default="", metavar="TEXT", help="证明材料")
@click.option("--on", metavar="DATE", help="收到日期；不写为今天")
@json_option
def add_command(
    workspace: Path,
    uscc: str,
    run_id: int | None,
    subject: str,
    content: str,
    claimed: str | None,
    claimant: str,
    evidence: str,
    on: str | None,
    as_json: bool,
) -> None:
    """登记一户企业的异议。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_objection(
            ws,
            uscc,
            subject=subject,
            content=content,
            on=on or date.today().isoformat(),
            claimant=claimant,
            claimed=claimed,
            evidence=evidence,
            run_id=run_id,
        )
        until = operations.adjudication(ws, made.run_id).publicity_until
    if until is not None and made.received_on > until:
        output.complain(
            f"第 {made.id} 号异议收到于 {made.received_on}，公示已于 {until} 截止；"
            "是否受理请按评价办法的规定决定。"
        )
    if as_json:
        output.print_json(_json(made))
    else:
        output.say(f"已登记，编号 {made.id}。")


@objection_group.command("decide", cls=Command, short_help="处理一件异议")
@workspace_argument
@click.argument("number", metavar="N", type=number_of)
@click.argument("decision", metavar="accepted|refused|withdrawn")
@click.option("--by", required=True, metavar="NAME", help="由谁决定")
@click.option("--on", metavar="DATE", help="决定日期；不写为今天")
@click.option("--answer", default="", metavar="TEXT", help="答复意见；不采纳时必填")
@click.option("--document", default="", metavar="TEXT", help="答复文件：名称和文号")
@click.option("--value", metavar="VALUE", help="采纳时更正为多少；不写用企业主张的数值")
@json_option
def decide_command(
    workspace: Path,
    number: int,
    decision: str,
    by: str,
    on: str | None,
    answer: str,
    document: str,
    value: str | None,
    as_json: bool,
) -> None:
    """处理一件异议：采纳（accepted）、不采纳（refused）、撤回（withdrawn）。

    采纳对数据的异议时，更正数据、按同一办法重新评价，并列出类别改变的企业。
    """
    from zoneeval_db import operations

    if decision not in _DECISIONS:
        raise InputError(
            f"处理决定“{decision}”无法识别，请写 accepted（采纳）、refused（不采纳）或"
            " withdrawn（撤回）。"
        )
    with operations.open_workspace(workspace) as ws:
        outcome = operations.decide_objection(
            ws,
            number,
            _DECISIONS[decision],
            on=on or date.today().isoformat(),
            by=by,
            answer=answer,
            document=document,
            value=value,
            progress=output.stderr_progress(quiet=as_json),
        )
        lost: set[str] = set()
        if outcome.run is not None:
            before = operations.overrides(ws, outcome.objection.run_id)
            after = operations.overrides(ws, outcome.run.id)
            lost = {one.uscc for one in before} - {one.uscc for one in after}
    if lost:
        output.complain(
            f"更正后不再参评的企业，原来的人工调整不再沿用：{'、'.join(sorted(lost))}。"
        )
    if as_json:
        run, changes = outcome.run, outcome.comparison
        output.print_json(
            {
                "objection": _json(outcome.objection),
                "run": None if run is None else {"id": run.id, "dataset": run.dataset_id},
                "changed": []
                if changes is None
                else [row.move.as_json() for row in changes.changed],
            }
        )
        return
    _say_outcome(outcome)


def _say_outcome(outcome: ObjectionOutcome) -> None:
    made = outcome.objection
    output.say(f"第 {made.id} 号异议：{OBJECTION_WORDS[made.decision]}。")
    if outcome.run is None or outcome.comparison is None:
        return
    output.say(f"已更正数据并重新评价，接续的是第 {outcome.run.id} 次评价。")
    changed = outcome.comparison.changed
    if not changed:
        output.say("没有企业因此改变类别。")
        return
    output.say(f"类别改变的企业 {len(changed)} 户：")
    output.say_table(
        ("信用代码", "企业名称", "原类别", "现类别"),
        (
            (
                row.move.uscc,
                row.move.name,
                row.move.before or output.MISSING,
                row.move.after or output.MISSING,
            )
            for row in changed
        ),
    )


def _json(made: Objection) -> dict[str, object]:
    return {**asdict(made), "decision_label": OBJECTION_WORDS[made.decision]}
