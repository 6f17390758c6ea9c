"""What rating zones needs beside their figures: former stars and recorded events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOT_ASSESSED = "not_assessed"
"""The kind of event that says a zone took no part in a year's assessment."""


@dataclass(frozen=True, slots=True)
class StarHistory:
    """Official levels by zone and year: None is below the gate, absent is not known.

    ``complete_since`` is the year before which no zone held a star, where that is known;
    without it nobody can say that a zone never held a star before.
    """

    levels: Mapping[tuple[str, int], int | None] = field(default_factory=dict)
    complete_since: int | None = None


@dataclass(frozen=True, slots=True)
class ZoneEvents:
    """Numbers of recorded events by zone, year and kind; absent is none, NaN not known."""

    counts: Mapping[tuple[str, int, str], float] = field(default_factory=dict)
