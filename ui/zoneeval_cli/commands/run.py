"""`run`: a run from trial to publication, with its lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.commands.holidays import holidays_group
from zoneeval_cli.commands.objections import objection_group
from zoneeval_cli.commands.overrides import override_group
from zoneeval_cli.options import (
    days_of,
    json_option,
    path_of,
    run_of,
    run_option,
    workspace_argument,
    year_option,
)

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Adjudication
    from zoneeval_db.operations import RunState

_Function = TypeVar("_Function", bound=Callable[..., Any])


def today() -> str:
    """Return today's date, for steps whose date was not written."""
    return date.today().isoformat()


def _step_options(function: _Function) -> _Function:
    """Take the run, the date, the document and `--json` of a step."""
    for option in (
        json_option,
        click.option("--document", default="", metavar="TEXT", help="文件：名称和文号"),
        click.option("--on", metavar="DATE", help="日期，如 2025-06-09；不写为今天"),
        run_option,
        workspace_argument,
    ):
        function = option(function)
    return function


@click.group("run", cls=Group, short_help="评价程序：试算、公示、复核、认定、发布")
def run_group() -> None:
    """办理一次评价的公示、异议、人工调整、认定和发布。

    发布以前的每一步都可以撤销；发布后锁定，变更须由新的评价接替。
    """


@run_group.command("list", cls=Command, short_help="列出各次评价和所处步骤")
@workspace_argument
@year_option(required=False)
@json_option
def list_command(workspace: Path, year: int | None, as_json: bool) -> None:
    """列出各次评价，新的在前。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.run_states(ws, year)
    if as_json:
        output.print_json([_state_json(one) for one in found])
        return
    if not found:
        output.say("没有评价记录。")
        return
    output.say_table(
        ("编号", "年度", "园区", "办法", "状态", "异议", "人工调整", "备注"),
        (
            (
                str(one.info.id),
                str(one.info.year),
                one.info.zone or "全部",
                one.info.policy_title,
                one.adjudication.status.label,
                f"{one.objections}（待处理 {one.open_objections}）",
                str(one.overrides),
                _remark(one) or output.MISSING,
            )
            for one in found
        ),
        "rr   rr",
    )


@run_group.command("status", cls=Command, short_help="一次评价所处的步骤、日期和文号")
@workspace_argument
@run_option
@json_option
def status_command(workspace: Path, run_id: int | None, as_json: bool) -> None:
    """显示一次评价所处的步骤。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        state = operations.run_state(ws, run_id)
    if as_json:
        output.print_json(_state_json(state))
        return
    _say_state(state)


@run_group.command("publicity", cls=Command, short_help="开始公示")
@_step_options
@click.option("--days", metavar="N", type=days_of, help="公示多少个工作日；首日是工作日的计入")
@click.option("--until", metavar="DATE", help="公示截止日期；与 --days 同写时至少要有这么多工作日")
def publicity_command(
    workspace: Path,
    run_id: int | None,
    on: str | None,
    document: str,
    as_json: bool,
    days: int | None,
    until: str | None,
) -> None:
    """开始公示：写明工作日天数或截止日期。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made, note = operations.start_publicity(
            ws, run_id, on=on or today(), days=days, until=until, document=document
        )
        state = operations.run_state(ws, made.run_id)
    if note:
        output.complain(note)
    _tell(state, as_json)


@run_group.command("review", cls=Command, short_help="公示结束，转入复核")
@_step_options
def review_command(
    workspace: Path, run_id: int | None, on: str | None, document: str, as_json: bool
) -> None:
    """公示期满后转入复核。"""
    from zoneeval_db import operations

    _take(operations.review_run, workspace, run_id, on, document, as_json)


@run_group.command("recognise", cls=Command, short_help="认定")
@_step_options
def recognise_command(
    workspace: Path, run_id: int | None, on: str | None, document: str, as_json: bool
) -> None:
    """异议处理完毕后认定，须有认定文件。"""
    from zoneeval_db import operations

    _take(operations.recognise_run, workspace, run_id, on, document, as_json)


@run_group.command("publish", cls=Command, short_help="发布并锁定")
@_step_options
def publish_command(
    workspace: Path, run_id: int | None, on: str | None, document: str, as_json: bool
) -> None:
    """发布已认定的评价；发布后锁定，不能撤销。"""
    from zoneeval_db import operations

    _take(operations.publish_run, workspace, run_id, on, document, as_json)


@run_group.command("supersede", cls=Command, short_help="以新的评价接替已发布的评价")
@workspace_argument
@click.option("--run", "run_id", type=run_of, metavar="N", required=True, help="被接替的评价编号")
@click.option("--by", type=run_of, metavar="N", help="接替它的评价；不写时用最新数据重新评价")
@click.option("--reason", required=True, metavar="TEXT", help="接替的理由")
@json_option
def supersede_command(
    workspace: Path, run_id: int, by: int | None, reason: str, as_json: bool
) -> None:
    """登记接替：新的评价从试算开始重新办理，发布以前原评价仍然有效。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = operations.supersede(
            ws, run_id, reason, by=by, progress=output.stderr_progress(quiet=as_json)
        )
        state = operations.run_state(ws, made.run_id)
        by_hand = len(operations.overrides(ws, run_id)) if not state.overrides else 0
    if by_hand:
        output.complain(
            f"第 {run_id} 次评价有 {by_hand} 户人工调整，没有带到新的评价；需要的请重新调整。"
        )
    _tell(state, as_json)


