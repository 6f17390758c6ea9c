"""`alias`, `succession`, `merge`: who is meant, what became of whom, who counts as one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zoneeval.model.matching import ALIAS_WORDS
from zoneeval.model.merging import GROUP_WORDS, SUCCESSION_WORDS
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument, year_option

_ALIAS_KINDS = "、".join(f"{key} {word}" for key, word in ALIAS_WORDS.items())
_SUCCESSION_KINDS = "、".join(f"{key} {word}" for key, word in SUCCESSION_WORDS.items())
_GROUP_KINDS = "、".join(f"{key} {word}" for key, word in GROUP_WORDS.items())


@click.group("alias", cls=Group, short_help="企业对应关系：名称、组织机构代码、户号")
def alias_group() -> None:
    """表中没有信用代码时，名称、组织机构代码或户号对应哪家企业。"""


@alias_group.command("list", cls=Command, short_help="已记住的对应关系")
@workspace_argument
@json_option
def alias_list(workspace: Path, as_json: bool) -> None:
    """列出已记住的对应关系。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.aliases(ws)
    if as_json:
        output.print_json({"aliases": [alias.as_json() for alias in found]})
        return
    rows = [
        (ALIAS_WORDS[a.kind], a.alias, a.uscc or "都不是", a.name or output.MISSING) for a in found
    ]
    output.say(f"共 {len(rows)} 条对应关系。")
    if rows:
        output.say_table(("种类", "表中的写法", "统一社会信用代码", "企业名称"), rows)


@alias_group.command("add", cls=Command, short_help="记住一条对应关系")
@workspace_argument
@click.argument("alias", metavar="ALIAS")
@click.argument("uscc", metavar="USCC", default="")
@click.option("--kind", default="name", metavar="KIND", help=f"种类：{_ALIAS_KINDS}")
@click.option("--none", "nobody", is_flag=True, help="都不是：以后遇到不导入，也不再询问")
@click.option("--note", default="", metavar="TEXT", help="说明")
@json_option
def alias_add(
    workspace: Path, alias: str, uscc: str, kind: str, nobody: bool, note: str, as_json: bool
) -> None:
    """记住名称（或号码）ALIAS 对应信用代码为 USCC 的企业。"""
    from zoneeval_db import operations

    if bool(uscc) == nobody:
        raise click.UsageError("请写信用代码，或用 --none 表示不属于任何企业，二者取一。")
    with operations.open_workspace(workspace) as ws:
        made = operations.remember_alias(ws, kind, alias, uscc, note)
    if as_json:
        output.print_json(made.as_json())
        return
    whom = f"{made.name or ''}（{made.uscc}）" if made.uscc else "任何企业都不是"
    output.say(f"已记住：{ALIAS_WORDS[made.kind]}“{made.alias}”对应{whom}。")


@alias_group.command("remove", cls=Command, short_help="不再记住一条对应关系")
@workspace_argument
@click.argument("alias", metavar="ALIAS")
@click.option("--kind", default="name", metavar="KIND", help=f"种类：{_ALIAS_KINDS}")
@json_option
def alias_remove(workspace: Path, alias: str, kind: str, as_json: bool) -> None:
    """不再记住名称（或号码）ALIAS 的对应关系。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.forget_alias(ws, kind, alias)
    if as_json:
        output.print_json({"removed": {"kind": kind, "alias": alias}})
        return
    output.say(f"已不再记住“{alias}”的对应关系。")


@click.group("succession", cls=Group, short_help="更名、合并、更换信用代码")
def succession_group() -> None:
    """登记一次，以后按新代码导入，历史跟着走。"""


@succession_group.command("list", cls=Command, short_help="已登记的变更")
@workspace_argument
@json_option
def succession_list(workspace: Path, as_json: bool) -> None:
    """列出已登记的更名、合并和更换代码。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.successions(ws)
    if as_json:
        output.print_json({"successions": [asdict(step) for step in found]})
        return
    output.say(f"共登记 {len(found)} 条变更。")
    rows = [
        (s.old, s.new, SUCCESSION_WORDS[s.kind], s.effective_on or "—", s.document or "—")
        for s in found
    ]
    if rows:
        output.say_table(("原代码", "新代码", "种类", "生效日期", "依据"), rows)


