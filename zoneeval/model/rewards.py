"""What a zone may claim for a star year under a reward scheme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RewardItem:
    """One award of a scheme; ``applies`` is None where it cannot be decided.

    ``amount`` is in the scheme's unit and is what the award pays if it applies.
    """

    label: str
    amount: float
    applies: bool | None
    reason: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ZoneReward:
    """What one scheme pays one zone for one star year, between two bounds.

    ``scope`` says in words which zones the scheme is for: whether this is one of them
    is for the reader to see.
    ``items`` are the awards that apply or may apply; ``reasons`` say why the amount is
    not certain, or why there is none.
    """

    scheme: str
    scheme_title: str
    payer: str
    scope: str
    zone: str
    year: int
    unit: str
    items: tuple[RewardItem, ...]
    at_least: float
    at_most: float
    reasons: tuple[str, ...] = ()

    @property
    def amount(self) -> float | None:
        """Return the amount where it is certain."""
        return self.at_least if self.at_least == self.at_most else None
