"""Find enterprises below the office's thresholds for so many years on end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoneeval.engine.derive import derive
from zoneeval.model.assets import AssetRule, LowUse, LowUseFindings, Undecided
from zoneeval.model.dataset import Dataset


def find_low_use(
    rules: Sequence[AssetRule], datasets: Mapping[int, Dataset], year: int
) -> LowUseFindings:
    """Apply the thresholds to the enterprises of ``year``; ``datasets`` are by year.

    One year at or above the line acquits, whatever is missing in the others; an
    enterprise without a figure in a year that counts is undecided, not found.
    """
    wanted = [*{rule.field for rule in rules}, "land_area"]
    tables = {at: derive(table, wanted).dataset for at, table in datasets.items()}
    now = tables[year]
    columns = {(at, key): _by_code(table, key) for at, table in tables.items() for key in wanted}
    found: list[LowUse] = []
    undecided: list[Undecided] = []
    codes, names, zones = (now.text(key).tolist() for key in ("uscc", "name", "zone"))
    for rule in rules:
        span = range(year - rule.years + 1, year + 1)
        for code, name, zone in zip(codes, names, zones, strict=True):
            if not code:
                continue
            figures = {
                at: value
                for at in span
                if (value := columns.get((at, rule.field), {}).get(code)) is not None
            }
            if any(value >= rule.below for value in figures.values()):
                continue
            lacking = tuple(at for at in span if at not in figures)
            if lacking:
                undecided.append(Undecided(rule, code, name or code, zone, lacking))
            else:
                land = columns[year, "land_area"].get(code)
                found.append(LowUse(rule, code, name or code, zone, figures, land))
    order = {rule: i for i, rule in enumerate(rules)}
    found.sort(key=lambda one: (order[one.rule], one.zone or "", one.figures[year], one.uscc))
    undecided.sort(key=lambda one: (order[one.rule], one.zone or "", one.uscc))
    return LowUseFindings(year, tuple(rules), tuple(found), tuple(undecided))


def _by_code(table: Dataset, key: str) -> dict[str, float]:
    """Return the figures that are there, by credit code."""
    pairs = zip(table.text("uscc").tolist(), table.number(key).tolist(), strict=True)
    return {code: value for code, value in pairs if code and value == value}
