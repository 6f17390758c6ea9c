"""The factor table: how much standard coal a unit of each kind of energy stands for.

The figures are data (``gbt2589-2020.toml``), each with its confidence and source.  A
figure that is not known for certain has none and must be entered.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from zoneeval.errors import InputError
from zoneeval.units import ratio, same_dimension

CALORIFIC = "当量值"
EQUIVALENT = "等价值"
BASES = (CALORIFIC, EQUIVALENT)
TARGET = "吨标准煤"
CONFIDENCE = {
    "confirmed": "已核对",
    "seen": "待核对",
    "unknown": "须录入",
    "entered": "本地录入",
}
"""How sure a figure is, by word of the table."""

Place = tuple[str, str, str]
"""Which factor: kind, unit it is per, basis ("" where there is only one)."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Standard coal (kgce) per unit; None where it must be entered, within low and high."""

    per: str
    kgce: float | None
    confidence: str
    source: str
    basis: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class EnergyKind:
    """One kind of energy and its factors, one per kind of unit and basis."""

    key: str
    label: str
    aliases: tuple[str, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class FactorTable:
    """A versioned factor table; ``basis`` is how electricity is counted."""

    id: str
    title: str
    standard: str
    version: str
    basis: str
    note: str
    kinds: Mapping[str, EnergyKind]
    fingerprint: str

    def factor(self, kind: str, unit: str) -> Factor | None:
        """Return the factor for amounts in ``unit``, or None where none has its dimension."""
        for factor in self.kinds[kind].factors:
            if factor.basis in ("", self.basis) and same_dimension(factor.per, unit):
                return factor
        return None

    def by(self, kind: str, unit: str) -> Fraction | None:
        """Return the tonnes of standard coal in one ``unit``, exact; None where not known."""
        factor = self.factor(kind, unit)
        if factor is None or factor.kgce is None:
            return None
        kgce = Fraction(Decimal(repr(factor.kgce)))
        return ratio(unit, factor.per) * kgce / 1000

    def as_json(self) -> dict[str, object]:
        """Return the table with every figure, its confidence and source."""
        return {
            "id": self.id,
            "title": self.title,
            "standard": self.standard,
            "version": self.version,
            "basis": self.basis,
            "note": self.note,
            "fingerprint": self.fingerprint,
            "factors": [
                {
                    "kind": kind.key,
                    "label": kind.label,
                    "per": factor.per,
                    "kgce": factor.kgce,
                    "basis": factor.basis or None,
                    "confidence": factor.confidence,
                    "low": factor.low,
                    "high": factor.high,
                    "source": factor.source,
                }
                for kind in self.kinds.values()
                for factor in kind.factors
            ],
        }


def parse_factors(text: str) -> FactorTable:
    """Return the table that a TOML text describes; keys and units must be known."""
    raw = tomllib.loads(text)
    kinds: dict[str, EnergyKind] = {}
    for entry in raw["kind"]:
        factors = tuple(_factor(f) for f in entry["factors"])
        key = entry["key"]
        if key in kinds:
            raise ValueError(f"{key} twice")
        kinds[key] = EnergyKind(key, entry["label"], tuple(entry["aliases"]), factors)
    if raw["basis"] not in BASES:
        raise ValueError(raw["basis"])
    return FactorTable(
        raw["id"], raw["title"], raw["standard"], raw["version"], raw["basis"], raw["note"],
        kinds, hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def _factor(raw: Mapping[str, Any]) -> Factor:
    kgce = raw.get("kgce")
    if raw["confidence"] not in CONFIDENCE or (kgce is None) != (raw["confidence"] == "unknown"):
        raise ValueError(str(raw))
    ratio(raw["per"], raw["per"])
    return Factor(
        raw["per"], kgce, raw["confidence"], raw["source"], raw.get("basis", ""),
        raw.get("low"), raw.get("high"),
    )  # fmt: skip


@cache
def shipped_factors() -> FactorTable:
    """Return the table that comes with the program."""
    text = files("zoneeval.energy").joinpath("gbt2589-2020.toml").read_text("utf-8")
    return parse_factors(text)


def entered(
    table: FactorTable, figures: Mapping[Place, tuple[float, str]], basis: str | None = None
) -> FactorTable:
    """Return the table with figures entered locally (kgce, document) and the basis chosen.

    Raises :class:`InputError` for a kind that does not exist or a figure that is not
    above 0.
    """
    if basis is not None and basis not in BASES:
        raise InputError(f"电力折算口径只能是{CALORIFIC}或{EQUIVALENT}，现为“{basis}”。")
    kinds = dict(table.kinds)
    for (key, per, of_basis), (kgce, document) in figures.items():
        kind = kinds.get(key)
        places = [(f.per, f.basis) for f in kind.factors] if kind else []
        if kind is None or (per, of_basis) not in places:
            raise InputError(f"折标系数表中没有“{key}”按“{per}”计的{of_basis}系数。")
        if not 0 < kgce < 100:
            raise InputError(
                f"“{kind.label}”的折标系数应大于 0、小于 100（千克标准煤/{per}），现为 {kgce:g}。"
            )
        kinds[key] = replace(
            kind,
            factors=tuple(
                replace(f, kgce=float(kgce), confidence="entered", source=document)
                if (f.per, f.basis) == (per, of_basis)
                else f
                for f in kind.factors
            ),
        )
    return replace(table, kinds=kinds, basis=basis or table.basis)
