"""`star`: stars held and wanted, with their sources, and the rewards they bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError
from zoneeval.model.standing import BELOW_GATE, LEVEL_WORDS, level_name
from zoneeval_cli import output
from zoneeval_cli.chinese import Command, Group
from zoneeval_cli.options import json_option, workspace_argument, year_option, zone_option

if TYPE_CHECKING:
    from zoneeval.model.rewards import ZoneReward
    from zoneeval.model.star_history import StarEntry, ZoneHistory

KINDS = {"official": "official", "target": "target", "认定结果": "official", "目标": "target"}


@click.group("star", cls=Group, short_help="星级记录：历年认定结果、目标和奖励")
def star_group() -> None:
    """星级记录：历年认定结果和目标，以及按星级可申领的奖励。"""


@star_group.command("list", cls=Command, short_help="列出历年星级和来源")
@workspace_argument
@zone_option("只列一个园区")
@click.option("--published", is_flag=True, help="并列工作文件以外有公开记载的园区")
@json_option
def list_command(workspace: Path, zone: str | None, published: bool, as_json: bool) -> None:
    """列出各园区历年的星级、来源，连续几年，是否首次达到。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        if zone is None:
            found = operations.star_histories(ws, published=published)
        else:
            found = [operations.star_history(ws, zone)]
    if as_json:
        output.print_json({"zones": [_history_json(history) for history in found]})
        return
    rows = [row for history in found for row in _rows(history)]
    if not rows:
        output.say("没有星级记录。")
        return
    headings = ("园区", "年度", "星级", "连续", "首次达到", "来源", "可信程度", "说明")
    output.say_table(headings, rows)


def _rows(history: ZoneHistory) -> list[tuple[str, ...]]:
    return [
        (
            history.zone,
            _year_words(entry),
            level_name(entry.level),
            _running_words(history, entry) or output.MISSING,
            _first_words(history, entry),
            entry.source,
            _confidence(entry),
            entry.note or output.MISSING,
        )
        for entry in history.entries
    ]


def _year_words(entry: StarEntry) -> str:
    if entry.year is None:
        return "年度不详"
    return f"{entry.year}（推定）" if entry.inferred else str(entry.year)


def _running_words(history: ZoneHistory, entry: StarEntry) -> str:
    held = None if entry.year is None else history.running(entry.year)
    return held.words if held is not None and held.level == entry.level else ""


def _first_words(history: ZoneHistory, entry: StarEntry) -> str:
    if entry.year is None or not entry.level:
        return output.MISSING
    known = history.first_time(entry.level, entry.year)
    return {True: "是", False: "否", None: "不能判定"}[known]


def _confidence(entry: StarEntry) -> str:
    from zoneeval.policy.citations import CONFIDENCE

    return "本单位录入" if entry.own else CONFIDENCE.get(entry.confidence, output.MISSING)


def _history_json(history: ZoneHistory) -> dict[str, object]:
    return {
        "zone": history.zone,
        "conflicts": list(history.conflicts()),
        "stars": [_entry_json(history, entry) for entry in history.entries],
    }


def _entry_json(history: ZoneHistory, entry: StarEntry) -> dict[str, object]:
    held = None if entry.year is None else history.running(entry.year)
    dated = entry.year is not None and entry.level
    return {
        "year": entry.year,
        "level": entry.level,
        "inferred_year": entry.inferred,
        "own": entry.own,
        "source": entry.source,
        "confidence": entry.confidence or None,
        "running_at_least": held.years if held is not None else None,
        "running_exact": held.exact if held is not None else None,
        "first_time": history.first_time(entry.level or 0, entry.year or 0) if dated else None,
        "note": entry.note or None,
    }


@star_group.command("set", cls=Command, short_help="录入认定结果或目标")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@click.argument("level", metavar="LEVEL")
@year_option(required=True, help_text="考核年度")
@click.option("--kind", default="official", metavar="official|target", help="认定结果或目标")
@click.option("--document", default="", metavar="TEXT", help="依据文件：名称和文号")
def set_command(
    workspace: Path, zone: str, level: str, year: int, kind: str, document: str
) -> None:
    """录入一个园区一个年度的星级（0 为门槛，1 至 6 为星级，也可写“三星”“未达门槛”）；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.enter_star(ws, zone, year, _kind(kind), _level(level), document)
    output.say("已保存。")


def _kind(words: str) -> str:
    if words not in KINDS:
        raise InputError(f"类别“{words}”无法识别，请写 official（认定结果）或 target（目标）。")
    return KINDS[words]


def _level(words: str) -> int:
    text = words.strip().removesuffix("级")
    if text in ("未达门槛", "低于门槛"):
        return BELOW_GATE
    if text in LEVEL_WORDS:
        return LEVEL_WORDS.index(text)
    if text.isascii() and text.isdigit():
        return int(text)
    raise InputError(f"星级“{words}”无法识别，请写 0（门槛）、1 至 6，或“三星”“未达门槛”。")


@star_group.command("remove", cls=Command, short_help="删除录入的星级")
@workspace_argument
@click.argument("zone", metavar="ZONE")
@year_option(required=True, help_text="考核年度")
@click.option("--kind", default="official", metavar="official|target", help="认定结果或目标")
def remove_command(workspace: Path, zone: str, year: int, kind: str) -> None:
    """删除一个本单位录入的星级记录；可以撤销。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        operations.remove_star(ws, zone, year, _kind(kind))
    output.say("已删除。")


@star_group.command("rewards", cls=Command, short_help="按星级可申领的奖励")
@workspace_argument
@year_option(required=True, help_text="星级的考核年度")
@zone_option("只看一个园区")
@json_option
def rewards_command(workspace: Path, year: int, zone: str | None, as_json: bool) -> None:
    """列出各园区一个年度的星级按各奖励办法可申领的数额；不能确定的写范围和原因。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.zone_rewards(ws, year, zone)
    if as_json:
        output.print_json({"year": year, "rewards": [_reward_json(one) for one in found]})
        return
    if not found:
        output.say("工作文件中还没有园区。")
        return
    output.say_table(
        ("园区", "奖励办法", "适用范围", "数额", "各项", "说明"),
        (
            (
                one.zone,
                one.scheme_title,
                one.scope or output.MISSING,
                _amount(one),
                "；".join(f"{i.label} {i.amount:g}{one.unit}" for i in one.items) or output.MISSING,
                "；".join(one.reasons) or output.MISSING,
            )
            for one in found
        ),
    )


def _amount(one: ZoneReward) -> str:
    if one.amount is not None:
        return f"{one.amount:g}{one.unit}"
    return f"{one.at_least:g}—{one.at_most:g}{one.unit}"


def _reward_json(one: ZoneReward) -> dict[str, object]:
    return {
        "zone": one.zone,
        "scheme": one.scheme,
        "title": one.scheme_title,
        "payer": one.payer or None,
        "scope": one.scope or None,
        "unit": one.unit,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "items": [
            {
                "label": item.label,
                "amount": item.amount,
                "applies": item.applies,
                "reason": item.reason or None,
                "clause": item.clause or None,
            }
            for item in one.items
        ],
        "reasons": list(one.reasons),
    }
