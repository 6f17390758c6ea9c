"""`stars`: where the zones stand on a ladder."""

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
        "years_rules": [
            {
                "id": rule.id,
                "label": rule.label,
                "consequence": rule.consequence,
                "zones": [
                    {
                        "zone": one.zone,
                        "sure": one.sure,
                        "times": one.times,
                        "mean_score": one.mean_score,
                        "touched": one.touched,
                    }
                    for one in report.candidates[rule.id]
                ],
            }
            for rule in report.ladder.years_rules
        ],
    }


def _standing_json(standing: ZoneStanding) -> dict[str, object]:
    return {
        "zone": standing.zone,
        "at_least": standing.at_least,
        "at_most": standing.at_most,
        "decidable": standing.decidable,
        "target": standing.target,
        "official": standing.official_level,
        "official_known": standing.official is not None,
        "criteria": [_criterion_json(criterion) for criterion in standing.criteria],
        "score": standing.score,
        "score_at_least": standing.score_at_least,
        "score_at_most": standing.score_at_most,
        "rank": standing.rank,
        "rank_of": standing.rank_of,
        "rank_change": standing.rank_change,
        "reasons": [
            {"kind": reason.kind, "key": reason.key, "words": reason.words}
            for reason in standing.reasons
        ],
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
        if standing.because:
            output.say(f"  不能完全判定：{standing.because}")
        for reason in standing.reasons:
            if reason.kind in ("gate", "veto", "movement", "note") and not (
                standing.because and reason.words in standing.because
            ):
                output.say(f"  {reason.words}")
        if standing.score is not None:
            place = f"，第 {standing.rank} 名（共 {standing.rank_of} 个）" if standing.rank else ""
            output.say(f"  综合得分 {output.number(standing.score)} 分{place}")
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
        if rows:
            output.say_table(("  指标", "数值", "下一级门槛", "还差", "单位"), rows, "lrrr")


def _figure(key: str, value: float | None) -> str:
    """Return a figure as text; a share as per cent."""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    known = ZONE_INDICATORS.get(key)
    if known is not None and known.is_share and value is not None:
        return f"{output.number(value * 100)}%"
    return output.number(value, 4)
