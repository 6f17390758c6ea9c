"""What the policies brought, per year and class: money charged and relieved, and freed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from zoneeval.errors import InputError
from zoneeval.model.exits import Known
from zoneeval.model.period import Period

EffectKind = Literal["charged", "relieved"]
EFFECT_WORDS: Mapping[EffectKind, str] = {"charged": "加价", "relieved": "减免"}
MONEY: Mapping[str, float] = {"元": 0.0001, "万元": 1.0, "亿元": 10000.0}
"""How many 万元 one of a unit is."""


@dataclass(frozen=True, slots=True)
class EffectEntry:
    """An amount of money that was entered: of a class, in a period, after a document."""

    id: int
    year: int
    period: str
    grade: str
    kind: EffectKind
    amount: float
    unit: str
    document: str
    note: str | None = None

    @property
    def in_wan(self) -> float:
        """Return the amount in 万元."""
        return self.amount * MONEY[self.unit]


@dataclass(frozen=True, slots=True)
class Effect:
    """One year and class (None: cases that no class opened); money in 万元.

    ``charged`` and ``relieved`` are None where nothing was entered.  ``months_charged``
    and ``months_relieved`` say for how many months of the year they were.
    """

    year: int
    grade: str | None
    charged: float | None
    relieved: float | None
    months_charged: int
    months_relieved: int
    cases: int
    land: Known
    energy: Known
    emission: Known
    people: Known


@dataclass(frozen=True, slots=True)
class Expected:
    """What a tariff would bring in a year from a class, in 万元: an estimate, no account.

    A sum is of the enterprises whose use is known; ``missing`` counts the others, by kind.
    """

    grade: str
    charged: Known
    relieved: Known


def effect_kind(text: str) -> EffectKind:
    """Return the kind of a word or identifier; raise InputError for another one."""
    words = text.strip()
    for kind in get_args(EffectKind):
        if words in (kind, EFFECT_WORDS[kind]):
            return kind  # type: ignore[no-any-return]
    raise InputError(f"项目“{text}”无法识别，可选：charged（加价）、relieved（减免）。")


def months_of(period: str) -> frozenset[int]:
    """Return the months of a period by itself: of 2025Q2 April to June, not January to June."""
    part = Period.parse(period).part
    if not part:
        return frozenset(range(1, 13))
    if part.startswith("Q"):
        last = int(part[1]) * 3
        return frozenset(range(last - 2, last + 1))
    return frozenset((int(part),))


def period_words(period: str) -> str:
    """Return 2025 年全年, 2025 年二季度, 2025 年6月."""
    at = Period.parse(period)
    if not at.part:
        return f"{at.year} 年全年"
    if at.part.startswith("Q"):
        return f"{at.year} 年{'一二三四'[int(at.part[1]) - 1]}季度"
    return f"{at.year} 年{int(at.part)}月"
