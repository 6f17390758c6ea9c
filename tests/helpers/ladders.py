"""Ladders, tables and histories for tests, in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from zoneeval.engine.stars.rating import Ratings, rate_table
from zoneeval.model.rating_inputs import StarHistory, ZoneEvents
from zoneeval.model.zone_table import ZoneTable
from zoneeval.policy.faults import Fault
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.ladder_checks import ladder_faults

TAX, PROFIT, REVENUE = "tax_revenue", "profit", "revenue"
ENERGY = "energy_per_value_added"
UNITS = {TAX: "万元", PROFIT: "万元", REVENUE: "万元", ENERGY: "吨标准煤/万元"}


def criterion(thresholds: Sequence[Any], key: str = TAX, **more: Any) -> dict[str, Any]:
    """Return one criterion in the registry's unit."""
    cells = [float(t) if isinstance(t, int) else t for t in thresholds]
    return {
        "indicator": key,
        "unit": UNITS.get(key, ""),
        "thresholds": cells,
        "illustrative": True,
    } | more


def item(key: str = TAX, weight: float = 100, **more: Any) -> dict[str, Any]:
    """Return one item of a composite in the registry's unit."""
    given = {"id": key, "indicator": key, "unit": UNITS.get(key, ""), "weight": weight}
    return given | {"illustrative": True} | more


def ladder(levels: int, **sections: Any) -> Ladder:
    """Return a ladder that has no faults."""
    made = unchecked(levels, **sections)
    assert faults(made) == []
    return made


def unchecked(levels: int, **sections: Any) -> Ladder:
    """Return a ladder as its schema lets it pass."""
    head = {"schema": 1, "id": "example", "title": "示例", "status": "illustrative"}
    return Ladder.model_validate(head | {"levels": levels} | sections)


def faults(made: Ladder) -> list[Fault]:
    """Return the faults that its sections have together."""
    return ladder_faults(made, {})


def composite(*items: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a composite whose total is what the weights add up to."""
    return {"items": list(items), "total": sum(i["weight"] for i in items)} | more


def table(
    keys: Sequence[str], *years: Sequence[Sequence[float | None]], first: int = 2019
) -> ZoneTable:
    """Return a table from one block of rows (one per zone) for each year."""
    block = np.array(
        [[[np.nan if v is None else v for v in row] for row in rows] for rows in years], dtype=float
    ).transpose(1, 0, 2)
    zones = tuple(f"{letter}区" for letter in "甲乙丙丁戊己庚辛"[: block.shape[0]])
    return ZoneTable(zones, tuple(range(first, first + len(years))), tuple(keys), block)


def column(*values: float | None, key: str = TAX, year: int = 2019) -> ZoneTable:
    """Return a table of one indicator and year."""
    return table([key], [[value] for value in values], first=year)


def levels_of(ratings: Ratings, year: int = 0) -> list[tuple[int, int]]:
    """Return each zone's lowest and highest level of one year."""
    lows, highs = ratings.at_least[:, year], ratings.at_most[:, year]
    return list(zip(lows.tolist(), highs.tolist(), strict=True))


def scores(made: Ladder, given: ZoneTable, **more: Any) -> list[list[float]]:
    """Return the scores of the last year as [lowest, highest] by zone."""
    found = rate_table(made, given, **more).score
    assert found is not None
    return [[float(found[0][z, -1]), float(found[1][z, -1])] for z in range(len(given.zones))]


def history(since: int | None = None, **levels: int | None) -> StarHistory:
    """Return official levels given as 甲2018=2."""
    held = {(f"{name[0]}区", int(name[1:])): level for name, level in levels.items()}
    return StarHistory(held, since)


def events(**counts: float) -> ZoneEvents:
    """Return recorded events of kind "accident" given as 甲2018=2."""
    held = {(f"{name[0]}区", int(name[1:]), "accident"): n for name, n in counts.items()}
    return ZoneEvents(held)
