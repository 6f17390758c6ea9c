"""Figures of many zones over years as one block, for rating them all at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zoneeval.errors import InputError
from zoneeval.model.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ZoneTable:
    """The figures used: ``values[zone, year, key]`` in the registry's unit.

    NaN is no data.  The years rise; a year that nobody knows anything of may be
    left out.
    """

    zones: tuple[str, ...]
    years: tuple[int, ...]
    keys: tuple[str, ...]
    values: FloatArray

    def __post_init__(self) -> None:
        shape = (len(self.zones), len(self.years), len(self.keys))
        if self.values.shape != shape:
            raise InputError(
                f"园区指标表的大小 {self.values.shape} 与园区、年度、指标的个数 {shape} 不符。"
            )
        if list(self.years) != sorted(set(self.years)):
            raise InputError("园区指标表的年度应由早到晚排列，且不得重复。")

    def column(self, key: str) -> FloatArray:
        """Return one indicator as [zone, year]; all NaN where the table lacks it."""
        if key in self.keys:
            return self.values[:, :, self.keys.index(key)]
        return np.full(self.values.shape[:2], np.nan)

    def value(self, zone: str, year: int, key: str) -> float | None:
        """Return one figure, None where there is none."""
        if zone not in self.zones or year not in self.years or key not in self.keys:
            return None
        at = (self.zones.index(zone), self.years.index(year), self.keys.index(key))
        found = float(self.values[at])
        return None if np.isnan(found) else found


def table_of(figures: Mapping[int, Mapping[str, Mapping[str, float | None]]]) -> ZoneTable:
    """Return the block of figures given as year → zone → indicator → value."""
    years = tuple(sorted(figures))
    zones = tuple(dict.fromkeys(zone for year in years for zone in figures[year]))
    keys = tuple(
        dict.fromkeys(key for year in years for held in figures[year].values() for key in held)
    )
    values = np.full((len(zones), len(years), len(keys)), np.nan)
    place = {key: k for k, key in enumerate(keys)}
    for z, zone in enumerate(zones):
        for y, year in enumerate(years):
            for key, value in figures[year].get(zone, {}).items():
                if value is not None:
                    values[z, y, place[key]] = value
    return ZoneTable(zones, years, keys, values)
