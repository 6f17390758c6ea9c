"""Totals of the zones from the enterprises, each with what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneIndicator
from zoneeval.model.zone_records import ZoneProfile
from zoneeval.model.zone_registry import LEADING

ABOVE_SCALE = "规上"
Profiles = Mapping[str, ZoneProfile]


@dataclass(frozen=True, slots=True)
class ZoneSum:
    """One total of one zone; ``value`` None where no member gave a figure, 0 without members.

    ``missing`` counts members without a figure, ``undecided`` those of which it is not
    known whether they are members; ``unstated`` says that the zone's leading industries
    are not recorded.
    """

    value: float | None
    missing: int = 0
    undecided: int = 0
    unstated: bool = False


def enterprise_sums(dataset: Dataset, profiles: Profiles) -> dict[str, dict[str, ZoneSum]]:
    """Return the totals of every zone of a dataset, by zone and indicator.

    The order of the enterprises does not change a sum in its last digit.
    """
    table = derive(dataset, ["land_area"]).dataset
    zones, rows = _rows_by_zone(table)
    found: dict[str, dict[str, ZoneSum]] = {zone: {} for zone in zones}
    members = Members(table, profiles)
    for definition in ZONE_INDICATORS.values():
        if not definition.sums:
            continue
        inside, doubtful = members.of(definition)
        values = None if definition.sums == "*" else table.number(definition.sums)
        for zone, mine in zip(zones, rows, strict=True):
            profile = profiles.get(zone)
            if definition.where == LEADING and not (profile and profile.leading_industries):
                found[zone][definition.key] = ZoneSum(None, unstated=True)
                continue
            found[zone][definition.key] = _sum(values, inside[mine], doubtful[mine], mine)
    return found


def _sum(
    values: FloatArray | None, inside: BoolArray, doubtful: BoolArray, mine: IntArray
) -> ZoneSum:
    undecided = int(doubtful.sum())
    if values is None:
        return ZoneSum(float(inside.sum()) if undecided < len(mine) else None, undecided=undecided)
    own = values[mine][inside]
    known = own[~np.isnan(own)]
    nobody = not len(own) and not undecided
    value = fsum(known.tolist()) if len(known) or nobody else None
    return ZoneSum(value, len(own) - len(known), undecided)


def _rows_by_zone(table: Dataset) -> tuple[list[str], list[IntArray]]:
    rows: dict[str, list[int]] = {}
    for row, zone in enumerate(table.text("zone").tolist()):
        if zone:
            rows.setdefault(zone, []).append(row)
    return list(rows), [np.array(found, dtype=np.int64) for found in rows.values()]


class Members:
    """Which enterprises are surely, and which perhaps, of a population."""

    def __init__(self, table: Dataset, profiles: Profiles) -> None:
        self._table = table
        self._profiles = profiles
        self._found: dict[tuple[str, str], tuple[BoolArray, BoolArray]] = {}

    def of(self, definition: ZoneIndicator) -> tuple[BoolArray, BoolArray]:
        """Return the masks of members and of those that may be members."""
        place = definition.population, definition.where
        if place not in self._found:
            yes, no = self._scale(definition.population)
            for_sure, not_so = self._where(definition.where)
            yes, no = yes & for_sure, no | not_so
            self._found[place] = yes, ~yes & ~no
        return self._found[place]

    def _scale(self, population: str) -> tuple[BoolArray, BoolArray]:
        if population == "all":
            return self._everybody(True), self._everybody(False)
        scale = self._table.text("scale")
        yes = np.asarray(scale == ABOVE_SCALE, dtype=np.bool_)
        unknown = np.array([not word for word in scale.tolist()], dtype=np.bool_)
        return yes, ~yes & ~unknown

    def _where(self, where: str) -> tuple[BoolArray, BoolArray]:
        if not where:
            return self._everybody(True), self._everybody(False)
        if where == LEADING:
            return self._leading()
        flag = self._table.number(where)
        return flag > 0, flag == 0

    def _leading(self) -> tuple[BoolArray, BoolArray]:
        codes = self._table.text("industry_code").tolist()
        zones = self._table.text("zone").tolist()
        yes, no = self._everybody(False), self._everybody(False)
        for row, (code, zone) in enumerate(zip(codes, zones, strict=True)):
            if not code:
                continue
            profile = self._profiles.get(zone)
            listed = profile.leading_industries if profile else ()
            yes[row] = any(code.lstrip("ABCDEFG").startswith(one) for one in listed)
            no[row] = not yes[row]
        return yes, no

    def _everybody(self, what: bool) -> BoolArray:
        return np.full(self._table.size, what, dtype=np.bool_)
