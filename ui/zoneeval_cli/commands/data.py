"""`new`, `import`, `data`: the workspace file and what is stored in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.model.issue import Severity, capped
from zoneeval_cli import errors, output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, path_of, workspace_argument, year_option, zone_option
from zoneeval_cli.places import need_dataset, need_zone

if TYPE_CHECKING:
    from zoneeval.intake import Draft
    from zoneeval.model.repair import RepairChoice
    from zoneeval_db.operations import EnterpriseData, ImportOutcome

MOST_NOTES = 10
"""How many notes of an import are shown as text; JSON has all of them."""


@click.command("new", cls=Command, short_help="新建工作文件")
@workspace_argument
def new_command(workspace: Path) -> None:
    """新建一个空的工作文件。"""
    from zoneeval_db import operations

    with operations.create(workspace) as ws:
        made = ws.path
    output.say(f"已新建工作文件“{made}”。")


@click.command("import", cls=Command, short_help="导入各部门的工作簿")
@click.argument("workbooks", metavar="WORKBOOK...", nargs=-1, required=True, type=path_of)
@click.option(
    "--into",
    "workspace",
    type=path_of,
    metavar="FILE.zoneeval",
    required=True,
    help="存入哪个工作文件",
)
@year_option(required=True, help_text="数据年度；表中写明年度的以表为准")
@zone_option("园区；表中写明园区的以表为准")
@click.option(
    "--mapping",
    type=path_of,
    metavar="FILE",
    help="列对应关系（.json 或 .toml：列标题 = 字段，或 mapping export 导出的文件）",
)
@click.option("--set-aside", is_flag=True, help="有阻断问题的企业留在外面，其余照常导入")
@click.option(
    "--repair",
    "repairs",
    multiple=True,
    metavar="CODE",
    help="修正这一类问题（问题的 code，可多次使用；只修正带有修正办法的）",
)
@click.option(
    "--problems",
    type=path_of,
    metavar="DIR",
    help="把有问题的工作簿标出问题，另存到这个文件夹，发回部门改正",
)
@click.option("--dry-run", is_flag=True, help="只检查，不存入")
@json_option
@click.pass_context
def import_command(
    ctx: click.Context,
    workbooks: tuple[Path, ...],
    workspace: Path,
    year: int,
    zone: str | None,
    mapping: Path | None,
    set_aside: bool,
    repairs: tuple[str, ...],
    problems: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """导入各部门的工作簿；有阻断问题时什么都不存。"""
    from zoneeval.intake.mapping import Decisions, read_decisions
    from zoneeval_db import operations

    choices = _choices(repairs)
    decided = read_decisions(mapping) if mapping is not None else Decisions()
    with operations.open_workspace(workspace, read_only=dry_run) as ws:
        outcome = operations.import_workbooks(
            ws,
            workbooks,
            year=year,
            zone=zone,
            mapping=decided.headings,
            layouts=decided.layouts,
            set_aside=set_aside,
            dry_run=dry_run,
            repairs=choices,
            progress=output.stderr_progress(as_json),
        )
    draft = outcome.draft
    blocked = draft.has_blocking
    marked: list[Path] = []
    if problems is not None:
        marked = operations.export_problems(
            workbooks, draft.issues, problems, changed=draft.repaired,
            progress=output.stderr_progress(as_json),
        )  # fmt: skip
    if as_json:
        output.print_json({**import_json(outcome), "problems": [str(path) for path in marked]})
    else:
        _say_import(draft, workspace, committed=outcome.committed, dry_run=dry_run)
        for path in marked:
            output.say(f"已写出“{path}”：问题已标出，可发回部门改正。")
    if blocked:
        blocking = [i for i in draft.issues if i.severity is Severity.BLOCKING]
        output.complain(
            f"没有导入：{len(blocking)} 处阻断问题，工作文件没有改动。请改正后重新导入，"
            "或加 --set-aside 把有问题的企业留在外面。"
        )
        errors.complain_issues(blocking)
        mendable = dict.fromkeys(i.code for i in blocking if i.repair is not None)
        if mendable:
            words = "".join(f" --repair {code}" for code in mendable)
            output.complain(f"其中有可以自动修正的问题：核对后加{words} 重新导入。")
        ctx.exit(errors.INPUT)


def _choices(codes: tuple[str, ...]) -> list[RepairChoice]:
    """Return the repairs asked for; raise InputError for a finding that cannot be mended."""
    if not codes:
        return []
    from zoneeval.intake.repairs import check_code

    return [check_code(code) for code in codes]


def import_json(outcome: ImportOutcome) -> dict[str, object]:
    """Return what an import found in the shape of the contract."""
    draft = outcome.draft
    return {
        "committed": outcome.committed,
        "files": [file.as_json() for file in draft.files],
        "accepted": draft.accepted,
        "rejected": draft.rejected,
        "set_aside": list(draft.set_aside),
        "issues": [issue.as_json() for issue in capped(draft.issues)],
        "questions": [question.as_json() for question in draft.questions],
        "repaired": [repair.as_json() for repair in draft.repaired],
        "decisions": len(draft.decisions),
    }


def _say_import(draft: Draft, workspace: Path, *, committed: bool, dry_run: bool) -> None:
    for file in draft.files:
        for sheet in file.sheets:
            known = sum(column.field is not None for column in sheet.columns)
            output.say(
                f"{Path(file.path).name}　工作表“{sheet.name}”（{sheet.department}）："
                f"{sheet.rows_read} 行，认出 {known}/{len(sheet.columns)} 列"
            )
    issues = {s: [i for i in draft.issues if i.severity is s] for s in Severity}
    found = "，".join(f"{s.label} {len(items)} 条" for s, items in issues.items())
    output.say(f"可用 {draft.accepted} 行，不可用 {draft.rejected} 行；{found}。")
    if draft.decisions:
        output.say(f"参评决定 {len(draft.decisions)} 条，重新评价后生效。")
    if draft.set_aside:
        output.say(f"留在外面的企业：{'、'.join(draft.set_aside)}。")
    for repair in draft.repaired:
        row = f"第 {repair.row} 行" if repair.row else ""
        output.say(f"已修正　{repair.file}（{repair.sheet}）{row}：{repair.message}。")
    for issue in capped(issues[Severity.WARNING]):
        output.say(errors.issue_line(issue))
    for issue in issues[Severity.NOTE][:MOST_NOTES]:
        output.say(errors.issue_line(issue))
    rest = len(issues[Severity.NOTE]) - MOST_NOTES
    if rest > 0:
        output.say(f"另有 {rest} 条提示未列出，加 --json 可看更多。")
    if committed:
        output.say(f"已存入“{workspace}”。")
    elif dry_run:
        output.say("只作检查，没有存入。")


@click.command("data", cls=Command, short_help="查看存入的数据和来源")
@workspace_argument
@year_option(required=True)
@zone_option("只看一个园区")
@json_option
def data_command(workspace: Path, year: int, zone: str | None, as_json: bool) -> None:
    """查看工作文件中一个年度的企业数据，以及每个数值来自哪一格。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        need_dataset(ws, year)
        need_zone(ws, zone)
        found = operations.enterprise_data(ws, year, zone)
    if as_json:
        output.print_json({"enterprises": [_enterprise_json(entry) for entry in found]})
        return
    where = f"“{zone}”" if zone else ""
    output.say(f"{year} 年{where}共 {len(found)} 家企业。")
    rows = [
        (entry.uscc, entry.zone or output.MISSING, str(len(entry.values)), entry.name or "—")
        for entry in found[: output.MOST_ROWS]
    ]
    if rows:
        output.say_table(("统一社会信用代码", "园区", "项数", "企业名称"), rows, "llr")
    if len(found) > output.MOST_ROWS:
        output.say(f"另有 {len(found) - output.MOST_ROWS} 家未列出，加 --json 可看全部数值和来源。")
    else:
        output.say("加 --json 可看全部数值和来源。")


def _enterprise_json(entry: EnterpriseData) -> dict[str, object]:
    return {
        "uscc": entry.uscc,
        "name": entry.name,
        "zone": entry.zone,
        "values": {
            key: {
                "value": stored.value,
                "unit": stored.unit,
                "source": None
                if stored.source is None
                else {
                    "file": stored.source.file,
                    "sheet": stored.source.sheet,
                    "row": stored.source.row,
                    "column": stored.source.column,
                },
            }
            for key, stored in entry.values.items()
        },
    }
