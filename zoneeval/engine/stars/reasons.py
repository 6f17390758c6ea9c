"""Why a zone's level is what it is, or cannot be told, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zoneeval.engine.stars.cells import BELOW
from zoneeval.engine.stars.measures import earlier, measured
from zoneeval.engine.stars.table import Rated
from zoneeval.model.standing import CriterionStanding, ItemStanding, Reason, level_name
from zoneeval.policy.composite_schema import Item, ScoreLevels
from zoneeval.policy.ladder_rules import Gate, Veto


def level_or_none(level: int) -> int | None:
    """Return a level as it is shown: None below the gate."""
    return None if level == BELOW else int(level)


def reasons_of(
    rated: Rated,
    z: int,
    y: int,
    criteria: Sequence[CriterionStanding],
    items: Sequence[ItemStanding],
) -> tuple[Reason, ...]:
    """Return everything that bears on one zone's verdict of one year."""
    found: list[Reason] = []
    if not rated.peers.taking_part[z, y]:
        found.append(Reason("note", "not_assessed", "登记为当年未参加考核"))
    elif rated.peers.perhaps_away[z, y]:
        found.append(Reason("no_data", "not_assessed", "不知道当年是否参加了考核"))
    if rated.peers.group[z] < 0:
        found.append(Reason("peers", "peers", "没有登记同类组，不知道按哪一组的要求"))
    found += _of_criteria(rated, z, y, criteria)
    found += _of_items(rated, z, y, items)
    found += _of_conditions(rated, z, y)
    if rated.formers is not None:
        found += _of_movement(rated, z, y)
    return tuple(found)


def _of_criteria(
    rated: Rated, z: int, y: int, criteria: Sequence[CriterionStanding]
) -> list[Reason]:
    top = rated.ladder.levels - 1
    table_low, table_high = rated.table_at_least[z, y], rated.table_at_most[z, y]
    found = []
    for criterion in criteria:
        low = BELOW if criterion.level_at_least is None else criterion.level_at_least
        high = BELOW if criterion.level_at_most is None else criterion.level_at_most
        if criterion.value is None and low < high:
            words = f"{criterion.label}{_why_none(rated, criterion, z, y)}"
            found.append(Reason("no_data", criterion.key, words))
        elif low < high and low < table_high and high > table_low:
            unknown = [
                level_name(level)
                for level in range(max(low, table_low) + 1, min(high, top) + 1)
                if criterion.thresholds[level] == "unknown"
            ]
            words = f"{criterion.label}的{'、'.join(unknown)}标准未知"
            if unknown:
                found.append(Reason("unknown", criterion.key, words))
        if high < top and high <= table_high:
            asked = criterion.thresholds[high + 1]
            shown = f"{asked:g}{criterion.unit}" if isinstance(asked, float) else "的标准"
            words = f"{criterion.label}没有达到{level_name(high + 1)}要求的 {shown}"
            found.append(Reason("unmet", criterion.key, words))
    return found


def _why_none(rated: Rated, one: CriterionStanding, z: int, y: int) -> str:
    """Return why there is no figure: no data, or a growth from nothing."""
    grows = any(
        c.measure == "growth" and (c.label == one.label or (not c.label and "增速" in one.label))
        for c in rated.ladder.criteria
        if c.indicator == one.key
    )
    if grows:
        figures = rated.table.column(one.key)
        before = earlier(figures, rated.table.years)[z, y]
        if before <= 0 and not np.isnan(figures[z, y]):
            return "算不出（上年数为零或负数）"
    return "没有数据"


def _of_items(rated: Rated, z: int, y: int, items: Sequence[ItemStanding]) -> list[Reason]:
    made, score = rated.ladder.composite, rated.score
    if made is None or score is None:
        return []
    found = []
    if made.levels is None and not rated.ladder.criteria:
        found.append(Reason("unknown", "levels", "办法只评分排名，没有分级标准"))
    rules = {item.id: item for item in made.items}
    how = {
        "zero": "按 0 分计",
        "reweight": "权重分给其他各项",
        "block": "得分不能确定",
    }
    for item in items:
        if item.missing:
            rule = rules[item.id]
            words = how.get(rule.missing, f"按 {rule.missing_points or 0:g} 分计")
            kind = "no_data" if rule.missing == "block" else "note"
            lack = "没有数据" if item.value is None else "的基准没有数据或不是正数，算不出得分"
            found.append(Reason(kind, item.id, f"{item.label}{lack}，{words}"))  # type: ignore[arg-type]
        elif item.points_at_least < item.points_at_most:
            held = [part.base for part, _ in rules[item.id].measured]
            if "unknown" in held:
                words = f"{item.label}的基准未知，得分不能确定"
                found.append(Reason("unknown", item.id, words))
            elif "target" in held:
                words = f"{item.label}没有录入目标，或录入的目标不止一个数，得分不能确定"
                found.append(Reason("unknown", item.id, words))
            else:
                who = _without_data(rated, rules[item.id], z, y)
                why = f"{who}没有数据" if who else "同类园区有哪些不能确定"
                words = f"{item.label}要与同类园区比较，{why}，得分不能确定"
                found.append(Reason("peers", item.id, words))
    if made.levels is not None:
        found += _of_score(made.levels, rated, z, y)
    if made.levels is not None and score.low[z, y] == score.high[z, y]:
        cells = [name for name, every in made.levels.columns if "unknown" in every]
        if cells and rated.table_at_least[z, y] < rated.table_at_most[z, y]:
            found.append(Reason("unknown", "levels", "得分或名次的分级标准有未知的"))
        if not cells and score.best[z, y] < score.worst[z, y]:
            found.append(Reason("peers", "rank", "同类园区的得分不能确定，名次不能确定"))
    return found


