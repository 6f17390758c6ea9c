"""Checks that all rules of a ladder share: what they look at, and where they come from."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Protocol

from zoneeval.errors import UserError
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.composite_schema import Measured
from zoneeval.policy.faults import Path
from zoneeval.policy.ladder import Criterion
from zoneeval.policy.ladder_rules import PLAIN, PointsRule, Trigger
from zoneeval.units import convert


class Add(Protocol):
    """Notes a fault at a place of the file."""

    def __call__(self, path: Path, message: str, suggestion: str = "") -> None:
        """Note it."""


def unknown_indicator(given: str) -> tuple[str, str]:
    """Return the fault of an indicator that is not in the registry, and which was meant."""
    named = [
        key for key, one in ZONE_INDICATORS.items() if given in (one.label, *one.aliases)
    ] or get_close_matches(given, list(ZONE_INDICATORS), 1, 0.6)
    words = f"不认识园区指标“{given}”"
    if not given:
        words = "没有写园区指标"
    if len(named) == 1:
        return words, f"是不是 {named[0]}（{ZONE_INDICATORS[named[0]].label}）？"
    return words, "写指标的标识，见 zoneeval zone registry"


def check_figure(rule: Criterion | Trigger | Measured, here: Path, add: Add) -> None:
    """Find what is wrong with the indicator, the measure and the unit of a rule."""
    known = ZONE_INDICATORS.get(rule.indicator)
    if known is None:
        add((*here, "indicator"), *unknown_indicator(rule.indicator))
        return
    if rule.measure not in PLAIN:
        places = rule.measure in ("rank", "rank_change")
        if rule.unit not in (("", "位", "名") if places else ("", "%")):
            wanted = '"" 或 "位"' if places else '"" 或 "%"'
            add((*here, "unit"), f"这里的单位不能是“{rule.unit}”", f"写 {wanted}")
        return
    if rule.unit == known.unit:
        return
    try:
        convert(1.0, rule.unit, known.unit)
    except UserError:
        add((*here, "unit"), f"单位“{rule.unit}”不能换算成“{known.unit}”")


def check_trigger(rule: Trigger, here: Path, add: Add) -> None:
    """Find what is wrong with what a condition looks at."""
    promotion = isinstance(rule, PointsRule) and rule.promotion
    if rule.given == promotion:
        words = (
            "promotion 与 event、indicator 只能写一个" if promotion else "没有写 event 或 indicator"
        )
        add(here, words)
    if rule.indicator:
        check_figure(rule, here, add)
    if rule.event and rule.unit:
        add((*here, "unit"), "事项按次数计，不写单位")


class Sourced(Protocol):
    """A rule that says what it rests on."""

    @property
    def cite(self) -> str:
        """Return the id of its citation."""

    @property
    def illustrative(self) -> bool:
        """Tell whether its figures were not published."""


def check_source(rule: Sourced, here: Path, cited: set[str], add: Add) -> None:
    """Find out whether a rule says what it rests on."""
    if rule.cite and rule.cite not in cited:
        add((*here, "cite"), f"依据“{rule.cite}”没有在 citations 中列出")
    if not rule.cite and not rule.illustrative:
        add(here, "没有写依据", "写上 cite，没有公布的写 illustrative = true")
