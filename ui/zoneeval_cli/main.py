"""The `zoneeval` command: the window without arguments, otherwise one task."""

from __future__ import annotations

import click

from zoneeval import __version__
from zoneeval_cli import output
from zoneeval_cli.chinese import Program
from zoneeval_cli.commands.answers import (
    compare_command,
    distance_command,
    robustness_command,
    whatif_command,
)
from zoneeval_cli.commands.assets import asset_group
from zoneeval_cli.commands.columns import factors_command, inspect_command, mapping_group
from zoneeval_cli.commands.data import data_command, import_command, new_command
from zoneeval_cli.commands.demo import demo_command
from zoneeval_cli.commands.document import document_group, notice_command
from zoneeval_cli.commands.effects import effects_group
from zoneeval_cli.commands.enterprise import enterprise_command
from zoneeval_cli.commands.evaluation import evaluate_command, explain_command, verify_command
from zoneeval_cli.commands.exits import exit_group
from zoneeval_cli.commands.export import export_command
from zoneeval_cli.commands.gap import gap_command
from zoneeval_cli.commands.history import history_command, undo_command
from zoneeval_cli.commands.indicators import indicators_command
from zoneeval_cli.commands.joining import alias_group, merge_group, succession_group
from zoneeval_cli.commands.ladder import ladder_group
from zoneeval_cli.commands.lists import list_group
from zoneeval_cli.commands.measures import measures_group
from zoneeval_cli.commands.participation import participation_group
from zoneeval_cli.commands.policy import policy_group
from zoneeval_cli.commands.run import run_group
from zoneeval_cli.commands.score import score_command
from zoneeval_cli.commands.settings import settings_group
from zoneeval_cli.commands.star import star_group
from zoneeval_cli.commands.targets import target_group
from zoneeval_cli.commands.template import template_command
from zoneeval_cli.commands.zone import zone_group
from zoneeval_cli.commands.zone_reports import (
    bulletin_command,
    ledger_command,
    self_assessment_command,
)
from zoneeval_cli.commands.zones import stars_command


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        output.say(f"zoneeval {__version__}")
        ctx.exit()


@click.group(cls=Program, invoke_without_command=True)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="显示版本号",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """产业集聚区企业分类评价与园区星级。

    不带命令时打开窗口。数据只在本机处理。
    """
    if ctx.invoked_subcommand is None:
        from zoneeval_cli.window import open_window

        ctx.exit(open_window(None))


for _command in (
    demo_command,
    new_command,
    import_command,
    inspect_command,
    mapping_group,
    factors_command,
    data_command,
    enterprise_command,
    alias_group,
    succession_group,
    merge_group,
    score_command,
    evaluate_command,
    explain_command,
    distance_command,
    whatif_command,
    robustness_command,
    compare_command,
    indicators_command,
    zone_group,
    stars_command,
    ladder_group,
    gap_command,
    star_group,
    target_group,
    bulletin_command,
    ledger_command,
    self_assessment_command,
    export_command,
    template_command,
    participation_group,
    run_group,
    exit_group,
    asset_group,
    effects_group,
    measures_group,
    list_group,
    document_group,
    notice_command,
    policy_group,
    settings_group,
    history_command,
    undo_command,
    verify_command,
):
    main.add_command(_command)
