"""`demo`: the whole job once on the sample city, then the window on the result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import path_of

if TYPE_CHECKING:
    from zoneeval_db.operations import DemoSummary


@click.command("demo", cls=Command, short_help="用自带的示例把整件工作做一遍")
@click.option(
    "--out", type=path_of, metavar="DIR", required=True, help="放工作文件和工作簿的文件夹"
)
@click.option("--no-window", is_flag=True, help="做完即止，不打开窗口")
@click.pass_context
def demo_command(ctx: click.Context, out: Path, no_window: bool) -> None:
    """用自带的示例数据把整件工作做一遍，并打开窗口。

    城市、园区和企业都是虚构的。再运行一次会重做。
    """
    from zoneeval_cli.window import has_display, open_window
    from zoneeval_db import operations

    summary = operations.demo(out, output.stderr_progress())
    _say_summary(summary)
    if not no_window and has_display():
        output.say("正在打开窗口……")
        ctx.exit(open_window(summary.workspace))


def _say_summary(summary: DemoSummary) -> None:
    from zoneeval.model.issue import Severity
    from zoneeval_db.operations import open_workspace, runs

    with open_workspace(summary.workspace, read_only=True) as ws:
        newest = runs(ws)[0]
        years = sorted({info.year for info in runs(ws)})
    output.say("示例（虚构的城市、园区和企业）已经做完：")
    output.say()
    read = "，".join(f"{year} 年 {count} 家" for year, count in summary.enterprises.items())
    output.say(f"读入企业　{read}")
    found = "，".join(f"{s.label} {summary.issues.get(s.value, 0)} 条" for s in Severity)
    output.say(f"发现问题　{found}")
    output.say(
        f"完成评价　{'、'.join(f'{year} 年' for year in years)}，办法“{newest.policy_title}”"
    )
    output.say(f"企业分类　{newest.year} 年")
    for zone, counts in summary.classes.items():
        words = "，".join(f"{letter} 类 {count} 家" for letter, count in counts.items())
        output.say(f"　　　　　{zone}：{words}")
    output.say(f"园区星级　{newest.year} 年（示意阶梯，不是官方标准）")
    for zone, verdict in summary.stars.items():
        output.say(f"　　　　　{zone}：{verdict}（示意）")
    output.say(f"写出文件　{summary.workspace}")
    for path in summary.files:
        output.say(f"　　　　　{path}")
    output.say()
    output.say(
        "注意：办法中没有公布的权重等数值是“示意”，星级门槛全部是“示意”，不能当作官方数字使用。"
    )
    output.say(
        f"接着看：在窗口中打开“{summary.workspace.name}”，"
        f"或用 Excel、WPS 打开“{summary.files[0].name}”。"
        if summary.files
        else f"接着看：在窗口中打开“{summary.workspace.name}”。"
    )
