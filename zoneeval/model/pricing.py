"""One line of a price list: a utility account and what its enterprise's class means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PricedAccount:
    """One account; ``rate`` is None where no published rate was found (待定).

    ``account`` is None for an enterprise whose account number is not known.
    """

    utility: str
    uscc: str
    enterprise: str
    zone: str
    account_name: str | None
    account: str | None
    grade: str
    consecutive_years: int
    rate: float | None
    unit: str
    starts: str
    ends: str
    document: str
