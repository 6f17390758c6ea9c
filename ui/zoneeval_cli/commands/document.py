"""`document`: the documents of a run after the office's templates; `notice`: one of them."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, number_of, path_of, run_option, workspace_argument


@click.group(
    "document", cls=Group, short_help="文书：情况报告、公示公告、告知书、答复、认定、执行通知"
)
def document_group() -> None:
    """按模板写文书（Word）。模板可以导出，在 Word 或 WPS 中修改后再导入。"""


@document_group.command("list", cls=Command, short_help="列出文书和所用的模板")
@workspace_argument
@json_option
def list_command(workspace: Path, as_json: bool) -> None:
    """列出各种文书，以及用自带的还是本单位的模板。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.document_templates(ws)
    if as_json:
        rows = [
            {
                "kind": one.kind.key,
                "title": one.kind.title,
                "about": one.kind.about,
                "per": one.kind.per or None,
                "own": one.is_own,
                "changed_at": one.changed_at,
            }
            for one in found
        ]
        output.print_json(rows)
        return
    output.say_table(
        ("编号", "文书", "用途", "份数", "模板"),
        (
            (
                one.kind.key,
                one.kind.title,
                one.kind.about,
                f"{one.kind.per}一份" if one.kind.per else "一份",
                f"本单位的（{(one.changed_at or '')[:10]}）" if one.is_own else "自带的",
            )
            for one in found
        ),
    )


@document_group.command("fields", cls=Command, short_help="一种文书的模板可以用哪些字段")
@click.argument("kind", metavar="KIND")
@json_option
def fields_command(kind: str, as_json: bool) -> None:
    """列出模板可以用的字段：文字写成 {{ 字段 }}，列表写成 {%p for 项 in 列表 %}。"""
    from zoneeval.giving.documents.fields import document_kind, walk

    found = document_kind(kind)
    rows = list(walk(found.fields))
    if as_json:
        output.print_json(
            [
                {
                    "name": field.name,
                    "list": owner or None,
                    "kind": "list" if field.is_list else "text",
                    "about": field.about,
                }
                for owner, field in rows
            ]
        )
        return
    output.say(f"{found.title}：{found.about}")
    output.say_table(
        ("字段", "种类", "内容"),
        ((f"{owner}.{f.name}" if owner else f.name, f.kind_words, f.about) for owner, f in rows),
    )
    output.say("写法：文字 {{ 字段 }}；段落重复 {%p for 项 in 列表 %} … {%p endfor %}；")
    output.say("表格的行重复 {%tr for 行 in 列表 %} … {%tr endfor %}，各占一行；有条件的段落")
    output.say("{%p if 字段 %} … {%p endif %}。列表的部分写成 {{ 项.部分 }}。")


@document_group.group("template", cls=Group, short_help="模板：导出、导入、恢复")
def template_group() -> None:
    """导出模板，在 Word 或 WPS 中修改后导入；导入前检查字段和标签。"""


@template_group.command("export", cls=Command, short_help="导出现在所用的模板")
@click.argument("kind", metavar="KIND")
@workspace_argument
@click.option("-o", "--out", type=path_of, metavar="OUT.docx", required=True, help="写到哪个文件")
def export_command(kind: str, workspace: Path, out: Path) -> None:
    """把一种文书现在所用的模板写成 Word 文档。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_document_template(ws, kind, out)
    _written(files)


@template_group.command("import", cls=Command, short_help="改用修改过的模板")
@click.argument("kind", metavar="KIND")
@workspace_argument
@click.argument("template", metavar="TEMPLATE.docx", type=path_of)
def import_command(kind: str, workspace: Path, template: Path) -> None:
    """检查后改用这个模板；有不认识的字段或不完整的标签时不导入。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.import_document_template(ws, kind, template)
    output.say(f"“{made.kind.title}”已改用“{template.name}”。")


