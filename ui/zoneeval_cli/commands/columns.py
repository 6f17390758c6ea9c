"""`inspect`, `mapping`, `factors`: what columns mean, and what was decided about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, path_of, workspace_argument

if TYPE_CHECKING:
    from zoneeval.energy import FactorTable
    from zoneeval.intake.draft import FileReport, SheetReport

FIRST = 3
"""How many first values of a column are shown as text."""


@click.command("inspect", cls=Command, short_help="看看工作簿被认成什么")
@click.argument("workbook", metavar="WORKBOOK", type=path_of)
@click.option(
    "--into", "workspace", type=path_of, metavar="FILE.zoneeval", help="用这个工作文件记住的列对应"
)
@json_option
def inspect_command(workbook: Path, workspace: Path | None, as_json: bool) -> None:
    """显示工作簿各表的表头、每列对应的项目和把握；不存任何数据。"""
    from zoneeval.intake.reader import read_sheets
    from zoneeval_db import operations

    read_sheets(workbook)  # a file that is no workbook is refused with its sentence
    if workspace is not None:
        with operations.open_workspace(workspace, read_only=True) as ws:
            files = operations.inspect_workbooks([workbook], ws)
    else:
        files = operations.inspect_workbooks([workbook])
    if as_json:
        output.print_json({"files": [_file_json(file) for file in files]})
        return
    for file in files:
        for sheet in file.sheets:
            _say_sheet(sheet)
        for sheet in file.unknown:
            _say_sheet(sheet)
        if not file.sheets and not file.unknown:
            output.say("没有找到表头。")


def _file_json(file: FileReport) -> dict[str, object]:
    return {
        "path": file.path,
        "sheets": [_sheet_json(sheet) for sheet in file.sheets],
        "unknown": [_sheet_json(sheet) for sheet in file.unknown],
    }


def _sheet_json(sheet: SheetReport) -> dict[str, object]:
    return {**sheet.as_json(), "first_rows": [list(row) for row in sheet.first_rows]}


def _say_sheet(sheet: SheetReport) -> None:
    from zoneeval.intake.recognise import meaning

    rows = "、".join(str(row) for row in sheet.header_rows)
    kind = f"识别为“{sheet.department}”" if sheet.department else "没有识别出是什么表"
    known = "，列对应取自记住的版式" if sheet.remembered else ""
    output.say(f"工作表“{sheet.name}”：{kind}，表头在第 {rows} 行{known}")
    lines = []
    for column in sheet.columns:
        if column.field is not None:
            means = meaning(column.field)
        elif column.suggestion is not None:
            means = f"？{meaning(column.suggestion)}"
        else:
            means = output.MISSING
        sure = f"{column.confidence:.0%}" if column.field or column.suggestion else ""
        examples = " / ".join(column.examples[:FIRST])
        heading = " ".join(column.heading.split())
        lines.append((column.column, heading, means, sure, column.unit or "", examples))
    output.say_table(("列", "列标题", "对应为", "把握", "单位", "前几个值"), lines, "lllr")
    if any(c.field is None and c.suggestion is not None for c in sheet.columns):
        output.say("打“？”的列拿不准，导入时不取；可用 --mapping 文件指定。")
    output.say()


@click.group("mapping", cls=Group, short_help="记住的列对应关系")
def mapping_group() -> None:
    """查看、导出、导入、忘记各部门表格的列对应关系。"""


@mapping_group.command("list", short_help="记住了哪些版式")
@workspace_argument
@json_option
def list_command(workspace: Path, as_json: bool) -> None:
    """列出工作文件记住的版式和各列的对应。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        layouts = operations.remembered_mappings(ws)
    if as_json:
        output.print_json(
            {
                "layouts": [
                    {
                        "signature": layout.signature,
                        "department": layout.department,
                        "columns": [
                            {"heading": slot, "field": choice.field, "unit": choice.unit}
                            for slot, choice in layout.columns.items()
                        ],
                    }
                    for layout in layouts.values()
                ]
            }
        )
        return
    output.say(f"记住了 {len(layouts)} 个版式。")
    rows = [(x.signature, x.department, str(len(x.columns))) for x in layouts.values()]
    if rows:
        output.say_table(("编号", "部门", "指定的列"), rows, "llr")


