"""What each enterprise adds to the totals of its zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.engine.zones.sums import ABOVE_SCALE, Members, Profiles
from zoneeval.model.arrays import BoolArray, FloatArray, IntArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.gap import LeverEnterprise
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.model.zone_registry import LEADING

SHOWN = ("tax_paid", "value_added", "revenue", "average_headcount", "land_area")
"""The fields of an enterprise that are shown beside its name."""


@dataclass(frozen=True, eq=False)
class Contributions:
    """The enterprises of one zone and their part of every total that is summed.

    ``parts[key]`` has one figure per enterprise: 0 outside the population, NaN where
    there is no figure or it is not known whether the enterprise belongs to it;
    ``inside`` marks those that surely do.
    """

    dataset: Dataset
    parts: Mapping[str, FloatArray]
    inside: Mapping[str, BoolArray]

    def field(self, key: str) -> FloatArray:
        """Return a field of the enterprises, derived areas included."""
        return self.dataset.number(key)

    def total(self, key: str, rows: IntArray) -> tuple[float, int]:
        """Return what some enterprises add to a total, and of how many that is not known."""
        own = self.parts[key][rows]
        return float(np.nansum(own)), int(np.isnan(own).sum())


def contributions(dataset: Dataset, zone: str, profiles: Profiles) -> Contributions:
    """Return the parts of the enterprises of a zone in its totals."""
    inside = dataset.take(np.flatnonzero(dataset.text("zone") == zone))
    table = derive(inside, ["land_area"]).dataset
    return Contributions(table, *_parts(table, zone, profiles))


def entering(found: Contributions, zone: str, profiles: Profiles, rows: IntArray) -> Contributions:
    """Return the parts as they would be if some enterprises came above scale."""
    scale = found.dataset.text("scale").copy()
    scale[rows] = ABOVE_SCALE
    table = found.dataset.with_columns({"scale": scale})
    return Contributions(table, *_parts(table, zone, profiles))


def _parts(
    table: Dataset, zone: str, profiles: Profiles
) -> tuple[dict[str, FloatArray], dict[str, BoolArray]]:
    members = Members(table, profiles)
    profile = profiles.get(zone)
    parts: dict[str, FloatArray] = {}
    inside: dict[str, BoolArray] = {}
    for key, one in ZONE_INDICATORS.items():
        if not one.sums or (one.where == LEADING and not (profile and profile.leading_industries)):
            continue
        yes, doubtful = members.of(one)
        values = np.ones(table.size) if one.sums == "*" else table.number(one.sums)
        parts[key], inside[key] = _of(values, yes, doubtful), yes
    return parts, inside


def _of(values: FloatArray, yes: BoolArray, doubtful: BoolArray) -> FloatArray:
    own = np.where(yes, values, 0.0)
    own[doubtful] = np.nan
    return own


def enterprises_of(
    parts: Contributions | None,
    rows: IntArray,
    grades: Mapping[str, str],
    notes: Mapping[int, str],
) -> tuple[LeverEnterprise, ...]:
    """Return the enterprises of some rows, those that pay most tax first."""
    if parts is None:
        return ()
    codes, names = parts.dataset.text("uscc").tolist(), parts.dataset.text("name").tolist()
    columns = {key: parts.field(key) for key in SHOWN}
    found = [
        LeverEnterprise(
            codes[row] or "",
            names[row] or codes[row] or "",
            grades.get(codes[row] or "", ""),
            {
                key: float(column[row]) if isfinite(column[row]) else None
                for key, column in columns.items()
            },
            notes.get(row, ""),
        )
        for row in rows.tolist()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.figures["tax_paid"] or 0.0), one.name)))