@template_group.command("reset", cls=Command, short_help="恢复自带的模板")
@click.argument("kind", metavar="KIND")
@workspace_argument
def reset_command(kind: str, workspace: Path) -> None:
    """不再用本单位的模板。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.reset_document_template(ws, kind)
    output.say("已恢复自带的模板。")


@document_group.command("sender", cls=Command, short_help="落款和受理单位：查看或填写")
@workspace_argument
@click.option("--issuer", metavar="TEXT", help="发文机关")
@click.option("--receiver", metavar="TEXT", help="受理异议的单位；不写为发文机关")
@click.option("--contact", metavar="TEXT", help="联系人")
@click.option("--phone", metavar="TEXT", help="联系电话")
@click.option("--address", metavar="TEXT", help="联系地址")
@json_option
def sender_command(
    workspace: Path,
    issuer: str | None,
    receiver: str | None,
    contact: str | None,
    phone: str | None,
    address: str | None,
    as_json: bool,
) -> None:
    """各种文书共用的落款；不写选项时只显示，写成空的就清除。"""
    from zoneeval.giving.documents.heading import SENDER_WORDS
    from zoneeval_db import operations

    given = {
        "issuer": issuer,
        "receiver": receiver,
        "contact": contact,
        "phone": phone,
        "address": address,
    }
    values = {key: words for key, words in given.items() if words is not None}
    with operations.open_workspace(workspace, read_only=not values) as ws:
        if values:
            operations.set_document_sender(ws, values)
        sender = operations.document_sender(ws)
    if as_json:
        output.print_json({key: getattr(sender, key) or None for key in SENDER_WORDS})
        return
    for key, label in SENDER_WORDS.items():
        output.say(f"{label}：{getattr(sender, key) or output.MISSING}")


@document_group.command("write", cls=Command, short_help="写文书")
@click.argument("kind", metavar="KIND")
@workspace_argument
@run_option
@click.option("--number", metavar="TEXT", default="", help="发文字号")
@click.option("--on", metavar="DATE", default="", help="成文日期，如 2025-06-09；不写留空")
@click.option("--to", metavar="TEXT", default="", help="主送机关")
@click.option("--uscc", "codes", multiple=True, metavar="USCC", help="notice：只写这户企业")
@click.option("--grade", metavar="A|B|…", help="notice：只写这一类的企业")
@click.option("--objection", type=number_of, metavar="N", help="reply：只答复这件异议")
@click.option("--utility", metavar="NAME", help="execution：只写给这个单位，如 供电")
@click.option("--tariff", metavar="ID|FILE.toml", help="execution：价格表，默认 henan")
@click.option(
    "--list", "list_id", type=number_of, metavar="N", help="execution：已印发的第几号名单"
)
@click.option(
    "-o",
    "--out",
    type=path_of,
    metavar="OUT.docx",
    required=True,
    help="写到哪个文件；写多份（全部告知书、答复、执行通知）时是文件夹",
)
def write_command(
    kind: str,
    workspace: Path,
    run_id: int | None,
    number: str,
    on: str,
    to: str,
    codes: tuple[str, ...],
    grade: str | None,
    objection: int | None,
    utility: str | None,
    tariff: str | None,
    list_id: int | None,
    out: Path,
) -> None:
    """写一种文书。不写 --run 时用名单所用的那次评价；类别是人工调整后的最终类别。"""
    from zoneeval.giving.documents.fields import document_kind
    from zoneeval_db import operations

    if tariff is not None and document_kind(kind).key != "execution":
        raise InputError("--tariff 只用于 execution。请去掉。")
    if tariff is not None and list_id is not None:
        raise InputError("--list 指明的名单已有价格表，不能再写 --tariff。请去掉。")
    order = operations.DocumentOrder(
        kind, run_id, number, on, to, codes, grade, objection, utility, tariff or "henan", list_id
    )
    with operations.open_workspace(workspace, read_only=True) as ws:
        _written(operations.write_document(ws, order, out, output.stderr_progress()))


@click.command("notice", cls=Command, short_help="写一家企业的告知书（Word）")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@run_option
@click.option("--number", metavar="TEXT", default="", help="发文字号")
@click.option("--on", metavar="DATE", default="", help="成文日期，如 2025-06-09；不写留空")
@click.option("-o", "--out", type=path_of, metavar="OUT.docx", required=True, help="写到哪个文件")
def notice_command(
    workspace: Path, uscc: str, run_id: int | None, number: str, on: str, out: Path
) -> None:
    """按告知书模板写一家企业的告知书：数据、得分、类别、怎样提出异议。"""
    from zoneeval_db import operations

    order = operations.DocumentOrder("notice", run_id, number, on, codes=(uscc,))
    with operations.open_workspace(workspace, read_only=True) as ws:
        _written(operations.write_document(ws, order, out))


def _written(files: list[Path]) -> None:
    for path in files:
        output.say(f"已写出“{path}”。")
