"""Checks of star ladders that span several sections."""

from __future__ import annotations

from itertools import pairwise

from zoneeval.errors import UserError
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.composite_checks import check_composite
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.policy.figure_checks import (
    Add,
    check_figure,
    check_source,
    check_trigger,
    unknown_indicator,
)
from zoneeval.policy.ladder import Criterion, Ladder
from zoneeval.policy.ladder_rules import PLAIN, Gate, Veto
from zoneeval.units import convert


def ladder_faults(ladder: Ladder, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a ladder's sections have together."""
    faults: list[Fault] = []

    def add(path: Path, message: str, suggestion: str = "") -> None:
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))

    cited = {c.id for c in ladder.citations}
    for number, criterion in enumerate(ladder.criteria):
        _check_criterion(ladder, criterion, ("criteria", number), add)
        check_source(criterion, ("criteria", number), cited, add)
    _check_combination(ladder, add)
    _check_rules(ladder, cited, add)
    for number, peer in enumerate(ladder.peers):
        if peer.id in [other.id for other in ladder.peers[:number]]:
            add(("peers", number, "id"), f"同类组编号“{peer.id}”重复")
    if ladder.composite is not None:
        check_composite(ladder, ladder.composite, cited, add)
    return faults


def _check_criterion(ladder: Ladder, criterion: Criterion, here: Path, add: Add) -> None:
    known = ZONE_INDICATORS.get(criterion.indicator)
    if known is None:
        add((*here, "indicator"), *unknown_indicator(criterion.indicator))
    elif criterion.measure not in PLAIN:
        check_figure(criterion, here, add)
    elif criterion.unit != known.unit:
        try:
            convert(1.0, criterion.unit, known.unit)
        except UserError:
            add((*here, "unit"), f"单位“{criterion.unit}”不能换算成“{known.unit}”")
    if len(criterion.thresholds) != ladder.levels:
        add(
            (*here, "thresholds"),
            f"有 {len(criterion.thresholds)} 个门槛值，而阶梯有 {ladder.levels} 级",
            '从门槛起每级一个，没有要求写 ""，未知写 "unknown"',
        )
    figures = [t for t in criterion.thresholds if isinstance(t, float)]
    rising = criterion.direction == "benefit"
    if any((b < a) if rising else (b > a) for a, b in pairwise(figures)):
        add((*here, "thresholds"), "门槛值没有逐级提高", "星级越高要求应越高")
    for group in criterion.peers:
        if group not in [peer.id for peer in ladder.peers]:
            add((*here, "peers"), f"同类组“{group}”没有在 peers 中列出")


def _check_combination(ladder: Ladder, add: Add) -> None:
    mandatory = sum(criterion.mandatory for criterion in ladder.criteria)
    rest = len(ladder.criteria) - (mandatory if ladder.combine == "mandatory" else 0)
    if (ladder.combine == "all") != (ladder.need is None):
        add(("need",), 'need（须达到几项）要与 combine = "n_of"、"mandatory"、"weighted" 一起写')
    elif ladder.combine in ("n_of", "mandatory") and ladder.need is not None:
        if ladder.need != int(ladder.need):
            add(("need",), "need（须达到几项）应当是整数")
        if ladder.need > rest:
            add(("need",), f"need 是 {ladder.need:g}，而可以计数的指标只有 {rest} 项")
    elif ladder.combine == "weighted" and ladder.need is not None:
        total = sum(criterion.weight for criterion in ladder.criteria)
        if ladder.need > total + 1e-9:
            add(("need",), f"need 是 {ladder.need:g}，而权重合计只有 {total:g}")
    if mandatory and ladder.combine != "mandatory":
        add(("combine",), "有必须达到的指标（mandatory）", '写 combine = "mandatory"')
    if ladder.combine == "mandatory" and not mandatory:
        add(("combine",), "没有写哪些指标必须达到", "在这些指标下写 mandatory = true")


def _check_rules(ladder: Ladder, cited: set[str], add: Add) -> None:
    sections: tuple[tuple[str, tuple[Gate | Veto, ...]], ...] = (
        ("gates", ladder.gates),
        ("vetoes", ladder.vetoes),
    )
    for name, rules in sections:
        for number, rule in enumerate(rules):
            check_trigger(rule, (name, number), add)
            check_source(rule, (name, number), cited, add)
    for number, veto in enumerate(ladder.vetoes):
        if veto.level is not None and veto.level >= ladder.levels:
            add(("vetoes", number, "level"), f"没有第 {veto.level} 级")
        if veto.effect == "subtract" and ladder.composite is None:
            add(
                ("vetoes", number, "effect"),
                "没有综合得分，不能扣分",
                "写 composite，或改用其他方式",
            )
    if ladder.movement is not None:
        check_source(ladder.movement, ("movement",), cited, add)
    for number, several in enumerate(ladder.years_rules):
        here: Path = ("years_rules", number)
        if several.id in [other.id for other in ladder.years_rules[:number]]:
            add((*here, "id"), f"编号“{several.id}”重复")
        if (several.bottom or several.top) and ladder.composite is None:
            add(here, "没有综合得分，不能按名次", "写 composite，或改用 below、at_least")
        check_source(several, here, cited, add)
