"""`effects`: what the policies brought."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval.model.effects import EFFECT_WORDS, effect_kind, period_words
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.commands.exit_lists import known_json, known_words
from zoneeval_cli.options import (
    json_option,
    number_of,
    path_of,
    run_option,
    workspace_argument,
    year_option,
)


@click.group("effects", cls=Group, short_help="政策成效：加价、减免、腾出的资源")
def effects_group() -> None:
    """按年度和类别：加价和减免的金额（录入或导入），销号事项腾出的土地、用能、排放。"""


@effects_group.command("list", cls=Command, short_help="成效，按年度和类别")
@workspace_argument
@year_option(required=False, help_text="只看一个年度")
@click.option("--entries", "as_entries", is_flag=True, help="列出录入的各笔金额")
@json_option
def list_command(workspace: Path, year: int | None, as_entries: bool, as_json: bool) -> None:
    """按年度和类别列出成效；没有录入的是“—”，不是 0。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.effects(ws, year)
        entries = operations.effect_entries(ws, year)
    if as_json:
        rows = [
            {
                "year": one.year,
                "grade": one.grade,
                "charged": one.charged,
                "relieved": one.relieved,
                "months_charged": one.months_charged,
                "months_relieved": one.months_relieved,
                "unit": "万元",
                "cases": one.cases,
                "land": known_json(one.land),
                "energy": known_json(one.energy),
                "emission": known_json(one.emission),
                "people": known_json(one.people),
            }
            for one in found
        ]
        output.print_json({"effects": rows, "entries": [asdict(one) for one in entries]})
        return
    if as_entries:
        output.say_table(
            ("编号", "期间", "类别", "项目", "金额", "单位", "依据文件"),
            (
                (
                    str(one.id),
                    period_words(one.period),
                    one.grade,
                    EFFECT_WORDS[one.kind],
                    output.number(one.amount, 4),
                    one.unit,
                    one.document,
                )
                for one in entries
            ),
            "r   r",
        )
        return
    if not found:
        output.say("还没有录入加价、减免金额，也没有销号的事项。")
        return
    output.say_table(
        ("年度", "类别", "加价（万元）", "减免（万元）", "销号", "土地（亩）", "用能（吨标准煤）",
         "排放（吨）"),
        (
            (
                str(one.year),
                one.grade or "其他",
                output.number(one.charged, 4),
                output.number(one.relieved, 4),
                str(one.cases),
                *(known_words(part) for part in (one.land, one.energy, one.emission)),
            )
            for one in found
        ),
        "r rrrrrr",
    )  # fmt: skip


@effects_group.command("expected", cls=Command, short_help="按价格表估算一年的金额")
@workspace_argument
@click.option("--tariff", metavar="ID|FILE.toml", required=True, help="价格表：编号或文件")
@run_option
@click.option("--on", metavar="DATE", help="按哪一天执行的标准；不写取最近的标准")
@json_option
def expected_command(
    workspace: Path, tariff: str, run_id: int | None, on: str | None, as_json: bool
) -> None:
    """按价格表估算一年加价、减免多少；只是估算，不计入成效。用量不详的另计，不按 0 计算。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.expected_effects(ws, tariff, run_id, on)
    if as_json:
        rows = [
            {
                "grade": one.grade,
                "charged": known_json(one.charged),
                "relieved": known_json(one.relieved),
            }
            for one in found
        ]
        output.print_json({"tariff": tariff, "unit": "万元", "expected": rows})
        return
    if not found:
        output.say("价格表中没有这次评价的类别适用的标准，不能估算。")
        return
    output.say_table(
        ("类别", "加价估算（万元）", "减免估算（万元）"),
        (
            (one.grade, known_words(one.charged, "项"), known_words(one.relieved, "项"))
            for one in found
        ),
        " rr",
    )


@effects_group.command("add", cls=Command, short_help="录入一笔金额")
@workspace_argument
@click.argument("period", metavar="PERIOD")
@click.argument("grade", metavar="A|B|…")
@click.argument("kind", metavar="加价|减免")
@click.argument("amount", metavar="AMOUNT", type=float)
@click.option("--unit", default="万元", metavar="TEXT", help="元、万元（默认）或亿元")
@click.option("--document", required=True, metavar="TEXT", help="依据文件：报表、结算单和文号")
@click.option("--note", default="", metavar="TEXT", help="备注")
@json_option
def add_command(
    workspace: Path,
    period: str,
    grade: str,
    kind: str,
    amount: float,
    unit: str,
    document: str,
    note: str,
    as_json: bool,
) -> None:
    """录入一笔金额。PERIOD：2025（全年）、2025Q1（只一季度）或 2025-03（只 3 月）。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.add_effect(
            ws, period, grade, effect_kind(kind), amount, unit=unit, document=document, note=note
        )
    if as_json:
        output.print_json(asdict(made))
    else:
        output.say(f"已录入为第 {made.id} 号。")


@effects_group.command("remove", cls=Command, short_help="删除一笔金额")
@workspace_argument
@click.argument("number", metavar="N", type=number_of)
def remove_command(workspace: Path, number: int) -> None:
    """删除一笔录入的金额；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_effect(ws, number)
    output.say("已删除。")


@effects_group.command("import", cls=Command, short_help="从表格导入金额")
@workspace_argument
@click.argument("table", metavar="TABLE", type=path_of)
def import_command(workspace: Path, table: Path) -> None:
    """从 Excel 或 CSV 表导入；列见 effects export 写出的“录入表”。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.import_effects(ws, table)
    output.say(f"已导入 {len(made)} 条。")


@effects_group.command("export", cls=Command, short_help="导出成效和录入表")
@workspace_argument
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def export_command(workspace: Path, out: Path) -> None:
    """导出成效，另有一张可以填写后导入的录入表。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_effects(ws, out)
    for path in files:
        output.say(f"已写出“{path}”。")
