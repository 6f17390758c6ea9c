"""The answer of `gap` as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval_cli import output

if TYPE_CHECKING:
    from zoneeval.model.gap import Effect, GapReport, LevelGap, Lever, SingleEffect, ZoneGap


def say_report(report: GapReport, top: int) -> None:
    """Write the gap, the levers, the enterprises and what was tried."""
    for warning in report.warnings:
        output.say(f"提醒：{warning}")
    _say_gap(report.gap)
    if report.changed is not None:
        output.say()
        output.say("试算（不保存）：")
        _say_effects(report.changes)
        _say_gap(report.changed)
    output.say()
    source = f"（类别取自{report.classes_from}）" if report.classes_from else ""
    output.say(f"能够补差距的办法{source}：")
    said: set[tuple[str, ...]] = set()
    for lever in report.levers:
        codes = tuple(one.uscc for one in lever.enterprises)
        _say_lever(lever, set(report.keys), 0 if codes in said else top)
        said.add(codes)
    for key, listed in report.singles.items():
        _say_singles(key, listed)


def _say_gap(gap: ZoneGap) -> None:
    from zoneeval.model.standing import level_name

    standing = gap.standing
    words = f"{standing.zone} {standing.year} 年：{standing.verdict}"
    if standing.score is not None:
        words += f"，得分 {output.number(standing.score, 4)}"
    if standing.rank is not None:
        words += f"，第 {standing.rank} 位（共 {standing.rank_of} 个）"
    if standing.target is not None:
        words += f"，目标{level_name(standing.target)}"
    output.say(words)
    if gap.next is None:
        output.say("已达到阶梯的最高级。")
        return
    _say_level(gap.next)
    if gap.target is not None and gap.target is not gap.next:
        output.say()
        _say_level(gap.target)


def _say_level(level: LevelGap) -> None:
    output.say(f"{level.words}。")
    for block in level.blocks:
        output.say(f"  【{block.label}】{block.words}。")
    for criterion in level.criteria:
        output.say(f"  {criterion.label}：{criterion.words}。")
        for way in criterion.ways:
            verb = "增加" if way.change > 0 else "减少"
            unit = way.unit
            amount = f"{output.number(abs(way.change), 2)}{unit and f' {unit}'}"
            share = way.change_share
            part = "" if share is None else f"，{output.number(abs(share) * 100)}%"
            output.say(f"    · {way.label}{verb} {amount}{part}；{way.words}")
    if level.score is not None:
        output.say(f"  得分：{level.score.words or '已达到'}。")
        for item in level.score.items:
            output.say(f"    · {item.label}：{item.words}")


def _say_lever(lever: Lever, keys: set[str], top: int) -> None:
    from zoneeval.model.standing import ZoneStanding

    if lever.lacking:
        output.say(f"· {lever.label}：{lever.lacking}。")
        return
    after = ZoneStanding("", 0, lever.at_least, lever.at_most, None, None, ())
    score = "" if lever.score is None else f"，得分 {output.number(lever.score, 4)}"
    count = len([one for one in lever.enterprises if one.uscc])
    land = "" if lever.land is None else f"，用地 {output.number(lever.land)} 亩"
    who = f"{count} 家企业{land}" if count else land.removeprefix("，")
    output.say(f"· {lever.label}（{who}）：变为{after.verdict}{score}")
    output.say(f"  {lever.words}。")
    _say_effects([effect for effect in lever.effects if effect.key in keys])
    if count and top:
        rows = [
            (
                f"    {one.name}",
                one.grade or output.MISSING,
                *(output.number(one.figures.get(key)) for key in _SHOWN),
                one.note,
            )
            for one in lever.enterprises[:top]
        ]
        headings = ("    企业", "类别", "税收（万元）", "增加值（万元）", "用地（亩）", "说明")
        output.say_table(headings, rows, "llrrr")
        if count > top:
            output.say(f"    另有 {count - top} 家。")


_SHOWN = ("tax_paid", "value_added", "land_area")


def _say_effects(effects: list[Effect] | tuple[Effect, ...]) -> None:
    from zoneeval.engine.zones.gap_words import figure_words

    def shown(key: str, value: float | None) -> str:
        return output.MISSING if value is None else figure_words(key, value)

    rows = [
        (
            f"    {effect.label}",
            shown(effect.key, effect.before),
            shown(effect.key, effect.after),
            f"{effect.missing} 家缺数据" if effect.missing else "",
        )
        for effect in effects
    ]
    if rows:
        output.say_table(("    指标", "现在", "变为", ""), rows, "lrr")


def _say_singles(key: str, listed: tuple[SingleEffect, ...]) -> None:
    from zoneeval.engine.zones.gap_words import figure_words
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    output.say(f"单个企业对“{ZONE_INDICATORS[key].label}”的影响（从大到小）：")
    rows = [
        (
            f"  {one.name}",
            one.grade or output.MISSING,
            figure_words(key, one.before),
            figure_words(key, one.after),
            one.words,
        )
        for one in listed
    ]
    output.say_table(("  企业", "类别", "现在", "变为", "怎样"), rows, "llrr")
