"""Figures of zones: computed and official beside each other, and which one is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zoneeval.model.zone_registry import Population, ZoneIndicator, registry

__all__ = [
    "ZONE_INDICATORS",
    "Population",
    "ZoneFigure",
    "ZoneFigures",
    "ZoneIndicator",
]


class _Registry(Mapping[str, ZoneIndicator]):
    """The registry as a mapping that is read when first looked into."""

    def __getitem__(self, key: str) -> ZoneIndicator:
        return registry()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(registry())

    def __len__(self) -> int:
        return len(registry())


ZONE_INDICATORS: Mapping[str, ZoneIndicator] = _Registry()
"""Every zone indicator by identifier: totals first, then ratios, then changes."""

BASIS_WORDS = {
    "comparable": "可比价",
    "entered": "公布数",
    "nominal": "按现价计算",
    "points": "百分点",
}
"""How a change came about, by ``ZoneFigure.basis``."""


@dataclass(frozen=True, slots=True)
class ZoneFigure:
    """One indicator of one zone and period, in the registry's unit.

    ``computed`` comes from the enterprises (for a ratio: from the two totals used, for
    a change: from two periods), ``official`` was entered or imported, ``used`` is the one
    that rates the zone and ``slot`` which of the two that is; ``chosen`` says that the
    office chose it.  ``missing`` counts enterprises that should have been summed but gave
    no value, ``undecided`` those of which it is not known whether they belong to the
    population.  ``basis`` says how a change came about, ``lacking`` why there is no figure.
    """

    key: str
    computed: float | None
    official: float | None
    used: float | None
    numerator: float | None = None
    denominator: float | None = None
    source: str = ""
    missing: int = 0
    undecided: int = 0
    slot: str = ""
    chosen: bool = False
    basis: str = ""
    lacking: str = ""

    @property
    def definition(self) -> ZoneIndicator:
        """Return the registry's entry."""
        return ZONE_INDICATORS[self.key]

    @property
    def difference(self) -> float | None:
        """Return computed minus official, None unless both are there."""
        if self.computed is None or self.official is None:
            return None
        return self.computed - self.official

    @property
    def difference_share(self) -> float | None:
        """Return the difference as a share of the official figure."""
        difference = self.difference
        return difference / abs(self.official) if difference is not None and self.official else None

    def as_json(self, details: bool = False) -> dict[str, object]:
        """Return the figure in the shape of the command line's contract."""
        plain: dict[str, object] = {
            "computed": self.computed,
            "official": self.official,
            "used": self.used,
            "unit": self.definition.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "source": self.source,
        }
        if not details:
            return plain
        known = self.definition
        return {
            **plain,
            "label": known.label,
            "kind": known.kind,
            "population": known.population,
            "where": known.where or None,
            "numerator_of": known.numerator or None,
            "denominator_of": known.denominator or None,
            "difference": self.difference,
            "difference_share": self.difference_share,
            "slot": self.slot or None,
            "chosen": self.chosen,
            "basis": self.basis or None,
            "missing": self.missing,
            "undecided": self.undecided,
            "lacking": self.lacking or None,
        }


ZoneFigures = dict[str, ZoneFigure]
"""Figures of one zone and period by identifier."""
