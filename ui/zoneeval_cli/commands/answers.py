"""`distance`, `whatif`, `robustness`, `compare`: questions put to stored runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.identifiers import normalise_code
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import json_option, path_of, run_of, run_option, workspace_argument

if TYPE_CHECKING:
    from zoneeval.engine.distance import Change
    from zoneeval.engine.moves import MoveTable
    from zoneeval.engine.sensitivity import Robustness
    from zoneeval.engine.whatif import Knob, Moves


def setting_of(value: str | tuple[str, float | None]) -> tuple[str, float | None]:
    """Return key and figure of KEY=VALUE; 无 (or none) lifts a limit."""
    if isinstance(value, tuple):
        return value
    key, equals, words = value.partition("=")
    if not equals or not key.strip():
        raise click.BadParameter(f"“{value}”要写成 KEY=VALUE，如 tax_per_mu.weight=30")
    if words.strip() in ("无", "none"):
        return key.strip(), None
    return key.strip(), figure_of(words)


def figure_of(value: str | float) -> float:
    """Return a number; 10% is 0.1."""
    words = str(value).strip()
    try:
        return float(words[:-1]) / 100 if words.endswith("%") else float(words)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是数字，请写如 0.1 或 10%") from None


def count_of(value: str | int) -> int:
    """Return a whole number that is not negative."""
    words = str(value)
    if not (words.isascii() and words.isdigit() and len(words) < 16):
        raise click.BadParameter(f"“{value}”不是整数")
    return int(words)


@click.command("distance", cls=Command, short_help="一家企业怎样到上一类、离下一类多近")
@workspace_argument
@click.argument("uscc", metavar="USCC")
@run_option
@json_option
def distance_command(workspace: Path, uscc: str, run_id: int | None, as_json: bool) -> None:
    """试算一家企业：哪一项指标改变多少，类别就会上升或下降。

    其他企业不变，基准、得分、排名和类别重新计算。
    """
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.distance_of(
            ws, normalise_code(uscc), run_id, progress=output.stderr_progress(as_json)
        )
    if as_json:
        output.print_json(found.as_json())
        return
    output.say(f"{found.name}　{found.grade} 类")
    _say_ways(found.better, found.up, "怎样到")
    if found.better and found.hopeless:
        output.say(f"只改变下列任何一项都不能上升：{'、'.join(found.hopeless)}。")
    _say_ways(found.worse, found.down, "怎样会降到")


def _say_ways(letter: str | None, changes: tuple[Change, ...], words: str) -> None:
    if letter is None:
        return
    output.say(f"{words} {letter} 类：")
    if not changes:
        output.say("  没有哪一项单独改变就能做到。")
        return
    rows = [
        (
            change.label,
            _value(change.value, change.is_share),
            _value(change.value_after, change.is_share),
            change.words,
            change.grade_after,
        )
        for change in changes
    ]
    output.say_table(("指标", "现在", "改为", "相当于", "类别"), rows, "lrr")


def _value(value: float | None, is_share: bool) -> str:
    if value is None:
        return output.MISSING
    return f"{value * 100:.4g}%" if is_share else output.number(value, 4)


@click.command("whatif", cls=Command, short_help="改一改权重、比例，看谁的类别会变")
@workspace_argument
@run_option
@click.option(
    "--set", "settings", metavar="KEY=VALUE", multiple=True, type=setting_of,
    help="改一个设置，可写多次，如 tax_per_mu.weight=30、A.share=20%；不写列出能改的",
)  # fmt: skip
@click.option("--without", metavar="KEY", multiple=True, help="去掉一项指标，其余权重按比例放大")
@click.option("--scenario", metavar="NAME", help="用保存过的假设方案")
@click.option("--save", metavar="NAME", help="把这个假设保存为方案")
@click.option("--discard", metavar="NAME", help="删除一个保存过的方案")
@json_option
def whatif_command(
    workspace: Path,
    run_id: int | None,
    settings: tuple[tuple[str, float | None], ...],
    without: tuple[str, ...],
    scenario: str | None,
    save: str | None,
    discard: str | None,
    as_json: bool,
) -> None:
    """假设改变办法的设置，全部重新评价，看哪些企业的类别会变。

    只是试算，已有的评价结果不变。
    """
    from zoneeval.engine.whatif import Scenario, moves_of
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=not (save or discard)) as ws:
        if discard:
            operations.discard_scenario(ws, discard)
        info, ready = operations.prepare_run(ws, run_id)
        kept = operations.scenario(ws, scenario) if scenario else Scenario()
        chosen = Scenario({**kept.settings, **dict(settings)}, (*kept.without, *without), kept.name)
        moves = moves_of(ready, chosen)
        if save:
            operations.save_scenario(ws, save, chosen)
        names = [item.name for item in operations.scenarios(ws)]
    if as_json:
        output.print_json(
            {
                "run": info.id,
                **moves.as_json(),
                "settings": {k.key: k.value for k in _knobs(moves)},
                "scenarios": names,
            }
        )
        return
    if discard:
        output.say(f"已删除方案“{discard}”。")
        if chosen.is_empty:
            return
    if chosen.is_empty:
        rows = [
            (
                knob.key,
                " ".join(filter(None, (knob.track, knob.label))),
                output.number(knob.value, 4),
            )
            for knob in _knobs(moves)
        ]
        output.say_table(("设置", "含义", "现在"), rows, "llr")
        if names:
            output.say(f"保存过的方案：{'、'.join(names)}。")
        return
    output.say(f"第 {info.id} 次评价，{moves.evaluated} 户参评，{len(moves.moved)} 户类别会变：")
    sums = "、".join(f"{total:g}" for total in moves.weight_sums)
    if sums and any(total != 100 for total in moves.weight_sums):
        output.say(f"注意：权重合计 {sums}，不是 100。")
    _say_table(moves.table)
    moved = [
        (m.name, m.zone, f"{m.before or output.MISSING} → {m.after or output.MISSING}", m.direction)
        for m in moves.moved[: output.MOST_ROWS]
    ]
    if moved:
        output.say_table(("企业", "园区", "类别", "变化"), moved)
    _say_rest(len(moves.moved) - len(moved))
    if save:
        output.say(f"已保存为方案“{save}”。")


def _knobs(moves: Moves) -> list[Knob]:
    from zoneeval.engine.whatif import knobs

    return knobs(moves.policy)


def _say_table(table: MoveTable) -> None:
    rows = [(one, *(str(table.count(one, other)) for other in table.after)) for one in table.before]
    output.say_table(("原类别＼现类别", *table.after), rows, "l" + "r" * len(table.after))


def _say_rest(rest: int) -> None:
    if rest > 0:
        output.say(f"另有 {rest} 家未列出，加 --json 可看全部。")


@click.command("robustness", cls=Command, short_help="数据和权重有出入时，类别保持得住吗")
@workspace_argument
@run_option
@click.option("--weights", type=figure_of, metavar="P", default=0.1, help="权重变动幅度，默认 0.1")
@click.option("--inputs", type=figure_of, metavar="Q", default=0.05, help="数据变动幅度，默认 0.05")
@click.option("--draws", type=count_of, metavar="N", help="试算次数，默认 10000")
@click.option("--seed", type=count_of, metavar="S", default=0, help="随机种子，默认 0")
@json_option
def robustness_command(
    workspace: Path,
    run_id: int | None,
    weights: float,
    inputs: float,
    draws: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """让权重和数据在一定幅度内随机变动，看每家企业有多少次保持原来的类别。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.robustness(
            ws,
            run_id,
            weights=weights,
            inputs=inputs,
            draws=draws,
            seed=seed,
            progress=output.stderr_progress(as_json),
        )
    if as_json:
        output.print_json(found.as_json())
        return
    output.say(found.sentence)
    _say_kept(found)


