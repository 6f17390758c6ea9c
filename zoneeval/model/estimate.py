"""What a tariff means in money, enterprise by enterprise and in total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zoneeval.model.pricing import Direction

EstimateState = Literal["charged", "higher", "exempt", "unknown"]
STATE_WORDS: dict[EstimateState, str] = {
    "charged": "执行",
    "higher": "从高执行其他加价",
    "exempt": "免于执行",
    "unknown": "无法估算",
}


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One measure for one enterprise, for a whole year; amounts in 万元.

    ``amount`` is None where the use is not known, and 0 where the measure is known not
    to be charged.  ``displaced`` is what the enterprise pays now and no longer would,
    because only the highest surcharge is charged.  ``reason`` explains the state.
    """

    uscc: str
    name: str
    zone: str
    grade: str
    consecutive_years: int
    kind: str
    utility: str
    direction: Direction
    rate: float
    unit: str
    base: str
    use: float | None
    use_unit: str
    use_source: str
    amount: float | None
    displaced: float
    document: str
    illustrative: bool
    state: EstimateState
    reason: str = ""

    @property
    def net(self) -> float | None:
        """Return what changes for the enterprise, None where it is not known."""
        return None if self.amount is None else self.amount - self.displaced


@dataclass(frozen=True, slots=True)
class EstimateTotal:
    """The sum of a kind for a class; ``unknown`` enterprises are not in it.

    ``amount`` and ``net`` are None where no enterprise's amount is known.
    """

    direction: Direction
    kind: str
    grade: str
    enterprises: int
    charged: int
    not_charged: int
    unknown: int
    amount: float | None
    net: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Every line of an estimate, with what must be known to read it."""

    tariff_id: str
    tariff_title: str
    lines: tuple[EstimateLine, ...]
    totals: tuple[EstimateTotal, ...]
    warnings: tuple[str, ...]

    @property
    def unknown(self) -> tuple[EstimateLine, ...]:
        """Return the lines without an amount, which no total holds."""
        return tuple(line for line in self.lines if line.amount is None)


@dataclass(frozen=True, slots=True)
class EstimateChange:
    """One enterprise and kind under two tariffs; None is not known.

    A tariff that has no such measure for the class charges 0.
    """

    uscc: str
    name: str
    zone: str
    grade: str
    kind: str
    direction: Direction
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """Return what the second takes more, None where either is not known."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ChangeTotal:
    """Sums over those whose amount is known under both tariffs; the others are ``unknown``."""

    direction: Direction
    kind: str
    grade: str
    enterprises: int
    unknown: int
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """Return what the second takes more in total."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class EstimateComparison:
    """Two tariffs over the same run."""

    before: Estimate
    after: Estimate
    changes: tuple[EstimateChange, ...]
    totals: tuple[ChangeTotal, ...]
