"""`indicators`: figures of the zones, computed and official, by year or period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, workspace_argument, year_option, zone_option
from zoneeval_cli.places import need_year, need_zone

if TYPE_CHECKING:
    from zoneeval.model.period import Period
    from zoneeval.model.zone_indicators import ZoneFigure, ZoneFigures


def chosen_period(year: int | None, period: str | None) -> Period:
    """Return the period of --period, else of --year; raise InputError for a fault."""
    from zoneeval.model.period import Period

    if period is not None:
        found = Period.parse(period, year)
        if year is not None and found.year != year:
            raise InputError(f"期间“{period}”不在 {year} 年度内。请改正 --year 或 --period。")
        return found
    if year is None:
        raise InputError("没有写明期间。请用 --year 写年度，或用 --period 写期间，如 2019Q2。")
    return Period(year)


@click.command("indicators", cls=Command, short_help="各园区的指标：汇总的和公布的")
@workspace_argument
@year_option(required=False)
@click.option("--period", metavar="P", help="期间：2019Q2、2019-06、1—6月（均为年初以来累计）")
@zone_option("只看一个园区")
@click.option("--details", is_flag=True, help="另列差异、缺数、口径和没有数的原因")
@json_option
def indicators_command(
    workspace: Path,
    year: int | None,
    period: str | None,
    zone: str | None,
    details: bool,
    as_json: bool,
) -> None:
    """查看各园区一个年度或期间的指标：由企业汇总的、公布的，以及采用的。

    季度、月度数是年初以来的累计数；企业数据只有全年数，所以季度、月度只有录入的公布数。
    """
    from zoneeval_db import operations

    of = chosen_period(year, period)
    with operations.open_workspace(workspace, read_only=True) as ws:
        need_year(ws, of.year)
        need_zone(ws, zone)
        found = operations.zone_indicators(ws, of)
    if zone is not None:
        found = {zone: found.get(zone, {})}
    if as_json:
        output.print_json({"zones": [_json(z, of, f, details) for z, f in found.items()]})
        return
    if not found:
        output.say(f"{of.label}没有录入园区指标。")
    for name, figures in found.items():
        words = f"{of.year} 年" if of.is_year else f"{of.label}（年初以来累计）"
        output.say(f"{name}　{words}")
        _say(figures, details)
        output.say()


def _json(zone: str, of: Period, figures: ZoneFigures, details: bool) -> dict[str, object]:
    listed = {key: figure.as_json(details) for key, figure in figures.items()}
    head: dict[str, object] = {"zone": zone, "year": of.year}
    if not of.is_year:
        head |= {"period": of.key, "months": of.months}
    return {**head, "indicators": listed}


def _say(figures: ZoneFigures, details: bool) -> None:
    shown = [figure for figure in figures.values() if figure.used is not None]
    if not shown:
        output.say("没有可用的数值。")
    elif details:
        rows = [(*_cells(f), _figure(f, f.difference), _remarks(f)) for f in shown]
        headings = ("指标", "采用", "汇总", "公布", "单位", "来源", "汇总减公布", "说明")
        output.say_table(headings, rows, "lrrrllrl")
    else:
        output.say_table(
            ("指标", "采用", "汇总", "公布", "单位", "来源"), [_cells(f) for f in shown], "lrrr"
        )
    if details:
        lacking = [f for f in figures.values() if f.used is None]
        if lacking:
            output.say("没有数的指标：")
            output.say_table(("指标", "原因"), [(f.definition.label, f.lacking) for f in lacking])


def _cells(figure: ZoneFigure) -> tuple[str, ...]:
    return (
        figure.definition.label,
        _figure(figure, figure.used),
        _figure(figure, figure.computed),
        _figure(figure, figure.official),
        "百分点" if figure.definition.kind == "points" else figure.definition.unit,
        figure.source,
    )


def _remarks(figure: ZoneFigure) -> str:
    from zoneeval.model.zone_indicators import BASIS_WORDS

    words = [BASIS_WORDS[figure.basis]] if figure.basis else []
    if figure.missing:
        words.append(f"{figure.missing} 家缺数据")
    if figure.undecided:
        words.append(f"{figure.undecided} 家范围不明")
    if figure.chosen:
        words.append("人工选定")
    return "，".join(words) or output.MISSING


def _figure(figure: ZoneFigure, value: float | None) -> str:
    """Return a figure as text: a share as per cent, a difference of shares as points."""
    known = figure.definition
    if known.kind == "points" and value is not None:
        return output.number(value * 100)
    if known.is_share and value is not None:
        return f"{output.number(value * 100)}%"
    return output.number(value, 4)