@succession_group.command("add", cls=Command, short_help="登记一条变更")
@workspace_argument
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--kind", default="new_code", metavar="KIND", help=f"种类：{_SUCCESSION_KINDS}")
@click.option("--on", "effective_on", metavar="DATE", help="生效日期，如 2024-05-31；不写为一直")
@click.option("--document", default="", metavar="TEXT", help="依据文件")
@click.option("--note", default="", metavar="TEXT", help="说明")
@json_option
def succession_add(
    workspace: Path,
    old: str,
    new: str,
    kind: str,
    effective_on: str | None,
    document: str,
    note: str,
    as_json: bool,
) -> None:
    """登记信用代码 OLD 由 NEW 承接；生效当年起按新代码读取。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.record_succession(ws, old, new, kind, effective_on, document, note)
    if as_json:
        output.print_json(asdict(made))
        return
    output.say(f"已登记{SUCCESSION_WORDS[made.kind]}：{made.old} → {made.new}。")


@succession_group.command("remove", cls=Command, short_help="取消一条登记")
@workspace_argument
@click.argument("old", metavar="OLD")
@json_option
def succession_remove(workspace: Path, old: str, as_json: bool) -> None:
    """取消信用代码 OLD 的变更登记。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_succession(ws, old)
    if as_json:
        output.print_json({"removed": old})
        return
    output.say(f"已取消“{old}”的变更登记。")


@click.group("merge", cls=Group, short_help="合并评价：同一宗地、同一集团")
def merge_group() -> None:
    """几家企业作为一家评价，按年度标注。"""


@merge_group.command("list", cls=Command, short_help="一个年度的合并评价")
@workspace_argument
@year_option(required=True)
@json_option
def merge_list(workspace: Path, year: int, as_json: bool) -> None:
    """列出一个年度的合并评价。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.merged_groups(ws, year)
    if as_json:
        output.print_json({"year": year, "groups": [group.as_json() for group in found]})
        return
    output.say(f"{year} 年共 {len(found)} 组合并评价。")
    for group in found:
        members = "、".join(f"{m.name}（{m.uscc}）" for m in group.members)
        output.say(
            f"{group.lead.name}（{group.lead.uscc}）牵头，{GROUP_WORDS[group.kind]}：{members}"
        )


@merge_group.command("add", cls=Command, short_help="标注一组合并评价")
@workspace_argument
@click.argument("lead", metavar="LEAD")
@click.argument("members", metavar="MEMBER...", nargs=-1, required=True)
@year_option(required=True)
@click.option("--kind", default="group", metavar="KIND", help=f"种类：{_GROUP_KINDS}")
@click.option("--note", default="", metavar="TEXT", help="说明")
@json_option
def merge_add(
    workspace: Path,
    lead: str,
    members: tuple[str, ...],
    year: int,
    kind: str,
    note: str,
    as_json: bool,
) -> None:
    """把 MEMBER 并入 LEAD 评价；写的是这一组的全部并入企业。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.mark_merged(ws, year, lead, members, kind, note)
    if as_json:
        output.print_json(made.as_json())
        return
    names = "、".join(m.name for m in made.members)
    output.say(f"已标注 {year} 年合并评价：{names}并入{made.lead.name}。请重新评价。")


@merge_group.command("remove", cls=Command, short_help="取消合并评价")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@year_option(required=True)
@json_option
def merge_remove(workspace: Path, uscc: str, year: int, as_json: bool) -> None:
    """取消合并评价：牵头企业的整组取消，并入企业的只取消它自己。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.unmark_merged(ws, year, uscc)
    if as_json:
        output.print_json({"year": year, "removed": uscc})
        return
    output.say(f"已取消 {year} 年“{uscc}”的合并评价。请重新评价。")