@run_group.command("public", cls=Command, short_help="导出公示表，不含保密数据")
@workspace_argument
@run_option
@click.option(
    "--show", "more", multiple=True, metavar="rank|score", help="类别以外另公布：排名、综合得分"
)
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def public_command(workspace: Path, run_id: int | None, more: tuple[str, ...], out: Path) -> None:
    """导出公示表：企业名称、信用代码、园区、类别。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_public_list(ws, out, run_id, more)
    for path in files:
        output.say(f"已写出“{path}”。")


@run_group.command("full", cls=Command, short_help="导出完整名单，内部使用")
@workspace_argument
@run_option
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", required=True, help="写到哪个文件")
def full_command(workspace: Path, run_id: int | None, out: Path) -> None:
    """导出完整名单：全部数据、人工调整和异议，含企业经营数据，不得公开。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        files = operations.export_full_list(ws, out, run_id)
    for path in files:
        output.say(f"已写出“{path}”。")


run_group.add_command(objection_group)
run_group.add_command(override_group)
run_group.add_command(holidays_group)


def _take(
    step: Callable[..., Adjudication],
    workspace: Path,
    run_id: int | None,
    on: str | None,
    document: str,
    as_json: bool,
) -> None:
    """Take a step of a run, and say where the run stands then."""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        made = step(ws, run_id, on=on or today(), document=document)
        state = operations.run_state(ws, made.run_id)
    _tell(state, as_json)


def _tell(state: RunState, as_json: bool) -> None:
    if as_json:
        output.print_json(_state_json(state))
    else:
        _say_state(state)


def _say_state(state: RunState) -> None:
    info, made = state.info, state.adjudication
    output.say(
        f"第 {info.id} 次评价：{info.year} 年，{info.zone or '全部园区'}，{info.policy_title}"
    )
    output.say(f"状态：{made.status.label}")
    remark = _remark(state)
    if remark:
        output.say(f"备注：{remark}")
    if state.counts:
        held = "，".join(f"{letter} 类 {count} 家" for letter, count in state.counts.items())
        output.say(f"最终类别：{held}")
    rows = [row for row in _steps(made) if row[1]]
    if rows:
        output.say_table(
            ("步骤", "日期", "文件"),
            ((words, day or "", number or output.MISSING) for words, day, number in rows),
        )
    output.say(
        f"异议 {state.objections} 件，待处理 {state.open_objections} 件；"
        f"人工调整 {state.overrides} 户。"
    )


def _steps(made: Adjudication) -> list[tuple[str, str | None, str | None]]:
    period = None
    if made.publicity_from:
        period = (
            f"{made.publicity_from} 至 {made.publicity_until}（{made.publicity_days} 个工作日）"
        )
    return [
        ("公示", period, made.publicity_document),
        ("复核", made.reviewed_on, made.review_document),
        ("认定", made.recognised_on, made.recognition_document),
        ("发布", made.published_on, made.publication_document),
    ]


def _remark(state: RunState) -> str:
    made = state.adjudication
    words = []
    if state.info.withdrawn:
        words.append("所用数据已撤回")
    if made.supersedes is not None:
        words.append(f"接替第 {made.supersedes} 次评价：{made.reason}")
    if state.superseded_by is not None:
        words.append(f"已由第 {state.superseded_by} 次评价接替")
    if state.replaced_by is not None:
        words.append(f"因采纳异议由第 {state.replaced_by} 次评价接续")
    return "；".join(words)


def _state_json(state: RunState) -> dict[str, object]:
    info, made = state.info, state.adjudication
    following = made.status.following
    return {
        "run": {
            "id": info.id,
            "year": info.year,
            "zone": info.zone,
            "zones": info.zones,
            "dataset": info.dataset_id,
            "policy": info.policy_id,
            "counts": info.counts,
            "withdrawn": info.withdrawn,
        },
        "status": made.status.value,
        "status_label": made.status.label,
        "next": following.value if following else None,
        "locked": made.is_locked,
        "publicity": {
            "from": made.publicity_from,
            "days": made.publicity_days,
            "until": made.publicity_until,
            "document": made.publicity_document,
        },
        "review": {"on": made.reviewed_on, "document": made.review_document},
        "recognition": {"on": made.recognised_on, "document": made.recognition_document},
        "publication": {"on": made.published_on, "document": made.publication_document},
        "objections": state.objections,
        "open_objections": state.open_objections,
        "overrides": state.overrides,
        "final_counts": state.counts,
        "supersedes": made.supersedes,
        "reason": made.reason,
        "superseded_by": state.superseded_by,
        "replaced_by": state.replaced_by,
    }