@mapping_group.command("export", short_help="导出列对应关系")
@workspace_argument
@click.option("-o", "out", type=path_of, required=True, metavar="FILE", help=".json 或 .toml")
def export_command(workspace: Path, out: Path) -> None:
    """把记住的列对应关系写成文件，供其他工作文件使用。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        count = operations.export_mappings(ws, out)
    output.say(f"已把 {count} 个版式的列对应关系写入“{out}”。")


@mapping_group.command("import", short_help="导入列对应关系")
@workspace_argument
@click.argument("file", metavar="FILE", type=path_of)
def import_command(workspace: Path, file: Path) -> None:
    """记住文件中各版式的列对应关系；同一版式以文件为准。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        count = operations.import_mappings(ws, file)
    output.say(f"已记住 {count} 个版式的列对应关系。")


@mapping_group.command("forget", short_help="忘记一个版式")
@workspace_argument
@click.argument("signature", metavar="SIGNATURE")
def forget_command(workspace: Path, signature: str) -> None:
    """忘记一个版式的列对应关系；编号见 mapping list。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.forget_mapping(ws, signature)
    output.say(f"已忘记“{signature}”。")


@click.command("factors", cls=Command, short_help="折标系数表")
@click.argument("workspace", metavar="[FILE.zoneeval]", type=path_of, required=False)
@click.option(
    "--set", "figure", nargs=4, metavar="KIND PER KGCE DOCUMENT",
    help="录入一个系数：品种 单位 千克标准煤 依据；电力等价值的品种写 energy_electricity:等价值",
)  # fmt: skip
@click.option("--basis", metavar="当量值|等价值", help="电力按当量值还是等价值折算")
@json_option
def factors_command(
    workspace: Path | None,
    figure: tuple[str, str, str, str] | None,
    basis: str | None,
    as_json: bool,
) -> None:
    """显示各种能源折标准煤的系数、可信程度和出处；可以录入本地采用的数值。"""
    from zoneeval.energy import shipped_factors
    from zoneeval.errors import InputError
    from zoneeval_db import operations

    table = shipped_factors()
    if workspace is not None:
        with operations.open_workspace(workspace, read_only=not (figure or basis)) as ws:
            if figure:
                kind, _, of_basis = figure[0].partition(":")
                operations.enter_energy_factor(
                    ws, kind, figure[1], _figure(figure[2]), figure[3], of_basis
                )
            if basis:
                operations.choose_energy_basis(ws, basis)
            table = operations.energy_factors(ws)
    elif figure or basis:
        raise InputError("录入折标系数要写明工作文件，如：zoneeval factors 示例.zoneeval --set …")
    if as_json:
        output.print_json(table.as_json())
    else:
        _say_factors(table)


def _figure(text: str) -> float:
    from zoneeval.errors import InputError

    try:
        return float(text)
    except ValueError:
        raise InputError(f"折标系数应是数字，现为“{text}”。") from None


def _say_factors(table: FactorTable) -> None:
    from zoneeval.energy.factors import CONFIDENCE

    output.say(
        f"{table.title}（{table.standard}，系数表 {table.version}；电力按{table.basis}折算）"
    )
    rows = []
    for kind in table.kinds.values():
        for factor in kind.factors:
            name = kind.label + (f"（{factor.basis}）" if factor.basis else "")
            kgce = output.MISSING if factor.kgce is None else f"{factor.kgce:.10g}"
            rows.append((name, kgce, factor.per, CONFIDENCE[factor.confidence], factor.source))
    output.say_table(("品种", "千克标准煤", "每", "可信程度", "出处"), rows, "lr")
    output.say(table.note)