def _without_data(rated: Rated, item: Item, z: int, y: int) -> str:
    """Return which of the zones that are compared with this one have no data, "" if none."""
    group = rated.peers.group
    lacking = np.zeros(len(group), dtype=bool)
    for part, _ in item.measured:
        if part.of_peers:
            figures = measured(rated.table, part.indicator, part.measure, rated.peers)
            everybody = part.population == "all" or group[z] < 0
            lacking |= np.isnan(figures[:, y]) & (everybody | (group == group[z]))
    lacking &= rated.peers.taking_part[:, y]
    names = [rated.table.zones[n] for n in np.flatnonzero(lacking)]
    if not names:
        return ""
    return "、".join(names) if len(names) <= _NAMED else f"{names[0]}等 {len(names)} 个园区"


_NAMED = 3
"""So many zones are all named."""


def _of_score(levels: ScoreLevels, rated: Rated, z: int, y: int) -> list[Reason]:
    """Return by how much a certain score misses the level after the zone's own."""
    score, level = rated.score, int(rated.table_at_most[z, y]) + 1
    if score is None or level >= len(levels.cutoffs):
        return []
    mine, asked = float(score.high[z, y]), levels.cutoffs[level]
    if not isinstance(asked, float) or mine >= asked or score.low[z, y] < mine:
        return []
    words = f"综合得分 {mine:g} 分，没有达到{level_name(level)}要求的 {asked:g} 分"
    return [Reason("unmet", "score", words)]


def _of_conditions(rated: Rated, z: int, y: int) -> list[Reason]:
    found = []
    for gate, truth in zip(rated.ladder.gates, rated.gates, strict=True):
        if not truth.possible[z, y]:
            after = f"，{gate.consequence}" if gate.consequence else ""
            found.append(Reason("gate", gate.label, f"没有达到门槛条件“{gate.label}”{after}"))
        elif not truth.sure[z, y]:
            found.append(Reason("gate", gate.label, f"门槛条件“{gate.label}”{_lack(gate)}"))
    consequence = rated.ladder.gate_consequence
    if consequence and rated.at_most[z, y] == BELOW:
        found.append(Reason("gate", "gate", f"未达门槛：{consequence}"))
    for veto, truth in zip(rated.ladder.vetoes, rated.vetoes, strict=True):
        if truth.sure[z, y]:
            found.append(Reason("veto", veto.label, f"{veto.label}：{effect_words(veto)}"))
        elif truth.possible[z, y]:
            words = f"否决条件“{veto.label}”{_lack(veto)}（{effect_words(veto)}）"
            found.append(Reason("veto", veto.label, words))
    return found


def _lack(rule: Gate | Veto) -> str:
    return "的标准未知" if rule.value == "unknown" else "没有数据，不能判定"


def effect_words(veto: Veto) -> str:
    """Return what a veto does, in words."""
    if veto.effect == "cap":
        return f"最高{level_name(veto.level)}"
    if veto.effect == "lower":
        return f"降低 {veto.by} 级"
    if veto.effect == "disqualify":
        return "取消当年评定资格"
    every = "每次" if veto.each else ""
    most = f"，最多 {veto.limit:g} 分" if veto.limit is not None else ""
    return f"{every}扣 {veto.points or 0:g} 分{most}"


def _of_movement(rated: Rated, z: int, y: int) -> list[Reason]:
    assert rated.formers is not None
    found = []
    low, high = int(rated.formers[0][z, y]), int(rated.formers[1][z, y])
    raised = rated.at_least[z, y] > rated.table_at_least[z, y]
    free_of_rules = not any(truth.possible[z, y] for truth in rated.vetoes) and all(
        truth.sure[z, y] for truth in rated.gates
    )
    held_back = rated.at_most[z, y] < rated.table_at_most[z, y] and free_of_rules
    if low < high:
        found.append(Reason("former", "former", "上年星级不能确定，升降限制也不能确定"))
    elif raised or held_back:
        words = f"上年为{level_name(level_or_none(low))}，按升降限制评定"
        found.append(Reason("movement", "movement", words))
    return found
