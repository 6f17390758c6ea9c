"""Checks of composite scores: weights, units, ends, and levels by score or place."""

from __future__ import annotations

from itertools import pairwise

from zoneeval.policy.composite_schema import Composite, Item, Measured, ScoreLevels
from zoneeval.policy.faults import Path
from zoneeval.policy.figure_checks import Add, check_figure, check_source, check_trigger
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.ladder_rules import PointsRule
from zoneeval.policy.methods import Efficacy, Ratio, ReverseLinear


def check_composite(ladder: Ladder, made: Composite, cited: set[str], add: Add) -> None:
    """Find everything that is wrong with a composite score."""
    root: Path = ("composite",)
    for number, item in enumerate(made.items):
        here = (*root, "items", number)
        if item.id in [other.id for other in made.items[:number]]:
            add((*here, "id"), f"编号“{item.id}”重复")
        if item.group and item.group not in made.groups:
            add((*here, "group"), f"“{item.group}”没有在 groups 中列出")
        for at, (part, _) in enumerate(item.measured):
            _check_measured(part, (*here, "parts", at) if item.parts else here, item, add)
        check_source(item, here, cited, add)
    _check_weights(ladder, made, add)
    sections: tuple[tuple[str, tuple[PointsRule, ...]], ...] = (
        ("bonuses", made.bonuses),
        ("deductions", made.deductions),
    )
    for name, rules in sections:
        for number, rule in enumerate(rules):
            here = (*root, name, number)
            _check_points(ladder, name, rule, here, add)
            check_source(rule, here, cited, add)
    if made.levels is not None:
        _check_levels(ladder, made.levels, (*root, "levels"), add)
        levels = made.levels
        check_source(levels, (*root, "levels"), cited, add)


def _check_measured(part: Measured, here: Path, item: Item, add: Add) -> None:
    check_figure(part, here, add)
    wanted = isinstance(part.method, Ratio | ReverseLinear)
    if wanted and part.base is None:
        add((*here, "base"), f"缺少“base”：按 {part.method.kind} 计分要与基准相比")
    if part.direction == "cost" and isinstance(part.method, Ratio) and item.cap is None:
        add(here, "越低越好的比值没有上限", "写上 cap，如 cap = 1")
    if part.base == "target" and part.measure != "value":
        add((*here, "base"), "只有指标本身能与目标相比", "删去 measure，或改写 base")
    method = part.method
    if isinstance(method, Efficacy) and method.worst is not None and method.best is not None:
        rises = method.best > method.worst
        if rises == (part.direction == "cost"):
            add((*here, "method"), "满意值（best）和不允许值（worst）与指标的方向相反")


def _check_weights(ladder: Ladder, made: Composite, add: Add) -> None:
    total = sum(item.weight for item in made.items)
    if abs(total - made.total) > 1e-6:
        add(("composite", "items"), f"权重合计 {total:g}，应为 {made.total:g}")
    ids = [item.id for item in made.items]
    for number, peer in enumerate(ladder.peers):
        here: Path = ("peers", number, "weights")
        for key in peer.weights:
            if key not in ids:
                add(here, f"“{key}”不是综合得分的一项")
        if any(weight < 0 for weight in peer.weights.values()):
            add(here, "权重不能小于 0")
        own = sum(peer.weights.get(item.id, item.weight) for item in made.items)
        if peer.weights and abs(own - made.total) > 1e-6:
            add(here, f"“{peer.label}”的权重合计 {own:g}，应为 {made.total:g}")


def _check_points(ladder: Ladder, name: str, rule: PointsRule, here: Path, add: Add) -> None:
    check_trigger(rule, here, add)
    if rule.promotion and (name == "deductions" or not ladder.criteria):
        add((*here, "promotion"), "首次晋级加分要有各项标准（criteria），且只用于加分")
    if rule.each and rule.op not in (">=", ">"):
        add((*here, "op"), "逐次计分要用 >= 或 >")


def _check_levels(ladder: Ladder, rule: ScoreLevels, here: Path, add: Add) -> None:
    for name, cells in rule.columns:
        if len(cells) != ladder.levels:
            add(
                (*here, name),
                f"有 {len(cells)} 个数，而阶梯有 {ladder.levels} 级",
                '从门槛起每级一个，没有要求写 ""，未知写 "unknown"',
            )
        figures = [cell for cell in cells if isinstance(cell, float)]
        rising = name == "cutoffs"
        if any((b < a) if rising else (b > a) for a, b in pairwise(figures)):
            add((*here, name), "各级的要求没有逐级提高", "星级越高要求应越高")
        if name == "shares" and any(not 0 <= figure <= 1 for figure in figures):
            add((*here, name), "比例应在 0 和 1 之间", "例如 20% 写 0.2")
        if name in ("ranks", "quotas") and any(f < 0 or f != int(f) for f in figures):
            add((*here, name), "名次和名额应当是整数")
