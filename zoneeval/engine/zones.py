"""Zone indicators: summed over the enterprises, beside the official figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.model.arrays import BoolArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_indicators import (
    ZONE_INDICATORS,
    ZoneFigure,
    ZoneFigures,
    ZoneIndicator,
)

ABOVE_SCALE = "规上"


def zone_figures(dataset: Dataset | None, official: Sequence[ZoneValue]) -> dict[str, ZoneFigures]:
    """Return every indicator of every zone that the enterprises or the office know.

    An official figure beats the computed one; both are kept.  A ratio is computed
    from the two totals that are used, so that its parts are always those shown.
    """
    table = derive(dataset, ["land_area"]).dataset if dataset is not None else None
    zones = {value.zone for value in official}
    if table is not None:
        zones |= {zone for zone in table.text("zone") if zone}
    return {zone: _one_zone(zone, table, official) for zone in sorted(zones)}


def _one_zone(zone: str, table: Dataset | None, official: Sequence[ZoneValue]) -> ZoneFigures:
    entered = {value.indicator: value for value in official if value.zone == zone}
    mine = (table.text("zone") == zone) if table is not None else None
    figures: ZoneFigures = {}
    for key, definition in ZONE_INDICATORS.items():
        if definition.is_ratio:
            figures[key] = _ratio(definition, figures, entered)
        else:
            figures[key] = _total(definition, table, mine, entered)
    return figures


def _total(
    definition: ZoneIndicator,
    table: Dataset | None,
    mine: BoolArray | None,
    entered: Mapping[str, ZoneValue],
) -> ZoneFigure:
    computed: float | None = None
    missing = 0
    if table is not None and mine is not None and definition.sums and mine.any():
        members = mine
        if definition.population == "above_scale":
            members = mine & (table.text("scale") == ABOVE_SCALE)
        if definition.sums == "*":
            computed = float(members.sum())
        else:
            values = table.number(definition.sums)[members]
            known = ~np.isnan(values)
            missing = int((~known).sum())
            if known.any():
                computed = float(np.sum(values[known]))
    given = entered.get(definition.key)
    value = given.value if given else None
    used = value if value is not None else computed
    words = []
    if given:
        words.append(given.document or "录入")
    elif computed is not None:
        words.append("由企业数据汇总" + (f"，{missing} 家缺数据" if missing else ""))
    return ZoneFigure(
        definition.key, computed, value, used, source="；".join(words), missing=missing
    )


def _ratio(
    definition: ZoneIndicator, figures: ZoneFigures, entered: Mapping[str, ZoneValue]
) -> ZoneFigure:
    top, bottom = figures[definition.numerator], figures[definition.denominator]
    computed = None
    if top.used is not None and bottom.used:
        computed = top.used / bottom.used
    given = entered.get(definition.key)
    value = given.value if given else None
    words = f"{top.definition.label} ÷ {bottom.definition.label}"
    if given:
        words = given.document or "录入"
    return ZoneFigure(
        definition.key,
        computed,
        value,
        value if value is not None else computed,
        top.used,
        bottom.used,
        words,
        top.missing + bottom.missing,
    )
