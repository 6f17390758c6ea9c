"""Star ladders as data: levels by criteria, with blank and unknown cells."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from zoneeval.policy.citations import Rule, RuleFile

Threshold = float | Literal["", "unknown"]
"""A figure, "" where the level asks nothing, "unknown" where no document was found."""


class Criterion(Rule):
    """One column of the ladder: a zone indicator and what each level asks of it.

    ``thresholds`` run from the gate up, in ``unit``; one per level.
    """

    indicator: str
    label: str = ""
    unit: str
    thresholds: tuple[Threshold, ...]
    direction: Literal["benefit", "cost"] = "benefit"
    cite: str = ""
    illustrative: bool = False


class Ladder(RuleFile):
    """A star ladder; ``levels`` counts the gate and the stars (7 for six stars).

    ``combine`` = "all": a level is reached when every criterion reaches it.
    ``scope`` says in words which zones and years it was made for.
    """

    levels: Annotated[int, Field(ge=2, le=10)]
    combine: Literal["all"] = "all"
    combine_assumed: bool = False
    scope: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    fingerprint: str = ""
    text: str = Field(default="", repr=False)
