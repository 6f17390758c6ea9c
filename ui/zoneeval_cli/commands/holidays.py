"""`run holidays`: the days that are not as their weekday says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval.model.adjudication import DAY_WORDS, DayKind
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, path_of, workspace_argument, year_option

_KINDS: dict[str, DayKind] = {
    "off": "off",
    "work": "work",
    DAY_WORDS["off"]: "off",
    DAY_WORDS["work"]: "work",
}


@click.group("holidays", cls=Group, short_help="节假日表：计算公示的工作日")
def holidays_group() -> None:
    """录入放假和调休安排。

    程序不带任何年份的安排；没有录入的年份只按周末计算，并会提示。
    """


@holidays_group.command("list", cls=Command, short_help="列出节假日安排")
@workspace_argument
@year_option(required=False)
@json_option
def list_command(workspace: Path, year: int | None, as_json: bool) -> None:
    """列出已录入的安排。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.holidays(ws, year)
    if as_json:
        output.print_json([asdict(one) for one in found])
        return
    if not found:
        output.say("没有录入节假日安排，工作日只按周末计算。")
        return
    output.say_table(
        ("日期", "安排", "名称", "依据文件"),
        (
            (
                one.day,
                DAY_WORDS[one.kind],
                one.name or output.MISSING,
                one.document or output.MISSING,
            )
            for one in found
        ),
    )


@holidays_group.command("set", cls=Command, short_help="录入放假或调休上班")
@workspace_argument
@click.argument("kind", metavar="off|work")
@click.argument("first", metavar="DATE")
@click.option("--until", metavar="DATE", help="到哪一天；不写只有一天")
@click.option("--name", default="", metavar="TEXT", help="名称，如 端午节")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
def set_command(
    workspace: Path, kind: str, first: str, until: str | None, name: str, document: str
) -> None:
    """录入放假（off）或调休上班（work）的日子；以前的安排被代替，可以撤销。"""
    from zoneeval_db import operations

    if kind not in _KINDS:
        raise InputError(f"安排“{kind}”无法识别，请写 off（放假）或 work（上班）。")
    with operations.open_workspace(workspace) as ws:
        days = operations.set_holidays(ws, first, until, _KINDS[kind], name, document)
    output.say(f"已录入 {len(days)} 天。")


@holidays_group.command("remove", cls=Command, short_help="删除一天的安排")
@workspace_argument
@click.argument("day", metavar="DATE")
def remove_command(workspace: Path, day: str) -> None:
    """删除一天的安排，恢复按星期计算。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_holiday(ws, day)
    output.say("已删除。")


@holidays_group.command("import", cls=Command, short_help="从表格导入")
@workspace_argument
@click.argument("table", metavar="TABLE", type=path_of)
def import_command(workspace: Path, table: Path) -> None:
    """从 Excel 或 CSV 表导入：列为日期、安排、名称、依据文件。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        days = operations.import_holidays(ws, table)
    output.say(f"已导入 {len(days)} 天。")


@holidays_group.command("export", cls=Command, short_help="导出成表格，也可作为空表填写")
@workspace_argument
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def export_command(workspace: Path, out: Path) -> None:
    """导出已录入的安排。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_holidays(ws, out)
    for path in files:
        output.say(f"已写出“{path}”。")
