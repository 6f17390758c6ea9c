"""`indicators`, `stars`: figures of the zones, and where they stand on a ladder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, ladder_option, workspace_argument, year_option
from zoneeval_cli.places import need_year

if TYPE_CHECKING:
    from zoneeval.model.standing import CriterionStanding, ZoneStanding
    from zoneeval_db.operations import StarReport


@click.command("indicators", cls=Command, short_help="各园区的指标：汇总的和公布的")
@workspace_argument
@year_option(required=True)
@json_option
def indicators_command(workspace: Path, year: int, as_json: bool) -> None:
    """查看各园区一个年度的指标：由企业汇总的、公布的，以及采用的。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, year)
        found = operations.zone_indicators(ws, year)
    if as_json:
        zones = [
            {
                "zone": zone,
                "year": year,
                "indicators": {key: figure.as_json() for key, figure in figures.items()},
            }
            for zone, figures in found.items()
        ]
        output.print_json({"zones": zones})
        return
    for zone, figures in found.items():
        output.say(f"{zone}　{year} 年")
        rows = [
            (
                figure.definition.label,
                _figure(figure.key, figure.used),
                _figure(figure.key, figure.computed),
                _figure(figure.key, figure.official),
                figure.definition.unit,
                figure.source,
            )
            for figure in figures.values()
            if figure.used is not None
        ]
        if rows:
            output.say_table(("指标", "采用", "汇总", "公布", "单位", "来源"), rows, "lrrr")
        else:
            output.say("没有可用的数值。")
        output.say()


@click.command("stars", cls=Command, short_help="各园区对照星级阶梯")
@workspace_argument
@year_option(required=True)
@ladder_option()
@json_option
def stars_command(workspace: Path, year: int, ladder: str, as_json: bool) -> None:
    """把各园区一个年度的指标对照星级阶梯，看够到几星、还差多少。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, year)
        report = operations.rate_zones(ws, year, ladder)
    if as_json:
        output.print_json(stars_json(report))
    else:
        _say_stars(report)


def stars_json(report: StarReport) -> dict[str, object]:
    """Return the standing of every zone in the shape of the contract."""
    return {
        "ladder": {"id": report.ladder.id, "status": report.ladder.status.value},
        "warnings": list(report.warnings),
        "zones": [_standing_json(standing) for standing in report.standings],
    }


def _standing_json(standing: ZoneStanding) -> dict[str, object]:
    return {
        "zone": standing.zone,
        "at_least": standing.at_least,
        "at_most": standing.at_most,
        "decidable": standing.decidable,
        "target": standing.target,
        "official": standing.official,
        "criteria": [_criterion_json(criterion) for criterion in standing.criteria],
    }


def _criterion_json(criterion: CriterionStanding) -> dict[str, object]:
    return {
        "key": criterion.key,
        "label": criterion.label,
        "value": criterion.value,
        "unit": criterion.unit,
        "level_at_least": criterion.level_at_least,
        "level_at_most": criterion.level_at_most,
        "next_threshold": criterion.next_threshold,
        "gap": criterion.gap,
        "met": criterion.met,
    }


def _say_stars(report: StarReport) -> None:
    from zoneeval.model.standing import level_name

    output.say(f"阶梯：{report.ladder.title}（{report.ladder.status.label}）")
    for warning in report.warnings:
        output.say(f"提醒：{warning}")
    flag = "（示意）" if report.ladder.status.value == "illustrative" else ""
    for standing in report.standings:
        words = f"{standing.zone}：{standing.verdict}{flag}"
        if standing.target is not None:
            words += f"，目标{level_name(standing.target)}"
        if standing.official is not None:
            words += f"，认定为{level_name(standing.official)}"
        output.say(words)
        rows = [
            (
                f"  {criterion.label}",
                _figure(criterion.key, criterion.value),
                _figure(criterion.key, criterion.next_threshold),
                _figure(criterion.key, criterion.gap),
                criterion.unit,
            )
            for criterion in standing.criteria
        ]
        output.say_table(("  指标", "数值", "下一级门槛", "还差", "单位"), rows, "lrrr")


def _figure(key: str, value: float | None) -> str:
    """Return a figure as text; a share as per cent."""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    known = ZONE_INDICATORS.get(key)
    if known is not None and known.is_share and value is not None:
        return f"{output.number(value * 100)}%"
    return output.number(value, 4)