def _say_kept(found: Robustness) -> None:
    if not found.rows:
        output.say("这次评价没有给出类别，没有可试算的。")
        return
    output.say(f"{len(found.near)} 家保持率不到 95%，靠近分类线：")
    rows = [
        (
            f"{row.kept * 100:.1f}%",
            row.grade,
            row.name,
            row.zone,
            "，".join(f"{letter} {share * 100:.1f}%" for letter, share in row.shares.items()),
        )
        for row in found.near[: output.MOST_ROWS]
    ]
    if rows:
        output.say_table(("保持率", "类别", "企业", "园区", "各类别出现的次数"), rows, "r")
    _say_rest(len(found.near) - len(rows))


@click.command("compare", cls=Command, short_help="两次评价逐户比较")
@workspace_argument
@click.argument("first", metavar="A", type=run_of)
@click.argument("second", metavar="B", type=run_of)
@click.option("-o", "--out", type=path_of, metavar="OUT.xlsx", help="写成工作簿")
@json_option
def compare_command(
    workspace: Path, first: int, second: int, out: Path | None, as_json: bool
) -> None:
    """比较第 A 号和第 B 号评价：谁上升、谁下降、因为哪一项。"""
    from zoneeval_db import operations

    with operations.open_workspace(workspace, read_only=True) as ws:
        found = operations.compare_runs(ws, first, second)
        if out is not None:
            operations.export_comparison(ws, out, first, second)
    comparison = found.comparison
    if as_json:
        runs = {
            side: {"id": info.id, "year": info.year, "policy": info.policy_id}
            for side, info in (("before", found.before), ("after", found.after))
        }
        output.print_json({**runs, **comparison.as_json()})
        return
    for info in (found.before, found.after):
        output.say(f"第 {info.id} 次评价：{info.year} 年，{info.policy_title}")
    for line in comparison.warnings:
        output.say(line)
    _say_table(comparison.table)
    rows = [
        (
            row.move.name,
            row.move.zone,
            f"{row.move.before or output.MISSING} → {row.move.after or output.MISSING}",
            row.move.direction,
            row.driver,
        )
        for row in comparison.changed[: output.MOST_ROWS]
    ]
    if rows:
        output.say_table(("企业", "园区", "类别", "变化", "变动最大的一项"), rows)
    else:
        output.say("没有企业的类别不同。")
    _say_rest(len(comparison.changed) - len(rows))
    if out is not None:
        output.say(f"已写入 {out}")
