"""Star ladders as data: levels by criteria, scores, and what may move the level."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.policy.composite_schema import Composite, PeerGroup
from zoneeval.policy.ladder_rules import (
    OF_PEERS,
    Gate,
    Measure,
    Movement,
    Threshold,
    Trigger,
    Veto,
    YearsRule,
)

__all__ = ["Combine", "Criterion", "Ladder", "Threshold"]

Combine = Literal["all", "n_of", "mandatory", "weighted"]


class Criterion(Rule):
    """One column of the ladder: a zone indicator and what each level asks of it.

    ``thresholds`` run from the gate up, in ``unit``; one per level.  ``mandatory``
    criteria must be met in any case; ``weight`` counts with combine = "weighted".
    ``peers`` names the groups of zones that are asked at all.
    """

    indicator: str
    label: str = ""
    unit: str
    thresholds: tuple[Threshold, ...]
    direction: Literal["benefit", "cost"] = "benefit"
    measure: Measure = "value"
    mandatory: bool = False
    weight: Annotated[float, Field(gt=0)] = 1
    peers: tuple[str, ...] = ()
    cite: str = ""
    illustrative: bool = False


class Ladder(RuleFile):
    """A star ladder; ``levels`` counts the gate and the stars (7 for six stars).

    ``combine``: "all" a level is reached when every criterion reaches it; "n_of" when
    ``need`` of them do; "mandatory" when the mandatory ones and ``need`` of the others
    do; "weighted" when the weights of those that do add up to ``need``.  A blank cell
    counts as met.  ``cumulative``: the lower levels must be reached too.  ``scope`` says
    in words which zones and years it was made for.  With a composite that has levels,
    the lower of the two levels counts.
    """

    levels: Annotated[int, Field(ge=2, le=10)]
    combine: Combine = "all"
    combine_assumed: bool = False
    need: Annotated[float, Field(gt=0)] | None = None
    cumulative: bool = True
    scope: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    gate_consequence: str = ""
    criteria: tuple[Criterion, ...] = ()
    gates: tuple[Gate, ...] = ()
    composite: Composite | None = None
    peers: tuple[PeerGroup, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    movement: Movement | None = None
    years_rules: tuple[YearsRule, ...] = ()
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    @model_validator(mode="after")
    def _gives_a_level(self) -> Ladder:
        if not self.criteria and not self.composite:
            raise ValueError("criteria（各项标准）和 composite（综合得分）至少要写一个")
        return self

    @property
    def event_kinds(self) -> dict[str, str]:
        """Return the kinds of events that the ladder looks at, with what they are for."""
        made = self.composite
        points = (*made.bonuses, *made.deductions) if made is not None else ()
        rules: tuple[Trigger | YearsRule, ...] = (
            *self.gates,
            *self.vetoes,
            *points,
            *self.years_rules,
        )
        return {rule.event: getattr(rule, "label", "") for rule in rules if rule.event}

    @property
    def of_years(self) -> bool:
        """Tell whether a zone's verdict may rest on earlier years."""
        measures = [c.measure for c in self.criteria]
        measures += [trigger.measure for trigger in (*self.gates, *self.vetoes)]
        several = self.composite or self.movement or self.years_rules
        return bool(several) or any(m not in ("value", "over_mean", "rank") for m in measures)

    @property
    def of_peers(self) -> bool:
        """Tell whether a zone's verdict rests on the other zones too."""
        made = self.composite
        measures = [c.measure for c in self.criteria]
        measures += [trigger.measure for trigger in (*self.gates, *self.vetoes)]
        if any(measure in OF_PEERS for measure in measures):
            return True
        if made is None:
            return False
        ranked = made.levels is not None and {n for n, _ in made.levels.columns} != {"cutoffs"}
        return ranked or made.of_peers
