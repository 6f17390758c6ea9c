"""What is recorded of a zone beside its figures: chosen slots, its kind, events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from zoneeval.errors import InputError

Slot = Literal["computed", "official"]
SLOT_WORDS: dict[Slot, str] = {"computed": "汇总数", "official": "公布数"}
_INDUSTRY = re.compile(r"([A-Za-z]?)(\d{2,4})")


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """Which of the two figures rates a zone in a period (2019, 2019Q2, 2019-06)."""

    zone: str
    period: str
    indicator: str
    choice: Slot
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ZoneProfile:
    """A zone's kind, the peers it is ranked with, and its leading industries.

    ``leading_industries`` are the first two to four digits of industry codes.
    """

    zone: str
    kind: str | None = None
    peer_group: str | None = None
    leading_industries: tuple[str, ...] = ()
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ZoneEvent:
    """Something counted that happened in a zone: an accident, an inspection finding."""

    id: int
    zone: str
    occurred_on: str
    kind: str
    count: float = 1.0
    document: str | None = None
    note: str | None = None

    @property
    def year(self) -> int:
        """Return the year it happened in."""
        return int(self.occurred_on[:4])


def industry_codes(text: str) -> tuple[str, ...]:
    """Return the codes of 30、C35,3610; raise InputError where one is none."""
    found: dict[str, None] = {}
    for word in re.split(r"[\s、，,;；/|]+", text.strip()):
        if not word:
            continue
        match = _INDUSTRY.fullmatch(word)
        if match is None:
            raise InputError(
                f"主导产业“{word}”不是行业代码。请填写国民经济行业分类代码的前二至四位，"
                "如 36（汽车制造业），多个用顿号隔开。"
            )
        found[match[2]] = None
    return tuple(found)
