"""`enterprise`: one enterprise over all years."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.model.fields import FIELDS
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, path_of, workspace_argument

if TYPE_CHECKING:
    from zoneeval.model.enterprise_years import EnterpriseYear, EnterpriseYears


@click.command("enterprise", cls=Command, short_help="一户企业的历年情况")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@click.option("-o", "--output", "out", type=path_of, metavar="OUT.xlsx", help="另写成工作簿")
@json_option
def enterprise_command(workspace: Path, uscc: str, out: Path | None, as_json: bool) -> None:
    """一户企业历年的数据、得分、类别、调整、异议、差别化政策和退出转型事项。

    更名、合并、换代码登记过的，连同原来的代码一并列出。
    """
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.enterprise_years(ws, uscc)
        files = [] if out is None else operations.export_enterprise_years(ws, out, uscc)
    if as_json:
        output.print_json(output.blanks_are_null(asdict(found)))
        return
    for file in files:
        output.say(f"已写出：{file}")
    if not files:
        _say(found)


def _say(found: EnterpriseYears) -> None:
    output.say(f"{found.name}（{'、'.join(found.codes)}）")
    rows = [
        ("最终类别", *(_grade(one, "final") for one in found.years)),
        ("按办法的类别", *(_grade(one, "by_rules") for one in found.years)),
        ("综合得分", *(_score(one) for one in found.years)),
    ]
    for key, field in FIELDS.items():
        values = [one.values.get(key) for one in found.years]
        if any(value is not None for value in values):
            rows.append((field.heading, *(_value(key, value) for value in values)))
    headings = ("项目", *(found.heading(one) for one in found.years))
    output.say_table(headings, rows, " " + "r" * len(found.years))
    for one in found.happenings:
        document = f"（{one.document}）" if one.document else ""
        when = one.on or (f"{one.year} 年" if one.year else output.MISSING)
        output.say(f"{when}　{one.kind}　{one.words}{document}")


def _grade(one: EnterpriseYear, name: str) -> str:
    grade = None if one.result is None else getattr(one.result, name)
    return str(grade or output.MISSING)


def _score(one: EnterpriseYear) -> str:
    return output.number(None if one.result is None else one.result.composite)


def _value(key: str, value: float | None) -> str:
    if value is not None and FIELDS[key].kind == "share":
        return f"{value:.2%}"
    return output.number(value)
