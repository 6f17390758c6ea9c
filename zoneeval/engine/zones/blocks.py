"""What keeps a zone from a level whatever its figures on the table say."""

from __future__ import annotations

from zoneeval.engine.stars.cells import in_registry_unit
from zoneeval.engine.stars.reasons import effect_words, level_or_none
from zoneeval.engine.stars.table import Rated
from zoneeval.engine.stars.triggers import Truth
from zoneeval.engine.zones.gap_words import figure_words, number_words
from zoneeval.model.gap import Block
from zoneeval.model.standing import level_name
from zoneeval.policy.ladder_rules import PLAIN, Gate, Veto


def blocks_of(rated: Rated, z: int, y: int, level: int) -> tuple[Block, ...]:
    """Return the gates, vetoes and limits of movement that stand before a level."""
    found: list[Block] = []
    if rated.peers.group[z] < 0:
        found.append(Block("peers", "同类组", False, "没有登记同类组，不知道按哪一组的要求"))
    for gate, truth in zip(rated.ladder.gates, rated.gates, strict=True):
        if not truth.sure[z, y]:
            found.append(_gate(gate, truth, z, y))
    for veto, truth in zip(rated.ladder.vetoes, rated.vetoes, strict=True):
        if truth.possible[z, y] and _touches(rated, veto, z, y, level):
            found.append(_veto(veto, truth, z, y))
    return (*found, *_movement(rated, z, y, level))


def _touches(rated: Rated, veto: Veto, z: int, y: int, level: int) -> bool:
    """Tell whether a veto bears on the level at all."""
    if veto.effect == "cap":
        return veto.level is not None and veto.level < level
    return veto.effect != "subtract" or rated.score is not None


def _gate(gate: Gate, truth: Truth, z: int, y: int) -> Block:
    after = f"；{gate.consequence}" if gate.consequence else ""
    if not truth.possible[z, y]:
        return Block("gate", gate.label, True, f"没有达到{_state(gate, truth, z, y)}{after}")
    open_words = "标准未知" if gate.value == "unknown" else "没有数据，不能判定是否达到"
    return Block("gate", gate.label, False, open_words + after)


def _veto(veto: Veto, truth: Truth, z: int, y: int) -> Block:
    effect = effect_words(veto)
    if not truth.sure[z, y]:
        why = "标准未知" if veto.value == "unknown" else "没有数据，不能排除"
        return Block("veto", veto.label, False, f"{why}；如成立，{effect}")
    return Block("veto", veto.label, True, f"已成立{_state(veto, truth, z, y)}：{effect}")


def _state(rule: Gate | Veto, truth: Truth, z: int, y: int) -> str:
    """Return the figure beside the limit: （现为 3 起，标准 >= 1 起）."""
    value = float(truth.figures[z, y])
    if rule.event:
        limit = rule.value if isinstance(rule.value, float) else None
        asked = f"，标准{_OPS[rule.op]} {number_words(limit)} 次" if limit is not None else ""
        return f"（登记 {number_words(value)} 次{asked}）"
    asked = ""
    if isinstance(rule.value, float):
        limit = in_registry_unit(rule.value, rule.unit, rule.indicator, rule.measure)
        asked = f"，标准{_OPS[rule.op]} {_shown(rule, limit)}"
    return f"（现为 {_shown(rule, value)}{asked}）"


def _shown(rule: Gate | Veto, value: float) -> str:
    unit = None if rule.measure in PLAIN else ""
    return figure_words(rule.indicator, value, unit, rule.measure)


_OPS = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于"}


def _movement(rated: Rated, z: int, y: int, level: int) -> tuple[Block, ...]:
    rule, formers = rated.ladder.movement, rated.formers
    if rule is None or formers is None:
        return ()
    low, high = int(formers[0][z, y]), int(formers[1][z, y])
    found = []
    if rule.max_up is not None and low + rule.max_up < level:
        if low == high:
            former = level_name(level_or_none(low))
            words = f"上年为{former}，一年最多上升 {rule.max_up} 级"
            found.append(Block("movement", "升级限制", True, words))
        else:
            words = f"一年最多上升 {rule.max_up} 级，而上年星级不能确定"
            found.append(Block("former", "升级限制", high + rule.max_up < level, words))
    if rule.hold_years and level > low:
        words = f"须保持现有星级满 {rule.hold_years} 年才能升级"
        reached = rated.table_at_least[z, y] >= level > rated.at_most[z, y]
        found.append(Block("movement", "升级年限", bool(reached and low == high), words))
    return tuple(found)
