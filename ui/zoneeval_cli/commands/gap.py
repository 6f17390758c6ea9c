"""`gap`: what a zone lacks for its next star, and what would close the gap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.commands.answers import figure_of
from zoneeval_cli.commands.gap_words import say_report
from zoneeval_cli.options import json_option, ladder_option, workspace_argument, year_option
from zoneeval_cli.places import need_year, need_zone

if TYPE_CHECKING:
    from zoneeval.model.gap import GapReport, LevelGap, ZoneGap


@click.command("gap", cls=Command, short_help="一个园区离上一星级还差什么，怎样补上")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@year_option(required=True)
@ladder_option()
@click.option(
    "--what-if", "what_if", metavar="KEY=VALUE", multiple=True,
    help="试算，可写多次：tax_revenue=+10%（按比例）、税收收入=1.2亿元（改成）、built_area=-300（增减）、"
    "rd_to_value_added=+0.5点（百分点）",
)  # fmt: skip
@click.option("--line", metavar="N", type=figure_of, help="规模线，年主营业务收入，万元")
@click.option("--near", metavar="SHARE", type=figure_of, help="达到规模线的多少算接近，如 80%")
@click.option("--top", metavar="N", type=click.IntRange(1, 500), default=10, help="列出几家企业")
@json_option
def gap_command(
    workspace: Path,
    zone: str,
    year: int,
    ladder: str,
    what_if: tuple[str, ...],
    line: float | None,
    near: float | None,
    top: int,
    as_json: bool,
) -> None:
    """看一个园区离上一星级（和目标星级）还差什么：每项指标差多少、须增长多少、怎样补上。

    另列哪些企业能补差距：C 类退出、闲置用地重新利用、接近规模线的企业进入规上。
    都是试算，什么也不改变。
    """
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, year)
        need_zone(ws, zone)
        settings = operations.with_settings(operations.gap_settings(ws, year), line, near)
        report = operations.gap_report(
            ws,
            zone,
            year,
            ladder,
            changes=[operations.change_of(words) for words in what_if],
            settings=settings,
            count=top,
        )
        title = operations.find_ladder(ws, ladder)
    if as_json:
        head = {"ladder": {"id": title.id, "status": title.status.value}}
        output.print_json({**head, "year": year, **gap_json(report)})
        return
    output.say(f"阶梯：{title.title}（{title.status.label}）")
    say_report(report, top)


def gap_json(report: GapReport) -> dict[str, object]:
    """Return the whole answer; shares are fractions, levels as in `stars`."""
    from zoneeval.model.gap import plain

    return {
        **_gap(report.gap),
        "warnings": list(report.warnings),
        "settings": plain(report.settings),
        "classes_from": report.classes_from or None,
        "levers": [plain(lever) for lever in report.levers],
        "enterprises": {
            key: [{**plain(one), "change": one.change} for one in listed]
            for key, listed in report.singles.items()
        },
        "what_if": None
        if report.changed is None
        else {"changes": [plain(one) for one in report.changes], **_gap(report.changed)},
    }


def _gap(gap: ZoneGap) -> dict[str, object]:
    standing = gap.standing
    return {
        "zone": standing.zone,
        "at_least": standing.at_least,
        "at_most": standing.at_most,
        "decidable": standing.decidable,
        "target": standing.target,
        "official": standing.official_level,
        "official_known": standing.official is not None,
        "score": standing.score,
        "rank": standing.rank,
        "reasons": [{"kind": r.kind, "key": r.key, "words": r.words} for r in standing.reasons],
        "next": _level(gap.next),
        "to_target": _level(gap.target),
    }


def _level(level: LevelGap | None) -> dict[str, object] | None:
    from zoneeval.model.gap import plain

    if level is None:
        return None
    out = plain(level)
    for found, one in zip(out["criteria"], level.criteria, strict=True):
        for way, known in zip(found["ways"], one.ways, strict=True):
            way |= {"change": known.change, "change_share": known.change_share}
    return out
